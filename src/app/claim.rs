//! War tiket: exactly one winner, decided by the database; losers look and write nothing.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dialogues::incoming::Incoming;
use dialogues::say::Toast;
use dialogues::text::{Moment, Text};
use domain::ids::TicketId;
use domain::permission::Perm;
use domain::ticket::Status;
use futures::FutureExt;
use tokio::sync::watch;

use crate::app::act::{Act, Channel};
use crate::app::conversation::{CHANNEL, Reply, stranger};
use crate::app::tickets::claim_in;
use crate::app::{App, Error, Refusal, quota};
use crate::store::claim::{Look, Standing, look};
use crate::store::inbox;

/// Tickets for which a claim of this process is in its transaction.
///
/// Whoever taps the same ticket meanwhile waits here, in memory, and looks again: so that losers hold no
/// connection and wait behind no row lock. It decides nothing: the database does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Races(Arc<Mutex<HashMap<TicketId, watch::Receiver<()>>>>);

/// The right to try; giving it up lets everyone who waits look again.
struct Try {
    races: Races,
    ticket: TicketId,
    _over: watch::Sender<()>,
}

impl Races {
    /// The right to try, or what to wait for.
    fn enter(&self, ticket: TicketId) -> Result<Try, watch::Receiver<()>> {
        match self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(ticket)
        {
            Entry::Occupied(running) => Err(running.get().clone()),
            Entry::Vacant(free) => {
                let (over, wait) = watch::channel(());
                free.insert(wait);
                Ok(Try {
                    races: self.clone(),
                    ticket,
                    _over: over,
                })
            }
        }
    }
}

impl Drop for Try {
    fn drop(&mut self) {
        self.races
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.ticket);
    }
}

/// Answers a tap on `Ambil Job`.
pub(crate) async fn claim(
    app: &App,
    incoming: &Incoming,
    ticket: TicketId,
    epoch: i32,
) -> Result<Reply, Error> {
    let telegram_id = incoming.sender.telegram_id;
    loop {
        let Some(seen) = look(&app.db, telegram_id, ticket).await? else {
            return Ok(stranger(app, &incoming.sender));
        };
        if let Some(toast) = decided(app, &seen, epoch, incoming.received_at) {
            return Ok(Reply {
                toast: Some(toast),
                locale: seen.locale,
            });
        }
        match app.races.enter(ticket) {
            Ok(_turn) => {
                if let Some(toast) = attempt(app, incoming, &seen, (ticket, epoch)).await? {
                    return Ok(Reply {
                        toast: Some(toast),
                        locale: seen.locale,
                    });
                }
                // Too late: another process was first. The next look says who.
            }
            // It ends by being dropped, which is an error to the one who waits.
            Err(mut running) => drop(running.changed().await),
        }
    }
}

/// The answer, when looking is enough to know it. `None`: the ticket is open and may be tried.
fn decided(app: &App, seen: &Look, epoch: i32, tapped_at: DateTime<Utc>) -> Option<Toast> {
    if !seen.active {
        let company = app.settings().company.name.clone();
        return Some(Toast::alert(Text::Deactivated { company }));
    }
    if !seen.role.may(Perm::ClaimTickets) {
        return Some(Toast::alert(Text::NotAllowed));
    }
    let Some(ticket) = &seen.ticket else {
        return Some(Toast::alert(Text::StaleButton));
    };
    let moment = |at| Moment { at, zone: app.zone() };
    match (ticket.status, ticket.technician, ticket.claimed_at) {
        (Status::Open, ..) if ticket.excluded => Some(Toast::alert(Text::Excluded { ticket: ticket.id })),
        (Status::Open, ..) if ticket.epoch != epoch => Some(Toast::alert(Text::StaleButton)),
        (Status::Open, ..) => None,
        (Status::Cancelled, ..) => Some(Toast::alert(Text::NotOpen { ticket: ticket.id })),
        // The winner's second tap, or his first delivered again after a crash: he won.
        (_, Some(winner), Some(at)) if winner == seen.user => Some(Toast::brief(Text::Won {
            ticket: ticket.id,
            at: moment(at),
        })),
        (_, Some(_), Some(at)) => Some(lost(ticket, moment(at), tapped_at)),
        _ => Some(Toast::alert(Text::NotOpen { ticket: ticket.id })),
    }
}

fn lost(ticket: &Standing, at: Moment, tapped_at: DateTime<Utc>) -> Toast {
    let by = ticket.technician_name.clone().unwrap_or_default();
    // Two taps of one instant still have an order.
    let margin_ms = (tapped_at - at.at).num_milliseconds().max(1);
    Toast::alert(Text::Lost {
        ticket: ticket.id,
        by,
        at,
        margin_ms,
    })
}

/// Tries to win. `None`: someone was first.
async fn attempt(
    app: &App,
    incoming: &Incoming,
    seen: &Look,
    (ticket, epoch): (TicketId, i32),
) -> Result<Option<Toast>, Error> {
    let act = Act::of(seen.user, Channel::Telegram, app.now());
    let (by, app_, user) = (act.clone(), app.clone(), seen.user);
    let external_id = incoming.external_id.clone();
    let tried = app
        .write(move |tx| {
            async move {
                if !claim_in(&app_, tx, &by, ticket, epoch, user).await? {
                    return Err(Error::Stale);
                }
                inbox::once(tx, CHANNEL, &external_id, by.at).await?;
                Ok::<_, Error>(())
            }
            .boxed()
        })
        .await;
    match tried {
        Ok(((), effects)) => {
            app.tell(&effects);
            let at = Moment {
                at: act.at,
                zone: app.zone(),
            };
            Ok(Some(Toast::brief(Text::Won { ticket, at })))
        }
        Err(Error::Stale) => Ok(None),
        Err(error) => match quota::explain(app, error).await {
            Error::Refused(Refusal::OwnQuotaFull { used, quota, .. }) => {
                Ok(Some(Toast::alert(Text::QuotaFull { used, quota })))
            }
            // Deactivated at this moment: the next look says so.
            Error::Refused(_) => Ok(None),
            other => Err(other),
        },
    }
}
