//! What was kept aside: inputs that could not be handled, messages that could not be sent.

use askama::Template;
use axum::extract::{Path, State};
use domain::ids::InboxId;

use crate::app::page::Cut;
use crate::app::{self, deliveries, quarantine};
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::delivery::{Channel, Delivery};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::story;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::When;

/// The page.
#[derive(Template)]
#[template(path = "panel/held.html")]
pub struct HeldPage {
    pub shell: Shell,
    pub inputs: Vec<Held>,
    pub failed: Vec<Delivery>,
}

/// An input that is kept aside.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: String,
    pub channel: Channel,
    pub external_id: String,
    pub error: String,
    pub attempts: i32,
    pub received: When,
}

/// What waits for a person, the newest first.
pub async fn show(State(state): State<web::State>, visitor: Visitor) -> Answer {
    let reader = visitor.reader;
    let inputs = quarantine::list(&state.app, Some("held"), Cut::first(Cut::MOST)).await?;
    let filter = deliveries::Filter {
        state: Some("failed".to_owned()),
        ..deliveries::Filter::default()
    };
    let failed = deliveries::list(&state.app, &filter, Cut::first(Cut::DEFAULT)).await?;
    let held = |view: quarantine::View| Held {
        id: view.id,
        channel: Channel::named(&view.channel),
        external_id: view.external_id,
        error: view.error.unwrap_or_default(),
        attempts: view.attempts,
        received: reader.clock(view.received_at),
    };
    Ok(visitor.page(&HeldPage {
        shell: visitor.shell(&state, Place::Held).await?,
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
    let id: InboxId = id.parse().map_err(|_| app::Error::Missing)?;
    quarantine::retry(&state.app, &visitor.act(), id).await?;
    Ok(Deed::InputQueued.tell_at("/panel/held"))
}
