//! Stands in for WhatsApp's Cloud API: strict calls under `/v<version>/…`, signed webhooks, people to play.
//!
//! The doors are on the simulator's router: the Graph API and the bytes of files for the business,
//! `/sim/api/whatsapp/…` for tests and the page. What a sound business would never have sent is written down
//! (`GET /sim/api/whatsapp/violations`).

mod account;
mod acts;
pub(crate) mod cloud;
mod control;
mod door;
mod error;
mod faults;
pub(crate) mod hook;
mod kinds;
mod media;
pub(crate) mod options;
mod pace;
mod parcels;
pub(crate) mod person;
mod sending;
mod shape;
mod templates;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;

use crate::simulator::Simulator;

/// The Graph API and the addresses of files.
pub(crate) fn router() -> Router<Arc<Simulator>> {
    door::router()
}

/// What tests and the page use, below `/sim/api`.
pub(crate) fn control() -> Router<Arc<Simulator>> {
    control::router()
}
