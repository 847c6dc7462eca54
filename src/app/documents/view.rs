//! Files as people and programs see them.

use chrono::{DateTime, Utc};
use domain::document::State;
use domain::ids::TicketId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::Error;
use crate::app::tickets::{Named, People};
use crate::store::Source;
use crate::store::documents::{self, Document};

/// A letter or a photo.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Document)]
pub struct View {
    pub id: String,
    /// `assignment_letter`, `travel_letter`, `bast`, `evidence`, `payment_proof` or `check_in`.
    pub kind: String,
    #[schema(required)]
    pub number: Option<String>,
    pub filename: String,
    /// By the content, not by the name.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    pub sha256: String,
    /// Pixels; `null` for what is no picture.
    #[schema(required)]
    pub width: Option<i32>,
    #[schema(required)]
    pub height: Option<i32>,
    /// What is remarkable, e.g. `seen-on-other-ticket`.
    pub flags: Vec<String>,
    /// `ready`, or `erased` once its bytes are past their time.
    pub state: String,
    #[schema(required)]
    pub revoked_at: Option<DateTime<Utc>>,
    #[schema(required)]
    pub uploaded_by: Option<Named>,
    pub created_at: DateTime<Utc>,
}

/// The files of a ticket that count or counted, in the order in which they came.
pub async fn of_ticket(source: &impl Source, ticket: TicketId) -> Result<Vec<View>, Error> {
    let rows = documents::of_ticket(source, ticket).await?;
    let people = People::load(source, rows.iter().filter_map(|row| row.uploaded_by)).await?;
    Ok(rows.iter().filter_map(|row| view(row, &people)).collect())
}

/// A file as it is shown; `None` while it is neither checked nor given to a purpose.
pub(crate) fn view(document: &Document, people: &People) -> Option<View> {
    if !matches!(document.state, State::Ready | State::Erased) {
        return None;
    }
    Some(View {
        id: document.id.to_string(),
        kind: document.kind?.as_str().to_owned(),
        number: document.number.clone(),
        filename: document.filename.clone(),
        media_type: document.media_type.clone()?,
        size: document.size?,
        sha256: document.sha256.clone()?,
        width: document.width,
        height: document.height,
        flags: document.flags.clone(),
        state: document.state.as_str().to_owned(),
        revoked_at: document.revoked_at,
        uploaded_by: document.uploaded_by.map(|id| people.named(id)),
        created_at: document.created_at,
    })
}
