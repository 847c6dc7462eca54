//! Lines and discounts of an invoice as callers write them, with every fault and its place.

use domain::invalid::Fault;
use domain::invoice::{Discount, Line, Quantity};
use domain::money::Rupiah;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use utoipa::ToSchema;

use crate::web::api::input::given;
use crate::web::problem::{Problem, Wrong};

/// One line.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewLine {
    #[schema(required, min_length = 1, max_length = 200)]
    description: String,
    /// Above 0, with at most three decimals.
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = f64, exclusive_minimum = 0.0, maximum = 1_000_000.0, multiple_of = 0.001)]
    quantity: Option<Number>,
    #[schema(required, min_length = 1, max_length = 20)]
    unit: String,
    /// Whole rupiah.
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = i64, minimum = 0, maximum = 1_000_000_000_000_i64)]
    unit_price: Option<i64>,
}

/// What is taken off.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewDiscount {
    /// `amount` or `percent`.
    #[schema(required, pattern = "^(amount|percent)$")]
    kind: String,
    /// Rupiah, or percent with at most two decimals.
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = f64, minimum = 0.0)]
    value: Option<Number>,
}

pub(crate) fn checked(wrong: Vec<Wrong>) -> Result<(), Problem> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Problem::Invalid(wrong))
    }
}

pub(crate) fn fault(field: String, fault: Fault) -> Wrong {
    Wrong { field, fault }
}

/// Lines, with every fault of each.
pub(crate) fn read_lines(lines: Vec<NewLine>, wrong: &mut Vec<Wrong>) -> Vec<Line> {
    let mut read = Vec::with_capacity(lines.len());
    for (index, line) in lines.into_iter().enumerate() {
        let mut note = |name: &str, why: Fault| wrong.push(fault(format!("lines[{index}].{name}"), why));
        let quantity = match line.quantity.map(|number| Quantity::exact(&number.to_string())) {
            Some(Ok(quantity)) => quantity,
            other => {
                note("quantity", other.and_then(Result::err).unwrap_or(Fault::Required));
                Quantity::ONE
            }
        };
        let price = match line.unit_price.map(Rupiah::price) {
            Some(Ok(price)) => price,
            other => {
                note(
                    "unit_price",
                    other.and_then(Result::err).unwrap_or(Fault::Required),
                );
                Rupiah(0)
            }
        };
        if let Err(why) = Line::new(&line.description, Quantity::ONE, "unit", Rupiah(0)) {
            note("description", why);
        }
        if let Err(why) = Line::new("-", Quantity::ONE, &line.unit, Rupiah(0)) {
            note("unit", why);
        }
        read.extend(Line::new(&line.description, quantity, &line.unit, price));
    }
    read
}

pub(crate) fn read_discount(discount: &NewDiscount, wrong: &mut Vec<Wrong>) -> Option<Discount> {
    let value = discount.value.as_ref().map(ToString::to_string);
    let read = match (discount.kind.as_str(), &value) {
        ("amount" | "percent", None) => Err(("value", Fault::Required)),
        ("amount", Some(text)) => match text.parse() {
            Ok(amount) => Rupiah::price(amount)
                .map(Discount::Amount)
                .map_err(|why| ("value", why)),
            Err(_) => Err(("value", Fault::BadNumber)),
        },
        ("percent", Some(text)) => Discount::percent(text).map_err(|why| ("value", why)),
        _ => Err(("kind", Fault::BadValue)),
    };
    read.map_err(|(name, why)| wrong.push(fault(format!("discount.{name}"), why)))
        .ok()
}
