//! Who the bot is, what it says of itself, and what it asks about chats.

use serde_json::{Value, json};

use crate::simulator::chat::Kind;
use crate::simulator::check::Params;
use crate::simulator::methods::commands::language_code;
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

impl World {
    pub(crate) fn get_me(&self) -> Value {
        let mut me = self.bot_user();
        for (field, value) in [
            ("can_join_groups", true),
            ("can_read_all_group_messages", false),
            ("supports_guest_queries", false),
            ("supports_inline_queries", false),
            ("can_connect_to_business", false),
            ("has_main_web_app", false),
            ("has_topics_enabled", false),
            ("allows_users_to_create_topics", false),
            ("can_manage_bots", false),
            ("supports_join_request_queries", false),
        ] {
            me[field] = json!(value);
        }
        me
    }

    pub(crate) fn set_my_description(&mut self, params: &Params) -> Result<Value, Refusal> {
        let language = language_code(params)?;
        let description = params.text("description").unwrap_or_default();
        if description.chars().count() > 512 {
            return Err(Refusal::broken("commands", "description is too long"));
        }
        self.descriptions.insert(language, description.to_owned());
        self.changed("bot", None);
        Ok(json!(true))
    }

    pub(crate) fn get_chat(&self, params: &Params) -> Result<Value, Refusal> {
        let id = self.known_chat(params)?;
        let mut chat = match (self.people.get(&id), self.chats.get(&id)) {
            // The service tells nothing of people who never wrote to the bot.
            (Some(person), _) if person.started => person.chat(),
            (None, Some(group)) => group.group(),
            _ => return Err(Refusal::bad("chat not found")),
        };
        if let Some(group) = self.chats.get(&id)
            && let Kind::Group {
                bot_inside: false, ..
            } = group.kind
        {
            return Err(Refusal::forbidden("bot was kicked from the supergroup chat"));
        }
        if let Some(name) = chat["username"].as_str() {
            chat["active_usernames"] = json!([name]);
        }
        chat["accent_color_id"] = json!(0);
        chat["max_reaction_count"] = json!(11);
        chat["accepted_gift_types"] = json!({
            "unlimited_gifts": true,
            "limited_gifts": true,
            "unique_gifts": true,
            "premium_subscription": true,
            "gifts_from_channels": true,
        });
        Ok(chat)
    }

    pub(crate) fn send_chat_action(&mut self, params: &Params) -> Result<Value, Refusal> {
        let action = params.text("action").unwrap_or_default();
        if !ACTIONS.contains(&action) {
            return Err(Refusal::broken("text", "wrong parameter action in request"));
        }
        let id = self.reach(params)?;
        let at = self.ms();
        if let Some(chat) = self.chats.get_mut(&id) {
            chat.action = Some((action.to_owned(), at));
        }
        self.changed("chat", Some(id));
        Ok(json!(true))
    }
}
