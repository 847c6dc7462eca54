//! Messages out and inputs in, as a page shows them.

use crate::web::panel::when::When;

/// Which way something came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Telegram,
    Whatsapp,
    Panel,
    Api,
    System,
}

impl Channel {
    /// The channel of a stored name; unknown ones are the system's.
    pub fn named(name: &str) -> Self {
        match name {
            "telegram" => Self::Telegram,
            "whatsapp" => Self::Whatsapp,
            "panel" => Self::Panel,
            "api" => Self::Api,
            _ => Self::System,
        }
    }

    /// Nobody came from anywhere: the system did it, or a public page was its place.
    pub const fn is_system(self) -> bool {
        matches!(self, Self::System)
    }

    /// The text key of its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Telegram => "channel-telegram",
            Self::Whatsapp => "channel-whatsapp",
            Self::Panel => "channel-panel",
            Self::Api => "channel-api",
            Self::System => "channel-system",
        }
    }
}

/// How far a message got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
}

impl State {
    /// The state of a stored name; unknown ones wait.
    pub fn named(name: &str) -> Self {
        match name {
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "failed" => Self::Failed,
            _ => Self::Queued,
        }
    }

    /// The tint of its chip.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Queued => "",
            Self::Sent | Self::Delivered | Self::Read => "good",
            Self::Failed => "bad",
        }
    }

    /// The shape of its chip.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Queued => "hourglass",
            Self::Sent => "check",
            Self::Delivered => "check-check",
            Self::Read => "eye",
            Self::Failed => "triangle-alert",
        }
    }

    /// The text key of its word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "delivery-queued",
            Self::Sent => "delivery-sent",
            Self::Delivered => "delivery-delivered",
            Self::Read => "delivery-read",
            Self::Failed => "delivery-failed",
        }
    }
}

/// The text key of why a message could not be sent, by what the service said.
pub fn cause(error: &str) -> &'static str {
    let error = error.to_lowercase();
    let known: [(&[&str], &str); 8] = [
        (&["blocked by the user"], "cause-blocked"),
        (&["user is deactivated"], "cause-deactivated"),
        (
            &[
                "kicked",
                "not a member",
                "upgraded to a supergroup",
                "its id is now",
            ],
            "cause-group",
        ),
        (
            &["chat not found", "can't initiate conversation", "peer_id_invalid"],
            "cause-unknown-chat",
        ),
        (&["rights", "forbidden"], "cause-rights"),
        (&["too long", "too large", "too big"], "cause-too-large"),
        (&["file", "photo", "document", "no longer there"], "cause-file"),
        (
            &["timed out", "timeout", "connect", "gateway", "unavailable", "dns"],
            "cause-connection",
        ),
    ];
    let says = |words: &[&str]| words.iter().any(|word| error.contains(word));
    known
        .into_iter()
        .find(|(words, _)| says(words))
        .map_or("cause-other", |(_, key)| key)
}

/// The text key of why an input was kept aside, by what broke.
pub fn held_cause(error: &str) -> &'static str {
    let error = error.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| error.contains(word));
    if says(&["timed out", "took too long", "too slow"]) {
        "cause-input-slow"
    } else if says(&[
        "missing field",
        "invalid",
        "expected",
        "unreadable",
        "cannot be read",
    ]) {
        "cause-input-unreadable"
    } else {
        "cause-input-broke"
    }
}

/// A message to someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: String,
    /// What it says, in a few words.
    pub what: String,
    pub channel: Channel,
    /// Masked.
    pub recipient: String,
    pub state: State,
    pub at: When,
    /// Why it failed, or waits, in plain words.
    pub error: Option<String>,
    /// The same in the service's words, where the plain ones were made of them.
    pub technical: Option<String>,
    pub may_resend: bool,
    pub ticket_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use crate::web::panel::delivery::{cause, held_cause};

    #[test]
    fn what_services_say_is_put_plainly() {
        for (said, key) in [
            ("Forbidden: bot was blocked by the user", "cause-blocked"),
            ("Bad Request: chat not found", "cause-unknown-chat"),
            ("Forbidden: user is deactivated", "cause-deactivated"),
            (
                "Bad Request: group chat was upgraded to a supergroup chat; its id is now -100",
                "cause-group",
            ),
            ("Bad Request: message is too long", "cause-too-large"),
            ("error trying to connect: timed out", "cause-connection"),
            ("Bad Request: wrong file identifier", "cause-file"),
            ("Bad Request: can't parse entities", "cause-other"),
        ] {
            assert_eq!(cause(said), key, "{said}");
        }
        assert_eq!(held_cause("missing field `message_id`"), "cause-input-unreadable");
        assert_eq!(held_cause("panicked"), "cause-input-broke");
    }
}
