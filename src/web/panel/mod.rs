//! The panel: server-rendered pages that work without a script and are live with one.

pub mod board;
pub mod contact;
pub mod customers;
pub mod delivery;
pub mod door;
pub mod filters;
pub mod form;
pub mod hand;
pub mod held;
pub mod page;
pub mod services;
pub mod shell;
pub mod ticket;
pub mod ticket_form;
pub mod tickets;
pub mod trouble;
pub mod users;
pub mod when;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
