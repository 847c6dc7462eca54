//! Who asks for the money, as it was when sales approved that: a paper that is drawn later says the same.

use domain::qris::Qris;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::store::invoices::Invoice;

/// The company as its papers name it, and how it is paid.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Issuer {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) phone: String,
    pub(crate) tax_id: String,
    pub(crate) banks: Vec<String>,
    /// The text of its static code.
    qris: Option<String>,
}

impl Issuer {
    /// As the settings have it now.
    pub(crate) fn now(app: &App) -> Self {
        let settings = app.settings();
        let company = &settings.company;
        Self {
            name: company.name.clone(),
            address: company.address.clone(),
            phone: company.phone.clone(),
            tax_id: company.tax_id.clone(),
            banks: company.bank_accounts.clone(),
            qris: company.qris.as_ref().map(Qris::text),
        }
    }

    /// As it was when the invoice was approved; as it is now where that was not kept.
    pub(crate) fn of(app: &App, invoice: &Invoice) -> Self {
        let kept = invoice.issuer.as_deref();
        let kept = kept.and_then(|kept| serde_json::from_str(kept).ok());
        kept.unwrap_or_else(|| Self::now(app))
    }

    /// As an invoice keeps it.
    pub(crate) fn kept(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// Its code, when it has one.
    pub(crate) fn qris(&self) -> Option<Qris> {
        self.qris.as_deref().and_then(|text| Qris::parse(text).ok())
    }
}
