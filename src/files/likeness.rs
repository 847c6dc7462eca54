//! Whether two pictures show the same: a difference hash of 64 bits.
//!
//! The picture is reduced to nine by eight shades of grey; each bit says whether a shade is brighter than its
//! right neighbour. Scaling, another compression and a brighter screen change few bits; another motif changes
//! about half of them.

use image::GrayImage;
use image::imageops::{FilterType, resize};

/// Pictures that differ in no more bits show the same. Telegram's own compression of one photo, at its
/// three sizes, moves up to four; among 64 random bits so few differ once in two million million pairs.
pub const ALIKE: u32 = 5;

/// Shades that a picture must span, of 255: a wall, a dark room or a sheet of paper has no features of its own.
const LEAST_CONTRAST: u8 = 24;
/// Bits of either kind that a hash must have: a mere gradient has nearly none of one kind, and all
/// gradients are alike.
const LEAST_BITS: u32 = 6;

/// The hash of a picture; `None` when it shows too little to be told from others.
pub(crate) fn hash(picture: &GrayImage) -> Option<i64> {
    let shades = resize(picture, 9, 8, FilterType::Triangle);
    let (darkest, brightest) = shades.pixels().fold((u8::MAX, u8::MIN), |(low, high), p| {
        (low.min(p[0]), high.max(p[0]))
    });
    if brightest - darkest < LEAST_CONTRAST {
        return None;
    }
    let bits = (0..8).flat_map(|y| (0..8).map(move |x| (x, y)));
    let hash = bits.fold(0_u64, |hash, (x, y)| {
        let is_brighter = shades.get_pixel(x, y)[0] > shades.get_pixel(x + 1, y)[0];
        (hash << 1) | u64::from(is_brighter)
    });
    let ones = hash.count_ones();
    let telling = (LEAST_BITS..=64 - LEAST_BITS).contains(&ones);
    telling.then_some(hash.cast_signed())
}

/// In how many bits two hashes differ.
pub fn distance(one: i64, other: i64) -> u32 {
    (one ^ other).count_ones()
}
