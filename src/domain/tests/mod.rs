//! Unit tests of the domain, one file per noun.

mod address;
mod alert;
mod calendar;
mod customer;
mod document;
mod geo;
mod ids;
mod invoice;
mod letter;
mod money;
mod number;
mod offer;
mod permission;
mod person;
mod phone;
mod qris;
mod quota;
mod rating;
mod tax;
mod terbilang;
mod ticket;
mod visit;
