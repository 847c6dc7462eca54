//! Words that mean something in any state, typed answers, and a registration in one message.

use domain::ids::RatingId;
use domain::person::Locale;
use domain::phone::Phone;
use domain::rating::{Stars, Subject};

use crate::customer::Field;
use crate::form;
use crate::keyword::{Keyword, answer, read, stars};
use crate::samples;
use crate::tap::{Answer, Tap};

#[test]
fn keywords_are_read_however_they_are_typed() {
    for (text, word) in [
        ("menu", Keyword::Menu),
        (" Menu! ", Keyword::Menu),
        ("0", Keyword::Menu),
        ("*BATAL*", Keyword::Cancel),
        ("stop.", Keyword::Stop),
        ("Jangan  kirim!!", Keyword::Stop),
        ("ＭＵＬＡＩ", Keyword::Start),
        ("cs", Keyword::Office),
        ("STATUS", Keyword::Status(None)),
        (
            "status TKT-000123",
            Keyword::Status(Some("tkt-000123".to_owned())),
        ),
        ("Status lap 45", Keyword::Status(Some("lap-45".to_owned()))),
        ("daftar", Keyword::Register(None)),
        ("Lapor", Keyword::Report(None)),
        (
            "LAPOR#AC mati#sejak kemarin",
            Keyword::Report(Some("AC mati\nsejak kemarin".to_owned())),
        ),
        ("Lapor masalah", Keyword::Report(None)),
        ("lapor: AC mati", Keyword::Report(Some("AC mati".to_owned()))),
        ("ubah", Keyword::Change),
        ("English", Keyword::Speak(Locale::En)),
    ] {
        assert_eq!(read(text), Some(word), "{text}");
    }
    for text in [
        "menu apa saja?",
        "stop dulu ya pak",
        "daftar harga",
        "daftarkan saya",
        "laporan saya kemarin",
        "status rumah saya bagaimana",
        "10",
        "",
        "é",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn what_was_offered_may_be_typed() {
    let offered = [
        Tap::Answer {
            flow: 7,
            answer: Answer::Agree,
        },
        Tap::Answer {
            flow: 7,
            answer: Answer::Refuse,
        },
    ];
    for text in ["1", "1.", "Setuju", " SETUJU! ", "ya", "i agree"] {
        assert_eq!(answer(text, &offered), Some(offered[0]), "{text}");
    }
    assert_eq!(answer("tidak setuju", &offered), Some(offered[1]));
    assert_eq!(answer("2", &offered), Some(offered[1]));
    for text in ["3", "0", "99999999999999999999", "setuju sekali kalau murah", ""] {
        assert_eq!(answer(text, &offered), None, "{text}");
    }
    let stars_of = |stars| Tap::Stars {
        rating: RatingId(1),
        subject: Subject::Office,
        stars,
    };
    let rows = Stars::ALL.map(stars_of);
    assert_eq!(
        answer("4", &rows),
        Some(rows[1]),
        "four stars, not the fourth row"
    );
    assert_eq!(answer("⭐⭐", &rows), Some(rows[3]));
    assert_eq!(answer("Sangat puas", &rows), Some(rows[0]));
    assert_eq!(answer("6", &rows), None);
    assert_eq!(stars("5").map(Stars::count), Some(5));
    assert_eq!(stars("lima"), None);
}

#[test]
fn every_button_reads_back_and_fits() {
    for tap in samples::taps() {
        let code = tap.to_string();
        assert_eq!(code.parse(), Ok(tap), "{code}");
        assert!(code.len() <= 48, "{code}");
    }
    for text in [
        "",
        "a",
        "a.zz.agree",
        "a.1.fly",
        "stars.1.office.6",
        "stars.0.office.1",
        "rate.-1",
    ] {
        assert!(text.parse::<Tap>().is_err(), "{text}");
    }
}

#[test]
fn codes_that_were_given_out_still_mean_the_same() {
    let rating = RatingId(12);
    for (code, tap) in [
        ("menu", Tap::Menu),
        ("report", Tap::Report),
        (
            "a.1f.agree",
            Tap::Answer {
                flow: 31,
                answer: Answer::Agree,
            },
        ),
        (
            "a.1f.add-photos",
            Tap::Answer {
                flow: 31,
                answer: Answer::AddPhotos,
            },
        ),
        ("rate.12", Tap::Rate { rating }),
        (
            "stars.12.technician.5",
            Tap::Stars {
                rating,
                subject: Subject::Technician,
                stars: Stars::ALL[0],
            },
        ),
    ] {
        assert_eq!(code.parse(), Ok(tap), "{code}");
    }
}

#[test]
fn one_message_registers_or_says_all_that_is_wrong() {
    let own = Phone::vouched("6281111111111").ok();
    let read = |text| form::read(text, own.as_ref());
    let whole = read("#Siti Aminah#Jl. Melati No. 5 RT 03/02, Bekasi#081234567890").expect("whole");
    assert_eq!(whole.name, "Siti Aminah");
    assert_eq!(whole.address, "Jl. Melati No. 5 RT 03/02, Bekasi");
    assert_eq!(whole.phone.as_ref().map(Phone::as_str), Some("+6281234567890"));
    let marks = read("#Siti Aminah#Apartemen Melati #12 Tower B#Bekasi#0812 3456 7890").expect("whole");
    assert_eq!(marks.address, "Apartemen Melati #12 Tower B#Bekasi");
    for text in [
        "|Siti|Jl. Melati No. 5, Bekasi|",
        "#Siti#Jl. Melati No. 5, Bekasi",
        "\nHP:\nNama: Siti\nAlamat: Jl. Melati No. 5,\nBekasi",
    ] {
        let entry = read(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
        assert_eq!(entry.phone, own, "{text}");
        assert_eq!(entry.address, "Jl. Melati No. 5, Bekasi", "{text}");
    }
    let faults = read("#9#Bekasi#021-7654321").expect_err("all wrong");
    let fields: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, [Field::Name, Field::Address, Field::Phone]);
    let unseen = form::read("#Siti Aminah#Jl. Melati No. 5, Bekasi#", None).expect_err("no number");
    assert_eq!(unseen.len(), 1);
    assert_eq!(unseen[0].field, Field::Phone);
}
