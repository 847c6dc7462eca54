//! WhatsApp's side of a story's world: the number's settings, how webhooks travel, what goes wrong.

use std::path::Path;

use domain::ids::{ContactId, CustomerId};
use futures::FutureExt;
use serde_json::{Value, json};
use tanggap::app::Error;
use tanggap::app::contacts::{self, Contact};
use tanggap::config::Config;
use tanggap::simulator::WhatsappOptions;
use tanggap::store;
use tanggap::store::contacts::{Kind, by_id, owner};

use crate::harness::{Setup, World};

impl Setup {
    /// The number of a service that nobody reaches: people write, and nothing is answered.
    pub(crate) fn unreached() -> Self {
        Self {
            adjust: |config| {
                let settings = &mut config.whatsapp;
                "1060000000001".clone_into(&mut settings.phone_number_id);
                "http://127.0.0.1:9".clone_into(&mut settings.api_url);
                settings.access_token = Some("a token".into());
                settings.app_secret = Some("a secret".into());
                settings.verify_token = Some("a word".into());
            },
            ..Self::default()
        }
    }
}

/// What the service repeats when the webhook is set.
pub(crate) const VERIFY: &str = "kata-verifikasi";

/// The number that the simulator serves.
pub(crate) fn configure(config: &mut Config, sim: &str) {
    let number = WhatsappOptions::default();
    let settings = &mut config.whatsapp;
    sim.clone_into(&mut settings.api_url);
    settings.phone_number_id = number.phone_number_id;
    settings.business_account_id = number.business_account_id;
    settings.access_token = Some(number.access_token.into());
    settings.app_secret = Some(number.app_secret.into());
    settings.verify_token = Some(VERIFY.into());
    // Stories are told at any hour; one that is about the night says so.
    config.company.quiet_hours = None;
}

/// The templates that the repository defines, as they are submitted.
pub(crate) fn templates() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/whatsapp/templates");
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = files.map(|file| file.expect("a file").path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    paths.sort();
    let read = |path| std::fs::read_to_string(path).expect("a definition");
    paths
        .into_iter()
        .map(|path| serde_json::from_str(&read(path)).expect("JSON"))
        .collect()
}

impl World {
    /// Sets the webhook as an admin does in the app's dashboard, and has the templates approved.
    pub(crate) async fn listen_to_whatsapp(&self) {
        self.sim_post("whatsapp/templates", json!(templates())).await;
        let url = self.config.server.public_url.as_deref().unwrap_or_default();
        let webhook = json!({ "url": format!("{url}/webhooks/whatsapp"), "verify_token": VERIFY });
        self.sim_post("whatsapp/webhook", webhook).await;
    }

    /// How webhooks travel from now on: `batch`, `doubled` (of a hundred), `shuffled`, `late_ms`, `seed`, `paused`.
    pub(crate) async fn webhooks_travel(&self, manner: Value) {
        self.sim_post("whatsapp/manner", manner).await;
    }

    /// What goes wrong next with WhatsApp: `kind` (`refused`, `fails`, `lost`, `timeout`, …), `code`, `count`, …
    pub(crate) async fn whatsapp_fault(&self, fault: Value) {
        self.sim_post("whatsapp/faults", fault).await;
    }

    /// Posts a body to the webhook as the service would, signed `good`, `wrong` or `missing`; answers the status.
    pub(crate) async fn post_webhook(&self, body: &Value, sign: &str) -> u16 {
        let posted = json!({ "body": body, "sign": sign });
        let answer = self.sim_post("whatsapp/post", posted).await;
        u16::try_from(answer["status"].as_u64().expect("a status")).expect("a status")
    }

    /// Tells a status of a message by hand: `sent`, `delivered`, `read`, or `failed` with a code.
    pub(crate) async fn tell_status(&self, message: &Value, status: &str, code: Option<u32>) {
        let id = message["id"].as_str().expect("a message of the service");
        let told = json!({ "status": status, "code": code });
        self.sim_post(&format!("whatsapp/messages/{}/status", escaped(id)), told)
            .await;
    }

    /// Everything that the business sent by WhatsApp, also what never arrived, oldest first.
    pub(crate) async fn whatsapp_sent(&self) -> Vec<Value> {
        let all = self.sim_get("whatsapp/messages").await;
        all["messages"].as_array().expect("messages").clone()
    }

    /// Waits until everything that was taken is handled.
    pub(crate) async fn webhooks_handled(&self) {
        let db = self.running.app.db.clone();
        self.eventually("everything posted is handled", || {
            let db = db.clone();
            async move { store::webhooks::waiting(&db).await.expect("a count") == 0 }
        })
        .await;
    }

    /// What customers wrote and nobody has answered, newest first.
    pub(crate) async fn waiting(&self) -> Vec<Value> {
        let page = self.admin.get("requests?state=new").await.expect(200);
        page["data"].as_array().expect("a list").clone()
    }

    /// Whose chat goes by this name.
    pub(crate) async fn owner_of(&self, kind: Kind, value: &str) -> Option<ContactId> {
        let alias = owner(&self.running.app.db, kind, value).await.expect("a look");
        alias.map(|alias| alias.contact)
    }

    /// A chat as it is stored.
    pub(crate) async fn contact(&self, id: ContactId) -> Contact {
        let found = by_id(&self.running.app.db, id).await.expect("a look");
        found.expect("a chat")
    }

    /// The chat on which a customer is told things.
    pub(crate) async fn told_on(&self, customer: &Value) -> Option<Contact> {
        let id: CustomerId = customer["id"].as_str().expect("an id").parse().expect("an id");
        let (app, db) = (self.running.app.clone(), self.running.app.db.clone());
        let done =
            db.write(move |tx| async move { contacts::of_customer(&app, tx, id, app.now()).await }.boxed());
        done.await
            .map_err(|error: Error| error.to_string())
            .expect("a look")
            .0
    }

    /// Takes back what waits to be said by WhatsApp: in this story nobody is there to hear it.
    pub(crate) async fn nobody_hears(&self) {
        self.order("UPDATE outbox SET state = 'dropped' WHERE channel = 'whatsapp' AND state = 'queued'")
            .await;
    }

    /// Waits until the webhook has taken everything.
    pub(crate) async fn webhooks_taken(&self) {
        self.eventually("every webhook is taken", || async {
            self.sim_get("whatsapp").await["pending"] == json!(0)
        })
        .await;
    }
}

/// An id of the service within a path.
fn escaped(id: &str) -> String {
    id.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D")
}
