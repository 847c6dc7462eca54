//! Pictures made from a number: the same number gives the same bytes, another one looks different.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use crate::simulator::chance::Chance;

/// Width and height of a made picture, in pixels.
const SIZE: (u32, u32) = (640, 480);
/// Cells of random colour across and down; they are smoothed into each other.
const CELLS: (u32, u32) = (9, 8);
/// Pixels of a cell before smoothing.
const CELL: u32 = 4;
/// Longest sides of the smaller sizes that the service keeps of a photo, in pixels.
const SMALLER: [u32; 3] = [90, 320, 800];
/// A picture beyond this is not decoded here: who sends a bomb wants the bot to meet it.
const LARGEST: u32 = 8_000;
const MOST_BYTES: u64 = 256 << 20;

/// One size of a photo.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) bytes: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// A JPEG of 640 × 480 pixels.
pub fn jpeg(seed: u64) -> Vec<u8> {
    encode(&paint(seed), 85)
}

/// The picture of the same seed as someone else's phone would save it: smaller, other bytes, the same look.
pub fn recompressed(seed: u64) -> Vec<u8> {
    encode(&paint(seed).resize_exact(560, 420, FilterType::Triangle), 60)
}

/// The picture of the same seed as PNG.
pub fn png(seed: u64) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    // Writing to memory fails only without memory.
    paint(seed).write_to(&mut bytes, ImageFormat::Png).ok();
    bytes.into_inner()
}

/// The sizes in which the service offers a photo, smallest first; the last are the bytes as they were given.
/// What cannot be decoded is offered in two equal sizes, for whoever downloads it to find out.
pub(crate) fn sizes(bytes: Vec<u8>) -> Vec<Size> {
    let Some(picture) = decode(&bytes) else {
        let (width, height) = (1280, 960);
        let whole = Size { bytes, width, height };
        return vec![whole.clone(), whole];
    };
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    let smaller = SMALLER.into_iter().filter(|side| *side < longest);
    let mut sizes: Vec<Size> = smaller
        .map(|side| {
            let small = picture.thumbnail(side, side);
            Size {
                width: small.width(),
                height: small.height(),
                bytes: encode(&small, 70),
            }
        })
        .collect();
    sizes.push(Size { bytes, width, height });
    sizes
}

/// Width and height, when the bytes begin as a picture does.
pub(crate) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.into_dimensions().ok()
}

fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    reader.decode().ok()
}

fn paint(seed: u64) -> DynamicImage {
    let mut chance = Chance::new(seed);
    let mut shade = || {
        let [a, b, c, ..] = chance.draw().to_le_bytes();
        Rgb([a, b, c])
    };
    let mut cells = RgbImage::new(CELLS.0 * CELL, CELLS.1 * CELL);
    for x in 0..CELLS.0 {
        for y in 0..CELLS.1 {
            let colour = shade();
            for at in 0..CELL * CELL {
                cells.put_pixel(x * CELL + at % CELL, y * CELL + at / CELL, colour);
            }
        }
    }
    DynamicImage::ImageRgb8(cells).resize_exact(SIZE.0, SIZE.1, FilterType::Triangle)
}

fn encode(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let rgb = DynamicImage::ImageRgb8(picture.to_rgb8());
    rgb.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
        .ok();
    bytes
}
