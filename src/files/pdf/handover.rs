//! A BAST that is filled in as far as the office knows it, to be signed where the work was done.

use crate::files::pdf::letter::{Letter, PLAIN, STRONG, Signature, facts, goods, paragraph, signatures};
use crate::files::pdf::sheet::{INK, LEFT, RIGHT, Sheet};

/// Rows for goods that nobody has written down before.
const OPEN_ROWS: usize = 2;
/// Lines for notes.
const NOTES: usize = 2;
/// From one line to write on to the next.
const HAND: f32 = 18.0;

/// What was handed over, from whom to whom, in what condition, and who signs for it.
pub(crate) fn body(sheet: &mut Sheet, letter: &Letter) {
    paragraph(sheet, &letter.word("letter-on-day"));
    facts(sheet, letter, &[("letter-handed-on", None)]);
    sheet.y += 2.0;
    heading(sheet, &letter.word("letter-first"));
    facts(
        sheet,
        letter,
        &[
            ("letter-name", Some(letter.technician.as_str())),
            ("letter-acts-for", Some(&letter.company)),
            ("letter-address", Some(&letter.company_address)),
        ],
    );
    sheet.y += 2.0;
    heading(sheet, &letter.word("letter-second"));
    facts(
        sheet,
        letter,
        &[
            ("letter-customer", Some(letter.customer.as_str())),
            ("letter-address", Some(&letter.address)),
            ("letter-taken-by", None),
        ],
    );
    sheet.y += 2.0;
    heading(sheet, &letter.word("letter-work"));
    facts(
        sheet,
        letter,
        &[
            ("letter-ticket", Some(letter.ticket.as_str())),
            ("letter-service", Some(&letter.service)),
            ("letter-problem", Some(&letter.problem)),
        ],
    );
    sheet.y += 2.0;
    heading(sheet, &letter.word("letter-handed-goods"));
    let open = if letter.consignment.goods.is_empty() {
        OPEN_ROWS
    } else {
        0
    };
    goods(sheet, letter, open);
    sheet.y += 12.0;
    condition(sheet, letter);
    notes(sheet, letter);
    let sign = |role: &str, party: &str, name: Option<&str>| {
        Some(Signature {
            role: letter.word(role),
            party: party.to_owned(),
            name: name.map(str::to_owned),
        })
    };
    let both = vec![
        sign("letter-first", &letter.company, Some(&letter.technician)),
        sign("letter-second", &letter.customer, None),
    ];
    signatures(sheet, &letter.word("letter-accepted"), None, both);
}

fn heading(sheet: &mut Sheet, text: &str) {
    // With what it heads.
    sheet.keep(4.0 * STRONG.leading());
    sheet.say((LEFT, sheet.y), text, STRONG, INK);
    sheet.y += STRONG.leading() + 3.0;
}

/// One of two is ticked.
fn condition(sheet: &mut Sheet, letter: &Letter) {
    sheet.keep(2.0 * PLAIN.leading());
    let mut x = LEFT;
    sheet.say((x, sheet.y), &letter.word("letter-condition"), STRONG, INK);
    x += 128.0;
    for key in ["letter-good", "letter-with-notes"] {
        sheet.tick_box((x, sheet.y + 1.5), 9.5);
        sheet.say((x + 15.0, sheet.y), &letter.word(key), PLAIN, INK);
        x += 160.0;
    }
    sheet.y += PLAIN.leading() + 8.0;
}

fn notes(sheet: &mut Sheet, letter: &Letter) {
    sheet.keep(STRONG.leading() + (0..NOTES).map(|_| HAND).sum::<f32>());
    sheet.say((LEFT, sheet.y), &letter.word("letter-notes"), STRONG, INK);
    sheet.y += 6.0;
    for _ in 0..NOTES {
        sheet.y += HAND;
        sheet.blank((LEFT, sheet.y), RIGHT - LEFT);
    }
    sheet.y += 12.0;
}
