//! Who changed what, for whoever asks.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::page::{Cut, Page};
use crate::app::tickets::{Named, People};
use crate::app::{App, Error};
pub use crate::store::audit::Filter;
use crate::store::audit::{self, Entry};

/// One change that was made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct View {
    pub id: String,
    pub at: DateTime<Utc>,
    /// `null`: the system itself.
    #[schema(required)]
    pub actor: Option<Named>,
    /// `telegram`, `whatsapp`, `panel`, `api` or `system`.
    pub channel: String,
    pub action: String,
    pub subject: Subject,
    #[schema(required, value_type = Option<Object>)]
    pub detail: Option<serde_json::Value>,
}

/// What a change was made to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Subject {
    pub kind: String,
    pub id: String,
}

/// A page of changes, newest first.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = audit::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let people = People::load(&app.db, rows.iter().filter_map(|entry| entry.actor)).await?;
    Ok(cut.page(rows, |entry| entry.id, |entry| view(entry, &people)))
}

fn view(entry: Entry, people: &People) -> View {
    View {
        id: entry.id.to_string(),
        at: entry.at,
        actor: entry.actor.map(|actor| people.named(actor)),
        channel: entry.channel,
        action: entry.action,
        subject: Subject {
            kind: entry.subject.0,
            id: entry.subject.1.to_string(),
        },
        detail: entry.detail,
    }
}
