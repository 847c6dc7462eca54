//! Messages whose words were approved beforehand: the template must be there, and its parameters fit exactly.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::kinds::Shown;
use crate::simulator::whatsapp::person::{Choice, How};
use crate::simulator::whatsapp::shape::Object;
use crate::simulator::whatsapp::templates::{Button, Review, Template};
use crate::simulator::world::World;

impl World {
    pub(super) fn template_message(&self, content: &Object<'_>) -> Result<Shown, GraphError> {
        content.only(&["name", "language", "components"])?;
        let name = content.text("name", 1..=512)?;
        let language = content.object("language")?;
        language.only(&["code", "policy"])?;
        if language.get("policy").is_some() {
            language.word("policy", &["deterministic"])?;
        }
        let code = language.text("code", 2..=10)?;
        let template = self.cloud.templates.find(name, code);
        let template =
            template.filter(|template| !matches!(template.review, Review::Pending | Review::Rejected));
        let template = template.ok_or_else(|| {
            GraphError::new(
                132_001,
                format!("template name ({name}) does not exist in {code}"),
            )
        })?;
        match template.review {
            Review::Paused => return Err(GraphError::new(132_015, format!("{name} is paused"))),
            Review::Disabled => return Err(GraphError::new(132_016, format!("{name} is disabled"))),
            _ => {}
        }
        let components = match content.get("components") {
            Some(_) => content.list("components", 0..=12)?,
            None => Vec::new(),
        };
        fill(template, &components)
    }
}

fn broken(code: u32, details: impl Into<String>) -> GraphError {
    GraphError::broken("template", code, details)
}

fn fill(template: &Template, components: &[Object<'_>]) -> Result<Shown, GraphError> {
    let mut body: Option<Vec<(Option<&str>, &str)>> = None;
    let mut pressed: BTreeMap<usize, (&'static str, &str)> = BTreeMap::new();
    for component in components {
        match component.word("type", &["body", "button"])? {
            "body" => {
                component.only(&["type", "parameters"])?;
                let parameters = component.list("parameters", 0..=100)?;
                let texts = parameters.iter().map(text_parameter);
                if body.replace(texts.collect::<Result<_, _>>()?).is_some() {
                    return Err(broken(132_012, "there are two body components"));
                }
            }
            _ => {
                let (index, of) = button_parameter(component)?;
                if pressed.insert(index, of).is_some() {
                    return Err(broken(132_012, format!("button {index} is given twice")));
                }
            }
        }
    }
    let text = words(template, &body.unwrap_or_default())?;
    let mut content = json!({"text": text, "template": template.name, "footer": template.footer});
    let choices = buttons(template, &pressed, &mut content)?;
    Ok(Shown {
        content,
        choices,
        template: Some(template.name.clone()),
    })
}

fn text_parameter<'a>(parameter: &Object<'a>) -> Result<(Option<&'a str>, &'a str), GraphError> {
    parameter.only(&["type", "parameter_name", "text"])?;
    parameter.word("type", &["text"])?;
    let text = parameter.text("text", 1..=1024)?;
    if text.contains(['\n', '\r', '\t']) || text.contains("    ") {
        let why = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";
        return Err(broken(132_018, why));
    }
    Ok((parameter.text_if("parameter_name", 1..=100)?, text))
}

fn button_parameter<'a>(component: &Object<'a>) -> Result<(usize, (&'static str, &'a str)), GraphError> {
    component.only(&["type", "sub_type", "index", "parameters"])?;
    let kind = component.word("sub_type", &["url", "quick_reply"])?;
    let index = match component.get("index") {
        Some(Value::String(text)) => text.parse().ok(),
        Some(Value::Number(number)) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        _ => None,
    };
    let index = index
        .filter(|index| *index < 10)
        .ok_or_else(|| component.missing("index"))?;
    let parameters = component.list("parameters", 1..=1)?;
    let parameter = &parameters[0];
    let value = if kind == "url" {
        parameter.only(&["type", "text"])?;
        parameter.word("type", &["text"])?;
        parameter.text("text", 1..=1500)?
    } else {
        parameter.only(&["type", "payload"])?;
        parameter.word("type", &["payload"])?;
        parameter.text("payload", 1..=128)?
    };
    Ok((index, (kind, value)))
}

/// The body with its variables filled in.
fn words(template: &Template, given: &[(Option<&str>, &str)]) -> Result<String, GraphError> {
    let wanted = &template.variables;
    if given.len() != wanted.len() {
        return Err(broken(
            132_000,
            format!(
                "body: number of localizable_params ({}) does not match the expected number of params ({})",
                given.len(),
                wanted.len()
            ),
        ));
    }
    let mut text = template.body.clone();
    for (at, name) in wanted.iter().enumerate() {
        let value = if template.named {
            let found = given.iter().find(|(given, _)| *given == Some(name.as_str()));
            found.map(|(_, value)| *value)
        } else {
            given[at].0.is_none().then_some(given[at].1)
        };
        let value = value.ok_or_else(|| broken(132_012, format!("body: no parameter is named {name}")))?;
        text = text.replace(&format!("{{{{{name}}}}}"), value);
    }
    if text.chars().count() > 1024 {
        return Err(broken(
            132_005,
            "the body is longer than 1024 characters once filled in",
        ));
    }
    Ok(text)
}

fn buttons(
    template: &Template,
    given: &BTreeMap<usize, (&'static str, &str)>,
    content: &mut Value,
) -> Result<Vec<Choice>, GraphError> {
    if let Some(index) = given.keys().find(|index| **index >= template.buttons.len()) {
        return Err(broken(
            132_000,
            format!("buttons: there is no button at index {index}"),
        ));
    }
    let mut choices = Vec::new();
    for (index, button) in template.buttons.iter().enumerate() {
        let parameter = given.get(&index);
        match (button, parameter) {
            (Button::Reply { text }, None | Some(("quick_reply", _))) => choices.push(Choice {
                how: How::Template,
                id: parameter.map_or_else(|| text.clone(), |(_, payload)| (*payload).to_owned()),
                title: text.clone(),
                description: None,
            }),
            (
                Button::Url {
                    text,
                    begin,
                    open: true,
                },
                Some(("url", suffix)),
            ) => {
                content["button"] = json!(text);
                content["url"] = json!(format!("{begin}{suffix}"));
            }
            (
                Button::Url {
                    text,
                    begin,
                    open: false,
                },
                None,
            ) => {
                content["button"] = json!(text);
                content["url"] = json!(begin);
            }
            (Button::Url { open: true, .. }, None) => {
                let why = format!("buttons: Button at index {index} of type Url requires a parameter");
                return Err(broken(131_008, why));
            }
            _ => {
                let why = format!("buttons: the parameter at index {index} does not fit its button");
                return Err(broken(132_012, why));
            }
        }
    }
    Ok(choices)
}
