//! People's deeds over the control API.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::simulator::Simulator;
use crate::simulator::acts::Pick;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::people::NewPerson;

type Sim = State<Arc<Simulator>>;
type Id = Path<i64>;

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum People {
    Many(Vec<NewPerson>),
    One(NewPerson),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    #[serde(default)]
    payload: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Write {
    text: String,
    #[serde(default)]
    chat_id: Option<i64>,
    /// A message of the chat.
    #[serde(default)]
    reply_to: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rewrite {
    message_id: i64,
    text: String,
    #[serde(default)]
    chat_id: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    /// His own number when it is not said.
    #[serde(default)]
    phone_number: Option<String>,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: Option<String>,
    /// Whose account it is; without it the contact is of someone who has none.
    #[serde(default)]
    user_id: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tap {
    /// The private chat when it is not said.
    #[serde(default)]
    chat_id: Option<i64>,
    message_id: i64,
    #[serde(default)]
    data: Option<String>,
    /// A part of the button's text.
    #[serde(default)]
    label: Option<String>,
    /// Data that need not be on any button.
    #[serde(default)]
    forged: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewGroup {
    #[serde(default)]
    id: Option<i64>,
    title: String,
    #[serde(default)]
    members: Vec<i64>,
    #[serde(default)]
    bot_admin: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Members {
    people: Vec<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveBot {
    person: i64,
    inside: bool,
}

pub(super) async fn add_people(State(sim): Sim, Json(people): Json<People>) -> Answer {
    let people = match people {
        People::Many(people) => people,
        People::One(person) => vec![person],
    };
    let mut world = sim.world();
    let ids = people
        .into_iter()
        .map(|person| world.add_person(&person))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Json(json!({"people": ids})))
}

pub(super) async fn start(State(sim): Sim, Path(id): Id, body: Option<Json<Start>>) -> Answer {
    let start = body.map(|Json(start)| start).unwrap_or_default();
    let message = sim.world().start(id, start.payload.as_deref())?;
    Ok(Json(json!({"message_id": message})))
}

pub(super) async fn message(State(sim): Sim, Path(id): Id, Json(write): Json<Write>) -> Answer {
    let message = sim
        .world()
        .write(id, write.chat_id, write.reply_to, &write.text)?;
    Ok(Json(json!({"message_id": message})))
}

pub(super) async fn edit(State(sim): Sim, Path(id): Id, Json(write): Json<Rewrite>) -> Answer {
    sim.world()
        .rewrite(id, write.chat_id, write.message_id, &write.text)?;
    Ok(Json(json!({"message_id": write.message_id})))
}

pub(super) async fn contact(State(sim): Sim, Path(id): Id, body: Option<Json<Contact>>) -> Answer {
    let given = body.map(|Json(contact)| contact).unwrap_or_default();
    let contact = given.phone_number.map(|phone| {
        let mut value = json!({"phone_number": phone, "first_name": given.first_name});
        put(&mut value, "last_name", given.last_name);
        put(&mut value, "user_id", given.user_id);
        value
    });
    let message = sim.world().share_contact(id, contact)?;
    Ok(Json(json!({"message_id": message})))
}

pub(super) async fn tap(State(sim): Sim, Path(id): Id, Json(tap): Json<Tap>) -> Answer {
    let pick = match (&tap.data, &tap.label, &tap.forged) {
        (Some(data), None, None) => Pick::Data(data),
        (None, Some(label), None) => Pick::Label(label),
        (None, None, Some(data)) => Pick::Unseen { data, label: "" },
        _ => return Err(Problem::bad("say one of data, label, forged")),
    };
    Ok(Json(sim.world().tap(
        id,
        tap.chat_id.unwrap_or(id),
        tap.message_id,
        &pick,
    )?))
}

pub(super) async fn block(State(sim): Sim, Path(id): Id) -> Answer {
    sim.world().block(id)?;
    Ok(Json(json!({})))
}

pub(super) async fn unblock(State(sim): Sim, Path(id): Id) -> Answer {
    sim.world().unblock(id)?;
    Ok(Json(json!({})))
}

pub(super) async fn deactivate(State(sim): Sim, Path(id): Id) -> Answer {
    sim.world().deactivate(id)?;
    Ok(Json(json!({})))
}

pub(super) async fn add_group(State(sim): Sim, Json(group): Json<NewGroup>) -> Answer {
    let id = sim
        .world()
        .add_group(group.id, group.title, group.members, group.bot_admin)?;
    Ok(Json(json!({"chat_id": id})))
}

pub(super) async fn join(State(sim): Sim, Path(id): Id, Json(members): Json<Members>) -> Answer {
    sim.world().change_members(id, &members.people, true)?;
    Ok(Json(json!({})))
}

pub(super) async fn leave(State(sim): Sim, Path(id): Id, Json(members): Json<Members>) -> Answer {
    sim.world().change_members(id, &members.people, false)?;
    Ok(Json(json!({})))
}

pub(super) async fn move_bot(State(sim): Sim, Path(id): Id, Json(bot): Json<MoveBot>) -> Answer {
    sim.world().move_bot(id, bot.person, bot.inside)?;
    Ok(Json(json!({})))
}

fn put(value: &mut Value, name: &str, field: Option<impl Into<Value>>) {
    if let Some(field) = field {
        value[name] = field.into();
    }
}
