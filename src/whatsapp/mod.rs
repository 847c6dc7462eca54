//! WhatsApp's Cloud API: what it posts, understood, and what is said, as it takes it.

pub mod buttons;
pub mod client;
pub mod errors;
pub mod fetch;
pub mod intake;
mod payload;
pub mod router;
pub mod send;
pub mod setup;
pub mod signature;
pub mod templates;
pub mod window;

#[cfg(test)]
mod tests;

pub use crate::whatsapp::client::Client;
pub use crate::whatsapp::fetch::Fetch;
pub use crate::whatsapp::intake::{PATH, routes};
pub use crate::whatsapp::send::Sender;

/// The channel's name in the inbox and the outbox.
pub const CHANNEL: &str = "whatsapp";
