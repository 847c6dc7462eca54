//! Letters of tickets, drawn as PDFs.

use axum::extract;
use axum::response::Response;
use domain::ids::TicketId;
use domain::invalid::Fault;
use domain::invoice::Quantity;
use domain::letter::{Consignment, Goods};
use domain::permission::Perm;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::app::documents::{self, Order, View};
use crate::web::State;
use crate::web::api::input::{Body, Id, given};
use crate::web::api::lines::{checked, fault};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Calls, created};
use crate::web::problem::{Problem, Wrong};

/// Where the letter is found: it is a document.
const BASE: &str = "/api/v1/documents";

/// A letter to draw.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewLetter {
    #[schema(required, value_type = NewLetterKind, inline)]
    kind: String,
    /// Of a `travel_letter` or a `bast`.
    #[schema(max_items = 100)]
    goods: Option<Vec<NewGoods>>,
    /// Of a `travel_letter`; absent: written in by hand.
    #[schema(max_length = 60)]
    vehicle: Option<String>,
    /// Of a `travel_letter`; absent: the technician.
    #[schema(max_length = 80)]
    driver: Option<String>,
}

/// What a letter is for; a `bast` is drawn as a form to be signed.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum NewLetterKind {
    AssignmentLetter,
    TravelLetter,
    Bast,
}

/// Goods of one sort.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewGoods {
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// Above 0, with at most three decimals.
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = f64, exclusive_minimum = 0.0, maximum = 1_000_000.0, multiple_of = 0.001)]
    quantity: Option<Number>,
    #[schema(required, min_length = 1, max_length = 20)]
    unit: String,
    #[schema(max_length = 100)]
    serial: Option<String>,
    #[schema(max_length = 100)]
    condition: Option<String>,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    calls.guarded(Perm::ManageTickets, Keep::Plain, routes!(draw_letter))
}

/// Draw a letter as a numbered PDF while the ticket is assigned or in progress. An older one of its kind is revoked,
/// and the technician gets the new one at once. A `bast` is a form: it does not count as the signed one.
#[utoipa::path(post, path = "/tickets/{id}/letters", tag = "tickets", params(("id" = String, Path)),
    request_body = NewLetter,
    responses((status = 201, description = "The letter.", body = View)))]
async fn draw_letter(
    extract::State(state): extract::State<State>,
    Id(ticket): Id<TicketId>,
    deed: Deed,
    Body(letter): Body<NewLetter>,
) -> Result<Response, Problem> {
    let mut wrong = Vec::new();
    let order = read(letter, &mut wrong);
    checked(wrong)?;
    let view = documents::generate(&state.app, &deed.creating(BASE), ticket, order).await?;
    Ok(created(BASE, &view.id.clone(), view))
}

/// The letter, and every fault of what goes along.
fn read(letter: NewLetter, wrong: &mut Vec<Wrong>) -> Order {
    let mut text = |field: &str, read: Result<Option<String>, Fault>| {
        read.map_err(|why| wrong.push(fault(field.to_owned(), why)))
            .unwrap_or_default()
    };
    let vehicle = text("vehicle", Consignment::vehicle(letter.vehicle.as_deref()));
    let driver = text("driver", Consignment::driver(letter.driver.as_deref()));
    let goods = letter.goods.unwrap_or_default().into_iter().enumerate();
    let goods = goods
        .filter_map(|(index, goods)| read_goods(index, &goods, wrong))
        .collect();
    Order {
        kind: letter.kind,
        consignment: Consignment {
            goods,
            vehicle,
            driver,
        },
    }
}

fn read_goods(index: usize, goods: &NewGoods, wrong: &mut Vec<Wrong>) -> Option<Goods> {
    let mut note = |name: &str, why: Fault| wrong.push(fault(format!("goods[{index}].{name}"), why));
    let name = Goods::name(&goods.name).map_err(|why| note("name", why));
    let quantity = match &goods.quantity {
        Some(number) => Quantity::exact(&number.to_string()),
        None => Err(Fault::Required),
    };
    let quantity = quantity.map_err(|why| note("quantity", why));
    let unit = Goods::unit(&goods.unit).map_err(|why| note("unit", why));
    let serial = Goods::remark(goods.serial.as_deref()).map_err(|why| note("serial", why));
    let condition = Goods::remark(goods.condition.as_deref()).map_err(|why| note("condition", why));
    Some(Goods {
        name: name.ok()?,
        quantity: quantity.ok()?,
        unit: unit.ok()?,
        serial: serial.ok()?,
        condition: condition.ok()?,
    })
}
