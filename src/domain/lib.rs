//! What would hold on paper: people and their permissions, tickets, quotas, visits, emergencies, invoices and taxes, dates, phones.
//!
//! Nothing here does I/O, reads a clock or is async: time, ids and facts come in as arguments.

pub mod address;
pub mod alert;
pub mod calendar;
pub mod customer;
pub mod document;
pub mod geo;
pub mod ids;
pub mod invalid;
pub mod invoice;
pub mod letter;
pub mod money;
pub mod number;
pub mod offer;
pub mod payment;
pub mod permission;
pub mod person;
pub mod phone;
pub mod qris;
pub mod quota;
pub mod rating;
pub mod request;
pub mod tax;
pub mod terbilang;
pub mod ticket;
pub mod visit;

#[cfg(test)]
mod tests;
