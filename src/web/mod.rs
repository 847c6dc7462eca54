//! The web door: the panel, the API, and the pages for customers, over axum.

pub mod assets;
pub mod panel;
pub mod words;
