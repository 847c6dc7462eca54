//! Whatever anyone sends in whatever order: no panic, no dead end, and what is kept is valid.

use domain::customer::{address, name};
use domain::ids::{CustomerId, InvoiceId, RatingId, RequestId, TicketId};
use domain::money::Rupiah;
use domain::phone::Phone;
use domain::rating::{Subject, comment};
use domain::request::{PHOTOS, question, report};
use proptest::prelude::*;

use crate::bill::Owed;
use crate::customer::Customer;
use crate::paying::{Open, Proved};
use crate::samples;
use crate::served::{Command, Input, Outcome, Question};
use crate::tests::talk::{Talk, customer, photo, place, stranger};

/// Words that matter, among any others.
const WORDS: [&str; 22] = [
    "halo",
    "menu",
    "0",
    "1",
    "2",
    "3",
    "5",
    "daftar",
    "lapor",
    "ubah",
    "cs",
    "status",
    "status tkt-7",
    "mulai",
    "Siti Aminah",
    "Jl. Melati No. 5, Bekasi",
    "081234567890",
    "021-7654321",
    "AC kamar tidak dingin",
    "ya",
    "DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi#0812 3456 7890",
    "⭐⭐",
];

fn inputs() -> impl Strategy<Value = (Input, i64)> {
    let text = |text: String, forwarded| Input::Text { text, forwarded };
    let input = prop_oneof![
        8 => (0..WORDS.len()).prop_map(move |n| text(WORDS[n].to_owned(), false)),
        2 => ("\\PC{0,60}", any::<bool>()).prop_map(move |(words, forwarded)| text(words, forwarded)),
        1 => "(?s).{0,2000}".prop_map(move |words| text(words, false)),
        2 => (0..samples::taps().len()).prop_map(|n| Input::Tap(samples::taps()[n])),
        2 => Just(photo()),
        1 => (-90.0..90.0, -180.0..180.0).prop_map(|(lat, lon)| place(lat, lon)),
        1 => Just(place(-6.2, 106.8)),
        1 => Just(Input::Other),
        1 => "🛒 [0-9]{1,3} × .{1,2000}".prop_map(Input::Order),
        1 => Just(Input::Waited),
        1 => Just(Input::Unreadable),
        1 => any::<bool>().prop_map(|own| Input::Contacts { phones: vec!["6281234567890".to_owned()], own }),
    ];
    (input, 0..7200_i64)
}

fn open() -> Open {
    Open {
        invoice: InvoiceId(7),
        owed: Owed {
            ticket: TicketId(7),
            number: "INV/2026/XI/0001".to_owned(),
            left: Rupiah(250_000),
            due: None,
            link: "https://contoh.co.id/i/k7Qw2Zt9Lm4x".to_owned(),
        },
    }
}

/// A use case that says yes to everything, and looks at what it is given.
fn carried_out(command: Command, n: i64) -> Result<Outcome, TestCaseError> {
    let (rating, ticket, request) = (RatingId(1), TicketId(7), RequestId(45));
    Ok(match command {
        Command::Register {
            entry,
            at_once,
            position,
            ..
        } => {
            prop_assert_eq!(name(&entry.name), Ok(entry.name.clone()));
            prop_assert_eq!(address(&entry.address), Ok(entry.address.clone()));
            prop_assert!(
                entry
                    .phone
                    .as_ref()
                    .is_some_and(|phone| Phone::vouched(phone.as_str()).is_ok())
            );
            prop_assert!(position.is_none_or(domain::geo::Position::is_in_indonesia));
            if n % 3 == 0 {
                Outcome::AlreadyRegistered {
                    customer: CustomerId(45),
                }
            } else {
                Outcome::Registered {
                    customer: CustomerId(45),
                    entry,
                    at_once,
                }
            }
        }
        Command::Change { entry, .. } => Outcome::Changed(entry),
        Command::Refuse => Outcome::Refused,
        Command::Report {
            text,
            photos,
            position,
            ..
        } => {
            prop_assert_eq!(report(&text), Ok(text.clone()));
            prop_assert!(photos.len() <= PHOTOS);
            prop_assert!(position.is_none_or(domain::geo::Position::is_in_indonesia));
            Outcome::Reported { request }
        }
        Command::Ask {
            text,
            photos,
            unasked,
        } => {
            prop_assert!(photos.len() <= PHOTOS);
            prop_assert!(question(&text).is_ok());
            Outcome::Asked { request, unasked }
        }
        Command::Repeat { .. } => Outcome::Stale,
        Command::Status(_) => Outcome::Standing(Vec::new()),
        Command::Stop => Outcome::Stopped,
        Command::Start => Outcome::Started,
        Command::Speak(_) => Outcome::Spoken,
        Command::Follow(_) if n % 5 == 0 => Outcome::Overfull,
        Command::Follow(media) if n % 2 == 0 => Outcome::NotFollowed(media),
        Command::Follow(_) => Outcome::Followed { request },
        Command::Locate(position) => {
            prop_assert!(position.is_in_indonesia());
            if n % 2 == 0 {
                Outcome::Located { request }
            } else {
                Outcome::NotLocated
            }
        }
        Command::Bills if n % 2 == 0 => Outcome::Bills(Vec::new()),
        Command::Bills => Outcome::Bills(vec![open()]),
        Command::Owes(_) => Outcome::Owes((n % 3 > 0).then(open)),
        Command::Prove { .. } => Outcome::Proved {
            proved: [Proved::Taken, Proved::Quietly, Proved::Enough, Proved::Over]
                [usize::try_from(n % 4).unwrap_or(0)],
            number: "INV/2026/XI/0001".to_owned(),
        },
        Command::Read(_) => Outcome::Said {
            words: "Besok pagi".to_owned(),
        },
        Command::Rate(_)
        | Command::Stars {
            subject: Subject::Technician,
            ..
        } => Outcome::Asks(Question {
            rating,
            ticket,
            subject: Subject::Office,
            technician: None,
            link: None,
        }),
        Command::Stars { stars, .. } => Outcome::Rated {
            rating,
            ticket,
            low: stars.is_low(),
            mixed: stars.is_mixed(),
        },
        Command::Comment { text, .. } => {
            prop_assert!(comment(&text).is_ok());
            Outcome::Commented
        }
    })
}

/// Hears one input, carrying out what it asks for.
fn go(talk: &mut Talk, input: Input, n: i64) -> Result<(), TestCaseError> {
    talk.hear(input);
    if let Some(command) = talk.ran.take() {
        talk.comes(carried_out(command, n)?);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn nobody_gets_lost(known in any::<bool>(), steps in proptest::collection::vec(inputs(), 1..40)) {
        let mut talk = Talk::new(if known { customer() } else { stranger() });
        for (input, seconds) in steps {
            talk.at += chrono::TimeDelta::seconds(seconds);
            go(&mut talk, input, seconds)?;
            prop_assert!(talk.said.len() <= 2, "{:?}", talk.said);
        }
        // Leaving always works, from anywhere; and so does beginning anew.
        go(&mut talk, Input::Text { text: "BATAL".to_owned(), forwarded: false }, 1)?;
        prop_assert!(matches!(talk.said[..], [Customer::Left | Customer::NothingToLeave]), "{:?}", talk.said);
        prop_assert_eq!(&talk.chat.flow, &None);
        go(&mut talk, Input::Text { text: "menu".to_owned(), forwarded: false }, 1)?;
        prop_assert!(matches!(talk.said[..], [Customer::Menu { .. } | Customer::Door { .. }]), "{:?}", talk.said);
        prop_assert!(!talk.chat.offered.is_empty());
    }

    #[test]
    fn every_question_can_be_answered(steps in proptest::collection::vec(inputs(), 0..12)) {
        let mut talk = Talk::new(stranger());
        for (input, seconds) in steps {
            go(&mut talk, input, seconds)?;
        }
        go(&mut talk, Input::Text { text: "BATAL".to_owned(), forwarded: false }, 1)?;
        if talk.person.customer.is_none() {
            for words in ["daftar", "setuju", "nama lain", "Siti Aminah", "Jl. Melati No. 5, Bekasi", "ya nomor ini", "simpan"] {
                go(&mut talk, Input::Text { text: words.to_owned(), forwarded: false }, 1)?;
            }
            prop_assert!(talk.person.customer.is_some());
        }
        for words in ["BATAL", "lapor", "AC kamar tidak dingin", "kirim laporan"] {
            go(&mut talk, Input::Text { text: words.to_owned(), forwarded: false }, 1)?;
        }
        prop_assert!(matches!(talk.said[..], [Customer::Reported { .. }]), "{:?}", talk.said);
    }
}
