//! What becomes of a message of the business: accepted, and then told about by statuses, or never heard of.

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::simulator::whatsapp::error::{GraphError, failure};
use crate::simulator::whatsapp::faults::Wrong;
use crate::simulator::whatsapp::kinds::{Outgoing, Target};
use crate::simulator::whatsapp::person::{ChatMessage, Status};
use crate::simulator::world::World;

/// Free words may be sent for this long after the person's last message, in seconds.
const WINDOW: i64 = 24 * 3600;

/// What was ordered for one message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fate {
    #[default]
    Usual,
    Fails(u32),
    Lost,
}

impl World {
    /// Whom a message reaches, if anybody.
    pub(crate) fn reached(&self, target: &Target) -> Option<i64> {
        match target {
            Target::Phone(given) => {
                let digits: String = given.chars().filter(char::is_ascii_digit).collect();
                if given.starts_with('+') {
                    self.cloud.by_phone(&digits)
                } else {
                    // The service puts the country code of the business before it.
                    let country = self.cloud.options.number.get(..2).unwrap_or_default();
                    self.cloud.by_phone(&format!("{country}{digits}"))
                }
            }
            Target::User(given) => self.cloud.by_user(given),
        }
    }

    /// Takes a checked message over. The answer means that it was accepted, and no more.
    pub(crate) fn accept(&mut self, message: Outgoing, fate: Fate) -> Result<Value, GraphError> {
        let person = self.reached(&message.target);
        let input = message.target.input().to_owned();
        let whose = person.map_or_else(|| input.clone(), |id| id.to_string());
        let options = self.cloud.options.clone();
        let dropped = self.addressed(&message.target, person)?;
        self.cloud.pace.admit(&options, &whose, Instant::now())?;
        let id = self.cloud.wamid(&input);
        let mut answer = json!({
            "messaging_product": "whatsapp",
            "contacts": [{"input": input}],
            "messages": [{"id": id}],
        });
        match (&message.target, person.and_then(|id| self.cloud.people.get(&id))) {
            (Target::Phone(_), Some(customer)) => {
                answer["contacts"][0]["wa_id"] = json!(customer.is.phone);
                answer["contacts"][0]["user_id"] = json!(customer.user_id());
            }
            (Target::Phone(given), None) => {
                answer["contacts"][0]["wa_id"] = json!(given.trim_start_matches('+'));
            }
            (Target::User(given), _) => answer["contacts"][0]["user_id"] = json!(given),
        }
        if message.shown.template.is_some() {
            answer["messages"][0]["message_status"] = json!("accepted");
        }
        let fate = self.destined(person, &message, fate);
        let kept = ChatMessage {
            id: id.clone(),
            from_business: true,
            date: self.unix(),
            at: self.ms(),
            kind: message.kind.to_owned(),
            content: message.shown.content,
            choices: message.shown.choices,
            reply_to: message.reply_to,
            reaction: None,
            edited: false,
            revoked: false,
            status: Status::Accepted,
            error: None,
            callback: message.callback,
            template: message.shown.template,
            input,
        };
        self.keep_message(person, kept);
        if !dropped && self.cloud.tells_statuses {
            self.follow(person, &id, fate);
        }
        Ok(answer)
    }

    /// Whether the address is one at all; true when the message is dropped in silence.
    fn addressed(&mut self, target: &Target, person: Option<i64>) -> Result<bool, GraphError> {
        match target {
            Target::Phone(given) if is_user_id(given) => {
                self.cloud_breach(
                    "bsuid_in_to",
                    "messages",
                    person,
                    "a business-scoped id in `to` is dropped in silence",
                );
                Ok(true)
            }
            Target::Phone(given) => {
                let plain = given.trim_start_matches('+');
                let spaced = |c: char| c.is_ascii_digit() || " -().".contains(c);
                if !plain.chars().all(spaced) || !(6..=20).contains(&plain.len()) {
                    let why = format!("to: {given} is no phone number");
                    return Err(GraphError::broken("address", 131_009, why));
                }
                if plain == self.cloud.options.number {
                    return Err(GraphError::new(131_021, "The business cannot write to itself"));
                }
                if !given.starts_with('+') {
                    let why =
                        "without a `+` the service puts the business's own country code before the number";
                    self.cloud_breach("to_without_plus", "messages", person, why);
                }
                Ok(false)
            }
            Target::User(given) if is_user_id(given) => Ok(false),
            Target::User(given) => {
                let why = format!("recipient: {given} is no business-scoped id");
                Err(GraphError::broken("address", 131_009, why))
            }
        }
    }

    /// What comes of the message unless something else was ordered.
    fn destined(&mut self, person: Option<i64>, message: &Outgoing, ordered: Fate) -> Fate {
        if ordered != Fate::Usual {
            return ordered;
        }
        let now = self.unix();
        let Some(customer) = person.and_then(|id| self.cloud.people.get(&id)) else {
            return Fate::Fails(131_026);
        };
        if customer.is.unreachable {
            return Fate::Fails(131_026);
        }
        let open = customer.last_inbound.is_some_and(|at| now - at <= WINDOW);
        if message.shown.template.is_none() && !open {
            let why = "free words were sent outside of the person's 24 hours";
            self.cloud_breach("window", "messages", person, why);
            return Fate::Fails(131_047);
        }
        Fate::Usual
    }

    pub(crate) fn keep_message(&mut self, person: Option<i64>, message: ChatMessage) {
        let kept = self.options.kept.messages;
        let chat = match person.and_then(|id| self.cloud.people.get_mut(&id)) {
            Some(customer) => {
                customer.typing = false;
                &mut customer.chat
            }
            None => &mut self.cloud.strays,
        };
        chat.push_back(message);
        while chat.len() > kept {
            chat.pop_front();
        }
        self.changed("customer", person);
    }

    fn follow(&mut self, person: Option<i64>, id: &str, fate: Fate) {
        match fate {
            Fate::Lost => {}
            Fate::Fails(code) => self.tell_status(person, id, Status::Failed, Some(code)),
            Fate::Usual => {
                self.tell_status(person, id, Status::Sent, None);
                if let Some(person) = person {
                    self.arrive(person);
                }
            }
        }
    }

    /// What waits for this person arrives, when his phone is on, and is read, when he has the chat open.
    pub(crate) fn arrive(&mut self, person: i64) {
        let Some(customer) = self.cloud.people.get(&person) else {
            return;
        };
        let (offline, reads) = (customer.is.offline, customer.is.reads);
        if offline || !self.cloud.tells_statuses {
            return;
        }
        self.advance(person, Status::Sent, Status::Delivered);
        if reads {
            self.advance(person, Status::Delivered, Status::Read);
        }
    }

    /// Every message of the business at one state goes on to the next.
    pub(crate) fn advance(&mut self, person: i64, from: Status, to: Status) {
        let chat = self.cloud.people.get(&person).map(|customer| &customer.chat);
        let ids: Vec<String> = chat
            .into_iter()
            .flatten()
            .filter(|message| message.from_business && message.status == from)
            .map(|message| message.id.clone())
            .collect();
        for id in ids {
            self.tell_status(Some(person), &id, to, None);
        }
    }

    /// Tells the webhook a status of a message, and remembers it unless the message is further already.
    pub(crate) fn tell_status(&mut self, person: Option<i64>, id: &str, status: Status, error: Option<u32>) {
        let now = self.unix();
        let mut value = self.cloud.envelope();
        let customer = person.and_then(|id| self.cloud.people.get_mut(&id));
        let (contact, names, message) = match customer {
            Some(customer) => {
                let names = (
                    Some(customer.user_id().to_owned()),
                    customer.wa_id().map(str::to_owned),
                );
                (Some(customer.contact()), names, customer.message(id))
            }
            None => {
                let message = self.cloud.strays.iter_mut().find(|message| message.id == id);
                (None, (None, None), message)
            }
        };
        let Some(message) = message else { return };
        if message.status != Status::Failed && status > message.status {
            message.status = status;
            message.error = error;
        }
        let mut told = json!({"id": id, "status": status.as_str(), "timestamp": now.to_string()});
        let to_user = is_user_id(&message.input);
        let phone = if to_user {
            names.1
        } else {
            Some(message.input.trim_start_matches('+').to_owned())
        };
        if let Some(phone) = phone {
            told["recipient_id"] = json!(phone);
        }
        if let Some(user) = names.0.filter(|_| status != Status::Failed || to_user) {
            told["recipient_user_id"] = json!(user);
        }
        if let Some(callback) = &message.callback {
            told["biz_opaque_callback_data"] = json!(callback);
        }
        match status {
            Status::Failed => told["errors"] = json!([failure(error.unwrap_or(131_000))]),
            Status::Sent | Status::Delivered => {
                let category = if message.template.is_some() {
                    "utility"
                } else {
                    "service"
                };
                told["pricing"] = json!({
                    "billable": true, "pricing_model": "PMP", "type": "regular", "category": category,
                });
            }
            _ => {}
        }
        if let Some(contact) = contact.filter(|_| status != Status::Failed) {
            value["contacts"] = json!([contact]);
        }
        value["statuses"] = json!([told]);
        self.tell_webhook(person.unwrap_or_default(), "messages", value);
        self.changed("customer", person);
    }
}

/// Whether a text is a business-scoped id, of a person or of the level above.
pub(crate) fn is_user_id(text: &str) -> bool {
    let Some((country, rest)) = text.split_once('.') else {
        return false;
    };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// What an order for this message means for its fate; other kinds of orders mean the call.
pub(crate) fn fate_of(kind: Wrong, code: Option<u32>) -> Fate {
    match kind {
        Wrong::Fails => Fate::Fails(code.unwrap_or(131_000)),
        Wrong::Lost => Fate::Lost,
        _ => Fate::Usual,
    }
}
