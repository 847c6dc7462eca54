//! Telegram: the only place that names `teloxide` and `dptree`.

pub mod buttons;
pub mod client;
pub mod fetch;
mod hear;
pub mod intake;
pub mod polling;
pub mod router;
mod seen;
pub mod send;
pub mod setup;

#[cfg(test)]
mod tests;

pub use crate::telegram::client::Client;
pub use crate::telegram::fetch::Fetch;
pub use crate::telegram::hear::reader;
pub use crate::telegram::intake::routes;
pub use crate::telegram::send::Sender;
