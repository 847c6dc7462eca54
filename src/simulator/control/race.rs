//! A race: many people tap the same offer within moments of each other.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use crate::simulator::Simulator;
use crate::simulator::acts::{Cannot, Pick};
use crate::simulator::chance::Chance;
use crate::simulator::chat::Chat;
use crate::simulator::control::{Answer, Problem};
use crate::simulator::world::World;

/// Who races for what. Each taps once, on the newest fitting message that he sees.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Race {
    /// A part of the offer's text, such as a ticket number.
    #[serde(default)]
    text: Option<String>,
    /// A part of the button's label; the first button that calls back when it is not said.
    #[serde(default)]
    button: Option<String>,
    /// The only chat to look in; all of a person's chats otherwise.
    #[serde(default)]
    chat_id: Option<i64>,
    /// Everyone who sees the offer when nobody is named.
    #[serde(default)]
    people: Option<Vec<i64>>,
    #[serde(default = "moments")]
    within_ms: u64,
    /// The same seed gives the same order.
    #[serde(default)]
    seed: Option<u64>,
}

fn moments() -> u64 {
    400
}

/// The button that a racer saw when the race began.
struct Target {
    chat: i64,
    message: i64,
    data: String,
    label: String,
}

struct Racer {
    person: i64,
    after: Duration,
    target: Option<Target>,
}

pub(super) async fn race(State(sim): State<Arc<Simulator>>, Json(race): Json<Race>) -> Answer {
    let mut racers = line_up(&sim.world(), &race);
    if racers.iter().all(|racer| racer.target.is_none()) {
        return Err(Problem::missing("nobody sees such an offer"));
    }
    racers.sort_by_key(|racer| racer.after);
    let begun = Instant::now();
    let mut taps = Vec::with_capacity(racers.len());
    for racer in racers {
        sleep_until(begun + racer.after).await;
        let outcome = match &racer.target {
            // His finger is on its way already: an edit meanwhile does not stop it, as in the real app.
            Some(Target {
                chat,
                message,
                data,
                label,
            }) => sim
                .world()
                .tap(racer.person, *chat, *message, &Pick::Unseen { data, label }),
            None => Err(Cannot::Missing("he sees no such offer".to_owned())),
        };
        taps.push(match outcome {
            Ok(mut tap) => {
                tap["person"] = json!(racer.person);
                tap
            }
            Err(Cannot::Missing(error) | Cannot::Now(error)) => {
                json!({"person": racer.person, "error": error})
            }
        });
    }
    Ok(Json(json!({"taps": taps})))
}

fn line_up(world: &World, race: &Race) -> Vec<Racer> {
    let mut chance = Chance::new(race.seed.unwrap_or_else(|| world.seen()));
    let all = || {
        world
            .people
            .values()
            .filter(|person| !person.deactivated)
            .map(|person| person.is.telegram_id)
    };
    let people: Vec<i64> = race.people.clone().unwrap_or_else(|| all().collect());
    let racers = people.into_iter().map(|person| {
        let after = chance.below(race.within_ms.saturating_mul(1000));
        Racer {
            person,
            after: Duration::from_micros(after),
            target: offer(world, race, person),
        }
    });
    // Whoever is not named and sees nothing does not race.
    racers
        .filter(|racer| race.people.is_some() || racer.target.is_some())
        .collect()
}

/// The newest fitting button that a person sees.
fn offer(world: &World, race: &Race, person: i64) -> Option<Target> {
    let chats = world
        .chats_of(person)
        .filter(|chat| race.chat_id.is_none_or(|wanted| chat.id == wanted));
    let found = chats.filter_map(|chat| newest(chat, race));
    found.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, target)| target)
}

/// When the newest fitting message of a chat was written, and its button.
fn newest(chat: &Chat, race: &Race) -> Option<(f64, Target)> {
    chat.messages
        .values()
        .rev()
        .filter(|message| !message.deleted)
        .find_map(|message| {
            let fits = race
                .text
                .as_ref()
                .is_none_or(|text| message.text.plain.contains(text.as_str()));
            let button = message
                .buttons()
                .find(|button| fits && labelled(button, race.button.as_deref()))?;
            let target = Target {
                chat: chat.id,
                message: message.id,
                data: button["callback_data"].as_str()?.to_owned(),
                label: button["text"].as_str().unwrap_or_default().to_owned(),
            };
            Some((message.at, target))
        })
}

fn labelled(button: &Value, wanted: Option<&str>) -> bool {
    let label = button["text"].as_str().unwrap_or_default();
    button["callback_data"].is_string() && wanted.is_none_or(|wanted| label.contains(wanted))
}
