//! What customers hear of their invoices: that there is one, that it is due, that it is paid.

use chrono::{DateTime, NaiveDate, Utc};
use dialogues::bill::Bill;
use dialogues::press::Press;
use dialogues::price::Price;
use dialogues::say::{Choice, Say};
use dialogues::standby::{Purpose, Standby};
use dialogues::tap::Tap;
use dialogues::text::{Code, Label};
use domain::calendar::Zone;
use domain::ids::{DeliveryId, TicketId};
use domain::money::Rupiah;

use crate::app::contacts::{CHANNEL, Contact};
use crate::app::notices::customer::{When, chat_of, queue};
use crate::app::notices::to_admins;
use crate::app::{App, Error};
use crate::store::customers::Customer;
use crate::store::invoices::Invoice;
use crate::store::outbox;
use crate::store::{self, Tx};

/// What tells that an invoice waits for its money: needless once it is paid or void.
const ASKING: [&str; 2] = ["bill_issued", "bill_reminder"];
/// What thanks for the money.
const THANKS: &str = "bill_settled";

/// Whether a customer hears of his invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// This message is on its way.
    Told(DeliveryId),
    /// He wants no messages that he did not ask for.
    Stopped,
    /// Nobody knows where to write to.
    NoAddress,
    /// There is no channel to customers.
    Off,
}

impl Reach {
    /// Why he does not hear of it, by a stable code.
    pub(crate) const fn fault(self) -> Option<&'static str> {
        match self {
            Self::Told(_) => None,
            Self::Stopped => Some("stopped"),
            Self::NoAddress => Some("no-address"),
            Self::Off => Some("channel-off"),
        }
    }
}

/// There is an invoice to look at and to pay. What was to be said of it before and was not is not said.
pub(crate) async fn issued(
    app: &App,
    tx: &Tx,
    (invoice, left): (&Invoice, Rupiah),
    at: DateTime<Utc>,
) -> Result<Reach, Error> {
    let text = Bill::Issued {
        ticket: invoice.ticket,
        number: number(invoice),
        total: invoice.totals.total,
        left,
        due: invoice.due_date,
    };
    tell(app, tx, invoice, (text, Purpose::InvoiceIssued), at, |contact| {
        Standby::of(Purpose::InvoiceIssued)
            .fact("no_invoice", number(invoice))
            .fact("no_tiket", invoice.ticket.number())
            .fact("total", left.to_string())
            .fact("jatuh_tempo", due(invoice.due_date, contact))
    })
    .await
}

/// It is due today, or was so many days ago.
pub(crate) async fn reminded(
    app: &App,
    tx: &Tx,
    (invoice, left, date): (&Invoice, Rupiah, NaiveDate),
    late_days: i64,
    at: DateTime<Utc>,
) -> Result<Reach, Error> {
    let text = Bill::Reminder {
        ticket: invoice.ticket,
        number: number(invoice),
        left,
        due: date,
        late_days,
    };
    tell(
        app,
        tx,
        invoice,
        (text, Purpose::InvoiceReminder),
        at,
        |contact| {
            Standby::of(Purpose::InvoiceReminder)
                .fact("no_invoice", number(invoice))
                .fact("no_tiket", invoice.ticket.number())
                .fact("jatuh_tempo", due(Some(date), contact))
                .fact("sisa", left.to_string())
        },
    )
    .await
}

/// Everything is paid: thanks, before anything else is asked. They name the moment of the payment, whenever they go.
pub(crate) async fn settled(app: &App, tx: &Tx, invoice: &Invoice, at: DateTime<Utc>) -> Result<(), Error> {
    let text = Bill::Settled {
        ticket: invoice.ticket,
        number: number(invoice),
        total: invoice.totals.total,
    };
    let (zone, paid_at) = (app.zone(), invoice.paid_at.unwrap_or(at));
    tell(
        app,
        tx,
        invoice,
        (text, Purpose::PaymentReceived),
        at,
        |contact| {
            let moment = format!(
                "{} {}",
                Zone::day(zone.date(paid_at), contact.locale),
                zone.clock(paid_at, contact.locale)
            );
            Standby::of(Purpose::PaymentReceived)
                .fact("jumlah", invoice.totals.total.to_string())
                .fact("no_invoice", number(invoice))
                .fact("waktu", moment)
        },
    )
    .await
    .map(drop)
}

/// It no longer waits for money, or not so: what was still to be said of that is not said. Answers how much it was.
pub(crate) async fn hushed(app: &App, tx: &Tx, ticket: TicketId, at: DateTime<Utc>) -> Result<u64, Error> {
    withdrawn(app, tx, ticket, &ASKING, at).await
}

/// It is not paid after all: thanks that have not gone yet do not go.
pub(crate) async fn unsettled(app: &App, tx: &Tx, ticket: TicketId, at: DateTime<Utc>) -> Result<u64, Error> {
    withdrawn(app, tx, ticket, &[THANKS], at).await
}

/// The admins hear that the customer does not, and why: the link waits for them in the panel.
pub(crate) async fn untold(
    tx: &Tx,
    invoice: &Invoice,
    (why, is_reminder): (&str, bool),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let text = Price::Untold {
        ticket: invoice.ticket,
        number: number(invoice),
        is_reminder,
        why: Code(why.to_owned()),
    };
    to_admins(tx, Some(invoice.ticket), &text.into(), at).await
}

async fn withdrawn(
    app: &App,
    tx: &Tx,
    ticket: TicketId,
    kinds: &[&str],
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let Some((_, contact)) = whom(app, tx, ticket, at).await? else {
        return Ok(0);
    };
    let recipient = contact.id.to_string();
    Ok(outbox::drop_unsent(tx, (CHANNEL, &recipient), Some(ticket), kinds, at).await?)
}

async fn tell(
    app: &App,
    tx: &Tx,
    invoice: &Invoice,
    (text, purpose): (Bill, Purpose),
    at: DateTime<Utc>,
    standby: impl FnOnce(&Contact) -> Standby,
) -> Result<Reach, Error> {
    if !app.config.whatsapp.missing().is_empty() {
        return Ok(Reach::Off);
    }
    let Some((customer, contact)) = whom(app, tx, invoice.ticket, at).await? else {
        return Ok(Reach::NoAddress);
    };
    let recipient = contact.id.to_string();
    outbox::drop_unsent(tx, (CHANNEL, &recipient), Some(invoice.ticket), &ASKING, at).await?;
    let token = invoice.token.as_deref().unwrap_or_default();
    let mut standby = standby(&contact);
    standby.page = Some(token.to_owned());
    if purpose != Purpose::PaymentReceived {
        standby.presses.push(Press::Customer(Tap::Office));
    }
    let page = Choice::Open {
        label: Label::Bill,
        url: app.link("i", token),
    };
    let say = Say::text(text).row(vec![page]).standby(standby);
    let whom = (&contact, &customer);
    let queued = queue(app, tx, whom, invoice.ticket, (say, When::Awake), at).await?;
    Ok(queued.map_or(Reach::Stopped, Reach::Told))
}

async fn whom(
    app: &App,
    tx: &Tx,
    ticket: TicketId,
    at: DateTime<Utc>,
) -> Result<Option<(Customer, Contact)>, Error> {
    let Some(ticket) = store::tickets::by_id(tx, ticket).await? else {
        return Ok(None);
    };
    let Some(customer) = store::customers::by_id(tx, ticket.customer).await? else {
        return Ok(None);
    };
    let contact = chat_of(app, tx, &customer, at).await?;
    Ok(contact.map(|contact| (customer, contact)))
}

fn number(invoice: &Invoice) -> String {
    invoice.number.clone().unwrap_or_default()
}

fn due(date: Option<NaiveDate>, contact: &Contact) -> String {
    date.map_or_else(String::new, |date| Zone::day(date, contact.locale))
}
