//! What is told before anyone asked for it.

use chrono::TimeDelta;
use domain::ids::CustomerId;

use crate::customer::Customer;
use crate::served::{Command, Outcome};
use crate::tap::Answer;
use crate::tests::talk::{Talk, photo, stranger};

/// Registers to the end, and answers the summary of what was told before.
fn summary_of(talk: &mut Talk) -> (String, usize) {
    talk.says("simpan");
    let Some(Command::Register { entry, .. }) = talk.ran.clone() else {
        panic!("registers: {:?}", talk.ran)
    };
    talk.comes(Outcome::Registered {
        customer: CustomerId(45),
        entry,
        at_once: false,
    });
    match &talk.said[..] {
        [
            Customer::Registered { .. },
            Customer::Summary { words, photos, .. },
        ] => (words.clone(), *photos),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_told_on_the_way_to_a_registration_is_not_lost() {
    let mut talk = Talk::new(stranger());
    talk.says("Assalamualaikum");
    assert!(matches!(talk.said[..], [Customer::Consent { .. }]));
    talk.says("Halo, selamat pagi kak");
    // There is nothing yet to go on with.
    talk.at += TimeDelta::hours(2);
    talk.says("AC kamar saya tidak dingin");
    assert!(matches!(talk.said[..], [Customer::Consent { .. }]));
    talk.says("sejak kemarin, menetes juga");
    talk.taps(Answer::Agree);
    talk.hear(photo());
    talk.says("Siti Aminah");
    talk.at += TimeDelta::hours(2);
    talk.says("Jl. Melati No. 5, Bekasi");
    talk.heard(&Customer::Unfinished);
    talk.says("Dan mesin cuci saya juga rusak");
    talk.heard(&Customer::Unfinished);
    talk.taps(Answer::Continue);
    talk.says("Jl. Melati No. 5, Bekasi");
    talk.hear(photo());
    talk.taps(Answer::OwnPhone);
    let (words, photos) = summary_of(&mut talk);
    assert_eq!(
        words,
        "AC kamar saya tidak dingin\nsejak kemarin, menetes juga\nDan mesin cuci saya juga rusak"
    );
    assert_eq!(photos, 2);
}
