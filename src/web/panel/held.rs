//! What was kept aside: inputs that could not be handled, messages that could not be sent.

use askama::Template;
use axum::extract::{Path, State};
use domain::ids::InboxId;

use crate::app::page::Cut;
use crate::app::{self, deliveries, quarantine};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::delivery::{Channel, Delivery, held_cause};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::page::{Pages, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::story;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::When;
use crate::web::problem::refusal;
use crate::web::words::word;

const PATH: &str = "/panel/held";

/// The page.
#[derive(Template)]
#[template(path = "panel/held.html")]
pub struct HeldPage {
    pub shell: Shell,
    pub inputs: Vec<Held>,
    pub input_pages: Pages,
    pub failed: Vec<Delivery>,
    pub failed_pages: Pages,
}

/// An input that is kept aside.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: String,
    pub channel: Channel,
    pub external_id: String,
    /// In plain words.
    pub error: String,
    /// What broke, for whoever mends it.
    pub technical: String,
    pub attempts: i32,
    pub received: When,
}

impl Held {
    /// The id of the dialog that asks before the input is discarded.
    pub fn dialog(&self) -> String {
        format!("discard-{}", self.id)
    }
}

/// What waits for a person, the newest first.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let reader = visitor.reader;
    let (inputs_after, failed_after) = (asked.some("inputs"), asked.some("failed"));
    let cut = |after: &Option<String>| Cut::parse(after.as_deref(), None);
    let inputs = quarantine::list(&state.app, Some("held"), cut(&inputs_after)?).await?;
    let filter = deliveries::Filter {
        state: Some("failed".to_owned()),
        ..deliveries::Filter::default()
    };
    let failed = deliveries::list(&state.app, &filter, cut(&failed_after)?).await?;
    let held = |view: quarantine::View| Held {
        id: view.id,
        channel: Channel::named(&view.channel),
        external_id: view.external_id,
        error: word(
            reader.locale,
            held_cause(view.error.as_deref().unwrap_or_default()),
        ),
        technical: view.error.unwrap_or_default(),
        attempts: view.attempts,
        received: reader.clock(view.received_at),
    };
    let pages = |name: &'static str, after: Option<String>, next: &Option<String>| {
        Pages::of(after.as_deref(), next.as_deref(), |at| query(PATH, &[(name, at)]))
    };
    Ok(visitor.page(&HeldPage {
        shell: visitor.shell(&state, Place::Held).await?,
        input_pages: pages("inputs", inputs_after, &inputs.next_cursor),
        failed_pages: pages("failed", failed_after, &failed.next_cursor),
        inputs: inputs.data.into_iter().map(held).collect(),
        failed: failed
            .data
            .into_iter()
            .map(|message| story::delivery(message, reader))
            .collect(),
    }))
}

/// Handles an input again.
pub async fn retry(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let done = quarantine::retry(&state.app, &visitor.act(), input_id(&id)?).await;
    told(&visitor, done, &Deed::InputQueued)
}

/// Decides that nothing is to be done about an input.
pub async fn discard(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let done = quarantine::discard(&state.app, &visitor.act(), input_id(&id)?).await;
    told(&visitor, done, &Deed::InputDiscarded)
}

/// What was done, or that someone else decided meanwhile, on the page of what is held.
fn told(visitor: &Visitor, done: Result<quarantine::View, app::Error>, deed: &Deed) -> Answer {
    match done {
        Ok(_) => Ok(deed.tell_at(PATH)),
        Err(app::Error::Refused(why)) => {
            Ok(Deed::Refused(refusal(visitor.reader.locale, &why)).tell_at(PATH))
        }
        Err(error) => Err(error.into()),
    }
}

fn input_id(text: &str) -> Result<InboxId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
