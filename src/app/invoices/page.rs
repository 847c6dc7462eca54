//! What a customer's page shows of an invoice: nothing of him before he has told the last digits of his phone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ids::InvoiceId;
use domain::invoice::{Line, State, Totals};
use domain::money::Rupiah;
use domain::person::Locale;
use domain::phone::Phone;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::app::invoices::{outstanding, proof};
use crate::app::{App, Error};
use crate::files::Code;
use crate::store::customers::Customer;
use crate::store::invoices::Invoice;
use crate::store::{self, invoices};

/// How long whoever told the digits need not tell them again.
pub const REMEMBERED: TimeDelta = TimeDelta::hours(12);
/// Digits that are asked for.
const DIGITS: usize = 4;

/// The page of one invoice, closed or open.
#[derive(Debug, Clone)]
pub struct Page {
    pub id: InvoiceId,
    pub company: String,
    /// The customer's language.
    pub locale: Locale,
    lock: Option<Lock>,
    bill: Bill,
}

/// What opens a page: the phone on file. What remembers that it was opened is signed with a key made of the link's
/// own secret and that phone, so that it opens this page only, and no longer once either has changed. Whoever could
/// forge it knows the digits anyway.
#[derive(Debug, Clone)]
struct Lock {
    phone: Phone,
    token: String,
}

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct Bill {
    pub number: String,
    /// `TKT-000123`.
    pub ticket: String,
    pub service: String,
    pub seller: Seller,
    pub customer: String,
    pub address: String,
    pub issued_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    pub lines: Vec<Line>,
    pub totals: Totals,
    /// What was paid, withheld tax counted.
    pub paid: Rupiah,
    pub left: Rupiah,
    /// Income tax that this customer may withhold.
    pub withholding: Option<Rupiah>,
    pub is_overdue: bool,
    /// The code that asks for what is left, for any bank's app.
    pub qris: Option<Qris>,
    /// How many proofs of payment have come.
    pub proofs: usize,
    pub takes_proofs: bool,
}

/// Who asks for the money.
#[derive(Debug, Clone)]
pub struct Seller {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub tax_id: String,
    /// Where to pay to, one line each.
    pub banks: Vec<String>,
}

/// A payment code.
#[derive(Debug, Clone)]
pub struct Qris {
    pub merchant: String,
    pub code: Code,
}

impl Page {
    /// Whether the digits must be told first.
    pub fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Whether these are the last digits of the customer's phone.
    pub fn opens(&self, digits: &str) -> bool {
        let told: String = digits.chars().filter(char::is_ascii_digit).collect();
        let Some(lock) = &self.lock else { return true };
        told.len() == DIGITS && lock.phone.as_str().ends_with(&told)
    }

    /// What remembers until then that the page was opened.
    pub fn pass(&self, until: DateTime<Utc>) -> String {
        let until = until.timestamp();
        let sum = self.lock.as_ref().and_then(|lock| lock.sum(self.id, until));
        let sum = sum.map_or_else(String::new, |mac| {
            URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
        });
        format!("{until}.{sum}")
    }

    /// Everything on it, for whoever has a pass that holds, or when none is needed.
    pub fn open(&self, pass: Option<&str>, at: DateTime<Utc>) -> Option<&Bill> {
        let is_open = match &self.lock {
            None => true,
            Some(lock) => pass.is_some_and(|pass| lock.admits(self.id, pass, at)),
        };
        is_open.then_some(&self.bill)
    }
}

impl Lock {
    fn sum(&self, id: InvoiceId, until: i64) -> Option<Hmac<Sha256>> {
        let key = format!("invoice page {} {}", self.token, self.phone.as_str());
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
        mac.update(format!("{id} {until}").as_bytes());
        Some(mac)
    }

    fn admits(&self, id: InvoiceId, pass: &str, at: DateTime<Utc>) -> bool {
        let Some((until, sum)) = pass.split_once('.') else {
            return false;
        };
        let (Ok(until), Ok(sum)) = (until.parse::<i64>(), URL_SAFE_NO_PAD.decode(sum)) else {
            return false;
        };
        let holds = at.timestamp() < until && until <= (at + REMEMBERED).timestamp();
        holds
            && self
                .sum(id, until)
                .is_some_and(|mac| mac.verify_slice(&sum).is_ok())
    }
}

/// Where a link leads.
#[derive(Debug)]
pub enum Link {
    Page(Box<Page>),
    /// The invoice has another link since.
    Replaced,
}

/// The page of a link; nothing changes by looking. [`Error::Missing`]: the link leads nowhere, or its invoice no
/// longer stands.
pub async fn by_token(app: &App, token: &str) -> Result<Link, Error> {
    let Some(invoice) = invoices::by_token(&app.db, token).await? else {
        let old = invoices::by_old_token(&app.db, token).await?;
        return old.map(|_| Link::Replaced).ok_or(Error::Missing);
    };
    if !invoice.state.is_final() {
        return Err(Error::Missing);
    }
    let page = page(app, &invoice, token).await?;
    Ok(Link::Page(Box::new(page)))
}

async fn page(app: &App, invoice: &Invoice, token: &str) -> Result<Page, Error> {
    let ticket = store::tickets::by_id(&app.db, invoice.ticket)
        .await?
        .ok_or(Error::Missing)?;
    let customer = store::customers::by_id(&app.db, ticket.customer).await?;
    // Nothing is shown of somebody who is to be forgotten.
    let customer = customer
        .filter(|customer| customer.erased_at.is_none())
        .ok_or(Error::Missing)?;
    let service = store::services::by_id(&app.db, ticket.service).await?;
    let chat = store::contacts::of_customer(&app.db, customer.id).await?;
    let locale = chat
        .first()
        .map_or(app.settings().company.locale, |contact| contact.locale);
    let service = service.map_or_else(String::new, |service| service.name);
    Ok(Page {
        id: invoice.id,
        company: app.settings().company.name.clone(),
        locale,
        lock: customer.phone.clone().map(|phone| Lock {
            phone,
            token: token.to_owned(),
        }),
        bill: bill(app, invoice, &customer, service).await?,
    })
}

async fn bill(app: &App, invoice: &Invoice, customer: &Customer, service: String) -> Result<Bill, Error> {
    let payments = invoices::payments(&app.db, vec![invoice.id.0]).await?;
    let left = outstanding(invoice, &payments);
    let proofs = invoices::proofs(&app.db, invoice.id).await?.len();
    let is_open = invoice.state != State::Paid;
    Ok(Bill {
        number: invoice.number.clone().unwrap_or_default(),
        ticket: invoice.ticket.number(),
        service,
        seller: seller(app),
        customer: customer.name.clone(),
        address: customer.address.clone(),
        issued_on: issued_on(app, invoice),
        due_on: invoice.due_date,
        lines: invoice.lines.clone(),
        totals: invoice.totals,
        paid: Rupiah(invoice.totals.total.0 - left.0),
        left,
        withholding: withholding(invoice, customer),
        is_overdue: is_open && invoice.due_date.is_some_and(|due| due < app.today()),
        qris: if is_open {
            qris(app.settings().company.qris.as_ref(), left)
        } else {
            None
        },
        proofs,
        takes_proofs: is_open && proofs < proof::MOST,
    })
}

/// The company as its papers name it.
pub(crate) fn seller(app: &App) -> Seller {
    let settings = app.settings();
    let company = &settings.company;
    Seller {
        name: company.name.clone(),
        address: company.address.clone(),
        phone: company.phone.clone(),
        tax_id: company.tax_id.clone(),
        banks: company.bank_accounts.clone(),
    }
}

/// The date that stands on an invoice: when sales approved it, where the company is.
pub(crate) fn issued_on(app: &App, invoice: &Invoice) -> NaiveDate {
    app.zone().date(invoice.approved_at.unwrap_or(invoice.updated_at))
}

/// What the customer may withhold for the state, if he did so when it was approved.
pub(crate) fn withholding(invoice: &Invoice, customer: &Customer) -> Option<Rupiah> {
    if !invoice.withholds.unwrap_or(customer.withholds_pph23) {
        return None;
    }
    domain::tax::pph_23(invoice.totals.net.0).map(Rupiah)
}

/// The code that asks for so much; `None`: the company has none, or nothing is left.
pub(crate) fn qris(own: Option<&domain::qris::Qris>, left: Rupiah) -> Option<Qris> {
    let own = own?;
    let asking = own.asking(left).ok()?;
    Some(Qris {
        merchant: own.merchant().to_owned(),
        code: Code::of(&asking)?,
    })
}
