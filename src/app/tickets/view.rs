//! A ticket as people and programs see it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::time_text;
use domain::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::tickets::visit::{self, CheckIn, CheckOut, Visited};
use crate::app::{Error, documents, ratings};
use crate::store::customers::Customer;
use crate::store::documents::Document;
use crate::store::services::Service;
use crate::store::tickets::Ticket;
use crate::store::users::User;
use crate::store::visits::Visit;
use crate::store::{self, Source, audit};

/// One job.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Ticket)]
pub struct View {
    pub id: String,
    /// `TKT-000123`.
    pub number: String,
    /// `open`, `assigned`, `in_progress`, `done`, `closed` or `cancelled`.
    pub status: &'static str,
    pub customer: Whose,
    pub service: Named,
    pub problem: String,
    pub visit_date: NaiveDate,
    /// `13:00`, in the company's zone.
    #[schema(required)]
    pub visit_time: Option<String>,
    #[schema(required)]
    pub latitude: Option<f64>,
    #[schema(required)]
    pub longitude: Option<f64>,
    #[schema(required)]
    pub technician: Option<Named>,
    #[schema(required)]
    pub claimed_at: Option<DateTime<Utc>>,
    #[schema(required)]
    pub check_in_due_at: Option<DateTime<Utc>>,
    #[schema(required)]
    pub check_in: Option<CheckIn>,
    #[schema(required)]
    pub check_out: Option<CheckOut>,
    /// What it still needs to be done while it is in progress: `evidence`, `bast`, `check_out`.
    pub missing: Vec<&'static str>,
    /// Letters and photos that were checked, in the order in which they came.
    pub documents: Vec<documents::View>,
    #[schema(required)]
    pub invoice_id: Option<String>,
    #[schema(required)]
    pub rating: Option<ratings::View>,
    /// Who wrote the ticket.
    pub created_by: Named,
    pub created_at: DateTime<Utc>,
    /// When the status last changed.
    pub changed_at: DateTime<Utc>,
    pub version: i32,
}

/// A ticket with its story.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = TicketDetail)]
pub struct Detail {
    #[serde(flatten)]
    pub ticket: View,
    /// Every visit, the latest assignment last.
    pub visits: Vec<Visited>,
    pub timeline: Vec<Event>,
}

/// One event of a ticket's story.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = TimelineEvent)]
pub struct Event {
    pub at: DateTime<Utc>,
    /// What happened, e.g. `ticket_claimed`.
    pub event: String,
    /// Who; `null`: the system itself.
    #[schema(required)]
    pub actor: Option<Named>,
    /// `telegram`, `whatsapp`, `panel`, `api` or `system`.
    pub channel: String,
    /// What goes with the event.
    #[schema(required, value_type = Option<Object>)]
    pub detail: Option<serde_json::Value>,
}

/// Something by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// Whose ticket it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TicketCustomer)]
pub struct Whose {
    pub id: String,
    /// `PLG-000045`.
    pub number: String,
    pub name: String,
    #[schema(required)]
    pub phone: Option<String>,
    pub address: String,
}

/// Names beside ids.
#[derive(Debug, Default)]
pub(crate) struct People(HashMap<i64, String>);

impl People {
    /// The names of these people.
    pub(crate) async fn load(source: &impl Source, ids: impl Iterator<Item = UserId>) -> Result<Self, Error> {
        let mut ids: Vec<i64> = ids.map(|id| id.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let users = store::users::by_ids(source, ids).await?;
        Ok(Self(
            users
                .into_iter()
                .map(|user: User| (user.id.0, user.name))
                .collect(),
        ))
    }

    /// A person's name beside the id.
    pub(crate) fn named(&self, id: UserId) -> Named {
        Named {
            id: id.to_string(),
            name: self.0.get(&id.0).cloned().unwrap_or_default(),
        }
    }
}

impl Event {
    pub(crate) fn new(entry: audit::Entry, people: &People) -> Self {
        Self {
            at: entry.at,
            event: entry.action,
            actor: entry.actor.map(|actor| people.named(actor)),
            channel: entry.channel,
            detail: entry.detail,
        }
    }
}

/// Tickets as people see them, with all names read in three queries.
pub(crate) async fn views(source: &impl Source, tickets: Vec<Ticket>) -> Result<Vec<View>, Error> {
    let customers = ids(&tickets, |ticket| ticket.customer.0);
    let customers = store::customers::by_ids(source, customers).await?;
    let customers: HashMap<i64, Customer> = customers.into_iter().map(|c| (c.id.0, c)).collect();
    let services = store::services::by_ids(source, ids(&tickets, |ticket| ticket.service.0)).await?;
    let services: HashMap<i64, Service> = services.into_iter().map(|s| (s.id.0, s)).collect();
    let files = store::documents::of_tickets(source, ids(&tickets, |ticket| ticket.id.0)).await?;
    let visits = store::visits::of_tickets(source, ids(&tickets, |ticket| ticket.id.0)).await?;
    let who = tickets
        .iter()
        .flat_map(|ticket| ticket.technician.into_iter().chain([ticket.created_by]))
        .chain(files.iter().filter_map(|file| file.uploaded_by))
        .chain(visit::who(&visits));
    let given = store::ratings::of_tickets(source, ids(&tickets, |ticket| ticket.id.0)).await?;
    let who = who.chain(
        given
            .iter()
            .flat_map(|rating| rating.technician.into_iter().chain(rating.cs)),
    );
    let people = People::load(source, who).await?;
    // The latest that was not taken away.
    let visits: HashMap<i64, Visit> = visits
        .into_iter()
        .filter(|visit| visit.ended_at.is_none())
        .map(|visit| (visit.ticket.0, visit))
        .collect();
    let invoices = store::invoices::live_ids(source, ids(&tickets, |ticket| ticket.id.0)).await?;
    let invoices: HashMap<i64, _> = invoices.into_iter().map(|(ticket, id)| (ticket.0, id)).collect();
    let mut by_ticket: HashMap<i64, Vec<Document>> = HashMap::new();
    for file in files {
        let ticket = file.ticket.map_or(0, |id| id.0);
        by_ticket.entry(ticket).or_default().push(file);
    }
    let mut given: HashMap<i64, ratings::View> = given
        .into_iter()
        .filter(|rating| rating.at.is_some())
        .map(|rating| (rating.ticket.0, ratings::view(rating, &people)))
        .collect();
    Ok(tickets
        .into_iter()
        .map(|ticket| {
            let visit = visits.get(&ticket.id.0);
            let files = by_ticket.remove(&ticket.id.0).unwrap_or_default();
            let mut view = view(&ticket, &customers, &services, &people);
            view.check_in = visit.map(|visit| visit::check_in(visit, &files, &people));
            view.check_out = visit.and_then(visit::check_out);
            view.invoice_id = invoices.get(&ticket.id.0).map(ToString::to_string);
            view.rating = given.remove(&ticket.id.0);
            view.missing = visit::missing(&ticket, visit, &files);
            view.documents = files
                .iter()
                .filter_map(|file| documents::view(file, &people))
                .collect();
            view
        })
        .collect())
}

fn ids(tickets: &[Ticket], id: impl Fn(&Ticket) -> i64) -> Vec<i64> {
    let mut ids: Vec<i64> = tickets.iter().map(id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn view(
    ticket: &Ticket,
    customers: &HashMap<i64, Customer>,
    services: &HashMap<i64, Service>,
    people: &People,
) -> View {
    let customer = customers.get(&ticket.customer.0);
    let service = services.get(&ticket.service.0);
    View {
        id: ticket.id.to_string(),
        number: ticket.id.number(),
        status: ticket.status.as_str(),
        customer: Whose {
            id: ticket.customer.to_string(),
            number: ticket.customer.number(),
            name: customer.map(|c| c.name.clone()).unwrap_or_default(),
            phone: customer
                .and_then(|c| c.phone.as_ref())
                .map(|p| p.as_str().to_owned()),
            address: customer.map(|c| c.address.clone()).unwrap_or_default(),
        },
        service: Named {
            id: ticket.service.to_string(),
            name: service.map(|s| s.name.clone()).unwrap_or_default(),
        },
        problem: ticket.problem.clone(),
        visit_date: ticket.visit_date,
        visit_time: ticket.visit_time.map(time_text),
        latitude: ticket.site.map(|site| site.latitude),
        longitude: ticket.site.map(|site| site.longitude),
        technician: ticket.technician.map(|id| people.named(id)),
        claimed_at: ticket.claimed_at,
        check_in_due_at: ticket.check_in_due_at,
        check_in: None,
        check_out: None,
        missing: Vec::new(),
        documents: Vec::new(),
        invoice_id: None,
        rating: None,
        created_by: people.named(ticket.created_by),
        created_at: ticket.created_at,
        changed_at: ticket.changed_at,
        version: ticket.version,
    }
}
