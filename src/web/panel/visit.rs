//! A visit on the page: what the place proved, in words and as a picture, and what the job still lacks.

use chrono::TimeDelta;
use domain::document::Kind;
use domain::geo::Position;
use domain::visit::{Source, Verdict};

use crate::app;
use crate::app::tickets::{CheckIn, Visited};
use crate::web::panel::answer::Failure;
use crate::web::panel::contact::Site;
use crate::web::panel::document::Document;
use crate::web::panel::measure::{length, span};
use crate::web::panel::radar::{Radar, Sighting};
use crate::web::panel::when::{Reader, When};
use crate::web::words::about;

/// The visit of one assignment.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Tells the visits of a page apart.
    pub n: usize,
    pub technician: String,
    pub at: When,
    pub verdict: Verdict,
    pub source: Source,
    /// `18 m`.
    pub distance: Option<String>,
    /// `± 8 m`.
    pub accuracy: Option<String>,
    /// How old the position was when it came.
    pub age: Option<String>,
    pub reason: Option<String>,
    /// Who wrote it down, when that was not the technician.
    pub recorded_by: Option<String>,
    pub position: Option<Site>,
    /// There was a position; the retention has erased it.
    pub is_erased: bool,
    pub radar: Option<Radar>,
    /// What the map layer needs: both places and the radius, when tiles are configured.
    pub map: Option<Map>,
    /// The photo of the place.
    pub photo: Option<Document>,
    pub left: Option<When>,
    /// `1 jam 20 mnt`.
    pub stayed: Option<String>,
    /// When the ticket was taken from the technician.
    pub taken: Option<When>,
    /// Photos of the work and of what was signed, and papers.
    pub files: Vec<Document>,
}

/// A map with tiles of another host.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    pub tiles: String,
    pub site: Position,
    pub pin: Position,
    /// Metres; 0: not known.
    pub accuracy: f64,
    /// Metres.
    pub radius: u32,
}

/// Where a ticket's site is, and how its visits are looked at.
#[derive(Debug, Clone)]
pub struct Ground {
    pub site: Option<Position>,
    /// Metres.
    pub radius: u32,
    pub tiles: Option<String>,
}

impl Visit {
    /// The visit, with the files of the ticket that are its own taken out of `files`.
    pub fn of(
        n: usize,
        visited: Visited,
        files: &mut Vec<Document>,
        ground: &Ground,
        reader: Reader,
    ) -> Result<Self, Failure> {
        let (own, others): (Vec<_>, Vec<_>) = std::mem::take(files)
            .into_iter()
            .partition(|file| !file.kind.is_letter() && visited.documents.contains(&file.id));
        *files = others;
        let check_in = visited.check_in;
        let position = position(&check_in);
        let left = visited.check_out.map(|check_out| check_out.at);
        let source: Source = check_in.source.parse().map_err(|_| app::Error::Missing)?;
        let (photos, rest): (Vec<_>, Vec<_>) = own.into_iter().partition(|file| file.kind == Kind::CheckIn);
        let accuracy = check_in.accuracy_meters;
        let both = ground.site.zip(position);
        Ok(Self {
            n,
            technician: visited.technician.name,
            at: reader.clock(check_in.at),
            verdict: check_in.verdict.parse().map_err(|_| app::Error::Missing)?,
            source,
            distance: check_in
                .distance_meters
                .map(|metres| length(reader.locale, metres)),
            accuracy: accuracy.map(|metres| format!("± {}", length(reader.locale, metres))),
            age: check_in
                .age_seconds
                .map(|seconds| span(reader.locale, TimeDelta::seconds(seconds))),
            reason: check_in.reason,
            recorded_by: check_in.recorded_by.map(|person| person.name),
            position: position.map(|at| Site::of(at.latitude, at.longitude)),
            is_erased: position.is_none() && source != Source::Manual,
            radar: both.map(|(site, pin)| {
                let sighting = Sighting {
                    site,
                    pin,
                    accuracy,
                    radius: f64::from(ground.radius),
                };
                Radar::of(sighting, reader.locale)
            }),
            map: both.zip(ground.tiles.clone()).map(|((site, pin), tiles)| Map {
                tiles,
                site,
                pin,
                accuracy: accuracy.unwrap_or(0.0),
                radius: ground.radius,
            }),
            photo: photos.into_iter().next_back(),
            left: left.map(|at| reader.clock(at)),
            stayed: left.map(|at| span(reader.locale, at - check_in.at)),
            taken: visited.ended_at.map(|at| reader.clock(at)),
            files: rest,
        })
    }

    /// How the verdict looks: its class, its icon.
    pub const fn tone(&self) -> (&'static str, &'static str) {
        tone(self.verdict)
    }

    /// The text key of the verdict.
    pub const fn label(&self) -> &'static str {
        label(self.verdict)
    }

    /// The text key of where the position came from.
    pub const fn origin(&self) -> &'static str {
        match (self.source, &self.recorded_by) {
            (Source::Live, _) => "origin-live",
            (Source::Static, _) => "origin-static",
            (Source::Manual, None) => "origin-manual",
            (Source::Manual, Some(_)) => "origin-recorded",
        }
    }

    /// What the picture shows, for who does not see it.
    pub fn told(&self, reader: &Reader) -> String {
        let distance = self.distance.as_deref().unwrap_or("?");
        about(reader.locale, "radar-told", distance)
    }

    /// Photos of the work, and of papers signed there.
    pub fn photos(&self) -> impl Iterator<Item = &Document> {
        self.files.iter().filter(|file| file.is_photo())
    }

    /// Files that are no pictures.
    pub fn papers(&self) -> impl Iterator<Item = &Document> {
        self.files.iter().filter(|file| !file.is_photo())
    }

    /// What the job needs: the text key of each step, and how many of it there are.
    pub fn steps(&self) -> [(&'static str, usize); 3] {
        let count = |kind| self.files.iter().filter(|file| file.kind == kind).count();
        [
            ("step-evidence", count(Kind::Evidence)),
            ("step-bast", count(Kind::Bast)),
            ("step-check-out", usize::from(self.left.is_some())),
        ]
    }
}

/// How a verdict looks: its class, its icon.
pub const fn tone(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Verified => ("good", "map-pin-check"),
        Verdict::Unverified => ("warn", "map-pin"),
        Verdict::Outside => ("bad", "map-pin-x"),
        Verdict::Manual => ("warn", "map-pin-pen"),
    }
}

/// The text key of a verdict.
pub const fn label(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "verdict-verified",
        Verdict::Unverified => "verdict-unverified",
        Verdict::Outside => "verdict-outside",
        Verdict::Manual => "verdict-manual",
    }
}

fn position(check_in: &CheckIn) -> Option<Position> {
    let (latitude, longitude) = check_in.latitude.zip(check_in.longitude)?;
    Position::new(latitude, longitude).ok()
}
