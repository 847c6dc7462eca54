//! Lists as sheets (CSV, RFC 4180), made while they are sent: however long a list is, one page of it is in memory.

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, NaiveDate, Utc};
use futures::{Stream, stream};

use crate::app::page::{Cut, Page};
use crate::app::{self, App};
use crate::web::panel::when::Reader;
use crate::web::words::word;

/// One line of a sheet: what stands in each column.
pub type Cells = Vec<String>;

/// The columns of a sheet, by the keys of their names.
pub type Columns = &'static [&'static str];

/// All of a list as a file called `name-2026-11-22.csv`: `fetch` gets each page of it in turn.
pub fn answer<F, P>(app: &App, (name, columns): (&str, Columns), reader: Reader, fetch: F) -> Response
where
    F: Fn(Cut) -> P + Send + 'static,
    P: Future<Output = Result<Page<Cells>, app::Error>> + Send + 'static,
{
    let name = format!("attachment; filename=\"{name}-{}.csv\"", app.today());
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    let body = Body::from_stream(lines(columns, reader, fetch));
    (headers, body).into_response()
}

/// Where the sheet is.
enum Next {
    Head,
    After(Option<String>),
    End,
}

fn lines<F, P>(
    columns: Columns,
    reader: Reader,
    fetch: F,
) -> impl Stream<Item = Result<Bytes, app::Error>> + Send
where
    F: Fn(Cut) -> P + Send + 'static,
    P: Future<Output = Result<Page<Cells>, app::Error>> + Send + 'static,
{
    stream::try_unfold((fetch, Next::Head), move |(fetch, next)| async move {
        let cursor = match next {
            Next::End => return Ok(None),
            Next::Head => {
                let head = columns.iter().map(|key| word(reader.locale, key)).collect();
                // The mark tells spreadsheets that this is UTF-8.
                let head = ["\u{feff}".as_bytes(), &written([head])].concat();
                return Ok(Some((head.into(), (fetch, Next::After(None)))));
            }
            Next::After(cursor) => cursor,
        };
        let page = fetch(Cut::parse(cursor.as_deref(), Some(Cut::MOST))?).await?;
        let next = page.next_cursor.map_or(Next::End, |next| Next::After(Some(next)));
        Ok(Some((written(page.data).into(), (fetch, next))))
    })
}

fn written(lines: impl IntoIterator<Item = Cells>) -> Vec<u8> {
    let mut sheet = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines {
        // Writing to memory does not fail, and all lines are equally long.
        if let Err(error) = sheet.write_record(&line) {
            tracing::error!(%error, "sheet.write");
        }
    }
    sheet.into_inner().unwrap_or_default()
}

/// What people typed, where a spreadsheet must not take it for a formula.
pub fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The day of a moment, where the company is: `2026-11-22`.
pub fn day(at: Option<DateTime<Utc>>, reader: Reader) -> String {
    at.map(|at| reader.zone.date(at).to_string()).unwrap_or_default()
}

/// A day that is a day already.
pub fn date(date: Option<NaiveDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// A moment, where the company is, as spreadsheets read it: `2026-11-22 14:05:00`.
pub fn moment(at: DateTime<Utc>, reader: Reader) -> String {
    let at = at.with_timezone(&reader.zone.0);
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use crate::web::panel::sheet::{plain, written};

    #[test]
    fn what_people_typed_is_no_formula_and_no_column() {
        assert_eq!(plain("=1+1"), "'=1+1");
        assert_eq!(plain("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(plain("\t=1+1"), "'\t=1+1");
        assert_eq!(plain("Bapak Hartono"), "Bapak Hartono");
        let line = ["Toko \"Maju\", Bandung", "", ""].map(str::to_owned).to_vec();
        let sheet = String::from_utf8(written([line])).unwrap();
        assert_eq!(sheet, "\"Toko \"\"Maju\"\", Bandung\",,\r\n");
    }
}
