//! Files of tickets: fetched, uploaded, seen, sent, revoked, and erased in time.

mod fetch;

pub use crate::app::documents::fetch::{
    Landing, again, due_in, extend, give_back, landed, lease, not_yet, take_over,
};
