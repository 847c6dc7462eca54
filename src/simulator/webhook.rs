//! Delivers updates to the bot's webhook: in order per line, many lines at once, again until it says 2xx.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use crate::simulator::Simulator;
use crate::simulator::check::{Params, Raw};
use crate::simulator::faults::{FaultKind, WEBHOOK};
use crate::simulator::refusal::Refusal;
use crate::simulator::updates::{Body, Parcel};
use crate::simulator::world::World;

/// The header in which the service repeats the webhook's secret.
pub(crate) const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Where updates go.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) url: Url,
    pub(crate) secret: Option<String>,
    pub(crate) max_connections: usize,
    pub(crate) last_error: Option<(i64, String)>,
}

struct Flight {
    parcel: Parcel,
    outcome: Result<Option<Value>, Failure>,
}

struct Failure {
    reason: String,
    retry_after: Option<Duration>,
}

impl Failure {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            retry_after: None,
        }
    }
}

impl World {
    pub(crate) fn set_webhook(&mut self, params: &Params) -> Result<Value, Refusal> {
        let url = params.text("url").unwrap_or_default();
        if url.is_empty() {
            return Ok(self.delete_webhook(params));
        }
        let url = webhook_url(url)?;
        let secret = params.text("secret_token").map(str::to_owned);
        if let Some(secret) = &secret {
            let sound = secret
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
            if !sound {
                return Err(Refusal::broken(
                    "webhook",
                    "secret token contains unallowed characters",
                ));
            }
            if !(1..=256).contains(&secret.len()) {
                return Err(Refusal::broken(
                    "webhook",
                    "secret token must be 1-256 characters long",
                ));
            }
        }
        let max_connections = params.integer("max_connections").unwrap_or(40);
        let max_connections = usize::try_from(max_connections)
            .ok()
            .filter(|most| (1..=100).contains(most));
        let max_connections = max_connections
            .ok_or_else(|| Refusal::broken("webhook", "simulator: max_connections must be from 1 to 100"))?;
        let same = self.webhook.as_ref().is_some_and(|webhook| {
            webhook.url == url && webhook.secret == secret && webhook.max_connections == max_connections
        });
        let now = Instant::now();
        let lately = self
            .webhook_set_at
            .is_some_and(|at| now - at < Duration::from_secs(1));
        if !same && lately && self.options.flood.on {
            return Err(Refusal::too_many(1));
        }
        if let Some(allowed) = params.strings("allowed_updates") {
            self.allowed = allowed;
        }
        if params.flag("drop_pending_updates") {
            self.updates.drop_pending();
        }
        self.webhook_set_at = Some(now);
        self.webhook = Some(Webhook {
            url,
            secret,
            max_connections,
            last_error: None,
        });
        self.polls += 1;
        self.changed("bot", None);
        self.deliver();
        Ok(json!(true))
    }

    pub(crate) fn delete_webhook(&mut self, params: &Params) -> Value {
        self.webhook = None;
        if params.flag("drop_pending_updates") {
            self.updates.drop_pending();
        }
        self.changed("bot", None);
        self.deliver();
        json!(true)
    }

    pub(crate) fn webhook_info(&self) -> Value {
        let mut info = json!({
            "url": self.webhook.as_ref().map_or("", |webhook| webhook.url.as_str()),
            "has_custom_certificate": false,
            "pending_update_count": self.updates.len(),
        });
        if let Some(webhook) = &self.webhook {
            info["max_connections"] = json!(webhook.max_connections);
            info["ip_address"] = json!(webhook.url.host_str());
            if let Some((date, message)) = &webhook.last_error {
                info["last_error_date"] = json!(date);
                info["last_error_message"] = json!(message);
            }
        }
        if !self.allowed.is_empty() {
            info["allowed_updates"] = json!(self.allowed);
        }
        info
    }

    /// The next parcel, with where it goes.
    fn next_parcel(&mut self, in_flight: usize) -> Option<(Parcel, Webhook)> {
        let webhook = self.webhook.clone()?;
        if in_flight >= webhook.max_connections {
            return None;
        }
        let mut dropped = Vec::new();
        let next = self.updates.take(Instant::now(), &mut dropped);
        self.give_up(dropped);
        next.map(|parcel| (parcel, webhook))
    }

    fn wake_at(&self) -> Option<Instant> {
        self.webhook.as_ref()?;
        self.updates.wake_at()
    }
}

fn webhook_url(text: &str) -> Result<Url, Refusal> {
    let bad = |why: &str| Refusal::broken("webhook", format!("bad webhook: {why}"));
    let url = Url::parse(text).map_err(|_| bad("invalid webhook URL specified"))?;
    let host = url.host_str().unwrap_or_default();
    let local = ["127.0.0.1", "localhost", "[::1]"].contains(&host);
    // The service takes HTTPS only; beside a local test it stands where a proxy would.
    if url.scheme() != "https" && !(local && url.scheme() == "http") {
        return Err(bad("An HTTPS URL must be provided for webhook"));
    }
    if !local && ![80, 88, 443, 8443].contains(&url.port_or_known_default().unwrap_or_default()) {
        return Err(bad("Webhook can be set up only on ports 80, 88, 443 or 8443"));
    }
    Ok(url)
}

/// Delivers updates until `shutdown` is done; what is in flight then is let go.
pub(crate) async fn drive(sim: Arc<Simulator>, shutdown: impl Future<Output = ()>) {
    let mut shutdown = std::pin::pin!(shutdown);
    let mut deliveries = sim.world().deliveries();
    let mut flights: JoinSet<Flight> = JoinSet::new();
    loop {
        deliveries.mark_unchanged();
        while let Some((parcel, webhook)) = sim.next_flight(flights.len()) {
            flights.spawn(fly(Arc::clone(&sim), parcel, webhook));
        }
        let wake_at = sim.world().wake_at();
        tokio::select! {
            () = &mut shutdown => return,
            Some(landed) = flights.join_next() => match landed {
                Ok(flight) => sim.land(flight),
                Err(error) => tracing::error!(%error, "a delivery of the simulator broke"),
            },
            Ok(()) = deliveries.changed() => {}
            () = sleep_until(wake_at.unwrap_or_else(Instant::now)), if wake_at.is_some() => {}
        }
    }
}

async fn fly(sim: Arc<Simulator>, parcel: Parcel, webhook: Webhook) -> Flight {
    let fault = sim.world().faults.take(WEBHOOK, None);
    let fault_kind = fault.as_ref().map(|fault| fault.kind);
    let outcome = match fault_kind {
        Some(FaultKind::Latency) => {
            sleep(Duration::from_millis(
                fault.and_then(|fault| fault.ms).unwrap_or(1000),
            ))
            .await;
            post(&sim, &parcel, &webhook).await
        }
        Some(FaultKind::DropAfter) => {
            let answer = post(&sim, &parcel, &webhook).await;
            answer.and_then(|_| Err(Failure::new("Connection reset by peer")))
        }
        Some(_) => Err(Failure::new("Connection reset by peer")),
        None => post(&sim, &parcel, &webhook).await,
    };
    Flight { parcel, outcome }
}

async fn post(sim: &Simulator, parcel: &Parcel, webhook: &Webhook) -> Result<Option<Value>, Failure> {
    let body = match &parcel.body {
        Body::Update(update) => update.to_string(),
        Body::Raw(raw) => raw.to_string(),
    };
    let mut request = sim
        .http
        .post(webhook.url.clone())
        .header(CONTENT_TYPE, "application/json")
        .body(body);
    if let Some(secret) = &webhook.secret {
        request = request.header(SECRET_HEADER, secret);
    }
    let answer = request.send().await.map_err(|error| {
        Failure::new(if error.is_timeout() {
            "Read timeout expired"
        } else {
            "Connection refused"
        })
    })?;
    let status = answer.status();
    if !status.is_success() {
        let told = answer
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok());
        return Err(Failure {
            reason: format!("Wrong response from the webhook: {status}"),
            retry_after: told.map(|seconds: u64| Duration::from_secs(seconds.min(3600))),
        });
    }
    let bytes = answer
        .bytes()
        .await
        .map_err(|_| Failure::new("Connection reset by peer"))?;
    let riding = serde_json::from_slice::<Value>(&bytes).ok();
    Ok(riding.filter(|value| value.get("method").is_some()))
}

impl Simulator {
    fn next_flight(&self, in_flight: usize) -> Option<(Parcel, Webhook)> {
        self.world().next_parcel(in_flight)
    }

    fn land(&self, flight: Flight) {
        let kept = self.options.kept.updates;
        match flight.outcome {
            Ok(riding) => {
                if let Some(call) = riding {
                    self.ride(call);
                }
                let mut world = self.world();
                world.updates.delivered(&flight.parcel, kept);
                world.changed("updates", None);
            }
            Err(failure) => {
                let scale = self.options.retry_scale;
                let mut world = self.world();
                let date = world.unix();
                tracing::debug!(reason = failure.reason, "the webhook did not take an update");
                if let Some(webhook) = &mut world.webhook {
                    webhook.last_error = Some((date, failure.reason));
                }
                world
                    .updates
                    .failed(&flight.parcel, scale, failure.retry_after, Instant::now());
                world.changed("updates", None);
            }
        }
    }

    /// Carries out the call in the body of a webhook's answer; the bot never learns how it went.
    fn ride(&self, call: Value) {
        let Value::Object(mut call) = call else { return };
        let method = call.remove("method").unwrap_or_default();
        self.carry_out(method.as_str().unwrap_or_default(), Raw::Json(call), "webhook");
    }
}
