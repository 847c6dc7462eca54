//! Customers who leave: archived, or erased with all that they said; the ledger stays.

use chrono::{DateTime, Utc};
use domain::document::Kind;
use domain::ids::{CustomerId, RequestId};
use domain::phone::Phone;
use futures::FutureExt;
use serde_json::{Value, json};

use crate::app::act::Act;
use crate::app::contacts::{CHANNEL, Contact};
use crate::app::{App, Error, Refusal, contacts, documents};
use crate::store::customers::Customer;
use crate::store::{self, Tx, audit, idempotency, inbox, outbox, webhooks};

/// What the office is told of customers outside of any ticket.
const NOTICES: [&str; 6] = [
    "customer_request_came",
    "customer_wrote_again",
    "customer_phone_changed",
    "customer_unreachable",
    "identity_conflict",
    "too_many_messages",
];

/// Counts the rules of what is forgotten of a customer: one more whenever they take more than before. Whoever was
/// erased by earlier ones is erased by the newer ones too, by [`finish`].
const RULES: i32 = 1;

/// How many are erased anew in one round: their chats, tickets and files are looked through in one transaction each.
const BATCH: u64 = 20;

/// Archives a customer; with `erase`, drops the personal data too and keeps the ledger.
pub async fn remove(app: &App, act: &Act, id: CustomerId, erase: bool) -> Result<(), Error> {
    let by = act.clone();
    let done = app.perform(act, move |tx| {
        async move {
            let old = store::customers::by_id(tx, id).await?.ok_or(Error::Missing)?;
            let mut customer = old.clone();
            customer.archived_at = customer.archived_at.or(Some(by.at));
            if erase && customer.erased_at.is_none() {
                customer = Customer {
                    // What stays says nothing about the person.
                    name: customer.id.number(),
                    address: "-".to_owned(),
                    phone: None,
                    position: None,
                    notes: None,
                    erased_at: Some(by.at),
                    ..customer
                };
            }
            store::customers::update(tx, &customer)
                .await?
                .ok_or(Error::Stale)?;
            // After the update: a ticket that is being written for this customer is seen, or waits for us.
            if store::tickets::customer_has_live(tx, id).await? {
                return Err(Refusal::HasLiveTickets.into());
            }
            let files = if erase {
                store::customers::erased_by(tx, id, RULES).await?;
                forget(tx, &by, &old).await?
            } else {
                Vec::new()
            };
            let action = if erase {
                "customer_erased"
            } else {
                "customer_archived"
            };
            by.audit(tx, action, ("customer", id.0), None, json!(null))
                .await?;
            Ok(files)
        }
        .boxed()
    });
    // Bytes last: nothing shows them any more, and what is cut off here is swept later.
    documents::let_go(app, done.await?).await;
    Ok(())
}

/// Erases by today's rules whoever was erased by earlier ones, which left more of him; answers how many. When any
/// were, there may be more.
pub async fn finish(app: &App) -> Result<u64, Error> {
    let mut done = 0;
    for customer in store::customers::erased_before(&app.db, RULES, BATCH).await? {
        let id = customer.id;
        match finish_one(app, customer).await {
            Ok(files) => {
                documents::let_go(app, files).await;
                done += 1;
            }
            // The others must not wait for it; it is tried again in the next hour.
            Err(error) => tracing::warn!(%error, customer.id = id.0, "an erasure could not be finished"),
        }
    }
    Ok(done)
}

async fn finish_one(app: &App, customer: Customer) -> Result<Vec<String>, Error> {
    let act = Act::system(app.now());
    let (files, _) = app
        .db
        .write(move |tx| {
            async move {
                let id = customer.id;
                // Someone else may have just done it.
                if !store::customers::erased_by(tx, id, RULES).await? {
                    return Ok(Vec::new());
                }
                let files = forget(tx, &act, &customer).await?;
                act.audit(tx, "customer_erased", ("customer", id.0), None, json!(null))
                    .await?;
                Ok::<_, Error>(files)
            }
            .boxed()
        })
        .await?;
    Ok(files)
}

/// Forgets what a person said and was told, in every chat that was his. Answers which files are of no use any more.
async fn forget(tx: &Tx, by: &Act, customer: &Customer) -> Result<Vec<String>, Error> {
    let id = customer.id;
    let chats = store::contacts::ever_of(tx, id).await?;
    let mut names = Vec::new();
    for alias in store::contacts::of_contacts(tx, chats.iter().map(|chat| chat.id.0).collect()).await? {
        names.push(alias.value.trim_start_matches('+').to_owned());
    }
    for chat in chats {
        forget_chat(tx, &chat, by.at).await?;
    }
    let requests = store::requests::erase(tx, id).await?;
    let photos = store::requests::photos(tx, requests.iter().map(|request| request.0).collect()).await?;
    let photos = photos.into_iter().map(|(_, photo)| photo);
    let tickets = store::tickets::erase(tx, id).await?;
    store::visits::erase(tx, &tickets).await?;
    audit::erase_reasons(tx, id).await?;
    let papers = store::documents::personal_of(tx, id).await?;
    let mut files = Vec::new();
    for file in photos.chain(papers) {
        if let Some(erased) = store::documents::take_back(tx, file).await? {
            let detail = json!({ "kind": erased.kind.map(Kind::as_str) });
            let subject = ("document", file.0);
            by.audit(tx, "document_erased", subject, erased.ticket, detail)
                .await?;
            files.extend(erased.sha256);
        }
    }
    store::ratings::erase(tx, id).await?;
    contacts::erase(tx, id).await?;
    outbox::forget_customer(tx, id).await?;
    outbox::forget_notices(tx, &NOTICES, |payload| speaks_of(payload, customer, &requests)).await?;
    inbox::discard_of(tx, CHANNEL, &names).await?;
    webhooks::empty_of(tx, CHANNEL, &names).await?;
    let numbers = tickets.iter().map(|ticket| ticket.number());
    let numbers = numbers.chain(requests.iter().map(|request| request.number()));
    idempotency::empty_of(tx, numbers.chain([id.number()])).await?;
    Ok(files)
}

/// Forgets what was said in a chat, both ways, and what it was about to say.
pub(crate) async fn forget_chat(tx: &Tx, chat: &Contact, at: DateTime<Utc>) -> Result<(), Error> {
    let recipient = chat.id.to_string();
    store::messages::erase(tx, &[chat.id]).await?;
    store::conversations::end(tx, CHANNEL, &recipient).await?;
    outbox::forget_chat(tx, (CHANNEL, &recipient), at).await?;
    let mut chat = store::contacts::by_id_held(tx, chat.id)
        .await?
        .ok_or(Error::Stale)?;
    chat.profile_name = None;
    Ok(store::contacts::update(tx, &chat).await?)
}

/// Whether a notice to the office speaks of this person.
fn speaks_of(payload: &str, customer: &Customer, requests: &[RequestId]) -> bool {
    let Ok(payload) = serde_json::from_str::<Value>(payload) else {
        return false;
    };
    let phone = customer.phone.as_ref().map(Phone::as_str);
    let number = customer.id.number();
    any(&payload, &mut |field, value| match value {
        Value::Number(found) => match (field, found.as_i64()) {
            ("request", Some(found)) => requests.iter().any(|request| request.0 == found),
            ("customer", Some(found)) => found == customer.id.0,
            _ => false,
        },
        Value::String(found) => {
            *found == customer.name || phone == Some(found) || found.contains(&format!("({number})"))
        }
        _ => false,
    })
}

fn any(value: &Value, is: &mut impl FnMut(&str, &Value) -> bool) -> bool {
    match value {
        Value::Object(fields) => fields
            .iter()
            .any(|(field, value)| is(field, value) || any(value, is)),
        Value::Array(all) => all.iter().any(|value| is("", value) || any(value, is)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use dialogues::customer::Customer as Notice;
    use dialogues::say::Say;
    use dialogues::wire::Wire;
    use domain::customer::PhoneBy;
    use domain::ids::{CustomerId, RequestId};
    use domain::request::Kind;

    use crate::app::customers::erase::speaks_of;
    use crate::store::customers::Customer;

    #[test]
    fn a_notice_of_someone_is_told_from_that_of_another() {
        let siti = Customer {
            id: CustomerId(45),
            name: "Siti Aminah".to_owned(),
            address: "Jl. Melati 5".to_owned(),
            phone: None,
            phone_by: PhoneBy::Chat,
            position: None,
            timezone: None,
            withholds_pph23: false,
            notes: None,
            source: "whatsapp".to_owned(),
            archived_at: None,
            erased_at: None,
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
        };
        let came = |request, name: &str| {
            let (kind, words) = (Kind::Report, "AC mati total".to_owned());
            let name = name.to_owned();
            let request = RequestId(request);
            let text = Notice::RequestCame {
                request,
                kind,
                name,
                words,
            };
            serde_json::to_string(&Say::text(text)).expect("JSON")
        };
        let own = [RequestId(7)];
        assert!(speaks_of(&came(7, "Siti"), &siti, &own));
        assert!(speaks_of(&came(8, "Siti Aminah"), &siti, &own));
        assert!(!speaks_of(&came(8, "Siti"), &siti, &own));
        assert!(!speaks_of("{}", &siti, &own));
        let loud = |name: &str| {
            let text = Wire::TooManyMessages {
                name: name.to_owned(),
            };
            serde_json::to_string(&Say::text(text)).expect("JSON")
        };
        assert!(speaks_of(&loud("Siti Aminah (PLG-000045)"), &siti, &own));
        assert!(!speaks_of(&loud("Siti A. (PLG-000046)"), &siti, &own));
    }
}
