//! What an invoice comes to, as it is shown: in rupiah, part by part.

use domain::invoice::{Discount, Line, Quantity, Totals};
use domain::money::Rupiah;
use domain::tax::pph_23;

/// The sums of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    pub subtotal: String,
    /// None when nothing is taken off.
    pub discount: Option<String>,
    /// `10%`, when it was given as a share.
    pub share: Option<String>,
    /// None when the company charges no tax.
    pub tax: Option<Tax>,
    pub total: String,
    /// What a customer who withholds income tax pays to the state, and what then comes in.
    pub withheld: Option<(String, String)>,
}

/// The tax and what it is computed of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    pub base: String,
    pub percent: i64,
    pub vat: String,
}

impl Sums {
    /// Of these totals; `withholds`: this customer withholds income tax.
    pub fn of(totals: &Totals, discount: Discount, withholds: bool) -> Self {
        let held = pph_23(totals.net.0).filter(|held| withholds && *held > 0);
        Self {
            subtotal: totals.subtotal.to_string(),
            discount: (totals.discount.0 > 0).then(|| format!("−{}", totals.discount)),
            share: match discount {
                Discount::Percent(hundredths) if hundredths > 0 => Some(share(hundredths)),
                _ => None,
            },
            tax: (totals.vat_percent > 0).then(|| Tax {
                base: totals.tax_base.to_string(),
                percent: totals.vat_percent,
                vat: totals.vat.to_string(),
            }),
            total: totals.total.to_string(),
            withheld: held.map(|held| {
                let rest = Rupiah(totals.total.0 - held);
                (format!("−{}", Rupiah(held)), rest.to_string())
            }),
        }
    }
}

/// One line as it stands on an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub description: String,
    /// `1,5 meter`.
    pub quantity: String,
    pub price: String,
    pub amount: String,
}

impl Item {
    /// Of a line.
    pub fn of(line: &Line) -> Self {
        let amount = line.amount().unwrap_or(Rupiah(0));
        Self {
            description: line.description.clone(),
            quantity: format!("{} {}", count(line.quantity), line.unit),
            price: line.unit_price.to_string(),
            amount: amount.to_string(),
        }
    }
}

/// `2` or `1,5`: with a comma, which both languages' readers can type again.
pub(crate) fn count(quantity: Quantity) -> String {
    parts(quantity.0, 1000)
}

/// `7,5%`.
pub(crate) fn share(hundredths: i64) -> String {
    format!("{}%", parts(hundredths, 100))
}

fn parts(number: i64, whole: i64) -> String {
    let (whole_part, rest) = (number / whole, number % whole);
    if rest == 0 {
        return whole_part.to_string();
    }
    let width = if whole == 100 { 2 } else { 3 };
    let rest = format!("{rest:0width$}");
    format!("{whole_part},{}", rest.trim_end_matches('0'))
}

/// A discount as it is typed: empty when there is none.
pub(crate) fn typed(discount: Discount) -> String {
    match discount {
        Discount::Amount(Rupiah(0)) => String::new(),
        Discount::Amount(amount) => amount.to_string(),
        Discount::Percent(hundredths) => share(hundredths),
    }
}

#[cfg(test)]
mod tests {
    use domain::invoice::{Discount, Quantity};
    use domain::money::Rupiah;

    use crate::web::panel::invoice::sums::{count, share, typed};

    #[test]
    fn what_is_shown_can_be_typed_again() {
        for thousandths in [1, 10, 125, 500, 1000, 1500, 1125, 12_340, 1_000_000_000] {
            let quantity = Quantity(thousandths);
            assert_eq!(
                Quantity::typed(&count(quantity)),
                Ok(quantity),
                "{}",
                count(quantity)
            );
        }
        for discount in [
            Discount::Percent(750),
            Discount::Percent(1),
            Discount::Percent(10_000),
            Discount::Amount(Rupiah(1)),
            Discount::Amount(Rupiah(150_000)),
        ] {
            assert_eq!(
                Discount::typed(&typed(discount)),
                Ok(discount),
                "{}",
                typed(discount)
            );
        }
        assert_eq!(typed(Discount::NONE), "");
        assert_eq!((share(750), share(1000)), ("7,5%".to_owned(), "10%".to_owned()));
    }
}
