//! What the simulated Cloud API is told at the start: whose number it serves, and which of its limits hold.

use std::time::Duration;

/// Settings of one simulated number of WhatsApp.
#[derive(Clone, Debug)]
pub struct WhatsappOptions {
    /// The system user's token, which every call must bear.
    pub access_token: String,
    /// The number's id in paths.
    pub phone_number_id: String,
    /// The account's id, which owns the templates.
    pub business_account_id: String,
    /// The app's id.
    pub app_id: String,
    /// Signs the webhook's bodies.
    pub app_secret: String,
    /// The number itself, country code first, digits only.
    pub number: String,
    /// What customers see above the chat.
    pub business_name: String,
    /// False turns the limits on the pace of sending off.
    pub limits: bool,
    /// Sends in any second, over all people.
    pub per_second: usize,
    /// How many messages one person takes at once, before one each six seconds begins.
    pub pair_burst: u32,
    /// New templates are approved at once; otherwise someone must decide over the control API.
    pub approves: bool,
    /// Whether the app already hears of the account, as after a set-up by hand.
    pub subscribed: bool,
    /// How long the webhook may take to answer.
    pub webhook_timeout: Duration,
    /// The oldest and the newest version of the Graph API that are served.
    pub versions: (u32, u32),
}

impl Default for WhatsappOptions {
    fn default() -> Self {
        Self {
            access_token: "EAAsimulated-token-of-no-use".to_owned(),
            phone_number_id: "106540352242922".to_owned(),
            business_account_id: "102290129340398".to_owned(),
            app_id: "67676767676767".to_owned(),
            app_secret: "simulated-app-secret-of-no-use".to_owned(),
            number: "622130001234".to_owned(),
            business_name: "Tanggap".to_owned(),
            limits: true,
            per_second: 80,
            pair_burst: 45,
            approves: true,
            subscribed: true,
            webhook_timeout: Duration::from_secs(10),
            versions: (22, 26),
        }
    }
}
