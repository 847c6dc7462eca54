//! WhatsApp's Cloud API: what it posts, understood, and what is said, as it takes it.

pub mod buttons;
pub mod errors;
pub mod intake;
mod payload;
pub mod router;
pub mod signature;

#[cfg(test)]
mod tests;

pub use crate::whatsapp::intake::{PATH, routes};

/// The channel's name in the inbox and the outbox.
pub const CHANNEL: &str = "whatsapp";
