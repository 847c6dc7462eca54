//! A proof of payment in the chat: asked for, taken for a while, and never taken for something else.

use chrono::TimeDelta;
use domain::ids::{InvoiceId, TicketId};
use domain::money::Rupiah;

use crate::bill::{Bill, Owed};
use crate::customer::Customer;
use crate::paying::{Open, Proved};
use crate::served::{Command, Input, Outcome};
use crate::tap::Tap;
use crate::tests::talk::{Talk, customer, photo};

const NUMBER: &str = "INV/2026/XI/0001";

fn open() -> Open {
    Open {
        invoice: InvoiceId(7),
        owed: Owed {
            ticket: TicketId(7),
            number: NUMBER.to_owned(),
            left: Rupiah(250_000),
            due: None,
            link: "https://contoh.co.id/i/k7Qw2Zt9Lm4x".to_owned(),
        },
    }
}

/// A customer who was asked for a proof.
fn asked() -> Talk {
    let mut talk = Talk::new(customer());
    talk.says("tagihan");
    assert_eq!(talk.ran, Some(Command::Bills));
    talk.comes(Outcome::Bills(vec![open()]));
    assert!(matches!(&talk.billed[..], [Bill::Owing { lines }] if lines.len() == 1));
    assert_eq!(
        talk.chat.offered,
        [Tap::Prove {
            invoice: InvoiceId(7)
        }]
    );
    talk.says("1");
    assert_eq!(talk.ran, Some(Command::Owes(InvoiceId(7))));
    talk.comes(Outcome::Owes(Some(open())));
    assert!(matches!(&talk.billed[..], [Bill::AskProof { number, .. }] if number == NUMBER));
    talk
}

fn sends_a_photo(talk: &mut Talk) -> Option<bool> {
    talk.hear(photo());
    match &talk.ran {
        Some(Command::Prove { quiet, .. }) => Some(*quiet),
        _ => None,
    }
}

#[test]
fn a_photo_is_a_proof_and_so_is_what_follows_it() {
    let mut talk = asked();
    talk.says("sudah saya transfer");
    assert_eq!(talk.billed, [Bill::ProofOnly]);
    assert_eq!(sends_a_photo(&mut talk), Some(false));
    let taken = |proved| Outcome::Proved {
        proved,
        number: NUMBER.to_owned(),
    };
    talk.comes(taken(Proved::Taken));
    assert!(matches!(&talk.billed[..], [Bill::ProofTaken { .. }]));
    talk.at += TimeDelta::seconds(3);
    assert_eq!(sends_a_photo(&mut talk), Some(true), "of one album");
    talk.comes(taken(Proved::Quietly));
    assert!(talk.billed.is_empty() && talk.said.is_empty());
    talk.at += TimeDelta::seconds(60);
    assert_eq!(sends_a_photo(&mut talk), Some(false), "one more");
    talk.comes(taken(Proved::Enough));
    assert_eq!(talk.chat.flow, None);
}

#[test]
fn what_comes_later_is_something_else() {
    let mut talk = asked();
    sends_a_photo(&mut talk);
    talk.comes(Outcome::Proved {
        proved: Proved::Taken,
        number: NUMBER.to_owned(),
    });
    talk.at += TimeDelta::minutes(3);
    talk.hear(photo());
    assert!(matches!(talk.ran, Some(Command::Follow(_))), "{:?}", talk.ran);

    let mut talk = asked();
    talk.says("batal");
    assert_eq!(talk.said, [Customer::Left]);
    talk.hear(photo());
    assert!(matches!(talk.ran, Some(Command::Follow(_))), "{:?}", talk.ran);
}

#[test]
fn what_is_not_owed_asks_for_nothing() {
    let mut talk = asked();
    talk.says("batal");
    talk.hear(Input::Tap(Tap::Prove {
        invoice: InvoiceId(9),
    }));
    talk.comes(Outcome::Owes(None));
    assert_eq!(talk.billed, [Bill::NothingOwed]);
    assert_eq!(talk.chat.flow, None);
}
