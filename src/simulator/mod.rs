//! Stands in for Telegram and WhatsApp: strict APIs over HTTP, people to play, and a page to play them on.
//!
//! The simulator speaks only HTTP to the rest of the product, so the code that talks to the real service runs
//! unchanged against it. It refuses what the service refuses, in the service's words, and writes down every
//! call that a sound bot would never have made (`GET /sim/api/violations`).
//!
//! Doors on one router: `/bot<token>/<method>` and `/file/bot<token>/<path>` for the bot, `/sim/api/…` for tests and
//! the page, `/sim` the page; `/v<version>/…` is WhatsApp's Cloud API. [`run`] delivers updates to webhooks; a polling
//! bot needs only the router.

mod acts;
mod api;
mod body;
mod chance;
mod chat;
mod check;
mod control;
mod download;
mod faults;
mod files;
mod flood;
mod groups;
mod html;
mod journal;
mod link;
mod markup;
mod media;
mod methods;
mod options;
mod page;
mod people;
pub mod picture;
mod polling;
mod refusal;
mod sharing;
mod signal;
mod taps;
mod updates;
mod webhook;
mod whatsapp;
mod wire;
mod world;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;

pub use crate::simulator::options::{Flood, Forward, Kept, Now, Office, SimulatorOptions};
pub use crate::simulator::people::NewPerson;
pub use crate::simulator::whatsapp::options::WhatsappOptions;
pub use crate::simulator::whatsapp::person::NewCustomer;
use crate::simulator::world::World;

/// The simulated services, with one bot and one number. Everything is in memory and bounded.
pub struct Simulator {
    pub(crate) options: Arc<SimulatorOptions>,
    world: Mutex<World>,
    http: reqwest::Client,
}

/// Why a simulator cannot be made, or be peopled.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    #[error("the simulator's HTTP client cannot be built")]
    Client(#[source] reqwest::Error),
    #[error("{0} is not the id of a person")]
    Person(i64),
    #[error("a group needs members who are there")]
    Group,
    #[error("the customer {0} cannot be added: {1}")]
    Customer(i64, String),
    #[error("the webhook cannot be set: {0}")]
    Webhook(String),
    #[error("the template {0} is not accepted: {1}")]
    Template(String, String),
}

impl Simulator {
    /// An empty world: nobody there, no webhook set.
    pub fn new(options: SimulatorOptions) -> Result<Self, SimulatorError> {
        // The client is built with TLS even though the product listens on loopback here. A provider that the
        // process already has is as good.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(100)
            .timeout(options.webhook_timeout)
            .build()
            .map_err(SimulatorError::Client)?;
        let options = Arc::new(options);
        let world = Mutex::new(World::new(Arc::clone(&options)));
        Ok(Self { options, world, http })
    }

    /// Puts people into the world, as if they had just installed the app; known ids are changed.
    ///
    /// # Errors
    /// An id that is not positive; those before it are there.
    pub fn add_people(&self, people: &[NewPerson]) -> Result<(), SimulatorError> {
        let mut world = self.world();
        for person in people {
            world
                .add_person(person)
                .map_err(|_| SimulatorError::Person(person.telegram_id))?;
        }
        Ok(())
    }

    /// Makes a group of these people and the bot. Returns its id, which is negative.
    ///
    /// # Errors
    /// A member whom nobody added.
    pub fn add_group(&self, title: &str, members: &[i64]) -> Result<i64, SimulatorError> {
        let made = self
            .world()
            .add_group(None, title.to_owned(), members.to_vec(), false);
        made.map_err(|_| SimulatorError::Group)
    }

    /// Gives people WhatsApp; known ids are changed.
    ///
    /// # Errors
    /// Someone without a sound phone of his own; those before him are there.
    pub fn add_customers(&self, people: &[NewCustomer]) -> Result<(), SimulatorError> {
        let mut world = self.world();
        for person in people {
            world
                .add_customer(person)
                .map_err(|why| SimulatorError::Customer(person.id, why.to_string()))?;
        }
        Ok(())
    }

    /// Sets where customers' messages go, as the app's dashboard does: the address must repeat a challenge.
    ///
    /// # Errors
    /// The address is none, is not reached, or does not know the word.
    pub async fn hear_customers(&self, url: &str, verify_token: &str) -> Result<(), SimulatorError> {
        let set = self.set_callback(url, verify_token).await;
        set.map_err(|why| SimulatorError::Webhook(why.to_string()))
    }

    /// Submits a template as an admin does by hand; it is approved unless the options say otherwise.
    ///
    /// # Errors
    /// It breaks a rule for templates. One that is there already is no error.
    pub fn submit_template(&self, body: &serde_json::Value) -> Result<(), SimulatorError> {
        let name = body["name"].as_str().unwrap_or_default().to_owned();
        self.world()
            .submit_once(body)
            .map_err(|why| SimulatorError::Template(name, why))
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        // A panic in one request must not take the others with it.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The Bot API, its files, the control API and the page.
pub fn router(sim: Arc<Simulator>) -> Router {
    Router::new()
        .merge(api::router())
        .merge(download::router())
        .merge(whatsapp::router())
        .merge(control::router())
        .merge(page::router())
        .with_state(sim)
}

/// Delivers updates to the webhook, when one is set, until `shutdown` is done; then ends every stream and long poll
/// of the router, so that its server can drain. Without it only polling works.
pub async fn run(sim: Arc<Simulator>, shutdown: impl Future<Output = ()>) {
    tokio::select! {
        () = webhook::drive(Arc::clone(&sim), std::future::pending()) => {}
        () = whatsapp::hook::drive(Arc::clone(&sim)) => {}
        () = shutdown => {}
    }
    sim.world().close();
}
