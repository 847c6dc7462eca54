//! Who changed what, for whoever asks.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::TicketId;
use futures::FutureExt;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::page::{Cut, Page};
use crate::app::tickets::{Event, Named, People};
use crate::app::{App, Error};
pub use crate::store::audit::Filter;
use crate::store::audit::{self, Entry};
use crate::store::{self, Source};

/// A page that is open looks again and again: that is one look.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(15);

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

impl View {
    /// The same as a ticket's story tells it.
    pub fn event(&self) -> Event {
        Event {
            at: self.at,
            event: self.action.clone(),
            actor: self.actor.clone(),
            channel: self.channel.clone(),
            detail: self.detail.clone(),
        }
    }
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

/// A change, and what it was made to by name.
#[derive(Debug, Clone)]
pub struct Row {
    pub view: View,
    pub ticket: Option<TicketId>,
    /// What a customer, an account or a service is called today.
    pub name: Option<String>,
}

/// As [`list`], with names for whoever reads it.
pub async fn rows(app: &App, filter: &Filter, cut: Cut) -> Result<Page<Row>, Error> {
    let rows = audit::list(&app.db, filter, cut.cursor, cut.fetch()).await?;
    let people = People::load(&app.db, rows.iter().filter_map(|entry| entry.actor)).await?;
    let names = names(&app.db, &rows).await?;
    let row = |entry: Entry| Row {
        ticket: entry.ticket,
        name: names.get(&entry.subject).cloned(),
        view: view(entry, &people),
    };
    Ok(cut.page(rows, |entry| entry.id, row))
}

async fn names(source: &impl Source, rows: &[Entry]) -> Result<HashMap<(String, i64), String>, Error> {
    let of = |kind: &str| -> Vec<i64> {
        let subjects = rows.iter().map(|entry| &entry.subject);
        let mut ids: Vec<i64> = subjects.filter(|(k, _)| k == kind).map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let customers = store::customers::by_ids(source, of("customer")).await?;
    let users = store::users::by_ids(source, of("user")).await?;
    let services = store::services::by_ids(source, of("service")).await?;
    let customers = customers.into_iter().map(|one| ("customer", one.id.0, one.name));
    let users = users.into_iter().map(|one| ("user", one.id.0, one.name));
    let services = services.into_iter().map(|one| ("service", one.id.0, one.name));
    let all = customers.chain(users).chain(services);
    Ok(all
        .map(|(kind, id, name)| ((kind.to_owned(), id), name))
        .collect())
}

/// A list that someone takes along as a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    Audit,
    Customers,
    Deliveries,
    Invoices,
    Ratings,
    Tickets,
}

impl Export {
    const fn action(self) -> (&'static str, &'static str) {
        match self {
            Self::Audit => ("audit_exported", "audit"),
            Self::Customers => ("customers_exported", "customer"),
            Self::Deliveries => ("deliveries_exported", "delivery"),
            Self::Invoices => ("invoices_exported", "invoice"),
            Self::Ratings => ("ratings_exported", "rating"),
            Self::Tickets => ("tickets_exported", "ticket"),
        }
    }
}

/// Writes down that someone takes a list along: it names people.
pub async fn exported(app: &App, act: &Act, what: Export, count: Option<i64>) -> Result<(), Error> {
    let by = act.clone();
    let (action, kind) = what.action();
    let detail = count.map_or(Value::Null, |count| json!({ "count": count }));
    app.perform(act, move |tx| {
        async move { by.audit(tx, action, (kind, 0), None, detail).await }.boxed()
    })
    .await
}

/// Writes down that someone was shown these, once for each of them in a quarter of an hour.
pub(crate) async fn looked_at(
    app: &App,
    act: &Act,
    action: &'static str,
    (kind, mut ids): (&'static str, Vec<i64>),
) -> Result<(), Error> {
    let Some(actor) = act.actor else {
        return Ok(());
    };
    ids.sort_unstable();
    let since = act.at - ONE_LOOK;
    let seen = audit::done_since(&app.db, (actor, action), since, (kind, &ids)).await?;
    ids.retain(|id| !seen.contains(id));
    if ids.is_empty() {
        return Ok(());
    }
    let by = act.clone();
    app.db
        .write(move |tx| {
            async move {
                if let Some(first) = ids.first().filter(|_| kind == "ticket") {
                    // Two pages that open at once wait here for each other.
                    store::tickets::by_id_locked(tx, TicketId(*first)).await?;
                }
                let seen = audit::done_since(tx, (actor, action), since, (kind, &ids)).await?;
                for id in ids.into_iter().filter(|id| !seen.contains(id)) {
                    let ticket = (kind == "ticket").then_some(TicketId(id));
                    by.audit(tx, action, (kind, id), ticket, Value::Null).await?;
                }
                Ok::<_, Error>(())
            }
            .boxed()
        })
        .await?;
    Ok(())
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
