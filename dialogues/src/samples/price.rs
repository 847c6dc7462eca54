//! One of every text and button about an invoice.

use domain::document::Kind;
use domain::ids::InvoiceId;
use domain::invoice::{Discount, Line, Quantity, Totals};
use domain::money::Rupiah;
use domain::offer::Offer;
use domain::tax::Vat;

use crate::price::{Deal, Price};
use crate::samples::{TICKET, at, name, zone};
use crate::sheet::{Ending, How, Preview, Sheet, Waiting};
use crate::text::{Code, Moment, Text};

const MILLION: Rupiah = Rupiah(1_000_000);

/// Every text at least once; those that say more or less, once for each.
pub(crate) fn texts() -> Vec<Text> {
    let ticket = TICKET;
    let mut all = vec![
        Price::Asked(Box::new(sheet())),
        Price::Asked(Box::new(bare())),
        Price::Gone { ticket },
        Price::Below { ticket },
        Price::AskDiscount { ticket },
        Price::AskFinal { ticket },
        Price::Unclear {
            ticket,
            amount: MILLION,
        },
        Price::Left { ticket },
        Price::AskRejection { ticket },
        Price::BadRejection {
            ticket,
            fault: Code("too-short".to_owned()),
        },
        Price::Granted {
            ticket,
            number: number(),
            total: MILLION,
        },
        Price::PassedOn {
            ticket,
            total: MILLION,
        },
        Price::Returned { ticket },
        Price::Outdated { ticket },
        Price::AboveLimit { limit: 10 },
        Price::NobodyMay { share: 1_234 },
        Price::NothingToCharge,
        Price::PhotosComing { ticket, count: 3 },
        Price::NoPhotos { ticket },
        Price::NoneWaiting,
        Price::Untold {
            ticket,
            number: number(),
            is_reminder: false,
            why: Code("no-address".to_owned()),
        },
        Price::Untold {
            ticket,
            number: number(),
            is_reminder: true,
            why: Code("channel-off".to_owned()),
        },
        Price::Unheard {
            ticket,
            who: Vec::new(),
        },
        Price::Unheard {
            ticket,
            who: vec![name(); 4],
        },
        Price::PaymentReversed {
            ticket,
            number: number(),
            amount: Rupiah(1_500_000),
            left: Rupiah(1_500_000),
            by: name(),
            reason: "salah <catat> & dobel".to_owned(),
        },
    ];
    all.extend([None, Some(10)].map(|limit| Price::AskOffer {
        ticket,
        total: MILLION,
        limit,
    }));
    all.extend(previews().map(|preview| Price::Preview(Box::new(preview))));
    all.extend(
        ["bad-number", "out-of-range", "too-much-off", "above-full-price"].map(|fault| Price::BadOffer {
            ticket,
            fault: Code(fault.to_owned()),
        }),
    );
    all.extend([Kind::Evidence, Kind::Bast].map(|kind| Price::Photo {
        ticket,
        kind,
        place: 1,
        count: 12,
    }));
    all.extend([(1, false), (20, true)].map(|(count, more)| Price::Waiting {
        lines: vec![waiting(); count],
        more,
    }));
    all.extend([1, 20].map(|count| Price::Overdue {
        lines: vec![waiting(); count],
    }));
    all.extend(endings());
    all.into_iter().map(Into::into).collect()
}

/// Every button.
pub(crate) fn labels() -> Vec<Deal> {
    vec![
        Deal::Approve,
        Deal::Revise,
        Deal::Reject,
        Deal::Photos { count: 20 },
        Deal::Open { ticket: TICKET },
        Deal::Percent { percent: 15 },
        Deal::OtherDiscount,
        Deal::FinalPrice,
        Deal::AsDiscount { amount: MILLION },
        Deal::AsFinal { amount: MILLION },
        Deal::Accept {
            total: Rupiah(1_000_000_000_000_000),
        },
        Deal::PassOn,
        Deal::Change,
    ]
}

/// A sheet with everything that a card can hold.
pub(crate) fn sheet() -> Sheet {
    let line = Line {
        description: "Pipa <tembaga> & isolasi ".repeat(8),
        quantity: Quantity(1_500),
        unit: "meter".to_owned(),
        unit_price: Rupiah(350_000),
    };
    let lines = vec![line; 8];
    let discount = Discount::Percent(750);
    Sheet {
        ticket: TICKET,
        version: 3,
        service: "Servis AC <1 PK>".to_owned(),
        problem: "AC mati & menetes. ".repeat(50),
        customer: name(),
        area: Some("Coblong, Bandung".to_owned()),
        technician: Some(name()),
        done_at: Some(moment()),
        list_price: MILLION,
        totals: totals(&lines, discount),
        lines,
        more: 92,
        discount,
        photos: 12,
        by: Some(name()),
        at: moment(),
    }
}

fn bare() -> Sheet {
    let full = sheet();
    let lines = full.lines[..1].to_vec();
    let discount = Discount::NONE;
    let totals = Totals::of(&lines, discount, None).expect("sums");
    Sheet {
        area: None,
        technician: None,
        done_at: None,
        list_price: totals.subtotal,
        totals,
        lines,
        more: 0,
        discount,
        photos: 0,
        by: None,
        ..full
    }
}

fn previews() -> [Preview; 3] {
    let lines = sheet().lines;
    let preview = |offer: Offer, limit, judges| {
        let (discount, totals) = offer.of(&lines, vat()).expect("sums");
        Preview {
            ticket: TICKET,
            offer,
            before: MILLION,
            discount,
            totals,
            limit,
            judges,
        }
    };
    let ten = Offer::Discount(Discount::Percent(1_000));
    [
        preview(ten, None, Vec::new()),
        preview(Offer::Final(Rupiah(1_000_002)), Some(100), Vec::new()),
        preview(ten, Some(5), vec![name(), name()]),
    ]
}

fn endings() -> Vec<Price> {
    let reason = "Terlalu <murah> & tanpa alasan. ".repeat(20);
    let ending = |how: How, by: Option<String>| {
        Box::new(Ending {
            ticket: TICKET,
            customer: name(),
            total: MILLION,
            by,
            at: moment(),
            how,
        })
    };
    let (number, why) = (number(), reason.clone());
    let approved = ending(How::Approved { number }, Some(name()));
    let rejected = ending(How::Rejected { reason: why }, Some(name()));
    let voided = ending(How::Voided { reason }, None);
    let passed_on = ending(How::PassedOn, Some(name()));
    let mut all = vec![
        Price::Approved(approved.clone()),
        Price::Rejected(rejected.clone()),
        Price::Ended(passed_on),
        Price::Ended(ending(How::Retaxed, None)),
        Price::Retaxed {
            ticket: TICKET,
            total: MILLION,
        },
    ];
    for ending in [approved, rejected, voided] {
        all.extend([Price::Ended(ending.clone()), Price::Over(ending)]);
    }
    all
}

fn waiting() -> Waiting {
    Waiting {
        ticket: TICKET,
        invoice: InvoiceId(7),
        customer: name(),
        total: MILLION,
        discount_share: 1_250,
        since: moment(),
        is_above: true,
    }
}

fn totals(lines: &[Line], discount: Discount) -> Totals {
    Totals::of(lines, discount, vat()).expect("sums")
}

fn vat() -> Option<Vat> {
    Vat::on(at().date_naive())
}

fn number() -> String {
    "INV/2026/XI/0001".to_owned()
}

fn moment() -> Moment {
    let (at, zone) = (at(), zone());
    Moment { at, zone }
}
