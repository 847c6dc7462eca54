//! The price list: services and what they cost.

use askama::Template;

use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::page::Pages;
use crate::web::panel::shell::Shell;

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
