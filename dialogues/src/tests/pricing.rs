//! Another price, or none, as transcripts.

use domain::ids::{InvoiceId, TicketId};
use domain::invoice::Discount;
use domain::money::Rupiah;
use domain::offer::Offer;
use proptest::prelude::*;

use crate::press::{Asked, Press};
use crate::price::Price;
use crate::pricing::{Bid, Pricing, Subject, Wants};
use crate::say::{Choice, Hint, Say};
use crate::text::Text;
use crate::turn::{Command, Input, Next, Outcome, State, Turn};

const SUBJECT: Subject = Subject {
    ticket: TicketId(7),
    invoice: InvoiceId(12),
    version: 3,
    epoch: 5,
};

fn hear(wants: Wants, text: &str) -> Next {
    let state = State::Pricing(Pricing {
        subject: SUBJECT,
        wants,
    });
    state.on_input(Input::Text(text.to_owned()))
}

fn offer(wants: Wants, text: &str) -> Offer {
    match hear(wants, text) {
        Next::Run(_, Command::PreviewPrice { subject, offer }) => {
            assert_eq!(subject, SUBJECT);
            offer
        }
        other => panic!("{text}: {other:?}"),
    }
}

fn told(wants: Wants, text: &str) -> (Turn, Text) {
    match hear(wants, text) {
        Next::Turn(turn) => {
            let words = turn.say[0].text.clone();
            (turn, words)
        }
        Next::Run(_, command) => panic!("{text}: ran {command:?}"),
    }
}

fn presses(say: &Say) -> Vec<Press> {
    let all = say.choices.iter().flatten();
    all.filter_map(|choice| match choice {
        Choice::Press { press, .. } => Some(*press),
        _ => None,
    })
    .collect()
}

#[test]
fn discounts_are_typed_in_every_spelling() {
    let amount = |rupiah| Offer::Discount(Discount::Amount(Rupiah(rupiah)));
    let share = |hundredths| Offer::Discount(Discount::Percent(hundredths));
    for (text, meant) in [
        ("10%", share(1_000)),
        (" 7,5 % ", share(750)),
        ("150rb", amount(150_000)),
        ("1,5jt", amount(1_500_000)),
        ("Rp1.500.000", amount(1_500_000)),
    ] {
        assert_eq!(offer(Wants::Discount, text), meant, "{text}");
    }
    assert_eq!(offer(Wants::Any, "10%"), share(1_000));
    assert_eq!(offer(Wants::Final, "1,5jt"), Offer::Final(Rupiah(1_500_000)));
}

#[test]
fn an_amount_that_may_be_either_is_asked_about() {
    let (turn, text) = told(Wants::Any, "1,5jt");
    let amount = Rupiah(1_500_000);
    let ticket = SUBJECT.ticket;
    assert_eq!(text, Price::Unclear { ticket, amount }.into());
    let bids: Vec<Bid> = presses(&turn.say[0])
        .into_iter()
        .filter_map(|press| match press {
            Press::Price { bid, .. } => Some(bid),
            _ => None,
        })
        .collect();
    let discount = Offer::Discount(Discount::Amount(amount));
    assert_eq!(bids, [Bid::Preview(discount), Bid::Preview(Offer::Final(amount))]);
}

#[test]
fn what_cannot_be_read_is_asked_again_for_the_same() {
    for (wants, text) in [
        (Wants::Any, "murahin dong"),
        (Wants::Discount, "-5%"),
        (Wants::Final, "10%"),
        (Wants::Final, ""),
    ] {
        let (turn, words) = told(wants, text);
        assert!(matches!(words, Text::Price(Price::BadOffer { .. })), "{words:?}");
        let Some(State::Pricing(still)) = turn.state else {
            panic!("{text} ended it")
        };
        assert_eq!((still.subject, still.wants), (SUBJECT, wants), "{text}");
    }
    let (_, words) = told(Wants::Reason, "x");
    assert!(
        matches!(words, Text::Price(Price::BadRejection { .. })),
        "{words:?}"
    );
}

#[test]
fn a_reason_is_passed_on_and_what_came_of_it_is_said() {
    let Next::Run(state, command) = hear(Wants::Reason, " Terlalu murah ") else {
        panic!("should run")
    };
    let reason = "Terlalu murah".to_owned();
    assert_eq!(
        command,
        Command::RejectPrice {
            subject: SUBJECT,
            reason
        }
    );
    let back: Text = Price::Returned {
        ticket: SUBJECT.ticket,
    }
    .into();
    let end = state.on_outcome(Outcome::PriceOver(Box::new(back.clone())));
    assert_eq!((end.state, &end.say[0].text), (None, &back));
}

/// Every question can be left, and is edited where it stands.
#[test]
fn every_question_can_be_left() {
    let asked = Asked::Price {
        invoice: SUBJECT.invoice,
        version: SUBJECT.version,
    };
    let mut turns = vec![Pricing::choose(SUBJECT, Rupiah(1), None)];
    for wants in [Wants::Any, Wants::Discount, Wants::Final, Wants::Reason] {
        turns.push(Pricing::typing(SUBJECT, wants));
        turns.push(told(wants, "?").0);
    }
    for turn in turns {
        let say = &turn.say[0];
        assert!(presses(say).contains(&Press::Leave(asked)), "{say:?}");
        assert_eq!(say.hint, Hint::Card(SUBJECT.question()));
        assert_eq!(turn.state.expect("waits").asked(), Some(asked));
    }
}

proptest! {
    /// Whatever is typed, nobody panics, and the question stays or something is to be done.
    #[test]
    fn anything_may_be_typed(text in ".{0,40}", which in 0..4_usize) {
        let wants = [Wants::Any, Wants::Discount, Wants::Final, Wants::Reason][which];
        match hear(wants, &text) {
            Next::Run(_, Command::PreviewPrice { .. } | Command::RejectPrice { .. }) => {}
            Next::Run(_, command) => prop_assert!(false, "ran {command:?}"),
            Next::Turn(turn) => {
                prop_assert!(matches!(turn.state, Some(State::Pricing(_))));
                prop_assert_eq!(turn.say.len(), 1);
            }
        }
    }

    /// An amount is read back as it is shown, and as people shorten it.
    #[test]
    fn amounts_are_read_as_they_are_shown(amount in 0..=1_000_000_000_000_i64, thousands in 0..=999_999_i64) {
        let shown = Rupiah(amount).to_string();
        prop_assert_eq!(offer(Wants::Final, &shown), Offer::Final(Rupiah(amount)));
        prop_assert_eq!(offer(Wants::Final, &amount.to_string()), Offer::Final(Rupiah(amount)));
        let short = Offer::Final(Rupiah(thousands * 1_000));
        prop_assert_eq!(offer(Wants::Final, &format!("{thousands}rb")), short);
        let millions = format!("{},{:03}jt", thousands / 1_000, thousands % 1_000);
        prop_assert_eq!(offer(Wants::Final, &millions), short);
    }

    /// A percentage with up to two digits behind the comma is that many hundredths.
    #[test]
    fn shares_are_read_as_they_are_shown(hundredths in 0..=10_000_i64, point in prop::sample::select(vec![',', '.'])) {
        let shown = format!("{}{point}{:02}%", hundredths / 100, hundredths % 100);
        prop_assert_eq!(offer(Wants::Any, &shown), Offer::Discount(Discount::Percent(hundredths)));
    }
}
