//! How the Graph API says no: a code, its title, the details, and whether the program that called is to blame.

use serde_json::{Value, json};

/// A refused call. `violation` names the kind of breach when a sound program would never have made the call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GraphError {
    pub(crate) code: u32,
    pub(crate) subcode: Option<u32>,
    pub(crate) details: String,
    pub(crate) violation: Option<&'static str>,
    /// Another HTTP status than the usual one of the code.
    pub(crate) http: Option<u16>,
}

impl GraphError {
    /// A refusal that a sound program may meet.
    pub(crate) fn new(code: u32, details: impl Into<String>) -> Self {
        Self {
            code,
            subcode: None,
            details: details.into(),
            violation: None,
            http: None,
        }
    }

    /// A refusal of what a sound program never sends.
    pub(crate) fn broken(violation: &'static str, code: u32, details: impl Into<String>) -> Self {
        Self {
            violation: Some(violation),
            ..Self::new(code, details)
        }
    }

    /// A value that has the right type and is not allowed.
    pub(crate) fn invalid(details: impl Into<String>) -> Self {
        Self::broken("limit", 131_009, details)
    }

    /// Nothing has this id, or it cannot do this.
    pub(crate) fn nothing(id: &str, verb: &str) -> Self {
        let details = format!(
            "Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing \
             permissions, or does not support this operation"
        );
        Self {
            subcode: Some(33),
            ..Self::broken("unknown_path", 100, details)
        }
    }

    pub(crate) fn status(&self) -> u16 {
        self.http.unwrap_or_else(|| http(self.code))
    }

    /// The body that the service answers with.
    pub(crate) fn body(&self) -> Value {
        let title = title(self.code);
        let mut error = json!({
            "message": format!("(#{}) {title}", self.code),
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": format!("Az{:08x}SimulatedTrace", self.code),
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
        }
        if matches!(self.code, 1 | 2 | 131_000 | 131_016) {
            error["is_transient"] = json!(true);
        }
        json!({ "error": error })
    }
}

/// What a failed status says of a code.
pub(crate) fn failure(code: u32) -> Value {
    let title = title(code);
    json!({
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details(code)},
        "href": "/documentation/business-messaging/whatsapp/support/error-codes",
    })
}

/// The HTTP status that usually comes with a code. Programs must not lean on it.
fn http(code: u32) -> u16 {
    match code {
        0 | 190 => 401,
        2 | 131_016 => 503,
        1 | 3 | 131_000 | 131_057 => 500,
        10 | 200..=299 | 368 | 131_005 | 131_031 | 130_497 => 403,
        132_001 => 404,
        130_429 => 429,
        _ => 400,
    }
}

/// The service's own short words for a code.
fn title(code: u32) -> &'static str {
    match code {
        0 => "AuthException",
        1 => "API Unknown",
        2 => "API Service",
        3 => "API Method",
        4 => "API Too Many Calls",
        10 => "Permission Denied",
        100 => "Invalid parameter",
        190 => "Access token has expired",
        200..=299 => "API Permission",
        368 => "Temporarily blocked for policies violations",
        80_007 => "Rate limit issues",
        130_403 => "User is blocked by the business",
        130_429 => "Rate limit hit",
        130_472 => "User's number is part of an experiment",
        130_497 => "Business account is restricted from messaging users in this country.",
        131_000 => "Something went wrong",
        131_005 => "Access denied",
        131_008 => "Required parameter is missing",
        131_009 => "Parameter value is not valid",
        131_016 => "Service unavailable",
        131_021 => "Recipient cannot be sender",
        131_026 => "Message undeliverable",
        131_030 => "Recipient phone number not in allowed list",
        131_031 => "Account has been locked",
        131_042 => "Business eligibility payment issue",
        131_045 => "Incorrect certificate",
        131_047 => "Re-engagement message",
        131_048 => "Spam rate limit hit",
        131_049 => "This message was not delivered to maintain healthy ecosystem engagement.",
        131_050 => "User has stopped marketing messages",
        131_051 => "Unsupported message type",
        131_052 => "Media download error",
        131_053 => "Media upload error",
        131_056 => "(Business Account, Consumer Account) pair rate limit hit",
        131_057 => "Business Account is in maintenance mode",
        131_062 => "Unsupported recipient for this message type",
        131_064 => "Template misclassification limit",
        132_000 => "Number of parameters does not match the expected number of params",
        132_001 => "Template name does not exist in the translation",
        132_005 => "Translated text too long",
        132_007 => "Template format character policy violated",
        132_012 => "Parameter format does not match format in the created template",
        132_015 => "Template is paused",
        132_016 => "Template is disabled",
        132_018 => "Template parameter validation failed",
        133_010 => "Phone number not registered",
        _ => "Unknown error",
    }
}

fn details(code: u32) -> &'static str {
    match code {
        131_026 => "Message Undeliverable.",
        131_047 => {
            "Message failed to send because more than 24 hours have passed since the customer last \
             replied to this number."
        }
        131_049 => "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
        130_472 => "Failed to send message because this user's phone number is part of an experiment",
        _ => "Message failed to send.",
    }
}
