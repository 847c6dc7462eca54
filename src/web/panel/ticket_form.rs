//! The form of a new ticket and of a changed one, with the quota of its date beside it.

use askama::Template;
use axum::extract::{Path, State};
use chrono::{NaiveDate, SubsecRound};
use domain::calendar;
use domain::ids::CustomerId;
use domain::money::Rupiah;

use crate::app::page::Cut;
use crate::app::tickets::{self, New, Patch};
use crate::app::{self, customers, documents, quota, services};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::{Form, Numbers};
use crate::web::panel::hand::{Hand, Load};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::ticket::ticket_id;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;

/// The page, and with `as_schedule` the date's quota alone.
#[derive(Template)]
#[template(path = "panel/ticket_form.html", blocks = ["schedule"])]
pub struct TicketForm {
    pub shell: Shell,
    pub form: Form,
    /// The ticket that is changed; none for a new one.
    pub editing: Option<Editing>,
    pub services: Vec<Service>,
    pub picks: Vec<Pick>,
    pub quota: Quota,
}

impl TicketForm {
    fn action(&self) -> String {
        match &self.editing {
            Some(ticket) => format!("/panel/tickets/{}", ticket.id),
            None => "/panel/tickets".to_owned(),
        }
    }

    fn back(&self) -> String {
        match &self.editing {
            Some(ticket) => format!("/panel/tickets/{}", ticket.id),
            None => "/panel".to_owned(),
        }
    }
}

/// The customers that a search found, to choose from.
#[derive(Template)]
#[template(path = "panel/customer_pick.html")]
pub struct CustomerPick {
    pub form: Form,
    pub picks: Vec<Pick>,
}

/// The ticket that is changed.
#[derive(Debug, Clone)]
pub struct Editing {
    pub id: String,
    pub number: String,
    pub version: i64,
}

/// A service to choose.
#[derive(Debug, Clone)]
pub struct Service {
    pub id: String,
    pub name: String,
    pub price: String,
}

/// A customer to choose.
#[derive(Debug, Clone)]
pub struct Pick {
    pub id: String,
    pub number: String,
    pub name: String,
    pub address: String,
}

/// The quota of a date.
#[derive(Debug, Clone, Default)]
pub struct Quota {
    /// Today in the company's zone, `YYYY-MM-DD`: no visit is planned before.
    pub today: String,
    /// `Senin, 23 November 2026`.
    pub day: String,
    pub load: Load,
    pub available: i64,
    pub next: Vec<Free>,
    pub hands: Vec<Hand>,
}

impl Quota {
    /// Whether no place is left.
    pub fn is_full(&self) -> bool {
        self.available <= 0
    }
}

/// A date with places left.
#[derive(Debug, Clone)]
pub struct Free {
    /// `YYYY-MM-DD`.
    pub date: String,
    pub short: String,
    pub full: String,
}

/// How many customers are shown to choose from.
const PICKS: u64 = 8;

/// The form of a new ticket; the address may name the customer.
pub async fn new(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let page = draw(&state, &visitor, asked, None).await?;
    Ok(visitor.page(&page))
}

/// The date and its quota, for a date that was chosen.
pub async fn schedule(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let (form, date) = dated(asked, visitor.reader);
    let quota = read_quota(&state, visitor.reader, date).await?;
    let shell = visitor.outside(&state, "/panel/tickets/new");
    let page = TicketForm {
        shell,
        form,
        editing: None,
        services: Vec::new(),
        picks: Vec::new(),
        quota,
    };
    Ok(visitor.page(&page.as_schedule()))
}

/// Customers that a search finds, to choose from.
pub async fn pick(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let picks = picks(&state, &asked).await?;
    Ok(visitor.page(&CustomerPick { form: asked, picks }))
}

/// Creates a ticket, with its customer when that one is new.
pub async fn create(State(state): State<web::State>, visitor: Visitor, form: Form) -> Answer {
    let form = form.with_coordinates_divided();
    if is_looking(&form) {
        return Ok(visitor.page(&draw(&state, &visitor, form, None).await?));
    }
    let mut numbers = Numbers::of(&form);
    let (latitude, longitude) = (numbers.degrees("latitude"), numbers.degrees("longitude"));
    let wrong = numbers.wrong;
    let new_customer = form.chose("customer_kind", "new").then(|| customers::Form {
        name: form.some("name"),
        address: form.some("address"),
        phone: Some(form.some("phone")),
        latitude: Some(latitude.filter(|_| wrong.0.is_empty())),
        longitude: Some(longitude.filter(|_| wrong.0.is_empty())),
        ..customers::Form::default()
    });
    let new = New {
        customer_id: form.value("customer_id").to_owned(),
        new_customer,
        service_id: form.value("service_id").to_owned(),
        problem: form.value("problem").to_owned(),
        visit_date: form.some("visit_date"),
        visit_time: form.some("visit_time"),
        latitude,
        longitude,
    };
    match tickets::create(&state.app, &visitor.act(), new).await {
        Ok(ticket) => {
            Ok(Deed::TicketCreated(ticket.number).tell_at(&format!("/panel/tickets/{}", ticket.id)))
        }
        Err(error) => {
            let form = visitor.told_with(form, wrong, error)?;
            Ok(visitor.again(&draw(&state, &visitor, form, None).await?))
        }
    }
}

/// The form of a ticket that is changed.
pub async fn edit(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let ticket = tickets::find(&state.app, ticket_id(&id)?).await?.ticket;
    let form = filled(&ticket);
    Ok(visitor.page(&draw(&state, &visitor, form, Some(ticket)).await?))
}

fn filled(ticket: &tickets::View) -> Form {
    Form::filled([
        ("service_id", ticket.service.id.clone()),
        ("problem", ticket.problem.clone()),
        ("visit_date", ticket.visit_date.to_string()),
        ("visit_time", ticket.visit_time.clone().unwrap_or_default()),
        ("latitude", degrees(ticket.latitude)),
        ("longitude", degrees(ticket.longitude)),
    ])
}

/// Changes a ticket.
pub async fn save(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = ticket_id(&id)?;
    let form = form.with_coordinates_divided();
    if is_looking(&form) {
        let ticket = tickets::find(&state.app, id).await?.ticket;
        return Ok(visitor.page(&draw(&state, &visitor, form, Some(ticket)).await?));
    }
    let mut numbers = Numbers::of(&form);
    let patch = Patch {
        version: form.value("version").parse().ok(),
        problem: Some(form.value("problem").to_owned()),
        service_id: Some(form.value("service_id").to_owned()),
        visit_date: Some(form.value("visit_date").to_owned()),
        visit_time: Some(form.some("visit_time")),
        latitude: Some(numbers.degrees("latitude")),
        longitude: Some(numbers.degrees("longitude")),
    };
    let wrong = numbers.wrong;
    let act = visitor.act();
    match tickets::edit(&state.app, &act, id, patch).await {
        Ok(ticket) => {
            // Databases keep a moment less exactly than clocks tell it.
            let just_now = act.at.trunc_subsecs(3);
            let is_revoked = |letter: &documents::View| letter.revoked_at.is_some_and(|at| at >= just_now);
            let deed = if ticket.documents.iter().any(is_revoked) {
                Deed::LettersRevoked(ticket.number)
            } else {
                Deed::TicketChanged(ticket.number)
            };
            Ok(deed.tell_at(&format!("/panel/tickets/{id}")))
        }
        Err(error) => {
            let form = visitor.told_with(form, wrong, error)?;
            let ticket = tickets::find(&state.app, id).await?.ticket;
            let form = form.compared(&filled(&ticket), |name, _| {
                (name == "service_id").then(|| ticket.service.name.clone())
            });
            Ok(visitor.again(&draw(&state, &visitor, form, Some(ticket)).await?))
        }
    }
}

/// Without a script the form asks for another look at itself, and creates nothing.
pub(crate) fn is_looking(form: &Form) -> bool {
    form.chose("intent", "look") || !form.value("pick_date").is_empty()
}

async fn draw(
    state: &web::State,
    visitor: &Visitor,
    form: Form,
    ticket: Option<tickets::View>,
) -> Result<TicketForm, Failure> {
    let (form, date) = dated(form, visitor.reader);
    let picks = if ticket.is_none() {
        picks(state, &form).await?
    } else {
        Vec::new()
    };
    Ok(TicketForm {
        shell: visitor.shell(state, Place::Board).await?,
        services: read_services(state, ticket.as_ref()).await?,
        picks,
        quota: read_quota(state, visitor.reader, date).await?,
        editing: ticket.map(|ticket| Editing {
            id: ticket.id,
            number: ticket.number,
            version: ticket.version.into(),
        }),
        form,
    })
}

/// The form with the date that it is about: the one that was picked, or typed, or today.
pub(crate) fn dated(form: Form, reader: Reader) -> (Form, NaiveDate) {
    let today = reader.zone.date(reader.now);
    let picked = form.some("pick_date").and_then(|date| calendar::date(&date).ok());
    let typed = form.some("visit_date").map(|date| calendar::date(&date));
    match (picked, typed) {
        (Some(date), _) => (form.with("visit_date", date.to_string()), date),
        (None, Some(Ok(date))) => (form, date),
        // What cannot be read stays as it was typed.
        (None, Some(Err(_))) => (form, today),
        (None, None) => (form.with("visit_date", today.to_string()), today),
    }
}

pub(crate) async fn read_services(
    state: &web::State,
    ticket: Option<&tickets::View>,
) -> Result<Vec<Service>, Failure> {
    let page = services::list(&state.app, Some(true), Cut::first(Cut::MOST)).await?;
    let offered = page.data.into_iter().map(|service| Service {
        id: service.id,
        name: service.name,
        price: Rupiah(service.base_price).to_string(),
    });
    let mut offered: Vec<Service> = offered.collect();
    // The service that a ticket has may stay, even when it is no longer offered.
    if let Some(own) = ticket.map(|ticket| &ticket.service)
        && offered.iter().all(|service| service.id != own.id)
    {
        let id = own.id.parse().map_err(|_| app::Error::Missing)?;
        let price = services::find(&state.app, id).await?.base_price;
        offered.push(Service {
            id: own.id.clone(),
            name: own.name.clone(),
            price: Rupiah(price).to_string(),
        });
    }
    Ok(offered)
}

pub(crate) async fn read_quota(
    state: &web::State,
    reader: Reader,
    date: NaiveDate,
) -> Result<Quota, Failure> {
    let quota = quota::find(&state.app, date).await?;
    let next = quota.next_available.into_iter().map(|date| Free {
        date: date.to_string(),
        short: reader.day(date),
        full: reader.long_day(date),
    });
    Ok(Quota {
        today: reader.zone.date(reader.now).to_string(),
        day: reader.long_day(date),
        load: Load {
            used: quota.used,
            quota: quota.capacity,
        },
        available: quota.available.into(),
        next: next.collect(),
        hands: quota.technicians.into_iter().map(Hand::of).collect(),
    })
}

/// What the search finds, and whoever is chosen already.
async fn picks(state: &web::State, form: &Form) -> Result<Vec<Pick>, Failure> {
    let filter = customers::Filter {
        q: form.some("customer_q"),
        archived: false,
    };
    let mut found = customers::list(&state.app, &filter, Cut::first(PICKS))
        .await?
        .data;
    if let Ok(id) = form.value("customer_id").parse::<CustomerId>()
        && found.iter().all(|customer| customer.id != id.to_string())
        && let Ok(chosen) = customers::find(&state.app, id).await
    {
        found.insert(0, chosen);
    }
    let pick = |customer: customers::View| Pick {
        id: customer.id,
        number: customer.number,
        name: customer.name,
        address: customer.address,
    };
    Ok(found.into_iter().map(pick).collect())
}

/// Degrees as they are typed.
pub(crate) fn degrees(degrees: Option<f64>) -> String {
    degrees.map(|degrees| format!("{degrees:.6}")).unwrap_or_default()
}
