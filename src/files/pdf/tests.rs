//! Papers: drawn the same each time, whole, and over as many pages as they need.

use chrono::NaiveDate;
use domain::document::Kind;
use domain::invoice::{Discount, Line, Quantity, Totals};
use domain::letter::{Consignment, Goods};
use domain::money::Rupiah;
use domain::person::Locale;
use domain::tax::Vat;
use proptest::prelude::*;

use crate::files::Code;
use crate::files::outline;
use crate::files::pdf::font::{Faces, Style, Weight};
use crate::files::pdf::{Bill, Letter, draw, draw_letter};

fn bill(locale: Locale, count: usize) -> Bill {
    let date = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    let line = |number: usize| {
        let words = format!("Servis AC dan penggantian pipa tembaga bagian {number}, termasuk uji tekanan");
        Line::new(&words, Quantity(1500), "meter", Rupiah(125_000)).expect("a line")
    };
    let lines: Vec<Line> = (0..count).map(line).collect();
    let totals = Totals::of(&lines, Discount::Percent(750), Vat::on(date)).expect("sums");
    Bill {
        locale,
        number: "INV/2026/XI/0001".to_owned(),
        ticket: "TKT-000123".to_owned(),
        service: "Perbaikan AC".to_owned(),
        approved_at: date.and_hms_opt(3, 0, 0).expect("a time").and_utc(),
        issued_on: date,
        due_on: date.checked_add_days(chrono::Days::new(14)),
        seller: "PT Contoh Sejuk Abadi".to_owned(),
        seller_address: "Jl. Braga No. 99, Bandung 40111".to_owned(),
        seller_phone: "022-1234567".to_owned(),
        tax_id: "01.234.567.8-901.000".to_owned(),
        customer: "PT Pelanggan Setia Nusantara".to_owned(),
        address: "Gedung Melati Lt. 5, Jl. Melati No. 12, Coblong, Bandung".to_owned(),
        lines,
        totals,
        withholding: Some(Rupiah(3_469)),
        banks: vec![
            "BCA 1234567890 a.n. PT Contoh Sejuk Abadi".to_owned(),
            "Mandiri 0987654321 a.n. PT Contoh Sejuk Abadi".to_owned(),
        ],
        qris: Code::of(&"00020101021226".repeat(12)).map(|code| (code, "Contoh Sejuk".to_owned())),
    }
}

/// Papers are to be looked at: they are left among the build's own files.
fn show(name: &str, bytes: &[u8]) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/papers");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(name), bytes).expect("written");
}

#[test]
fn the_same_facts_give_the_same_bytes_and_a_whole_file() {
    for locale in Locale::ALL {
        for count in [1, 4, 60] {
            let bill = bill(locale, count);
            let bytes = draw(&bill).expect("drawn");
            assert_eq!(bytes, draw(&bill).expect("drawn"), "{locale:?} {count}");
            assert!(outline::check(&bytes, crate::files::Media::Pdf).is_ok());
            show(&format!("invoice-{}-{count}.pdf", locale.as_str()), &bytes);
        }
    }
}

fn letter(locale: Locale, kind: Kind, count: usize) -> Letter {
    let date = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    let long = |word: &str| word.repeat(20).chars().take(80).collect::<String>();
    let goods = |number: usize| Goods {
        name: format!("Router dengan antena luar nomor {number}, lengkap dengan adaptor dan kabel jaringan"),
        quantity: Quantity(1500),
        unit: "unit".to_owned(),
        serial: number
            .is_multiple_of(2)
            .then(|| format!("ZTEGC8A1B2C3D4{number:02}")),
        condition: number.is_multiple_of(3).then(|| "Baru, segel utuh".to_owned()),
    };
    Letter {
        kind,
        locale,
        number: "001/ST/TGP/XI/2026".to_owned(),
        issued_at: date.and_hms_opt(3, 0, 0).expect("a time").and_utc(),
        issued_on: date,
        ticket: "TKT-000123".to_owned(),
        company: "PT Contoh Sejuk Abadi".to_owned(),
        company_address: String::new(),
        company_phone: String::new(),
        issuer: None,
        technician: long("Andi "),
        customer: long("Nusantara "),
        address: "-".to_owned(),
        service: "Perbaikan AC".to_owned(),
        problem: long("Bocor "),
        visit: "Senin, 23 November 2026".to_owned(),
        valid_until: date.checked_add_days(chrono::Days::new(7)),
        consignment: Consignment {
            goods: (0..count).map(goods).collect(),
            ..Consignment::default()
        },
        code: Code::of("https://tanggap.example/v/0123456789012345678901234567890123456789012"),
    }
}

#[test]
fn letters_are_drawn_the_same_each_time_over_as_many_pages_as_they_need() {
    for kind in [Kind::AssignmentLetter, Kind::TravelLetter, Kind::BastForm] {
        let draw = |locale, count| draw_letter(&letter(locale, kind, count)).expect("drawn");
        let few = draw(Locale::Id, 1);
        assert_eq!(few, draw(Locale::Id, 1), "{kind}");
        let many = draw(Locale::En, 30);
        for (name, bytes) in [("id-1", few), ("en-30", many)] {
            assert!(outline::check(&bytes, crate::files::Media::Pdf).is_ok(), "{kind}");
            show(&format!("{kind}-{name}.pdf"), &bytes);
        }
    }
}

#[test]
fn words_are_broken_where_they_must_and_none_is_lost() {
    let faces = Faces::load().expect("fonts");
    let style = Style::of(Weight::Regular, 10.0);
    for text in [
        "Jl. Melati No. 5, pagar hijau",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "",
    ] {
        let lines = faces.lines(text, style, 60.0);
        assert!(lines.iter().all(|line| line.width <= 60.0), "{text}");
        let kept: String = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
    }
    let strange = faces.line("Siti 🦀 عربي", style);
    assert!(strange.text.starts_with("Siti ?"), "{}", strange.text);
    // Figures of one width.
    assert!((faces.line("1111", style).width - faces.line("8888", style).width).abs() < 0.01);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever names, lines and sums: it can be drawn, and it is a whole file.
    #[test]
    fn any_invoice_can_be_drawn(
        words in "\\PC{1,80}",
        name in "(?s).{0,120}",
        prices in prop::collection::vec((1..1_000_000_000_i64, 0..1_000_000_000_000_i64), 1..30),
    ) {
        let mut any = bill(Locale::Id, 1);
        let line = |(quantity, price): &(i64, i64)| Line {
            description: words.clone(),
            quantity: Quantity(*quantity),
            unit: "unit".to_owned(),
            unit_price: Rupiah(*price % 1_000_000),
        };
        any.lines = prices.iter().map(line).collect();
        any.customer = name.clone();
        any.address = name;
        if let Ok(totals) = Totals::of(&any.lines, Discount::NONE, None) {
            any.totals = totals;
        }
        let bytes = draw(&any).expect("drawn");
        prop_assert!(outline::check(&bytes, crate::files::Media::Pdf).is_ok());
    }
}
