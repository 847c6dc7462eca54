//! Letters: how wide words are, where lines break, and which glyphs stand for them.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, UnicodeBuffer};

static REGULAR: &[u8] = include_bytes!("fonts/regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("fonts/semibold.ttf");
static BOLD: &[u8] = include_bytes!("fonts/bold.ttf");

/// How strong letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
    Bold,
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    /// Points.
    pub(crate) size: f32,
}

impl Style {
    pub(crate) const fn of(weight: Weight, size: f32) -> Self {
        Self { weight, size }
    }

    /// From one line to the next, in points.
    pub(crate) fn leading(self) -> f32 {
        self.size * 1.4
    }
}

/// Words on one line, ready to be drawn.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// Points.
    pub(crate) width: f32,
    pub(crate) style: Style,
}

/// The three weights.
pub(crate) struct Faces {
    faces: [(Face<'static>, Font); 3],
}

impl Faces {
    /// `None`: the fonts that were built in cannot be read.
    pub(crate) fn load() -> Option<Self> {
        let load = |bytes: &'static [u8]| {
            let font = Font::new(bytes.into(), 0)?;
            Some((Face::from_slice(bytes, 0)?, font))
        };
        Some(Self {
            faces: [load(REGULAR)?, load(SEMIBOLD)?, load(BOLD)?],
        })
    }

    fn face(&self, weight: Weight) -> &(Face<'static>, Font) {
        let [regular, semibold, bold] = &self.faces;
        match weight {
            Weight::Regular => regular,
            Weight::SemiBold => semibold,
            Weight::Bold => bold,
        }
    }

    /// The font of a weight.
    pub(crate) fn font(&self, weight: Weight) -> Font {
        self.face(weight).1.clone()
    }

    /// Words on one line, however wide. What the font has no letter for becomes a question mark.
    pub(crate) fn line(&self, text: &str, style: Style) -> Line {
        let (face, _) = self.face(style.weight);
        let known = |c: char| if face.glyph_index(c).is_some() { c } else { '?' };
        let text: String = text
            .chars()
            .filter(|c| !c.is_control())
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .map(known)
            .collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        // Figures of one width stand under each other.
        let figures = Feature::new(Tag::from_bytes(b"tnum"), 1, ..);
        let shaped = rustybuzz::shape(face, &[figures], buffer);
        let em = units(face.units_per_em());
        let infos = shaped.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut width = 0.0;
        for (at, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let later = infos[at..].iter().find(|later| later.cluster != info.cluster);
            let start = index(info.cluster, text.len());
            let end = later.map_or(text.len(), |later| index(later.cluster, text.len()));
            let advance = units(position.x_advance) / em;
            width += advance * style.size;
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                units(position.x_offset) / em,
                units(position.y_offset) / em,
                units(position.y_advance) / em,
                start..end.max(start),
                None,
            ));
        }
        Line {
            text,
            glyphs,
            width,
            style,
        }
    }

    /// Words in lines of at most `width` points, broken between words; a word that is wider is broken where it must.
    pub(crate) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        for part in text.lines() {
            let mut open = String::new();
            for word in part.split_whitespace() {
                let longer = if open.is_empty() {
                    word.to_owned()
                } else {
                    format!("{open} {word}")
                };
                if self.line(&longer, style).width <= width {
                    open = longer;
                    continue;
                }
                if !open.is_empty() {
                    lines.push(self.line(&open, style));
                }
                open = self.broken(word, style, width, &mut lines);
            }
            if !open.is_empty() {
                lines.push(self.line(&open, style));
            }
        }
        lines
    }

    /// Breaks a word that is wider than a line; answers what is left of it.
    fn broken(&self, word: &str, style: Style, width: f32, lines: &mut Vec<Line>) -> String {
        let mut open = String::new();
        for c in word.chars() {
            open.push(c);
            if self.line(&open, style).width > width && open.chars().count() > 1 {
                open.pop();
                lines.push(self.line(&open, style));
                open = c.to_string();
            }
        }
        open
    }
}

/// Font units are small numbers.
fn units(count: i32) -> f32 {
    f32::from(i16::try_from(count).unwrap_or(i16::MAX))
}

fn index(cluster: u32, most: usize) -> usize {
    usize::try_from(cluster).unwrap_or(most).min(most)
}
