//! What a test orders: a fresh world, faults, updates of its own making, a pause.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::faults::Fault;
use crate::simulator::updates::{Body, Line};

type Sim = State<Arc<Simulator>>;

/// An update made by hand. `update` gets an id when it has none; `raw` is posted to a webhook byte by byte.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Inject {
    #[serde(default)]
    update: Option<Value>,
    #[serde(default)]
    raw: Option<String>,
    /// Whose line it waits in: a chat's by default, or a tapping person's.
    #[serde(default)]
    chat_id: Option<i64>,
    #[serde(default)]
    person: Option<i64>,
}

/// How far the clock is put forward.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hours {
    minutes: i64,
}

pub(super) async fn clock(State(sim): Sim, Json(hours): Json<Hours>) -> Answer {
    let Some(forward) = &sim.options.forward else {
        return Err(Problem::missing("nobody moves this clock"));
    };
    if !(1..=24 * 60).contains(&hours.minutes) {
        return Err(Problem::bad("a day at most, and only forward"));
    }
    forward(hours.minutes);
    sim.world().changed("bot", None);
    Ok(Json(json!({"now": (sim.options.now)()})))
}

pub(super) async fn reset(State(sim): Sim) -> Answer {
    sim.world().reset();
    Ok(Json(json!({})))
}

pub(super) async fn faults(State(sim): Sim) -> Answer {
    Ok(Json(json!({"faults": sim.world().faults.ordered()})))
}

pub(super) async fn fault(State(sim): Sim, Json(fault): Json<Fault>) -> Answer {
    sim.world().faults.order(fault);
    Ok(Json(json!({})))
}

pub(super) async fn clear_faults(State(sim): Sim) -> Answer {
    sim.world().faults.clear();
    Ok(Json(json!({})))
}

pub(super) async fn inject(State(sim): Sim, Json(inject): Json<Inject>) -> Answer {
    let line = match (inject.chat_id, inject.person) {
        (_, Some(person)) => Line::Person(person),
        (chat, None) => Line::Chat(chat.unwrap_or_default()),
    };
    let mut world = sim.world();
    let (body, id) = match (inject.update, inject.raw) {
        (Some(mut update), None) if update.is_object() => {
            if let Some(id) = update["update_id"].as_i64() {
                world.updates.seen_id(id);
            } else {
                update["update_id"] = json!(world.updates.next_id());
            }
            let id = update["update_id"].clone();
            (Body::Update(Arc::new(update)), id)
        }
        (None, Some(raw)) => (Body::Raw(raw.into()), Value::Null),
        _ => return Err(Problem::bad("say update, an object, or raw, a string")),
    };
    world.updates.push(body, line, None);
    world.deliver();
    Ok(Json(json!({"update_id": id})))
}

pub(super) async fn redeliver(State(sim): Sim, Path(id): Path<i64>) -> Answer {
    let mut world = sim.world();
    let (line, update) = world
        .updates
        .past(id)
        .ok_or_else(|| Problem::missing("no such update was delivered lately"))?;
    world.taps.note_repeated(&update);
    world.updates.push(Body::Update(update), line, None);
    world.deliver();
    Ok(Json(json!({"update_id": id})))
}

pub(super) async fn pause(State(sim): Sim) -> Answer {
    Ok(set_paused(&sim, true))
}

pub(super) async fn resume(State(sim): Sim) -> Answer {
    Ok(set_paused(&sim, false))
}

fn set_paused(sim: &Simulator, paused: bool) -> Json<Value> {
    let mut world = sim.world();
    world.updates.paused = paused;
    world.cloud.parcels.pause(paused);
    world.changed("bot", None);
    world.deliver();
    Json(json!({"paused": paused}))
}
