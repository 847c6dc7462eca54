//! Holds a JSON object against what the Cloud API takes: every field known, every type right, every length allowed.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::simulator::whatsapp::error::GraphError;

/// An object of a request, with the path that leads to it.
#[derive(Clone, Debug)]
pub(crate) struct Object<'a> {
    path: String,
    fields: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    /// The body of a request.
    pub(crate) fn body(fields: &'a Map<String, Value>) -> Self {
        Self {
            path: String::new(),
            fields,
        }
    }

    fn of(path: String, value: &'a Value) -> Result<Self, GraphError> {
        let fields = value.as_object().ok_or_else(|| wrong(&path, "a JSON object"))?;
        Ok(Self { path, fields })
    }

    fn to(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}['{name}']", self.path)
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// Refuses every field that is not one of these.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), GraphError> {
        let strange = self.fields.keys().find(|name| !known.contains(&name.as_str()));
        strange.map_or(Ok(()), |name| {
            let on = if self.path.is_empty() {
                "the request"
            } else {
                &self.path
            };
            Err(GraphError::broken(
                "unknown_parameter",
                100,
                format!("Unexpected key \"{name}\" on param \"{on}\"."),
            ))
        })
    }

    /// A text that must be there, with so many characters.
    pub(crate) fn text(&self, name: &str, length: RangeInclusive<usize>) -> Result<&'a str, GraphError> {
        self.text_if(name, length)?.ok_or_else(|| self.missing(name))
    }

    pub(crate) fn text_if(
        &self,
        name: &str,
        length: RangeInclusive<usize>,
    ) -> Result<Option<&'a str>, GraphError> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let path = self.to(name);
        let text = value.as_str().ok_or_else(|| wrong(&path, "a string"))?;
        let count = text.chars().count();
        if !length.contains(&count) || (*length.start() > 0 && text.trim().is_empty()) {
            return Err(GraphError::invalid(format!(
                "{path} length invalid: {count}. Min length: {}, Max length: {}",
                length.start(),
                length.end()
            )));
        }
        Ok(Some(text))
    }

    /// A text that must be one of these.
    pub(crate) fn word(&self, name: &str, known: &[&'static str]) -> Result<&'static str, GraphError> {
        let given = self.text(name, 1..=100)?;
        known.iter().find(|word| **word == given).copied().ok_or_else(|| {
            GraphError::broken(
                "wrong_type",
                100,
                format!("Param {} must be one of {{{}}}", self.to(name), known.join(", ")),
            )
        })
    }

    pub(crate) fn flag_if(&self, name: &str) -> Result<Option<bool>, GraphError> {
        let value = self
            .get(name)
            .map(|value| value.as_bool().ok_or_else(|| wrong(&self.to(name), "a boolean")));
        value.transpose()
    }

    pub(crate) fn object(&self, name: &str) -> Result<Object<'a>, GraphError> {
        self.object_if(name)?.ok_or_else(|| self.missing(name))
    }

    pub(crate) fn object_if(&self, name: &str) -> Result<Option<Object<'a>>, GraphError> {
        let value = self.get(name);
        value.map(|value| Object::of(self.to(name), value)).transpose()
    }

    /// A list of objects, with so many of them.
    pub(crate) fn list(
        &self,
        name: &str,
        count: RangeInclusive<usize>,
    ) -> Result<Vec<Object<'a>>, GraphError> {
        let value = self.get(name).ok_or_else(|| self.missing(name))?;
        let path = self.to(name);
        let all = value.as_array().ok_or_else(|| wrong(&path, "an array"))?;
        if !count.contains(&all.len()) {
            return Err(GraphError::invalid(format!(
                "{path} has {} items. Min: {}, Max: {}",
                all.len(),
                count.start(),
                count.end()
            )));
        }
        let items = all.iter().enumerate();
        items
            .map(|(at, item)| Object::of(format!("{path}[{at}]"), item))
            .collect()
    }

    pub(crate) fn missing(&self, name: &str) -> GraphError {
        GraphError::broken(
            "missing_parameter",
            131_008,
            format!("Parameter \"{}\" is mandatory", self.to(name)),
        )
    }

    /// What is wrong with a field, in the service's way.
    pub(crate) fn invalid(&self, name: &str, why: &str) -> GraphError {
        GraphError::invalid(format!("{} {why}", self.to(name)))
    }
}

fn wrong(path: &str, wanted: &str) -> GraphError {
    GraphError::broken("wrong_type", 100, format!("Param {path} must be {wanted}."))
}

/// Whether this is an address that a button may open.
pub(crate) fn is_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && !url.contains(char::is_whitespace)
}
