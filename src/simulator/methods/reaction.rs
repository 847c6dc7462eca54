//! Reactions: one emoji of the bot on a message.

use serde_json::{Value, json};

use crate::simulator::check::{Params, Shape, fields};
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

const REACTION: [(&str, Shape); 3] = [
    ("type", Shape::Text),
    ("emoji", Shape::Text),
    ("custom_emoji_id", Shape::NotPlayed),
];

/// The emoji that the service takes as reactions.
const EMOJI: &str = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 \
                     😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡";

impl World {
    pub(crate) fn set_message_reaction(&mut self, params: &Params) -> Result<Value, Refusal> {
        let reaction = reaction(params)?;
        let id = self.reach(params)?;
        let message_id = params.integer("message_id").unwrap_or_default();
        let there = |world: &Self| {
            let chat = world.chats.get(&id)?;
            chat.message(message_id).map(|message| message.reaction.clone())
        };
        there(self).ok_or_else(|| Refusal::bad("message to react not found"))?;
        self.pace("setMessageReaction", id, 1)?;
        if let Some(message) = self
            .chats
            .get_mut(&id)
            .and_then(|chat| chat.message_mut(message_id))
        {
            message.reaction = reaction;
        }
        self.changed("chat", Some(id));
        Ok(json!(true))
    }
}

fn reaction(params: &Params) -> Result<Option<String>, Refusal> {
    let given = params.get("reaction").and_then(Value::as_array);
    let given = given.map(Vec::as_slice).unwrap_or_default();
    let [one] = given else {
        return if given.is_empty() {
            Ok(None)
        } else {
            Err(Refusal::broken("reaction", "REACTIONS_TOO_MANY"))
        };
    };
    let object = one
        .as_object()
        .ok_or_else(|| Refusal::broken("reaction", "expected an Object as a ReactionType"))?;
    fields("ReactionType", object, &REACTION)?;
    if one["type"] != "emoji" {
        return Err(Refusal::broken(
            "not_played",
            "simulator: only emoji are simulated as reactions",
        ));
    }
    let emoji = one["emoji"].as_str().unwrap_or_default();
    if !EMOJI.split_whitespace().any(|known| known == emoji) {
        return Err(Refusal::broken("reaction", "REACTION_INVALID"));
    }
    Ok(Some(emoji.to_owned()))
}
