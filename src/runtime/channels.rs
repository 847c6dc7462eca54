//! The roles that speak to Telegram, when it is configured.

use axum::Router;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::config::telegram::Mode;
use crate::delivery::inbox::Desk;
use crate::delivery::{self, Courier};
use crate::runtime::{Running, StartError};
use crate::telegram::{self, Client, Fetch, Sender};

/// Starts sending, listening and setting up; answers the webhook's route when updates come that way.
pub(crate) fn telegram(running: &Running, app: &App, stop: &CancellationToken) -> Result<Router, StartError> {
    let settings = &app.config.telegram;
    let Some(token) = &settings.token else {
        tracing::warn!("telegram.token is not set: Telegram is off, everything else serves");
        return Ok(Router::new());
    };
    let client = Client::new(&settings.api_url, token).map_err(StartError::Telegram)?;
    let desk = Desk::new(app.clone());
    let sender = Sender::new(client.clone());
    running.role("outbox", delivery::outbox::run(app.clone(), sender, stop.clone()));
    let fetch = Fetch::new(client.clone());
    running.role("files", delivery::files::run(app.clone(), fetch, stop.clone()));
    let read = telegram::reader(desk.clone());
    let again = delivery::inbox::run(app.clone(), Sender::CHANNEL, read, stop.clone());
    running.role("inbox", again);
    let webhook_url = app
        .config
        .server
        .public_url
        .as_ref()
        .map(|url| format!("{url}{}", telegram::intake::PATH));
    let (bot, told) = (client.clone(), settings.clone());
    let setup = telegram::setup::run(bot, desk.clone(), told, webhook_url, stop.clone());
    running.errand("telegram setup", setup);
    match (settings.mode, &settings.webhook_secret) {
        (Mode::Webhook, Some(secret)) => Ok(telegram::routes(desk, secret.clone())),
        _ => {
            running.role("polling", telegram::polling::run(client, desk, stop.clone()));
            Ok(Router::new())
        }
    }
}
