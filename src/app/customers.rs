//! Customers: created, edited, archived, erased.

mod erase;
pub mod import;
pub mod sheet;

use chrono::{DateTime, Utc};
use domain::calendar::Zone;
use domain::customer::PhoneBy;
use domain::geo::Position;
use domain::ids::CustomerId;
use domain::invalid::{Fault, Invalid, line, paragraph};
use domain::phone::Phone;
use futures::FutureExt;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::app::act::Act;
pub(crate) use crate::app::customers::erase::forget_chat;
pub use crate::app::customers::erase::{finish, remove};
use crate::app::page::{Cut, Page};
use crate::app::{App, Error, Refusal, audit, contacts};
use crate::store::customers::Customer;
pub use crate::store::customers::Filter;
use crate::store::{self, Tx};

/// A customer as admins see it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct View {
    pub id: String,
    /// `PLG-000045`.
    pub number: String,
    pub name: String,
    pub address: String,
    /// E.164.
    #[schema(required)]
    pub phone: Option<String>,
    #[schema(required)]
    pub latitude: Option<f64>,
    #[schema(required)]
    pub longitude: Option<f64>,
    /// IANA name; `null`: the company's zone.
    #[schema(required)]
    pub timezone: Option<String>,
    pub withholds_pph23: bool,
    #[schema(required)]
    pub notes: Option<String>,
    /// `panel`, `whatsapp` or `import`.
    pub source: String,
    #[schema(required)]
    pub archived_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub version: i32,
    /// Nothing of the person is left; for the panel alone.
    #[serde(skip)]
    pub erased: bool,
}

impl From<&Customer> for View {
    fn from(customer: &Customer) -> Self {
        Self {
            id: customer.id.to_string(),
            number: customer.id.number(),
            name: customer.name.clone(),
            address: customer.address.clone(),
            phone: customer.phone.as_ref().map(|p| p.as_str().to_owned()),
            latitude: customer.position.map(|p| p.latitude),
            longitude: customer.position.map(|p| p.longitude),
            timezone: customer.timezone.map(|z| z.to_string()),
            withholds_pph23: customer.withholds_pph23,
            notes: customer.notes.clone(),
            source: customer.source.clone(),
            archived_at: customer.archived_at,
            created_at: customer.created_at,
            version: customer.version,
            erased: customer.erased_at.is_some(),
        }
    }
}

/// What to set of a customer; `None` leaves it, `Some(None)` empties it. A new one needs name and address.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub version: Option<i32>,
    pub name: Option<String>,
    pub address: Option<String>,
    pub phone: Option<Option<String>>,
    pub latitude: Option<Option<f64>>,
    pub longitude: Option<Option<f64>>,
    pub timezone: Option<Option<String>>,
    pub withholds_pph23: Option<bool>,
    pub notes: Option<Option<String>>,
}

/// Adds a customer.
pub async fn create(app: &App, act: &Act, form: Form) -> Result<View, Error> {
    let mut invalid = Invalid::default();
    let customer = draft(form, act.at, &mut invalid);
    invalid.check()?;
    let customer = customer.ok_or(Error::Invalid(Invalid::default()))?;
    let by = act.clone();
    app.perform(act, move |tx| {
        async move { Ok(View::from(&add(tx, &by, customer).await?)) }.boxed()
    })
    .await
}

/// A new customer's form, checked.
pub(crate) fn draft(form: Form, now: DateTime<Utc>, invalid: &mut Invalid) -> Option<Customer> {
    let blank = Customer {
        id: CustomerId(0),
        name: String::new(),
        address: String::new(),
        phone: None,
        phone_by: PhoneBy::Office,
        position: None,
        timezone: None,
        withholds_pph23: false,
        notes: None,
        source: "panel".to_owned(),
        archived_at: None,
        erased_at: None,
        created_at: now,
        version: 1,
    };
    let form = Form {
        name: Some(form.name.unwrap_or_default()),
        address: Some(form.address.unwrap_or_default()),
        ..form
    };
    match filled(blank, form) {
        Ok(customer) => Some(customer),
        Err(wrong) => {
            invalid.0.extend(wrong.0);
            None
        }
    }
}

/// Adds a checked customer in this transaction.
pub(crate) async fn add(tx: &Tx, by: &Act, customer: Customer) -> Result<Customer, Error> {
    let customer = store::customers::insert(tx, customer).await?;
    let subject = ("customer", customer.id.0);
    by.audit(tx, "customer_created", subject, None, json!(null))
        .await?;
    Ok(customer)
}

/// Changes a customer.
pub async fn edit(app: &App, act: &Act, id: CustomerId, form: Form) -> Result<View, Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let old = store::customers::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if form.version.is_some_and(|version| version != old.version) {
                return Err(Error::Stale);
            }
            if old.archived_at.is_some() {
                return Err(Refusal::NotNow.into());
            }
            let phone = old.phone.clone();
            let before = old.clone();
            let customer = filled(old, form)?;
            let detail = changes(&before, &customer);
            let customer = store::customers::update(tx, &customer)
                .await?
                .ok_or(Error::Stale)?;
            contacts::renumbered(tx, &by, phone.as_ref(), &customer).await?;
            by.audit(tx, "customer_changed", ("customer", id.0), None, detail)
                .await?;
            tx.note_tickets();
            Ok(View::from(&customer))
        }
        .boxed()
    })
    .await
}

/// Takes a customer out of the archive; whoever was erased is nobody any more.
pub async fn restore(app: &App, act: &Act, id: CustomerId) -> Result<View, Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let old = store::customers::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if old.archived_at.is_none() || old.erased_at.is_some() {
                return Err(Refusal::NotNow.into());
            }
            let back = Customer {
                archived_at: None,
                ..old
            };
            let customer = store::customers::update(tx, &back).await?.ok_or(Error::Stale)?;
            by.audit(tx, "customer_restored", ("customer", id.0), None, json!(null))
                .await?;
            Ok(View::from(&customer))
        }
        .boxed()
    })
    .await
}

/// Which fields were changed, and nothing of what stands in them.
fn changes(old: &Customer, new: &Customer) -> serde_json::Value {
    let fields = [
        ("name", old.name != new.name),
        ("address", old.address != new.address),
        ("phone", old.phone != new.phone),
        ("location", old.position != new.position),
        ("timezone", old.timezone != new.timezone),
        ("withholds_pph23", old.withholds_pph23 != new.withholds_pph23),
        ("notes", old.notes != new.notes),
    ];
    let changed = fields.into_iter().filter(|(_, changed)| *changed);
    changed
        .map(|(field, _)| (field.to_owned(), json!(true)))
        .collect()
}

/// One customer, archived or not.
pub async fn find(app: &App, id: CustomerId) -> Result<View, Error> {
    let customer = store::customers::by_id(&app.db, id)
        .await?
        .ok_or(Error::Missing)?;
    Ok(View::from(&customer))
}

/// Writes down that someone was shown a customer.
pub async fn looked(app: &App, act: &Act, id: CustomerId) -> Result<(), Error> {
    audit::looked_at(app, act, "customer_viewed", ("customer", vec![id.0])).await
}

/// A page of customers.
pub async fn list(app: &App, filter: &Filter, cut: Cut) -> Result<Page<View>, Error> {
    let rows = store::customers::list(&app.db, filter, cut.cursor.unwrap_or(0), cut.fetch()).await?;
    Ok(cut.page(rows, |customer| customer.id.0, |customer| View::from(&customer)))
}

fn filled(mut customer: Customer, form: Form) -> Result<Customer, Invalid> {
    let mut invalid = Invalid::default();
    if let Some(name) = form.name {
        customer.name = invalid.take("name", line(&name, 2, 120)).unwrap_or_default();
    }
    if let Some(address) = form.address {
        customer.address = invalid
            .take("address", paragraph(&address, 5, 500))
            .unwrap_or_default();
    }
    if let Some(phone) = form.phone {
        let phone = phone.filter(|phone| !phone.trim().is_empty());
        let phone = phone.and_then(|phone| invalid.take("phone", Phone::parse(&phone)));
        // A form that is saved as it was says nothing about the number.
        if phone != customer.phone {
            customer.phone_by = PhoneBy::Office;
        }
        customer.phone = phone;
    }
    let (latitude, longitude) = (
        form.latitude.unwrap_or(customer.position.map(|p| p.latitude)),
        form.longitude.unwrap_or(customer.position.map(|p| p.longitude)),
    );
    customer.position = site(latitude, longitude, &mut invalid);
    if let Some(zone) = form.timezone {
        let zone = zone.filter(|zone| !zone.is_empty());
        customer.timezone = zone.and_then(|zone| invalid.take("timezone", zone.parse::<Zone>()));
    }
    customer.withholds_pph23 = form.withholds_pph23.unwrap_or(customer.withholds_pph23);
    if let Some(notes) = form.notes {
        let notes = notes.filter(|notes| !notes.trim().is_empty());
        customer.notes = notes.and_then(|notes| invalid.take("notes", paragraph(&notes, 0, 2000)));
    }
    invalid.check()?;
    Ok(customer)
}

/// Latitude and longitude go together.
pub(crate) fn site(latitude: Option<f64>, longitude: Option<f64>, invalid: &mut Invalid) -> Option<Position> {
    match (latitude, longitude) {
        (None, None) => None,
        (Some(_), None) => {
            invalid.note("longitude", Fault::Incomplete);
            None
        }
        (None, Some(_)) => {
            invalid.note("latitude", Fault::Incomplete);
            None
        }
        (Some(latitude), Some(longitude)) => {
            let position = Position::new(latitude, longitude);
            if position.is_err() && (-90.0..=90.0).contains(&latitude) {
                invalid.note("longitude", Fault::OutOfRange);
                return None;
            }
            invalid.take("latitude", position)
        }
    }
}
