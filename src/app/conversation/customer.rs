//! One message of one customer: one transaction, with the inbox row, the chat and all that it causes.

mod late;
mod offer;
mod run;
mod wake;

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::arrival::{Arrival, Said};
use dialogues::customer::Customer as Text;
use dialogues::keyword::{self, Keyword};
use dialogues::press::Press;
use dialogues::say::Say;
use dialogues::served::{Chat, Input, Known, Next, Office, Person, Scene, Turn};
use dialogues::tap::Tap;
use domain::geo::Position;
use domain::phone::Phone;
use futures::FutureExt;
use rand::Rng;

use crate::app::act::{Act, Channel};
use crate::app::contacts::{self, CHANNEL, Contact};
pub(crate) use crate::app::conversation::customer::wake::wake;
use crate::app::notices::customer::reply;
use crate::app::{App, Error, chats, registration, requests};
use crate::store::messages::{self, Message};
use crate::store::{self, Tx, conversations, inbox};

/// How long a draft is kept.
const DRAFT: TimeDelta = TimeDelta::hours(24);

/// Handles what a customer's channel brought. [`Error::Busy`]: nothing happened; try again.
pub async fn arrived(app: &App, arrival: Arrival) -> Result<(), Error> {
    // What someone else changed at the same moment is read again; three times is more than enough.
    for last in [false, false, true] {
        let (app_, again) = (app.clone(), arrival.clone());
        match app.write(move |tx| one(app_, tx, again).boxed()).await {
            Ok(((), effects)) => {
                app.tell(&effects);
                return Ok(());
            }
            Err(Error::Stale | Error::Broken(store::Error::Taken(_))) if !last => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn one(app: App, tx: &Tx, arrival: Arrival) -> Result<(), Error> {
    let at = app.now();
    if !inbox::once(tx, CHANNEL, &arrival.external_id, at).await? {
        return Ok(());
    }
    if let Said::Renamed(new) = &arrival.said {
        contacts::rename(&app, tx, (&arrival.who, new), at).await?;
        return Ok(());
    }
    let contact = contacts::resolve(&app, tx, &arrival.who, at).await?;
    let unread = chats::unread(tx, &contact, contact.last_inbound_at).await?;
    let mut contact = contacts::heard(tx, contact, &arrival.who, arrival.sent_at).await?;
    let act = act(at);
    let mut phone = arrival.who.phone.clone();
    if let Said::Contacts { phones, own: true } = &arrival.said
        && let Some(Ok(shared)) = phones.first().map(|phone| Phone::vouched(phone))
    {
        contact = contacts::shared_phone(&app, tx, contact, &shared, at).await?;
        phone = Some(shared);
    }
    registration::recognise(tx, &act, &mut contact, phone.as_ref()).await?;
    keep(tx, &contact, &arrival, at).await?;
    let heard = input_of(&arrival).map(|input| Heard {
        input,
        message: &arrival.external_id,
        reply_to: arrival.reply_to.as_deref(),
    });
    let is_paused = contact.paused_until.is_some_and(|until| until > at);
    if !unread.is_empty() {
        for words in unread {
            let say = Say::text(Text::OfficeSays { words });
            reply(tx, &contact, None, &say, at).await?;
        }
        if let Some(heard) = &heard
            && !is_paused
            && nods(tx, &contact, heard).await?
        {
            // More than a nod is for whoever wrote.
            if domain::request::told(&words_of(&arrival)).is_some() {
                to_office(tx, &act, &contact, (&arrival, word_of(&contact))).await?;
            }
            return Ok(());
        }
        if heard.as_ref().is_some_and(|heard| opens(&heard.input)) {
            return Ok(());
        }
    }
    let Some(heard) = heard else {
        return Ok(());
    };
    if is_paused && !goes_through(&heard.input) && !offer::gives_stars(tx, &contact, &heard).await? {
        return to_office(tx, &act, &contact, (&arrival, word_of(&contact))).await;
    }
    if !late::is_late(&arrival, at) {
        return hear(&app, tx, &act, contact, heard).await;
    }
    match late::still_holds(tx, &contact, heard, arrival.sent_at).await? {
        Some(heard) => hear(&app, tx, &act, contact, heard).await,
        None => late::put_by(tx, &act, &contact, &arrival).await,
    }
}

/// A person of the office reads it.
async fn to_office(
    tx: &Tx,
    act: &Act,
    contact: &Contact,
    (arrival, since): (&Arrival, i64),
) -> Result<(), Error> {
    let photo = match &arrival.said {
        Said::File(media) if media.may_tell() => Some(media),
        _ => None,
    };
    let meanwhile = requests::Meanwhile {
        words: &words_of(arrival),
        photo,
        position: position_of(arrival).filter(|place| place.is_in_indonesia()),
        since,
    };
    requests::meanwhile(tx, act, contact, meanwhile).await
}

/// Which word of the office a chat was paused by.
fn word_of(contact: &Contact) -> i64 {
    contact.paused_until.map_or(0, |until| until.timestamp_millis())
}

/// Whether something was written that means nothing but that the answer is wanted: the approved words ask for any.
async fn nods(tx: &Tx, contact: &Contact, heard: &Heard<'_>) -> Result<bool, Error> {
    let Input::Text { text, forwarded } = &heard.input else {
        return Ok(false);
    };
    let means_more = !forwarded && keyword::read(text).is_some();
    Ok(!means_more && !offer::gives_stars(tx, contact, heard).await?)
}

/// Whether it is the button of the approved words.
fn opens(input: &Input) -> bool {
    matches!(input, Input::Tap(Tap::Read { .. } | Tap::Menu))
}

/// What a chat hears.
pub(crate) struct Heard<'a> {
    pub(crate) input: Input,
    /// The service's id of the message.
    pub(crate) message: &'a str,
    /// The message of ours that it answers, by the service's id.
    pub(crate) reply_to: Option<&'a str>,
}

/// What the chat makes of an input, with all that it causes.
pub(crate) async fn hear(
    app: &App,
    tx: &Tx,
    act: &Act,
    mut contact: Contact,
    heard: Heard<'_>,
) -> Result<(), Error> {
    let mut remembered = remembered(tx, &contact, act.at).await?;
    if let Some(offered) = offer::offered(tx, &contact, &heard, &remembered).await? {
        remembered.offered = offered;
    }
    let office = office(app, act.at);
    let person = person(tx, &contact).await?;
    let scene = scene(&person, &office, (act.at, heard.message));
    let turn = match remembered.hear(heard.input, &scene) {
        Next::Turn(turn) => turn,
        Next::Run(running, command) => {
            let outcome = run::execute(app, tx, act, &mut contact, command).await?;
            // What was done may have made a customer of whoever writes.
            let person = self::person(tx, &contact).await?;
            running.on_outcome(outcome, &self::scene(&person, &office, (act.at, heard.message)))
        }
    };
    take_turn(tx, &contact, turn, act.at).await
}

/// What a chat remembers, held; one that no version of ours can read begins anew.
async fn remembered(tx: &Tx, contact: &Contact, at: DateTime<Utc>) -> Result<Chat, Error> {
    let saved = conversations::load(tx, CHANNEL, &contact.id.to_string(), at).await?;
    Ok(saved
        .and_then(|saved| serde_json::from_str(&saved).ok())
        .unwrap_or_default())
}

pub(crate) async fn take_turn(
    tx: &Tx,
    contact: &Contact,
    turn: Turn,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Turn { mut chat, say } = turn;
    if !say.is_empty() {
        chat.said_at = Some(at);
    }
    save(tx, contact, &chat, at).await?;
    for words in &say {
        reply(tx, contact, None, words, at).await?;
    }
    Ok(())
}

async fn save(tx: &Tx, contact: &Contact, chat: &Chat, at: DateTime<Utc>) -> Result<(), Error> {
    let until = (at + DRAFT, chat.wakes_at());
    let json = serde_json::to_string(chat).unwrap_or_default();
    Ok(conversations::save(tx, CHANNEL, &contact.id.to_string(), json, until).await?)
}

/// What came in stays readable for the office.
async fn keep(tx: &Tx, contact: &Contact, arrival: &Arrival, at: DateTime<Utc>) -> Result<(), Error> {
    let (kind, words) = match &arrival.said {
        Said::Changed { external_id } => {
            return Ok(messages::note(tx, contact.id, external_id, false, at).await?);
        }
        Said::Revoked { external_id } => {
            return Ok(messages::note(tx, contact.id, external_id, true, at).await?);
        }
        Said::Renamed(_) => return Ok(()),
        Said::Text(text) => ("text", Some(text.clone())),
        Said::Press(Press::Customer(tap)) => ("press", Some(tap.to_string())),
        Said::Press(_) | Said::UnreadablePress => ("press", None),
        Said::Place(_) => ("place", None),
        Said::File(media) => ("file", media.caption.clone()),
        Said::Contacts { phones, .. } => ("contacts", Some(phones.join(", "))),
        Said::Gesture => ("gesture", None),
        Said::Order(text) => ("order", Some(text.clone())),
        Said::Unsupported => ("other", None),
    };
    let message = Message {
        id: 0,
        contact: contact.id,
        external_id: arrival.external_id.clone(),
        kind: kind.to_owned(),
        // PostgreSQL takes no NUL in a text.
        words: words.map(|words| words.replace('\0', "")),
        position: position_of(arrival),
        sent_at: arrival.sent_at,
        changed_at: None,
        revoked_at: None,
    };
    Ok(messages::keep(tx, message).await?)
}

fn position_of(arrival: &Arrival) -> Option<Position> {
    match &arrival.said {
        Said::Place(place) => Position::new(place.latitude, place.longitude).ok(),
        _ => None,
    }
}

/// What the chat hears; `None`: nothing to answer.
fn input_of(arrival: &Arrival) -> Option<Input> {
    Some(match &arrival.said {
        Said::Text(text) => Input::Text {
            text: text.replace('\0', ""),
            forwarded: arrival.forwarded,
        },
        Said::Press(Press::Customer(tap)) => Input::Tap(*tap),
        Said::Press(_) | Said::UnreadablePress => Input::Unreadable,
        Said::Place(place) if place.moved => return None,
        Said::Place(place) => Input::Place(*place),
        Said::File(media) => Input::File(media.clone()),
        Said::Contacts { phones, own } => Input::Contacts {
            phones: phones.clone(),
            own: *own,
        },
        Said::Order(text) => Input::Order(text.replace('\0', "")),
        Said::Unsupported => Input::Other,
        Said::Gesture | Said::Changed { .. } | Said::Revoked { .. } | Said::Renamed(_) => return None,
    })
}

/// What the office reads of something that its chat has not heard. A picture says what no language has to.
fn words_of(arrival: &Arrival) -> String {
    let bare = match &arrival.said {
        Said::Contacts { phones, .. } => return format!("👤 {}", phones.join(", ")),
        Said::Text(text) => text.as_str(),
        Said::File(media) => media.caption.as_deref().unwrap_or("📎"),
        Said::Place(_) => "📍",
        Said::Order(text) => text.as_str(),
        Said::Press(_) | Said::UnreadablePress => "👆",
        Said::Gesture
        | Said::Changed { .. }
        | Said::Revoked { .. }
        | Said::Renamed(_)
        | Said::Unsupported => "…",
    };
    bare.replace('\0', "")
}

/// What is heard although the office has the chat: silence asked for or ended, and stars.
fn goes_through(input: &Input) -> bool {
    match input {
        Input::Text { text, forwarded } => {
            !forwarded && matches!(keyword::read(text), Some(Keyword::Stop | Keyword::Start))
        }
        Input::Tap(tap) => matches!(
            tap,
            Tap::Stop | Tap::Start | Tap::Stars { .. } | Tap::Rate { .. } | Tap::Read { .. }
        ),
        _ => false,
    }
}

pub(crate) fn act(at: DateTime<Utc>) -> Act {
    Act {
        channel: Channel::Whatsapp,
        ..Act::system(at)
    }
}

fn scene<'s>(person: &'s Person, office: &'s Office, (at, message): (DateTime<Utc>, &'s str)) -> Scene<'s> {
    Scene {
        person,
        office,
        at,
        nonce: rand::rng().random(),
        message,
    }
}

async fn person(tx: &Tx, contact: &Contact) -> Result<Person, Error> {
    let phone = contacts::proven_phone(tx, contact.id).await?;
    let customer = registration::customer_of(tx, contact).await?;
    Ok(Person {
        customer: customer.map(|customer| Known {
            id: customer.id,
            entry: registration::entry_of(&customer, phone.as_ref()),
        }),
        profile: contact.profile_name.clone(),
        phone,
    })
}

fn office(app: &App, at: DateTime<Utc>) -> Office {
    let settings = app.settings();
    let company = &settings.company;
    let hours = company.cs_hours;
    let time = at.with_timezone(&app.zone().0).time();
    let read = |time: chrono::NaiveTime| time.format("%H.%M").to_string();
    Office {
        company: company.name.clone(),
        phone: company.phone.clone(),
        privacy: company.privacy_url.clone(),
        hours: hours.map(|hours| format!("{}-{}", read(hours.from), read(hours.to))),
        is_closed: hours.is_some_and(|hours| !hours.contains(time)),
    }
}
