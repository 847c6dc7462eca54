//! Buttons as the service carries them: `t1|verb|…`, 1 to 64 bytes (Bot API, `InlineKeyboardButton.callback_data`).
//!
//! `t1` is the version of the whole code. What was once given out must still be read: a keyboard lives as
//! long as its message does. The data can be forged, so that it proves nothing.

use dialogues::press::Press;
use domain::ids::TicketId;
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
        Press::Cancel => "t1|n".to_owned(),
    }
}

/// What a button of ours means; `None`: it is not one of ours, or not any more.
pub fn decode(data: &str) -> Option<Press> {
    if data.len() > LONGEST {
        return None;
    }
    let mut parts = data.strip_prefix("t1|")?.split('|');
    let press = match parts.next()? {
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
        "n" => Press::Cancel,
        _ => return None,
    };
    parts.next().is_none().then_some(press)
}

fn ticket(text: &str) -> Option<TicketId> {
    text.parse().ok()
}

fn epoch(text: &str) -> Option<i32> {
    text.parse().ok().filter(|epoch| *epoch >= 0)
}
