//! What can be seen: people and their chats, messages and their states, templates, calls, breaches.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::whatsapp::person::{ChatMessage, Customer};
use crate::simulator::whatsapp::templates::Template;

type Sim = State<Arc<Simulator>>;

#[derive(Deserialize)]
pub(super) struct After {
    /// The sequence number that the caller has seen.
    #[serde(default)]
    since: u64,
    #[serde(default)]
    limit: Option<usize>,
    /// A part of the call's name.
    #[serde(default)]
    call: Option<String>,
}

pub(super) async fn people(State(sim): Sim) -> Answer {
    let world = sim.world();
    let people: Vec<Value> = world.cloud.people.values().map(Customer::view).collect();
    Ok(Json(json!({"people": people, "version": world.seen()})))
}

/// A person's screen: the chat as it looks now.
pub(super) async fn person(State(sim): Sim, Path(id): Path<i64>) -> Answer {
    let world = sim.world();
    let person = world
        .cloud
        .people
        .get(&id)
        .ok_or_else(|| Problem::missing("nobody has this id"))?;
    let there = person.chat.iter().filter(|message| message.is_there());
    let messages: Vec<&ChatMessage> = there.collect();
    Ok(Json(json!({
        "person": person.view(),
        "business": world.cloud.options.business_name,
        "messages": messages,
        "version": world.seen(),
        "now": world.ms(),
    })))
}

pub(super) async fn account(State(sim): Sim) -> Answer {
    let world = sim.world();
    let cloud = &world.cloud;
    let callback = cloud.callback.as_ref();
    Ok(Json(json!({
        "number": cloud.options.number,
        "business": cloud.options.business_name,
        "webhook": callback.map(|callback| callback.url.as_str()),
        "last_error": callback.and_then(|callback| callback.last_error.as_deref()),
        "subscribed": cloud.subscribed,
        "tells_statuses": cloud.tells_statuses,
        "pending": cloud.parcels.len(),
        "manner": cloud.parcels.manner(),
        "calls": cloud.journal.call_count(),
        "violations": cloud.journal.violation_count(),
        "version": world.seen(),
    })))
}

/// Everything that the business sent, also what never arrived, oldest first.
pub(super) async fn messages(State(sim): Sim) -> Answer {
    let world = sim.world();
    let people = world.cloud.people.values();
    let to_people = people.flat_map(|person| person.chat.iter().map(|message| (Some(person.is.id), message)));
    let strays = world.cloud.strays.iter().map(|message| (None, message));
    let mut all: Vec<(Option<i64>, &ChatMessage)> = to_people
        .chain(strays)
        .filter(|(_, message)| message.from_business)
        .collect();
    all.sort_by(|one, other| one.1.at.total_cmp(&other.1.at));
    let all: Vec<Value> = all
        .into_iter()
        .map(|(person, message)| {
            let mut value = json!(message);
            value["person"] = json!(person);
            value
        })
        .collect();
    Ok(Json(json!({"messages": all, "version": world.seen()})))
}

pub(super) async fn templates(State(sim): Sim) -> Answer {
    let world = sim.world();
    let all: Vec<Value> = world.cloud.templates.all.iter().map(Template::view).collect();
    Ok(Json(json!({"templates": all})))
}

/// Bodies that the webhook took, with their numbers.
pub(super) async fn webhooks(State(sim): Sim, Query(after): Query<After>) -> Answer {
    let world = sim.world();
    let all: Vec<Value> = world
        .cloud
        .parcels
        .past()
        .filter(|(number, _)| *number > after.since)
        .take(after.limit.unwrap_or(usize::MAX))
        .map(|(number, body)| json!({"number": number, "body": body}))
        .collect();
    Ok(Json(json!({"webhooks": all})))
}

pub(super) async fn calls(State(sim): Sim, Query(after): Query<After>) -> Answer {
    let world = sim.world();
    let wanted = |method: &str| after.call.as_deref().is_none_or(|wanted| method.contains(wanted));
    let journal = &world.cloud.journal;
    let calls: Vec<Value> = journal
        .calls_since(after.since)
        .filter(|call| wanted(&call.method))
        .take(after.limit.unwrap_or(usize::MAX))
        .map(|call| json!(call))
        .collect();
    Ok(Json(json!({"calls": calls, "last": journal.call_count()})))
}

pub(super) async fn violations(State(sim): Sim, Query(after): Query<After>) -> Answer {
    let world = sim.world();
    let journal = &world.cloud.journal;
    let violations: Vec<Value> = journal
        .violations_since(after.since)
        .map(|violation| json!(violation))
        .collect();
    Ok(Json(json!({
        "violations": violations,
        "last": journal.violation_count(),
        "by_kind": journal.counts(),
    })))
}

/// The bytes of a file, for people, whom no token is asked of.
pub(super) async fn media(State(sim): Sim, Path(id): Path<String>) -> Result<Response, Problem> {
    let world = sim.world();
    let file = world
        .cloud
        .media
        .get(&id, world.unix())
        .ok_or_else(|| Problem::missing("no such file"))?;
    // Never a page of the simulator's own origin: a document may hold anything.
    let sound = [
        "image/jpeg",
        "image/png",
        "image/webp",
        "application/pdf",
        "video/mp4",
    ];
    let mime = if sound.contains(&file.mime.as_str()) || file.mime.starts_with("audio/") {
        file.mime.clone()
    } else {
        "application/octet-stream".to_owned()
    };
    Ok(([(CONTENT_TYPE, mime)], file.bytes.clone()).into_response())
}
