//! Pictures and papers made here, byte for byte.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A motif of coloured blocks; another seed is another motif.
pub(crate) fn scene(seed: u32, width: u32, height: u32) -> RgbImage {
    let shade = |x: u32, y: u32, layer: u32| {
        let mut n = seed
            .wrapping_mul(0x9e37_79b9)
            .wrapping_add(x.wrapping_mul(0x85eb_ca6b))
            .wrapping_add(y.wrapping_mul(0xc2b2_ae35))
            .wrapping_add(layer);
        n ^= n >> 15;
        n = n.wrapping_mul(0x2c1b_3c6d);
        n ^= n >> 12;
        n.to_le_bytes()[1]
    };
    RgbImage::from_fn(width, height, |x, y| {
        let (column, row) = (x * 12 / width, y * 10 / height);
        Rgb([0, 1, 2].map(|layer| shade(column, row, layer / 3)))
    })
}

pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Bytes {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(picture)
        .expect("encoded");
    bytes.into()
}

pub(crate) fn encoded(picture: RgbImage, format: ImageFormat) -> Bytes {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut bytes, format)
        .expect("encoded");
    bytes.into_inner().into()
}

/// A JPEG whose camera noted how it was held, and where (EXIF, tags 0x0112 and 0x8825).
pub(crate) fn with_exif(jpeg: &[u8], orientation: u8) -> Bytes {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(b"GPSSECRET");
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]]
        .concat()
        .into()
}

/// A PNG that claims this size and has nothing in it.
pub(crate) fn png_header(width: u32, height: u32) -> Bytes {
    png_of(width, height, [8, 2])
}

/// As [`png_header`], with a depth in bits and a kind of colour (PNG specification, 11.2.1).
pub(crate) fn png_of(width: u32, height: u32, [depth, colour]: [u8; 2]) -> Bytes {
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([depth, colour, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [head.as_slice(), b"IDAT", b"IEND"] {
        png.extend(u32::try_from(chunk.len() - 4).expect("short").to_be_bytes());
        png.extend(chunk);
        png.extend(crc(chunk).to_be_bytes());
    }
    png.into()
}

/// As PNG and zip want it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

pub(crate) fn pdf() -> Bytes {
    Bytes::from_static(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
}

/// An archive without files.
pub(crate) fn zip() -> Bytes {
    let mut zip = b"PK\x05\x06".to_vec();
    zip.extend([0; 18]);
    zip.into()
}

/// A voice note of two pages, as far as the outline goes: an Opus head, and sound.
pub(crate) fn voice() -> Bytes {
    let page = |body: &[u8]| {
        let mut page = b"OggS".to_vec();
        page.extend([0; 22]);
        page.push(1);
        page.push(u8::try_from(body.len()).expect("a short page"));
        page.extend(body);
        page
    };
    [
        page(b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0"),
        page(&[7; 200]),
    ]
    .concat()
    .into()
}

/// A film of two boxes, of this brand.
pub(crate) fn film(brand: [u8; 4]) -> Bytes {
    let boxed = |name: [u8; 4], body: &[u8]| {
        let length = u32::try_from(8 + body.len()).expect("a short box");
        [length.to_be_bytes().as_slice(), &name, body].concat()
    };
    let head = [brand.as_slice(), &[0, 0, 2, 0], b"isom"].concat();
    [boxed(*b"ftyp", &head), boxed(*b"mdat", &[9; 300])]
        .concat()
        .into()
}
