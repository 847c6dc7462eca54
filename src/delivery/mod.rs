//! What comes in is handled once, what goes out is sent in order: words, pacing, the two workers.

pub mod commands;
pub mod files;
pub mod inbox;
pub mod letter;
pub mod outbox;
pub mod pacing;
pub mod render;
pub mod webhooks;
mod words;

pub use crate::delivery::letter::{Courier, Enclosed, Key, Keys, Letter, Outcome, Posted};
