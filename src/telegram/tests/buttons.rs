//! Every button fits, comes back as it was, and nothing else is taken for one.

use dialogues::press::{Asked, Press};
use dialogues::pricing::Bid;
use dialogues::tap::Tap;
use domain::alert::Extension;
use domain::document::Kind;
use domain::ids::{AlertId, InvoiceId, RatingId, TicketId, UploadId, UserId};
use domain::invoice::Discount;
use domain::money::Rupiah;
use domain::offer::Offer;
use domain::person::Locale;

use crate::telegram::buttons::{LONGEST, decode, encode};

/// Names every kind of press once, with the longest of it. A kind that is missing here does not compile.
macro_rules! every {
    ($($kind:pat => $samples:expr,)+) => {
        fn every_press() -> Vec<Press> {
            fn is_named(press: &Press) {
                match press {
                    $($kind => (),)+
                }
            }
            let mut all = Vec::new();
            $(
                let samples: Vec<Press> = $samples.into();
                assert!(!samples.is_empty() && samples.iter().all(|press| matches!(press, $kind)));
                all.extend(samples);
            )+
            all.iter().for_each(is_named);
            all
        }
    };
}

const TICKET: TicketId = TicketId(i64::MAX);
const UPLOAD: UploadId = UploadId(i64::MAX);
const EPOCH: i32 = i32::MAX;
const ALERT: AlertId = AlertId(i64::MAX);
const NEXT: [Option<UserId>; 2] = [None, Some(UserId(i64::MAX))];
const INVOICE: InvoiceId = InvoiceId(i64::MAX);

every! {
    Press::Claim { .. } => [Press::Claim { ticket: TICKET, epoch: EPOCH }],
    Press::Card { .. } => [Press::Card { ticket: TICKET }],
    Press::Release { .. } => [Press::Release { ticket: TICKET, epoch: EPOCH }],
    Press::Speak { .. } => Locale::ALL.map(|locale| Press::Speak { locale }),
    Press::Pool { .. } => [Press::Pool { after: i64::MAX }],
    Press::Tasks => [Press::Tasks],
    Press::CheckIn { .. } => [Press::CheckIn { ticket: TICKET, epoch: EPOCH }],
    Press::NoFix { .. } => [Press::NoFix { ticket: TICKET, epoch: EPOCH }],
    Press::Settle { .. } => [Press::Settle { ticket: TICKET, epoch: EPOCH }],
    Press::Upload { .. } => Kind::ALL.map(|kind| Press::Upload { ticket: TICKET, epoch: EPOCH, kind }),
    Press::Finish { .. } => [Press::Finish { upload: UPLOAD }],
    Press::Place { .. } => Kind::ALL.map(|kind| Press::Place { upload: UPLOAD, ticket: TICKET, kind }),
    Press::CheckOut { .. } => [Press::CheckOut { ticket: TICKET, epoch: EPOCH }],
    Press::ConfirmCheckOut { .. } => [Press::ConfirmCheckOut { ticket: TICKET, epoch: EPOCH }],
    Press::LeaveCheckOut { .. } => [Press::LeaveCheckOut { ticket: TICKET, epoch: EPOCH }],
    Press::Letter { .. } => Kind::ALL.map(|kind| Press::Letter { ticket: TICKET, kind }),
    Press::Alert { .. } => [Press::Alert { alert: ALERT }],
    Press::Continue { .. } => Extension::all().map(|more| Press::Continue { alert: ALERT, more }),
    Press::Replace { .. } => [0, u16::MAX].map(|page| Press::Replace { alert: ALERT, page }),
    Press::ReplaceWith { .. } => NEXT.map(|next| Press::ReplaceWith { alert: ALERT, next }),
    Press::ConfirmReplace { .. } => NEXT.map(|next| Press::ConfirmReplace { alert: ALERT, next }),
    Press::LeaveReplace { .. } => [Press::LeaveReplace { alert: ALERT }],
    Press::Alerts => [Press::Alerts],
    Press::Price { .. } => every_bid().map(|bid| Press::Price { invoice: INVOICE, version: EPOCH, bid }).collect::<Vec<_>>(),
    Press::Prices { .. } => [Press::Prices { after: i64::MAX }],
    Press::Customer(_) => dialogues::samples::taps().into_iter().map(Press::Customer).collect::<Vec<_>>(),
    Press::Leave(Asked::CheckIn { .. }) => [Press::Leave(Asked::CheckIn { ticket: TICKET, epoch: EPOCH })],
    Press::Leave(Asked::Release { .. }) => [Press::Leave(Asked::Release { ticket: TICKET, epoch: EPOCH })],
    Press::Leave(Asked::Upload { .. }) => [Press::Leave(Asked::Upload { upload: UPLOAD })],
    Press::Leave(Asked::Price { .. }) => [Press::Leave(Asked::Price { invoice: INVOICE, version: EPOCH })],
    Press::Cancel => [Press::Cancel],
}

fn every_bid() -> impl Iterator<Item = Bid> {
    let plain = [
        Bid::Approve,
        Bid::Revise,
        Bid::Choose,
        Bid::TypeDiscount,
        Bid::TypeFinal,
        Bid::Reject,
        Bid::Photos,
        Bid::Show,
    ];
    let most = Rupiah(i64::MAX);
    let offers = [
        Offer::Discount(Discount::Percent(10_000)),
        Offer::Discount(Discount::Amount(most)),
        Offer::Final(most),
    ];
    let offered = offers
        .into_iter()
        .flat_map(|offer| [Bid::Preview(offer), Bid::Offer(offer)]);
    plain.into_iter().chain(offered)
}

#[test]
fn every_button_fits_and_comes_back() {
    for press in every_press() {
        let data = encode(&press);
        assert!((1..=LONGEST).contains(&data.len()), "{data}");
        assert_eq!(decode(&data), Some(press), "{data}");
    }
}

/// Never change these lines: keyboards with them are in people's chats.
#[test]
fn old_buttons_are_still_read() {
    let (ticket, upload) = (TicketId(12), UploadId(7));
    for (data, press) in [
        ("t1|clm|12|3", Press::Claim { ticket, epoch: 3 }),
        ("t1|dtl|12", Press::Card { ticket }),
        ("t1|rel|12|1", Press::Release { ticket, epoch: 1 }),
        ("t1|lng|en", Press::Speak { locale: Locale::En }),
        ("t1|pg|0", Press::Pool { after: 0 }),
        ("t1|tsk", Press::Tasks),
        ("t1|n", Press::Cancel),
        ("t1|cin|12|3", Press::CheckIn { ticket, epoch: 3 }),
        ("t1|gps|12|3", Press::NoFix { ticket, epoch: 3 }),
        ("t1|fix|12|3", Press::Settle { ticket, epoch: 3 }),
        (
            "t1|upl|12|3|ev",
            Press::Upload {
                ticket,
                epoch: 3,
                kind: Kind::Evidence,
            },
        ),
        (
            "t1|upl|12|3|ba",
            Press::Upload {
                ticket,
                epoch: 3,
                kind: Kind::Bast,
            },
        ),
        ("t1|rdy|7", Press::Finish { upload }),
        (
            "t1|plc|7|12|ev",
            Press::Place {
                upload,
                ticket,
                kind: Kind::Evidence,
            },
        ),
        ("t1|cout|12|3", Press::CheckOut { ticket, epoch: 3 }),
        ("t1|coy|12|3", Press::ConfirmCheckOut { ticket, epoch: 3 }),
        ("t1|con|12|3", Press::LeaveCheckOut { ticket, epoch: 3 }),
        (
            "t1|ltr|12|st",
            Press::Letter {
                ticket,
                kind: Kind::AssignmentLetter,
            },
        ),
        (
            "t1|ltr|12|sj",
            Press::Letter {
                ticket,
                kind: Kind::TravelLetter,
            },
        ),
        ("t1|no|v|12|3", Press::Leave(Asked::CheckIn { ticket, epoch: 3 })),
        ("t1|no|r|12|3", Press::Leave(Asked::Release { ticket, epoch: 3 })),
        ("t1|no|u|7", Press::Leave(Asked::Upload { upload })),
        ("t1|c|menu", Press::Customer(Tap::Menu)),
        ("t1|ea|9", Press::Alert { alert: AlertId(9) }),
        (
            "t1|er|9",
            Press::Replace {
                alert: AlertId(9),
                page: 0,
            },
        ),
        (
            "t1|er|9|2",
            Press::Replace {
                alert: AlertId(9),
                page: 2,
            },
        ),
        (
            "t1|ew|9|4",
            Press::ReplaceWith {
                alert: AlertId(9),
                next: Some(UserId(4)),
            },
        ),
        (
            "t1|ey|9|0",
            Press::ConfirmReplace {
                alert: AlertId(9),
                next: None,
            },
        ),
        ("t1|en|9", Press::LeaveReplace { alert: AlertId(9) }),
        ("t1|el", Press::Alerts),
        (
            "t1|c|rate.12",
            Press::Customer(Tap::Rate { rating: RatingId(12) }),
        ),
    ] {
        assert_eq!(decode(data), Some(press), "{data}");
    }
}

/// Never change these lines: keyboards with them are in people's chats.
#[test]
fn old_buttons_about_prices_are_still_read() {
    let ten = Offer::Discount(Discount::Percent(1_000));
    let price = |bid| Press::Price {
        invoice: InvoiceId(7),
        version: 3,
        bid,
    };
    for (data, press) in [
        (
            "t1|no|p|7|3",
            Press::Leave(Asked::Price {
                invoice: InvoiceId(7),
                version: 3,
            }),
        ),
        ("t1|prc|7|3|a", price(Bid::Approve)),
        ("t1|prc|7|3|r", price(Bid::Revise)),
        ("t1|prc|7|3|x", price(Bid::Reject)),
        ("t1|prc|7|3|p", price(Bid::Photos)),
        ("t1|prc|7|3|s", price(Bid::Show)),
        ("t1|prc|7|3|vp1000", price(Bid::Preview(ten))),
        ("t1|prc|7|3|yp1000", price(Bid::Offer(ten))),
        (
            "t1|prc|7|3|yf1500000",
            price(Bid::Offer(Offer::Final(Rupiah(1_500_000)))),
        ),
        ("t1|apl|0", Press::Prices { after: 0 }),
    ] {
        assert_eq!(decode(data), Some(press), "{data}");
    }
}

#[test]
fn nothing_else_is_a_button() {
    for data in [
        "",
        "t1",
        "t1|",
        "t1|clm",
        "t1|clm|1",
        "t1|clm|0|0",
        "t1|clm|-1|0",
        "t1|clm|1|-1",
        "t1|clm|1|0|x",
        "t2|clm|1|0",
        "t1|lng|fr",
        "t1|pg|-1",
        "T1|n",
        "t1|n|",
        "t1|no",
        "t1|no|v|1",
        "t1|no|u|0",
        "t1|no|x|1|1",
        "t1|no|u|1|1",
        "t1|upl|1|1|xx",
        "t1|ec|1|20",
        "t1|ec|1",
        "t1|ey|1|-1",
        "t1|ey|1|00",
        "t1|el|1",
        "t1|prc|7|3",
        "t1|prc|0|3|a",
        "t1|prc|7|-3|a",
        "t1|prc|7|3|",
        "t1|prc|7|3|z",
        "t1|prc|7|3|yp10001",
        "t1|prc|7|3|y-5",
        "t1|apl|-1",
        "💩",
        "t1|clm|99999999999999999999|0",
    ] {
        assert_eq!(decode(data), None, "{data}");
    }
    assert_eq!(decode(&format!("t1|clm|{}|0", "1".repeat(60))), None);
}
