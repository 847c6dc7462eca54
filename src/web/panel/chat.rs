//! A customer's chat beside what it is about: what was said both ways, how far ours came, and who speaks there now.

use axum::extract::{Path, State};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::ContactId;
use domain::person::Locale;

use crate::app::{self, chats};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::contact::Site;
use crate::web::panel::delivery;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::preferences::inside;
use crate::web::panel::story::message_key;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::problem::refusal;
use crate::web::words::{has, word};

/// WhatsApp takes free words for so long after the customer's last message.
const FREE: TimeDelta = TimeDelta::hours(24);

/// A chat, and the page that it is on.
#[derive(Debug, Clone)]
pub struct Chat {
    pub contact_id: String,
    /// The office speaks until then.
    pub paused: Option<When>,
    /// Since when the customer wants no messages that nobody asked for.
    pub stopped: Option<When>,
    /// Why nothing gets through, in words.
    pub unusable: Option<String>,
    /// Free words do not get through any more: an approved message knocks first.
    pub is_late: bool,
    /// Oldest first.
    pub lines: Vec<Line>,
    /// Where an answer goes.
    pub action: String,
    /// The page's own address, to come back to.
    pub back: String,
}

/// One message.
#[derive(Debug, Clone)]
pub struct Line {
    /// The customer's.
    pub inbound: bool,
    /// What was written.
    pub text: Option<String>,
    /// What it is, where it says nothing itself.
    pub what: Option<String>,
    /// Where it points.
    pub site: Option<Site>,
    /// What ours offered to press.
    pub choices: Vec<String>,
    pub at: When,
    /// How far ours came.
    pub state: Option<delivery::State>,
    /// The text key of what the customer did to it afterwards.
    pub remark: Option<&'static str>,
    pub error: Option<String>,
    /// Ours, which failed and may go again.
    pub resend: Option<String>,
}

impl Chat {
    /// As a page shows it; an answer goes to `action`, and everything else comes back to `back`.
    pub fn of(view: chats::View, reader: Reader, action: String, back: String) -> Self {
        let may_speak_freely = |last: DateTime<Utc>| reader.now - last < FREE;
        Self {
            paused: view.paused_until.map(|at| reader.clock(at)),
            stopped: view.stopped_at.map(|at| reader.clock(at)),
            unusable: view.unusable.map(|code| reason(&code, reader.locale)),
            is_late: !view.last_inbound_at.is_some_and(may_speak_freely),
            lines: view
                .lines
                .into_iter()
                .map(|line| Line::of(line, reader))
                .collect(),
            contact_id: view.contact_id,
            action,
            back,
        }
    }
}

impl Line {
    fn of(line: chats::Line, reader: Reader) -> Self {
        let remark = match (line.inbound, line.state.as_deref()) {
            (true, Some("changed")) => Some("chat-changed"),
            (true, Some("revoked")) => Some("chat-revoked"),
            _ => None,
        };
        let state = line.state.as_deref().filter(|_| !line.inbound);
        let state = state.map(delivery::State::named);
        let what = match (line.inbound, line.kind.as_str()) {
            (true, "text") => None,
            (true, "press") if line.text.is_some() => None,
            (true, kind) => Some(theirs(kind, reader.locale)),
            (false, _) if line.text.is_some() => None,
            (false, kind) => Some(word(reader.locale, message_key(kind))),
        };
        let failed = state == Some(delivery::State::Failed);
        Self {
            inbound: line.inbound,
            what: what.filter(|_| remark != Some("chat-revoked")),
            text: line.text,
            site: line
                .latitude
                .zip(line.longitude)
                .map(|(north, east)| Site::of(north, east)),
            choices: line.choices,
            at: reader.clock(line.at),
            state,
            remark,
            error: line.error.map(|why| reason(&why, reader.locale)),
            resend: line.delivery_id.filter(|_| failed),
        }
    }
}

fn theirs(kind: &str, locale: Locale) -> String {
    let key = match kind {
        "press" => "chat-kind-press",
        "place" => "chat-kind-place",
        "file" => "chat-kind-file",
        "contacts" => "chat-kind-contacts",
        "gesture" => "chat-kind-gesture",
        "order" => "chat-kind-order",
        _ => "chat-kind-other",
    };
    word(locale, key)
}

/// Why something did not get through.
fn reason(code: &str, locale: Locale) -> String {
    let key = format!("say-fault-{code}");
    if has(locale, &key) {
        word(locale, &key)
    } else {
        // Younger than this page, or the service's own words.
        code.to_owned()
    }
}

/// The office takes a chat over.
pub async fn take(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let done = chats::take_over(&state.app, &visitor.act(), contact_id(&id)?).await;
    told(&visitor, done, &Deed::ChatTaken, &form)
}

/// The bot speaks again.
pub async fn give(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let done = chats::give_back(&state.app, &visitor.act(), contact_id(&id)?).await;
    told(&visitor, done, &Deed::ChatGiven, &form)
}

/// The office writes.
pub async fn write(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let done = chats::write(&state.app, &visitor.act(), contact_id(&id)?, form.value("text")).await;
    told(&visitor, done, &Deed::ChatWritten, &form)
}

/// What was done, or why not, on the page that it was done from.
fn told(visitor: &Visitor, done: Result<(), app::Error>, deed: &Deed, form: &Form) -> Answer {
    let back = inside(form.value("back"));
    let locale = visitor.reader.locale;
    match done {
        Ok(()) => Ok(deed.tell_at(back)),
        Err(app::Error::Refused(why)) => Ok(Deed::Refused(refusal(locale, &why)).tell_at(back)),
        Err(app::Error::Invalid(_)) => Ok(Deed::Refused(word(locale, "chat-text-wrong")).tell_at(back)),
        Err(error) => Err(error.into()),
    }
}

fn contact_id(text: &str) -> Result<ContactId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
