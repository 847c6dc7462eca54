//! A customer's chat as the office has it: what was said, taken over and given back, answered.

use chrono::{DateTime, TimeDelta, Utc};
use dialogues::customer::Customer as Text;
use dialogues::press::Press;
use dialogues::say::{Choice, Say};
use dialogues::standby::{Purpose, Standby};
use dialogues::tap::Tap;
use dialogues::text::Label;
use domain::calendar::Zone;
use domain::ids::{ContactId, CustomerId, RequestId};
use domain::invalid::Invalid;
use domain::person::Locale;
use domain::request::answer;
use futures::FutureExt;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::contacts::{CHANNEL, Contact};
use crate::app::voice::Voice;
use crate::app::{App, Error, Refusal, notices};
use crate::store::{self, Tx, messages, outbox};

/// How long the bot is silent after the office has spoken.
const PAUSE: TimeDelta = TimeDelta::hours(2);
/// How long after a person's last message free words are surely taken; the channel itself takes a little less.
pub(crate) const WINDOW: TimeDelta = TimeDelta::minutes(24 * 60 - 5);
/// What the office's words are called on their way out.
const OFFICE_SAYS: &str = "customer_office_says";
/// How much of a chat is shown.
const SHOWN: u64 = 100;

/// In whose words, and in which language.
type Speech = (Voice, Locale);

/// A chat and its newest messages.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Chat)]
pub struct View {
    pub contact_id: String,
    /// The office speaks until then.
    #[schema(required)]
    pub paused_until: Option<DateTime<Utc>>,
    /// Since when the customer wants no messages that nobody asked for.
    #[schema(required)]
    pub stopped_at: Option<DateTime<Utc>>,
    /// Why nothing gets through, by code.
    #[schema(required)]
    pub unusable: Option<String>,
    #[schema(required)]
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// Oldest first.
    pub lines: Vec<Line>,
}

/// One message of a chat.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ChatLine)]
pub struct Line {
    pub at: DateTime<Utc>,
    /// The customer wrote it.
    pub inbound: bool,
    /// `text`, `file`, …; of ours what it is, e.g. `customer_reported`.
    pub kind: String,
    /// What was said, in the language in which it was read; `None`: it had no words, or they are forgotten.
    #[schema(required)]
    pub text: Option<String>,
    /// Where the customer was, or pointed at: degrees north and east.
    #[schema(required)]
    pub latitude: Option<f64>,
    #[schema(required)]
    pub longitude: Option<f64>,
    /// What ours offered to press.
    pub choices: Vec<String>,
    /// How far ours came: `queued`, `sent`, `delivered`, `read` or `failed`; `changed` or `revoked` of theirs.
    #[schema(required)]
    pub state: Option<String>,
    /// Why ours failed: a stable code where it is known, otherwise the service's words.
    #[schema(required)]
    pub error: Option<String>,
    /// Ours, to be sent again.
    #[schema(required)]
    pub delivery_id: Option<String>,
}

/// A customer's chat; `None`: there never was one.
pub async fn of_customer(app: &App, id: CustomerId) -> Result<Option<View>, Error> {
    let all = store::contacts::of_customer(&app.db, id).await?;
    let Some(newest) = all.first() else {
        return Ok(None);
    };
    let ids: Vec<ContactId> = all.iter().map(|contact| contact.id).collect();
    Ok(Some(view(app, newest, &ids).await?))
}

/// A chat by its own id.
pub async fn find(app: &App, id: ContactId) -> Result<View, Error> {
    let contact = store::contacts::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    view(app, &contact, &[id]).await
}

/// The office takes a chat over: the bot is silent there for two hours, longer with each message of ours.
pub async fn take_over(app: &App, act: &Act, id: ContactId) -> Result<(), Error> {
    pause(app, act, id, Some(act.at + PAUSE), "chat_taken_over").await
}

/// The bot answers again.
pub async fn give_back(app: &App, act: &Act, id: ContactId) -> Result<(), Error> {
    pause(app, act, id, None, "chat_given_back").await
}

/// The office writes in a chat, and has it for two hours.
pub async fn write(app: &App, act: &Act, id: ContactId, text: &str) -> Result<(), Error> {
    let words = answer(text).map_err(|fault| Invalid::one("text", fault))?;
    let (by, app_) = (act.clone(), app.clone());
    app.perform(act, move |tx| {
        async move {
            say(&app_, tx, &by, id, (&words, None)).await?;
            by.audit(tx, "chat_written", ("contact", id.0), None, json!(null))
                .await
        }
        .boxed()
    })
    .await
}

/// Says words of a person in a chat, perhaps about a request.
pub(crate) async fn say(
    app: &App,
    tx: &Tx,
    by: &Act,
    id: ContactId,
    (words, request): (&str, Option<RequestId>),
) -> Result<(), Error> {
    if !app.config.whatsapp.missing().is_empty() {
        return Err(Refusal::NotNow.into());
    }
    let mut contact = store::contacts::by_id_held(tx, id).await?.ok_or(Error::Missing)?;
    if contact.unusable.is_some() {
        return Err(Refusal::NotNow.into());
    }
    contact.paused_until = Some(by.at + PAUSE);
    store::contacts::update(tx, &contact).await?;
    let who = match by.actor {
        Some(actor) => store::users::by_id(tx, actor).await?.map(|user| user.name),
        None => None,
    };
    let request = match request {
        Some(request) => Some(request),
        // Whatever is said in a chat is about what was asked there last.
        None => store::requests::newest(tx, id).await?.map(|request| request.id),
    };
    let text = Text::OfficeSays {
        words: words.to_owned(),
    };
    if let Some(request) = request {
        store::requests::note_answer(tx, request, words).await?;
    }
    let about = match request {
        Some(request) => request.number(),
        None => unasked(tx, &contact).await?,
    };
    let asked_at = contact.last_inbound_at.unwrap_or(by.at);
    let mut standby = Standby::of(Purpose::OfficeReply)
        .fact("no_tiket", about)
        .fact("tanggal", Zone::day(app.zone().date(asked_at), contact.locale))
        .fact(
            "petugas",
            who.unwrap_or_else(|| app.settings().company.name.clone()),
        );
    // Its button brings the words that could not be sent themselves, as anything does that is written.
    let press = request.map_or(Tap::Menu, |request| Tap::Read { request });
    standby.presses.push(Press::Customer(press));
    let say = Say::text(text).standby(standby);
    notices::customer::reply(tx, &contact, None, &say, by.at).await
}

/// What words are about that no request asked for: the customer's newest ticket, or the customer.
async fn unasked(tx: &Tx, contact: &Contact) -> Result<String, Error> {
    let Some(customer) = contact.customer else {
        let service = match contact.locale {
            Locale::Id => "layanan kami",
            Locale::En => "our service",
        };
        return Ok(service.to_owned());
    };
    let filter = store::tickets::Filter {
        customer: Some(customer),
        ..store::tickets::Filter::default()
    };
    let newest = store::tickets::list(tx, &filter, None, 1).await?;
    Ok(newest
        .first()
        .map_or_else(|| customer.number(), |ticket| ticket.id.number()))
}

/// What the office said that the person has not seen: only approved words were taken then, which say that there is
/// an answer. Oldest first; `last`: when the person wrote before this time.
pub(crate) async fn unread(
    tx: &Tx,
    contact: &Contact,
    last: Option<DateTime<Utc>>,
) -> Result<Vec<String>, Error> {
    // A chat that was left is not noted as written in; what was written is kept all the same.
    let last = match last {
        Some(last) => Some(last),
        None => messages::newest(tx, &[contact.id], 1)
            .await?
            .first()
            .map(|line| line.sent_at),
    };
    let chat = contact.id.to_string();
    let said = outbox::knocked(tx, (CHANNEL, &chat), (OFFICE_SAYS, last, WINDOW)).await?;
    let said = said.iter().filter_map(|payload| {
        let say = serde_json::from_str::<Say>(payload).ok()?;
        match say.text {
            dialogues::text::Text::Customer(Text::OfficeSays { words }) => Some(words),
            _ => None,
        }
    });
    Ok(said.collect())
}

async fn pause(
    app: &App,
    act: &Act,
    id: ContactId,
    until: Option<DateTime<Utc>>,
    action: &'static str,
) -> Result<(), Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let contact = store::contacts::by_id_held(tx, id).await?.ok_or(Error::Missing)?;
            let contact = Contact {
                paused_until: until,
                ..contact
            };
            store::contacts::update(tx, &contact).await?;
            by.audit(tx, action, ("contact", id.0), None, json!(null)).await
        }
        .boxed()
    })
    .await
}

async fn view(app: &App, contact: &Contact, ids: &[ContactId]) -> Result<View, Error> {
    let theirs = messages::newest(&app.db, ids, SHOWN).await?;
    let chats: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let ours = outbox::of_chats(&app.db, CHANNEL, &chats, SHOWN).await?;
    let speech = (app.voice, contact.locale);
    let mut lines: Vec<Line> = theirs.into_iter().map(|line| inbound(line, speech)).collect();
    lines.extend(ours.into_iter().map(|line| outbound(line, speech)));
    lines.sort_by_key(|line| line.at);
    Ok(View {
        contact_id: contact.id.to_string(),
        paused_until: contact.paused_until.filter(|until| *until > app.now()),
        stopped_at: contact.stopped_at,
        unusable: contact.unusable.clone(),
        last_inbound_at: contact.last_inbound_at,
        lines,
    })
}

fn inbound(message: messages::Message, (voice, locale): Speech) -> Line {
    let state = match (message.revoked_at, message.changed_at) {
        (Some(_), _) => Some("revoked"),
        (None, Some(_)) => Some("changed"),
        (None, None) => None,
    };
    let words = match (message.kind.as_str(), message.words) {
        // A button is kept by its code.
        ("press", Some(code)) => code
            .parse::<Tap>()
            .ok()
            .map(|tap| (voice.label)(&Label::Tap(tap), locale)),
        (_, words) => words,
    };
    let place = message.position.filter(|_| message.revoked_at.is_none());
    Line {
        at: message.sent_at,
        inbound: true,
        kind: message.kind,
        text: words.filter(|_| message.revoked_at.is_none()),
        latitude: place.map(|place| place.latitude),
        longitude: place.map(|place| place.longitude),
        choices: Vec::new(),
        state: state.map(str::to_owned),
        error: None,
        delivery_id: None,
    }
}

fn outbound((delivery, payload): (outbox::Delivery, String), (voice, locale): Speech) -> Line {
    let say = serde_json::from_str::<Say>(&payload).ok();
    let text = say.as_ref().map(|say| match &say.text {
        // What a person wrote is shown as it was written.
        dialogues::text::Text::Customer(Text::OfficeSays { words }) => words.clone(),
        text => (voice.text)(text, locale),
    });
    let choices = say.iter().flat_map(|say| say.choices.iter().flatten());
    let choices = choices.map(|choice| match choice {
        Choice::Press { label, .. } | Choice::Open { label, .. } | Choice::Copy { label, .. } => {
            (voice.label)(label, locale)
        }
    });
    Line {
        at: delivery.created_at,
        inbound: false,
        kind: delivery.kind,
        text,
        latitude: None,
        longitude: None,
        choices: choices.collect(),
        state: Some(delivery.state),
        error: delivery.fault.or(delivery.error),
        delivery_id: Some(delivery.id.to_string()),
    }
}
