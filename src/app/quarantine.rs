//! Inputs that were kept aside, seen, tried again or discarded.

use chrono::{DateTime, Utc};
use domain::ids::InboxId;
use futures::FutureExt;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::page::{Cut, Page};
use crate::app::{App, Error, Refusal};
use crate::cluster::Topic;
use crate::store::inbox::{self, Kept, State};

/// An input that could not be handled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Quarantined)]
pub struct View {
    pub id: String,
    pub channel: String,
    /// The service's own id of it.
    pub external_id: String,
    pub received_at: DateTime<Utc>,
    #[schema(required)]
    pub error: Option<String>,
    pub attempts: i32,
    /// `held`, `handled` or `discarded`.
    pub state: String,
}

impl From<Kept> for View {
    fn from(row: Kept) -> Self {
        // Waiting for its next try, it is still held.
        let state = if row.state == State::Retry.as_str() {
            State::Held.as_str().to_owned()
        } else {
            row.state
        };
        Self {
            id: row.id.to_string(),
            channel: row.channel,
            external_id: row.external_id,
            received_at: row.received_at,
            error: row.error,
            attempts: row.attempts,
            state,
        }
    }
}

/// A page of inputs that were kept aside, newest first.
pub async fn list(app: &App, state: Option<&str>, cut: Cut) -> Result<Page<View>, Error> {
    let rows = inbox::kept(&app.db, state, cut.cursor, cut.fetch()).await?;
    Ok(cut.page(rows, |row| row.id.0, View::from))
}

/// How many wait for a person.
pub async fn held(app: &App) -> Result<u64, Error> {
    Ok(inbox::held_count(&app.db).await?)
}

/// Tries one again.
pub async fn retry(app: &App, act: &Act, id: InboxId) -> Result<View, Error> {
    let view = decide(app, act, id, State::Retry, "input_retried").await?;
    app.cluster.wake(Topic::Inbox);
    app.cluster.wake(Topic::Webhooks);
    Ok(view)
}

/// Decides that nothing is to be done about one.
pub async fn discard(app: &App, act: &Act, id: InboxId) -> Result<View, Error> {
    decide(app, act, id, State::Discarded, "input_discarded").await
}

async fn decide(app: &App, act: &Act, id: InboxId, to: State, action: &'static str) -> Result<View, Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            inbox::kept_by_id(tx, id).await?.ok_or(Error::Missing)?;
            if !inbox::move_kept(tx, id, State::Held, to).await? {
                return Err(Refusal::NotNow.into());
            }
            by.audit(tx, action, ("input", id.0), None, Value::Null).await?;
            Ok(View::from(
                inbox::kept_by_id(tx, id).await?.ok_or(Error::Missing)?,
            ))
        }
        .boxed()
    })
    .await
}
