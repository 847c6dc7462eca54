//! The Bot API's methods, one file per noun.

pub(crate) mod commands;
mod file;
mod media;
mod message;
mod profile;
mod query;
mod reaction;
pub(crate) mod table;
mod text;

use serde_json::{Value, json};

use crate::simulator::check::Params;
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

impl World {
    /// Carries out one call, by the method's own spelling. `getUpdates` waits and is served elsewhere.
    pub(crate) fn call(&mut self, method: &str, params: &Params) -> Result<Value, Refusal> {
        match method {
            "getMe" => Ok(self.get_me()),
            "setWebhook" => self.set_webhook(params),
            "deleteWebhook" => Ok(self.delete_webhook(params)),
            "getWebhookInfo" => Ok(self.webhook_info()),
            "sendMessage" => self.send_message(params),
            "editMessageText" => self.edit_message_text(params),
            "editMessageCaption" => self.edit_message_caption(params),
            "sendDocument" => self.send_document(params),
            "sendPhoto" => self.send_photo(params),
            "sendMediaGroup" => self.send_media_group(params),
            "setMessageReaction" => self.set_message_reaction(params),
            "getFile" => self.get_file(params),
            "editMessageReplyMarkup" => self.edit_message_reply_markup(params),
            "deleteMessage" => self.delete_message(params),
            "answerCallbackQuery" => self.answer_callback_query(params),
            "setMyCommands" => self.set_my_commands(params),
            "deleteMyCommands" => self.delete_my_commands(params),
            "getMyCommands" => self.get_my_commands(params),
            "setMyDescription" => self.set_my_description(params),
            "getChat" => self.get_chat(params),
            "sendChatAction" => self.send_chat_action(params),
            _ => Err(Refusal::new(404, "Not Found: method not found")),
        }
    }

    /// The chat that a call means, if the bot may reach it.
    pub(crate) fn reach(&self, params: &Params) -> Result<i64, Refusal> {
        let id = self.known_chat(params)?;
        if let Some(person) = self.people.get(&id) {
            if person.deactivated {
                return Err(Refusal::forbidden("user is deactivated"));
            }
            if person.blocked {
                return Err(Refusal::forbidden("bot was blocked by the user"));
            }
            if !person.started {
                return Err(Refusal::forbidden("bot can't initiate conversation with a user"));
            }
        } else if let Some(chat) = self.chats.get(&id)
            && let crate::simulator::chat::Kind::Group {
                bot_inside: false, ..
            } = chat.kind
        {
            return Err(Refusal::forbidden("bot was kicked from the supergroup chat"));
        }
        Ok(id)
    }

    /// The chat that a call means, whether or not the bot may write there.
    pub(crate) fn known_chat(&self, params: &Params) -> Result<i64, Refusal> {
        let id = match params.get("chat_id") {
            Some(Value::String(name)) if name.starts_with('@') => None,
            None => return Err(Refusal::broken("missing_parameter", "chat_id is empty")),
            Some(_) => params.chat_id(),
        };
        let known = |id: &i64| self.people.contains_key(id) || (*id < 0 && self.chats.contains_key(id));
        id.filter(known).ok_or_else(|| Refusal::bad("chat not found"))
    }

    /// Counts one call, of `count` messages when it is an album, against the service's limits.
    pub(crate) fn pace(&mut self, method: &str, chat: i64, count: u32) -> Result<(), Refusal> {
        let now = tokio::time::Instant::now();
        let options = std::sync::Arc::clone(&self.options);
        let admitted = self.flood.admit(&options.flood, chat, count, now);
        admitted.map_err(|too_many| {
            let kind = if too_many.ignored {
                "flood_wait_ignored"
            } else {
                "flood"
            };
            let detail = json!({"limit": too_many.limit, "retry_after": too_many.retry_after});
            self.breach(kind, method, Some(chat), &detail.to_string());
            Refusal::too_many(too_many.retry_after)
        })
    }
}
