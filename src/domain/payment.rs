//! What was paid of an invoice, and what is still to be.

use crate::money::Rupiah;

/// How money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    Transfer,
    Qris,
    Cash,
    Card,
    Other,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 5] = [Self::Transfer, Self::Qris, Self::Cash, Self::Card, Self::Other];

    /// The stable name in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Qris => "qris",
            Self::Cash => "cash",
            Self::Card => "card",
            Self::Other => "other",
        }
    }
}

impl std::str::FromStr for Method {
    type Err = crate::invalid::Fault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|method| method.as_str() == text);
        found.ok_or(crate::invalid::Fault::BadValue)
    }
}

/// One payment, as far as the sum counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    pub amount: Rupiah,
    /// Income tax that the customer withheld and pays to the state.
    pub withheld: Rupiah,
    pub is_reversed: bool,
}

impl Payment {
    /// What it settles.
    pub const fn settles(self) -> i64 {
        if self.is_reversed {
            0
        } else {
            self.amount.0.saturating_add(self.withheld.0)
        }
    }

    /// A payment that may be recorded while so much is outstanding. More than that is refused, and so is nothing.
    pub fn new(amount: Rupiah, withheld: Rupiah, outstanding: Rupiah) -> Result<Self, PaymentFault> {
        let payment = Self {
            amount,
            withheld,
            is_reversed: false,
        };
        if amount.0 < 0 || withheld.0 < 0 || payment.settles() == 0 {
            return Err(PaymentFault::Nothing);
        }
        if payment.settles() > outstanding.0 {
            return Err(PaymentFault::MoreThanOutstanding);
        }
        Ok(payment)
    }
}

/// Why a payment is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentFault {
    Nothing,
    MoreThanOutstanding,
}

/// What is still to be paid; paid means that `amount + withheld` reaches the total.
pub fn outstanding(total: Rupiah, payments: &[Payment]) -> Rupiah {
    let settled = payments
        .iter()
        .fold(0_i64, |sum, payment| sum.saturating_add(payment.settles()));
    Rupiah(total.0.saturating_sub(settled).max(0))
}
