//! Letters on paper: Surat Tugas, Surat Jalan and the BAST, each with a code that leads to the page that vouches
//! for it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::Zone;
use domain::document::Kind;
use domain::letter::Consignment;
use domain::person::Locale;

use crate::files::Code;
use crate::files::pdf::font::{Style, Weight};
use crate::files::pdf::handover;
use crate::files::pdf::sheet::{ACCENT, About, INK, LEFT, MUTED, RIGHT, Sheet, Undrawable};
use crate::files::pdf::table::{Column, table};
use crate::files::pdf::words::{word, words};

const TITLE: Style = Style::of(Weight::Bold, 17.0);
const NAME: Style = Style::of(Weight::Bold, 13.0);
pub(crate) const STRONG: Style = Style::of(Weight::SemiBold, 9.5);
pub(crate) const PLAIN: Style = Style::of(Weight::Regular, 9.5);
pub(crate) const SMALL: Style = Style::of(Weight::Regular, 8.5);
const TINY: Style = Style::of(Weight::Regular, 7.0);
/// The side of the code, its quiet edge counted: 27 mm.
const CODE: f32 = 76.0;
/// How wide the names of facts are.
const LABEL: f32 = 116.0;
/// What a signature and a stamp take.
const ROOM: f32 = 52.0;
/// Between two signatures.
const GAP: f32 = 22.0;

/// Everything on the paper.
#[derive(Debug, Clone)]
pub struct Letter {
    /// One of the letters.
    pub kind: Kind,
    pub locale: Locale,
    pub number: String,
    pub issued_at: DateTime<Utc>,
    pub issued_on: NaiveDate,
    /// `TKT-000123`.
    pub ticket: String,
    pub company: String,
    pub company_address: String,
    pub company_phone: String,
    /// Who signs for the company.
    pub issuer: Option<String>,
    pub technician: String,
    pub customer: String,
    pub address: String,
    pub service: String,
    pub problem: String,
    /// `Senin, 23 November 2026, 13.00 WIB`.
    pub visit: String,
    pub valid_until: Option<NaiveDate>,
    pub consignment: Consignment,
    /// The code of the page that says whether the letter is valid.
    pub code: Option<Code>,
}

impl Letter {
    /// A text of the paper, in its language.
    pub(crate) fn word(&self, key: &str) -> String {
        word(self.locale, key)
    }

    /// A text about one thing.
    pub(crate) fn about(&self, key: &str, x: &str) -> String {
        words(self.locale, key, &[("x", x.to_owned())])
    }
}

/// Draws a letter. The same facts give the same bytes.
pub fn draw(letter: &Letter) -> Result<Vec<u8>, Undrawable> {
    let mut sheet = Sheet::new()?;
    head(&mut sheet, letter);
    match letter.kind {
        Kind::TravelLetter => travel(&mut sheet, letter),
        Kind::BastForm => handover::body(&mut sheet, letter),
        _ => assignment(&mut sheet, letter),
    }
    let about = About {
        title: letter.number.clone(),
        author: letter.company.clone(),
        language: letter.locale.as_str(),
        date: letter.issued_at,
    };
    sheet.finish(about, |page, of| {
        let page = [("page", page.to_string()), ("of", of.to_string())];
        let left = format!("{} · {}", letter.company, letter.number);
        (left, words(letter.locale, "paper-page", &page))
    })
}

/// Whose letter it is, what it is called, and how to ask whether it is valid.
fn head(sheet: &mut Sheet, letter: &Letter) {
    let top = sheet.y;
    let width = RIGHT - LEFT - CODE - 24.0;
    let mut y = sheet.text((LEFT, top), width, &letter.company, NAME, INK) + 2.0;
    y = sheet.text((LEFT, y), width, &letter.company_address, SMALL, MUTED);
    y = sheet.text((LEFT, y), width, &letter.company_phone, SMALL, MUTED);
    if let Some(code) = &letter.code {
        let left = RIGHT - CODE;
        sheet.code((left, top - 10.0), CODE, code);
        let middle = left + CODE / 2.0;
        let mut below = top + CODE - 14.0;
        for line in sheet.lines(&letter.word("letter-scan"), TINY, CODE) {
            let at = (middle - line.width / 2.0, below);
            sheet.put(at, line, MUTED);
            below += TINY.leading();
        }
        y = y.max(below);
    }
    sheet.y = y + 8.0;
    sheet.fill((LEFT, sheet.y), (RIGHT - LEFT, 1.4), ACCENT);
    sheet.y += 16.0;
    let key = match letter.kind {
        Kind::TravelLetter => "letter-travel",
        Kind::BastForm => "letter-bast",
        _ => "letter-assignment",
    };
    let middle = LEFT.midpoint(RIGHT);
    sheet.say_middle((middle, sheet.y), &letter.word(key), TITLE, INK);
    sheet.y += TITLE.leading();
    let number = letter.about("letter-number", &letter.number);
    sheet.say_middle((middle, sheet.y), &number, PLAIN, INK);
    sheet.y += PLAIN.leading() + 12.0;
}

/// Sends a technician.
fn assignment(sheet: &mut Sheet, letter: &Letter) {
    paragraph(sheet, &letter.about("letter-sends", &letter.company));
    facts(
        sheet,
        letter,
        &[
            ("letter-name", Some(letter.technician.as_str())),
            ("letter-post", Some(&letter.word("letter-technician"))),
        ],
    );
    sheet.y += 6.0;
    paragraph(sheet, &letter.word("letter-task"));
    let last = letter.valid_until.map(|last| {
        let from = Zone::day(letter.issued_on, letter.locale);
        let facts = [("from", from), ("until", Zone::day(last, letter.locale))];
        words(letter.locale, "letter-stands", &facts)
    });
    facts(
        sheet,
        letter,
        &[
            ("letter-ticket", Some(letter.ticket.as_str())),
            ("letter-service", Some(&letter.service)),
            ("letter-problem", Some(&letter.problem)),
            ("letter-customer", Some(&letter.customer)),
            ("letter-place", Some(&letter.address)),
            ("letter-time", Some(&letter.visit)),
            ("letter-validity", last.as_deref()),
        ],
    );
    sheet.y += 6.0;
    let for_company = Signature {
        role: letter.word("letter-for-company"),
        party: letter.company.clone(),
        name: letter.issuer.clone(),
    };
    let date = Zone::day(letter.issued_on, letter.locale);
    let closing = letter.word("letter-closing");
    signatures(sheet, &closing, Some(date), vec![None, Some(for_company)]);
}

/// Goes along with goods, or with a technician on his way.
fn travel(sheet: &mut Sheet, letter: &Letter) {
    let driver = letter
        .consignment
        .driver
        .clone()
        .unwrap_or(letter.technician.clone());
    let issued = Zone::day(letter.issued_on, letter.locale);
    facts(
        sheet,
        letter,
        &[
            ("letter-sender", Some(letter.company.as_str())),
            ("letter-receiver", Some(&letter.customer)),
            ("letter-address", Some(&letter.address)),
            ("letter-date", Some(&issued)),
            ("letter-vehicle", letter.consignment.vehicle.as_deref()),
            ("letter-driver", Some(&driver)),
            ("letter-ticket", Some(&letter.ticket)),
            ("letter-service", Some(&letter.service)),
            ("letter-time", Some(&letter.visit)),
        ],
    );
    sheet.y += 8.0;
    let closing = if letter.consignment.goods.is_empty() {
        letter.word("letter-no-goods")
    } else {
        paragraph(sheet, &letter.word("letter-goods"));
        goods(sheet, letter, 0);
        sheet.y += 10.0;
        letter.word("letter-goods-checked")
    };
    let sign = |role: &str, party: &str, name: Option<&str>| {
        Some(Signature {
            role: letter.word(role),
            party: party.to_owned(),
            name: name.map(str::to_owned),
        })
    };
    let all = vec![
        sign("letter-sender", &letter.company, letter.issuer.as_deref()),
        sign("letter-driver", "", Some(&driver)),
        sign("letter-receiver", &letter.customer, None),
    ];
    signatures(sheet, &closing, None, all);
}

/// The goods as a table, and so many rows below to be filled in by hand.
pub(crate) fn goods(sheet: &mut Sheet, letter: &Letter, open: usize) {
    let column = |key: &str, width, is_figure| Column {
        head: letter.word(key),
        width,
        is_figure,
    };
    let fixed = [28.0, 56.0, 54.0, 122.0, 84.0];
    let wide = RIGHT - LEFT - fixed.iter().sum::<f32>();
    let columns = [
        column("paper-no", fixed[0], true),
        column("letter-item", wide, false),
        column("paper-quantity", fixed[1], true),
        column("letter-unit", fixed[2], false),
        column("letter-serial", fixed[3], false),
        column("letter-condition", fixed[4], false),
    ];
    let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let filled = letter.consignment.goods.iter().map(|goods| {
        vec![
            goods.name.clone(),
            goods.quantity.shown(letter.locale),
            goods.unit.clone(),
            dash(&goods.serial),
            dash(&goods.condition),
        ]
    });
    let blank = std::iter::repeat_n(vec![String::new(); columns.len() - 1], open);
    let numbered = (1..).zip(filled.chain(blank)).map(|(number, mut row)| {
        row.insert(0, number.to_string());
        row
    });
    table(sheet, &columns, &numbered.collect::<Vec<_>>());
}

/// Words over the whole width.
pub(crate) fn paragraph(sheet: &mut Sheet, text: &str) {
    for line in sheet.lines(text, PLAIN, RIGHT - LEFT) {
        sheet.keep(PLAIN.leading());
        let at = (LEFT, sheet.y);
        sheet.put(at, line, INK);
        sheet.y += PLAIN.leading();
    }
    sheet.y += 6.0;
}

/// Facts under each other, each with its name; what is not known is a line to write on.
pub(crate) fn facts(sheet: &mut Sheet, letter: &Letter, all: &[(&str, Option<&str>)]) {
    let left = LEFT + LABEL + 12.0;
    for (key, value) in all {
        let value = value.map(str::trim).filter(|value| !value.is_empty());
        let lines = sheet.lines(value.unwrap_or_default(), STRONG, RIGHT - left);
        sheet.keep(PLAIN.leading());
        sheet.say((LEFT, sheet.y), &letter.word(key), PLAIN, MUTED);
        sheet.say((LEFT + LABEL, sheet.y), ":", PLAIN, MUTED);
        if lines.is_empty() {
            sheet.blank((left, sheet.y + PLAIN.size * 1.25), 200.0);
            sheet.y += PLAIN.leading();
        }
        for line in lines {
            sheet.keep(PLAIN.leading());
            let at = (left, sheet.y);
            sheet.put(at, line, INK);
            sheet.y += STRONG.leading();
        }
        sheet.y += 2.0;
    }
}

/// A place to sign.
pub(crate) struct Signature {
    /// As what someone signs.
    pub(crate) role: String,
    /// For whom.
    pub(crate) party: String,
    /// `None`: written in by hand.
    pub(crate) name: Option<String>,
}

/// What is signed, and places to sign beside each other, kept together; an empty one leaves its place open.
pub(crate) fn signatures(sheet: &mut Sheet, words: &str, above: Option<String>, all: Vec<Option<Signature>>) {
    let count = f32::from(u16::try_from(all.len().max(1)).unwrap_or(1));
    let width = (RIGHT - LEFT - GAP * (count - 1.0)) / count;
    let mut most = (0, 0);
    for signature in all.iter().flatten() {
        let party = sheet.lines(&signature.party, STRONG, width).len();
        let name = sheet.lines(signature.name.as_deref().unwrap_or_default(), STRONG, width);
        most = (most.0.max(party), most.1.max(name.len()));
    }
    let rows = |count: usize| (0..count).map(|_| STRONG.leading()).sum::<f32>();
    let head = if above.is_some() { PLAIN.leading() } else { 0.0 } + PLAIN.leading() + rows(most.0);
    let said = sheet.lines(words, PLAIN, RIGHT - LEFT).len();
    sheet.keep(rows(said) + 16.0 + head + ROOM + rows(most.1) + 8.0);
    paragraph(sheet, words);
    sheet.y += 10.0;
    let top = sheet.y;
    let mut x = LEFT;
    for signature in all {
        if let Some(signature) = signature {
            let middle = x + width / 2.0;
            let mut y = top;
            if let Some(above) = &above {
                sheet.say_middle((middle, y), above, PLAIN, INK);
                y += PLAIN.leading();
            }
            sheet.say_middle((middle, y), &signature.role, PLAIN, MUTED);
            centered(sheet, (middle, y + PLAIN.leading()), width, &signature.party);
            let line = top + head + ROOM;
            sheet.blank((x + 4.0, line), width - 8.0);
            let name = signature.name.unwrap_or_default();
            centered(sheet, (middle, line + 3.0), width, &name);
        }
        x += width + GAP;
    }
    sheet.y = top + head + ROOM + rows(most.1) + 6.0;
}

fn centered(sheet: &mut Sheet, (middle, top): (f32, f32), width: f32, text: &str) {
    let mut y = top;
    for line in sheet.lines(text, STRONG, width) {
        let at = (middle - line.width / 2.0, y);
        sheet.put(at, line, INK);
        y += STRONG.leading();
    }
}
