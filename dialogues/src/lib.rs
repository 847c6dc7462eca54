//! Conversations as pure state machines: what came in, what is said, and at most one command.
//!
//! A machine never decides what a race decides; a use case does, and its outcome says so. It speaks only
//! to the person in front of it. Nothing here knows a channel, a database or a clock.

pub mod arrival;
pub mod bill;
pub mod card;
pub mod complaint;
pub mod customer;
pub mod emergency;
mod explaining;
pub mod form;
pub mod heard;
pub mod incoming;
pub mod keyword;
pub mod linking;
pub mod menu;
pub mod paying;
pub mod press;
pub mod price;
pub mod pricing;
pub mod rating;
pub mod receipt;
pub mod registering;
pub mod releasing;
pub mod reporting;
pub mod samples;
pub mod say;
pub mod served;
pub mod sheet;
pub mod site;
pub mod standby;
pub mod tap;
pub mod text;
pub mod turn;
pub mod uploading;
pub mod visiting;
pub mod wire;

#[cfg(test)]
mod tests;
