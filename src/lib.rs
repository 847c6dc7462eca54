//! Tanggap runs the field work of a service company inside the chat apps that its people hold.
//!
//! Rules ← conversations ← use cases ← doors ← runtime: an arrow points at what may be
//! imported. `ARCHITECTURE.md` maps the folders; `tests/architecture.rs` keeps the map true.

pub mod clock;
pub mod config;
pub mod telemetry;
