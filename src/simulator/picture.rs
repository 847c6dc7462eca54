//! Pictures made from a number: the same number gives the same bytes, another one looks different.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use crate::simulator::chance::Chance;

/// Width and height of a made picture, in pixels.
const SIZE: (u32, u32) = (640, 480);
/// Cells of random light across and down; they are smoothed into each other.
const CELLS: (u32, u32) = (9, 8);
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

/// A wall out of focus, and before it a box with lights: enough to be told from any other.
fn paint(seed: u64) -> DynamicImage {
    let mut chance = Chance::new(seed);
    let [tint, warmth, ..] = chance.draw().to_le_bytes();
    let mut cells = RgbImage::new(CELLS.0, CELLS.1);
    for cell in cells.pixels_mut() {
        let [light, ..] = chance.draw().to_le_bytes();
        let light = 40 + light / 3 * 2;
        *cell = Rgb([
            light.saturating_add(warmth / 8),
            light.saturating_add(tint / 16),
            light.saturating_sub(warmth / 8).saturating_add(tint / 8),
        ]);
    }
    let wall = DynamicImage::ImageRgb8(cells).resize_exact(SIZE.0, SIZE.1, FilterType::CatmullRom);
    let mut picture = wall.to_rgb8();
    let mut within = |end: u64| u32::try_from(chance.below(end)).unwrap_or_default();
    let (left, top) = (40 + within(330), 40 + within(250));
    let (width, height) = (150 + within(80), 90 + within(60));
    fill(
        &mut picture,
        (left + 6, top + 8),
        (width, height),
        Rgb([38, 42, 46]),
    );
    fill(&mut picture, (left, top), (width, height), Rgb([226, 229, 232]));
    fill(
        &mut picture,
        (left + 12, top + 14),
        (width / 3, 16),
        Rgb([15, 118, 110]),
    );
    for light in 0..5 {
        let colour = if within(4) == 0 {
            [220, 38, 38]
        } else {
            [34, 197, 94]
        };
        let at = (left + 14 + light * 24, top + height - 26);
        fill(&mut picture, at, (10, 10), Rgb(colour));
    }
    DynamicImage::ImageRgb8(picture)
}

/// Fills a part of a picture; what lies outside is left out.
fn fill(picture: &mut RgbImage, (left, top): (u32, u32), (width, height): (u32, u32), colour: Rgb<u8>) {
    for x in left..(left + width).min(SIZE.0) {
        for y in top..(top + height).min(SIZE.1) {
            picture.put_pixel(x, y, colour);
        }
    }
}

fn encode(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let rgb = DynamicImage::ImageRgb8(picture.to_rgb8());
    rgb.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
        .ok();
    bytes
}
