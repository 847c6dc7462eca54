//! Photos of a job for whoever decides its price; every look is written down.

use dialogues::price::Price;
use dialogues::say::{Attachment, Say, Toast};
use dialogues::text::Text;
use domain::document::{Kind, State};
use domain::ids::{InvoiceId, TicketId};
use serde_json::json;

use crate::app::Error;
use crate::app::act::Act;
use crate::app::notices::{self, To};
use crate::store::documents::{self, Document};
use crate::store::outbox::{self, Lane};
use crate::store::users::User;
use crate::store::{self, Source, Tx};

/// What a photo is called among messages.
const KIND: &str = "price_photo";

/// What there is to see of a job: the work, and the signed handover.
pub(crate) async fn shown(source: &impl Source, ticket: TicketId) -> Result<Vec<Document>, Error> {
    let mut all = documents::of_ticket(source, ticket).await?;
    all.retain(|document| {
        let shows = matches!(document.kind, Some(Kind::Evidence | Kind::Bast));
        shows && document.state == State::Ready && document.revoked_at.is_none()
    });
    Ok(all)
}

/// Sends the photos to whoever asked, each in a message of its own, behind whatever else he waits for.
pub(crate) async fn send(tx: &Tx, act: &Act, user: &User, invoice: InvoiceId) -> Result<Toast, Error> {
    let invoice = store::invoices::by_id(tx, invoice).await?;
    let live = invoice.filter(|invoice| invoice.state != domain::invoice::State::Void);
    let (Some(invoice), Some(chat)) = (live, user.telegram_id) else {
        return Ok(Toast::alert(Text::StaleButton));
    };
    let ticket = invoice.ticket;
    let photos = shown(tx, ticket).await?;
    if photos.is_empty() {
        return Ok(Toast::alert(Price::NoPhotos { ticket }));
    }
    // Whoever asks twice wants them once.
    outbox::drop_unsent(tx, ("telegram", &chat.to_string()), Some(ticket), &[KIND], act.at).await?;
    let count = photos.len();
    for (place, photo) in (1..).zip(photos) {
        let kind = photo.kind.unwrap_or(Kind::Evidence);
        let text = Price::Photo {
            ticket,
            kind,
            place,
            count,
        };
        let detail = json!({ "kind": kind.as_str(), "size": "1600" });
        act.audit(
            tx,
            "document_viewed",
            ("document", photo.id.0),
            Some(ticket),
            detail,
        )
        .await?;
        let say = Say::text(text).attach(attachment(&photo)).quiet().private();
        let to = To {
            chat,
            user: Some(user.id),
            locale: user.locale,
        };
        notices::send(tx, to, Lane::Broadcast, Some(ticket), say, act.at).await?;
    }
    Ok(Toast::brief(Price::PhotosComing { ticket, count }))
}

/// A photo goes as a picture of our own making; a paper as it is.
fn attachment(photo: &Document) -> Attachment {
    Attachment {
        document: photo.id,
        filename: photo.filename.clone(),
        media_type: photo.media_type.clone().unwrap_or_default(),
        picture: photo.width.is_some(),
    }
}
