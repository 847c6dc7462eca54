//! Holds a call's parameters against the table of its method: every name known, every type right.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::simulator::refusal::Refusal;

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Integer,
    Text,
    Boolean,
    /// A number, or `@name`, or a number in quotes.
    ChatId,
    /// An array of strings.
    Strings,
    Array,
    Object,
    /// A file id, or the name of an attached file.
    File,
    /// The service knows it and this simulator does not play it.
    NotPlayed,
}

/// One parameter of a method.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
}

pub(crate) const fn must(name: &'static str, shape: Shape) -> Param {
    Param {
        name,
        shape,
        required: true,
    }
}

pub(crate) const fn may(name: &'static str, shape: Shape) -> Param {
    Param {
        name,
        shape,
        required: false,
    }
}

pub(crate) const fn not_played(name: &'static str) -> Param {
    Param {
        name,
        shape: Shape::NotPlayed,
        required: false,
    }
}

/// Parameters as they arrived.
#[derive(Clone, Debug)]
pub(crate) enum Raw {
    Json(Map<String, Value>),
    /// A query string or a form: everything is text.
    Form(Vec<(String, String)>),
    /// A multipart form: text, and files by their fields.
    Parts(Vec<(String, String)>, BTreeMap<String, Upload>),
}

/// A file in a multipart form.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) name: Option<String>,
    pub(crate) mime: Option<String>,
    pub(crate) bytes: Bytes,
}

/// How a parameter names a file of the same form.
const ATTACHED: &str = "attach://";

/// Parameters that passed; every present value has the type that its table says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    given: Map<String, Value>,
    uploads: BTreeMap<String, Upload>,
}

impl Params {
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.given.get(name)
    }

    /// Parameters of a call that is not one of the methods, for the log.
    pub(crate) fn of(given: Map<String, Value>) -> Self {
        Self {
            given,
            uploads: BTreeMap::new(),
        }
    }

    /// The file that a value attaches; nothing when the value is a file id or an address.
    pub(crate) fn attached(&self, value: &str) -> Option<Result<&Upload, Refusal>> {
        let field = value.strip_prefix(ATTACHED)?;
        Some(self.uploads.get(field).ok_or_else(|| {
            Refusal::broken("upload", format!("simulator: no file is attached as \"{field}\""))
        }))
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(Value::as_i64)
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// The chat, where it is given as a number.
    pub(crate) fn chat_id(&self) -> Option<i64> {
        match self.get("chat_id")? {
            Value::String(text) => text.parse().ok(),
            value => value.as_i64(),
        }
    }

    pub(crate) fn strings(&self, name: &str) -> Option<Vec<String>> {
        let array = self.get(name)?.as_array()?;
        Some(
            array
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        )
    }

    /// For the log: everything but what is secret.
    pub(crate) fn shown(&self) -> Value {
        let mut shown = self.given.clone();
        if let Some(secret) = shown.get_mut("secret_token") {
            *secret = Value::from("…");
        }
        Value::Object(shown)
    }
}

/// Holds parameters against a table. The first thing wrong is refused.
pub(crate) fn check(method: &str, table: &[Param], raw: Raw) -> Result<Params, Refusal> {
    let mut params = Map::new();
    let form = !matches!(raw, Raw::Json(_));
    let (pairs, uploads) = pairs_of(table, raw);
    for (name, value) in pairs {
        let Some(param) = table.iter().find(|param| param.name == name) else {
            return Err(Refusal::broken(
                "unknown_parameter",
                format!("simulator: {method} has no parameter \"{name}\""),
            ));
        };
        // An empty field of a form is how the service is told nothing.
        if form && value == "" && param.shape != Shape::Text {
            continue;
        }
        let value = shape(method, param, value, form)?;
        if params.insert(name, value).is_some() {
            return Err(Refusal::broken(
                "wrong_type",
                format!("simulator: \"{}\" is given twice", param.name),
            ));
        }
    }
    if let Some(missing) = table
        .iter()
        .find(|param| param.required && !params.contains_key(param.name))
    {
        let text = match missing.name {
            "chat_id" => "chat_id is empty".to_owned(),
            "text" => "message text is empty".to_owned(),
            "document" | "photo" => format!("there is no {} in the request", missing.name),
            name => format!("parameter \"{name}\" is required"),
        };
        return Err(Refusal::broken("missing_parameter", text));
    }
    let unused = uploads
        .keys()
        .find(|field| !params.values().any(|value| names(value, field)));
    if let Some(field) = unused {
        return Err(Refusal::broken(
            "unknown_parameter",
            format!("simulator: the file \"{field}\" is attached and nothing of {method} names it"),
        ));
    }
    Ok(Params {
        given: params,
        uploads,
    })
}

/// Everything by its name; a file in a parameter's own field is named there as if it were attached.
fn pairs_of(table: &[Param], raw: Raw) -> (Vec<(String, Value)>, BTreeMap<String, Upload>) {
    let (pairs, uploads) = match raw {
        Raw::Json(object) => return (object.into_iter().collect(), BTreeMap::new()),
        Raw::Form(pairs) => (pairs, BTreeMap::new()),
        Raw::Parts(pairs, uploads) => (pairs, uploads),
    };
    let texts = pairs.into_iter().map(|(name, text)| (name, Value::String(text)));
    let own = uploads
        .keys()
        .filter(|field| {
            table
                .iter()
                .any(|param| param.name == **field && param.shape == Shape::File)
        })
        .map(|field| (field.clone(), Value::String(format!("{ATTACHED}{field}"))));
    (texts.chain(own).collect(), uploads)
}

/// Whether a value, or anything in it, attaches this file.
fn names(value: &Value, field: &str) -> bool {
    match value {
        Value::String(text) => text.strip_prefix(ATTACHED) == Some(field),
        Value::Array(all) => all.iter().any(|one| names(one, field)),
        Value::Object(fields) => fields.values().any(|one| names(one, field)),
        _ => false,
    }
}

fn shape(method: &str, param: &Param, value: Value, form: bool) -> Result<Value, Refusal> {
    let wrong = |wanted: &str| {
        Refusal::broken(
            "wrong_type",
            format!("simulator: \"{}\" of {method} must be {wanted}", param.name),
        )
    };
    match param.shape {
        Shape::NotPlayed => Err(Refusal::broken(
            "not_played",
            format!("simulator: \"{}\" of {method} is not simulated", param.name),
        )),
        Shape::Text | Shape::File => Some(value)
            .filter(Value::is_string)
            .ok_or_else(|| wrong("a String")),
        Shape::ChatId => {
            let fits = match &value {
                Value::String(text) => text.starts_with('@') || text.parse::<i64>().is_ok(),
                value => value.is_i64(),
            };
            Some(value)
                .filter(|_| fits)
                .ok_or_else(|| wrong("an Integer or a String"))
        }
        Shape::Integer => {
            let number = if form {
                value.as_str().and_then(|text| text.parse().ok())
            } else {
                value.as_i64()
            };
            number
                .map(|number: i64| Value::from(number))
                .ok_or_else(|| wrong("an Integer"))
        }
        Shape::Boolean => {
            let flag = match (form, value.as_str()) {
                (true, Some("true" | "True" | "1" | "yes")) => Some(true),
                (true, Some("false" | "False" | "0" | "no")) => Some(false),
                _ => value.as_bool(),
            };
            flag.map(Value::from).ok_or_else(|| wrong("a Boolean"))
        }
        Shape::Strings | Shape::Array | Shape::Object => {
            let value = match value {
                // Lists and objects may come as JSON in a string, from forms and from JSON bodies alike.
                Value::String(text) => serde_json::from_str(&text).map_err(|_| wrong("valid JSON"))?,
                value => value,
            };
            let (fits, wanted) = match param.shape {
                Shape::Object => (value.is_object(), "an Object"),
                Shape::Array => (value.is_array(), "an Array"),
                _ => (
                    value
                        .as_array()
                        .is_some_and(|all| all.iter().all(Value::is_string)),
                    "an Array of String",
                ),
            };
            Some(value).filter(|_| fits).ok_or_else(|| wrong(wanted))
        }
    }
}

/// Refuses an object's fields that the service does not know, and those of the wrong type.
pub(crate) fn fields(
    what: &'static str,
    object: &Map<String, Value>,
    known: &[(&str, Shape)],
) -> Result<(), Refusal> {
    for (name, value) in object {
        let Some((_, shape)) = known.iter().find(|(known, _)| known == name) else {
            return Err(Refusal::broken(
                "unknown_parameter",
                format!("simulator: {what} has no field \"{name}\""),
            ));
        };
        let (fits, wanted) = match shape {
            Shape::Integer => (value.is_i64(), "an Integer"),
            Shape::Text | Shape::File => (value.is_string(), "a String"),
            Shape::Boolean => (value.is_boolean(), "a Boolean"),
            Shape::ChatId => (value.is_i64() || value.is_string(), "an Integer or a String"),
            Shape::Strings | Shape::Array => (value.is_array(), "an Array"),
            Shape::Object => (value.is_object(), "an Object"),
            Shape::NotPlayed => {
                return Err(Refusal::broken(
                    "not_played",
                    format!("simulator: field \"{name}\" of {what} is not simulated"),
                ));
            }
        };
        if !fits {
            return Err(Refusal::broken(
                "wrong_type",
                format!("simulator: field \"{name}\" of {what} must be {wanted}"),
            ));
        }
    }
    Ok(())
}
