//! What can be seen: people, chats, the bot's settings, its calls, its breaches, the taps.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::chat::{Author, Chat, Extra, Kind, Message};
use crate::simulator::control::{Answer, Problem};
use crate::simulator::people::Person;
use crate::simulator::world::World;

type Sim = State<Arc<Simulator>>;

#[derive(Deserialize)]
pub(super) struct After {
    /// The sequence number that the caller has seen.
    #[serde(default)]
    since: u64,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    method: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Newest {
    /// Messages of each chat, newest last.
    #[serde(default)]
    limit: Option<usize>,
}

pub(super) async fn people(State(sim): Sim) -> Answer {
    let world = sim.world();
    let people: Vec<Value> = world.people.values().map(Person::view).collect();
    Ok(Json(json!({"people": people, "version": world.seen()})))
}

pub(super) async fn person(State(sim): Sim, Path(id): Path<i64>) -> Answer {
    let world = sim.world();
    let person = world
        .people
        .get(&id)
        .ok_or_else(|| Problem::missing("nobody has this id"))?;
    Ok(Json(with_menu(&world, person)))
}

/// A person's whole screen: his chats as they look now, what answered his taps, his menu.
pub(super) async fn chats(State(sim): Sim, Path(id): Path<i64>, Query(newest): Query<Newest>) -> Answer {
    let world = sim.world();
    let person = world
        .people
        .get(&id)
        .ok_or_else(|| Problem::missing("nobody has this id"))?;
    let limit = newest.limit.unwrap_or(usize::MAX);
    let chats: Vec<Value> = world
        .chats_of(id)
        .map(|chat| chat_view(&world, chat, limit))
        .collect();
    let taps: Vec<Value> = world
        .taps
        .since(0)
        .rev()
        .filter(|tap| tap.person == id)
        .take(limit)
        .map(|tap| json!(tap))
        .collect();
    let mut screen = json!({"chats": chats, "version": world.seen(), "now": world.ms()});
    screen["taps"] = taps.into_iter().rev().collect();
    screen["person"] = with_menu(&world, person);
    Ok(Json(screen))
}

pub(super) async fn groups(State(sim): Sim) -> Answer {
    let world = sim.world();
    let groups = world.chats.range(..0).rev();
    let groups: Vec<Value> = groups.map(|(_, chat)| chat_view(&world, chat, 0)).collect();
    Ok(Json(json!({"groups": groups})))
}

pub(super) async fn bot(State(sim): Sim) -> Answer {
    let world = sim.world();
    let menus: BTreeMap<String, &Vec<Value>> = world
        .menus
        .iter()
        .map(|(key, menu)| (format!("{}/{}", key.scope, key.language), menu))
        .collect();
    Ok(Json(json!({
        "user": world.bot_user(),
        "webhook": world.webhook_info(),
        "menus": menus,
        "descriptions": world.descriptions,
        "paused": world.updates.paused,
        "pending": world.updates.len(),
        "in_flight": world.updates.in_flight(),
        "unanswered": world.taps.unanswered(),
        "polls": world.polls,
        "calls": world.journal.call_count(),
        "violations": world.journal.violation_count(),
        "violations_by_kind": world.journal.counts(),
        "panel_url": sim.options.panel_url,
        "now": (sim.options.now)(),
        "clock_moves": sim.options.forward.is_some(),
        "office": sim.options.office.is_some(),
        "version": world.seen(),
    })))
}

pub(super) async fn calls(State(sim): Sim, Query(after): Query<After>) -> Answer {
    let world = sim.world();
    let wanted = |method: &str| {
        after
            .method
            .as_deref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
    };
    let calls: Vec<Value> = world
        .journal
        .calls_since(after.since)
        .filter(|call| wanted(&call.method))
        .take(after.limit.unwrap_or(usize::MAX))
        .map(|call| json!(call))
        .collect();
    Ok(Json(json!({"calls": calls, "last": world.journal.call_count()})))
}

pub(super) async fn violations(State(sim): Sim, Query(after): Query<After>) -> Answer {
    let world = sim.world();
    let violations: Vec<Value> = world
        .journal
        .violations_since(after.since)
        .take(after.limit.unwrap_or(usize::MAX))
        .map(|violation| json!(violation))
        .collect();
    Ok(Json(json!({
        "violations": violations,
        "last": world.journal.violation_count(),
        "by_kind": world.journal.counts(),
    })))
}

pub(super) async fn taps(State(sim): Sim, Query(after): Query<After>) -> Answer {
    let world = sim.world();
    let taps: Vec<Value> = world
        .taps
        .since(after.since)
        .take(after.limit.unwrap_or(usize::MAX))
        .map(|tap| json!(tap))
        .collect();
    Ok(Json(json!({"taps": taps, "unanswered": world.taps.unanswered()})))
}

fn with_menu(world: &World, person: &Person) -> Value {
    let mut view = person.view();
    let language = person.is.language_code.clone().unwrap_or_default();
    view["signal"] = json!(world.signals.get(&person.id()).map(|signal| signal.how));
    view["menu"] = json!(world.menu(person.id(), &language));
    view["description"] = json!(
        world
            .descriptions
            .get(&language)
            .or_else(|| world.descriptions.get(""))
    );
    view
}

fn chat_view(world: &World, chat: &Chat, limit: usize) -> Value {
    let skipped = chat.messages.len().saturating_sub(limit);
    let messages: Vec<Value> = chat
        .messages
        .values()
        .skip(skipped)
        .map(|message| message_view(world, message))
        .collect();
    let mut view = json!({
        "chat_id": chat.id,
        "messages": messages,
        "reply_keyboard": chat.keyboard.as_ref().map(|keyboard| &keyboard.markup),
        "reply_keyboard_message_id": chat.keyboard.as_ref().map(|keyboard| keyboard.message_id),
        "action": chat.action,
    });
    match &chat.kind {
        Kind::Private => {
            view["type"] = json!("private");
            view["title"] = json!(world.options.bot_name);
        }
        Kind::Group {
            title,
            members,
            bot_admin,
            bot_inside,
        } => {
            view["type"] = json!("supergroup");
            view["title"] = json!(title);
            view["members"] = json!(members);
            view["bot_admin"] = json!(bot_admin);
            view["bot_inside"] = json!(bot_inside);
        }
    }
    view
}

fn message_view(world: &World, message: &Message) -> Value {
    let (from, name) = match message.author {
        Author::Bot => (json!("bot"), world.options.bot_name.clone()),
        Author::Person(id) => (
            json!(id),
            world.people.get(&id).map(Person::name).unwrap_or_default(),
        ),
    };
    let mut view = json!({
        "message_id": message.id,
        "from": from,
        "name": name,
        "date": message.date,
        "at": message.at,
        "text": message.text.plain,
        "html": message.text.source,
        "entities": message.text.entities,
        "inline_keyboard": message.inline.as_ref().map(|markup| &markup["inline_keyboard"]),
        "edits": message.edits,
        "edited_at": message.edited_at,
        "deleted": message.deleted,
        "silent": message.silent,
        "protected": message.protected,
        "reply_to": message.reply_to,
        "forward_origin": message.origin,
        "media_group_id": message.album,
        "reaction": message.reaction,
    });
    match &message.extra {
        Some(Extra::Contact(contact)) => view["contact"] = contact.clone(),
        Some(Extra::Location(location)) => view["location"] = location.clone(),
        Some(Extra::Venue(venue)) => view["venue"] = venue.clone(),
        Some(Extra::Media(media)) => view[media.kind.field()] = media.value.clone(),
        None => {}
    }
    view
}
