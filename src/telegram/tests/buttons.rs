//! Every button fits, comes back as it was, and nothing else is taken for one.

use dialogues::press::Press;
use domain::ids::TicketId;
use domain::person::Locale;

use crate::telegram::buttons::{LONGEST, decode, encode};

fn every_press() -> Vec<Press> {
    let ticket = TicketId(i64::MAX);
    vec![
        Press::Claim {
            ticket,
            epoch: i32::MAX,
        },
        Press::Card { ticket },
        Press::Release {
            ticket,
            epoch: i32::MAX,
        },
        Press::Speak { locale: Locale::Id },
        Press::Speak { locale: Locale::En },
        Press::Pool { after: i64::MAX },
        Press::Tasks,
        Press::Cancel,
    ]
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
    let ticket = TicketId(12);
    for (data, press) in [
        ("t1|clm|12|3", Press::Claim { ticket, epoch: 3 }),
        ("t1|dtl|12", Press::Card { ticket }),
        ("t1|rel|12|1", Press::Release { ticket, epoch: 1 }),
        ("t1|lng|en", Press::Speak { locale: Locale::En }),
        ("t1|pg|0", Press::Pool { after: 0 }),
        ("t1|tsk", Press::Tasks),
        ("t1|n", Press::Cancel),
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
        "💩",
        "t1|clm|99999999999999999999|0",
    ] {
        assert_eq!(decode(data), None, "{data}");
    }
    assert_eq!(decode(&format!("t1|clm|{}|0", "1".repeat(60))), None);
}
