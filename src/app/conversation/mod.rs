//! One input of one person: one transaction, with the inbox row, the saved state and all that it causes.

mod alerts;
mod commands;
mod customer;
mod files;
mod kept;
mod presses;
mod price;
mod turn;
mod visit;
mod wake;

use chrono::{DateTime, Utc};
use dialogues::incoming::{Incoming, Intent, Place, Sender};
use dialogues::press::Press;
use dialogues::say::{Say, Toast};
use dialogues::text::Text;
use dialogues::turn::Input;
use domain::permission::Perm;
use domain::person::Locale;
use futures::FutureExt;

use crate::app::act::{Act, Channel};
use crate::app::claim;
pub use crate::app::conversation::customer::arrived;
use crate::app::conversation::kept::note_reach;
pub use crate::app::conversation::kept::{hold, unreachable};
use crate::app::conversation::turn::{go_on, heard, read, state_of, take_turn};
use crate::app::conversation::wake::is_checking_in;
pub use crate::app::conversation::wake::wake;
pub use crate::app::notices::customer::quiet_until;
use crate::app::notices::{self, To};
pub use crate::app::receipts::{dead_end, receipt, rejoin};
pub use crate::app::{App, Error, channels, contacts, deliveries, documents, webhooks};
use crate::store::outbox::Lane;
use crate::store::users::User;
use crate::store::{self, Tx, inbox};

/// The channel of these inputs.
pub(crate) const CHANNEL: &str = "telegram";

/// What answers at once; everything else goes through the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The answer to a press.
    pub toast: Option<Toast>,
    pub locale: Locale,
}

/// Who speaks, as far as we know, and where an answer goes.
struct Speaker {
    user: Option<User>,
    telegram_id: i64,
    locale: Locale,
    place: Place,
    /// The service's number of what was said: what was said later has a higher one, even where it arrives earlier.
    number: Option<i64>,
}

/// Which permission an intent needs; `None`: anyone may.
pub fn needs(intent: &Intent) -> Option<Perm> {
    use dialogues::incoming::Command as C;
    match intent {
        Intent::Command(C::OnDuty | C::OffDuty) => Some(Perm::Duty),
        Intent::Command(C::Alerts)
        | Intent::Press(
            Press::Alert { .. }
            | Press::Continue { .. }
            | Press::Replace { .. }
            | Press::ReplaceWith { .. }
            | Press::ConfirmReplace { .. }
            | Press::LeaveReplace { .. }
            | Press::Alerts,
        ) => Some(Perm::ManageTickets),
        Intent::Command(C::Prices) | Intent::Press(Press::Price { .. } | Press::Prices { .. }) => {
            Some(Perm::DecidePrices)
        }
        Intent::Command(C::Pool | C::Tasks)
        | Intent::Press(
            Press::Claim { .. }
            | Press::Card { .. }
            | Press::Release { .. }
            | Press::Pool { .. }
            | Press::Tasks
            | Press::CheckIn { .. }
            | Press::NoFix { .. }
            | Press::Settle { .. }
            | Press::Upload { .. }
            | Press::Finish { .. }
            | Press::Place { .. }
            | Press::CheckOut { .. }
            | Press::ConfirmCheckOut { .. }
            | Press::LeaveCheckOut { .. }
            | Press::Letter { .. },
        ) => Some(Perm::ClaimTickets),
        Intent::Press(Press::Speak { .. } | Press::Customer(_) | Press::Leave(_) | Press::Cancel)
        | Intent::Command(C::Start(_) | C::Help | C::Language | C::Cancel)
        | Intent::UnknownCommand(_)
        | Intent::UnreadablePress
        | Intent::Text(_)
        | Intent::Contact { .. }
        | Intent::Place(_)
        | Intent::File(_)
        | Intent::Reachable(_)
        | Intent::Unsupported
        | Intent::Ignore => None,
    }
}

/// Handles one input. [`Error::Busy`]: nothing happened, and the service should deliver it again.
pub async fn handle(app: &App, incoming: Incoming) -> Result<Reply, Error> {
    if let Intent::Press(Press::Claim { ticket, epoch }) = incoming.intent {
        return claim::claim(app, &incoming, ticket, epoch).await;
    }
    let quiet = Reply {
        toast: None,
        locale: locale_of(app, &incoming.sender),
    };
    let in_group = matches!(incoming.place, Place::Group(_));
    let is_press = matches!(incoming.intent, Intent::Press(_) | Intent::UnreadablePress);
    if incoming.intent == Intent::Ignore || (in_group && !is_press) {
        return Ok(quiet);
    }
    if let Intent::Place(place) = &incoming.intent
        && place.moved
        && !is_checking_in(app, &incoming).await?
    {
        // A phone that shares its way says so every few seconds, to nobody.
        return Ok(quiet);
    }
    // What someone else changed at the same moment is read again; three times is more than enough.
    for last in [false, false, true] {
        let (app_, again) = (app.clone(), incoming.clone());
        match app.write(move |tx| one(app_, tx, again).boxed()).await {
            Ok((reply, effects)) => {
                app.tell(&effects);
                return Ok(reply);
            }
            Err(Error::Stale | Error::Broken(store::Error::Taken(_))) if !last => {}
            // A rule said no in the middle of it: what was done until then is undone.
            Err(error @ (Error::Refused(_) | Error::Invalid(_))) => match &incoming.intent {
                Intent::Press(press) if alerts::is_decision(press) => {
                    return alerts::refused(app, &incoming, press, error).await;
                }
                _ => return Err(error),
            },
            Err(error) => return Err(error),
        }
    }
    Ok(quiet)
}

/// What someone unknown hears after a press.
pub(crate) fn stranger(app: &App, sender: &Sender) -> Reply {
    let company = app.settings().company.name.clone();
    Reply {
        toast: Some(Toast::alert(Text::Stranger { company })),
        locale: locale_of(app, sender),
    }
}

async fn one(app: App, tx: &Tx, incoming: Incoming) -> Result<Reply, Error> {
    let at = app.now();
    let fallback = locale_of(&app, &incoming.sender);
    if !inbox::once(tx, CHANNEL, &incoming.external_id, at).await? {
        return Ok(Reply {
            toast: None,
            locale: fallback,
        });
    }
    let telegram_id = incoming.sender.telegram_id;
    let user = store::users::by_telegram(tx, telegram_id).await?;
    let speaker = Speaker {
        locale: user.as_ref().map_or(fallback, |user| user.locale),
        user,
        telegram_id,
        place: incoming.place,
        number: incoming.external_id.parse().ok(),
    };
    if let Intent::Reachable(reachable) = incoming.intent {
        note_reach(tx, telegram_id, (!reachable).then_some(at), at).await?;
        return Ok(Reply {
            toast: None,
            locale: speaker.locale,
        });
    }
    let unreachable = speaker
        .user
        .as_ref()
        .is_some_and(|user| user.telegram_blocked_at.is_some());
    if unreachable && speaker.place == Place::Private {
        // Whoever writes to the bot can be written to.
        note_reach(tx, telegram_id, None, at).await?;
    }
    let toast = answer(&app, tx, &speaker, incoming.intent, at).await?;
    let locale = match &speaker.user {
        // A press may just have changed it.
        Some(user) => store::users::by_id(tx, user.id)
            .await?
            .map_or(speaker.locale, |user| user.locale),
        None => speaker.locale,
    };
    Ok(Reply { toast, locale })
}

async fn answer(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    intent: Intent,
    at: DateTime<Utc>,
) -> Result<Option<Toast>, Error> {
    let is_press = matches!(intent, Intent::Press(_) | Intent::UnreadablePress);
    let Some(user) = &speaker.user else {
        return unknown(app, tx, speaker, intent, at).await;
    };
    if !user.active {
        let text = Text::Deactivated {
            company: app.settings().company.name.clone(),
        };
        return told(tx, speaker, is_press, text, at).await;
    }
    if needs(&intent).is_some_and(|perm| !user.role.may(perm)) {
        return told(tx, speaker, is_press, Text::NotAllowed, at).await;
    }
    let act = Act::of(user.id, Channel::Telegram, at);
    match intent {
        Intent::Command(command) => {
            commands::run(app, tx, speaker, user, &act, command).await?;
            Ok(None)
        }
        Intent::UnknownCommand(command) => {
            say(
                tx,
                speaker,
                Say::text(Text::UnknownCommand {
                    command,
                    role: user.role,
                }),
                at,
            )
            .await?;
            Ok(None)
        }
        Intent::Press(press) => presses::run(app, tx, speaker, user, &act, press).await,
        Intent::UnreadablePress => Ok(Some(Toast::alert(Text::StaleButton))),
        Intent::Text(text) => heard(app, tx, speaker, &act, Input::Text(text)).await,
        Intent::Contact { phone, own } => heard(app, tx, speaker, &act, Input::Contact { phone, own }).await,
        Intent::Place(place) => heard(app, tx, speaker, &act, Input::Place { place, at }).await,
        Intent::File(media) => files::file(app, tx, speaker, user, &act, media).await,
        Intent::Unsupported => heard(app, tx, speaker, &act, Input::Other).await,
        Intent::Reachable(_) | Intent::Ignore => Ok(None),
    }
}

/// Someone without an account may link one, choose to leave that, and nothing else.
async fn unknown(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    intent: Intent,
    at: DateTime<Utc>,
) -> Result<Option<Toast>, Error> {
    let act = Act {
        actor: None,
        channel: Channel::Telegram,
        at,
        once: None,
    };
    let is_press = matches!(intent, Intent::Press(_) | Intent::UnreadablePress);
    match intent {
        Intent::Command(dialogues::incoming::Command::Start(code)) if code.starts_with("inv_") => {
            commands::begin_linking(app, tx, speaker, &act, &code).await?;
            Ok(None)
        }
        Intent::Command(dialogues::incoming::Command::Cancel) | Intent::Press(Press::Cancel) => {
            presses::cancel(app, tx, speaker, at).await?;
            Ok(None)
        }
        Intent::Text(text) => heard(app, tx, speaker, &act, Input::Text(text)).await,
        Intent::Contact { phone, own } => heard(app, tx, speaker, &act, Input::Contact { phone, own }).await,
        Intent::Unsupported => heard(app, tx, speaker, &act, Input::Other).await,
        _ => {
            let text = Text::Stranger {
                company: app.settings().company.name.clone(),
            };
            told(tx, speaker, is_press, text, at).await
        }
    }
}

/// Says something in the person's own chat.
async fn say(tx: &Tx, speaker: &Speaker, words: Say, at: DateTime<Utc>) -> Result<(), Error> {
    let user = speaker.user.as_ref().map(|user| user.id);
    let to = To {
        chat: speaker.telegram_id,
        user,
        locale: speaker.locale,
    };
    notices::send(tx, to, Lane::Reply, None, words, at).await
}

/// A press is answered where it was made; anything else in a message.
async fn told(
    tx: &Tx,
    speaker: &Speaker,
    is_press: bool,
    text: Text,
    at: DateTime<Utc>,
) -> Result<Option<Toast>, Error> {
    if is_press {
        return Ok(Some(Toast::alert(text)));
    }
    say(tx, speaker, Say::text(text), at).await?;
    Ok(None)
}

fn locale_of(app: &App, sender: &Sender) -> Locale {
    sender.locale.unwrap_or(app.settings().company.locale)
}
