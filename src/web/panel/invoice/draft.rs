//! A draft as it is typed: lines, discount and due date, with everything that is wrong and what it comes to.

use askama::Template;
use domain::invalid::{Fault, Invalid};
use domain::invoice::{Discount, Line, MOST_LINES, Quantity};
use domain::money::Rupiah;

use crate::app::App;
use crate::app::invoices::{self, Desk};
use crate::web::panel::filters;
use crate::web::panel::form::{Form, label};
use crate::web::panel::invoice::sums::{Sums, count, typed};

/// The lines or the sums of a draft alone, as they are fetched while someone types.
#[derive(Template)]
#[template(path = "panel/invoice_draft.html", blocks = ["lines", "sums"])]
pub struct DraftPart {
    pub draft: Draft,
}

/// A draft on its form.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The invoice.
    pub id: String,
    /// The version that was read.
    pub version: String,
    pub lines: Vec<Entry>,
    pub discount: String,
    pub due_date: String,
    /// None while something cannot be read.
    pub sums: Option<Sums>,
    pub withholds: bool,
    /// Days until it is due when no date is given.
    pub terms: u32,
    /// The earliest date that it can be due.
    pub today: String,
    /// What is wrong: the id of the field, the key of its name, the line's number, and the key of why.
    pub faults: Vec<Wrong>,
    /// Why the whole was refused, already in the reader's language.
    pub refusal: Option<String>,
    /// Sent by itself, beside the rest.
    pub is_apart: bool,
}

/// One line as it is typed.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// What its fields' names end with.
    pub n: usize,
    /// Which line it is for people.
    pub nth: usize,
    pub description: String,
    pub quantity: String,
    pub unit: String,
    pub price: String,
    /// None while it cannot be read.
    pub amount: Option<String>,
    /// It was just added: the next thing to type.
    pub is_new: bool,
}

/// One fault of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The id of its field.
    pub field: String,
    /// The text key of the field's name.
    pub label: &'static str,
    /// Which line, when it is one's.
    pub nth: Option<usize>,
    /// The text key of what is wrong.
    pub why: String,
}

impl Entry {
    fn new(n: usize) -> Self {
        Self {
            n,
            quantity: "1".to_owned(),
            unit: "unit".to_owned(),
            is_new: true,
            ..Self::default()
        }
    }

    /// A line that was added and never written: it stands for nothing.
    fn is_blank(&self) -> bool {
        self.description.trim().is_empty() && self.price.trim().is_empty()
    }

    fn read(&self, wrong: &mut Vec<(&'static str, Fault)>) -> Option<Line> {
        let mut note = |field, fault| wrong.push((field, fault));
        let quantity = Quantity::typed(&self.quantity).map_err(|fault| note("quantity", fault));
        let price = Rupiah::typed(&self.price).map_err(|fault| note("price", fault));
        // Each alone, so that all of a line's faults are told.
        let alone = |description: &str, unit: &str| Line::new(description, Quantity::ONE, unit, Rupiah(0));
        let description = alone(&self.description, "-").map_err(|fault| note("description", fault));
        let unit = alone("-", &self.unit).map_err(|fault| note("unit", fault));
        Some(Line {
            description: description.ok()?.description,
            quantity: quantity.ok()?,
            unit: unit.ok()?.unit,
            unit_price: price.ok()?,
        })
    }
}

/// What was typed, once it can be read.
#[derive(Debug, Clone)]
pub struct Read {
    pub version: Option<i32>,
    pub lines: Vec<Line>,
    pub discount: Discount,
    /// `YYYY-MM-DD`.
    pub due_date: Option<String>,
}

impl Draft {
    /// As it is kept.
    pub fn of(app: &App, desk: &Desk) -> Self {
        let entry = |(n, line): (usize, &Line)| Entry {
            n,
            nth: n + 1,
            description: line.description.clone(),
            quantity: count(line.quantity),
            unit: line.unit.clone(),
            price: line.unit_price.to_string(),
            amount: line.amount().ok().map(|amount| amount.to_string()),
            is_new: false,
        };
        let withholds = desk.view.withholding.is_some();
        Self {
            id: desk.view.id.clone(),
            version: desk.view.version.to_string(),
            lines: desk.lines.iter().enumerate().map(entry).collect(),
            discount: typed(desk.discount),
            due_date: desk
                .view
                .due_date
                .map(|date| date.to_string())
                .unwrap_or_default(),
            sums: Some(Sums::of(&desk.totals, desk.discount, withholds)),
            withholds,
            terms: app.settings().billing.due_days,
            today: app.today().to_string(),
            ..Self::default()
        }
    }

    /// As it was typed, with what it comes to; nothing is told as wrong yet.
    pub fn typed(app: &App, desk: &Desk, form: &Form) -> Self {
        let value = |name: &str, n: usize| form.value(&format!("{name}-{n}")).to_owned();
        let there = (0..=MOST_LINES * 2).filter(|n| form.has(&format!("description-{n}")));
        let entry = |(nth, n): (usize, usize)| Entry {
            n,
            nth: nth + 1,
            description: value("description", n),
            quantity: value("quantity", n),
            unit: value("unit", n),
            price: value("price", n),
            amount: None,
            is_new: false,
        };
        let mut draft = Self {
            version: form.value("version").to_owned(),
            lines: there.enumerate().map(entry).collect(),
            discount: form.value("discount").to_owned(),
            due_date: form.value("due_date").to_owned(),
            sums: None,
            ..Self::of(app, desk)
        };
        draft.compute(app);
        draft
    }

    /// One line more, to be written next.
    pub fn add(&mut self) {
        let n = self.lines.iter().map(|line| line.n + 1).max().unwrap_or(0);
        self.lines.push(Entry::new(n));
        self.count_lines();
    }

    /// Without that line.
    pub fn remove(&mut self, app: &App, n: usize) {
        self.lines.retain(|line| line.n != n);
        self.count_lines();
        self.compute(app);
    }

    /// Whether another line may be added.
    pub fn has_room(&self) -> bool {
        self.lines.len() < MOST_LINES
    }

    /// What was typed, or everything that is wrong with it.
    pub fn read(&mut self, app: &App) -> Option<Read> {
        let (mut lines, mut faults) = (Vec::new(), Vec::new());
        for entry in self.lines.iter().filter(|entry| !entry.is_blank()) {
            let mut wrong = Vec::new();
            lines.extend(entry.read(&mut wrong));
            let tell = |(field, fault): (&'static str, Fault)| Wrong {
                field: format!("{field}-{}", entry.n),
                label: line_label(field),
                nth: Some(entry.nth),
                why: why(fault),
            };
            faults.extend(wrong.into_iter().map(tell));
        }
        self.faults = faults;
        let discount = self
            .discount()
            .map_err(|fault| self.wrong(Invalid::one("discount", fault)))
            .ok()?;
        if self.faults.is_empty()
            && let Err(invalid) = invoices::quote(app, &lines, discount)
        {
            self.wrong(invalid);
        }
        self.faults.is_empty().then(|| Read {
            version: self.version.parse().ok(),
            lines,
            discount,
            due_date: Some(self.due_date.trim().to_owned()).filter(|date| !date.is_empty()),
        })
    }

    /// Notes what a use case found wrong.
    pub fn wrong(&mut self, invalid: Invalid) {
        let told = invalid.0.into_iter().map(|(field, fault)| Wrong {
            field: field.to_owned(),
            label: label(field),
            nth: None,
            why: why(fault),
        });
        self.faults.extend(told);
    }

    /// The key of what is wrong with a field.
    pub fn fault(&self, field: &str) -> Option<&str> {
        let found = self.faults.iter().find(|wrong| wrong.field == field);
        found.map(|wrong| wrong.why.as_str())
    }

    /// As [`Draft::fault`], of a line's field.
    pub fn fault_of(&self, field: &str, line: &Entry) -> Option<&str> {
        self.fault(&format!("{field}-{}", line.n))
    }

    /// Whether anything has to be said above the form.
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some() || !self.faults.is_empty()
    }

    /// Where it is saved.
    pub fn href(&self) -> String {
        format!("/panel/invoices/{}", self.id)
    }

    fn discount(&self) -> Result<Discount, Fault> {
        match self.discount.trim() {
            "" => Ok(Discount::NONE),
            text => Discount::typed(text),
        }
    }

    fn count_lines(&mut self) {
        for (index, line) in self.lines.iter_mut().enumerate() {
            line.nth = index + 1;
        }
    }

    /// The amounts of the lines that can be read, and the sums when all can.
    fn compute(&mut self, app: &App) {
        let (mut lines, mut is_whole) = (Vec::new(), true);
        for entry in &mut self.lines {
            if entry.is_blank() {
                entry.amount = None;
                continue;
            }
            // Words may still be missing: only numbers count here.
            let quantity = Quantity::typed(&entry.quantity);
            let line = quantity.and_then(|quantity| {
                let unit_price = Rupiah::typed(&entry.price)?;
                Line::new("-", quantity, "-", unit_price)
            });
            let amount = line.as_ref().ok().and_then(|line| line.amount().ok());
            entry.amount = amount.map(|amount| amount.to_string());
            is_whole &= amount.is_some();
            lines.extend(line);
        }
        let sums = self.discount().ok().filter(|_| is_whole).and_then(|discount| {
            let totals = invoices::quote(app, &lines, discount).ok()?;
            Some(Sums::of(&totals, discount, self.withholds))
        });
        self.sums = sums;
    }
}

/// The text key of what a line's field is called.
pub(crate) fn line_label(field: &str) -> &'static str {
    match field {
        "quantity" => "line-quantity",
        "unit" => "line-unit",
        "price" => "line-price",
        _ => "line-description",
    }
}

fn why(fault: Fault) -> String {
    format!("fault-{}", fault.code())
}
