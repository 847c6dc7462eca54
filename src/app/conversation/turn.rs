//! A conversation's turns: what is saved is read, hears an input, runs at most one command, and is saved again.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::say::{Say, Toast};
use dialogues::site::Site;
use dialogues::text::Text;
use dialogues::turn::{Command, Input, Next, Outcome, State, Turn};
use domain::permission::Perm;
use domain::person::Role;

use crate::app::act::Act;
use crate::app::conversation::{CHANNEL, Speaker, price, say};
use crate::app::{App, Error, invites, tickets, uploads, visits};
use crate::store::users::User;
use crate::store::{self, Tx, conversations};

/// How long a question stands.
const PATIENCE: TimeDelta = TimeDelta::minutes(30);

/// A saved state. One that no version of ours can read has ended.
pub(crate) fn read(saved: Option<String>) -> Option<State> {
    saved.and_then(|saved| serde_json::from_str(&saved).ok())
}

/// What the chat is at, held until the commit.
pub(crate) async fn state_of(tx: &Tx, chat: &str, at: DateTime<Utc>) -> Result<Option<State>, Error> {
    Ok(read(conversations::load(tx, CHANNEL, chat, at).await?))
}

/// An input to the running conversation; without one, a line that helps on.
pub(crate) async fn heard(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    act: &Act,
    input: Input,
) -> Result<Option<Toast>, Error> {
    let chat = speaker.telegram_id.to_string();
    let Some(state) = state_of(tx, &chat, act.at).await? else {
        let text = match (&speaker.user, input) {
            (None, _) => Text::Stranger {
                company: app.settings().company.name.clone(),
            },
            (Some(_), Input::Other | Input::File(_)) => Text::Unsupported,
            (Some(_), Input::Waited) => return Ok(None),
            (Some(_), Input::Place { place, .. }) if place.moved => return Ok(None),
            (Some(user), Input::Place { .. }) if user.role == Role::Technician => {
                Text::Site(Site::LocationNotAsked)
            }
            (Some(user), _) => Text::NotUnderstood { role: user.role },
        };
        say(tx, speaker, Say::text(text), act.at).await?;
        return Ok(None);
    };
    if let (State::Pricing(pricing), Some(user)) = (&state, &speaker.user) {
        // What is typed is answered below it, not in the question above.
        price::below(tx, user, pricing.subject, act).await?;
    }
    go_on(app, tx, speaker, act, state.on_input(input)).await?;
    Ok(None)
}

/// Runs the command that a conversation asks for, if it does, and takes its turn.
pub(crate) async fn go_on(app: &App, tx: &Tx, speaker: &Speaker, act: &Act, next: Next) -> Result<(), Error> {
    let (turn, begun) = match next {
        Next::Turn(turn) => (turn, None),
        Next::Run(state, command) => {
            let outcome = execute(app, tx, speaker, act, command).await?;
            let begun = match outcome {
                Outcome::CheckedIn { ticket, .. } => Some(ticket),
                _ => None,
            };
            (state.on_outcome(outcome), begun)
        }
    };
    take_turn(app, tx, speaker, turn, act.at).await?;
    if let (Some(ticket), Some(user)) = (begun, &speaker.user) {
        // Below what was said: the card is what comes next.
        visits::show_begun(app, tx, act, user, ticket).await?;
    }
    Ok(())
}

async fn execute(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    act: &Act,
    command: Command,
) -> Result<Outcome, Error> {
    match command {
        Command::Link { invite_hash, phone } => {
            let linked = invites::link(tx, act, speaker.telegram_id, &invite_hash, phone.as_deref()).await?;
            Ok(linked.0)
        }
        Command::Release {
            ticket,
            epoch,
            reason,
        } => {
            let Some(user) = &speaker.user else {
                return Ok(Outcome::NotYours { ticket });
            };
            let done = tickets::release_in(app, tx, act, user, (ticket, epoch), &reason).await?;
            Ok(if done {
                Outcome::Released { ticket }
            } else {
                Outcome::NotYours { ticket }
            })
        }
        Command::CheckIn(asked) => match &speaker.user {
            Some(user) => visits::check_in(app, tx, act, user, asked).await,
            None => Ok(Outcome::NotYours { ticket: asked.ticket }),
        },
        Command::KeepPlacePhoto {
            ticket,
            epoch,
            kept,
            media,
        } => match &speaker.user {
            Some(user) => uploads::keep_place_photo(tx, act, user, (ticket, epoch), kept, &media).await,
            None => Ok(Outcome::NotYours { ticket }),
        },
        Command::PreviewPrice { subject, offer } => match judge(speaker) {
            Some(user) => price::typed(app, tx, user, subject, offer, act).await,
            None => Ok(Outcome::PriceOver(Box::new(Text::NotAllowed))),
        },
        Command::RejectPrice { subject, reason } => match judge(speaker) {
            Some(user) => price::reject(app, tx, user, subject, &reason, act).await,
            None => Ok(Outcome::PriceOver(Box::new(Text::NotAllowed))),
        },
        Command::Attach { upload, media } => match &speaker.user {
            Some(user) => uploads::attach(tx, act, user, upload, &media).await,
            None => Ok(Outcome::NotAttached { text: None }),
        },
    }
}

/// Whoever speaks, if he may decide prices now: he may have been asked when he still was of sales.
fn judge(speaker: &Speaker) -> Option<&User> {
    let user = speaker.user.as_ref();
    user.filter(|user| user.active && user.role.may(Perm::DecidePrices))
}

/// Saves what is remembered and queues what is said. An upload mode that is no longer what the chat is at ends.
pub(crate) async fn take_turn(
    app: &App,
    tx: &Tx,
    speaker: &Speaker,
    turn: Turn,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let chat = speaker.telegram_id.to_string();
    if let (Some(user), Some(state)) = (&speaker.user, &turn.state) {
        let mode = match state {
            State::Uploading(mode) => Some(mode.upload),
            _ => None,
        };
        for upload in store::uploads::standing(tx, user.id).await? {
            if Some(upload.id) != mode {
                uploads::finish(app, tx, user, upload.id, at).await?;
            }
        }
    }
    match turn.state {
        Some(state) => {
            let until = (at + PATIENCE, state.wakes_at());
            let json = serde_json::to_string(&state).unwrap_or_default();
            conversations::save(tx, CHANNEL, &chat, json, until).await?;
        }
        None => {
            conversations::end(tx, CHANNEL, &chat).await?;
        }
    }
    for words in turn.say {
        say(tx, speaker, words, at).await?;
    }
    Ok(())
}
