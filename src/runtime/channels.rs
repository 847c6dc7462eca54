//! The roles that speak to Telegram and WhatsApp, where these are configured.

use axum::Router;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::config::telegram::Mode;
use crate::delivery::inbox::Desk;
use crate::delivery::{self, Courier, webhooks};
use crate::runtime::{Running, StartError};
use crate::telegram::{self, Client, Fetch, Sender};
use crate::whatsapp;
use crate::whatsapp::signature::Secrets;

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

/// Starts sending, and handling what WhatsApp posts; answers the webhook's routes.
pub(crate) fn whatsapp(running: &Running, app: &App, stop: &CancellationToken) -> Result<Router, StartError> {
    let settings = &app.config.whatsapp;
    let missing = settings.missing();
    let (Some(secret), Some(verify_token), []) = (&settings.app_secret, &settings.verify_token, &missing[..])
    else {
        let missing = missing.join(", ");
        tracing::warn!(
            missing,
            "WhatsApp is off until these are set; everything else serves"
        );
        return Ok(Router::new());
    };
    let Some(client) = whatsapp::Client::new(settings).map_err(StartError::Whatsapp)? else {
        return Ok(Router::new());
    };
    let sender = whatsapp::Sender::new(client.clone(), settings.templates.clone());
    running.role(
        "whatsapp outbox",
        delivery::outbox::run(app.clone(), sender, stop.clone()),
    );
    let fetch = whatsapp::Fetch::new(client.clone());
    running.role(
        "whatsapp files",
        delivery::files::run(app.clone(), fetch, stop.clone()),
    );
    running.errand("whatsapp setup", whatsapp::setup::run(client, stop.clone()));
    let number = settings.phone_number_id.clone();
    let read = move |raw: &[u8], at| whatsapp::router::route(raw, &number, at);
    let handled = webhooks::run(app.clone(), whatsapp::CHANNEL, read, stop.clone());
    running.role("whatsapp webhooks", handled);
    let secrets = Secrets {
        current: secret.clone(),
        previous: settings.app_secret_previous.clone(),
    };
    let desk = webhooks::Desk::new(app.clone(), whatsapp::CHANNEL);
    Ok(whatsapp::routes(desk, secrets, verify_token.clone()))
}
