//! Telegram: the only place that names `teloxide` and `dptree`.

pub mod buttons;
pub mod client;
pub mod router;
mod seen;

#[cfg(test)]
mod tests;
