//! What is told once, on the page after a deed: kept in a cookie between the two.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::person::Locale;

use crate::web::panel::preferences::cookie;
use crate::web::panel::shell::{Flash, Tone};
use crate::web::words;

const COOKIE: &str = "told";

/// The deeds that are told, each with the name of what it was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    TicketCreated(String),
    TicketChanged(String),
    /// It was changed, and its letters say no more what is so.
    LettersRevoked(String),
    TicketAssigned(String),
    TicketReplaced(String),
    TicketCancelled(String),
    CheckInRecorded(String),
    VisitPutOff(String),
    TechnicianReplaced(String),
    DocumentAdded(String),
    LetterIssued(String),
    CustomerSaved(String),
    CustomerArchived(String),
    CustomerRestored(String),
    CustomerErased(String),
    ServiceSaved(String),
    SettingsSaved,
    UserSaved(String),
    SessionsEnded(String),
    PasswordChanged,
    MessageQueued,
    InputQueued,
    InputDiscarded,
    RequestAnswered(String),
    RequestDismissed(String),
    TicketClosed(String),
    InvoiceSaved(String),
    InvoiceSubmitted(String),
    InvoiceSent,
    /// The link is good, and no message could be written.
    InvoiceUnsent,
    /// The invoice has another link, and nobody was sent it.
    LinkRenewed,
    LinkSent,
    /// It was to be sent, and no message could be written.
    LinkUnsent,
    InvoiceVoided(String),
    InvoicePaid(String),
    PaymentRecorded(String),
    PaymentReversed(String),
    ChatTaken,
    ChatGiven,
    ChatWritten,
    /// Something a rule said no to, when there is no form to say it on; in the reader's language.
    Refused(String),
}

/// The text keys of all deeds: what else stands in the cookie, we did not write.
const KEYS: [&str; 41] = [
    "told-ticket-created",
    "told-ticket-changed",
    "told-letters-revoked",
    "told-ticket-assigned",
    "told-ticket-replaced",
    "told-ticket-cancelled",
    "told-check-in-recorded",
    "told-visit-put-off",
    "told-technician-replaced",
    "told-document-added",
    "told-letter-issued",
    "told-customer-saved",
    "told-customer-archived",
    "told-customer-restored",
    "told-customer-erased",
    "told-service-saved",
    "told-settings-saved",
    "told-user-saved",
    "told-sessions-ended",
    "told-password-changed",
    "told-message-queued",
    "told-input-queued",
    "told-input-discarded",
    "told-request-answered",
    "told-request-dismissed",
    "told-ticket-closed",
    "told-invoice-saved",
    "told-invoice-submitted",
    "told-invoice-sent",
    "told-invoice-unsent",
    "told-link-renewed",
    "told-link-sent",
    "told-link-unsent",
    "told-invoice-voided",
    "told-invoice-paid",
    "told-payment-recorded",
    "told-payment-reversed",
    "told-chat-taken",
    "told-chat-given",
    "told-chat-written",
    "told-refused",
];

impl Deed {
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::TicketCreated(x) => ("told-ticket-created", x),
            Self::TicketChanged(x) => ("told-ticket-changed", x),
            Self::LettersRevoked(x) => ("told-letters-revoked", x),
            Self::TicketAssigned(x) => ("told-ticket-assigned", x),
            Self::TicketReplaced(x) => ("told-ticket-replaced", x),
            Self::TicketCancelled(x) => ("told-ticket-cancelled", x),
            Self::CheckInRecorded(x) => ("told-check-in-recorded", x),
            Self::VisitPutOff(x) => ("told-visit-put-off", x),
            Self::TechnicianReplaced(x) => ("told-technician-replaced", x),
            Self::DocumentAdded(x) => ("told-document-added", x),
            Self::LetterIssued(x) => ("told-letter-issued", x),
            Self::CustomerSaved(x) => ("told-customer-saved", x),
            Self::CustomerArchived(x) => ("told-customer-archived", x),
            Self::CustomerRestored(x) => ("told-customer-restored", x),
            Self::CustomerErased(x) => ("told-customer-erased", x),
            Self::ServiceSaved(x) => ("told-service-saved", x),
            Self::SettingsSaved => ("told-settings-saved", ""),
            Self::UserSaved(x) => ("told-user-saved", x),
            Self::SessionsEnded(x) => ("told-sessions-ended", x),
            Self::PasswordChanged => ("told-password-changed", ""),
            Self::MessageQueued => ("told-message-queued", ""),
            Self::InputQueued => ("told-input-queued", ""),
            Self::InputDiscarded => ("told-input-discarded", ""),
            Self::RequestAnswered(x) => ("told-request-answered", x),
            Self::RequestDismissed(x) => ("told-request-dismissed", x),
            Self::TicketClosed(x) => ("told-ticket-closed", x),
            Self::InvoiceSaved(x) => ("told-invoice-saved", x),
            Self::InvoiceSubmitted(x) => ("told-invoice-submitted", x),
            Self::InvoiceSent => ("told-invoice-sent", ""),
            Self::InvoiceUnsent => ("told-invoice-unsent", ""),
            Self::LinkRenewed => ("told-link-renewed", ""),
            Self::LinkSent => ("told-link-sent", ""),
            Self::LinkUnsent => ("told-link-unsent", ""),
            Self::InvoiceVoided(x) => ("told-invoice-voided", x),
            Self::InvoicePaid(x) => ("told-invoice-paid", x),
            Self::PaymentRecorded(x) => ("told-payment-recorded", x),
            Self::PaymentReversed(x) => ("told-payment-reversed", x),
            Self::ChatTaken => ("told-chat-taken", ""),
            Self::ChatGiven => ("told-chat-given", ""),
            Self::ChatWritten => ("told-chat-written", ""),
            Self::Refused(x) => ("told-refused", x),
        }
    }

    /// Goes there, where it is told.
    pub fn tell_at(&self, path: &str) -> Response {
        let mut response = Redirect::to(path).into_response();
        let (key, x) = self.parts();
        let value = URL_SAFE_NO_PAD.encode(format!("{key}\n{x}"));
        set(&mut response, &value, 60);
        response
    }
}

/// What waits to be told to this reader.
pub fn waiting(headers: &HeaderMap, locale: Locale) -> Option<Flash> {
    let value = URL_SAFE_NO_PAD.decode(cookie(headers, COOKIE)?).ok()?;
    let text = String::from_utf8(value).ok()?;
    let (key, x) = text.split_once('\n')?;
    if !KEYS.contains(&key) {
        return None;
    }
    let tone = match key {
        "told-refused" => Tone::Bad,
        "told-invoice-unsent" | "told-letters-revoked" => Tone::Warn,
        _ => Tone::Good,
    };
    Some(Flash {
        tone,
        text: words::about(locale, key, x),
    })
}

/// Whether something waits.
pub fn is_waiting(headers: &HeaderMap) -> bool {
    cookie(headers, COOKIE).is_some()
}

/// It was told.
pub fn forget(response: &mut Response) {
    set(response, "", 0);
}

fn set(response: &mut Response, value: &str, seconds: u32) {
    let cookie = format!("{COOKIE}={value}; HttpOnly; SameSite=Lax; Path=/panel; Max-Age={seconds}");
    let cookie = HeaderValue::try_from(cookie).expect("base64 is letters and digits");
    response.headers_mut().append(SET_COOKIE, cookie);
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use axum::http::header::{COOKIE, SET_COOKIE};
    use domain::person::Locale;

    use crate::web::panel::flash::{Deed, waiting};

    #[test]
    fn what_was_done_is_told_on_the_next_page_in_the_readers_language() {
        let response = Deed::TicketCreated("TKT-000046".to_owned()).tell_at("/panel");
        let cookie = response.headers()[SET_COOKIE]
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap();
        let headers = HeaderMap::from_iter([(COOKIE, cookie.parse().unwrap())]);
        assert!(waiting(&headers, Locale::Id).unwrap().text.contains("TKT-000046"));
        assert_ne!(waiting(&headers, Locale::Id), waiting(&headers, Locale::En));
    }

    #[test]
    fn a_cookie_that_we_did_not_write_says_nothing() {
        for value in ["told=%%%", "told=dG9sZC1ub3RoaW5n", "told=cm9sZS1hZG1pbgp4"] {
            let headers = HeaderMap::from_iter([(COOKIE, value.parse().unwrap())]);
            assert_eq!(waiting(&headers, Locale::Id), None, "{value}");
        }
    }
}
