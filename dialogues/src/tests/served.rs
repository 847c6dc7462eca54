//! A customer's chat, as transcripts.

use chrono::TimeDelta;
use domain::ids::{CustomerId, RatingId, RequestId, TicketId};
use domain::rating::{Stars, Subject};

use crate::customer::Customer;
use crate::served::{Chat, Command, Flow, Input, Known, Outcome, Person, Question, offers, stars};
use crate::tap::{Answer, Tap};
use crate::tests::talk::{Talk, customer, phone, photo, place, stranger};

#[test]
fn someone_new_registers_step_by_step_and_his_complaint_is_not_lost() {
    let mut talk = Talk::new(stranger());
    talk.says("AC kamar saya tidak dingin sejak kemarin");
    assert!(matches!(talk.said[..], [Customer::Consent { .. }]));
    talk.says("berapa biayanya ya?");
    assert!(matches!(talk.said[..], [Customer::Consent { .. }]));
    talk.taps(Answer::Agree);
    talk.heard(&Customer::AskNameOf {
        name: "Siti".to_owned(),
    });
    talk.says("2");
    talk.heard(&Customer::AskName);
    talk.says("www.promo.com");
    talk.heard(&Customer::BadName);
    talk.says("Siti Aminah");
    talk.heard(&Customer::AskAddress);
    talk.hear(place(51.5, -0.1));
    talk.heard(&Customer::PlaceOutside);
    talk.hear(Input::Other);
    talk.heard(&Customer::AddressOnly);
    talk.hear(place(-6.2, 106.8));
    talk.heard(&Customer::AskLandmark);
    talk.says("Jl. Melati No. 5, Bekasi");
    talk.heard(&Customer::AskPhoneOf { phone: phone() });
    talk.says("021-7654321");
    assert!(matches!(&talk.said[..], [Customer::BadPhone { fault }] if fault.0 == "landline"));
    talk.taps(Answer::OwnPhone);
    assert!(matches!(&talk.said[..], [Customer::Confirm(entry)] if entry.pin));
    talk.taps(Answer::Fix);
    talk.taps(Answer::FixName);
    talk.says("Siti A.");
    assert!(matches!(&talk.said[..], [Customer::Confirm(entry)] if entry.name == "Siti A."));
    talk.says("simpan");
    let Some(Command::Register {
        entry,
        position,
        at_once: false,
        ..
    }) = talk.ran.clone()
    else {
        panic!("registers: {:?}", talk.ran)
    };
    assert!(position.is_some());
    let customer = CustomerId(45);
    talk.comes(Outcome::Registered {
        customer,
        entry,
        at_once: false,
    });
    let [
        Customer::Registered { menu: false, .. },
        Customer::Summary { words, .. },
    ] = &talk.said[..]
    else {
        panic!("{:?}", talk.said)
    };
    assert_eq!(
        words,
        "AC kamar saya tidak dingin sejak kemarin\nberapa biayanya ya?"
    );
    talk.says("kirim");
    assert!(matches!(talk.ran, Some(Command::Report { .. })));
}

#[test]
fn one_message_registers_with_all_errors_at_once() {
    let mut talk = Talk::new(stranger());
    talk.says("DAFTAR#9#Bekasi#021-7654321");
    assert!(matches!(&talk.said[..], [Customer::FormFaults { faults }] if faults.len() == 3));
    talk.says("daftar#Siti Aminah#Jl. Melati No. 5, Bekasi#");
    let Some(Command::Register {
        entry, at_once: true, ..
    }) = talk.ran.clone()
    else {
        panic!("registers: {:?}", talk.ran)
    };
    let customer = CustomerId(45);
    talk.comes(Outcome::Registered {
        customer,
        entry,
        at_once: true,
    });
    assert!(matches!(talk.said[..], [Customer::RegisteredAtOnce { .. }]));
    talk.says("DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi#");
    talk.heard(&Customer::AlreadyRegistered { customer });
    // Someone else's words register nobody.
    let mut other = Talk::new(stranger());
    other.hear(Input::Text {
        text: "DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi#".to_owned(),
        forwarded: true,
    });
    assert!(matches!(other.said[..], [Customer::Consent { .. }]));
}

#[test]
fn a_registration_that_was_left_is_gone_on_with() {
    let mut talk = Talk::new(stranger());
    talk.says("halo");
    talk.taps(Answer::Agree);
    talk.taps(Answer::UseName);
    talk.at += TimeDelta::hours(3);
    talk.says("halo lagi");
    talk.heard(&Customer::Unfinished);
    talk.taps(Answer::Continue);
    talk.heard(&Customer::AskAddress);
    talk.at += TimeDelta::hours(3);
    talk.says("halo");
    talk.taps(Answer::Restart);
    assert!(matches!(talk.said[..], [Customer::Consent { .. }]));
    talk.says("menu");
    talk.says("1");
    assert!(
        matches!(talk.said[..], [Customer::Consent { .. }]),
        "the draft stands: {:?}",
        talk.said
    );
    talk.says("BATAL");
    talk.heard(&Customer::Left);
    assert_eq!(talk.chat.flow, None);
    talk.says("BATAL");
    talk.heard(&Customer::NothingToLeave);
}

#[test]
fn whoever_does_not_agree_is_left_alone() {
    let mut talk = Talk::new(stranger());
    talk.says("halo");
    talk.taps(Answer::Refuse);
    assert_eq!(talk.ran, Some(Command::Refuse));
    talk.comes(Outcome::Refused);
    assert!(matches!(talk.said[..], [Customer::ConsentRefused { .. }]));
    assert_eq!(talk.chat.flow, None);
}

#[test]
fn without_a_number_it_is_asked_for() {
    let mut talk = Talk::new(Person::default());
    talk.says("daftar");
    talk.taps(Answer::Agree);
    talk.heard(&Customer::AskName);
    talk.says("Siti Aminah");
    talk.says("Jl. Melati No. 5, Bekasi");
    talk.heard(&Customer::AskPhoneUnseen);
    let phones = vec!["6281234567890".to_owned()];
    talk.hear(Input::Contacts { phones, own: true });
    talk.taps(Answer::Save);
    assert!(matches!(&talk.ran, Some(Command::Register { entry, .. }) if entry.phone == Some(phone())));
    let mut typed = Talk::new(Person::default());
    typed.says("daftar#Siti Aminah#Jl. Melati No. 5, Bekasi#0812 3456 7890");
    assert!(matches!(&typed.ran, Some(Command::Register { entry, .. }) if entry.phone == Some(phone())));
}

#[test]
fn three_answers_that_do_not_fit_offer_a_person_once() {
    let mut talk = Talk::new(stranger());
    talk.says("daftar");
    talk.taps(Answer::Agree);
    talk.taps(Answer::OtherName);
    for (times, messages) in [(1, 1), (2, 1), (3, 2), (4, 1)] {
        talk.says("12345678");
        assert_eq!(talk.said.len(), messages, "after {times}");
    }
    talk.says("Siti Aminah");
    talk.heard(&Customer::AskAddress);
}

#[test]
fn a_report_that_grew_too_long_can_still_be_sent() {
    let mut talk = Talk::new(customer());
    talk.says("lapor");
    talk.says(&"AC kamar bocor ".repeat(60));
    talk.says(&"dan menetes ".repeat(20));
    assert!(matches!(talk.said[..], [Customer::BadProblem { .. }]));
    talk.says("kirim laporan");
    assert!(
        matches!(talk.ran, Some(Command::Report { .. })),
        "{:?}",
        talk.said
    );
}

#[test]
fn a_report_takes_words_photos_and_a_place_in_any_order() {
    let mut talk = Talk::new(customer());
    talk.says("Lapor masalah");
    talk.says("menu");
    talk.says("1");
    talk.heard(&Customer::AskProblem);
    for _ in 0..5 {
        talk.hear(photo());
        assert!(talk.said.is_empty(), "an album is answered once");
    }
    assert_eq!(talk.chat.wakes_at(), Some(talk.at + TimeDelta::seconds(4)));
    talk.hear(Input::Waited);
    talk.heard(&Customer::PhotosOnly { count: 5 });
    assert_eq!(talk.chat.wakes_at(), None);
    talk.hear(photo());
    talk.heard(&Customer::TooManyPhotos {
        most: 5,
        mixed: false,
    });
    talk.hear(place(-6.2, 106.8));
    talk.heard(&Customer::PhotosOnly { count: 5 });
    talk.says("rusak");
    assert!(matches!(talk.said[..], [Customer::BadProblem { .. }]));
    talk.says("AC tidak dingin");
    assert!(matches!(
        &talk.said[..],
        [Customer::Summary {
            photos: 5,
            place: true,
            ..
        }]
    ));
    talk.says("dan menetes");
    assert!(matches!(&talk.said[..], [Customer::Summary { words, .. }] if words.ends_with("dan menetes")));
    talk.taps(Answer::Send);
    assert!(matches!(&talk.ran, Some(Command::Report { photos, .. }) if photos.len() == 5));
    let offered = talk.chat.offered.clone();
    talk.comes(Outcome::Reported {
        request: RequestId(45),
    });
    talk.heard(&Customer::Reported {
        request: RequestId(45),
    });
    // The same button again: the same answer.
    talk.hear(Input::Tap(offered[0]));
    assert!(matches!(talk.ran, Some(Command::Repeat { .. })));
    talk.hear(photo());
    let Some(Command::Follow(media)) = talk.ran.clone() else {
        panic!("perhaps of the report just made")
    };
    talk.comes(Outcome::NotFollowed(media));
    talk.hear(Input::Waited);
    talk.heard(&Customer::PhotosOnly { count: 1 });
}

#[test]
fn what_nobody_asked_for_is_answered_once_and_then_passed_on() {
    let mut talk = Talk::new(customer());
    talk.says("kapan kira kira datang?");
    talk.heard(&Customer::Puzzled);
    talk.says("halo?");
    assert_eq!(
        talk.ran,
        Some(Command::Ask {
            text: "kapan kira kira datang?\nhalo?".to_owned(),
            photos: Vec::new(),
            unasked: true
        })
    );
    talk.comes(Outcome::Asked {
        request: RequestId(1),
        unasked: true,
    });
    talk.heard(&Customer::PassedOn);
    talk.says("halo??");
    assert!(talk.said.is_empty());
    talk.at += TimeDelta::minutes(6);
    talk.says("Kulkas mati total sejak pagi");
    talk.heard(&Customer::Puzzled);
    talk.says("lapor");
    assert!(matches!(&talk.said[..], [Customer::Summary { words, .. }] if words.starts_with("Kulkas")));
}

#[test]
fn stars_are_given_by_button_or_number_and_a_word_follows_only_when_amiss() {
    let (rating, ticket) = (RatingId(1), TicketId(7));
    let question = |subject| Question {
        rating,
        ticket,
        subject,
        technician: Some("Budi".to_owned()),
        link: None,
    };
    let mut talk = Talk::new(customer());
    talk.says("4");
    talk.heard(&Customer::Puzzled);
    // Asked for when the ticket was closed, whatever the menu of before has in its fourth row.
    talk.chat.offered = offers(&stars(question(Subject::Technician)));
    talk.says("4");
    let Some(Command::Stars {
        subject: Subject::Technician,
        stars: given,
        ..
    }) = talk.ran.clone()
    else {
        panic!("{:?}", talk.ran)
    };
    assert_eq!(given.count(), 4);
    talk.comes(Outcome::Asks(question(Subject::Office)));
    talk.says("2");
    let Some(Command::Stars {
        subject: Subject::Office,
        stars,
        ..
    }) = talk.ran.clone()
    else {
        panic!("{:?}", talk.ran)
    };
    assert_eq!(stars.count(), 2);
    talk.comes(Outcome::Rated {
        rating,
        ticket,
        low: true,
        mixed: true,
    });
    talk.heard(&Customer::AskComment { sorry: true });
    talk.says("Datang terlambat");
    assert!(matches!(talk.ran, Some(Command::Comment { .. })));
    talk.comes(Outcome::Commented);
    talk.heard(&Customer::RatingThanks);
    // What is said an hour after the stars is no word about them.
    let (low, mixed) = (true, true);
    talk.comes(Outcome::Rated {
        rating,
        ticket,
        low,
        mixed,
    });
    talk.at += TimeDelta::hours(1);
    talk.says("Kulkas saya sekarang juga mati");
    assert_eq!(talk.ran, None);
    talk.heard(&Customer::Puzzled);
    // While something else is being asked, stars do not get in its way.
    talk.says("lapor");
    let stars = Stars::ALL[0];
    talk.hear(Input::Tap(Tap::Stars {
        rating,
        subject: Subject::Technician,
        stars,
    }));
    talk.comes(Outcome::Asks(question(Subject::Office)));
    assert!(matches!(talk.chat.flow, Some(Flow::Reporting(_))));
}

#[test]
fn whoever_turns_out_to_be_known_need_not_go_on_registering() {
    let mut talk = Talk::new(stranger());
    talk.says("AC kamar saya tidak dingin sejak kemarin");
    talk.taps(Answer::Agree);
    talk.taps(Answer::UseName);
    let known = customer().customer;
    let customer = known.as_ref().map(|known| known.id).expect("known");
    talk.person.customer = known;
    talk.says("Jl. Melati No. 5, Bekasi");
    talk.heard(&Customer::AlreadyRegistered { customer });
    assert!(matches!(&talk.said[1..], [Customer::Summary { words, .. }] if words.starts_with("AC kamar")));
    talk.says("kirim");
    assert!(matches!(talk.ran, Some(Command::Report { .. })));

    let mut other = Talk::new(stranger());
    other.says("Kulkas mati total sejak pagi");
    other.taps(Answer::Agree);
    let entry = crate::tests::talk::entry();
    other.person.customer = Some(Known { id: customer, entry });
    other.says("status");
    assert_eq!(other.ran, Some(Command::Status(None)), "what is wanted is done");
    other.comes(Outcome::Standing(Vec::new()));
    other.says("lapor");
    assert!(matches!(&other.said[..], [Customer::Summary { words, .. }] if words.starts_with("Kulkas")));
}

#[test]
fn the_message_that_agreed_is_kept() {
    let mut talk = Talk::new(stranger());
    talk.says("halo");
    talk.message = "wamid.agreed";
    talk.taps(Answer::Agree);
    talk.message = "wamid.later";
    talk.taps(Answer::UseName);
    talk.says("Jl. Melati No. 5, Bekasi");
    talk.taps(Answer::OwnPhone);
    talk.taps(Answer::Save);
    assert!(matches!(&talk.ran, Some(Command::Register { agreed, .. }) if agreed == "wamid.agreed"));
}

#[test]
fn buttons_of_another_flow_do_nothing() {
    let mut talk = Talk::new(stranger());
    talk.says("halo");
    let old = talk.chat.offered[0];
    talk.says("batal");
    talk.says("halo");
    talk.hear(Input::Tap(old));
    talk.heard(&Customer::StaleChoice);
    talk.hear(Input::Unreadable);
    talk.heard(&Customer::StaleChoice);
    assert!(matches!(talk.chat.flow, Some(Flow::Registering(_))));
}

#[test]
fn the_office_is_asked_in_words() {
    let mut talk = Talk::new(customer());
    talk.says("CS");
    assert!(matches!(talk.said[..], [Customer::AskQuestion { .. }]));
    talk.hear(Input::Other);
    assert!(matches!(talk.said[..], [Customer::AskQuestion { .. }]));
    talk.says("Apakah hari Minggu buka?");
    assert!(matches!(&talk.ran, Some(Command::Ask { unasked: false, .. })));
    talk.comes(Outcome::Asked {
        request: RequestId(2),
        unasked: false,
    });
    assert!(matches!(talk.said[..], [Customer::QuestionTaken { .. }]));
    assert_eq!(talk.chat.flow, None);
}

/// Chats of an earlier version still load: never change these lines, add new ones.
#[test]
fn saved_chats_still_load() {
    for golden in [
        r#"{"offered":["menu"],"stumbles":0,"heard_at":"2026-11-22T03:00:00Z"}"#,
        r#"{"flow":{"flow":"registering","nonce":31,"stage":"consent","changes":false,"resuming":false,"profile":"Siti","own":"+6281234567890","complaint":{"text":"AC tidak dingin"}},"offered":[{"answer":{"flow":31,"answer":"agree"}}],"stumbles":1}"#,
        r#"{"flow":{"flow":"registering","nonce":31,"stage":"confirm","changes":false,"resuming":true,"name":"Siti","address":"Jl. Melati No. 5","position":{"latitude":-6.2,"longitude":106.8},"phone":"+6281234567890"},"stumbles":0}"#,
        r#"{"flow":{"flow":"reporting","nonce":31,"text":"AC tidak dingin","due":"2026-11-22T03:00:04Z","address":"Jl. Melati No. 5"},"stumbles":0}"#,
        r#"{"flow":{"flow":"registering","nonce":31,"stage":"name","changes":false,"resuming":false,"agreed":"wamid.7"},"stumbles":0,"said_at":"2026-11-22T03:00:00Z"}"#,
        r#"{"flow":{"flow":"asking"},"stumbles":0,"puzzled_at":"2026-11-22T03:00:00Z","unasked":"halo"}"#,
        r#"{"flow":{"flow":"rating","rating":1,"ticket":7,"stage":"comment"},"offered":[{"stars":{"rating":1,"subject":"office","stars":5}}],"stumbles":0}"#,
        r#"{"offered":["menu"],"stumbles":0,"late_at":"2026-11-22T03:00:00Z"}"#,
    ] {
        let chat: Chat = serde_json::from_str(golden).unwrap_or_else(|error| panic!("{golden}: {error}"));
        assert_eq!(serde_json::to_string(&chat).expect("writes"), golden);
    }
}
