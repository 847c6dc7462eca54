//! Customers: the list, one customer's page, and the form.

use askama::Template;
use axum::extract::{Path, State};
use domain::ids::CustomerId;
use domain::invalid::Invalid;

use crate::app::customers::{self, View};
use crate::app::page::Cut;
use crate::app::{self, chats, tickets};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::chat::Chat;
use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::{Form, Numbers};
use crate::web::panel::invoices;
use crate::web::panel::page::{Pages, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::ticket_form::degrees;
use crate::web::panel::tickets::{Line, lines};
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::{Reader, When};
use crate::web::problem::refusal;
use crate::web::words;

/// The list, and with `as_customers` its rows alone.
#[derive(Template)]
#[template(path = "panel/customers.html", blocks = ["customers"])]
pub struct CustomersPage {
    pub shell: Shell,
    pub q: String,
    /// Archived ones too.
    pub archived: bool,
    pub customers: Vec<Customer>,
    pub pages: Pages,
    /// Where the same list is as a sheet.
    pub sheet: String,
}

/// One customer's page.
#[derive(Template)]
#[template(path = "panel/customer.html")]
pub struct CustomerPage {
    pub shell: Shell,
    pub customer: Customer,
    pub tickets: Vec<Line>,
    /// The newest of his invoices.
    pub invoices: Vec<invoices::Line>,
    pub chat: Option<Chat>,
    /// What was typed to erase him, when that was refused.
    pub form: Form,
}

/// The form of a new customer and of a changed one.
#[derive(Template)]
#[template(path = "panel/customer_form.html")]
pub struct CustomerForm {
    pub shell: Shell,
    pub form: Form,
    /// The customer that is changed; none for a new one.
    pub editing: Option<Customer>,
}

impl CustomerForm {
    fn action(&self) -> String {
        match &self.editing {
            Some(customer) => format!("/panel/customers/{}", customer.id),
            None => "/panel/customers".to_owned(),
        }
    }

    fn back(&self) -> String {
        self.action()
    }

    /// The zones of the country, to choose from.
    pub fn zones(&self) -> [(&'static str, &'static str); 3] {
        [
            ("Asia/Jakarta", "WIB · Asia/Jakarta"),
            ("Asia/Makassar", "WITA · Asia/Makassar"),
            ("Asia/Jayapura", "WIT · Asia/Jayapura"),
        ]
    }
}

/// A customer as shown.
#[derive(Debug, Clone)]
pub struct Customer {
    pub id: String,
    pub number: String,
    pub name: String,
    pub address: String,
    pub phone: Option<Phone>,
    pub site: Option<Site>,
    pub notes: Option<String>,
    /// The text key of where the customer came from.
    pub source: &'static str,
    pub archived: bool,
    pub erased: bool,
    pub created: When,
    pub version: i64,
}

/// The text key of where a customer came from.
pub fn source(name: &str) -> &'static str {
    match name {
        "whatsapp" => "source-whatsapp",
        "import" => "source-import",
        _ => "source-panel",
    }
}

/// The list, or its rows alone.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let (q, cursor) = (asked.value("q").trim().to_owned(), asked.some("cursor"));
    let archived = asked.is_ticked("archived");
    let filter = customers::Filter {
        q: asked.some("q"),
        archived,
    };
    let with = if archived { "true" } else { "" };
    let found = customers::list(&state.app, &filter, Cut::parse(cursor.as_deref(), None)?).await?;
    let page = CustomersPage {
        shell: visitor.shell(&state, Place::Customers).await?,
        customers: found
            .data
            .into_iter()
            .map(|customer| Customer::of(customer, visitor.reader))
            .collect(),
        pages: Pages::of(cursor.as_deref(), found.next_cursor.as_deref(), |at| {
            query(
                "/panel/customers",
                &[("q", &q), ("archived", with), ("cursor", at)],
            )
        }),
        sheet: query("/panel/customers.csv", &[("q", &q), ("archived", with)]),
        q,
        archived,
    };
    Ok(if visitor.wants_part {
        visitor.page(&page.as_customers())
    } else {
        visitor.page(&page)
    })
}

/// One customer and the newest of his tickets.
pub async fn one(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page_of(&state, &visitor, customer_id(&id)?, Form::default()).await?;
    Ok(visitor.page(&page))
}

async fn page_of(
    state: &web::State,
    visitor: &Visitor,
    id: CustomerId,
    form: Form,
) -> Result<CustomerPage, Failure> {
    let customer = customers::find(&state.app, id).await?;
    customers::looked(&state.app, &visitor.act(), id).await?;
    let filter = tickets::Filter {
        customer: Some(id),
        ..tickets::Filter::default()
    };
    let tickets = tickets::list(&state.app, &filter, Cut::first(10)).await?.data;
    let own = app::invoices::Filter {
        customer: Some(id),
        ..app::invoices::Filter::default()
    };
    let owed = app::invoices::rows(&state.app, &own, Cut::first(10)).await?.data;
    let chat = chats::of_customer(&state.app, id).await?.map(|chat| {
        let action = format!("/panel/chats/{}/write", chat.contact_id);
        Chat::of(chat, visitor.reader, action, format!("/panel/customers/{id}"))
    });
    Ok(CustomerPage {
        chat,
        shell: visitor.shell(state, Place::Customers).await?,
        customer: Customer::of(customer, visitor.reader),
        tickets: lines(tickets, visitor.reader),
        invoices: invoices::lines(owed, visitor.reader),
        form,
    })
}

/// The form of a new customer.
pub async fn new(State(state): State<web::State>, visitor: Visitor) -> Answer {
    let shell = visitor.shell(&state, Place::Customers).await?;
    Ok(visitor.page(&CustomerForm {
        shell,
        form: Form::default(),
        editing: None,
    }))
}

/// Adds a customer.
pub async fn create(State(state): State<web::State>, visitor: Visitor, form: Form) -> Answer {
    let form = form.with_coordinates_divided();
    let (typed, wrong) = typed(&form);
    match customers::create(&state.app, &visitor.act(), typed).await {
        Ok(customer) => Ok(saved(&customer)),
        Err(error) => {
            let form = visitor.told_with(form, wrong, error)?;
            let shell = visitor.shell(&state, Place::Customers).await?;
            Ok(visitor.again(&CustomerForm {
                shell,
                form,
                editing: None,
            }))
        }
    }
}

/// The form of a customer who is changed.
pub async fn edit(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = customer_id(&id)?;
    let customer = customers::find(&state.app, id).await?;
    customers::looked(&state.app, &visitor.act(), id).await?;
    let form = filled(&customer);
    let shell = visitor.shell(&state, Place::Customers).await?;
    let editing = Some(Customer::of(customer, visitor.reader));
    Ok(visitor.page(&CustomerForm { shell, form, editing }))
}

fn filled(customer: &View) -> Form {
    Form::filled([
        ("name", customer.name.clone()),
        ("address", customer.address.clone()),
        (
            "phone",
            customer
                .phone
                .as_deref()
                .map(|phone| Phone::of(phone).shown)
                .unwrap_or_default(),
        ),
        ("latitude", degrees(customer.latitude)),
        ("longitude", degrees(customer.longitude)),
        ("timezone", customer.timezone.clone().unwrap_or_default()),
        ("withholds_pph23", customer.withholds_pph23.to_string()),
        ("notes", customer.notes.clone().unwrap_or_default()),
    ])
}

/// Changes a customer.
pub async fn save(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = customer_id(&id)?;
    let form = form.with_coordinates_divided();
    let (typed, wrong) = typed(&form);
    match customers::edit(&state.app, &visitor.act(), id, typed).await {
        Ok(customer) => Ok(saved(&customer)),
        Err(error) => {
            let form = visitor.told_with(form, wrong, error)?;
            let customer = customers::find(&state.app, id).await?;
            let locale = visitor.reader.locale;
            let form = form.compared(&filled(&customer), |name, value| match (name, value) {
                ("timezone", "") => Some(words::word(locale, "timezone-company")),
                ("withholds_pph23", "true") => Some(words::word(locale, "ticked")),
                ("withholds_pph23", _) => Some(words::word(locale, "unticked")),
                _ => None,
            });
            let shell = visitor.shell(&state, Place::Customers).await?;
            let editing = Some(Customer::of(customer, visitor.reader));
            Ok(visitor.again(&CustomerForm { shell, form, editing }))
        }
    }
}

/// Archives a customer; a rule that says no is told on the customer's page.
pub async fn archive(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = customer_id(&id)?;
    let name = customers::find(&state.app, id).await?.name;
    match customers::remove(&state.app, &visitor.act(), id, false).await {
        Ok(()) => Ok(Deed::CustomerArchived(name).tell_at("/panel/customers")),
        Err(app::Error::Refused(why)) => Ok(
            Deed::Refused(refusal(visitor.reader.locale, &why)).tell_at(&format!("/panel/customers/{id}"))
        ),
        Err(error) => Err(error.into()),
    }
}

/// Takes a customer out of the archive.
pub async fn restore(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = customer_id(&id)?;
    let back = format!("/panel/customers/{id}");
    match customers::restore(&state.app, &visitor.act(), id).await {
        Ok(customer) => Ok(Deed::CustomerRestored(customer.name).tell_at(&back)),
        Err(error) => visitor.told_above(&back, error),
    }
}

/// Erases what is known of a person, once his number was typed; a refusal is told in the same dialog.
pub async fn erase(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = customer_id(&id)?;
    let number = customers::find(&state.app, id).await?.number;
    let form = if form.value("confirm").trim().eq_ignore_ascii_case(&number) {
        match customers::remove(&state.app, &visitor.act(), id, true).await {
            Ok(()) => return Ok(Deed::CustomerErased(number).tell_at(&format!("/panel/customers/{id}"))),
            Err(error) => visitor.told_on(form, error)?,
        }
    } else {
        form.refused(words::about(visitor.reader.locale, "erase-mismatch", &number))
    };
    Ok(visitor.again(&page_of(&state, &visitor, id, form).await?))
}

impl Customer {
    /// Where the customer lives.
    pub fn href(&self) -> String {
        format!("/panel/customers/{}", self.id)
    }

    fn of(view: View, reader: Reader) -> Self {
        Self {
            phone: view.phone.as_deref().map(Phone::of),
            site: view
                .latitude
                .zip(view.longitude)
                .map(|(latitude, longitude)| Site::of(latitude, longitude)),
            source: source(&view.source),
            archived: view.archived_at.is_some(),
            erased: view.erased,
            created: reader.clock(view.created_at),
            version: view.version.into(),
            id: view.id,
            number: view.number,
            name: view.name,
            address: view.address,
            notes: view.notes,
        }
    }
}

fn typed(form: &Form) -> (customers::Form, Invalid) {
    let mut numbers = Numbers::of(form);
    let typed = customers::Form {
        version: form.value("version").parse().ok(),
        name: Some(form.value("name").to_owned()),
        address: Some(form.value("address").to_owned()),
        phone: Some(form.some("phone")),
        latitude: Some(numbers.degrees("latitude")),
        longitude: Some(numbers.degrees("longitude")),
        timezone: Some(form.some("timezone")),
        withholds_pph23: Some(form.is_ticked("withholds_pph23")),
        notes: Some(form.some("notes")),
    };
    (typed, numbers.wrong)
}

fn saved(customer: &View) -> axum::response::Response {
    Deed::CustomerSaved(customer.name.clone()).tell_at(&format!("/panel/customers/{}", customer.id))
}

fn customer_id(text: &str) -> Result<CustomerId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
