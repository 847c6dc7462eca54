//! The stories, by what they are about.

mod accounts;
mod bad_input;
mod browser;
mod cluster;
mod courier;
mod delivery;
mod document;
mod documents;
mod health;
mod intake;
mod invites;
mod kept;
mod leases;
mod once;
mod outage;
mod panel;
mod phones;
mod polling;
mod quota;
mod race;
mod replicas;
mod requests;
mod roles;
mod sessions;
mod tickets;
mod war;
