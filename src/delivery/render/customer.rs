//! The words of customers' chats.

use dialogues::customer::{Customer, Entry, Field, Line};
use dialogues::press::Press;
use dialogues::tap::Tap;
use domain::ids::RequestId;
use domain::person::Locale;
use domain::phone::Phone;
use domain::request::{Kind, State};
use domain::ticket::Status;

use crate::delivery::render::{cut, escape, short_visit, visit};
use crate::delivery::words::{Facts, fact, word, words};

/// How much of a problem or a message is shown in one: buttons leave no room for more (Cloud API, reply
/// buttons: 1024 characters).
const PROBLEM: usize = 500;
/// How much of it a line of a list shows.
const IN_LINE: usize = 60;

/// A text of a customer's chat, or about a customer, in the marks that every channel knows.
pub(crate) fn html(text: &Customer, locale: Locale) -> String {
    let key = format!("say-{}", text.name());
    let say = |facts: Facts<'_>| words(locale, &key, &facts);
    match text {
        Customer::Consent {
            name,
            company,
            privacy,
        } => say(fact("company", escape(company))
            .with(
                "who",
                name.as_ref()
                    .map_or_else(String::new, |name| format!(" {}", escape(name))),
            )
            .with("privacy", privacy_part(privacy.as_deref(), locale))),
        Customer::ConsentRefused { phone } => say(fact(
            "phone",
            part("say-customer-or-call", "phone", phone, locale),
        )),
        Customer::Door { company } | Customer::Started { company } => say(fact("company", escape(company))),
        Customer::Stopped { company, phone } => say(fact("company", escape(company))
            .with("phone", part("say-customer-emergency", "phone", phone, locale))),
        Customer::AskNameOf { name } | Customer::Menu { name } => say(fact("name", escape(name))),
        Customer::BadAddress { fault } | Customer::BadPhone { fault } | Customer::BadProblem { fault } => {
            say(fact("fault", fault.0.clone()))
        }
        Customer::AskPhoneOf { phone } => say(fact("phone", phone.local())),
        Customer::Confirm(entry) | Customer::DataChanged(entry) => {
            say(fact("entry", entry_part(entry, locale)))
        }
        Customer::Data { customer, entry } => {
            say(fact("number", customer.number()).with("entry", entry_part(entry, locale)))
        }
        Customer::Registered { customer, name, menu } => say(fact("number", customer.number())
            .with("name", escape(name))
            .with("menu", if *menu { "yes" } else { "no" })),
        Customer::RegisteredAtOnce {
            customer,
            entry,
            privacy,
        } => say(fact("number", customer.number())
            .with("name", escape(&entry.name))
            .with("address", escape(&entry.address))
            .with("phone", phone_part(entry))
            .with("privacy", privacy_part(privacy.as_deref(), locale))),
        Customer::AlreadyRegistered { customer } => say(fact("number", customer.number())),
        Customer::FormFaults { faults } => {
            let lines = faults.iter().map(|wrong| {
                let fault = fact("fault", wrong.fault.0.clone());
                match wrong.field {
                    Field::Name => words(locale, "say-customer-fault-name", &fault),
                    Field::Address => words(locale, "say-customer-fault-address", &fault),
                    Field::Phone => words(locale, "say-customer-fault-phone", &fault),
                }
            });
            say(fact("faults", lines.collect::<Vec<_>>().join("\n")))
        }
        text => of_service(text, &key, locale),
    }
}

fn of_service(text: &Customer, key: &str, locale: Locale) -> String {
    let say = |facts: Facts<'_>| words(locale, key, &facts);
    match text {
        Customer::PhotosOnly { count } => say(fact("count", *count)),
        Customer::AskPhotos { left } => say(fact("left", left.to_string())),
        Customer::TooManyPhotos { most, mixed } => {
            say(fact("most", most.to_string()).with("mixed", if *mixed { "yes" } else { "no" }))
        }
        Customer::Summary {
            words: said,
            photos,
            others,
            place,
            address,
        } => say(fact("words", escape(&cut(said, PROBLEM)))
            .with("photos", photos.to_string())
            // A number, because the text is another for none.
            .with("others", *others)
            .with("address", escape(address))
            .with("pin", pin_part(*place, locale))),
        Customer::Reported { request }
        | Customer::PhotoFollowed { request }
        | Customer::PlaceFollowed { request }
        | Customer::PhotoLost { request } => say(fact("request", request.number())),
        Customer::Standing { lines } => {
            let lines: Vec<String> = lines.iter().map(|line| line_part(line, locale)).collect();
            say(fact("lines", lines.join("\n")))
        }
        Customer::AskQuestion { hours } => {
            let hours = hours.as_deref().unwrap_or_default();
            say(fact(
                "hours",
                part("say-customer-office-hours", "hours", hours, locale),
            ))
        }
        Customer::QuestionTaken { request, closed } => {
            let request = fact("request", request.number());
            match closed {
                Some(hours) => words(
                    locale,
                    "say-customer-question-taken-closed",
                    &request.with("hours", escape(hours)),
                ),
                None => say(request),
            }
        }
        Customer::OfficeSays { words: said } => say(fact("words", escape(said))),
        Customer::RequestCame {
            request,
            kind,
            name,
            words: said,
        } => {
            let kind = match kind {
                Kind::Report => "report",
                Kind::Question => "question",
            };
            say(fact("request", request.number())
                .with("kind", kind)
                .with("name", escape(name))
                .with("words", escape(&cut(said, PROBLEM))))
        }
        Customer::WroteAgain {
            request,
            name,
            words: said,
        } => say(fact("request", request.number())
            .with("name", escape(name))
            .with("words", escape(&cut(said, PROBLEM)))),
        Customer::PhoneChanged { customer, name } => {
            say(fact("customer", customer.number()).with("name", escape(name)))
        }
        Customer::PhoneShared { customer, other } => {
            say(fact("customer", customer.number()).with("other", other.number()))
        }
        text => of_tickets(text, key, locale),
    }
}

fn of_tickets(text: &Customer, key: &str, locale: Locale) -> String {
    let say = |facts: Facts<'_>| words(locale, key, &facts);
    match text {
        Customer::TicketCreated {
            ticket,
            request,
            problem,
            visit: when,
        } => {
            let request = request.map_or_else(String::new, RequestId::number);
            say(fact("ticket", ticket.number())
                .with(
                    "request",
                    part("say-customer-from-request", "request", &request, locale),
                )
                .with("problem", escape(&cut(problem, PROBLEM)))
                .with("visit", visit(when, locale)))
        }
        Customer::VisitMoved { ticket, visit: when } => {
            say(fact("ticket", ticket.number()).with("visit", visit(when, locale)))
        }
        Customer::TechnicianAssigned {
            ticket,
            technician,
            visit: when,
        } => say(fact("ticket", ticket.number())
            .with("technician", escape(technician))
            .with("visit", visit(when, locale))),
        Customer::TechnicianArrived { ticket, technician } | Customer::TicketDone { ticket, technician } => {
            say(fact("ticket", ticket.number()).with("technician", escape(technician)))
        }
        Customer::TicketCancelled { ticket } => say(fact("ticket", ticket.number())),
        Customer::RateTechnician {
            ticket,
            technician,
            link,
        } => say(fact("ticket", ticket.number())
            .with("technician", escape(technician))
            .with("link", link_part(link.as_deref(), locale))),
        Customer::RateOffice { ticket, link } => {
            say(fact("ticket", ticket.number()).with("link", link_part(link.as_deref(), locale)))
        }
        Customer::AskComment { sorry } => say(fact("sorry", if *sorry { "yes" } else { "no" })),
        Customer::RatedLow {
            ticket,
            name,
            subject,
            stars,
            comment,
        } => {
            let comment = comment.as_deref().unwrap_or_default();
            say(fact("ticket", ticket.number())
                .with("name", escape(name))
                .with("subject", subject.to_string())
                .with("stars", stars.count().to_string())
                .with(
                    "comment",
                    part("say-customer-comment", "comment", comment, locale),
                ))
        }
        // Words alone.
        _ => word(locale, key),
    }
}

/// A part of a sentence that is there only with its fact.
fn part(key: &'static str, name: &'static str, value: &str, locale: Locale) -> String {
    if value.is_empty() {
        return String::new();
    }
    words(locale, key, &fact(name, escape(value)))
}

fn privacy_part(url: Option<&str>, locale: Locale) -> String {
    part("say-customer-privacy", "url", url.unwrap_or_default(), locale)
}

fn link_part(link: Option<&str>, locale: Locale) -> String {
    part("say-customer-or-page", "link", link.unwrap_or_default(), locale)
}

fn pin_part(there: bool, locale: Locale) -> String {
    if there {
        word(locale, "say-customer-pin")
    } else {
        String::new()
    }
}

fn phone_part(entry: &Entry) -> String {
    entry.phone.as_ref().map_or_else(|| "-".to_owned(), Phone::local)
}

fn entry_part(entry: &Entry, locale: Locale) -> String {
    let facts = fact("name", escape(&entry.name))
        .with("address", escape(&entry.address))
        .with("pin", pin_part(entry.pin, locale))
        .with("phone", phone_part(entry));
    words(locale, "say-customer-entry", &facts)
}

fn line_part(line: &Line, locale: Locale) -> String {
    match line {
        Line::Ticket {
            ticket,
            service,
            status,
            visit: when,
            technician,
        } => {
            let technician = technician.as_deref().unwrap_or_default();
            let facts = fact("ticket", ticket.number())
                .with("service", escape(&cut(service, IN_LINE)))
                .with("status", word(locale, status_key(*status)))
                .with("visit", short_visit(when, locale))
                .with(
                    "technician",
                    part("say-customer-line-technician", "technician", technician, locale),
                );
            words(locale, "say-customer-line-ticket", &facts)
        }
        Line::Request { request, state, text } => {
            let key = match state {
                State::New => "say-customer-request-new",
                State::Accepted => "say-customer-request-accepted",
                State::Answered => "say-customer-request-answered",
                State::Dismissed => "say-customer-request-dismissed",
            };
            let facts = fact("request", request.number())
                .with("status", word(locale, key))
                .with("words", escape(&cut(text, IN_LINE)));
            words(locale, "say-customer-line-request", &facts)
        }
    }
}

/// What opens a list of these choices.
pub fn choose<'p>(presses: impl IntoIterator<Item = &'p Press>, locale: Locale) -> String {
    let first = presses.into_iter().find_map(|press| match press {
        Press::Customer(Tap::Stars { .. }) => Some("key-choose-stars"),
        Press::Customer(Tap::Report) => Some("key-choose-menu"),
        _ => None,
    });
    word(locale, first.unwrap_or("key-choose"))
}

/// What a row of a list says below its title, if there is anything to say.
pub fn about(press: &Press, locale: Locale) -> Option<String> {
    let Press::Customer(tap) = press else {
        return None;
    };
    let key = match tap {
        Tap::Report => "about-tap-report",
        Tap::Status => "about-tap-status",
        Tap::Invoice => "about-tap-invoice",
        Tap::Data => "about-tap-data",
        Tap::Office => "about-tap-office",
        Tap::Stop => "about-tap-stop",
        Tap::Stars { stars, .. } if stars.count() == 5 => "about-tap-stars",
        _ => return None,
    };
    Some(word(locale, key))
}

/// What a ticket's state is called for its customer.
pub(crate) fn status_key(status: Status) -> &'static str {
    match status {
        Status::Open => "say-customer-status-open",
        Status::Assigned => "say-customer-status-assigned",
        Status::InProgress => "say-customer-status-in-progress",
        Status::Done => "say-customer-status-done",
        Status::Closed => "say-customer-status-closed",
        Status::Cancelled => "say-customer-status-cancelled",
    }
}
