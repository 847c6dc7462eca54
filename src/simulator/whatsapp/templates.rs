//! Message templates: what was submitted, whether it is approved, and the rules that a submission must keep.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::shape::{Object, is_address};

/// What the service says of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Review {
    Pending,
    Approved,
    Rejected,
    Paused,
    Disabled,
}

/// A button below a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Button {
    Reply {
        text: String,
    },
    /// `open`: the address ends with a variable.
    Url {
        text: String,
        begin: String,
        open: bool,
    },
}

/// One template in one language.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) category: String,
    pub(crate) review: Review,
    pub(crate) named: bool,
    pub(crate) body: String,
    pub(crate) footer: Option<String>,
    /// Names, or numbers from 1, in the order of the body.
    pub(crate) variables: Vec<String>,
    pub(crate) buttons: Vec<Button>,
    /// As they were submitted.
    pub(crate) components: Value,
}

impl Template {
    /// The service's own view of it.
    pub(crate) fn view(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "status": self.review,
            "category": self.category,
            "parameter_format": if self.named { "NAMED" } else { "POSITIONAL" },
            "components": self.components,
        })
    }
}

/// All templates of the account.
#[derive(Default)]
pub(crate) struct Templates {
    pub(crate) all: Vec<Template>,
}

impl Templates {
    pub(crate) fn find(&self, name: &str, language: &str) -> Option<&Template> {
        let mut all = self.all.iter();
        all.find(|template| template.name == name && template.language == language)
    }
}

/// Holds a submission against the rules. The id and the review are the caller's business.
pub(crate) fn check(body: &Map<String, Value>) -> Result<Template, GraphError> {
    let body = Object::body(body);
    body.only(&[
        "name",
        "language",
        "category",
        "parameter_format",
        "components",
        "allow_category_change",
    ])?;
    let name = body.text("name", 1..=512)?;
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.chars().all(sound) {
        return Err(body.invalid("name", "may only have lowercase letters, digits and underscores"));
    }
    let language = body.text("language", 2..=10)?;
    let category = body.word("category", &["UTILITY", "MARKETING", "AUTHENTICATION"])?;
    let format = body.text_if("parameter_format", 1..=20)?.unwrap_or("positional");
    let named = match format.to_ascii_lowercase().as_str() {
        "named" => true,
        "positional" => false,
        _ => return Err(body.invalid("parameter_format", "must be named or positional")),
    };
    let mut template = Template {
        id: String::new(),
        name: name.to_owned(),
        language: language.to_owned(),
        category: category.to_owned(),
        review: Review::Pending,
        named,
        body: String::new(),
        footer: None,
        variables: Vec::new(),
        buttons: Vec::new(),
        components: body.get("components").cloned().unwrap_or_default(),
    };
    let mut seen = BTreeSet::new();
    for component in body.list("components", 1..=4)? {
        let kind = component.word("type", &["BODY", "FOOTER", "BUTTONS"])?;
        if !seen.insert(kind) {
            return Err(GraphError::invalid(format!("there are two components {kind}")));
        }
        match kind {
            "BODY" => words(&component, &mut template)?,
            "FOOTER" => {
                component.only(&["type", "text"])?;
                let text = component.text("text", 1..=60)?;
                if text.contains("{{") {
                    return Err(component.invalid("text", "of a footer has no variables"));
                }
                template.footer = Some(text.to_owned());
            }
            _ => template.buttons = buttons(&component)?,
        }
    }
    if template.body.is_empty() {
        return Err(GraphError::invalid("there is no component BODY"));
    }
    Ok(template)
}

fn words(component: &Object<'_>, template: &mut Template) -> Result<(), GraphError> {
    component.only(&["type", "text", "example"])?;
    let text = component.text("text", 1..=1024)?;
    let variables = variables(text).ok_or_else(|| component.invalid("text", "has a broken variable"))?;
    let trimmed = text.trim_end_matches(['.', ' ', '!', '?']);
    if text.starts_with("{{") || trimmed.ends_with("}}") {
        return Err(GraphError {
            subcode: Some(2_388_299),
            ..component.invalid("text", "begins or ends with a variable")
        });
    }
    let plain = text
        .split_whitespace()
        .filter(|word| !word.contains("{{"))
        .count();
    if plain < 2 * variables.len() + 1 {
        return Err(GraphError {
            subcode: Some(2_388_293),
            ..component.invalid("text", "has too many variables for its length")
        });
    }
    for (at, name) in variables.iter().enumerate() {
        let sound = if template.named {
            !name.is_empty()
                && name.starts_with(|c: char| c.is_ascii_lowercase())
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        } else {
            *name == (at + 1).to_string()
        };
        if !sound {
            return Err(component.invalid("text", &format!("has a variable of a wrong name: {name}")));
        }
    }
    let unique: BTreeSet<&String> = variables.iter().collect();
    if unique.len() < variables.len() {
        return Err(component.invalid("text", "names a variable twice"));
    }
    examples(component, template.named, &variables)?;
    text.clone_into(&mut template.body);
    template.variables = variables;
    Ok(())
}

/// The names between double braces, in order; nothing when braces are left open.
fn variables(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find("{{") {
        let inner = &rest[begin + 2..];
        let end = inner.find("}}")?;
        found.push(inner[..end].to_owned());
        rest = &inner[end + 2..];
    }
    Some(found)
}

fn examples(component: &Object<'_>, named: bool, variables: &[String]) -> Result<(), GraphError> {
    if variables.is_empty() {
        return Ok(());
    }
    let example = component.object("example")?;
    if named {
        example.only(&["body_text_named_params"])?;
        let given = example.list("body_text_named_params", 1..=100)?;
        let mut names = BTreeSet::new();
        for one in &given {
            one.only(&["param_name", "example"])?;
            one.text("example", 1..=200)?;
            names.insert(one.text("param_name", 1..=100)?);
        }
        let all = variables.iter().all(|name| names.contains(name.as_str()));
        if !all || names.len() != variables.len() {
            return Err(example.invalid("body_text_named_params", "does not match the variables"));
        }
        return Ok(());
    }
    example.only(&["body_text"])?;
    let first = example.get("body_text").and_then(|rows| rows.get(0)?.as_array());
    let fits = first.is_some_and(|row| row.len() == variables.len() && row.iter().all(Value::is_string));
    if fits {
        Ok(())
    } else {
        Err(example.invalid("body_text", "does not match the variables"))
    }
}

fn buttons(component: &Object<'_>) -> Result<Vec<Button>, GraphError> {
    component.only(&["type", "buttons"])?;
    let mut buttons = Vec::new();
    for button in component.list("buttons", 1..=10)? {
        let text = button.text("text", 1..=25)?.to_owned();
        buttons.push(match button.word("type", &["QUICK_REPLY", "URL"])? {
            "QUICK_REPLY" => {
                button.only(&["type", "text"])?;
                Button::Reply { text }
            }
            _ => address(&button, text)?,
        });
    }
    let urls = buttons
        .iter()
        .filter(|button| matches!(button, Button::Url { .. }))
        .count();
    if urls > 2 {
        return Err(component.invalid("buttons", "has more than two addresses"));
    }
    let kinds: Vec<bool> = buttons
        .iter()
        .map(|button| matches!(button, Button::Url { .. }))
        .collect();
    if kinds.windows(2).filter(|two| two[0] != two[1]).count() > 1 {
        return Err(component.invalid("buttons", "mixes quick replies and others"));
    }
    Ok(buttons)
}

fn address(button: &Object<'_>, text: String) -> Result<Button, GraphError> {
    button.only(&["type", "text", "url", "example"])?;
    let url = button.text("url", 1..=2000)?;
    if !is_address(url) {
        return Err(button.invalid("url", "is not a valid URL"));
    }
    let Some(begin) = url.strip_suffix("{{1}}") else {
        if url.contains("{{") {
            return Err(button.invalid("url", "has a variable before its end"));
        }
        return Ok(Button::Url {
            text,
            begin: url.to_owned(),
            open: false,
        });
    };
    let example = button.get("example").and_then(Value::as_array);
    if example.is_none_or(|given| given.len() != 1 || !given[0].is_string()) {
        return Err(button.missing("example"));
    }
    Ok(Button::Url {
        text,
        begin: begin.to_owned(),
        open: true,
    })
}
