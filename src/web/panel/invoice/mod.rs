//! An invoice's page: what it comes to, where it stands, what was paid, how it came about, and what can be done now.

mod deeds;
mod draft;
mod edit;
mod past;
mod read;
pub(crate) mod standing;
pub(crate) mod sums;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::InvoiceId;
use domain::invoice::State as Standing;

use crate::app;
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::delivery::Delivery;
use crate::web::panel::document::Document;
use crate::web::panel::filters;
use crate::web::panel::form::Form;
pub use crate::web::panel::invoice::deeds::{close, open, pay, renew, reverse, send, void};
pub use crate::web::panel::invoice::draft::{Draft, DraftPart, Entry, Wrong};
pub use crate::web::panel::invoice::edit::{save, sums};
pub use crate::web::panel::invoice::past::Past;
use crate::web::panel::invoice::read::read;
pub use crate::web::panel::invoice::standing::Stand;
use crate::web::panel::invoice::standing::WAY;
pub use crate::web::panel::invoice::sums::{Item, Sums, Tax};
use crate::web::panel::shell::{Flash, Place, Shell};
use crate::web::panel::ticket::Customer;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::When;

/// The page, and with `as_invoice` the part that is fetched again after a change.
#[derive(Template)]
#[template(path = "panel/invoice.html", blocks = ["invoice"])]
pub struct InvoicePage {
    pub shell: Shell,
    pub invoice: Invoice,
    /// What is typed into the draft.
    pub draft: Draft,
    /// What was typed into the dialog that was refused.
    pub form: Form,
}

impl InvoicePage {
    /// The payment as it is typed: what was refused, or what is likely.
    pub fn receipt(&self) -> &Form {
        if self.invoice.is_opened("pay") {
            &self.form
        } else {
            &self.invoice.receipt
        }
    }
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Invoice {
    pub id: String,
    /// None before it is approved.
    pub number: Option<String>,
    pub version: i32,
    pub stand: Stand,
    pub ticket: Job,
    pub customer: Customer,
    pub items: Vec<Item>,
    pub sums: Sums,
    /// When it is due, in words.
    pub due: Option<String>,
    /// The customer's page.
    pub link: Option<String>,
    pub paid: String,
    /// What is still to be paid, when anything is and something was.
    pub outstanding: Option<String>,
    /// While it waits: who may approve it.
    pub judges: Vec<String>,
    /// Sales gave it back: who, and why.
    pub returned: Option<Past>,
    /// Why it is void.
    pub void_because: Option<String>,
    /// Whoever has the form open read an older version: what was done since.
    pub overtaken: Option<Past>,
    /// The version that the open form was read from; without one, the present.
    pub seen: i32,
    /// The form stays, though it is no draft any more: what was typed is not taken away.
    pub keeps_form: bool,
    pub payments: Vec<Payment>,
    /// A payment before anyone types: all that is left, today.
    pub receipt: Form,
    pub methods: Vec<(&'static str, &'static str)>,
    /// Today, `YYYY-MM-DD`: money does not come later.
    pub today: String,
    pub proofs: Vec<Document>,
    pub past: Vec<Past>,
    pub deliveries: Vec<Delivery>,
    /// The dialog that was refused and is shown again.
    pub opened: Option<String>,
}

/// The ticket that it is for.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: String,
    pub number: String,
    pub problem: String,
}

/// One payment.
#[derive(Debug, Clone)]
pub struct Payment {
    pub id: String,
    /// The text key of how it came.
    pub method: &'static str,
    pub amount: String,
    pub withheld: Option<String>,
    pub paid_on: String,
    pub reference: Option<String>,
    /// Where the proof is.
    pub proof: Option<String>,
    pub by: Option<String>,
    pub at: When,
    /// When it was taken back, by whom, and why.
    pub reversed: Option<Reversed>,
}

/// That a payment was taken back.
#[derive(Debug, Clone)]
pub struct Reversed {
    pub at: When,
    pub by: Option<String>,
    pub reason: Option<String>,
}

impl Payment {
    /// The dialog that takes it back.
    pub fn dialog(&self) -> String {
        format!("reverse-{}", self.id)
    }
}

impl Invoice {
    /// Where the invoice lives.
    pub fn href(&self) -> String {
        format!("/panel/invoices/{}", self.id)
    }

    /// What it is called: its number, or the ticket's while it has none.
    pub fn name(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.ticket.number)
    }

    /// Whether it is written here.
    pub fn is_draft(&self) -> bool {
        self.stand.state == Standing::Draft
    }

    /// Whether sales decide.
    pub fn is_submitted(&self) -> bool {
        self.stand.state == Standing::Submitted
    }

    /// Whether it stands for nothing any more.
    pub fn is_void(&self) -> bool {
        self.stand.state == Standing::Void
    }

    /// Whether the customer may be sent the link; the first time, and again.
    pub fn may_send(&self) -> bool {
        self.stand.state.takes_payments()
    }

    /// Whether it was sent before.
    pub fn is_sent(&self) -> bool {
        self.stand.state == Standing::Sent
    }

    /// Whether payments may be recorded.
    pub fn may_pay(&self) -> bool {
        self.stand.state.takes_payments()
    }

    /// Whether payments are told at all.
    pub fn has_payments(&self) -> bool {
        self.stand.state.is_final() || !self.payments.is_empty()
    }

    /// Whether it may be made void: nothing was paid that still counts.
    pub fn may_void(&self) -> bool {
        let is_paid = self.payments.iter().any(|paid| paid.reversed.is_none());
        self.stand.state.may_become(Standing::Void) && !is_paid
    }

    /// Whether that dialog is shown again.
    pub fn is_opened(&self, dialog: &str) -> bool {
        self.opened.as_deref() == Some(dialog)
    }

    /// Whether that dialog is on the page: all that are allowed, or the refused one alone.
    pub fn offers(&self, dialog: &str) -> bool {
        let may = match dialog {
            "void" => self.may_void(),
            "renew" => self.stand.state.is_final(),
            "pay" => self.may_pay(),
            other => self
                .payments
                .iter()
                .any(|paid| paid.reversed.is_none() && paid.dialog() == other),
        };
        may && (self.opened.is_none() || self.is_opened(dialog))
    }

    /// The id of a dialog's reason: the summary links to `reason`, and several dialogs have one.
    pub fn reason_field(&self, dialog: &str) -> String {
        if self.is_opened(dialog) {
            "reason".to_owned()
        } else {
            format!("{dialog}-reason")
        }
    }

    /// Proofs that are pictures.
    pub fn photos(&self) -> impl Iterator<Item = &Document> {
        self.proofs.iter().filter(|file| file.is_photo())
    }

    /// Proofs that are papers.
    pub fn papers(&self) -> impl Iterator<Item = &Document> {
        self.proofs.iter().filter(|file| !file.is_photo())
    }

    /// Its way as a strip: the key of each step, and whether it is `past`, `now` or yet to come.
    pub fn steps(&self) -> Vec<(&'static str, &'static str)> {
        let at = WAY.iter().position(|(state, _)| *state == self.stand.state);
        let at = at.unwrap_or_default();
        let step = |(n, (_, key)): (usize, (Standing, &'static str))| {
            let state = match n.cmp(&at) {
                std::cmp::Ordering::Less => "past",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "",
            };
            (key, state)
        };
        WAY.into_iter().enumerate().map(step).collect()
    }
}

/// An invoice's page, or its part that changed. `seen`: the version that the open form was read from.
pub async fn show(
    State(state): State<web::State>,
    visitor: Visitor,
    Path(id): Path<String>,
    asked: Form,
) -> Answer {
    let seen = asked.value("seen").parse().ok().filter(|_| visitor.wants_part);
    let (invoice, draft) = read(&state, &visitor, invoice_id(&id)?, seen).await?;
    let page = InvoicePage {
        shell: visitor.shell(&state, Place::Invoices).await?,
        form: Form::default(),
        invoice,
        draft,
    };
    Ok(if visitor.wants_part {
        visitor.page(&page.as_invoice())
    } else {
        visitor.page(&page)
    })
}

/// The page again, with what was refused.
async fn again(
    state: &web::State,
    visitor: &Visitor,
    (invoice, draft): (Invoice, Draft),
    form: Form,
    flash: Option<Flash>,
) -> Result<Response, Failure> {
    let mut shell = visitor.shell(state, Place::Invoices).await?;
    shell.flash = flash.or(shell.flash);
    Ok(visitor.again(&InvoicePage {
        shell,
        invoice,
        draft,
        form,
    }))
}

/// The id in an address; what is none names nothing.
fn invoice_id(text: &str) -> Result<InvoiceId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
