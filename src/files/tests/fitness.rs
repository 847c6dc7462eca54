//! What is taken and what is not, each with its reason.

use bytes::Bytes;
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};

use crate::config::storage::{Storage, StorageUrl};
use crate::files::tests::samples::{
    encoded, film, jpeg, pdf, png_header, png_of, scene, voice, with_exif, zip,
};
use crate::files::{Accept, Files, Inspected, MOST_BYTES, Media, Unfit};

async fn look(bytes: Bytes, accept: Accept) -> Result<Inspected, Unfit> {
    let folder = tempfile::tempdir().expect("a folder");
    let url = StorageUrl::Folder(folder.path().to_owned());
    let files = Files::open(&Storage { url }).await.expect("opened");
    files.inspect(bytes, accept).await
}

async fn refused(bytes: Bytes) -> Unfit {
    look(bytes, Accept::Paper).await.expect_err("unfit")
}

#[tokio::test]
async fn photos_of_each_kind_are_taken() {
    for (format, media) in [
        (ImageFormat::Jpeg, Media::Jpeg),
        (ImageFormat::Png, Media::Png),
        (ImageFormat::WebP, Media::Webp),
    ] {
        let found = look(encoded(scene(1, 2000, 1000), format), Accept::Photo).await;
        let found = found.expect("fit");
        assert_eq!(found.media, media);
        assert_eq!(found.sha256, crate::files::hash(&found.bytes));
        let seen = found.picture.expect("a picture");
        assert_eq!((seen.width, seen.height), (2000, 1000));
        assert!(seen.perceptual.is_some());
        let small = image::load_from_memory(&seen.small).expect("a picture");
        let large = image::load_from_memory(&seen.large).expect("a picture");
        assert_eq!(
            (small.dimensions(), large.dimensions()),
            ((480, 240), (1600, 800))
        );
    }
}

#[tokio::test]
async fn small_photos_are_not_blown_up() {
    let found = look(jpeg(&scene(1, 320, 200), 90), Accept::Photo)
        .await
        .expect("fit");
    let small = image::load_from_memory(&found.picture.expect("a picture").small).expect("a picture");
    assert_eq!(small.dimensions(), (320, 200));
}

#[tokio::test]
async fn films_and_sounds_are_taken_where_anything_is_wanted() {
    for (bytes, media) in [
        (voice(), Media::Ogg),
        (film(*b"mp42"), Media::Mp4),
        (film(*b"3gp5"), Media::ThreeGp),
        (film(*b"M4A "), Media::M4a),
        (Bytes::from_static(b"ID3\x04\0\0\0\0\0\0"), Media::Mp3),
        (
            Bytes::from_static(b"#!AMR\n\x3c\x91\x17\x16\xbe\x66\x79"),
            Media::Amr,
        ),
        (pdf(), Media::Pdf),
    ] {
        let found = look(bytes.clone(), Accept::Anything).await.expect("fit");
        assert_eq!((found.media, found.picture.is_none()), (media, true));
        if media.is_played() {
            assert_eq!(
                look(bytes, Accept::Paper).await.expect_err("unfit"),
                Unfit::Unknown
            );
        }
    }
}

#[tokio::test]
async fn films_and_sounds_must_be_whole_and_one() {
    for whole in [voice(), film(*b"isom")] {
        let cut = whole.slice(..whole.len() - 50);
        assert_eq!(
            look(cut, Accept::Anything).await.expect_err("unfit"),
            Unfit::CutShort
        );
    }
    let two = Bytes::from([voice(), zip()].concat());
    assert_eq!(
        look(two, Accept::Anything).await.expect_err("unfit"),
        Unfit::TwoInOne
    );
    // What is no film in a name that says so.
    let page = Bytes::from_static(b"<html><script>alert(1)</script></html>");
    assert_eq!(
        look(page, Accept::Anything).await.expect_err("unfit"),
        Unfit::Unknown
    );
}

#[tokio::test]
async fn papers_are_taken_where_papers_are_wanted() {
    let found = look(pdf(), Accept::Paper).await.expect("fit");
    assert_eq!((found.media, found.picture.is_none()), (Media::Pdf, true));
    assert_eq!(
        look(pdf(), Accept::Photo).await.expect_err("unfit"),
        Unfit::NotAPhoto
    );
    let mut signed = pdf().to_vec();
    signed.extend(b"\r\n% signed by someone\r\n");
    look(signed.into(), Accept::Paper)
        .await
        .expect("blanks and notes behind the end");
    assert_eq!(refused(pdf().slice(..40)).await, Unfit::CutShort);
}

#[tokio::test]
async fn the_camera_may_be_held_in_any_way() {
    // Left half white, right half black; held so that the picture must be turned clockwise.
    let halves = RgbImage::from_fn(200, 100, |x, _| Rgb(if x < 100 { [255; 3] } else { [0; 3] }));
    let turned = with_exif(&jpeg(&halves, 95), 6);
    let seen = look(turned, Accept::Photo)
        .await
        .expect("fit")
        .picture
        .expect("a picture");
    assert_eq!((seen.width, seen.height), (100, 200));
    let small = image::load_from_memory(&seen.small)
        .expect("a picture")
        .to_luma8();
    assert_eq!(small.dimensions(), (100, 200));
    assert!(small.get_pixel(50, 20)[0] > 200 && small.get_pixel(50, 180)[0] < 50);
}

#[tokio::test]
async fn what_the_camera_noted_is_not_shown() {
    let noted = with_exif(&jpeg(&scene(3, 800, 600), 90), 1);
    let found = look(noted, Accept::Photo).await.expect("fit");
    let seen = found.picture.expect("a picture");
    for shown in [&seen.small, &seen.large] {
        let has = |word: &[u8]| shown.windows(word.len()).any(|window| window == word);
        assert!(!has(b"Exif") && !has(b"GPSSECRET"));
    }
}

#[tokio::test]
async fn nothing_and_too_much_are_refused() {
    assert_eq!(refused(Bytes::new()).await, Unfit::Empty);
    assert_eq!(refused(vec![0xff; MOST_BYTES + 1].into()).await, Unfit::TooLarge);
}

#[tokio::test]
async fn names_and_first_bytes_are_not_enough() {
    let text = Bytes::from_static(b"foto rumah pelanggan.jpg, sungguh");
    assert_eq!(refused(text).await, Unfit::Unknown);
    assert_eq!(refused(zip()).await, Unfit::Unknown);
    assert_eq!(
        refused(Bytes::from_static(b"GIF89a\x01\0\x01\0\0\0\0;")).await,
        Unfit::Unknown
    );
    let page = Bytes::from_static(b"<html><script>alert(1)</script></html>");
    assert_eq!(refused(page).await, Unfit::Unknown);
    let mut dressed = b"\xff\xd8\xff\xe0".to_vec();
    dressed.extend(b"<script>alert(1)</script>");
    assert_eq!(refused(dressed.into()).await, Unfit::CutShort);
}

#[tokio::test]
async fn half_a_file_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(scene(4, 640, 480), format);
        for part in [whole.len() / 3, whole.len() / 2, whole.len() - 1] {
            let refusal = refused(whole.slice(..part)).await;
            assert_eq!(refusal, Unfit::CutShort, "{format:?} {part}");
        }
    }
    // A preview inside has an end of its own; the picture around it has none.
    let preview = jpeg(&scene(4, 64, 48), 80);
    let mut holding = vec![0xff, 0xd8, 0xff, 0xe2];
    holding.extend(u16::try_from(preview.len() + 2).expect("short").to_be_bytes());
    holding.extend(&preview);
    let whole = jpeg(&scene(4, 640, 480), 80);
    holding.extend(&whole[2..whole.len() / 2]);
    assert_eq!(refused(holding.into()).await, Unfit::CutShort);
}

#[tokio::test]
async fn broken_pixels_are_refused() {
    let mut broken = encoded(scene(4, 640, 480), ImageFormat::Png).to_vec();
    let middle = broken.len() / 2;
    broken[middle..middle + 64].fill(0x5a);
    assert_eq!(refused(broken.into()).await, Unfit::Unreadable);
}

#[tokio::test]
async fn two_files_in_one_are_refused() {
    let photo = jpeg(&scene(5, 320, 240), 80);
    let page = Bytes::from_static(b"\n<!DOCTYPE html><html><script>alert(1)</script></html>");
    for other in [zip(), pdf(), page] {
        let both = [photo.as_ref(), other.as_ref()].concat();
        assert_eq!(refused(both.into()).await, Unfit::TwoInOne);
        let both = [
            encoded(scene(5, 320, 240), ImageFormat::Png).as_ref(),
            other.as_ref(),
        ]
        .concat();
        assert_eq!(refused(both.into()).await, Unfit::TwoInOne);
    }
    // An archive with something before it is still one to whoever reads it from its end.
    let hidden = [photo.as_ref(), b"....", zip().as_ref()].concat();
    assert_eq!(refused(hidden.into()).await, Unfit::TwoInOne);
    // A PDF in a comment of the picture, where readers of PDFs still find it.
    let note = b"%PDF-1.4 ";
    let length = u16::try_from(note.len() + 2).expect("short").to_be_bytes();
    let both = [&photo[..2], &[0xff, 0xfe], &length, note, &photo[2..]].concat();
    assert_eq!(refused(both.into()).await, Unfit::TwoInOne);
    let both = [pdf().as_ref(), zip().as_ref()].concat();
    assert_eq!(refused(both.into()).await, Unfit::TwoInOne);
    // What cameras put behind a photo: another photo, padding.
    let camera = [photo.as_ref(), &[0; 32], jpeg(&scene(6, 64, 48), 80).as_ref()].concat();
    look(camera.into(), Accept::Photo)
        .await
        .expect("a photo with a preview behind it");
}

#[tokio::test]
async fn claims_without_pixels_cost_nothing() {
    assert_eq!(refused(png_header(30_000, 30_000)).await, Unfit::TooManyPixels);
    assert_eq!(refused(png_header(u32::MAX / 2, 8)).await, Unfit::TooManyPixels);
    assert_eq!(refused(png_header(2000, 1000)).await, Unfit::Unreadable);
}

#[tokio::test]
async fn a_bomb_does_not_go_off() {
    // Forty-nine million pixels, and four hundred megabytes: red, green, blue and transparency of 16 bits.
    assert_eq!(refused(png_of(7000, 7000, [16, 6])).await, Unfit::TooManyPixels);
    let deep = DynamicImage::new_rgba16(64, 64);
    let mut bytes = std::io::Cursor::new(Vec::new());
    deep.write_to(&mut bytes, ImageFormat::Png).expect("encoded");
    look(bytes.into_inner().into(), Accept::Photo)
        .await
        .expect("sixteen bits are no sin");
    let black = encoded(RgbImage::new(9000, 6000), ImageFormat::Png);
    assert!(black.len() < MOST_BYTES / 10);
    assert_eq!(refused(black).await, Unfit::TooManyPixels);
}

#[tokio::test]
async fn dots_are_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        assert_eq!(refused(encoded(scene(7, 1, 1), format)).await, Unfit::TooSmall);
    }
    assert_eq!(
        refused(encoded(scene(7, 4000, 4), ImageFormat::Png)).await,
        Unfit::TooSmall
    );
}

#[tokio::test]
async fn what_is_transparent_is_white() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::new_rgba8(100, 100)
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("encoded");
    let found = look(bytes.into_inner().into(), Accept::Photo).await.expect("fit");
    let seen = found.picture.expect("a picture");
    let small = image::load_from_memory(&seen.small)
        .expect("a picture")
        .to_luma8();
    assert!(small.get_pixel(50, 50)[0] > 250);
    assert_eq!(seen.perceptual, None, "a white sheet is like any other");
}

#[test]
fn every_reason_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<&str> = Unfit::ALL.iter().map(|unfit| unfit.code()).collect();
    assert_eq!(names.len(), Unfit::ALL.len());
}
