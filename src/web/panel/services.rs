//! The price list: services and what they cost.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::ServiceId;
use domain::invalid::Invalid;
use domain::money::Rupiah;

use crate::app::page::Cut;
use crate::app::{self, services};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::{Form, Numbers};
use crate::web::panel::page::{Pages, query};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::visitor::Visitor;
use crate::web::words::word;

/// The list.
#[derive(Template)]
#[template(path = "panel/services.html")]
pub struct ServicesPage {
    pub shell: Shell,
    pub services: Vec<Service>,
    pub pages: Pages,
}

/// The form of a new service and of a changed one.
#[derive(Template)]
#[template(path = "panel/service_form.html")]
pub struct ServiceForm {
    pub shell: Shell,
    pub form: Form,
    /// The id of the service that is changed; none for a new one.
    pub editing: Option<String>,
}

impl ServiceForm {
    fn action(&self) -> String {
        match &self.editing {
            Some(id) => format!("/panel/services/{id}"),
            None => "/panel/services".to_owned(),
        }
    }
}

/// A service as shown.
#[derive(Debug, Clone)]
pub struct Service {
    pub id: String,
    pub name: String,
    pub price: String,
    pub active: bool,
}

/// The list.
pub async fn show(State(state): State<web::State>, visitor: Visitor, asked: Form) -> Answer {
    let cursor = asked.some("cursor");
    let found = services::list(&state.app, None, Cut::parse(cursor.as_deref(), None)?).await?;
    Ok(visitor.page(&ServicesPage {
        shell: visitor.shell(&state, Place::Services).await?,
        services: found.data.into_iter().map(Service::of).collect(),
        pages: Pages::of(cursor.as_deref(), found.next_cursor.as_deref(), |at| {
            query("/panel/services", &[("cursor", at)])
        }),
    }))
}

/// The form of a new service.
pub async fn new(State(state): State<web::State>, visitor: Visitor) -> Answer {
    let shell = visitor.shell(&state, Place::Services).await?;
    Ok(visitor.page(&ServiceForm {
        shell,
        form: Form::filled([("active", "true")]),
        editing: None,
    }))
}

/// Adds a service.
pub async fn create(State(state): State<web::State>, visitor: Visitor, form: Form) -> Answer {
    let (typed, wrong) = typed(&form);
    let done = services::create(&state.app, &visitor.act(), typed).await;
    after(&state, &visitor, done, (form, wrong), None).await
}

/// The form of a service that is changed.
pub async fn edit(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let service = services::find(&state.app, service_id(&id)?).await?;
    let form = filled(&service);
    let shell = visitor.shell(&state, Place::Services).await?;
    Ok(visitor.page(&ServiceForm {
        shell,
        form,
        editing: Some(id),
    }))
}

fn filled(service: &services::View) -> Form {
    Form::filled([
        ("name", service.name.clone()),
        ("base_price", Rupiah(service.base_price).to_string()),
        ("active", service.active.to_string()),
        ("version", service.version.to_string()),
    ])
}

/// Changes a service.
pub async fn save(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let (typed, wrong) = typed(&form);
    let done = services::edit(&state.app, &visitor.act(), service_id(&id)?, typed).await;
    after(&state, &visitor, done, (form, wrong), Some(id)).await
}

impl Service {
    fn of(view: services::View) -> Self {
        Self {
            id: view.id,
            name: view.name,
            price: Rupiah(view.base_price).to_string(),
            active: view.active,
        }
    }
}

async fn after(
    state: &web::State,
    visitor: &Visitor,
    done: Result<services::View, app::Error>,
    (form, wrong): (Form, Invalid),
    editing: Option<String>,
) -> Result<Response, Failure> {
    let error = match done {
        Ok(service) => return Ok(Deed::ServiceSaved(service.name).tell_at("/panel/services")),
        Err(error) => error,
    };
    let mut form = visitor.told_with(form, wrong, error)?;
    if let Some(id) = &editing {
        let now = services::find(&state.app, service_id(id)?).await?;
        let locale = visitor.reader.locale;
        form = form.compared(&filled(&now), |name, value| match (name, value) {
            ("active", "true") => Some(word(locale, "ticked")),
            ("active", _) => Some(word(locale, "unticked")),
            _ => None,
        });
        let version = form.version(&now.version.into());
        form = form.with("version", version.to_string());
    }
    let shell = visitor.shell(state, Place::Services).await?;
    Ok(visitor.again(&ServiceForm { shell, form, editing }))
}

fn typed(form: &Form) -> (services::Form, Invalid) {
    let mut numbers = Numbers::of(form);
    let typed = services::Form {
        version: form.value("version").parse().ok(),
        name: Some(form.value("name").to_owned()),
        base_price: Some(numbers.price("base_price")),
        active: Some(form.is_ticked("active")),
    };
    (typed, numbers.wrong)
}

fn service_id(text: &str) -> Result<ServiceId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
