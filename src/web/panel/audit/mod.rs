//! The audit: who did and who looked at what, with its filters in the address.

pub mod deeds;
mod sheet;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, Days, NaiveTime, Utc};
use domain::calendar;
use domain::ids::TicketId;
use domain::permission::Perm;

use crate::app::audit::{self, Row};
use crate::app::page::Cut;
use crate::app::users;
use crate::web;
use crate::web::access::Routes;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::audit::deeds::KINDS;
use crate::web::panel::delivery::Channel;
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::page::{Pages, Tab, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::story;
use crate::web::panel::ticket::Event;
use crate::web::panel::tickets::Choice;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;
use crate::web::words::word;

const PATH: &str = "/panel/audit";
/// In the place of a person: whatever nobody with an account did.
const OTHERS: &str = "others";
const CHANNELS: [&str; 5] = ["telegram", "whatsapp", "panel", "api", "system"];

/// The page, and with `as_entries` its rows alone.
#[derive(Template)]
#[template(path = "panel/audit.html", blocks = ["entries"])]
pub struct AuditPage {
    pub shell: Shell,
    pub filter: Filter,
    pub tabs: Vec<Tab>,
    pub people: Vec<Choice>,
    pub kinds: Vec<Kind>,
    pub entries: Vec<Entry>,
    pub pages: Pages,
    /// Where the same list is as a sheet.
    pub sheet: String,
}

impl AuditPage {
    /// Where something may come from: the name in the address, and the key of its label.
    pub fn channels(&self) -> [(&'static str, &'static str); 5] {
        CHANNELS.map(|name| (name, Channel::named(name).label()))
    }

    /// The kinds of deeds, each with its name in the address.
    pub fn choices(&self) -> Vec<(&Kind, String)> {
        let names = KINDS.into_iter().map(|(name, _, _)| format!("@{name}"));
        self.kinds.iter().zip(names).collect()
    }
}

/// Deeds of a kind, to choose from.
#[derive(Debug, Clone)]
pub struct Kind {
    pub label: &'static str,
    /// The name in the address, and what it is called.
    pub deeds: Vec<(&'static str, String)>,
}

/// The filters as typed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub q: String,
    /// A kind of deeds (`@looks`), one deed, or all.
    pub action: String,
    pub actor_id: String,
    pub channel: String,
    pub from: String,
    pub to: String,
    pub ticket_id: String,
}

impl Filter {
    fn of(asked: &Form) -> Self {
        let of = |name: &str| asked.value(name).trim().to_owned();
        Self {
            q: of("q"),
            action: of("action"),
            actor_id: of("actor_id"),
            channel: of("channel"),
            from: of("from"),
            to: of("to"),
            ticket_id: of("ticket_id"),
        }
    }

    /// What to look for; what cannot be read filters nothing.
    fn store(&self, reader: Reader) -> audit::Filter {
        let day = |text: &str, more: u64| -> Option<DateTime<Utc>> {
            let date = calendar::date(text).ok()?.checked_add_days(Days::new(more))?;
            Some(reader.zone.moment(date, NaiveTime::MIN))
        };
        audit::Filter {
            ticket: self.ticket_id.parse().ok(),
            actor: self.actor_id.parse().ok(),
            by_others: self.actor_id == OTHERS,
            actions: deeds::meant(&self.action),
            channel: Some(self.channel.clone()).filter(|name| CHANNELS.contains(&name.as_str())),
            from: day(&self.from, 0),
            to: day(&self.to, 1),
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
        }
    }

    fn href(&self, path: &str, action: &str, cursor: &str) -> String {
        let parts = [
            ("q", self.q.as_str()),
            ("action", action),
            ("actor_id", &self.actor_id),
            ("channel", &self.channel),
            ("from", &self.from),
            ("to", &self.to),
            ("ticket_id", &self.ticket_id),
            ("cursor", cursor),
        ];
        query(path, &parts)
    }

    fn tabs(&self, reader: Reader) -> Vec<Tab> {
        let tab = |action: String, key: &str| Tab {
            label: word(reader.locale, key),
            href: self.href(PATH, &action, ""),
            here: self.action == action,
        };
        let each = KINDS.into_iter();
        let each = each.map(|(name, key, _)| tab(format!("@{name}"), key));
        std::iter::once(tab(String::new(), "all")).chain(each).collect()
    }

    /// The ticket that is looked at alone.
    pub fn ticket(&self) -> Option<String> {
        let id: TicketId = self.ticket_id.parse().ok()?;
        Some(id.number())
    }

    /// Whether anything is filtered.
    pub fn is_set(&self) -> bool {
        let parts = [
            &self.q,
            &self.action,
            &self.actor_id,
            &self.channel,
            &self.from,
            &self.to,
        ];
        parts.iter().any(|part| !part.is_empty()) || !self.ticket_id.is_empty()
    }
}

/// One line: what was done, to what, by whom, from where, when.
#[derive(Debug, Clone)]
pub struct Entry {
    pub event: Event,
    pub subject: Option<Subject>,
}

/// What something was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub label: String,
    pub href: Option<String>,
}

impl Entry {
    pub(crate) fn of(row: &Row, reader: Reader) -> Self {
        Self {
            event: story::event(&row.view.event(), reader),
            subject: subject(row),
        }
    }
}

/// What a line is about, and where that is shown: the thing itself, else its ticket.
fn subject(row: &Row) -> Option<Subject> {
    let (kind, id) = (row.view.subject.kind.as_str(), row.view.subject.id.as_str());
    let at = |path: &str| Some(format!("/panel/{path}/{id}"));
    let named = |number: Option<String>| {
        let parts = [row.name.clone(), number].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" · ")
    };
    let number = row
        .view
        .detail
        .as_ref()
        .and_then(|detail| detail.get("number")?.as_str());
    let own = match kind {
        _ if id == "0" => None,
        "customer" => Some((
            named(id.parse().ok().map(domain::ids::CustomerId::number)),
            at("customers"),
        )),
        "user" => Some((named(None), at("users"))),
        "service" => Some((named(None), at("services"))),
        "request" => Some((
            id.parse().ok().map(domain::ids::RequestId::number)?,
            at("requests"),
        )),
        "invoice" => number.map(|number| (number.to_owned(), at("invoices"))),
        _ => None,
    };
    let ticket = || {
        let ticket = row.ticket?;
        Some((ticket.number(), Some(format!("/panel/tickets/{ticket}"))))
    };
    let (label, href) = own.filter(|(label, _)| !label.is_empty()).or_else(ticket)?;
    Some(Subject { label, href })
}

/// The routes of the audit.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get(Perm::ReadAudit, PATH, show)
        .get(Perm::ReadAudit, "/panel/audit.csv", sheet::take)
}

/// The list, or its rows alone.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let reader = visitor.reader;
    let filter = Filter::of(&asked);
    let cursor = asked.some("cursor");
    let cut = Cut::parse(cursor.as_deref(), None)?;
    let found = audit::rows(&state.app, &filter.store(reader), cut).await?;
    let page = AuditPage {
        shell: visitor.shell(&state, Place::Audit).await?,
        tabs: filter.tabs(reader),
        people: people(&state, reader).await?,
        kinds: kinds(reader),
        entries: found.data.iter().map(|row| Entry::of(row, reader)).collect(),
        pages: Pages::of(cursor.as_deref(), found.next_cursor.as_deref(), |at| {
            filter.href(PATH, &filter.action, at)
        }),
        sheet: filter.href("/panel/audit.csv", &filter.action, ""),
        filter,
    };
    Ok(if visitor.wants_part {
        visitor.page(&page.as_entries())
    } else {
        visitor.page(&page)
    })
}

/// Everyone who has an account, and whoever has none.
async fn people(state: &web::State, reader: Reader) -> Result<Vec<Choice>, Failure> {
    let all = users::list(&state.app, &users::Filter::default(), Cut::first(Cut::MOST)).await?;
    let others = Choice {
        id: OTHERS.to_owned(),
        name: word(reader.locale, "audit-others"),
    };
    let named = all.data.into_iter().map(|user| Choice {
        id: user.id,
        name: user.name,
    });
    Ok(named.chain([others]).collect())
}

fn kinds(reader: Reader) -> Vec<Kind> {
    let kind = |(_, label, deeds): (&str, &'static str, &'static [&'static str])| Kind {
        label,
        deeds: deeds
            .iter()
            .map(|deed| (*deed, story::called(deed, reader.locale)))
            .collect(),
    };
    KINDS.map(kind).to_vec()
}
