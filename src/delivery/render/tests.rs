//! Every text in every language, from the samples.

use std::collections::BTreeSet;

use dialogues::bill::Bill;
use dialogues::customer::Customer;
use dialogues::emergency::Emergency;
use dialogues::keyword::answer;
use dialogues::price::{Deal, Price};
use dialogues::samples;
use dialogues::site::Site;
use dialogues::text::{Label, Moment, Text};
use dialogues::wire::Wire;
use domain::ids::TicketId;
use domain::person::{Locale, Role};

use crate::delivery::commands::{menu, read};
use crate::delivery::render::{TOAST, cut, html, label, toast, unmarked};

/// The longest message in characters, after the marks are read (Bot API, `sendMessage`).
const MESSAGE: usize = 4096;
const MISSING: &str = "Unknown localization";

#[test]
fn the_samples_hold_every_text_and_label() {
    let names: BTreeSet<&str> = samples::texts().iter().map(Text::name).collect();
    let all = Text::NAMES
        .iter()
        .chain(Site::NAMES)
        .chain(Price::NAMES)
        .chain(Bill::NAMES)
        .chain(Emergency::NAMES)
        .chain(Wire::NAMES)
        .chain(Customer::NAMES);
    assert_eq!(names, all.copied().collect());
    let labels = samples::labels();
    let own = labels.iter().filter(|label| !matches!(label, Label::Tap(_)));
    let names: BTreeSet<&str> = own.map(Label::name).collect();
    let all = Label::NAMES.iter().chain(Deal::NAMES);
    assert_eq!(names, all.copied().collect());
}

#[test]
fn a_customers_button_may_be_typed_as_it_is_read_and_fits_a_phone() {
    for locale in Locale::ALL {
        for tap in samples::taps() {
            let title = label(&Label::Tap(tap), locale);
            assert!(title.chars().count() <= 20, "{title}");
            assert_eq!(answer(&title, &[tap]), Some(tap), "{title}");
            let without_drawing = title.trim_start_matches('⭐');
            assert_eq!(answer(without_drawing, &[tap]), Some(tap), "{title}");
        }
    }
}

#[test]
fn every_text_is_said_in_every_language_within_the_limits() {
    for locale in Locale::ALL {
        for text in samples::texts() {
            let key = format!("say-{}", text.name());
            let html = html(&text, locale);
            let plain = unmarked(&html);
            assert!(!plain.trim().is_empty(), "{key} says nothing");
            assert!(!html.contains(MISSING), "{locale:?} {key}: {html}");
            assert!(!html.contains(['{', '}']), "{locale:?} {key}: {html}");
            assert!(plain.chars().count() <= MESSAGE, "{key} is too long");
            if let Err(fault) = well_formed(&html) {
                panic!("{locale:?} {key}: {fault}: {html}");
            }
            let toast = toast(&text, locale);
            assert!(
                !toast.is_empty() && toast.chars().count() <= TOAST,
                "{key}: {toast}"
            );
        }
    }
}

#[test]
fn every_button_says_something_short() {
    for locale in Locale::ALL {
        for sample in samples::labels() {
            let words = label(&sample, locale);
            let length = words.chars().count();
            assert!((1..=40).contains(&length), "{words}");
            assert!(!words.contains(MISSING), "{locale:?}: {words}");
        }
    }
    assert!(label(&Label::Claim, Locale::Id).contains("Ambil Job"));
    let one = Label::ClaimOne {
        ticket: TicketId(123),
    };
    assert!(label(&one, Locale::Id).ends_with("Ambil Job TKT-000123"));
}

#[test]
fn a_race_is_told_to_the_millisecond() {
    let zone = "Asia/Jakarta".parse().expect("a zone");
    let at = Moment {
        at: "2026-11-22T02:14:03.212Z".parse().expect("a time"),
        zone,
    };
    let ticket = TicketId(123);
    let won = toast(&Text::Won { ticket, at }, Locale::Id);
    assert_eq!(won, "✅ Anda mendapat TKT-000123 (09.14.03,212 WIB).");
    let lost = |margin_ms, locale| {
        let by = "Budi & Co".to_owned();
        toast(
            &Text::Lost {
                ticket,
                by,
                at,
                margin_ms,
            },
            locale,
        )
    };
    let begins = "😕 Sudah diambil Budi & Co pukul 09.14.03,212. ";
    for (margin, end) in [
        (-5, "Anda terpaut kurang dari 1 milidetik."),
        (37, "Anda terpaut 37 milidetik."),
        (400, "Anda terpaut 0,4 detik."),
        (1_299, "Anda terpaut 1,2 detik."),
        (180_000, "Anda terpaut 3 menit."),
        (7_200_000, "Anda terpaut 2 jam."),
    ] {
        assert_eq!(lost(margin, Locale::Id), format!("{begins}{end}"));
    }
    assert_eq!(
        lost(1, Locale::En),
        "😕 Budi & Co took it at 09:14:03.212. You were 1 millisecond behind."
    );
}

#[test]
fn an_offer_is_masked_marked_and_short() {
    let offer = html(&Text::Offer(Box::new(samples::offer())), Locale::Id);
    assert!(
        offer.starts_with("🔧 <b>TKT-000123</b> · Servis AC &lt;1 PK&gt;\nAC mati &amp; menetes."),
        "{offer}"
    );
    assert!(
        offer.ends_with("menetes. AC mati…\n📍 Coblong, Bandung\n🕘 Senin, 23 November 2026, 13.00 WIB")
            || offer.contains("…\n📍 Coblong, Bandung\n🕘 Senin, 23 November 2026, 13.00 WIB"),
        "{offer}"
    );
    assert!(unmarked(&offer).chars().count() <= 500, "{offer}");
    let unknown = samples::texts()
        .into_iter()
        .find(|text| matches!(text, Text::Offer(offer) if offer.area.is_none()));
    assert!(html(&unknown.expect("a sample"), Locale::Id).contains("area belum diketahui"));
}

#[test]
fn help_names_the_commands_of_the_role_and_they_can_be_typed() {
    for locale in Locale::ALL {
        for role in Role::ALL {
            let company = "PT".to_owned();
            let help = html(&Text::Help { role, company }, locale);
            for line in menu(Some(role), locale) {
                assert!(
                    help.contains(&format!("/{} · {}", line.command, line.about)),
                    "{help}"
                );
                assert!(
                    read(&line.command.to_uppercase(), "").is_some(),
                    "{}",
                    line.command
                );
                assert!(line.command.bytes().all(|b| b.is_ascii_lowercase()));
                assert!((1..=256).contains(&line.about.chars().count()));
            }
            let jobs = menu(Some(role), locale)
                .iter()
                .any(|l| ["tersedia", "available"].contains(&l.command));
            assert_eq!(jobs, role == Role::Technician);
        }
    }
}

#[test]
fn what_is_cut_is_cut_between_words_and_says_so() {
    assert_eq!(cut("satu dua", 8), "satu dua");
    assert_eq!(cut("satu dua tiga empat", 15), "satu dua tiga…");
    assert_eq!(cut(&"x".repeat(30), 10), format!("{}…", "x".repeat(9)));
    assert_eq!(cut("👍👍👍", 2), "👍…");
}

/// Telegram's own rules: only known marks, all closed in order, no bare `<` or `&`.
fn well_formed(html: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>', '&']) {
        let (found, tail) = rest[at..].split_at(1);
        match found {
            "<" => {
                let (mark, after) = tail.split_once('>').ok_or("a mark has no end")?;
                match mark.strip_prefix('/') {
                    Some(name) if open.last() == Some(&name) => drop(open.pop()),
                    Some(name) => return Err(format!("</{name}> closes nothing")),
                    None if ["b", "i", "code"].contains(&mark) => open.push(mark),
                    None => return Err(format!("<{mark}> is unknown")),
                }
                rest = after;
            }
            "&" => {
                let known = ["amp;", "lt;", "gt;", "quot;"];
                let entity = known.iter().find(|e| tail.starts_with(*e)).ok_or("a bare &")?;
                rest = &tail[entity.len()..];
            }
            _ => return Err("a bare >".to_owned()),
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("{open:?} left open"))
    }
}

#[test]
fn marks_become_stars_line_by_line_and_entities_become_what_they_stand_for() {
    for (html, stars) in [
        ("Halo <b>Siti</b>", "Halo *Siti*"),
        ("<b> a \nb</b> <i>c</i>", " *a* \n*b* _c_"),
        ("<b></b>x &lt;b&gt; &amp; &quot;y&quot;", "x <b> & \"y\""),
        ("<a href=\"x\">tautan</a>", "tautan"),
        ("<b>a", "*a*"),
    ] {
        assert_eq!(crate::delivery::render::starred(html), stars);
    }
}
