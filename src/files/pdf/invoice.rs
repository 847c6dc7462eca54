//! An invoice on paper, as a finance department files it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::Zone;
use domain::invoice::{Line, Totals};
use domain::money::Rupiah;
use domain::person::Locale;
use domain::terbilang;

use crate::files::Code;
use crate::files::pdf::font::{Style, Weight};
use crate::files::pdf::sheet::{ACCENT, About, INK, LEFT, MUTED, RIGHT, Sheet, TINT, Undrawable};
use crate::files::pdf::table::{Column, table, wide_enough};
use crate::files::pdf::words::{word, words};

const TITLE: Style = Style::of(Weight::Bold, 22.0);
const NAME: Style = Style::of(Weight::Bold, 13.0);
const STRONG: Style = Style::of(Weight::SemiBold, 9.5);
const PLAIN: Style = Style::of(Weight::Regular, 9.5);
const SMALL: Style = Style::of(Weight::Regular, 8.5);
const SUM: Style = Style::of(Weight::Bold, 12.0);
/// Where the right half begins.
const HALF: f32 = 330.0;
/// The side of the payment code: with 25 mm and more every phone reads it.
const CODE: f32 = 104.0;

/// Everything on the paper.
#[derive(Debug, Clone)]
pub struct Bill {
    pub locale: Locale,
    pub number: String,
    /// `TKT-000123`.
    pub ticket: String,
    pub service: String,
    /// When sales approved it.
    pub approved_at: DateTime<Utc>,
    pub issued_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    pub seller: String,
    pub seller_address: String,
    pub seller_phone: String,
    /// The seller's NPWP.
    pub tax_id: String,
    pub customer: String,
    pub address: String,
    pub lines: Vec<Line>,
    pub totals: Totals,
    /// Income tax that this customer may withhold.
    pub withholding: Option<Rupiah>,
    /// Where to pay to, one line each.
    pub banks: Vec<String>,
    /// The code that asks for the total, and whose it is.
    pub qris: Option<(Code, String)>,
}

/// Draws an invoice. The same facts give the same bytes.
pub fn draw(bill: &Bill) -> Result<Vec<u8>, Undrawable> {
    let mut sheet = Sheet::new()?;
    head(&mut sheet, bill);
    parties(&mut sheet, bill);
    lines(&mut sheet, bill);
    sums(&mut sheet, bill);
    spoken(&mut sheet, bill);
    payment(&mut sheet, bill);
    let about = About {
        title: bill.number.clone(),
        author: bill.seller.clone(),
        language: bill.locale.as_str(),
        date: bill.approved_at,
    };
    sheet.finish(about, |page, of| {
        let page = [("page", page.to_string()), ("of", of.to_string())];
        let left = format!("{} · {}", bill.seller, bill.number);
        (left, words(bill.locale, "paper-page", &page))
    })
}

/// Who asks for the money, and what it is.
fn head(sheet: &mut Sheet, bill: &Bill) {
    let top = sheet.y;
    let width = HALF - LEFT - 24.0;
    let mut left = sheet.text((LEFT, top), width, &bill.seller, NAME, INK) + 2.0;
    left = sheet.text((LEFT, left), width, &bill.seller_address, SMALL, MUTED);
    left = sheet.text((LEFT, left), width, &bill.seller_phone, SMALL, MUTED);
    if !bill.tax_id.is_empty() {
        let tax_id = format!("NPWP {}", bill.tax_id);
        left = sheet.text((LEFT, left), width, &tax_id, SMALL, MUTED);
    }
    sheet.say_right(
        (RIGHT, top - 4.0),
        &word(bill.locale, "paper-invoice"),
        TITLE,
        ACCENT,
    );
    let mut right = top + 28.0;
    sheet.say_right((RIGHT, right), &bill.number, STRONG, INK);
    right += PLAIN.leading() + 4.0;
    let mut facts = vec![(
        word(bill.locale, "paper-issued"),
        Zone::day(bill.issued_on, bill.locale),
    )];
    if let Some(due) = bill.due_on {
        facts.push((word(bill.locale, "paper-due"), Zone::day(due, bill.locale)));
    }
    facts.push((word(bill.locale, "paper-ticket"), bill.ticket.clone()));
    for (label, value) in facts {
        sheet.say((HALF, right), &label, SMALL, MUTED);
        sheet.say_right((RIGHT, right), &value, SMALL, INK);
        right += SMALL.leading();
    }
    sheet.y = left.max(right) + 12.0;
    sheet.rule(sheet.y);
    sheet.y += 14.0;
}

/// Who pays, and for what.
fn parties(sheet: &mut Sheet, bill: &Bill) {
    let top = sheet.y;
    let width = HALF - LEFT - 24.0;
    sheet.say((LEFT, top), &word(bill.locale, "paper-to"), SMALL, MUTED);
    let below = top + SMALL.leading() + 1.0;
    let mut left = sheet.text((LEFT, below), width, &bill.customer, STRONG, INK);
    left = sheet.text((LEFT, left), width, &bill.address, PLAIN, INK);
    sheet.say((HALF, top), &word(bill.locale, "paper-for"), SMALL, MUTED);
    let right = sheet.text((HALF, below), RIGHT - HALF, &bill.service, STRONG, INK);
    sheet.y = left.max(right) + 14.0;
}

fn lines(sheet: &mut Sheet, bill: &Bill) {
    let rows: Vec<Vec<String>> = (1..)
        .zip(&bill.lines)
        .map(|(number, line)| {
            let quantity = line.quantity.shown(bill.locale);
            vec![
                number.to_string(),
                line.description.clone(),
                format!("{quantity} {}", line.unit),
                line.unit_price.to_string(),
                line.amount().unwrap_or(Rupiah(0)).to_string(),
            ]
        })
        .collect();
    let column = |key: &str, width, is_figure| Column {
        head: word(bill.locale, key),
        width,
        is_figure,
    };
    let figures = |at: usize, width| wide_enough(sheet, width, rows.iter().filter_map(|row| row.get(at)));
    let fixed = [28.0, 88.0, figures(3, 96.0), figures(4, 100.0)];
    let wide = RIGHT - LEFT - fixed.iter().sum::<f32>();
    let columns = [
        column("paper-no", fixed[0], true),
        column("paper-what", wide, false),
        column("paper-quantity", fixed[1], true),
        column("paper-price", fixed[2], true),
        column("paper-amount", fixed[3], true),
    ];
    table(sheet, &columns, &rows);
    sheet.y += 10.0;
}

fn sums(sheet: &mut Sheet, bill: &Bill) {
    let totals = &bill.totals;
    let mut rows = Vec::new();
    if totals.discount > Rupiah(0) || totals.vat_percent > 0 {
        rows.push((word(bill.locale, "paper-subtotal"), totals.subtotal.to_string()));
    }
    if totals.discount > Rupiah(0) {
        rows.push((
            word(bill.locale, "paper-discount"),
            format!("−{}", totals.discount),
        ));
    }
    if totals.vat_percent > 0 {
        rows.push((word(bill.locale, "paper-base"), totals.tax_base.to_string()));
        let percent = [("percent", totals.vat_percent.to_string())];
        rows.push((words(bill.locale, "paper-vat", &percent), totals.vat.to_string()));
    }
    let height = rows.iter().map(|_| PLAIN.leading() + 2.0).sum::<f32>();
    sheet.keep(height + SUM.leading() + 20.0);
    for (label, value) in rows {
        sheet.say((HALF, sheet.y), &label, PLAIN, MUTED);
        sheet.say_right((RIGHT - 6.0, sheet.y), &value, PLAIN, INK);
        sheet.y += PLAIN.leading() + 2.0;
    }
    let band = SUM.leading() + 10.0;
    sheet.fill((HALF - 8.0, sheet.y + 2.0), (RIGHT - HALF + 8.0, band), TINT);
    sheet.say((HALF, sheet.y + 8.0), &word(bill.locale, "paper-total"), SUM, INK);
    sheet.say_right((RIGHT - 6.0, sheet.y + 8.0), &totals.total.to_string(), SUM, INK);
    sheet.y += band + 14.0;
}

/// The sum in words, and what the customer may withhold of it.
fn spoken(sheet: &mut Sheet, bill: &Bill) {
    let said = terbilang::words(bill.totals.total, bill.locale);
    let width = RIGHT - LEFT;
    let height = sheet
        .lines(&said, STRONG, width)
        .iter()
        .map(|line| line.style.leading())
        .sum::<f32>();
    sheet.keep(height + SMALL.leading() + 30.0);
    sheet.say((LEFT, sheet.y), &word(bill.locale, "paper-words"), SMALL, MUTED);
    sheet.y = sheet.text((LEFT, sheet.y + SMALL.leading()), width, &said, STRONG, INK) + 6.0;
    if let Some(withholding) = bill.withholding {
        let facts = [("amount", withholding.to_string())];
        let note = words(bill.locale, "paper-withholding", &facts);
        sheet.y = sheet.text((LEFT, sheet.y), width, &note, SMALL, MUTED) + 4.0;
    }
    sheet.y += 8.0;
}

/// Where to pay to; kept together.
fn payment(sheet: &mut Sheet, bill: &Bill) {
    let width = HALF - LEFT - 24.0;
    let notes = [
        words(bill.locale, "paper-reference", &[("number", bill.number.clone())]),
        word(bill.locale, "paper-unsigned"),
    ];
    let left = bill.banks.len().max(1) + 6;
    let beside = (0..left).map(|_| PLAIN.leading() + 3.0).sum::<f32>();
    let code = if bill.qris.is_some() { CODE + 60.0 } else { 0.0 };
    sheet.keep(beside.max(code) + 20.0);
    sheet.rule(sheet.y);
    let top = sheet.y + 14.0;
    let mut y = top;
    if !bill.banks.is_empty() {
        sheet.say((LEFT, y), &word(bill.locale, "paper-transfer"), SMALL, MUTED);
        y += SMALL.leading() + 1.0;
        for bank in &bill.banks {
            y = sheet.text((LEFT, y), width, bank, STRONG, INK) + 2.0;
        }
    }
    for note in notes {
        y = sheet.text((LEFT, y + 4.0), width, &note, SMALL, MUTED);
    }
    if let Some((code, merchant)) = &bill.qris {
        sheet.say((HALF, top), &word(bill.locale, "paper-qris"), SMALL, MUTED);
        // The quiet edge is white paper: the code's dark part stands in line with the words.
        sheet.code((HALF - 8.0, top + SMALL.leading() - 4.0), CODE, code);
        let right = HALF + CODE;
        let beside = top + SMALL.leading() + 6.0;
        let below = sheet.text((right, beside), RIGHT - right, merchant, STRONG, INK);
        let total = bill.totals.total.to_string();
        let below = sheet.text((right, below), RIGHT - right, &total, STRONG, INK) + 4.0;
        let note = word(bill.locale, "paper-qris-text");
        let below = sheet.text((right, below), RIGHT - right, &note, SMALL, MUTED);
        y = y.max(top + CODE).max(below);
    }
    sheet.y = y;
}
