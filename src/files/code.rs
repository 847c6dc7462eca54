//! QR codes: which of their modules are dark, for whoever draws them.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use std::fmt::Write;

/// Light modules around a code, without which readers do not find it (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// A code's dark modules in rows, each a run: from a column, so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Modules on a side, the quiet ones counted.
    pub side: usize,
    /// Row, first column, and length of each run; the quiet modules are counted.
    pub runs: Vec<(usize, usize, usize)>,
}

impl Code {
    /// The code of a text; a seventh of it may be unreadable. `None`: the text is too long.
    pub fn of(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let mut runs = Vec::new();
        for row in 0..code.size {
            let mut column = 0;
            while column < code.size {
                let dark = (column..code.size)
                    .take_while(|at| code[row][*at].value())
                    .count();
                if dark > 0 {
                    runs.push((row + QUIET, column + QUIET, dark));
                }
                column += dark.max(1);
            }
        }
        Some(Self {
            side: code.size + 2 * QUIET,
            runs,
        })
    }

    /// The dark modules as the path of an SVG whose view box has `side` units.
    pub fn path(&self) -> String {
        let mut path = String::with_capacity(self.runs.len() * 14);
        for (row, column, length) in &self.runs {
            // Writing into a string cannot fail.
            let _ = write!(path, "M{column} {row}h{length}v1h-{length}z");
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use crate::files::code::{Code, QUIET};

    /// What a reader makes of the code, drawn with eight pixels a module.
    fn read(code: &Code) -> Vec<String> {
        const SCALE: usize = 8;
        let is_dark = |x: usize, y: usize| {
            let (column, row) = (x / SCALE, y / SCALE);
            let mut runs = code.runs.iter();
            runs.any(|(at, from, length)| *at == row && (*from..from + length).contains(&column))
        };
        let pixel = |x, y| if is_dark(x, y) { 0 } else { u8::MAX };
        let side = code.side * SCALE;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, pixel);
        let found = picture.detect_grids();
        found
            .iter()
            .map(|grid| grid.decode().expect("a code").1)
            .collect()
    }

    #[test]
    fn a_reader_reads_what_was_written() {
        let letter = "https://lapangan.example.co.id/v/b3JhbmctYmFpay1zZWthbGktMjAyNg";
        let qris = format!("00020101021226{}6304A13F", "0123456789ABCDEF".repeat(14));
        for text in [letter, "x", &qris] {
            let code = Code::of(text).expect("a code");
            assert_eq!(read(&code), [text]);
        }
    }

    #[test]
    fn a_code_has_its_three_eyes_and_a_quiet_edge() {
        let code = Code::of("00020101021226").expect("a code");
        let last = code.side - QUIET;
        // The upper edge of two eyes, and the lower edge of the third.
        assert_eq!(code.runs[0], (QUIET, QUIET, 7));
        assert!(code.runs.contains(&(QUIET, last - 7, 7)));
        assert!(code.runs.contains(&(last - 1, QUIET, 7)));
        let is_quiet = |(row, column, length): &(usize, usize, usize)| {
            *row < QUIET || *row >= last || *column < QUIET || column + length > last
        };
        assert!(!code.runs.iter().any(is_quiet));
        assert!(code.path().starts_with("M4 4h7v1h-7z"));
        assert_eq!(Code::of(&"x".repeat(5000)), None);
    }
}
