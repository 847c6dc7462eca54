//! Requests as admins and programs see them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::ids::RequestId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::page::{Cut, Page};
use crate::app::tickets::{Named, People};
use crate::app::{App, Error, documents};
use crate::store::requests::{self, Filter, Request};
use crate::store::{self, Source};

/// A report or a question by chat.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Request)]
pub struct View {
    pub id: String,
    /// `LAP-000045`.
    pub number: String,
    /// `report` or `question`.
    pub kind: &'static str,
    /// `null`: asked by someone who is no customer.
    #[schema(required)]
    pub customer: Option<From>,
    /// What the person is called in the chat.
    pub name: String,
    /// The chat that it came from.
    pub contact_id: String,
    pub text: String,
    /// Those that were checked, in the order in which they came.
    pub photos: Vec<documents::View>,
    #[schema(required)]
    pub latitude: Option<f64>,
    #[schema(required)]
    pub longitude: Option<f64>,
    /// `new`, `accepted`, `answered` or `dismissed`.
    pub state: &'static str,
    #[schema(required)]
    pub ticket_id: Option<String>,
    /// What the office answered last.
    #[schema(required)]
    pub answer: Option<String>,
    #[schema(required)]
    pub handled_by: Option<Named>,
    #[schema(required)]
    pub handled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// Whose request it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RequestCustomer)]
pub struct From {
    pub id: String,
    /// `PLG-000045`.
    pub number: String,
    pub name: String,
    /// E.164.
    #[schema(required)]
    pub phone: Option<String>,
    pub address: String,
}

/// A page of requests, newest first.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = requests::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let page = cut.page(rows, |row| row.id.0, |row| row);
    Ok(Page {
        data: views(&app.db, page.data).await?,
        next_cursor: page.next_cursor,
    })
}

/// How many requests nobody has looked at.
pub async fn waiting(app: &App) -> Result<u64, Error> {
    Ok(requests::waiting(&app.db).await?)
}

/// One request.
pub async fn find(app: &App, id: RequestId) -> Result<View, Error> {
    let row = requests::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    one(&app.db, row).await
}

pub(crate) async fn one(source: &impl Source, row: Request) -> Result<View, Error> {
    views(source, vec![row]).await?.pop().ok_or(Error::Missing)
}

async fn views(source: &impl Source, rows: Vec<Request>) -> Result<Vec<View>, Error> {
    let ids = |pick: fn(&Request) -> Option<i64>| rows.iter().filter_map(pick).collect::<Vec<i64>>();
    let customers = store::customers::by_ids(source, ids(|row| row.customer.map(|id| id.0))).await?;
    let customers: HashMap<i64, _> = customers.into_iter().map(|one| (one.id.0, one)).collect();
    let contacts = store::contacts::by_ids(source, ids(|row| Some(row.contact.0))).await?;
    let names: HashMap<i64, _> = contacts
        .into_iter()
        .map(|one| (one.id.0, one.profile_name))
        .collect();
    let people = People::load(source, rows.iter().filter_map(|row| row.handled_by)).await?;
    let photos = requests::photos(source, ids(|row| Some(row.id.0))).await?;
    let files = store::documents::by_ids(source, photos.iter().map(|(_, file)| file.0).collect()).await?;
    let files: HashMap<i64, _> = files.into_iter().map(|file| (file.id.0, file)).collect();
    let view = |row: Request| {
        let customer = row.customer.and_then(|id| customers.get(&id.0));
        let called = names.get(&row.contact.0).cloned().flatten();
        let own = photos.iter().filter(|(id, _)| *id == row.id);
        let own = own.filter_map(|(_, file)| documents::view(files.get(&file.0)?, &people));
        View {
            id: row.id.to_string(),
            number: row.id.number(),
            kind: row.kind.as_str(),
            name: customer
                .map(|customer| customer.name.clone())
                .or(called)
                .unwrap_or_else(|| format!("WhatsApp #{}", row.contact)),
            customer: customer.map(|customer| From {
                id: customer.id.to_string(),
                number: customer.id.number(),
                name: customer.name.clone(),
                phone: customer.phone.as_ref().map(|phone| phone.as_str().to_owned()),
                address: customer.address.clone(),
            }),
            contact_id: row.contact.to_string(),
            photos: own.collect(),
            text: row.words,
            latitude: row.position.map(|p| p.latitude),
            longitude: row.position.map(|p| p.longitude),
            state: row.state.as_str(),
            ticket_id: row.ticket.map(|id| id.to_string()),
            answer: row.answer,
            handled_by: row.handled_by.map(|id| people.named(id)),
            handled_at: row.handled_at,
            created_at: row.created_at,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
