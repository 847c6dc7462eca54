//! Invoices: written by admins, priced by sales, paid by customers.

use axum::response::{IntoResponse, Response};
use axum::{Json, extract};
use domain::ids::{InvoiceId, PaymentId, TicketId};
use domain::invalid::{Fault, Invalid};
use domain::invoice::State as Standing;
use domain::money::Rupiah;
use domain::permission::Perm;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::app::invoices::{self, DeliveryView, Edit, Filter, Offer, PaymentView, Receipt, View};
use crate::app::page::Page;
use crate::web::State;
use crate::web::api::input::{Body, Id, Ids, List, emptied, flag, given, several, sought};
use crate::web::api::lines::{NewDiscount, NewLine, checked, fault, read_discount, read_lines};
use crate::web::api::once::{Deed, Keep};
use crate::web::api::{Answer, Calls, PageQuery, created, paged};
use crate::web::problem::Problem;

const BASE: &str = "/api/v1/invoices";

/// Which invoices to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct InvoiceQuery {
    /// Only these; may be given several times.
    #[serde(deserialize_with = "several")]
    #[param(value_type = Vec<InvoiceState>, inline, required = false)]
    state: Vec<String>,
    ticket_id: Option<String>,
    /// `true`: only those whose due date has gone by.
    #[param(value_type = Option<bool>)]
    overdue: Option<String>,
}

/// Where an invoice stands.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum InvoiceState {
    Draft,
    Submitted,
    Approved,
    Sent,
    Paid,
    Void,
}

/// What to change of a draft; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InvoicePatch {
    /// The version that was read; with an older one nothing is changed.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i32, required = false)]
    version: Option<i32>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Vec<NewLine>, required = false, max_items = 100)]
    lines: Option<Vec<NewLine>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = NewDiscount, required = false)]
    discount: Option<NewDiscount>,
    /// `null`: by the company's terms.
    #[serde(deserialize_with = "emptied")]
    #[schema(value_type = Option<String>, format = "date", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    due_date: Option<Option<String>>,
}

/// The version that is decided about.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Approval {
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = i32)]
    version: Option<i32>,
}

/// Another price: a discount, or what the customer shall pay.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Price {
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = i32)]
    version: Option<i32>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = NewDiscount, required = false)]
    discount: Option<NewDiscount>,
    /// Whole rupiah; goes without `discount`.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = i64, required = false, minimum = 1)]
    final_total: Option<i64>,
}

/// Why an invoice goes back.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rejection {
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = i32)]
    version: Option<i32>,
    #[schema(required, min_length = 3, max_length = 500)]
    reason: String,
}

/// Why something is taken back.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Why {
    #[schema(required, min_length = 3, max_length = 500)]
    reason: String,
}

/// Money that came.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewPayment {
    /// `transfer`, `qris`, `cash`, `card` or `other`.
    #[schema(required, pattern = "^(transfer|qris|cash|card|other)$")]
    method: String,
    /// Whole rupiah.
    #[serde(deserialize_with = "given")]
    #[schema(required, value_type = i64, minimum = 0, maximum = 1_000_000_000_000_i64)]
    amount: Option<i64>,
    /// Not in the future.
    #[schema(required, format = "date", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    paid_on: String,
    /// Income tax that the customer withheld, in whole rupiah; counts as paid.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    withheld: Option<i64>,
    /// What the bank wrote beside it.
    #[schema(max_length = 100)]
    reference: Option<String>,
    /// The id of a document that the customer sent as proof.
    proof: Option<String>,
}

pub(crate) fn calls(calls: Calls) -> Calls {
    let (manage, decide) = (Perm::ManageInvoices, Perm::DecidePrices);
    calls
        .guarded(manage, Keep::Plain, routes!(open_invoice))
        .guarded(Perm::ReadInvoices, Keep::Plain, routes!(list_invoices))
        .guarded(Perm::ReadInvoices, Keep::Plain, routes!(get_invoice))
        .guarded(manage, Keep::Plain, routes!(edit_invoice))
        .guarded(manage, Keep::Plain, routes!(submit_invoice))
        .guarded(manage, Keep::Plain, routes!(send_invoice))
        .guarded(manage, Keep::Plain, routes!(renew_invoice_link))
        .guarded(manage, Keep::Plain, routes!(void_invoice))
        .guarded(decide, Keep::Plain, routes!(approve_invoice))
        .guarded(decide, Keep::Plain, routes!(revise_invoice))
        .guarded(decide, Keep::Plain, routes!(reject_invoice))
        .guarded(manage, Keep::Plain, routes!(record_payment))
        .guarded(manage, Keep::Plain, routes!(reverse_payment))
}

/// The live invoice of a ticket that is done; a new draft when it has none.
#[utoipa::path(post, path = "/tickets/{id}/invoice", tag = "invoices", params(("id" = String, Path)),
    responses((status = 200, description = "The invoice that there is.", body = View),
        (status = 201, description = "A new draft.", body = View)))]
async fn open_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<TicketId>,
    deed: Deed,
) -> Result<Response, Problem> {
    let (view, is_new) = invoices::open(&state.app, &deed.act(), id).await?;
    Ok(if is_new {
        created(BASE, &view.id.clone(), view)
    } else {
        Json(view).into_response()
    })
}

/// List invoices, newest first.
#[utoipa::path(get, path = "/invoices", tag = "invoices", params(InvoiceQuery, PageQuery),
    responses((status = 200, description = "A page of invoices.", body = Page<View>)))]
async fn list_invoices(
    extract::State(state): extract::State<State>,
    List(query, cut): List<InvoiceQuery>,
) -> Answer<Page<View>> {
    let mut invalid = Invalid::default();
    let states: Result<Vec<Standing>, Fault> = query.state.iter().map(|state| state.parse()).collect();
    let overdue = query
        .overdue
        .and_then(|overdue| invalid.take("overdue", flag(&overdue)));
    let filter = Filter {
        states: invalid.take("state", states).unwrap_or_default(),
        ticket: sought(query.ticket_id.as_deref()).map(TicketId),
        overdue_on: overdue.filter(|overdue| *overdue).map(|_| state.app.today()),
        ..Filter::default()
    };
    invalid.check()?;
    paged(invoices::list(&state.app, &filter, cut).await)
}

/// One invoice with its revisions and payments.
#[utoipa::path(get, path = "/invoices/{id}", tag = "invoices", params(("id" = String, Path)),
    responses((status = 200, description = "The invoice.", body = View)))]
async fn get_invoice(extract::State(state): extract::State<State>, Id(id): Id<InvoiceId>) -> Answer<View> {
    Ok(Json(invoices::find(&state.app, id).await?))
}

/// Change a draft; its sums are computed anew.
#[utoipa::path(patch, path = "/invoices/{id}", tag = "invoices", params(("id" = String, Path)),
    request_body = InvoicePatch, responses((status = 200, description = "The invoice.", body = View)))]
async fn edit_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
    Body(patch): Body<InvoicePatch>,
) -> Answer<View> {
    let mut wrong = Vec::new();
    let edit = Edit {
        version: patch.version,
        lines: patch.lines.map(|lines| read_lines(lines, &mut wrong)),
        discount: patch
            .discount
            .and_then(|discount| read_discount(&discount, &mut wrong)),
        due_date: patch.due_date,
    };
    checked(wrong)?;
    Ok(Json(invoices::edit(&state.app, &deed.act(), id, edit).await?))
}

/// Hand a draft over to sales.
#[utoipa::path(post, path = "/invoices/{id}/submit", tag = "invoices", params(("id" = String, Path)),
    responses((status = 200, description = "The invoice.", body = View)))]
async fn submit_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
) -> Answer<View> {
    Ok(Json(invoices::submit(&state.app, &deed.act(), id).await?))
}

/// Send an approved invoice's link to its customer, or send it again. Where there is no way to him (no phone, no
/// messages wanted, no channel), the delivery has `failed` and says why; the link can be given by hand.
#[utoipa::path(post, path = "/invoices/{id}/send", tag = "invoices", params(("id" = String, Path)),
    responses((status = 200, description = "The message to the customer.", body = DeliveryView)))]
async fn send_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
) -> Answer<DeliveryView> {
    Ok(Json(invoices::send(&state.app, &deed.act(), id).await?))
}

/// Give an approved invoice another link. The old one shows nothing any more; messages that have gone keep it, and the
/// new one can be sent by the call for that. A message that had not gone yet goes with the new link.
#[utoipa::path(post, path = "/invoices/{id}/link", tag = "invoices", params(("id" = String, Path)),
    responses((status = 200, description = "The invoice with its new link.", body = View)))]
async fn renew_invoice_link(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
) -> Answer<View> {
    let renewed = invoices::renew_link(&state.app, &deed.act(), id, false).await?;
    Ok(Json(renewed.view))
}

/// Void an invoice that nobody has paid.
#[utoipa::path(post, path = "/invoices/{id}/void", tag = "invoices", params(("id" = String, Path)),
    request_body = Why, responses((status = 200, description = "The invoice.", body = View)))]
async fn void_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
    Body(form): Body<Why>,
) -> Answer<View> {
    Ok(Json(
        invoices::void(&state.app, &deed.act(), id, &form.reason).await?,
    ))
}

/// Approve the price as it is, within one's limit.
#[utoipa::path(post, path = "/invoices/{id}/approve", tag = "invoices", params(("id" = String, Path)),
    request_body = Approval, responses((status = 200, description = "The invoice.", body = View)))]
async fn approve_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
    Body(form): Body<Approval>,
) -> Answer<View> {
    let version = needed(form.version)?;
    Ok(Json(
        invoices::approve(&state.app, &deed.act(), id, version).await?,
    ))
}

/// Set another price: approved at once within one's limit, otherwise offered to those who may.
#[utoipa::path(post, path = "/invoices/{id}/revise", tag = "invoices", params(("id" = String, Path)),
    request_body = Price, responses((status = 200, description = "The invoice.", body = View)))]
async fn revise_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
    Body(form): Body<Price>,
) -> Answer<View> {
    let mut wrong = Vec::new();
    if form.version.is_none() {
        wrong.push(fault("version".to_owned(), Fault::Required));
    }
    let offer = match (&form.discount, form.final_total) {
        (Some(discount), None) => read_discount(discount, &mut wrong).map(Offer::Discount),
        (None, Some(total)) => Some(Offer::Final(Rupiah(total))),
        (None, None) => {
            wrong.push(fault("discount".to_owned(), Fault::Required));
            None
        }
        (Some(_), Some(_)) => {
            wrong.push(fault("final_total".to_owned(), Fault::BadValue));
            None
        }
    };
    checked(wrong)?;
    let (Some(version), Some(offer)) = (form.version, offer) else {
        return Err(Problem::field("version", Fault::Required));
    };
    Ok(Json(
        invoices::revise(&state.app, &deed.act(), id, version, offer).await?,
    ))
}

/// Give an invoice back to the admins, with the reason.
#[utoipa::path(post, path = "/invoices/{id}/reject", tag = "invoices", params(("id" = String, Path)),
    request_body = Rejection, responses((status = 200, description = "The invoice.", body = View)))]
async fn reject_invoice(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
    Body(form): Body<Rejection>,
) -> Answer<View> {
    let version = needed(form.version)?;
    Ok(Json(
        invoices::reject(&state.app, &deed.act(), id, version, &form.reason).await?,
    ))
}

/// Record a payment; when all is paid, the ticket closes.
#[utoipa::path(post, path = "/invoices/{id}/payments", tag = "invoices", params(("id" = String, Path)),
    request_body = NewPayment, responses((status = 201, description = "The payment.", body = PaymentView)))]
async fn record_payment(
    extract::State(state): extract::State<State>,
    Id(id): Id<InvoiceId>,
    deed: Deed,
    Body(form): Body<NewPayment>,
) -> Result<Response, Problem> {
    let base = format!("{BASE}/{id}/payments");
    let receipt = Receipt {
        method: form.method,
        // A missing amount is out of range, so that it is told with the rest.
        amount: form.amount.unwrap_or(-1),
        paid_on: form.paid_on,
        withheld: form.withheld.unwrap_or(0),
        reference: form.reference,
        proof: form.proof,
    };
    let view = invoices::pay(&state.app, &deed.creating(&base), id, receipt).await?;
    Ok(created(&base, &view.id.clone(), view))
}

/// Take a payment back, with the reason.
#[utoipa::path(post, path = "/invoices/{id}/payments/{payment_id}/reverse", tag = "invoices",
    params(("id" = String, Path), ("payment_id" = String, Path)), request_body = Why,
    responses((status = 200, description = "The payment.", body = PaymentView)))]
async fn reverse_payment(
    extract::State(state): extract::State<State>,
    Ids(id, payment): Ids<InvoiceId, PaymentId>,
    deed: Deed,
    Body(form): Body<Why>,
) -> Answer<PaymentView> {
    let which = (id, payment);
    Ok(Json(
        invoices::reverse(&state.app, &deed.act(), which, &form.reason).await?,
    ))
}

fn needed(version: Option<i32>) -> Result<i32, Problem> {
    version.ok_or_else(|| Problem::field("version", Fault::Required))
}
