//! Tables whose rows go on over pages, each page with the heads of the columns.

use crate::files::pdf::font::{Line, Style, Weight};
use crate::files::pdf::sheet::{HAIR, INK, LEFT, MUTED, RIGHT, Sheet, TINT};

const HEAD: Style = Style::of(Weight::SemiBold, 8.5);
const CELL: Style = Style::of(Weight::Regular, 9.5);
/// Around the words of a cell, in points.
const SIDE: f32 = 6.0;
const ABOVE: f32 = 6.0;

/// One column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) head: String,
    /// Points; they add up to the width of the page.
    pub(crate) width: f32,
    /// Figures end where their column ends.
    pub(crate) is_figure: bool,
}

/// As wide as asked for, or as the widest of these cells needs: a figure is never broken in two.
pub(crate) fn wide_enough<'c>(sheet: &Sheet, width: f32, cells: impl Iterator<Item = &'c String>) -> f32 {
    let lines = cells.flat_map(|cell| sheet.lines(cell, CELL, f32::MAX));
    // A little more, so that rounding breaks nothing either.
    lines
        .map(|line| line.width + 2.0 * SIDE + 0.5)
        .fold(width, f32::max)
}

/// Writes a table from where the page is written to; each row has as many cells as there are columns.
pub(crate) fn table(sheet: &mut Sheet, columns: &[Column], rows: &[Vec<String>]) {
    let head = HEAD.leading() + 2.0 * ABOVE;
    // Heads alone at the end of a page say nothing.
    sheet.keep(head + CELL.leading() + 2.0 * ABOVE);
    heads(sheet, columns);
    for row in rows {
        let cells: Vec<Vec<Line>> = row
            .iter()
            .zip(columns)
            .map(|(cell, column)| sheet.lines(cell, CELL, column.width - 2.0 * SIDE))
            .collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let height = (0..most).map(|_| CELL.leading()).sum::<f32>() + 2.0 * ABOVE;
        if sheet.keep(height) {
            heads(sheet, columns);
        }
        let top = sheet.y + ABOVE;
        let mut x = LEFT;
        for (lines, column) in cells.into_iter().zip(columns) {
            let mut y = top;
            for line in lines {
                let at = if column.is_figure {
                    x + column.width - SIDE - line.width
                } else {
                    x + SIDE
                };
                sheet.put((at, y), line, INK);
                y += CELL.leading();
            }
            x += column.width;
        }
        sheet.y += height;
        sheet.fill((LEFT, sheet.y), (RIGHT - LEFT, 0.5), HAIR);
    }
}

fn heads(sheet: &mut Sheet, columns: &[Column]) {
    let height = HEAD.leading() + 2.0 * ABOVE;
    sheet.fill((LEFT, sheet.y), (RIGHT - LEFT, height), TINT);
    let top = sheet.y + ABOVE;
    let mut x = LEFT;
    for column in columns {
        if column.is_figure {
            sheet.say_right((x + column.width - SIDE, top), &column.head, HEAD, MUTED);
        } else {
            sheet.say((x + SIDE, top), &column.head, HEAD, MUTED);
        }
        x += column.width;
    }
    sheet.y += height;
}
