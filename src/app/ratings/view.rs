//! Ratings as admins and programs see them.

use chrono::{DateTime, Utc};
use domain::ids::TicketId;
use domain::rating::Stars;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::page::{Cut, Page};
use crate::app::tickets::{Named, People};
use crate::app::{App, Error};
use crate::store::ratings::{self, Filter, Rating};

/// What a customer thinks of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Rating)]
pub struct View {
    pub id: String,
    pub ticket_id: String,
    /// Who checked out; `null`: nobody came.
    #[schema(required)]
    pub technician: Option<Named>,
    #[schema(required, minimum = 1, maximum = 5)]
    pub technician_stars: Option<u8>,
    /// Who wrote the ticket.
    #[schema(required)]
    pub cs: Option<Named>,
    #[schema(required, minimum = 1, maximum = 5)]
    pub cs_stars: Option<u8>,
    #[schema(required)]
    pub comment: Option<String>,
    /// `whatsapp` or `page`; `null`: asked for and not given yet.
    #[schema(required)]
    pub via: Option<String>,
    /// When the first stars were given.
    #[schema(required)]
    pub at: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
    /// Opens the customer's page, `/r/{token}`.
    pub token: String,
}

/// A page of ratings that were given, newest first.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = ratings::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let page = cut.page(rows, |row| row.id.0, |row| row);
    let people = People::load(
        &app.db,
        page.data
            .iter()
            .flat_map(|row| row.technician.into_iter().chain(row.cs)),
    )
    .await?;
    let data = page.data.into_iter().map(|row| view(row, &people)).collect();
    Ok(Page {
        data,
        next_cursor: page.next_cursor,
    })
}

/// The rating of one ticket, given or only asked for.
pub async fn of_ticket(app: &App, ticket: TicketId) -> Result<Option<View>, Error> {
    let Some(row) = ratings::of_tickets(&app.db, vec![ticket.0]).await?.pop() else {
        return Ok(None);
    };
    let people = People::load(&app.db, row.technician.into_iter().chain(row.cs)).await?;
    Ok(Some(view(row, &people)))
}

pub(crate) fn view(row: Rating, people: &People) -> View {
    View {
        id: row.id.to_string(),
        ticket_id: row.ticket.to_string(),
        technician: row.technician.map(|id| people.named(id)),
        technician_stars: row.technician_stars.map(Stars::count),
        cs: row.cs.map(|id| people.named(id)),
        cs_stars: row.cs_stars.map(Stars::count),
        comment: row.comment,
        via: row.via,
        at: row.at,
        expires_at: row.expires_at,
        token: row.token,
    }
}
