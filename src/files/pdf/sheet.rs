//! Pages of A4: what is put on them, from the top down, and a foot on each.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;

use crate::files::Code;
use crate::files::pdf::font::{Faces, Line, Style, Weight};

/// A4 in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
/// From the paper's edges, in points.
pub(crate) const LEFT: f32 = 48.0;
pub(crate) const RIGHT: f32 = WIDTH - 48.0;
const TOP: f32 = 48.0;
const BOTTOM: f32 = HEIGHT - 64.0;
const FOOT: f32 = HEIGHT - 40.0;

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shade(u8, u8, u8);

pub(crate) const INK: Shade = Shade(0x17, 0x21, 0x2b);
pub(crate) const MUTED: Shade = Shade(0x56, 0x63, 0x6f);
pub(crate) const HAIR: Shade = Shade(0xd5, 0xdc, 0xe2);
pub(crate) const TINT: Shade = Shade(0xf1, 0xf5, 0xf6);
pub(crate) const ACCENT: Shade = Shade(0x0f, 0x76, 0x6e);
const BLACK: Shade = Shade(0, 0, 0);

/// Why a paper cannot be drawn: a defect of ours.
#[derive(Clone, Debug, thiserror::Error)]
#[error("a paper cannot be drawn: {0}")]
pub struct Undrawable(String);

/// What a paper says of itself beside its pages.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) author: String,
    /// E.g. `id`.
    pub(crate) language: &'static str,
    pub(crate) date: chrono::DateTime<chrono::Utc>,
}

enum Mark {
    /// The point is where the first letter stands on its line.
    Words(Point, Line, Shade),
    Shape(Path, Shade),
}

/// A paper while it is being written.
pub(crate) struct Sheet {
    faces: Faces,
    pages: Vec<Vec<Mark>>,
    /// How far down the page is written, in points from its top.
    pub(crate) y: f32,
}

impl Sheet {
    pub(crate) fn new() -> Result<Self, Undrawable> {
        let faces = Faces::load().ok_or_else(|| Undrawable("its fonts cannot be read".to_owned()))?;
        Ok(Self {
            faces,
            pages: vec![Vec::new()],
            y: TOP,
        })
    }

    /// Begins a page.
    pub(crate) fn page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// Begins a page unless so much fits on this one. `true`: it did.
    pub(crate) fn keep(&mut self, height: f32) -> bool {
        let is_full = self.y + height > BOTTOM;
        if is_full {
            self.page();
        }
        is_full
    }

    /// The lines that a text makes within a width.
    pub(crate) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        self.faces.lines(text, style, width)
    }

    /// Writes a line; `top` is where its space begins.
    pub(crate) fn put(&mut self, (x, top): (f32, f32), line: Line, color: Shade) {
        let base = top + line.style.size * 1.05;
        self.mark(Mark::Words(Point::from_xy(x, base), line, color));
    }

    /// Writes words on one line.
    pub(crate) fn say(&mut self, at: (f32, f32), text: &str, style: Style, color: Shade) {
        let line = self.faces.line(text, style);
        self.put(at, line, color);
    }

    /// The same, ending at `right`.
    pub(crate) fn say_right(&mut self, (right, top): (f32, f32), text: &str, style: Style, color: Shade) {
        let line = self.faces.line(text, style);
        self.put((right - line.width, top), line, color);
    }

    /// The same, with its middle at `middle`.
    pub(crate) fn say_middle(&mut self, (middle, top): (f32, f32), text: &str, style: Style, color: Shade) {
        let line = self.faces.line(text, style);
        self.put((middle - line.width / 2.0, top), line, color);
    }

    /// Writes a text in as many lines as it takes; answers where it ends.
    pub(crate) fn text(
        &mut self,
        (x, top): (f32, f32),
        width: f32,
        text: &str,
        style: Style,
        color: Shade,
    ) -> f32 {
        let mut y = top;
        for line in self.faces.lines(text, style, width) {
            self.put((x, y), line, color);
            y += style.leading();
        }
        y
    }

    /// Fills a rectangle.
    pub(crate) fn fill(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), color: Shade) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.mark(Mark::Shape(path, color));
        }
    }

    /// A line to write on by hand.
    pub(crate) fn blank(&mut self, (x, y): (f32, f32), width: f32) {
        self.fill((x, y), (width, 0.6), MUTED);
    }

    /// A box to tick by hand.
    pub(crate) fn tick_box(&mut self, (x, y): (f32, f32), side: f32) {
        let edge = 0.8;
        for (at, size) in [
            ((x, y), (side, edge)),
            ((x, y + side - edge), (side, edge)),
            ((x, y), (edge, side)),
            ((x + side - edge, y), (edge, side)),
        ] {
            self.fill(at, size, INK);
        }
    }

    /// A thin line over the whole width.
    pub(crate) fn rule(&mut self, y: f32) {
        self.fill((LEFT, y), (RIGHT - LEFT, 0.6), HAIR);
    }

    /// A code of so many points on a side, its quiet edge counted.
    pub(crate) fn code(&mut self, (x, y): (f32, f32), side: f32, code: &Code) {
        let module = side / number(code.side);
        let mut path = PathBuilder::new();
        for (row, column, length) in &code.runs {
            let (left, top) = (x + number(*column) * module, y + number(*row) * module);
            if let Some(rect) = Rect::from_xywh(left, top, number(*length) * module, module) {
                path.push_rect(rect);
            }
        }
        if let Some(path) = path.finish() {
            self.mark(Mark::Shape(path, BLACK));
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Ends the paper; `foot` says what stands left and right under each page, of how many.
    pub(crate) fn finish(
        mut self,
        about: About,
        foot: impl Fn(usize, usize) -> (String, String),
    ) -> Result<Vec<u8>, Undrawable> {
        let style = Style::of(Weight::Regular, 8.0);
        let count = self.pages.len();
        for (page, marks) in self.pages.iter_mut().enumerate() {
            let (left, right) = foot(page + 1, count);
            let left = self.faces.line(&left, style);
            let right = self.faces.line(&right, style);
            let at = Point::from_xy(RIGHT - right.width, FOOT);
            marks.push(Mark::Words(Point::from_xy(LEFT, FOOT), left, MUTED));
            marks.push(Mark::Words(at, right, MUTED));
        }
        let mut document = Document::new();
        for marks in &self.pages {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT)
                .ok_or_else(|| Undrawable("its page has no size".to_owned()))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for mark in marks {
                draw(&mut surface, &self.faces, mark);
            }
            surface.finish();
            page.finish();
        }
        document.set_metadata(metadata(&about));
        document
            .finish()
            .map_err(|error| Undrawable(format!("{error:?}")))
    }
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, mark: &Mark) {
    match mark {
        Mark::Words(at, line, color) => {
            surface.set_fill(Some(filled(*color)));
            let font = faces.font(line.style.weight);
            surface.draw_glyphs(*at, &line.glyphs, font, &line.text, line.style.size, false);
        }
        Mark::Shape(path, color) => {
            surface.set_fill(Some(filled(*color)));
            surface.draw_path(path);
        }
    }
}

fn filled(color: Shade) -> Fill {
    let Shade(red, green, blue) = color;
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn metadata(about: &About) -> Metadata {
    use chrono::{Datelike, Timelike};
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(about.date.year()).unwrap_or_default();
    let date = DateTime::new(year)
        .month(small(about.date.month()))
        .day(small(about.date.day()))
        .hour(small(about.date.hour()))
        .minute(small(about.date.minute()))
        .second(small(about.date.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![about.author.clone()])
        .language(about.language.to_owned())
        .creation_date(date)
        .document_id(about.title.clone())
}

/// Modules of a code are few.
fn number(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
