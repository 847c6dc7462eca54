//! The tables as SeaORM sees them; nothing outside `store` names these.

pub(crate) mod audit;
pub(crate) mod auth_token;
pub(crate) mod consent;
pub(crate) mod contact;
pub(crate) mod contact_alias;
pub(crate) mod conversation;
pub(crate) mod customer;
pub(crate) mod document;
pub(crate) mod idempotency;
pub(crate) mod inbox;
pub(crate) mod invoice;
pub(crate) mod invoice_revision;
pub(crate) mod message;
pub(crate) mod outbox;
pub(crate) mod payment;
pub(crate) mod rating;
pub(crate) mod request;
pub(crate) mod request_photo;
pub(crate) mod service;
pub(crate) mod ticket;
pub(crate) mod upload;
pub(crate) mod user;
pub(crate) mod visit;
pub(crate) mod webhook;
