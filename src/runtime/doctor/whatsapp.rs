//! How the number that customers write to is doing: number, token, signature, webhook, templates.

use hmac::{Hmac, Mac};
use secrecy::ExposeSecret;
use serde_json::Value;
use sha2::Sha256;

use crate::runtime::doctor::{Finding, Level, Ward, host};
use crate::whatsapp::client::CallError;
use crate::whatsapp::setup::{self, Look, Standing};
use crate::whatsapp::{self, Client};

/// What the service calls an argument that it does not take, a proof among them.
const WRONG_ARGUMENT: i64 = 100;

impl Ward<'_> {
    pub(crate) async fn whatsapp(&self) -> Vec<Finding> {
        let settings = &self.config.whatsapp;
        let missing = settings.missing();
        match missing.len() {
            0 => {}
            4 => return vec![self.ok("doctor-whatsapp-off")],
            _ => {
                let keys = missing.join(", ");
                return vec![self.told(Level::Warn, "doctor-whatsapp-part", &[("keys", keys.into())])];
            }
        }
        let client = match Client::new(settings) {
            Ok(Some(client)) => client,
            Ok(None) => return vec![self.ok("doctor-whatsapp-off")],
            Err(error) => return vec![self.fail("doctor-whatsapp-away", &error.to_string())],
        };
        let fields = "fields=display_phone_number,verified_name,quality_rating,webhook_configuration";
        let number = match client.get(&format!("{}?{fields}", client.number())).await {
            Ok(number) => number,
            Err(error) => return vec![self.refused(error)],
        };
        let text = |key: &str| number[key].as_str().unwrap_or("?").to_owned();
        let facts = [
            ("number", text("display_phone_number").into()),
            ("name", text("verified_name").into()),
            ("quality", text("quality_rating").into()),
        ];
        let mut found = vec![self.told(Level::Ok, "doctor-whatsapp-ok", &facts)];
        found.push(self.signature(&client).await);
        found.push(self.hook(&number));
        if settings.business_account_id.is_empty() {
            found.push(self.warn("doctor-whatsapp-no-account"));
            return found;
        }
        found.push(match setup::is_subscribed(&client).await {
            Ok(true) => self.ok("doctor-whatsapp-subscribed"),
            Ok(false) => self.told(Level::Fail, "doctor-whatsapp-unsubscribed", &[]),
            Err(error) => self.fail("doctor-whatsapp-account", &error.to_string()),
        });
        found.extend(self.templates(&client).await);
        found
    }

    fn refused(&self, error: CallError) -> Finding {
        match error {
            CallError::Said {
                code: 0 | 3 | 10 | 190 | 200..=299,
                ..
            } => self.told(Level::Fail, "doctor-whatsapp-token", &[]),
            CallError::Said { code: 33 | 100, .. } => self.told(Level::Fail, "doctor-whatsapp-number", &[]),
            error => self.fail("doctor-whatsapp-away", &error.to_string()),
        }
    }

    /// The service refuses a proof that was made with another secret than the app's.
    async fn signature(&self, client: &Client) -> Finding {
        let settings = &self.config.whatsapp;
        let (Some(secret), Some(token)) = (&settings.app_secret, &settings.access_token) else {
            return self.ok("doctor-whatsapp-off");
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
            return self.told(Level::Fail, "doctor-whatsapp-secret", &[]);
        };
        mac.update(token.expose_secret().as_bytes());
        let proof = format!("{:x}", mac.finalize().into_bytes());
        let path = format!("{}?fields=id&appsecret_proof={proof}", client.number());
        match client.get(&path).await {
            Ok(_) => self.ok("doctor-whatsapp-signature"),
            Err(CallError::Said { code, details, .. })
                if code == WRONG_ARGUMENT || details.contains("appsecret_proof") =>
            {
                self.told(Level::Fail, "doctor-whatsapp-secret", &[])
            }
            // Whatever else it has to say is about something else.
            Err(error) => self.refused(error),
        }
    }

    /// Where the service posts.
    fn hook(&self, number: &Value) -> Finding {
        let there = number.pointer("/webhook_configuration/application");
        let there = there.and_then(Value::as_str).unwrap_or_default();
        let Some(ours) = self.config.server.public_url.as_ref() else {
            return self.warn("doctor-whatsapp-hook-unknown");
        };
        let ours = format!("{ours}{}", whatsapp::PATH);
        if there == ours {
            return self.ok("doctor-whatsapp-hook");
        }
        let key = if there.is_empty() {
            "doctor-whatsapp-hook-unset"
        } else {
            "doctor-whatsapp-hook-elsewhere"
        };
        let there = if there.is_empty() {
            "-".to_owned()
        } else {
            host(there)
        };
        self.told(
            Level::Warn,
            key,
            &[("here", ours.into()), ("there", there.into())],
        )
    }

    /// One finding for each thing to do; what nothing here says is not asked for.
    async fn templates(&self, client: &Client) -> Vec<Finding> {
        let looked = match setup::look(client, &self.config.whatsapp.templates).await {
            Ok(looked) => looked,
            Err(error) => return vec![self.fail("doctor-whatsapp-account", &error.to_string())],
        };
        let needed: Vec<&Look> = looked.iter().filter(|look| look.purpose.is_said()).collect();
        let wrong = [
            "doctor-whatsapp-templates-missing",
            "doctor-whatsapp-templates-pending",
            "doctor-whatsapp-templates-differ",
            "doctor-whatsapp-templates-unusable",
        ];
        let mut found = Vec::new();
        for key in wrong {
            let these = needed.iter().filter(|look| remedy(&look.standing) == Some(key));
            let names: Vec<String> = these.map(|look| named(look)).collect();
            if !names.is_empty() {
                found.push(self.told(Level::Warn, key, &[("names", names.join(", ").into())]));
            }
        }
        if found.is_empty() {
            found.push(self.ok("doctor-whatsapp-templates"));
        }
        found
    }

    fn standing(&self, standing: &Standing) -> String {
        let key = match standing {
            Standing::Ready => "template-ready",
            Standing::Pending => "template-pending",
            Standing::Differs => "template-differs",
            Standing::Missing => "template-missing",
            Standing::Unusable(word) => {
                let word = word.chars().take(40).collect::<String>();
                return self
                    .told(Level::Warn, "template-unusable", &[("word", word.into())])
                    .words;
            }
        };
        crate::web::words::word(self.locale, key)
    }
}

/// The text key of what to do about a template; `None`: nothing.
fn remedy(standing: &Standing) -> Option<&'static str> {
    match standing {
        Standing::Ready => None,
        Standing::Missing => Some("doctor-whatsapp-templates-missing"),
        Standing::Pending => Some("doctor-whatsapp-templates-pending"),
        Standing::Differs => Some("doctor-whatsapp-templates-differ"),
        Standing::Unusable(_) => Some("doctor-whatsapp-templates-unusable"),
    }
}

/// The template's name and language, with the service's word where it has one.
fn named(look: &Look) -> String {
    let name = format!("{} [{}]", look.name, look.language);
    match &look.standing {
        Standing::Unusable(word) => format!("{name} {}", word.chars().take(40).collect::<String>()),
        _ => name,
    }
}

/// Looks at the templates of the settings, and submits those that are missing when `submit` says so.
/// Answers a line for each, and whether all may be used.
pub async fn templates(config: &crate::config::Config, submit: bool) -> Result<(Vec<String>, bool), String> {
    let ward = Ward {
        config,
        locale: config.company.locale,
    };
    let settings = &config.whatsapp;
    let client = Client::new(settings).map_err(|error| error.to_string())?;
    let Some(client) = client.filter(|client| !client.account().is_empty()) else {
        return Err(ward.warn("template-no-account").words);
    };
    let ours = config.server.public_url.as_deref();
    let mut lines = Vec::new();
    let mut all_ready = true;
    let looked = setup::look(&client, &settings.templates).await;
    for look in looked.map_err(|error| error.to_string())? {
        let mut line = format!(
            "{} [{}]: {}",
            look.name,
            look.language,
            ward.standing(&look.standing)
        );
        if submit && look.standing == Standing::Missing {
            let Some(ours) = ours else {
                return Err(ward.warn("template-no-address").words);
            };
            line = match setup::submit(&client, &settings.templates, look.purpose, ours).await {
                Ok(()) => format!(
                    "{} [{}]: {}",
                    look.name,
                    look.language,
                    ward.ok("template-submitted").words
                ),
                Err(error) => {
                    all_ready = false;
                    format!("{} [{}]: {error}", look.name, look.language)
                }
            };
        } else {
            all_ready &= look.standing == Standing::Ready || !look.purpose.is_said();
        }
        lines.push(line);
    }
    Ok((lines, all_ready))
}
