//! One of every text about a bill.

use chrono::NaiveDate;
use domain::money::Rupiah;

use crate::bill::{Bill, Owed};
use crate::samples::{TICKET, name};
use crate::text::Text;

/// Every text at least once; those that depend on a number, once for each that matters.
pub(crate) fn texts() -> Vec<Text> {
    let due = NaiveDate::from_ymd_opt(2026, 12, 6).unwrap_or_default();
    let (total, left) = (Rupiah(1_500_000), Rupiah(500_000));
    let owed = |due| Owed {
        ticket: TICKET,
        number: number(),
        left,
        due,
        link: "https://contoh.co.id/i/k7Qw2Zt9Lm4xk7Qw2Zt9Lm4xk7Qw2Zt9Lm4x".to_owned(),
    };
    let mut all = vec![
        Bill::Settled {
            ticket: TICKET,
            number: number(),
            total,
        },
        Bill::Owing {
            lines: vec![owed(Some(due)), owed(None)],
        },
        Bill::AskWhich,
        Bill::AskProof {
            number: number(),
            left,
        },
        Bill::ProofOnly,
        Bill::ProofTaken { number: number() },
        Bill::ProofLost { number: number() },
        Bill::ProofsEnough { number: number() },
        Bill::NothingOwed,
        Bill::ProofCame {
            ticket: TICKET,
            number: number(),
            name: name(),
        },
    ];
    for (left, due) in [(total, Some(due)), (left, None)] {
        all.push(Bill::Issued {
            ticket: TICKET,
            number: number(),
            total,
            left,
            due,
        });
    }
    all.extend([0, 1, 7].map(|late_days| Bill::Reminder {
        ticket: TICKET,
        number: number(),
        left,
        due,
        late_days,
    }));
    all.into_iter().map(Text::Bill).collect()
}

fn number() -> String {
    "INV/2026/XI/0001".to_owned()
}
