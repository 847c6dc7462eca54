//! Customers: the list, one customer's page, and the form.

use askama::Template;

use crate::web::panel::contact::{Phone, Site};
use crate::web::panel::filters;
use crate::web::panel::form::Form;
use crate::web::panel::page::Pages;
use crate::web::panel::shell::Shell;
use crate::web::panel::tickets::Line;
use crate::web::panel::when::When;

/// The list, and with `as_customers` its rows alone.
#[derive(Template)]
#[template(path = "panel/customers.html", blocks = ["customers"])]
pub struct CustomersPage {
    pub shell: Shell,
    pub q: String,
    pub customers: Vec<Customer>,
    pub pages: Pages,
}

/// One customer's page.
#[derive(Template)]
#[template(path = "panel/customer.html")]
pub struct CustomerPage {
    pub shell: Shell,
    pub customer: Customer,
    pub tickets: Vec<Line>,
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
