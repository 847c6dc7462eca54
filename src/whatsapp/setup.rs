//! What the service must know of us: which templates we use, and that this app hears of the account.

use std::collections::BTreeSet;
use std::time::Duration;

use dialogues::standby::Purpose;
use serde_json::{Value, json};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::config::whatsapp::Templates;
use crate::whatsapp::client::{CallError, Client};
use crate::whatsapp::templates::{Definition, OUR_ADDRESS, definitions, named};

/// The longest pause between two attempts.
const SLOWEST: Duration = Duration::from_secs(60);
/// More pages of templates than this nobody has: 250 or 6000 templates are the most (Cloud API, "Templates").
const MOST_PAGES: usize = 100;

/// How the service has a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Approved, and it takes what we fill in.
    Ready,
    /// Not decided yet.
    Pending,
    /// Not to be used; with the service's word for it, e.g. `PAUSED`.
    Unusable(String),
    /// It has other facts or buttons than ours.
    Differs,
    /// There is none of that name and language.
    Missing,
}

/// One template of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub purpose: Purpose,
    pub name: String,
    pub language: String,
    pub standing: Standing,
}

/// How the service has each template of the settings.
pub async fn look(client: &Client, templates: &Templates) -> Result<Vec<Look>, CallError> {
    let there = all(client).await?;
    Ok(definitions()
        .iter()
        .map(|definition| {
            let template = named(templates, definition.purpose);
            let found = there.iter().find(|one| {
                one["name"] == json!(template.name) && one["language"] == json!(template.language)
            });
            Look {
                purpose: definition.purpose,
                name: template.name.clone(),
                language: template.language.clone(),
                standing: found.map_or(Standing::Missing, |found| standing(found, definition)),
            }
        })
        .collect())
}

/// Submits a template that the service does not have, with the company's own address in it.
pub async fn submit(
    client: &Client,
    templates: &Templates,
    purpose: Purpose,
    our_address: &str,
) -> Result<(), CallError> {
    let Some(definition) = definitions().iter().find(|one| one.purpose == purpose) else {
        return Ok(());
    };
    let template = named(templates, purpose);
    let mut body = definition.body.clone();
    body["name"] = json!(template.name);
    body["language"] = json!(template.language);
    at_home(&mut body, our_address);
    client
        .post(&format!("{}/message_templates", client.account()), &body)
        .await?;
    Ok(())
}

/// Whether this app hears of what happens on the account: this one, not just any.
pub async fn is_subscribed(client: &Client) -> Result<bool, CallError> {
    let told = client
        .get(&format!("{}/subscribed_apps", client.account()))
        .await?;
    let ours = match client.app().await {
        Ok(ours) => ours,
        // Not every provider tells whose token it is.
        Err(CallError::Said { .. }) => None,
        Err(error) => return Err(error),
    };
    let is_ours = |app: &Value| {
        let id = app
            .pointer("/whatsapp_business_api_data/id")
            .and_then(Value::as_str);
        ours.is_none() || id == ours.as_deref()
    };
    Ok(told["data"]
        .as_array()
        .is_some_and(|apps| apps.iter().any(is_ours)))
}

/// Subscribes this app to the account, which must be done once; tries until the service answers, or until
/// `shutdown`.
pub async fn run(client: Client, shutdown: CancellationToken) {
    if client.account().is_empty() {
        tracing::warn!(
            "whatsapp.business_account_id is not set: nobody looks whether messages come in at all"
        );
        return;
    }
    let work = async {
        let mut pause = Duration::from_secs(1);
        while let Err(error) = subscribe(&client).await {
            tracing::warn!(%error, "WhatsApp was not asked yet to tell us of the account");
            sleep(pause).await;
            pause = (pause * 2).min(SLOWEST);
        }
    };
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = work => {}
    }
}

/// Subscribed twice is subscribed once.
async fn subscribe(client: &Client) -> Result<(), CallError> {
    client
        .post(&format!("{}/subscribed_apps", client.account()), &json!({}))
        .await?;
    tracing::debug!("WhatsApp tells this app of the account");
    Ok(())
}

async fn all(client: &Client) -> Result<Vec<Value>, CallError> {
    let mut found = Vec::new();
    let mut after = String::new();
    for _ in 0..MOST_PAGES {
        let path = format!(
            "{}/message_templates?fields=name,language,status,category,components&limit=100{after}",
            client.account()
        );
        let page = client.get(&path).await?;
        found.extend(page["data"].as_array().cloned().unwrap_or_default());
        let next = page.pointer("/paging/cursors/after").and_then(Value::as_str);
        match (page.pointer("/paging/next"), next) {
            (Some(_), Some(cursor))
                if cursor
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"=-_".contains(&b)) =>
            {
                after = format!("&after={cursor}");
            }
            _ => break,
        }
    }
    Ok(found)
}

fn standing(found: &Value, ours: &Definition) -> Standing {
    match found["status"].as_str().unwrap_or_default() {
        "APPROVED" => {}
        "PENDING" | "IN_APPEAL" => return Standing::Pending,
        other => return Standing::Unusable(other.to_owned()),
    }
    if shape(found) == shape(&ours.body) {
        Standing::Ready
    } else {
        Standing::Differs
    }
}

/// What is filled in: the names of the facts, and what kind each button is.
fn shape(template: &Value) -> (BTreeSet<String>, Vec<bool>) {
    let mut facts = BTreeSet::new();
    let mut buttons = Vec::new();
    for component in template["components"].as_array().into_iter().flatten() {
        match component["type"].as_str() {
            Some("BODY") => {
                let text = component["text"].as_str().unwrap_or_default();
                let names = text.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
                facts.extend(names.map(|(name, _)| name.to_owned()));
            }
            Some("BUTTONS") => {
                let all = component["buttons"].as_array().into_iter().flatten();
                buttons.extend(all.map(|button| button["url"].is_string()));
            }
            _ => {}
        }
    }
    (facts, buttons)
}

/// The company's own address wherever a definition says ours.
fn at_home(value: &mut Value, our_address: &str) {
    match value {
        Value::String(text) if text.contains(OUR_ADDRESS) => *text = text.replace(OUR_ADDRESS, our_address),
        Value::Array(all) => all.iter_mut().for_each(|one| at_home(one, our_address)),
        Value::Object(all) => all.values_mut().for_each(|one| at_home(one, our_address)),
        _ => {}
    }
}
