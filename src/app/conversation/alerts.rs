//! Emergencies in an admin's chat: looked at, decided, one card for each.

use dialogues::emergency::Emergency;
use dialogues::incoming::Incoming;
use dialogues::press::Press;
use dialogues::say::{Choice, Say, Toast};
use dialogues::text::{Label, Text};
use domain::alert::State;
use domain::ids::{AlertId, UserId};

use crate::app::act::Act;
use crate::app::conversation::{Reply, Speaker, locale_of, say};
use crate::app::{App, Error, Refusal, alerts, notices, quota};
use crate::store::alerts::Alert;
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::{self, Tx, quotas};

/// How many emergencies one message lists.
const LISTED: usize = 10;

/// How many technicians one page offers to choose from.
const HANDS: usize = 8;

/// `/darurat`: what waits for a decision, each with a button that opens its card.
pub(crate) async fn list(tx: &Tx, speaker: &Speaker, act: &Act) -> Result<(), Error> {
    let (open, more) = alerts::lines(tx, act.at, LISTED).await?;
    let refresh = vec![Choice::press(Label::Refresh, Press::Alerts)];
    if open.is_empty() {
        return say(tx, speaker, Say::text(Emergency::ListEmpty).row(refresh), act.at).await;
    }
    let buttons: Vec<Choice> = open
        .iter()
        .map(|(alert, line)| {
            Choice::press(
                Label::OpenOne { ticket: line.ticket },
                Press::Alert { alert: alert.id },
            )
        })
        .collect();
    let lines = open.into_iter().map(|(_, line)| line).collect();
    let mut words = Say::text(Emergency::List { lines, more });
    for row in buttons.chunks(2) {
        words = words.row(row.to_vec());
    }
    say(tx, speaker, words.row(refresh), act.at).await
}

/// What an admin's press does.
pub(crate) async fn press(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    (user, act): (&User, &Act),
    press: Press,
) -> Result<Option<Toast>, Error> {
    match press {
        Press::Alerts => {
            list(tx, speaker, act).await?;
            Ok(None)
        }
        Press::Continue { alert, more } => decide(app, tx, act, alert, alerts::Choice::Continue(more)).await,
        Press::ConfirmReplace { alert, next } => {
            decide(app, tx, act, alert, alerts::Choice::Replace(next)).await
        }
        Press::Alert { alert }
        | Press::Replace { alert, .. }
        | Press::ReplaceWith { alert, .. }
        | Press::LeaveReplace { alert } => {
            let (alert, ticket) = match open(app, tx, alert).await? {
                Ok(found) => found,
                Err(toast) => return Ok(Some(toast)),
            };
            match press {
                Press::Alert { .. } => {
                    notices::alert::shown_anew(app, tx, user, (&alert, &ticket), act.at).await?;
                }
                Press::Replace { page, .. } => {
                    choose(app, tx, (user, act), (&alert, &ticket), page).await?;
                }
                Press::ReplaceWith { next, .. } => {
                    return confirm(tx, (user, act), (&alert, &ticket), next).await;
                }
                _ => notices::alert::shown_again(app, tx, user, (&alert, &ticket), act.at).await?,
            }
            Ok(None)
        }
        _ => Ok(Some(Toast::alert(Text::StaleButton))),
    }
}

/// The emergency and its ticket, if it is open; nobody decides it before this transaction ends, so that what is
/// shown now is not shown after its end.
async fn open(app: &App, tx: &Tx, id: AlertId) -> Result<Result<(Alert, Ticket), Toast>, Error> {
    let Some(alert) = store::alerts::by_id_locked(tx, id).await? else {
        return Ok(Err(Toast::alert(Text::StaleButton)));
    };
    if alert.state != State::Open {
        return Ok(Err(ended(app, tx, &alert).await?));
    }
    let ticket = store::tickets::by_id(tx, alert.ticket)
        .await?
        .ok_or(Error::Missing)?;
    Ok(Ok((alert, ticket)))
}

/// Who decided what, and when.
async fn ended(app: &App, source: &impl store::Source, alert: &Alert) -> Result<Toast, Error> {
    Ok(match alerts::outcome(app, source, alert).await? {
        Some(text) => Toast::alert(text),
        None => Toast::alert(Text::StaleButton),
    })
}

/// The card becomes a page of those who could take the job.
async fn choose(
    app: &App,
    tx: &Tx,
    (user, act): (&User, &Act),
    (alert, ticket): (&Alert, &Ticket),
    page: u16,
) -> Result<(), Error> {
    let hands = hands(app, tx, (alert, ticket)).await?;
    let late = notices::alert::late(app, tx, (alert, ticket), (false, act.at)).await?;
    let free = hands.len();
    let pages = u16::try_from(free.div_ceil(HANDS)).unwrap_or(u16::MAX).max(1);
    // There may be fewer of them than when the button was shown.
    let page = page.min(pages - 1);
    let id = alert.id;
    let mut words = Say::text(Emergency::Choosing {
        late: Box::new(late),
        free,
        page: page + 1,
        pages,
    });
    for (person, used, quota) in hands.into_iter().skip(usize::from(page) * HANDS).take(HANDS) {
        let label = Label::Hand {
            name: person.name,
            used,
            quota,
            on_duty: person.on_duty,
        };
        let next = Some(person.id);
        words = words.row(vec![Choice::press(label, Press::ReplaceWith { alert: id, next })]);
    }
    let turn = |label, page| Choice::press(label, Press::Replace { alert: id, page });
    let previous = page.checked_sub(1).map(|page| turn(Label::PreviousPage, page));
    let next = (page + 1 < pages).then(|| turn(Label::NextPage, page + 1));
    let turns: Vec<Choice> = previous.into_iter().chain(next).collect();
    if !turns.is_empty() {
        words = words.row(turns);
    }
    let pool = Press::ReplaceWith {
        alert: id,
        next: None,
    };
    let words = words
        .row(vec![Choice::press(Label::ToPool, pool)])
        .row(vec![back(id)]);
    notices::alert::in_place(tx, user, alert, words, act.at).await
}

/// Those who could take the job, each with the places taken and all places of that day.
async fn hands(
    app: &App,
    tx: &Tx,
    (alert, ticket): (&Alert, &Ticket),
) -> Result<Vec<(User, i32, i32)>, Error> {
    let barred = store::tickets::excluded(tx, ticket.id).await?;
    let used = quotas::own_used(tx, ticket.visit_date).await?;
    let people = store::users::technicians(tx).await?;
    let mut hands: Vec<(User, i32, i32)> = people
        .into_iter()
        .filter(|person| person.id != alert.technician && !barred.contains(&person.id))
        .map(|person| {
            let quota = quota::own_of(app, &person);
            let used = used.get(&person.id.0).copied().unwrap_or(0);
            (person, used, quota)
        })
        .filter(|(_, used, quota)| used < quota)
        .collect();
    // Those who hear of it at once, and have most of the day left, come first.
    hands.sort_by_key(|(person, used, quota)| (!person.on_duty, !person.reachable(), used - quota));
    Ok(hands)
}

/// The card asks once more.
async fn confirm(
    tx: &Tx,
    (user, act): (&User, &Act),
    (alert, ticket): (&Alert, &Ticket),
    next: Option<UserId>,
) -> Result<Option<Toast>, Error> {
    let name = match next {
        Some(next) => match store::users::by_id(tx, next).await? {
            Some(person) => Some(person.name),
            None => return Ok(Some(Toast::alert(Text::StaleButton))),
        },
        None => None,
    };
    let technician = store::users::by_id(tx, alert.technician).await?;
    let words = Say::text(Emergency::Confirming {
        ticket: ticket.id,
        technician: technician.map(|person| person.name).unwrap_or_default(),
        next: name,
    });
    let id = alert.id;
    let yes = Choice::press(Label::ConfirmReplace, Press::ConfirmReplace { alert: id, next });
    let words = words.row(vec![yes]).row(vec![back(id)]);
    notices::alert::in_place(tx, user, alert, words, act.at).await?;
    Ok(None)
}

fn back(alert: AlertId) -> Choice {
    Choice::press(Label::Back, Press::LeaveReplace { alert })
}

async fn decide(
    app: &App,
    tx: &Tx,
    act: &Act,
    id: AlertId,
    choice: alerts::Choice,
) -> Result<Option<Toast>, Error> {
    let decided = match alerts::decide_in(app, tx, act, id, choice).await {
        Err(Error::Missing) => return Ok(Some(Toast::alert(Text::StaleButton))),
        other => other?,
    };
    let text = alerts::outcome(app, tx, &decided).await?;
    Ok(text.map(Toast::brief))
}

/// Whether a press decides an emergency.
pub(crate) fn is_decision(press: &Press) -> bool {
    matches!(press, Press::Continue { .. } | Press::ConfirmReplace { .. })
}

/// What is told of a decision that a rule said no to; nothing was changed.
pub(crate) async fn refused(
    app: &App,
    incoming: &Incoming,
    press: &Press,
    error: Error,
) -> Result<Reply, Error> {
    let toast = match (quota::explain(app, error).await, press) {
        (
            Error::Refused(Refusal::AlertOver { .. }),
            Press::Continue { alert, .. } | Press::ConfirmReplace { alert, .. },
        ) => match store::alerts::by_id(&app.db, *alert).await? {
            Some(alert) => ended(app, &app.db, &alert).await?,
            None => Toast::alert(Text::StaleButton),
        },
        (
            Error::Refused(Refusal::OwnQuotaFull {
                name, used, quota, ..
            }),
            _,
        ) => Toast::alert(Emergency::HandFull { name, used, quota }),
        (Error::Refused(Refusal::Excluded { name } | Refusal::NotAvailable { name }), _) => {
            Toast::alert(Emergency::HandGone { name })
        }
        _ => Toast::alert(Emergency::Moved),
    };
    let user = store::users::by_telegram(&app.db, incoming.sender.telegram_id).await?;
    let locale = user.map_or_else(|| locale_of(app, &incoming.sender), |user| user.locale);
    Ok(Reply {
        toast: Some(toast),
        locale,
    })
}
