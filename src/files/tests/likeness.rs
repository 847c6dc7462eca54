//! The same motif is recognised, another is not, and what shows nothing is like nothing.

use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgb, RgbImage};

use crate::files::likeness::{ALIKE, distance, hash};
use crate::files::tests::samples::{jpeg, scene};

fn hash_of(picture: &RgbImage) -> Option<i64> {
    hash(&DynamicImage::ImageRgb8(picture.clone()).into_luma8())
}

#[test]
fn the_same_photo_sent_in_another_way_is_alike() {
    for seed in 0..20 {
        let photo = scene(seed, 1280, 960);
        let original = hash_of(&photo).expect("a motif");
        let smaller = imageops::resize(&photo, 640, 480, FilterType::Lanczos3);
        let squeezed = image::load_from_memory(&jpeg(&smaller, 40))
            .expect("a picture")
            .to_rgb8();
        let brighter = imageops::brighten(&photo, 12);
        for copy in [smaller, squeezed, brighter] {
            let apart = distance(original, hash_of(&copy).expect("a motif"));
            assert!(apart <= ALIKE, "seed {seed}: {apart} bits");
        }
    }
}

#[test]
fn other_photos_are_not_alike() {
    let hashes: Vec<i64> = (0..60)
        .map(|seed| hash_of(&scene(seed, 320, 240)).expect("a motif"))
        .collect();
    for (n, one) in hashes.iter().enumerate() {
        for other in &hashes[n + 1..] {
            let apart = distance(*one, *other);
            assert!(apart > ALIKE, "{apart} bits");
        }
    }
}

#[test]
fn what_shows_nothing_is_like_nothing() {
    let plain = |shade: u8| RgbImage::from_pixel(200, 150, Rgb([shade; 3]));
    for picture in [plain(0), plain(128), plain(255)] {
        assert_eq!(hash_of(&picture), None);
    }
    let noisy = RgbImage::from_fn(200, 150, |x, y| {
        Rgb([u8::try_from((x * 7 + y * 13) % 9).unwrap() + 100; 3])
    });
    assert_eq!(hash_of(&noisy), None, "a wall");
    let dusk = RgbImage::from_fn(200, 150, |x, _| Rgb([u8::try_from(x).unwrap(); 3]));
    assert_eq!(hash_of(&dusk), None, "a gradient");
}

#[test]
fn distances_count_bits() {
    assert_eq!(distance(0, 0), 0);
    assert_eq!(distance(0, -1), 64);
    assert_eq!(distance(i64::MIN, 0), 1);
}
