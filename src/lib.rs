//! Tanggap runs the field work of a service company inside the chat apps that its people already hold.

pub mod app;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod delivery;
pub mod files;
pub mod jobs;
pub mod runtime;
pub mod simulator;
pub mod store;
pub mod telegram;
pub mod telemetry;
pub mod web;
pub mod whatsapp;
