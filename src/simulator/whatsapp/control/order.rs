//! What a test orders: where webhooks go and how they travel, faults, statuses, reviews, bodies of its own making.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::simulator::Simulator;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::picture;
use crate::simulator::whatsapp::faults::Fault;
use crate::simulator::whatsapp::hook::Sign;
use crate::simulator::whatsapp::media;
use crate::simulator::whatsapp::parcels::{Manner, written};
use crate::simulator::whatsapp::person::Status;
use crate::simulator::whatsapp::templates::Review;

type Sim = State<Arc<Simulator>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Webhook {
    url: String,
    verify_token: String,
}

/// Sets the webhook; the address must repeat the challenge.
pub(super) async fn webhook(State(sim): Sim, Json(webhook): Json<Webhook>) -> Answer {
    sim.set_callback(&webhook.url, &webhook.verify_token).await?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Secret {
    app_secret: String,
}

/// The app gets another secret, which signs from now on.
pub(super) async fn secret(State(sim): Sim, Json(secret): Json<Secret>) -> Answer {
    sim.world().cloud.options.app_secret = secret.app_secret;
    Ok(Json(json!({})))
}

pub(super) async fn manner(State(sim): Sim) -> Answer {
    Ok(Json(json!(sim.world().cloud.parcels.manner())))
}

pub(super) async fn travel(State(sim): Sim, Json(manner): Json<Manner>) -> Answer {
    let mut world = sim.world();
    world.cloud.parcels.travel(manner, Instant::now());
    world.deliver();
    Ok(Json(json!({})))
}

/// A body of a test's own: JSON, written as the service writes it, or bytes as they are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Post {
    #[serde(default)]
    body: Option<Value>,
    #[serde(default)]
    raw: Option<String>,
    #[serde(default)]
    sign: Sign,
}

/// Posts to the webhook at once; answers its status and body.
pub(super) async fn post(State(sim): Sim, Json(post): Json<Post>) -> Answer {
    let raw = match (&post.body, post.raw) {
        (Some(body), None) => written(body),
        (None, Some(raw)) => raw,
        _ => return Err(Problem::bad("say body, an object, or raw, a string")),
    };
    Ok(Json(sim.post_raw(raw.as_bytes(), post.sign).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Send {
    /// The person whom it is about: its webhooks keep their order, and his window is open from now on.
    #[serde(default)]
    person: i64,
    /// `messages` when it is not said.
    #[serde(default)]
    field: Option<String>,
    /// A value of the field; what every value of `messages` begins with is added.
    value: Value,
}

/// Sends a change of a test's own on its way, in the manner that is set.
pub(super) async fn send(State(sim): Sim, Json(send): Json<Send>) -> Answer {
    let mut world = sim.world();
    let field = send.field.as_deref().unwrap_or("messages");
    let mut value = if field == "messages" {
        world.cloud.envelope()
    } else {
        json!({})
    };
    for (name, part) in send.value.as_object().into_iter().flatten() {
        value[name] = part.clone();
    }
    let now = world.unix();
    if let Some(person) = world.cloud.people.get_mut(&send.person) {
        person.last_inbound = Some(now);
    }
    world.tell_webhook(send.person, field, value);
    Ok(Json(json!({})))
}

pub(super) async fn redeliver(State(sim): Sim, Path(number): Path<u64>) -> Answer {
    let mut world = sim.world();
    if !world.cloud.parcels.redeliver(number, Instant::now()) {
        return Err(Problem::missing("no such body was taken lately"));
    }
    world.deliver();
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    status: Status,
    #[serde(default)]
    code: Option<u32>,
}

/// Tells a status of a message, in whatever order; `auto` as the id turns those by themselves on or off.
pub(super) async fn status(State(sim): Sim, Path(id): Path<String>, Json(told): Json<Value>) -> Answer {
    let mut world = sim.world();
    if id == "auto" {
        world.cloud.tells_statuses = told["on"].as_bool().unwrap_or(true);
        return Ok(Json(json!({})));
    }
    let told: Told =
        serde_json::from_value(told).map_err(|_| Problem::bad("say status, and perhaps code"))?;
    let mut people = world.cloud.people.values();
    let person = people
        .find(|person| person.chat.iter().any(|message| message.id == id))
        .map(|person| person.is.id);
    world.tell_status(person, &id, told.status, told.code);
    Ok(Json(json!({})))
}

/// Submits templates without a call of the business, as by hand; they are held to the same rules.
pub(super) async fn submit(State(sim): Sim, Json(bodies): Json<Vec<Value>>) -> Answer {
    for body in &bodies {
        sim.submit_template(body)
            .map_err(|error| Problem::bad(error.to_string()))?;
    }
    Ok(Json(json!({"templates": bodies.len()})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    status: Review,
}

pub(super) async fn review(
    State(sim): Sim,
    Path(id): Path<String>,
    Json(decision): Json<Decision>,
) -> Answer {
    let mut world = sim.world();
    let named = world
        .cloud
        .templates
        .all
        .iter()
        .find(|template| template.name == id);
    let id = named.map_or(id, |template| template.id.clone());
    if world.review(&id, decision.status) {
        Ok(Json(json!({})))
    } else {
        Err(Problem::missing("no such template"))
    }
}

/// A file that a body of a test's own speaks of.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    id: String,
    mime_type: String,
    /// A picture of this number; nothing of use without it.
    #[serde(default)]
    seed: Option<u64>,
}

pub(super) async fn keep(State(sim): Sim, Json(kept): Json<Kept>) -> Answer {
    let bytes = kept
        .seed
        .map_or_else(|| b"a file of no use".to_vec(), picture::jpeg);
    let mut world = sim.world();
    let file = media::file(kept.id, &kept.mime_type, bytes.into(), false, world.unix());
    world.cloud.media.add(file, sim.options.kept.file_bytes);
    Ok(Json(json!({})))
}

/// The service no longer knows a file.
pub(super) async fn forget(State(sim): Sim, Path(id): Path<String>) -> Answer {
    if sim.world().cloud.media.forget(&id) {
        Ok(Json(json!({})))
    } else {
        Err(Problem::missing("no such file"))
    }
}

pub(super) async fn faults(State(sim): Sim) -> Answer {
    let world = sim.world();
    let faults: Vec<&Fault> = world.cloud.faults.ordered().collect();
    Ok(Json(json!({"faults": faults})))
}

pub(super) async fn fault(State(sim): Sim, Json(fault): Json<Fault>) -> Answer {
    sim.world().cloud.faults.order(fault);
    Ok(Json(json!({})))
}

pub(super) async fn clear_faults(State(sim): Sim) -> Answer {
    sim.world().cloud.faults.clear();
    Ok(Json(json!({})))
}
