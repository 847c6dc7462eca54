//! Letters drawn from a ticket's page: one press for a Surat Tugas, a form with goods for a Surat Jalan or a BAST.

use askama::Template;
use axum::extract::{Path, State};
use domain::document::Kind;
use domain::ids::TicketId;
use domain::invalid::{Fault, Invalid};
use domain::invoice::Quantity;
use domain::letter::{Consignment, Goods, MOST_GOODS};
use domain::person::Locale;
use domain::ticket::Status;

use crate::app::documents::{self, Order};
use crate::app::{self, Error, tickets};
use crate::web;
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::flash::Deed;
use crate::web::panel::form::Form;
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::ticket::{May, ticket_id};
use crate::web::panel::visitor::Visitor;

/// Rows that a new form begins with.
const ROWS: usize = 3;

/// The form of a letter with goods.
#[derive(Template)]
#[template(path = "panel/letter_form.html")]
pub struct LetterPage {
    pub shell: Shell,
    pub letter: Draft,
    pub form: Form,
}

/// A letter as it is typed.
#[derive(Debug, Clone)]
pub struct Draft {
    pub ticket: String,
    /// `TKT-000123`.
    pub number: String,
    pub customer: String,
    /// Who drives when no one else is named.
    pub technician: String,
    pub kind: Kind,
    pub rows: Vec<Row>,
    /// What is wrong with the rows.
    pub faults: Vec<Wrong>,
}

/// Goods of one sort, as they are typed.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// What its fields' names end with.
    pub n: usize,
    /// Which row it is for people.
    pub nth: usize,
    pub name: String,
    pub quantity: String,
    pub unit: String,
    pub serial: String,
    pub condition: String,
}

/// One fault of a row.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// The id of its field.
    pub field: String,
    /// The text key of the field's name.
    pub label: &'static str,
    /// Which row.
    pub nth: usize,
    /// The text key of what is wrong.
    pub why: String,
}

/// The fields of a row: name, text key, attributes.
const FIELDS: [(&str, &str, &str); 5] = [
    ("item", "goods-item", "maxlength='200'"),
    ("quantity", "line-quantity", "inputmode='decimal'"),
    ("unit", "line-unit", "maxlength='20'"),
    ("serial", "goods-serial", "maxlength='100'"),
    ("condition", "goods-condition", "maxlength='100'"),
];

impl Row {
    fn blank(n: usize) -> Self {
        Self {
            n,
            quantity: "1".to_owned(),
            unit: "unit".to_owned(),
            ..Self::default()
        }
    }

    fn of(n: usize, goods: &Goods, locale: Locale) -> Self {
        Self {
            n,
            nth: n + 1,
            name: goods.name.clone(),
            quantity: goods.quantity.shown(locale),
            unit: goods.unit.clone(),
            serial: goods.serial.clone().unwrap_or_default(),
            condition: goods.condition.clone().unwrap_or_default(),
        }
    }

    fn typed(n: usize, nth: usize, form: &Form) -> Self {
        let value = |field: &str| form.value(&format!("{field}-{n}")).to_owned();
        Self {
            n,
            nth,
            name: value("item"),
            quantity: value("quantity"),
            unit: value("unit"),
            serial: value("serial"),
            condition: value("condition"),
        }
    }

    /// A row that nothing was written in stands for nothing.
    fn is_blank(&self) -> bool {
        [&self.name, &self.serial, &self.condition]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// Its fields in their order: name, text key, attributes, what was typed.
    pub fn fields(&self) -> Vec<(&'static str, &'static str, &'static str, &str)> {
        let values = [
            &self.name,
            &self.quantity,
            &self.unit,
            &self.serial,
            &self.condition,
        ];
        let fields = FIELDS.iter().zip(values);
        fields
            .map(|((name, key, attrs), value)| (*name, *key, *attrs, value.as_str()))
            .collect()
    }

    fn read(&self, wrong: &mut Vec<Wrong>) -> Option<Goods> {
        let mut note = |field: &'static str, fault: Fault| {
            let found = FIELDS.iter().find(|(name, ..)| *name == field);
            wrong.push(Wrong {
                field: format!("{field}-{}", self.n),
                label: found.map_or("field-other", |(_, key, _)| *key),
                nth: self.nth,
                why: format!("fault-{}", fault.code()),
            });
        };
        let name = Goods::name(&self.name).map_err(|fault| note("item", fault));
        let quantity = Quantity::typed(&self.quantity).map_err(|fault| note("quantity", fault));
        let unit = Goods::unit(&self.unit).map_err(|fault| note("unit", fault));
        let serial = Goods::remark(Some(&self.serial)).map_err(|fault| note("serial", fault));
        let condition = Goods::remark(Some(&self.condition)).map_err(|fault| note("condition", fault));
        Some(Goods {
            name: name.ok()?,
            quantity: quantity.ok()?,
            unit: unit.ok()?,
            serial: serial.ok()?,
            condition: condition.ok()?,
        })
    }
}

impl Draft {
    async fn of(state: &web::State, id: TicketId, kind: Kind) -> Result<(Self, Status), Failure> {
        let ticket = tickets::find(&state.app, id).await?.ticket;
        let status = ticket.status.parse().map_err(|_| app::Error::Missing)?;
        let draft = Self {
            ticket: ticket.id,
            number: ticket.number,
            customer: ticket.customer.name,
            technician: ticket.technician.map(|named| named.name).unwrap_or_default(),
            kind,
            rows: Vec::new(),
            faults: Vec::new(),
        };
        Ok((draft, status))
    }

    /// Where the ticket is.
    pub fn back(&self) -> String {
        format!("/panel/tickets/{}", self.ticket)
    }

    /// Where the form is sent.
    pub fn href(&self) -> String {
        format!("{}/letters/{}", self.back(), self.kind.told())
    }

    /// Whether somebody drives something.
    pub fn travels(&self) -> bool {
        self.kind == Kind::TravelLetter
    }

    /// The text keys of the page's title, of what it is for, and of its button.
    pub const fn keys(&self) -> [&'static str; 3] {
        match self.kind {
            Kind::TravelLetter => ["letter-travel-title", "letter-travel-text", "letter-make-travel"],
            _ => ["letter-bast-title", "letter-bast-text", "letter-make-bast"],
        }
    }

    /// Whether another row may be added.
    pub fn has_room(&self) -> bool {
        self.rows.len() < MOST_GOODS
    }

    /// The key of what is wrong with a row's field.
    pub fn fault(&self, field: &str, row: &Row) -> Option<&str> {
        let id = format!("{field}-{}", row.n);
        let found = self.faults.iter().find(|wrong| wrong.field == id);
        found.map(|wrong| wrong.why.as_str())
    }

    fn fill(&mut self, form: &Form) {
        let there = (0..MOST_GOODS * 2).filter(|n| form.has(&format!("item-{n}")));
        let rows = there.zip(1..).map(|(n, nth)| Row::typed(n, nth, form));
        self.rows = rows.collect();
    }

    fn add(&mut self, count: usize) {
        for _ in 0..count {
            let n = self.rows.iter().map(|row| row.n + 1).max().unwrap_or(0);
            self.rows.push(Row::blank(n));
        }
        for (nth, row) in (1..).zip(&mut self.rows) {
            row.nth = nth;
        }
    }

    /// What was typed, or nothing and everything that is wrong with it.
    fn read(&mut self, form: &Form, invalid: &mut Invalid) -> Option<Consignment> {
        let vehicle = invalid.take("vehicle", Consignment::vehicle(form.some("vehicle").as_deref()));
        let driver = invalid.take("driver", Consignment::driver(form.some("driver").as_deref()));
        let mut faults = Vec::new();
        let written = self.rows.iter().filter(|row| !row.is_blank());
        let goods: Vec<Goods> = written.filter_map(|row| row.read(&mut faults)).collect();
        self.faults = faults;
        let is_whole = self.faults.is_empty();
        let consignment = Consignment {
            goods,
            vehicle: vehicle?,
            driver: driver?,
        };
        is_whole.then_some(consignment)
    }
}

/// The form, with what went along with the letter before.
pub async fn new(
    State(state): State<web::State>,
    visitor: Visitor,
    Path((id, kind)): Path<(String, String)>,
) -> Answer {
    let (id, kind) = (ticket_id(&id)?, letter(&kind)?);
    if kind == Kind::AssignmentLetter {
        return Err(Error::Missing.into());
    }
    let (mut draft, status) = Draft::of(&state, id, kind).await?;
    if !May::at(status).letters {
        let why = app::Refusal::WrongState { now: status };
        return visitor.told_above(&draft.back(), Error::Refused(why));
    }
    let before = documents::consignment(&state.app, id, kind).await?;
    let goods = before.goods.iter().enumerate();
    draft.rows = goods
        .map(|(n, goods)| Row::of(n, goods, visitor.reader.locale))
        .collect();
    draft.add(ROWS.saturating_sub(draft.rows.len()));
    let values = [("vehicle", before.vehicle), ("driver", before.driver)];
    let form = Form::filled(values.map(|(name, value)| (name, value.unwrap_or_default())));
    Ok(visitor.page(&LetterPage {
        shell: visitor.shell(&state, Place::Tickets).await?,
        letter: draft,
        form,
    }))
}

/// Draws the letter, or only shows the form with a row more.
pub async fn make(
    State(state): State<web::State>,
    visitor: Visitor,
    Path((id, kind)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (id, kind) = (ticket_id(&id)?, letter(&kind)?);
    let (mut draft, _) = Draft::of(&state, id, kind).await?;
    draft.fill(&form);
    if form.chose("intent", "add") {
        draft.add(usize::from(draft.has_room()));
        let shell = visitor.shell(&state, Place::Tickets).await?;
        return Ok(visitor.page(&LetterPage {
            shell,
            letter: draft,
            form,
        }));
    }
    let mut invalid = Invalid::default();
    let done = match draft.read(&form, &mut invalid) {
        Some(consignment) => {
            let order = Order {
                kind: kind.told().to_owned(),
                consignment,
            };
            documents::generate(&state.app, &visitor.act(), id, order).await
        }
        None => Err(invalid.into()),
    };
    let back = draft.back();
    match done {
        Ok(made) => Ok(Deed::LetterIssued(made.number.unwrap_or_default()).tell_at(&back)),
        Err(error @ (Error::Refused(_) | Error::Stale)) => visitor.told_above(&back, error),
        Err(error) => {
            let form = visitor.told_on(form, error)?;
            let shell = visitor.shell(&state, Place::Tickets).await?;
            Ok(visitor.again(&LetterPage {
                shell,
                letter: draft,
                form,
            }))
        }
    }
}

/// A letter's kind in an address.
fn letter(text: &str) -> Result<Kind, Failure> {
    match text.parse() {
        Ok(kind @ (Kind::AssignmentLetter | Kind::TravelLetter)) => Ok(kind),
        Ok(Kind::Bast) => Ok(Kind::BastForm),
        _ => Err(Error::Missing.into()),
    }
}
