//! What Telegram must know of us: who we are, where updates go, what the menus offer.

use std::time::Duration;

use domain::person::Locale;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use teloxide::types::BotCommandScope;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::config::telegram::{Mode, Telegram};
use crate::delivery::commands::menu;
use crate::delivery::inbox::Desk;
use crate::telegram::client::{CallError, Client};
use crate::telegram::send::menu_of_all;

/// The task that one replica leads.
const TASK: &str = "telegram-setup";
/// What we ask to be told (Bot API, `setWebhook.allowed_updates`).
pub(crate) const UPDATES: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];
/// How many updates Telegram may have on their way to us at once: as many as it allows.
const CONNECTIONS: u32 = 100;
/// The longest pause between two attempts.
const SLOWEST: Duration = Duration::from_secs(30);
/// How often a replica that does not lead looks whether it does.
const LOOK: Duration = Duration::from_secs(5);

/// Learns the bot's name, and as the leader tells Telegram how we want to work; tries until Telegram answers.
/// `webhook_url` is where updates are to be posted. Ends when it is done, or with `shutdown`.
pub async fn run(
    client: Client,
    desk: Desk,
    settings: Telegram,
    webhook_url: Option<String>,
    shutdown: CancellationToken,
) {
    let work = async {
        let name = until_done("getMe", || whoami(&client)).await;
        desk.name_bot(&name);
        tracing::info!(bot = name, "Telegram answers");
        while !desk.leads(TASK).await {
            sleep(LOOK).await;
        }
        until_done("setup", || {
            tell(&client, &desk, &settings, webhook_url.as_deref())
        })
        .await;
        tracing::info!(mode = ?settings.mode, "Telegram knows where updates go");
    };
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = work => {}
    }
}

async fn until_done<T, F>(what: &str, attempt: impl Fn() -> F) -> T
where
    F: Future<Output = Result<T, CallError>>,
{
    let mut pause = Duration::from_secs(1);
    loop {
        let error = match attempt().await {
            Ok(done) => return done,
            Err(error) => error,
        };
        let asked = match &error {
            CallError::Said { code: 401 | 404, .. } => {
                tracing::error!(what, "Telegram does not accept telegram.token");
                SLOWEST
            }
            CallError::Said { retry_after, .. } => {
                tracing::warn!(what, %error, "Telegram refused; trying again");
                retry_after.map_or(pause, Duration::from_secs)
            }
            CallError::Silent(_) => {
                tracing::warn!(what, %error, "Telegram does not answer; trying again");
                pause
            }
        };
        sleep(asked).await;
        pause = (pause * 2).min(SLOWEST);
    }
}

async fn whoami(client: &Client) -> Result<String, CallError> {
    let me = client.call("getMe", &json!({})).await?;
    let name = me.get("username").and_then(Value::as_str);
    name.map(str::to_owned)
        .ok_or_else(|| CallError::Silent("getMe told no name".to_owned()))
}

async fn tell(
    client: &Client,
    desk: &Desk,
    settings: &Telegram,
    webhook_url: Option<&str>,
) -> Result<(), CallError> {
    match (settings.mode, webhook_url, &settings.webhook_secret) {
        (Mode::Webhook, Some(url), Some(secret)) => {
            let body = json!({
                "url": url,
                "secret_token": secret.expose_secret(),
                "max_connections": CONNECTIONS,
                "allowed_updates": UPDATES,
            });
            client.call("setWebhook", &body).await?;
        }
        // Nothing that waits is thrown away: it is asked for next.
        _ => drop(client.call("deleteWebhook", &json!({})).await?),
    }
    let languages = [None, Some(Locale::Id), Some(Locale::En)];
    for scope in [BotCommandScope::Default, BotCommandScope::AllPrivateChats] {
        for language in languages {
            let menu = menu(None, language.unwrap_or_else(|| desk.locale()));
            let body = menu_of_all(scope.clone(), language.map(Locale::as_str), &menu);
            client.call("setMyCommands", &body).await?;
        }
    }
    Ok(())
}
