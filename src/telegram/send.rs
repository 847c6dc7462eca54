//! Letters as messages of the Bot API, and the service's answers as what became of them.

use std::time::Duration;

use bytes::Bytes;
use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde_json::{Map, Value};
use teloxide::payloads::{
    EditMessageText, EditMessageTextSetters, SendMessage, SendMessageSetters, SetMyCommands,
    SetMyCommandsSetters,
};
use teloxide::types::{
    BotCommand, BotCommandScope, ButtonRequest, ChatId, CopyTextButton, InlineKeyboardButton,
    InlineKeyboardButtonKind, InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup, KeyboardRemove,
    LinkPreviewOptions, MessageId, ParseMode, ReplyMarkup,
};
use tokio::time::sleep;

use crate::delivery::commands::MenuLine;
use crate::delivery::pacing::{Pace, TELEGRAM};
use crate::delivery::render::length;
use crate::delivery::{Courier, Enclosed, Key, Keys, Letter, Outcome, Posted};
use crate::telegram::buttons;
use crate::telegram::client::{CallError, Client};

/// The longest words under a file, in UTF-16 units (Bot API, `sendDocument`).
const CAPTION: usize = 1024;
/// How long a file may take on its way.
const UPLOAD: Duration = Duration::from_secs(80);

/// How long after a file its words follow: a chat gets one message a second (Bots FAQ).
const FOLLOWS: Duration = Duration::from_millis(1100);
/// Words are not waited with for longer than this.
const LONGEST: Duration = Duration::from_secs(5);

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

    /// Sends the words that did not fit under a file, at the chat's pace. When that fails for good the whole
    /// is sent again: the file twice is better than words lost.
    async fn follow(&self, letter: Letter) -> Outcome {
        let mut wait = FOLLOWS;
        for _ in 0..2 {
            sleep(wait).await;
            match self.deliver(letter.clone()).await {
                Outcome::Flood { wait: told } if told <= LONGEST => wait = told,
                Outcome::Trouble { .. } => wait = FOLLOWS,
                outcome => return outcome,
            }
        }
        sleep(wait).await;
        self.deliver(letter).await
    }

    async fn call(&self, method: &str, body: &impl Serialize) -> Result<Value, CallError> {
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
            && let Err(error) = self.call("setMyCommands", &menu_of_chat(chat, menu)).await
        {
            match outcome_of(error) {
                // The message is worth more than its menu.
                Outcome::Refused { why } => tracing::warn!(why, "a chat's menu was refused"),
                other => return other,
            }
        }
        let answer = match letter.edit.as_deref().map(str::parse) {
            None => self.call("sendMessage", &message(chat, &letter)).await,
            Some(Ok(id)) => {
                self.call("editMessageText", &change(chat, MessageId(id), &letter))
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

    async fn post(&self, letter: Letter, file: Enclosed) -> Posted {
        // Words that do not fit under a file follow it, with the keys.
        let fits = length(&letter.words) <= CAPTION;
        let (method, part) = way(&letter);
        let about = about(&letter, fits);
        let sent = match file {
            Enclosed::Known(name) => {
                let mut body = about;
                body.insert(part.to_owned(), name.into());
                self.call(method, &body).await
            }
            Enclosed::Bytes {
                filename,
                media_type,
                bytes,
            } => match form((&about, part), filename, &media_type, bytes) {
                Ok(form) => self.client.upload(method, form, UPLOAD).await,
                Err(why) => return done(Outcome::Refused { why }, None),
            },
        };
        let sent = match sent {
            Ok(sent) => sent,
            Err(error) if is_unknown_file(&error) => return Posted::Forgotten,
            Err(error) => return done(outcome_of(error), None),
        };
        let name = sent.pointer("/document/file_id").and_then(Value::as_str);
        let name = name.map(str::to_owned);
        if !fits {
            return done(self.follow(letter).await, name);
        }
        let message = sent.get("message_id").and_then(Value::as_i64);
        let message = message.map(|id| id.to_string());
        done(Outcome::Sent { message }, name)
    }
}

fn done(outcome: Outcome, name: Option<String>) -> Posted {
    Posted::Done { outcome, name }
}

/// How a file goes: the method, and what it calls the file. A picture is shown at once; everything else is a file
/// to save, as sharp as it is.
fn way(letter: &Letter) -> (&'static str, &'static str) {
    if letter.attachment.as_ref().is_some_and(|file| file.picture) {
        ("sendPhoto", "photo")
    } else {
        ("sendDocument", "document")
    }
}

/// What `sendDocument` or `sendPhoto` is told beside the file.
pub(crate) fn about(letter: &Letter, fits: bool) -> Map<String, Value> {
    let mut about = Map::new();
    let mut tell = |name: &str, value: Value| drop(about.insert(name.to_owned(), value));
    tell("chat_id", letter.recipient.clone().into());
    if way(letter).1 == "document" {
        // A photographed letter stays a file, as sharp as it is.
        tell("disable_content_type_detection", true.into());
    }
    if letter.quiet {
        tell("disable_notification", true.into());
    }
    if letter.private {
        tell("protect_content", true.into());
    }
    if fits {
        tell("caption", letter.words.clone().into());
        tell("parse_mode", "HTML".into());
        if let Some(keys) = reply_markup(&letter.keys) {
            tell("reply_markup", serde_json::to_value(keys).unwrap_or_default());
        }
    }
    about
}

fn form(
    (about, part_name): (&Map<String, Value>, &'static str),
    filename: String,
    media_type: &str,
    bytes: Bytes,
) -> Result<Form, String> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let part = Part::stream_with_length(bytes, length)
        .file_name(filename)
        .mime_str(media_type)
        .map_err(|error| error.to_string())?;
    let texts = about.iter().fold(Form::new(), |form, (name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        form.text(name.clone(), text)
    });
    Ok(texts.part(part_name, part))
}

/// Whether the service does not take a file by the name that it gave it once (Bot API, "Sending files").
pub(crate) fn is_unknown_file(error: &CallError) -> bool {
    let CallError::Said {
        code: 400,
        description,
        ..
    } = error
    else {
        return false;
    };
    let text = description.to_lowercase();
    let names = [
        "file identifier",
        "file_id",
        "file reference",
        "file_reference",
        "remote file",
    ];
    names.iter().any(|name| text.contains(name))
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
    match reply_markup(&letter.keys) {
        Some(keys) => message.reply_markup(keys),
        None => message,
    }
}

fn reply_markup(keys: &Keys) -> Option<ReplyMarkup> {
    Some(match keys {
        Keys::None | Keys::SharePlace => return None,
        Keys::Rows(rows) => ReplyMarkup::InlineKeyboard(inline(rows)),
        Keys::ShareContact(words) => {
            let key = KeyboardButton::new(words.clone()).request(ButtonRequest::Contact);
            let keys = KeyboardMarkup::new([[key]]).resize_keyboard().one_time_keyboard();
            ReplyMarkup::Keyboard(keys)
        }
        Keys::Remove => ReplyMarkup::KeyboardRemove(KeyboardRemove::new()),
    })
}

/// A changed message; without rows, the keyboard that was under it goes.
pub(crate) fn change(chat: ChatId, id: MessageId, letter: &Letter) -> EditMessageText {
    let change = EditMessageText::new(chat, id, letter.words.clone())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview());
    match &letter.keys {
        Keys::Rows(rows) => change.reply_markup(inline(rows)),
        Keys::None | Keys::ShareContact(_) | Keys::SharePlace | Keys::Remove => change,
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
