//! What comes in is handled once, what goes out is sent in order: words, pacing, the two workers.

pub mod commands;
pub mod render;
mod words;
