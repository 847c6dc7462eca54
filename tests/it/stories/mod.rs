//! The stories, by what they are about.

mod accounts;
mod bad_input;
mod delivery;
mod intake;
mod invites;
mod panel;
mod polling;
mod quota;
mod race;
mod replicas;
mod roles;
mod tickets;
mod war;
