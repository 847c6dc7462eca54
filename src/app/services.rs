//! The price list.

use domain::ids::ServiceId;
use domain::invalid::{Invalid, line};
use domain::money::Rupiah;
use futures::FutureExt;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::app::act::Act;
use crate::app::page::{Cut, Page};
use crate::app::{App, Error};
use crate::store;
use crate::store::services::Service;

/// A service as people see it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Service)]
pub struct View {
    pub id: String,
    pub name: String,
    /// Whole rupiah.
    pub base_price: i64,
    pub active: bool,
    pub version: i32,
}

impl From<&Service> for View {
    fn from(service: &Service) -> Self {
        Self {
            id: service.id.to_string(),
            name: service.name.clone(),
            base_price: service.base_price.0,
            active: service.active,
            version: service.version,
        }
    }
}

/// What to set of a service; for a new one, name and price are required.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// The version that was read; with an older one nothing is changed.
    pub version: Option<i32>,
    pub name: Option<String>,
    /// Whole rupiah.
    pub base_price: Option<i64>,
    pub active: Option<bool>,
}

/// Adds a service.
pub async fn create(app: &App, act: &Act, form: Form) -> Result<View, Error> {
    let blank = Service {
        id: ServiceId(0),
        name: String::new(),
        base_price: Rupiah(0),
        active: true,
        created_at: act.at,
        version: 1,
    };
    let form = Form {
        name: Some(form.name.unwrap_or_default()),
        // A missing price is out of range, so that it is told with the rest.
        base_price: Some(form.base_price.unwrap_or(-1)),
        ..form
    };
    let service = filled(blank, form)?;
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let service = store::services::insert(tx, service).await?;
            let detail = json!({ "name": service.name, "base_price": service.base_price.0 });
            by.audit(tx, "service_created", ("service", service.id.0), None, detail)
                .await?;
            Ok(View::from(&service))
        }
        .boxed()
    })
    .await
}

/// Changes a service.
pub async fn edit(app: &App, act: &Act, id: ServiceId, form: Form) -> Result<View, Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let service = store::services::by_id(tx, id).await?.ok_or(Error::Missing)?;
            if form.version.is_some_and(|version| version != service.version) {
                return Err(Error::Stale);
            }
            let service = store::services::update(tx, filled(service, form)?)
                .await?
                .ok_or(Error::Stale)?;
            let detail =
                json!({ "name": service.name, "base_price": service.base_price.0, "active": service.active });
            by.audit(tx, "service_changed", ("service", id.0), None, detail)
                .await?;
            Ok(View::from(&service))
        }
        .boxed()
    })
    .await
}

/// One service.
pub async fn find(app: &App, id: ServiceId) -> Result<View, Error> {
    let service = store::services::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    Ok(View::from(&service))
}

/// A page of services; with `active`, only such.
pub async fn list(app: &App, active: Option<bool>, cut: Cut) -> Result<Page<View>, Error> {
    let rows = store::services::list(&app.db, active, cut.cursor.unwrap_or(0), cut.fetch()).await?;
    Ok(cut.page(rows, |service| service.id.0, |service| View::from(&service)))
}

fn filled(mut service: Service, form: Form) -> Result<Service, Error> {
    let mut invalid = Invalid::default();
    if let Some(name) = form.name {
        service.name = invalid.take("name", line(&name, 2, 120)).unwrap_or_default();
    }
    if let Some(price) = form.base_price {
        service.base_price = invalid
            .take("base_price", Rupiah::price(price))
            .unwrap_or(Rupiah(0));
    }
    service.active = form.active.unwrap_or(service.active);
    invalid.check()?;
    Ok(service)
}
