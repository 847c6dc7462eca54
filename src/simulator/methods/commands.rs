//! The bot's menus of commands, by scope and language.

use serde_json::{Map, Value, json};

use crate::simulator::check::{Params, Shape, fields};
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

/// Whose menu it is: the scope as text, and a language code or nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MenuKey {
    pub(crate) scope: String,
    pub(crate) language: String,
}

const COMMANDS: usize = 100;
const COMMAND: [(&str, Shape); 3] = [
    ("command", Shape::Text),
    ("description", Shape::Text),
    ("is_ephemeral", Shape::NotPlayed),
];

impl World {
    pub(crate) fn set_my_commands(&mut self, params: &Params) -> Result<Value, Refusal> {
        let key = self.menu_key(params)?;
        let given = params
            .get("commands")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        if given.len() > COMMANDS {
            return Err(Refusal::broken("commands", "BOT_COMMANDS_TOO_MUCH"));
        }
        let commands = given.iter().map(command).collect::<Result<Vec<_>, _>>()?;
        if commands.is_empty() {
            self.menus.remove(&key);
        } else {
            self.menus.insert(key, commands);
        }
        self.changed("bot", None);
        Ok(json!(true))
    }

    pub(crate) fn delete_my_commands(&mut self, params: &Params) -> Result<Value, Refusal> {
        let key = self.menu_key(params)?;
        self.menus.remove(&key);
        self.changed("bot", None);
        Ok(json!(true))
    }

    pub(crate) fn get_my_commands(&mut self, params: &Params) -> Result<Value, Refusal> {
        let key = self.menu_key(params)?;
        Ok(json!(self.menus.get(&key).cloned().unwrap_or_default()))
    }

    /// The menu that a person sees in a chat: the narrowest scope first, his language before none.
    pub(crate) fn menu(&self, chat: i64, language: &str) -> &[Value] {
        let all = if chat > 0 {
            "all_private_chats"
        } else {
            "all_group_chats"
        };
        let scopes = [format!("chat:{chat}"), all.to_owned(), "default".to_owned()];
        for scope in scopes {
            for language in [language, ""] {
                let key = MenuKey {
                    scope: scope.clone(),
                    language: language.to_owned(),
                };
                if let Some(menu) = self.menus.get(&key) {
                    return menu;
                }
            }
        }
        &[]
    }

    fn menu_key(&self, params: &Params) -> Result<MenuKey, Refusal> {
        let language = language_code(params)?;
        let scope = match params.get("scope").and_then(Value::as_object) {
            Some(scope) => self.scope(scope)?,
            None => "default".to_owned(),
        };
        Ok(MenuKey { scope, language })
    }

    fn scope(&self, scope: &Map<String, Value>) -> Result<String, Refusal> {
        let wrong = |why: &str| Refusal::broken("commands", format!("can't parse BotCommandScope: {why}"));
        let kind = scope.get("type").and_then(Value::as_str);
        let kind = kind.ok_or_else(|| wrong("Can't find field \"type\""))?;
        let known: &[(&str, Shape)] = match kind {
            "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => {
                &[("type", Shape::Text)]
            }
            "chat" | "chat_administrators" => &[("type", Shape::Text), ("chat_id", Shape::ChatId)],
            "chat_member" => &[
                ("type", Shape::Text),
                ("chat_id", Shape::ChatId),
                ("user_id", Shape::Integer),
            ],
            _ => return Err(wrong("unsupported type specified")),
        };
        fields("BotCommandScope", scope, known)?;
        if known.len() == 1 {
            return Ok(kind.to_owned());
        }
        let id = match scope.get("chat_id") {
            Some(Value::String(text)) => text.parse().ok(),
            Some(value) => value.as_i64(),
            None => return Err(wrong("Can't find field \"chat_id\"")),
        };
        // A menu for a chat needs the chat; one that was never opened is unknown to the bot.
        let known_chat = |id: &i64| match self.people.get(id) {
            Some(person) => person.started,
            None => *id < 0 && self.chats.contains_key(id),
        };
        let id = id
            .filter(known_chat)
            .ok_or_else(|| Refusal::bad("chat not found"))?;
        if id > 0 && kind != "chat" {
            return Err(wrong("the scope is for groups only"));
        }
        match scope.get("user_id").and_then(Value::as_i64) {
            Some(user) => Ok(format!("{kind}:{id}:{user}")),
            None if kind == "chat_member" => Err(wrong("Can't find field \"user_id\"")),
            None => Ok(format!("{kind}:{id}")),
        }
    }
}

/// `language_code`: two small letters, or nothing.
pub(crate) fn language_code(params: &Params) -> Result<String, Refusal> {
    let code = params.text("language_code").unwrap_or_default();
    let two = code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
    if code.is_empty() || two {
        Ok(code.to_owned())
    } else {
        Err(Refusal::broken("commands", "invalid language code specified"))
    }
}

fn command(value: &Value) -> Result<Value, Refusal> {
    let wrong = |why: &str| Refusal::broken("commands", format!("can't parse BotCommand: {why}"));
    let object = value.as_object().ok_or_else(|| wrong("expected an Object"))?;
    fields("BotCommand", object, &COMMAND)?;
    let field = |name: &str| object.get(name).and_then(Value::as_str).map(str::trim);
    let name = field("command").ok_or_else(|| wrong("Can't find field \"command\""))?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let description = field("description").ok_or_else(|| wrong("Can't find field \"description\""))?;
    let sound = name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !sound || !(1..=32).contains(&name.len()) {
        return Err(Refusal::broken("commands", "BOT_COMMAND_INVALID"));
    }
    if !(1..=256).contains(&description.chars().count()) {
        return Err(Refusal::broken("commands", "BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(json!({"command": name, "description": description}))
}
