//! A photo decoded within limits, and the smaller pictures that are shown of it.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, Rgb, RgbImage};

use crate::files::fitness::{LEAST_SIDE, MOST_MEMORY, MOST_PIXELS, Media, Unfit};
use crate::files::{Seen, likeness};

/// The longer side of the pictures that are shown, in pixels.
const SMALL: u32 = 480;
const LARGE: u32 = 1600;
/// JPEG's quality: text on a photographed sheet stays readable.
const QUALITY: u8 = 82;

/// A decoded photo and how its camera was held.
pub(crate) struct Picture {
    pixels: DynamicImage,
    orientation: Orientation,
}

impl Picture {
    /// Decodes the whole picture; its size is looked at before memory is taken for it.
    pub(crate) fn decode(bytes: &[u8], media: Media) -> Result<Self, Unfit> {
        let format = media.format().ok_or(Unfit::NotAPhoto)?;
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|error| unfit(&error))?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
            return Err(Unfit::TooManyPixels);
        }
        if width.min(height) < LEAST_SIDE {
            return Err(Unfit::TooSmall);
        }
        // A camera's notes that make no sense say nothing about the picture.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let pixels = DynamicImage::from_decoder(decoder).map_err(|error| unfit(&error))?;
        Ok(Self { pixels, orientation })
    }

    /// What is shown of it, and what tells it from others.
    pub(crate) fn seen(self) -> Result<Seen, Unfit> {
        let turned = matches!(
            self.orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let (width, height) = (self.pixels.width(), self.pixels.height());
        // Turning is cheap once the picture is small, and the box is square.
        let mut large = within(self.pixels, LARGE);
        large.apply_orientation(self.orientation);
        let large = on_white(&large);
        let small = on_white(&within(DynamicImage::ImageRgb8(large.clone()), SMALL));
        let grey = DynamicImage::ImageRgb8(small.clone()).into_luma8();
        Ok(Seen {
            width: if turned { height } else { width },
            height: if turned { width } else { height },
            perceptual: likeness::hash(&grey),
            small: jpeg(&small)?,
            large: jpeg(&large)?,
        })
    }
}

/// The picture, made smaller if it is larger.
fn within(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        return picture;
    }
    picture.thumbnail(side, side)
}

/// The picture as it looks on paper: a JPEG has nothing to see through.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let see_through = picture.to_rgba8();
    RgbImage::from_fn(see_through.width(), see_through.height(), |x, y| {
        let [red, green, blue, alpha] = see_through.get_pixel(x, y).0;
        let mix = |shade: u8| {
            let mixed = (u16::from(shade) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb([mix(red), mix(green), mix(blue)])
    })
}

/// Nothing but pixels: what the camera noted beside them stays behind.
fn jpeg(picture: &RgbImage) -> Result<Bytes, Unfit> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(picture)
        .map_err(|error| unfit(&error))?;
    Ok(bytes.into())
}

fn unfit(error: &ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::TooManyPixels,
        _ => Unfit::Unreadable,
    }
}
