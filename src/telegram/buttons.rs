//! Buttons as the service carries them: `t1|verb|…`, 1 to 64 bytes (Bot API, `InlineKeyboardButton.callback_data`).
//!
//! `t1` is the version of the whole code. What was once given out must still be read: a keyboard lives as
//! long as its message does. The data can be forged, so that it proves nothing.

use dialogues::press::{Asked, Press};
use dialogues::pricing::Bid;
use domain::alert::Extension;
use domain::document::Kind;
use domain::ids::{AlertId, InvoiceId, TicketId, UploadId, UserId};
use domain::person::Locale;

/// The longest that the service takes, in bytes.
pub const LONGEST: usize = 64;

/// A press as a button carries it.
pub fn encode(press: &Press) -> String {
    match press {
        Press::Claim { ticket, epoch } => format!("t1|clm|{ticket}|{epoch}"),
        Press::Card { ticket } => format!("t1|dtl|{ticket}"),
        Press::Release { ticket, epoch } => format!("t1|rel|{ticket}|{epoch}"),
        Press::Speak { locale } => format!("t1|lng|{}", locale.as_str()),
        Press::Pool { after } => format!("t1|pg|{after}"),
        Press::Tasks => "t1|tsk".to_owned(),
        Press::CheckIn { ticket, epoch } => format!("t1|cin|{ticket}|{epoch}"),
        Press::NoFix { ticket, epoch } => format!("t1|gps|{ticket}|{epoch}"),
        Press::Settle { ticket, epoch } => format!("t1|fix|{ticket}|{epoch}"),
        Press::Upload { ticket, epoch, kind } => format!("t1|upl|{ticket}|{epoch}|{}", code(*kind)),
        Press::Finish { upload } => format!("t1|rdy|{upload}"),
        Press::Place { upload, ticket, kind } => format!("t1|plc|{upload}|{ticket}|{}", code(*kind)),
        Press::CheckOut { ticket, epoch } => format!("t1|cout|{ticket}|{epoch}"),
        Press::ConfirmCheckOut { ticket, epoch } => format!("t1|coy|{ticket}|{epoch}"),
        Press::LeaveCheckOut { ticket, epoch } => format!("t1|con|{ticket}|{epoch}"),
        Press::Letter { ticket, kind } => format!("t1|ltr|{ticket}|{}", code(*kind)),
        Press::Alert { alert } => format!("t1|ea|{alert}"),
        Press::Continue { alert, more } => format!("t1|ec|{alert}|{}", more.minutes()),
        Press::Replace { alert, page: 0 } => format!("t1|er|{alert}"),
        Press::Replace { alert, page } => format!("t1|er|{alert}|{page}"),
        Press::ReplaceWith { alert, next } => format!("t1|ew|{alert}|{}", person(*next)),
        Press::ConfirmReplace { alert, next } => format!("t1|ey|{alert}|{}", person(*next)),
        Press::LeaveReplace { alert } => format!("t1|en|{alert}"),
        Press::Alerts => "t1|el".to_owned(),
        Press::Price {
            invoice,
            version,
            bid,
        } => format!("t1|prc|{invoice}|{version}|{}", bid_code(*bid)),
        Press::Prices { after } => format!("t1|apl|{after}"),
        Press::Customer(tap) => format!("t1|c|{tap}"),
        Press::Leave(Asked::CheckIn { ticket, epoch }) => format!("t1|no|v|{ticket}|{epoch}"),
        Press::Leave(Asked::Release { ticket, epoch }) => format!("t1|no|r|{ticket}|{epoch}"),
        Press::Leave(Asked::Upload { upload }) => format!("t1|no|u|{upload}"),
        Press::Leave(Asked::Price { invoice, version }) => format!("t1|no|p|{invoice}|{version}"),
        Press::Cancel => "t1|n".to_owned(),
    }
}

/// What a button of ours means; `None`: it is not one of ours, or not any more.
pub fn decode(data: &str) -> Option<Press> {
    if data.len() > LONGEST {
        return None;
    }
    let mut parts = data.strip_prefix("t1|")?.split('|');
    let verb = parts.next()?;
    let press = match verb {
        "clm" => Press::Claim {
            ticket: ticket(parts.next()?)?,
            epoch: epoch(parts.next()?)?,
        },
        "dtl" => Press::Card {
            ticket: ticket(parts.next()?)?,
        },
        "rel" => Press::Release {
            ticket: ticket(parts.next()?)?,
            epoch: epoch(parts.next()?)?,
        },
        "lng" => Press::Speak {
            locale: parts.next()?.parse::<Locale>().ok()?,
        },
        "pg" => Press::Pool {
            after: parts.next()?.parse().ok().filter(|after| *after >= 0)?,
        },
        "tsk" => Press::Tasks,
        "cin" | "gps" | "fix" | "cout" | "coy" | "con" => {
            let (ticket, epoch) = (ticket(parts.next()?)?, epoch(parts.next()?)?);
            match verb {
                "cin" => Press::CheckIn { ticket, epoch },
                "gps" => Press::NoFix { ticket, epoch },
                "fix" => Press::Settle { ticket, epoch },
                "cout" => Press::CheckOut { ticket, epoch },
                "coy" => Press::ConfirmCheckOut { ticket, epoch },
                _ => Press::LeaveCheckOut { ticket, epoch },
            }
        }
        "upl" => Press::Upload {
            ticket: ticket(parts.next()?)?,
            epoch: epoch(parts.next()?)?,
            kind: kind(parts.next()?)?,
        },
        "rdy" => Press::Finish {
            upload: upload(parts.next()?)?,
        },
        "plc" => Press::Place {
            upload: upload(parts.next()?)?,
            ticket: ticket(parts.next()?)?,
            kind: kind(parts.next()?)?,
        },
        "ltr" => Press::Letter {
            ticket: ticket(parts.next()?)?,
            kind: kind(parts.next()?)?,
        },
        "ea" | "ec" | "er" | "ew" | "ey" | "en" | "el" => emergency(verb, &mut parts)?,
        "prc" => Press::Price {
            invoice: parts.next()?.parse().ok()?,
            version: epoch(parts.next()?)?,
            bid: bid(parts.next()?)?,
        },
        "apl" => Press::Prices {
            after: parts.next()?.parse().ok().filter(|after| *after >= 0)?,
        },
        "c" => Press::Customer(parts.next()?.parse().ok()?),
        "no" => Press::Leave(asked(&mut parts)?),
        "n" => Press::Cancel,
        _ => return None,
    };
    parts.next().is_none().then_some(press)
}

fn emergency<'a>(verb: &str, parts: &mut impl Iterator<Item = &'a str>) -> Option<Press> {
    if verb == "el" {
        return Some(Press::Alerts);
    }
    let alert: AlertId = parts.next()?.parse().ok()?;
    Some(match verb {
        "ea" => Press::Alert { alert },
        "ec" => Press::Continue {
            alert,
            more: parts
                .next()?
                .parse()
                .ok()
                .and_then(|more| Extension::of(more).ok())?,
        },
        "er" => Press::Replace {
            alert,
            page: match parts.next() {
                Some(page) => page.parse().ok()?,
                None => 0,
            },
        },
        "ew" => Press::ReplaceWith {
            alert,
            next: next(parts.next()?)?,
        },
        "ey" => Press::ConfirmReplace {
            alert,
            next: next(parts.next()?)?,
        },
        _ => Press::LeaveReplace { alert },
    })
}

/// Nobody is `0`: the pool.
fn person(next: Option<UserId>) -> i64 {
    next.map_or(0, |next| next.0)
}

fn next(text: &str) -> Option<Option<UserId>> {
    if text == "0" {
        return Some(None);
    }
    text.parse().ok().map(Some)
}

fn asked<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Asked> {
    Some(match parts.next()? {
        "v" => Asked::CheckIn {
            ticket: ticket(parts.next()?)?,
            epoch: epoch(parts.next()?)?,
        },
        "r" => Asked::Release {
            ticket: ticket(parts.next()?)?,
            epoch: epoch(parts.next()?)?,
        },
        "u" => Asked::Upload {
            upload: upload(parts.next()?)?,
        },
        "p" => Asked::Price {
            invoice: parts.next()?.parse::<InvoiceId>().ok()?,
            version: epoch(parts.next()?)?,
        },
        _ => return None,
    })
}

/// What is said to a price: one letter, and behind `v` (see) and `y` (yes) the offer.
fn bid_code(bid: Bid) -> String {
    let letter = match bid {
        Bid::Approve => "a",
        Bid::Revise => "r",
        Bid::Choose => "c",
        Bid::TypeDiscount => "d",
        Bid::TypeFinal => "f",
        Bid::Reject => "x",
        Bid::Photos => "p",
        Bid::Show => "s",
        Bid::Preview(offer) => return format!("v{offer}"),
        Bid::Offer(offer) => return format!("y{offer}"),
    };
    letter.to_owned()
}

fn bid(text: &str) -> Option<Bid> {
    Some(match text {
        "a" => Bid::Approve,
        "r" => Bid::Revise,
        "c" => Bid::Choose,
        "d" => Bid::TypeDiscount,
        "f" => Bid::TypeFinal,
        "x" => Bid::Reject,
        "p" => Bid::Photos,
        "s" => Bid::Show,
        _ => match text.split_at_checked(1)? {
            ("v", offer) => Bid::Preview(offer.parse().ok()?),
            ("y", offer) => Bid::Offer(offer.parse().ok()?),
            _ => return None,
        },
    })
}

fn ticket(text: &str) -> Option<TicketId> {
    text.parse().ok()
}

fn upload(text: &str) -> Option<UploadId> {
    text.parse().ok()
}

/// Two letters for a kind of file: buttons are short.
const fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::AssignmentLetter => "st",
        Kind::TravelLetter => "sj",
        Kind::Bast => "ba",
        Kind::BastForm => "bf",
        Kind::Evidence => "ev",
        Kind::PaymentProof => "pp",
        Kind::CheckIn => "ci",
        Kind::Report => "rp",
    }
}

fn kind(text: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| code(*kind) == text)
}

fn epoch(text: &str) -> Option<i32> {
    text.parse().ok().filter(|epoch| *epoch >= 0)
}
