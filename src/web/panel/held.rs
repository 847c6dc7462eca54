//! What was kept aside: inputs that could not be handled, messages that could not be sent.

use askama::Template;

use crate::web::panel::delivery::{Channel, Delivery};
use crate::web::panel::filters;
use crate::web::panel::shell::Shell;
use crate::web::panel::when::When;

/// The page.
#[derive(Template)]
#[template(path = "panel/held.html")]
pub struct HeldPage {
    pub shell: Shell,
    pub inputs: Vec<Held>,
    pub failed: Vec<Delivery>,
}

/// An input that is kept aside.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: String,
    pub channel: Channel,
    pub external_id: String,
    pub error: String,
    pub attempts: i32,
    pub received: When,
}
