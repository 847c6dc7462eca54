//! Delivers bodies to the business's webhook: signed, and again until it says 2xx.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use crate::simulator::Simulator;
use crate::simulator::acts::{Done, not_now};
use crate::simulator::whatsapp::faults::{WEBHOOK, Wrong};
use crate::simulator::whatsapp::parcels::Parcel;
use crate::simulator::world::World;

/// The header that proves where a body comes from.
pub(crate) const SIGNATURE: &str = "X-Hub-Signature-256";

/// Where webhooks go.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) url: Url,
    pub(crate) last_error: Option<String>,
}

struct Flight {
    parcel: Parcel,
    outcome: Result<(), String>,
}

impl World {
    /// Sends an event on its way, when the app listens. `line`: the person whom it is about, or 0.
    pub(crate) fn tell_webhook(&mut self, line: i64, field: &str, value: Value) {
        if !self.cloud.subscribed {
            return;
        }
        self.cloud.parcels.push(line, field, value, Instant::now());
        self.changed("webhooks", None);
        self.deliver();
    }

    fn next_cloud_parcel(&mut self) -> Option<(Parcel, Url)> {
        let url = self.cloud.callback.as_ref()?.url.clone();
        let time = self.unix();
        let cloud = &mut self.cloud;
        let parcel = cloud
            .parcels
            .take(&cloud.options.business_account_id, time, Instant::now())?;
        Some((parcel, url))
    }

    fn cloud_wake_at(&self) -> Option<Instant> {
        self.cloud.callback.as_ref()?;
        self.cloud.parcels.wake_at(Instant::now())
    }
}

/// Delivers until it is dropped.
pub(crate) async fn drive(sim: Arc<Simulator>) {
    let mut deliveries = sim.world().deliveries();
    let mut flights: JoinSet<Flight> = JoinSet::new();
    loop {
        deliveries.mark_unchanged();
        loop {
            let next = sim.world().next_cloud_parcel();
            let Some((parcel, url)) = next else { break };
            flights.spawn(fly(Arc::clone(&sim), parcel, url));
        }
        let wake_at = sim.world().cloud_wake_at();
        tokio::select! {
            Some(landed) = flights.join_next() => match landed {
                Ok(flight) => sim.cloud_land(flight),
                Err(error) => tracing::error!(%error, "a delivery of the simulator broke"),
            },
            Ok(()) = deliveries.changed() => {}
            () = sleep_until(wake_at.unwrap_or_else(Instant::now)), if wake_at.is_some() => {}
        }
    }
}

async fn fly(sim: Arc<Simulator>, parcel: Parcel, url: Url) -> Flight {
    let fault = sim.world().cloud.faults.take(WEBHOOK, None, "");
    let reset = || Err("Connection reset by peer".to_owned());
    let outcome = match fault.as_ref().map(|fault| fault.kind) {
        None => post(&sim, &parcel, url).await,
        Some(Wrong::Latency) => {
            let ms = fault.and_then(|fault| fault.ms).unwrap_or(1000);
            sleep(Duration::from_millis(ms)).await;
            post(&sim, &parcel, url).await
        }
        Some(Wrong::DropAfter) => {
            drop(post(&sim, &parcel, url).await);
            reset()
        }
        Some(_) => reset(),
    };
    Flight { parcel, outcome }
}

async fn post(sim: &Simulator, parcel: &Parcel, url: Url) -> Result<(), String> {
    let (secret, timeout) = {
        let options = &sim.world().cloud.options;
        (options.app_secret.clone(), options.webhook_timeout)
    };
    let signature = signature(secret.as_bytes(), parcel.body.as_bytes());
    let sent = sim
        .http
        .post(url)
        .timeout(timeout)
        .header(CONTENT_TYPE, "application/json")
        .header(SIGNATURE, signature)
        .body(parcel.body.to_string());
    match sent.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("the webhook answered {}", answer.status())),
        Err(error) if error.is_timeout() => Err("the webhook took too long".to_owned()),
        Err(_) => Err("the webhook was not reached".to_owned()),
    }
}

impl Simulator {
    fn cloud_land(&self, flight: Flight) {
        let (scale, kept) = (self.options.retry_scale, self.options.kept.updates);
        let mut world = self.world();
        match flight.outcome {
            Ok(()) => world.cloud.parcels.delivered(&flight.parcel, kept),
            Err(reason) => {
                tracing::debug!(reason, "the webhook did not take a body");
                if let Some(callback) = &mut world.cloud.callback {
                    callback.last_error = Some(reason);
                }
                world.cloud.parcels.failed(flight.parcel, scale, Instant::now());
            }
        }
        world.changed("webhooks", None);
    }

    /// Sets the webhook as the app's dashboard does: the address must repeat a challenge first.
    pub(crate) async fn set_callback(&self, url: &str, verify_token: &str) -> Done<()> {
        let Ok(mut asked) = Url::parse(url) else {
            return not_now("the callback is no address");
        };
        let callback = asked.clone();
        let challenge = self.world().seen().saturating_add(1_158_201_444).to_string();
        asked
            .query_pairs_mut()
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.challenge", &challenge)
            .append_pair("hub.verify_token", verify_token);
        let Ok(answer) = self.http.get(asked).send().await else {
            return not_now("the callback was not reached");
        };
        let status = answer.status();
        let told = answer.text().await.unwrap_or_default();
        if !status.is_success() || told != challenge {
            return not_now(format!("the callback did not repeat the challenge: {status}"));
        }
        let mut world = self.world();
        world.cloud.callback = Some(Callback {
            url: callback,
            last_error: None,
        });
        world.changed("whatsapp", None);
        world.deliver();
        Ok(())
    }

    /// Posts bytes to the webhook at once; answers what came back.
    pub(crate) async fn post_raw(&self, raw: &[u8], sign: Sign) -> Done<Value> {
        let (url, secret) = {
            let world = self.world();
            let url = world.cloud.callback.as_ref().map(|callback| callback.url.clone());
            (url, world.cloud.options.app_secret.clone())
        };
        let Some(url) = url else {
            return not_now("no webhook is set");
        };
        let mut request = self.http.post(url).header(CONTENT_TYPE, "application/json");
        request = match sign {
            Sign::Good => request.header(SIGNATURE, signature(secret.as_bytes(), raw)),
            Sign::Wrong => request.header(SIGNATURE, signature(b"another secret", raw)),
            Sign::Missing => request,
        };
        let Ok(answer) = request.body(raw.to_vec()).send().await else {
            return not_now("the webhook was not reached");
        };
        let status = answer.status().as_u16();
        let body = answer.text().await.unwrap_or_default();
        Ok(json!({"status": status, "body": body}))
    }
}

/// How a body made by hand is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sign {
    #[default]
    Good,
    Wrong,
    Missing,
}

/// `sha256=` and the HMAC-SHA256 of the raw bytes in hex.
pub(crate) fn signature(secret: &[u8], body: &[u8]) -> String {
    const BLOCK: usize = 64;
    let mut key = [0_u8; BLOCK];
    if secret.len() > BLOCK {
        let short = Sha256::digest(secret);
        key[..short.len()].copy_from_slice(&short);
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let padded = |with: u8| key.map(|byte| byte ^ with);
    let inner = Sha256::new()
        .chain_update(padded(0x36))
        .chain_update(body)
        .finalize();
    let outer = Sha256::new()
        .chain_update(padded(0x5c))
        .chain_update(inner)
        .finalize();
    outer
        .iter()
        .fold("sha256=".to_owned(), |hex, byte| format!("{hex}{byte:02x}"))
}
