//! What each call does: messages, files, templates, the number and the account.

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::simulator::whatsapp::door::Asked;
use crate::simulator::whatsapp::error::GraphError;
use crate::simulator::whatsapp::hook::signature;
use crate::simulator::whatsapp::media::{self, is_taken};
use crate::simulator::whatsapp::person::Status;
use crate::simulator::whatsapp::sending::Fate;
use crate::simulator::whatsapp::shape::Object;
use crate::simulator::whatsapp::templates::{self, Review};
use crate::simulator::world::World;

type Graph = Result<Value, GraphError>;

/// Scopes that the system user's token has.
const SCOPES: [&str; 2] = ["whatsapp_business_management", "whatsapp_business_messaging"];

impl World {
    /// Carries out one call. `name` says which; the node must be the one that has it.
    pub(super) fn graph(&mut self, name: &'static str, asked: &Asked, fate: Fate) -> Graph {
        let options = &self.cloud.options;
        if let Some(proof) = asked.fields.get("appsecret_proof") {
            // Made with the app's secret of the token.
            let made = signature(options.app_secret.as_bytes(), options.access_token.as_bytes());
            if proof.as_str() != made.strip_prefix("sha256=") {
                return Err(GraphError::new(
                    100,
                    "Invalid appsecret_proof provided in the API argument",
                ));
            }
        }
        let node = asked.node.as_str();
        let owner = match name {
            "messages" | "media" | "phone_number" => options.phone_number_id.as_str(),
            "message_templates" | "subscribed_apps" | "phone_numbers" | "account" => {
                options.business_account_id.as_str()
            }
            "subscriptions" => options.app_id.as_str(),
            _ => node,
        };
        let verb = asked.verb.as_str().to_ascii_lowercase();
        if node != owner {
            return Err(GraphError::nothing(node, &verb));
        }
        match (name, &asked.verb) {
            ("messages", &Method::POST) => self.post_message(&asked.fields, fate),
            ("media", &Method::POST) => self.upload(asked),
            ("media_url", &Method::GET) => self.media_address(asked),
            ("media_url", &Method::DELETE) => {
                if self.cloud.media.forget(node) {
                    return Ok(json!({"success": true}));
                }
                Err(GraphError::nothing(node, "delete"))
            }
            ("message_templates", &Method::GET) => self.list_templates(&asked.fields),
            ("message_templates", &Method::POST) => self.submit_template(&asked.fields),
            ("message_templates", &Method::DELETE) => self.delete_template(&asked.fields),
            ("subscribed_apps", &Method::GET) => Ok(self.subscribed_apps()),
            ("subscribed_apps", &Method::POST) => self.subscribe(&asked.fields, true),
            ("subscribed_apps", &Method::DELETE) => self.subscribe(&asked.fields, false),
            ("phone_number", &Method::GET) => picked(&self.phone_number(), &asked.fields),
            ("phone_numbers", &Method::GET) => {
                Ok(json!({"data": [picked(&self.phone_number(), &asked.fields)?]}))
            }
            ("account", &Method::GET) => picked(&self.account(), &asked.fields),
            ("debug_token", &Method::GET) => Ok(self.debug_token()),
            ("subscriptions", &Method::GET) => Ok(self.subscriptions()),
            _ => Err(GraphError::nothing(node, &verb)),
        }
    }

    fn post_message(&mut self, fields: &Map<String, Value>, fate: Fate) -> Graph {
        if fields.contains_key("status") {
            return self.mark_read(fields);
        }
        let message = self.outgoing(fields)?;
        self.accept(message, fate)
    }

    /// A read receipt, perhaps with the dots of someone who is typing.
    fn mark_read(&mut self, fields: &Map<String, Value>) -> Graph {
        let body = Object::body(fields);
        body.only(&["messaging_product", "status", "message_id", "typing_indicator"])?;
        body.word("messaging_product", &["whatsapp"])?;
        body.word("status", &["read"])?;
        let id = body.text("message_id", 1..=300)?;
        let typing = body.object_if("typing_indicator")?;
        if let Some(typing) = &typing {
            typing.only(&["type"])?;
            typing.word("type", &["text"])?;
        }
        let people = self.cloud.people.values_mut();
        let found = people.into_iter().find(|person| {
            let mut chat = person.chat.iter();
            chat.any(|message| message.id == id && !message.from_business)
        });
        let Some(person) = found else {
            return Err(GraphError::broken(
                "read",
                131_009,
                format!("nobody sent the message {id}"),
            ));
        };
        person.typing = typing.is_some();
        let key = person.is.id;
        // Earlier ones are read with it.
        let mut later = false;
        for message in person.chat.iter_mut().rev() {
            later |= message.id == id;
            if later && !message.from_business {
                message.status = Status::Read;
            }
        }
        self.changed("customer", Some(key));
        Ok(json!({"success": true}))
    }

    fn upload(&mut self, asked: &Asked) -> Graph {
        let body = Object::body(&asked.fields);
        body.only(&["messaging_product", "type"])?;
        body.word("messaging_product", &["whatsapp"])?;
        let upload = asked.upload.as_ref().ok_or_else(|| body.missing("file"))?;
        let mime = upload.mime.as_deref().ok_or_else(|| body.missing("type"))?;
        if let Some(kind) = body.text_if("type", 1..=100)?
            && kind != mime
        {
            return Err(body.invalid("type", "differs from the file's own type"));
        }
        if !is_taken(mime, upload.bytes.len()) {
            let why = format!("{mime} of {} bytes is not taken", upload.bytes.len());
            return Err(GraphError::broken("upload", 131_053, why));
        }
        let id = self.cloud.object_id();
        let file = media::file(id.clone(), mime, upload.bytes.clone(), true, self.unix());
        self.cloud.media.add(file, self.options.kept.file_bytes);
        Ok(json!({"id": id}))
    }

    /// The first step of a download.
    fn media_address(&mut self, asked: &Asked) -> Graph {
        Object::body(&asked.fields).only(&["phone_number_id"])?;
        let given = asked.fields.get("phone_number_id").and_then(Value::as_str);
        if given.is_some_and(|id| id != self.cloud.options.phone_number_id) {
            return Err(GraphError::nothing(&asked.node, "get"));
        }
        let now = self.unix();
        let media = &self.cloud.media;
        // An id that has expired is no fault of the program's.
        let Some((file, address)) = media.get(&asked.node, now).zip(media.address(&asked.node, now)) else {
            return Err(GraphError {
                violation: None,
                ..GraphError::nothing(&asked.node, "get")
            });
        };
        if file.size > 100 << 20 {
            return Err(GraphError::new(131_052, "the file is larger than 100 MB"));
        }
        Ok(json!({
            "messaging_product": "whatsapp",
            "url": format!("http://{}{address}", asked.host),
            "mime_type": file.mime,
            "sha256": file.sha256,
            "file_size": file.size,
            "id": file.id,
        }))
    }

    fn list_templates(&self, fields: &Map<String, Value>) -> Graph {
        let body = Object::body(fields);
        body.only(&[
            "name", "language", "status", "fields", "limit", "after", "category",
        ])?;
        let wanted = |name: &str, value: &str| {
            let given = fields.get(name).and_then(Value::as_str);
            given.is_none_or(|given| given == value)
        };
        let all = self.cloud.templates.all.iter();
        let found: Vec<Value> = all
            .filter(|template| wanted("name", &template.name) && wanted("language", &template.language))
            .filter(|template| wanted("status", json!(template.review).as_str().unwrap_or_default()))
            .map(|template| picked(&template.view(), fields))
            .collect::<Result<_, _>>()?;
        let limit = fields
            .get("limit")
            .and_then(Value::as_str)
            .and_then(|limit| limit.parse().ok());
        let limit = limit.unwrap_or(25_usize).max(1);
        let after = fields
            .get("after")
            .and_then(Value::as_str)
            .and_then(|after| after.parse().ok());
        let begin = after.unwrap_or(0_usize).min(found.len());
        let end = (begin + limit).min(found.len());
        let mut answer = json!({"data": found[begin..end]});
        if !found[begin..end].is_empty() {
            let cursors = json!({"before": begin.to_string(), "after": end.to_string()});
            answer["paging"] = json!({"cursors": cursors});
        }
        if end < found.len() {
            answer["paging"]["next"] = json!(format!("https://graph.facebook.com/next?after={end}"));
        }
        Ok(answer)
    }

    /// Takes a template in, to be reviewed.
    pub(super) fn submit_template(&mut self, fields: &Map<String, Value>) -> Graph {
        let mut template = templates::check(fields)?;
        if self
            .cloud
            .templates
            .find(&template.name, &template.language)
            .is_some()
        {
            return Err(GraphError {
                subcode: Some(2_388_024),
                ..GraphError::new(100, "There is already content in this language for this template")
            });
        }
        template.id = self.cloud.object_id();
        let (id, category) = (template.id.clone(), template.category.clone());
        self.cloud.templates.all.push(template);
        if self.cloud.options.approves {
            self.review(&id, Review::Approved);
        }
        self.changed("whatsapp", None);
        Ok(json!({"id": id, "status": "PENDING", "category": category}))
    }

    /// The same by hand: one that is there already stays as it is.
    pub(in crate::simulator) fn submit_once(&mut self, body: &Value) -> Result<(), String> {
        let fields = body.as_object().ok_or("it is no object")?;
        let text = |name: &str| body[name].as_str().unwrap_or_default();
        if self
            .cloud
            .templates
            .find(text("name"), text("language"))
            .is_some()
        {
            return Ok(());
        }
        self.submit_template(fields)
            .map(drop)
            .map_err(|error| error.details)
    }

    fn delete_template(&mut self, fields: &Map<String, Value>) -> Graph {
        let body = Object::body(fields);
        body.only(&["name", "hsm_id"])?;
        let name = body.text("name", 1..=512)?;
        let all = &mut self.cloud.templates.all;
        let before = all.len();
        all.retain(|template| template.name != name);
        if all.len() == before {
            return Err(GraphError::new(100, format!("there is no template {name}")));
        }
        Ok(json!({"success": true}))
    }

    /// The service has decided about a template, and tells.
    pub(super) fn review(&mut self, id: &str, review: Review) -> bool {
        let mut all = self.cloud.templates.all.iter_mut();
        let Some(template) = all.find(|template| template.id == id) else {
            return false;
        };
        template.review = review;
        let told = json!({
            "event": review,
            "message_template_id": template.id.parse::<u64>().unwrap_or_default(),
            "message_template_name": template.name,
            "message_template_language": template.language,
            "message_template_category": template.category,
            "reason": if review == Review::Rejected { "INVALID_FORMAT" } else { "NONE" },
        });
        self.tell_webhook(0, "message_template_status_update", told);
        self.changed("whatsapp", None);
        true
    }

    fn subscribed_apps(&self) -> Value {
        let options = &self.cloud.options;
        let app = json!({"whatsapp_business_api_data": {
            "id": options.app_id,
            "name": options.business_name,
            "link": format!("https://www.facebook.com/games/?app_id={}", options.app_id),
        }});
        let apps = if self.cloud.subscribed {
            vec![app]
        } else {
            Vec::new()
        };
        json!({"data": apps})
    }

    fn subscribe(&mut self, fields: &Map<String, Value>, on: bool) -> Graph {
        // Another callback for one account exists too; nothing here asks for it.
        Object::body(fields).only(&[])?;
        self.cloud.subscribed = on;
        self.changed("whatsapp", None);
        Ok(json!({"success": true}))
    }

    fn phone_number(&self) -> Value {
        let options = &self.cloud.options;
        let callback = self.cloud.callback.as_ref();
        json!({
            "id": options.phone_number_id,
            "display_phone_number": format!("+{}", options.number),
            "verified_name": options.business_name,
            "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED",
            "name_status": "APPROVED",
            "status": "CONNECTED",
            "platform_type": "CLOUD_API",
            "account_mode": "LIVE",
            "throughput": {"level": "STANDARD"},
            "webhook_configuration": {"application": callback.map(|callback| callback.url.as_str())},
        })
    }

    fn account(&self) -> Value {
        json!({
            "id": self.cloud.options.business_account_id,
            "name": self.cloud.options.business_name,
            "currency": "IDR",
            "timezone_id": "66",
            "message_template_namespace": "simulated_namespace",
            "account_review_status": "APPROVED",
        })
    }

    fn debug_token(&self) -> Value {
        json!({"data": {
            "app_id": self.cloud.options.app_id,
            "type": "SYSTEM_USER",
            "application": self.cloud.options.business_name,
            "expires_at": 0,
            "is_valid": true,
            "scopes": SCOPES,
        }})
    }

    fn subscriptions(&self) -> Value {
        let Some(callback) = &self.cloud.callback else {
            return json!({"data": []});
        };
        json!({"data": [{
            "object": "whatsapp_business_account",
            "callback_url": callback.url.as_str(),
            "active": true,
            "fields": [{"name": "messages", "version": "v26.0"}],
        }]})
    }
}

/// Only the fields that were asked for, and the id; all when none were.
fn picked(whole: &Value, asked: &Map<String, Value>) -> Graph {
    let Some(wanted) = asked.get("fields").and_then(Value::as_str) else {
        return Ok(whole.clone());
    };
    let mut found = Map::new();
    found.insert("id".to_owned(), whole["id"].clone());
    for name in wanted.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let value = whole.get(name).ok_or_else(|| {
            GraphError::broken(
                "unknown_parameter",
                100,
                format!("Tried accessing nonexisting field ({name})"),
            )
        })?;
        found.insert(name.to_owned(), value.clone());
    }
    Ok(Value::Object(found))
}
