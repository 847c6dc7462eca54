//! Letters as messages of the Bot API, and the service's answers as what became of them.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use teloxide::payloads::{
    EditMessageText, EditMessageTextSetters, SendMessage, SendMessageSetters, SetMyCommands,
    SetMyCommandsSetters,
};
use teloxide::types::{
    BotCommand, BotCommandScope, ButtonRequest, ChatId, CopyTextButton, InlineKeyboardButton,
    InlineKeyboardButtonKind, InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup, KeyboardRemove,
    LinkPreviewOptions, MessageId, ParseMode, ReplyMarkup,
};

use crate::delivery::commands::MenuLine;
use crate::delivery::pacing::{Pace, TELEGRAM};
use crate::delivery::{Courier, Key, Keys, Letter, Outcome};
use crate::telegram::buttons;
use crate::telegram::client::{CallError, Client};

/// Carries letters to Telegram. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sender {
    client: Client,
}

impl Sender {
    /// A courier that speaks through this client.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    async fn post(&self, method: &str, body: &impl Serialize) -> Result<Value, CallError> {
        self.client.call(method, body).await
    }
}

impl Courier for Sender {
    const CHANNEL: &'static str = "telegram";
    const PACE: Pace = TELEGRAM;

    async fn deliver(&self, letter: Letter) -> Outcome {
        let Ok(chat) = letter.recipient.parse().map(ChatId) else {
            return refused("the recipient is not a Telegram chat");
        };
        if let Some(menu) = &letter.menu
            && let Err(error) = self.post("setMyCommands", &menu_of_chat(chat, menu)).await
        {
            match outcome_of(error) {
                // The message is worth more than its menu.
                Outcome::Refused { why } => tracing::warn!(why, "a chat's menu was refused"),
                other => return other,
            }
        }
        let answer = match letter.edit.as_deref().map(str::parse) {
            None => self.post("sendMessage", &message(chat, &letter)).await,
            Some(Ok(id)) => {
                self.post("editMessageText", &change(chat, MessageId(id), &letter))
                    .await
            }
            Some(Err(_)) => return Outcome::Gone,
        };
        match answer {
            Ok(sent) => Outcome::Sent {
                message: sent
                    .get("message_id")
                    .and_then(Value::as_i64)
                    .map(|id| id.to_string()),
            },
            Err(error) => outcome_of(error),
        }
    }
}

/// What an answer other than "ok" means for a message.
pub(crate) fn outcome_of(error: CallError) -> Outcome {
    let (code, description, retry_after, moved_to) = match error {
        CallError::Silent(why) => return Outcome::Trouble { why },
        CallError::Said {
            code,
            description,
            retry_after,
            moved_to,
        } => (code, description, retry_after, moved_to),
    };
    let text = description.to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    match code {
        429 => Outcome::Flood {
            wait: Duration::from_secs(retry_after.unwrap_or(1).max(1)),
        },
        401 | 404 => Outcome::Locked { why: description },
        403 => Outcome::Unreachable { why: description },
        400 if says(&["message is not modified"]) => Outcome::Sent { message: None },
        400 if says(&[
            "message to edit not found",
            "message can't be edited",
            "message_id_invalid",
        ]) =>
        {
            Outcome::Gone
        }
        400 if says(&[
            "chat not found",
            "user is deactivated",
            "can't initiate conversation",
            "peer_id_invalid",
        ]) =>
        {
            Outcome::Unreachable { why: description }
        }
        400 if moved_to.is_some() => Outcome::Refused {
            why: format!("{description}; its id is now {}", moved_to.unwrap_or_default()),
        },
        400..500 => Outcome::Refused { why: description },
        _ => Outcome::Trouble {
            why: format!("{code} {description}"),
        },
    }
}

/// The menu for everyone in a language, or for whoever has no language of ours.
pub(crate) fn menu_of_all(
    scope: BotCommandScope,
    language: Option<&str>,
    menu: &[MenuLine],
) -> SetMyCommands {
    let set = SetMyCommands::new(commands(menu)).scope(scope);
    match language {
        Some(language) => set.language_code(language),
        None => set,
    }
}

fn menu_of_chat(chat: ChatId, menu: &[MenuLine]) -> SetMyCommands {
    let chat_id = chat.into();
    SetMyCommands::new(commands(menu)).scope(BotCommandScope::Chat { chat_id })
}

fn commands(menu: &[MenuLine]) -> Vec<BotCommand> {
    menu.iter()
        .map(|line| BotCommand::new(line.command, line.about.clone()))
        .collect()
}

pub(crate) fn message(chat: ChatId, letter: &Letter) -> SendMessage {
    let mut message = SendMessage::new(chat, letter.words.clone())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview());
    if letter.quiet {
        message = message.disable_notification(true);
    }
    if letter.private {
        message = message.protect_content(true);
    }
    match &letter.keys {
        Keys::None => message,
        Keys::Rows(rows) => message.reply_markup(ReplyMarkup::InlineKeyboard(inline(rows))),
        Keys::ShareContact(words) => {
            let key = KeyboardButton::new(words.clone()).request(ButtonRequest::Contact);
            let keys = KeyboardMarkup::new([[key]]).resize_keyboard().one_time_keyboard();
            message.reply_markup(ReplyMarkup::Keyboard(keys))
        }
        Keys::Remove => message.reply_markup(ReplyMarkup::KeyboardRemove(KeyboardRemove::new())),
    }
}

/// A changed message; without rows, the keyboard that was under it goes.
pub(crate) fn change(chat: ChatId, id: MessageId, letter: &Letter) -> EditMessageText {
    let change = EditMessageText::new(chat, id, letter.words.clone())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview());
    match &letter.keys {
        Keys::Rows(rows) => change.reply_markup(inline(rows)),
        Keys::None | Keys::ShareContact(_) | Keys::Remove => change,
    }
}

fn inline(rows: &[Vec<Key>]) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new(rows.iter().map(|row| row.iter().filter_map(button)))
}

/// `None`: an address that is none would make the service refuse the whole message.
fn button(key: &Key) -> Option<InlineKeyboardButton> {
    let (label, kind) = match key {
        Key::Press { label, press } => (
            label,
            InlineKeyboardButtonKind::CallbackData(buttons::encode(press)),
        ),
        Key::Open { label, url } => (label, InlineKeyboardButtonKind::Url(url.parse().ok()?)),
        Key::Copy { label, text } => (
            label,
            InlineKeyboardButtonKind::CopyText(CopyTextButton { text: text.clone() }),
        ),
    };
    Some(InlineKeyboardButton::new(label.clone(), kind))
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn refused(why: &str) -> Outcome {
    Outcome::Refused { why: why.to_owned() }
}
