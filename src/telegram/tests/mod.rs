//! The channel's pure parts.

mod buttons;
mod router;
mod send;
