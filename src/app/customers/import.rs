//! Customers from a spreadsheet: looked at whole before anything is saved, and then saved in steps.
//!
//! A step is a transaction of its own and notes how far it came, so that a break loses and repeats nothing.

use std::collections::HashMap;

use domain::ids::{CustomerId, ImportId};
use domain::invalid::{Fault, Invalid};
use futures::FutureExt;
use serde_json::json;

use crate::app::act::Act;
use crate::app::customers::add;
use crate::app::customers::sheet::{self, Sheet};
pub use crate::app::customers::sheet::{MOST_ROWS, Row};
use crate::app::{App, Error, Refusal};
use crate::store::customers::Customer;
use crate::store::imports::{self, Import};
use crate::store::{self, Source, Tx};

/// Bytes of a spreadsheet, at most.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// Rows that are saved in one transaction: others wait for it on SQLite.
const STEP: usize = 200;
/// Rows that are looked up at once.
const LOOK: usize = 500;

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It becomes a customer.
    Ready,
    Wrong(Vec<(&'static str, Fault)>),
    /// The same person stands further up in the file.
    Repeats {
        line: u64,
    },
    /// The same person is a customer already.
    Known {
        id: CustomerId,
    },
}

/// A spreadsheet as it stands.
#[derive(Debug, Clone)]
pub struct View {
    pub id: ImportId,
    pub filename: String,
    /// Rows that were gone through.
    pub done: usize,
    /// Customers that came of them.
    pub saved: usize,
    pub is_finished: bool,
    /// Each row with what becomes of it; empty once it is finished.
    pub rows: Vec<(Row, Fate)>,
    /// Columns that mean nothing here.
    pub unread: Vec<String>,
}

/// Takes a spreadsheet in, to be looked at.
pub async fn take(app: &App, act: &Act, filename: &str, bytes: &[u8]) -> Result<ImportId, Error> {
    let content = text(bytes).map_err(|fault| Invalid::one("file", fault))?;
    sheet::read(&content, act.at).map_err(|fault| Invalid::one("file", fault))?;
    let by = act.actor.ok_or(Error::Missing)?;
    let (at, filename) = (act.at, filename.chars().take(120).collect());
    let kept = app.db.write(move |tx| {
        async move { Ok::<_, Error>(imports::insert(tx, (filename, content), by, at).await?) }.boxed()
    });
    kept.await.map(|(import, _)| import.id)
}

/// A spreadsheet, and what becomes of each of its rows.
pub async fn look(app: &App, id: ImportId) -> Result<View, Error> {
    let import = imports::by_id(&app.db, id).await?.ok_or(Error::Missing)?;
    let mut view = View {
        id,
        filename: import.filename.clone(),
        done: usize::try_from(import.done).unwrap_or_default(),
        saved: usize::try_from(import.saved).unwrap_or_default(),
        is_finished: import.finished_at.is_some(),
        rows: Vec::new(),
        unread: Vec::new(),
    };
    if let Some(content) = &import.content {
        let sheet = read(content, &import)?;
        let left = fates(&app.db, &sheet.rows, view.done..sheet.rows.len()).await?;
        view.unread = sheet.unread;
        view.rows = sheet.rows.into_iter().skip(view.done).zip(left).collect();
    }
    Ok(view)
}

/// Saves the next rows. Whoever goes on with the same rows at the same moment is told that they are stale.
pub async fn step(app: &App, act: &Act, id: ImportId) -> Result<(), Error> {
    let by = act.clone();
    app.perform(act, move |tx| {
        async move {
            let import = imports::by_id(tx, id).await?.ok_or(Error::Missing)?;
            let Some(content) = &import.content else {
                return Err(Refusal::NotNow.into());
            };
            let sheet = read(content, &import)?;
            let begin = usize::try_from(import.done).unwrap_or_default();
            let end = (begin + STEP).min(sheet.rows.len());
            let saved = save(tx, &by, &sheet, begin..end).await?;
            let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
            let saved = import.saved + count(saved);
            let is_last = end == sheet.rows.len();
            let finished_at = is_last.then_some(by.at);
            if !imports::advance(tx, &import, (count(end), saved), finished_at).await? {
                return Err(Error::Stale);
            }
            if is_last {
                let detail = json!({ "rows": sheet.rows.len(), "saved": saved });
                by.audit(tx, "customers_imported", ("import", id.0), None, detail)
                    .await?;
            }
            Ok(())
        }
        .boxed()
    })
    .await
}

/// Gives a spreadsheet up; what was saved of it stays.
pub async fn give_up(app: &App, act: &Act, id: ImportId) -> Result<(), Error> {
    let at = act.at;
    app.perform(act, move |tx| {
        async move {
            let import = imports::by_id(tx, id).await?.ok_or(Error::Missing)?;
            let stands = (import.done, import.saved);
            if import.finished_at.is_none() && !imports::advance(tx, &import, stands, Some(at)).await? {
                return Err(Error::Stale);
            }
            Ok(())
        }
        .boxed()
    })
    .await
}

/// UTF-8 with or without its mark, from any system.
fn text(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Required);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Fault::TooLong);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotUtf8)?;
    // PostgreSQL takes no NUL in a text, and no spreadsheet writes one.
    if text.contains('\0') {
        return Err(Fault::Undecodable);
    }
    // One mark at the end of a line, so that rows are counted as whoever looks into the file counts them.
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn read(content: &str, import: &Import) -> Result<Sheet, Error> {
    Ok(sheet::read(content, import.created_at).map_err(|fault| Invalid::one("file", fault))?)
}

async fn save(tx: &Tx, by: &Act, sheet: &Sheet, part: std::ops::Range<usize>) -> Result<usize, Error> {
    let fates = fates(tx, &sheet.rows, part.clone()).await?;
    let mut saved = 0;
    for (row, fate) in sheet.rows[part].iter().zip(fates) {
        if let (Ok(customer), Fate::Ready) = (&row.read, fate) {
            let customer = Customer {
                created_at: by.at,
                ..customer.clone()
            };
            add(tx, by, customer).await?;
            saved += 1;
        }
    }
    Ok(saved)
}

/// What makes two rows the same person: the number, or without one the name and the address.
fn who(customer: &Customer) -> String {
    match &customer.phone {
        Some(phone) => phone.as_str().to_owned(),
        None => format!("{}\n{}", customer.name, customer.address).to_lowercase(),
    }
}

/// What becomes of a part of the rows, by what stands above them and by who is a customer already.
async fn fates(source: &impl Source, rows: &[Row], part: std::ops::Range<usize>) -> Result<Vec<Fate>, Error> {
    let mut first = HashMap::new();
    for row in rows {
        if let Ok(customer) = &row.read {
            first.entry(who(customer)).or_insert(row.line);
        }
    }
    let mut fates = Vec::with_capacity(part.len());
    for some in rows[part].chunks(LOOK) {
        let known = known(source, some).await?;
        fates.extend(some.iter().map(|row| {
            let customer = match &row.read {
                Ok(customer) => customer,
                Err(faults) => return Fate::Wrong(faults.clone()),
            };
            let who = who(customer);
            match (known.get(&who), first.get(&who)) {
                (Some(id), _) => Fate::Known { id: *id },
                (None, Some(line)) if *line != row.line => Fate::Repeats { line: *line },
                _ => Fate::Ready,
            }
        }));
    }
    Ok(fates)
}

async fn known(source: &impl Source, rows: &[Row]) -> Result<HashMap<String, CustomerId>, Error> {
    let customers = rows.iter().filter_map(|row| row.read.as_ref().ok());
    let (mut phones, mut names) = (Vec::new(), Vec::new());
    for customer in customers {
        match &customer.phone {
            Some(phone) => phones.push(phone.as_str().to_owned()),
            None => names.push(customer.name.clone()),
        }
    }
    let found = store::customers::alike(source, phones, names).await?;
    Ok(found
        .into_iter()
        .map(|customer| (who(&customer), customer.id))
        .collect())
}
