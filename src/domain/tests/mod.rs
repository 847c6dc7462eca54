//! Unit tests of the domain, one file per noun.

mod address;
mod calendar;
mod document;
mod geo;
mod ids;
mod money;
mod permission;
mod person;
mod phone;
mod quota;
mod ticket;
mod visit;
