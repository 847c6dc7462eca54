//! Files as people and programs see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::document::{Kind, State};
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
    /// Of a letter that was drawn here, e.g. `001/ST/TGP/XI/2026`. A `bast` with a number is a form to be signed, not
    /// a signed one.
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
    /// Where anyone may ask whether a letter that was drawn here is valid, on this host: `/v/…`.
    #[schema(required)]
    pub verify_path: Option<String>,
    /// The last day on which such a letter stands, if it has one.
    #[schema(required)]
    pub valid_until: Option<NaiveDate>,
    #[schema(required)]
    pub uploaded_by: Option<Named>,
    pub created_at: DateTime<Utc>,
}

impl View {
    /// What the file is for; a form is told from what it is a form of.
    pub fn purpose(&self) -> Result<Kind, Error> {
        let kind = self.kind.parse().map_err(|_| Error::Missing)?;
        Ok(match kind {
            Kind::Bast if self.verify_path.is_some() => Kind::BastForm,
            kind => kind,
        })
    }
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
        kind: document.kind?.told().to_owned(),
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
        verify_path: document.drawn.as_ref().map(|drawn| format!("/v/{}", drawn.token)),
        valid_until: document.drawn.as_ref().and_then(|drawn| drawn.valid_until),
        uploaded_by: document.uploaded_by.map(|id| people.named(id)),
        created_at: document.created_at,
    })
}
