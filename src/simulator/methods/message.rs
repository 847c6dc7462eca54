//! Sending, editing and deleting messages.

use serde_json::{Value, json};

use crate::simulator::chat::{Author, Chat, Extra, Keyboard, Kind, Message, Text};
use crate::simulator::check::{Params, Shape, fields};
use crate::simulator::markup::{self, Markup};
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

/// Messages older than this cannot be deleted, in seconds.
const DELETABLE: i64 = 48 * 3600;

const REPLY: [(&str, Shape); 10] = [
    ("message_id", Shape::Integer),
    ("chat_id", Shape::NotPlayed),
    ("ephemeral_message_id", Shape::NotPlayed),
    ("allow_sending_without_reply", Shape::Boolean),
    ("quote", Shape::NotPlayed),
    ("quote_parse_mode", Shape::NotPlayed),
    ("quote_entities", Shape::NotPlayed),
    ("quote_position", Shape::NotPlayed),
    ("checklist_task_id", Shape::NotPlayed),
    ("poll_option_id", Shape::NotPlayed),
];

/// Where and how a message of the bot is put.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    pub(crate) chat: i64,
    markup: Option<Markup>,
    reply_to: Option<i64>,
    silent: bool,
    protected: bool,
}

impl World {
    pub(crate) fn send_message(&mut self, params: &Params) -> Result<Value, Refusal> {
        let text = self.read_text("sendMessage", params, "message is too long")?;
        let envelope = self.envelope(params)?;
        self.pace("sendMessage", envelope.chat, 1)?;
        self.put(envelope, text, None, None)
    }

    /// Reads where and how a call wants its message.
    pub(crate) fn envelope(&mut self, params: &Params) -> Result<Envelope, Refusal> {
        let private = params.chat_id().is_none_or(|id| id > 0);
        let markup = match params.get("reply_markup") {
            Some(markup) => markup::read(markup, private)?,
            None => None,
        };
        let chat = self.reach(params)?;
        Ok(Envelope {
            chat,
            markup,
            reply_to: self.replied(chat, params)?,
            silent: params.flag("disable_notification"),
            protected: params.flag("protect_content"),
        })
    }

    /// Puts a message of the bot into a chat. Returns it as the service shows it.
    pub(crate) fn put(
        &mut self,
        envelope: Envelope,
        text: Text,
        extra: Option<Extra>,
        album: Option<String>,
    ) -> Result<Value, Refusal> {
        let (date, at, kept) = (self.unix(), self.ms(), self.options.kept.messages);
        let id = envelope.chat;
        let chat = self
            .chats
            .get_mut(&id)
            .ok_or_else(|| Refusal::bad("chat not found"))?;
        let message_id = chat.next_id();
        let mut message = Message::new(message_id, Author::Bot, date, at);
        message.text = text;
        message.extra = extra;
        message.album = album;
        message.silent = envelope.silent;
        message.protected = envelope.protected;
        message.reply_to = envelope.reply_to;
        message.fixed = !matches!(envelope.markup, None | Some(Markup::Inline(_)));
        match envelope.markup {
            Some(Markup::Inline(markup)) => message.inline = Some(markup),
            Some(Markup::Reply(markup)) => chat.keyboard = Some(Keyboard { markup, message_id }),
            Some(Markup::Remove) => chat.keyboard = None,
            Some(Markup::ForceReply) | None => {}
        }
        chat.action = None;
        chat.add(message, kept);
        self.changed("chat", Some(id));
        self.shown(id, message_id)
    }

    pub(crate) fn edit_message_text(&mut self, params: &Params) -> Result<Value, Refusal> {
        let text = self.read_text("editMessageText", params, "MESSAGE_TOO_LONG")?;
        let inline = new_inline(params)?;
        let (id, message_id) = self.editable(params)?;
        if self.holds_media(id, message_id) {
            return Err(Refusal::broken("edit", "there is no text in the message to edit"));
        }
        self.reword("editMessageText", (id, message_id), text, inline)
    }

    pub(crate) fn edit_message_caption(&mut self, params: &Params) -> Result<Value, Refusal> {
        let caption = self.read_caption("editMessageCaption", params.chat_id(), |name| params.get(name))?;
        let inline = new_inline(params)?;
        let (id, message_id) = self.editable(params)?;
        if !self.holds_media(id, message_id) {
            return Err(Refusal::broken(
                "edit",
                "there is no caption in the message to edit",
            ));
        }
        self.reword("editMessageCaption", (id, message_id), caption, inline)
    }

    fn holds_media(&self, id: i64, message_id: i64) -> bool {
        let message = self.chats.get(&id).and_then(|chat| chat.message(message_id));
        message.is_some_and(|message| message.media().is_some())
    }

    /// Changes the words and the buttons of a message, if that changes anything.
    fn reword(
        &mut self,
        method: &str,
        (id, message_id): (i64, i64),
        text: Text,
        inline: Option<Value>,
    ) -> Result<Value, Refusal> {
        let same = |message: &Message| {
            message.text.plain == text.plain
                && message.text.entities == text.entities
                && message.inline == inline
        };
        self.unless_same(id, message_id, same)?;
        self.pace(method, id, 1)?;
        self.edit(id, message_id, |message| {
            message.text = text;
            message.inline = inline;
        })
    }

    pub(crate) fn edit_message_reply_markup(&mut self, params: &Params) -> Result<Value, Refusal> {
        let inline = new_inline(params)?;
        let (id, message_id) = self.editable(params)?;
        self.unless_same(id, message_id, |message| message.inline == inline)?;
        self.pace("editMessageReplyMarkup", id, 1)?;
        self.edit(id, message_id, |message| message.inline = inline)
    }

    pub(crate) fn delete_message(&mut self, params: &Params) -> Result<Value, Refusal> {
        let id = self.reach(params)?;
        let message_id = params.integer("message_id").unwrap_or_default();
        let now = self.unix();
        let chat = self
            .chats
            .get_mut(&id)
            .ok_or_else(|| Refusal::bad("chat not found"))?;
        let may_others = match chat.kind {
            Kind::Private => true,
            Kind::Group { bot_admin, .. } => bot_admin,
        };
        let message = chat
            .message_mut(message_id)
            .ok_or_else(|| Refusal::bad("message to delete not found"))?;
        if now - message.date > DELETABLE || (message.author != Author::Bot && !may_others) {
            return Err(Refusal::bad("message can't be deleted"));
        }
        self.pace("deleteMessage", id, 1)?;
        let message = self
            .chats
            .get_mut(&id)
            .and_then(|chat| chat.message_mut(message_id));
        let message = message.ok_or_else(|| Refusal::bad("message to delete not found"))?;
        message.deleted = true;
        message.inline = None;
        self.changed("chat", Some(id));
        Ok(json!(true))
    }

    /// The message that a call wants to change, if it is there and the bot's own.
    fn editable(&self, params: &Params) -> Result<(i64, i64), Refusal> {
        let missing = || Refusal::broken("missing_parameter", "message identifier is not specified");
        let message_id = params.integer("message_id").ok_or_else(missing)?;
        let id = self.reach(params)?;
        let message = self.chats.get(&id).and_then(|chat| chat.message(message_id));
        let message = message.ok_or_else(|| Refusal::bad("message to edit not found"))?;
        if message.author != Author::Bot {
            return Err(Refusal::broken("edit", "message can't be edited"));
        }
        if message.fixed {
            // Whoever sent a reply keyboard with a message must know that it is final.
            return Err(Refusal::broken("edit", "message can't be edited"));
        }
        Ok((id, message_id))
    }

    fn unless_same(&self, id: i64, message_id: i64, same: impl Fn(&Message) -> bool) -> Result<(), Refusal> {
        let message = self.chats.get(&id).and_then(|chat| chat.message(message_id));
        if message.is_some_and(same) {
            return Err(Refusal::bad(
                "message is not modified: specified new message content and reply markup are exactly the same \
                 as a current content and reply markup of the message",
            ));
        }
        Ok(())
    }

    fn edit(
        &mut self,
        id: i64,
        message_id: i64,
        change: impl FnOnce(&mut Message),
    ) -> Result<Value, Refusal> {
        let (date, at) = (self.unix(), self.ms());
        let message = self
            .chats
            .get_mut(&id)
            .and_then(|chat| chat.message_mut(message_id));
        let message = message.ok_or_else(|| Refusal::bad("message to edit not found"))?;
        change(message);
        message.edits += 1;
        message.edit_date = Some(date);
        message.edited_at = Some(at);
        self.changed("chat", Some(id));
        self.shown(id, message_id)
    }

    fn shown(&self, id: i64, message_id: i64) -> Result<Value, Refusal> {
        let chat = self.chats.get(&id);
        let found = chat.and_then(|chat| Some((chat, chat.message(message_id)?)));
        let (chat, message) = found.ok_or_else(|| Refusal::new(500, "Internal Server Error"))?;
        Ok(self.message_value(chat, message))
    }

    fn replied(&self, id: i64, params: &Params) -> Result<Option<i64>, Refusal> {
        let Some(reply) = params.get("reply_parameters").and_then(Value::as_object) else {
            return Ok(None);
        };
        fields("ReplyParameters", reply, &REPLY)?;
        let wanted = reply.get("message_id").and_then(Value::as_i64);
        let chat: Option<&Chat> = self.chats.get(&id);
        let found = wanted.filter(|wanted| chat.is_some_and(|chat| chat.message(*wanted).is_some()));
        let anyway = reply.get("allow_sending_without_reply") == Some(&Value::Bool(true));
        if found.is_none() && !anyway {
            return Err(Refusal::bad("message to be replied not found"));
        }
        Ok(found)
    }
}

/// The inline keyboard after an edit: what the call says, or none when it says nothing.
fn new_inline(params: &Params) -> Result<Option<Value>, Refusal> {
    let Some(markup) = params.get("reply_markup") else {
        return Ok(None);
    };
    Ok(match markup::inline(markup)? {
        Some(Markup::Inline(markup)) => Some(markup),
        _ => None,
    })
}
