//! What the service posts, as it is understood.

mod fetch;
mod router;
mod send;
mod signature;
