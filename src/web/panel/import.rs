//! Customers from a spreadsheet: the file, what would become of it, and how far it is.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::HeaderName;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect};
use domain::ids::ImportId;
use domain::invalid::{Fault, Invalid};
use domain::person::Locale;

use crate::app;
use crate::app::customers::import::{self, Fate, View};
use crate::web;
use crate::web::file::{Showing, disposition, form as read_form};
use crate::web::panel::answer::{Answer, Failure};
use crate::web::panel::filters;
use crate::web::panel::form::{Form, label};
use crate::web::panel::shell::{Place, Shell};
use crate::web::panel::visitor::Visitor;
use crate::web::problem::Problem;
use crate::web::words::word;

/// Good rows that are shown, to see whether the columns were understood.
const SHOWN: usize = 5;

/// Where a spreadsheet is chosen.
#[derive(Template)]
#[template(path = "panel/import.html")]
pub struct ImportPage {
    pub shell: Shell,
    pub form: Form,
}

/// What would become of a spreadsheet, and how far it is; with `as_sheet` only that part.
#[derive(Template)]
#[template(path = "panel/import_sheet.html", blocks = ["sheet"])]
pub struct SheetPage {
    pub shell: Shell,
    pub sheet: Sheet,
}

/// A spreadsheet as shown.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub id: String,
    pub filename: String,
    pub total: usize,
    pub done: usize,
    pub saved: usize,
    pub is_finished: bool,
    /// How many of the rest become customers.
    pub ready: usize,
    pub first: Vec<Good>,
    pub wrong: Vec<Bad>,
    pub known: Vec<Known>,
    /// Columns that mean nothing here, with commas between.
    pub unread: String,
}

/// A row that becomes a customer.
#[derive(Debug, Clone)]
pub struct Good {
    pub name: String,
    pub phone: String,
    pub address: String,
}

/// A row that does not, with each column's label and the key of what is wrong.
#[derive(Debug, Clone)]
pub struct Bad {
    pub line: u64,
    pub name: String,
    pub faults: Vec<(&'static str, String)>,
}

/// A row that is passed over.
#[derive(Debug, Clone)]
pub struct Known {
    pub line: u64,
    pub name: String,
    /// The customer who it is, as a number and an address.
    pub customer: Option<(String, String)>,
    /// The row that it repeats.
    pub repeats: Option<u64>,
}

impl Sheet {
    /// Whether anything was saved already.
    pub fn has_begun(&self) -> bool {
        self.done > 0
    }

    /// How much of it was gone through, in percent.
    pub fn percent(&self) -> usize {
        (self.done * 100).checked_div(self.total).unwrap_or(100)
    }

    /// Where it is.
    pub fn href(&self) -> String {
        format!("/panel/customers/import/{}", self.id)
    }

    fn of(view: View) -> Self {
        let mut sheet = Self {
            id: view.id.to_string(),
            filename: view.filename,
            total: view.done + view.rows.len(),
            done: view.done,
            saved: view.saved,
            is_finished: view.is_finished,
            ready: 0,
            first: Vec::new(),
            wrong: Vec::new(),
            known: Vec::new(),
            unread: view.unread.join(", "),
        };
        for (row, fate) in view.rows {
            let (line, name) = (row.line, row.name);
            match fate {
                Fate::Ready => {
                    sheet.ready += 1;
                    if sheet.first.len() < SHOWN {
                        sheet.first.push(Good {
                            name,
                            phone: row.phone,
                            address: row.address,
                        });
                    }
                }
                Fate::Wrong(faults) => {
                    let faults = faults
                        .into_iter()
                        .map(|(field, fault)| (label(field), format!("fault-{}", fault.code())))
                        .collect();
                    sheet.wrong.push(Bad { line, name, faults });
                }
                Fate::Repeats { line: above } => sheet.known.push(Known {
                    line,
                    name,
                    customer: None,
                    repeats: Some(above),
                }),
                Fate::Known { id } => sheet.known.push(Known {
                    line,
                    name,
                    customer: Some((id.number(), format!("/panel/customers/{id}"))),
                    repeats: None,
                }),
            }
        }
        sheet
    }
}

/// Where a spreadsheet is chosen.
pub async fn new(State(state): State<web::State>, visitor: Visitor) -> Answer {
    let shell = visitor.shell(&state, Place::Customers).await?;
    let form = Form::default();
    Ok(visitor.page(&ImportPage { shell, form }))
}

/// An example to fill in, with its columns in the reader's language.
pub async fn example(visitor: Visitor) -> Answer {
    let locale = visitor.reader.locale;
    // Spreadsheets of the country take `,` for a part of a number, and divide by `;`.
    let between = match locale {
        Locale::Id => ";",
        Locale::En => ",",
    };
    let columns = word(locale, "import-columns").replace('|', between);
    let row = word(locale, "import-row").replace('|', between);
    let headers: [(HeaderName, String); 2] = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            disposition(Showing::Never, &word(locale, "import-filename")),
        ),
    ];
    Ok((headers, format!("\u{feff}{columns}\r\n{row}\r\n")).into_response())
}

/// Takes a spreadsheet in, to be looked at.
pub async fn take(State(state): State<web::State>, visitor: Visitor, request: Request) -> Answer {
    let taken = match read_form(request).await {
        Ok(new) => {
            let bytes = new.bytes.unwrap_or_default();
            import::take(&state.app, &visitor.act(), &new.filename, &bytes).await
        }
        Err(Problem::CutShort) => Err(Invalid::one("file", Fault::CutShort).into()),
        Err(problem) => return Err(Failure::Status(problem.status())),
    };
    match taken {
        Ok(id) => Ok(Redirect::to(&format!("/panel/customers/import/{id}")).into_response()),
        Err(error) => {
            let form = visitor.told_on(Form::default(), error)?;
            let shell = visitor.shell(&state, Place::Customers).await?;
            Ok(visitor.again(&ImportPage { shell, form }))
        }
    }
}

/// What would become of a spreadsheet, and how far it is.
pub async fn show(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let page = page(&state, &visitor, import_id(&id)?).await?;
    Ok(visitor.page(&page))
}

/// Saves the next rows, and says how far it is.
pub async fn save(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let id = import_id(&id)?;
    match import::step(&state.app, &visitor.act(), id).await {
        // Someone else went on with it, or it is over: the page tells how it stands.
        Ok(()) | Err(app::Error::Stale | app::Error::Refused(_)) => {}
        Err(error) => return Err(error.into()),
    }
    if !visitor.wants_part {
        return Ok(Redirect::to(&format!("/panel/customers/import/{id}")).into_response());
    }
    let page = page(&state, &visitor, id).await?;
    Ok(visitor.page(&page.as_sheet()))
}

/// Gives a spreadsheet up.
pub async fn discard(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    import::give_up(&state.app, &visitor.act(), import_id(&id)?).await?;
    Ok(Redirect::to("/panel/customers/import").into_response())
}

async fn page(state: &web::State, visitor: &Visitor, id: ImportId) -> Result<SheetPage, Failure> {
    let sheet = Sheet::of(import::look(&state.app, id).await?);
    let shell = visitor.shell(state, Place::Customers).await?;
    Ok(SheetPage { shell, sheet })
}

fn import_id(text: &str) -> Result<ImportId, Failure> {
    Ok(text.parse().map_err(|_| app::Error::Missing)?)
}
