//! What the service posts, as it is understood.

mod router;
mod send;
mod signature;
