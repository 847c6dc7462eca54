//! Everything of a ticket as one ZIP: packed file by file while it is being sent, nothing compressed anew.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use bytes::Bytes;
use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use domain::calendar::Zone;
use domain::ticket::Status;
use futures::{Stream, stream};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::app::documents::{self, View};
use crate::app::tickets::{Detail, Visited};
use crate::app::{self, App};
use crate::web;
use crate::web::panel::answer::Answer;
use crate::web::panel::document::name;
use crate::web::panel::measure::{length, size};
use crate::web::panel::ticket::ticket_id;
use crate::web::panel::visit;
use crate::web::panel::visitor::Visitor;
use crate::web::panel::when::Reader;
use crate::web::words::{about, word};

/// The ZIP of a ticket.
pub async fn take(State(state): State<web::State>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let detail = documents::export(&state.app, &visitor.act(), ticket_id(&id)?).await?;
    let filename = format!("attachment; filename=\"{}.zip\"", detail.ticket.number);
    let headers: [(HeaderName, String); 2] = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, filename),
    ];
    let packing = Packing::begin(state.app.clone(), &detail, visitor.reader);
    Ok((headers, Body::from_stream(packing.run())).into_response())
}

/// A ZIP on its way: one file at a time is in memory.
struct Packing {
    app: App,
    zone: Zone,
    /// `None`: the end is written.
    zip: Option<ZipWriter<StreamWriter<Belt>>>,
    belt: Belt,
    left: VecDeque<(String, View)>,
    /// The summary, which goes in last and tells what was not there.
    summary: String,
    summary_name: String,
    summary_at: DateTime<Utc>,
    gone: String,
}

impl Packing {
    fn begin(app: App, detail: &Detail, reader: Reader) -> Self {
        let belt = Belt::default();
        let files = detail.ticket.documents.iter().enumerate();
        let left: VecDeque<_> = files
            .map(|(n, file)| (entry(n + 1, file, reader), file.clone()))
            .collect();
        Self {
            app,
            zone: reader.zone,
            zip: Some(ZipWriter::new_stream(belt.clone())),
            belt,
            summary: summary(detail, &left, reader),
            left,
            summary_name: word(reader.locale, "export-summary"),
            summary_at: reader.now,
            gone: word(reader.locale, "export-gone"),
        }
    }

    fn run(self) -> impl Stream<Item = Result<Bytes, app::Error>> {
        stream::try_unfold(self, |mut packing| async move {
            let Some(mut zip) = packing.zip.take() else {
                return Ok(None);
            };
            let next = packing.left.pop_front();
            let (name, at, bytes) = match next {
                Some((name, file)) => {
                    let Some(bytes) = documents::exported(&packing.app, &file).await? else {
                        packing.summary = format!("{}{name}: {}\n", packing.summary, packing.gone);
                        packing.zip = Some(zip);
                        return Ok(Some((Bytes::new(), packing)));
                    };
                    (name, file.created_at, bytes)
                }
                None => {
                    let text = std::mem::take(&mut packing.summary);
                    (packing.summary_name.clone(), packing.summary_at, text.into())
                }
            };
            let is_last = packing.left.is_empty() && packing.summary.is_empty();
            let options = options(at, packing.zone);
            // The sum over 20 MB takes long enough to hold others up.
            let packed = tokio::task::spawn_blocking(move || {
                zip.start_file(name, options)?;
                zip.write_all(&bytes)?;
                if is_last {
                    zip.finish()?;
                    return Ok(None);
                }
                Ok::<_, zip::result::ZipError>(Some(zip))
            });
            packing.zip = match packed.await {
                Ok(Ok(zip)) => zip,
                // The belt takes everything and the names are apart, so this is a defect; the download breaks off.
                Ok(Err(_)) | Err(_) => return Err(app::Error::Stale),
            };
            let ready = packing.belt.take();
            Ok(Some((ready, packing)))
        })
    }
}

/// What the ZIP's writer writes to, and what is sent from.
#[derive(Debug, Clone, Default)]
struct Belt(Arc<Mutex<Vec<u8>>>);

impl Belt {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Belt {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn options(at: DateTime<Utc>, zone: Zone) -> SimpleFileOptions {
    let there = at.with_timezone(&zone.0);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let time = zip::DateTime::from_date_and_time(
        u16::try_from(there.year()).unwrap_or(1980),
        part(there.month()),
        part(there.day()),
        part(there.hour()),
        part(there.minute()),
        part(there.second()),
    );
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(time.unwrap_or_default())
}

/// `03 Bukti - foto.jpg`: the number keeps names apart and in order.
fn entry(n: usize, file: &View, reader: Reader) -> String {
    let kind = file.purpose().map(|kind| name(kind, reader.locale));
    format!("{n:02} {} - {}", kind.unwrap_or_default(), file.filename)
}

/// What the ticket is and what was done, as plain text. Exact positions stay in the panel.
fn summary(detail: &Detail, files: &VecDeque<(String, View)>, reader: Reader) -> String {
    let ticket = &detail.ticket;
    let say = |key: &str| word(reader.locale, key);
    let status: Option<Status> = ticket.status.parse().ok();
    let mut lines = vec![
        format!("{} · {}", ticket.number, ticket.service.name),
        ticket.problem.clone(),
        String::new(),
        format!(
            "{}: {}, {}",
            say("customer"),
            ticket.customer.name,
            ticket.customer.address
        ),
        format!(
            "{}: {}",
            say("status"),
            status.map(Status::label).unwrap_or_default()
        ),
    ];
    for visited in &detail.visits {
        lines.push(String::new());
        lines.extend(told(visited, reader));
    }
    lines.push(String::new());
    for (name, file) in files {
        let at = reader.clock(file.created_at).full;
        let by = file
            .uploaded_by
            .as_ref()
            .map_or("", |person| person.name.as_str());
        let size = size(reader.locale, file.size);
        lines.push(format!("{name} · {size} · {by} · {at} · SHA-256 {}", file.sha256));
    }
    lines.push(about(
        reader.locale,
        "export-made",
        &reader.clock(reader.now).full,
    ));
    lines.push(String::new());
    lines.join("\n")
}

fn told(visited: &Visited, reader: Reader) -> Vec<String> {
    let check_in = &visited.check_in;
    let verdict = check_in.verdict.parse().map(visit::label);
    let mut facts = vec![
        reader.clock(check_in.at).full,
        verdict.map(|key| word(reader.locale, key)).unwrap_or_default(),
    ];
    facts.extend(
        check_in
            .distance_meters
            .map(|metres| length(reader.locale, metres)),
    );
    facts.extend(check_in.reason.clone());
    let say = |key: &str| word(reader.locale, key);
    let mut lines = vec![
        format!("{}: {}", say("technician"), visited.technician.name),
        format!("{}: {}", say("check-in"), facts.join(" · ")),
    ];
    if let Some(check_out) = &visited.check_out {
        lines.push(format!(
            "{}: {}",
            say("check-out"),
            reader.clock(check_out.at).full
        ));
    }
    lines
}
