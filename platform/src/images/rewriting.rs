//! Pictures are decoded and written anew: what is kept holds no metadata (no place, no device) and nothing but pixels.
//! In the same pass its renditions are made, and a placeholder of some 25 bytes to show until one of them is there.
//! Runs on the workers for pictures.

use std::borrow::Cow;
use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use sea_orm::entity::prelude::*;

use super::colours::{Colours, on_white};
use super::jpeg;
use super::renditions::{self, Format, Rendition, Size, Smaller, THUMBNAIL_SIDE, within};

/// The bytes of an upload.
pub const LARGEST_UPLOAD_BYTES: usize = 10 * 1024 * 1024;
const LARGEST_SIDE: u32 = 12_000;
/// What is sold as 50 megapixels has up to 8,192 × 6,144. A file of a few kilobytes may promise far more.
const LARGEST_PIXELS: u64 = 52_000_000;
/// The decoded pixels. A decoder takes as much again while it works, at the worst twice (a progressive JPEG).
const LARGEST_MEMORY_BYTES: u64 = 256 * 1024 * 1024;
/// Enough to read a label on a box of medicine; a phone's photo shrinks to a few hundred kilobytes.
const KEPT_SIDE: f64 = 2_048.0;
/// What is longer than that and narrow, such as a screenshot of a laboratory's results, stays as wide as a phone's screen,
const KEPT_WIDTH: f64 = 1_080.0;
/// up to so many pixels.
const KEPT_PIXELS: f64 = 8_000_000.0;
/// A face that fills a phone's width twice over; some 80 kilobytes.
const PORTRAIT_SIDE: u32 = 768;
/// The largest that ThumbHash takes.
const PLACEHOLDER_SIDE: u32 = 100;

/// What everything that was ever kept can be had as.
pub const CONTENT_TYPE: &str = "image/jpeg";

/// What a picture is for, and so how large it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A face, only ever looked at small.
    Portrait,
    /// Something to be looked at closely, such as a wound or a paper.
    Photo,
    /// A photo in a conversation, which shows its thumbnail.
    Message,
}

pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// A ThumbHash.
    pub placeholder: Vec<u8>,
    pub renditions: Vec<(Rendition, Vec<u8>)>,
}

impl Picture {
    /// The bytes of the JPEG of a size.
    pub fn jpeg(&self, size: Size) -> Option<&[u8]> {
        let wanted = Rendition { size, format: Format::Jpeg };
        self.renditions.iter().find(|(rendition, _)| *rendition == wanted).map(|(_, bytes)| bytes.as_slice())
    }
}

/// Why a file cannot become a picture. Remembered with the upload, in these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
pub enum ImageError {
    #[error("HEIC pictures cannot be decoded here")]
    Heic,
    #[error("the format is not one of JPEG, PNG and WebP")]
    UnknownFormat,
    #[error("the picture has too many pixels")]
    TooLarge,
    #[error("the picture is broken")]
    Broken,
}

/// Decodes a picture, turns it upright, shrinks it and encodes its renditions.
pub fn rewrite(upload: &[u8], shape: Shape) -> Result<Picture, ImageError> {
    let decoded = decode(upload)?;
    let (whole, smaller) = match shape {
        Shape::Portrait => (within(&decoded, PORTRAIT_SIDE), Smaller::Squares),
        Shape::Photo => (decoded, Smaller::Squares),
        Shape::Message => (decoded, Smaller::Thumbnail),
    };
    Ok(Picture {
        width: whole.width(),
        height: whole.height(),
        placeholder: thumb_hash(&within(&whole, THUMBNAIL_SIDE)),
        renditions: renditions::encode(&whole, smaller)?,
    })
}

/// The picture, upright, in sRGB and no larger than what is kept.
fn decode(upload: &[u8]) -> Result<RgbImage, ImageError> {
    if is_heic(upload) {
        return Err(ImageError::Heic);
    }
    let upload = &*with_end(upload);
    let mut decoder = decoder(upload)?;
    if is_of(upload, ImageFormat::Jpeg) && !jpeg::is_whole(upload, pixels)? {
        return Err(ImageError::Broken);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colours = decoder.icc_profile().ok().flatten().and_then(|profile| Colours::of(&profile));
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let (width, height) = kept_size(picture.width(), picture.height());
    if width < picture.width() {
        picture = picture.thumbnail_exact(width, height);
    }
    // Turned after it was shrunk: turning copies the whole picture.
    picture.apply_orientation(orientation);
    Ok(if picture.color().has_alpha() {
        let see_through = picture.into_rgba8();
        on_white(&colours.iter().fold(see_through, |picture, colours| colours.convert_see_through(picture)))
    } else {
        colours.iter().fold(picture.into_rgb8(), |picture, colours| colours.convert(picture))
    })
}

fn is_of(upload: &[u8], format: ImageFormat) -> bool {
    image::guess_format(upload).is_ok_and(|guessed| guessed == format)
}

/// A PNG whose end chunk was lost, with one: it says nothing, and the decoder asks for it.
fn with_end(upload: &[u8]) -> Cow<'_, [u8]> {
    const END: &[u8; 12] = b"\0\0\0\0IEND\xAE\x42\x60\x82";
    let has_end = !is_of(upload, ImageFormat::Png) || upload.windows(4).rev().any(|four| four == b"IEND");
    if has_end { Cow::Borrowed(upload) } else { Cow::Owned([upload, END].concat()) }
}

/// What the decoder makes of a file.
fn pixels(upload: &[u8]) -> Result<Vec<u8>, ImageError> {
    Ok(DynamicImage::from_decoder(decoder(upload)?).map_err(refusal)?.into_bytes())
}

/// The decoder of what the bytes are, whatever they are called, if it is not asked for too much.
fn decoder(upload: &[u8]) -> Result<impl ImageDecoder, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(upload)).with_guessed_format().map_err(|_| ImageError::Broken)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(ImageError::UnknownFormat);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(LARGEST_MEMORY_BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    // The limits above bound what a decoder takes for itself, not what it is asked to fill.
    if u64::from(width) * u64::from(height) > LARGEST_PIXELS || decoder.total_bytes() > LARGEST_MEMORY_BYTES {
        return Err(ImageError::TooLarge);
    }
    Ok(decoder)
}

/// In what size a picture is kept. The web app shrinks by the same rule (`shared/photos/shrink.ts`).
fn kept_size(width: u32, height: u32) -> (u32, u32) {
    let (wide, high) = (f64::from(width), f64::from(height));
    let narrow = (KEPT_WIDTH / wide.min(high)).min((KEPT_PIXELS / (wide * high)).sqrt());
    let scale = (KEPT_SIDE / wide.max(high)).max(narrow).min(1.0);
    let scaled = |length: f64| ((length * scale).round() as u32).max(1);
    (scaled(wide), scaled(high))
}

fn thumb_hash(picture: &RgbImage) -> Vec<u8> {
    let tiny = DynamicImage::ImageRgb8(within(picture, PLACEHOLDER_SIDE)).to_rgba8();
    thumbhash::rgba_to_thumb_hash(tiny.width() as usize, tiny.height() as usize, tiny.as_raw())
}

fn refusal(error: image::ImageError) -> ImageError {
    match error {
        image::ImageError::Limits(_) => ImageError::TooLarge,
        image::ImageError::Unsupported(_) => ImageError::UnknownFormat,
        _ => ImageError::Broken,
    }
}

/// ISO base media files whose brand says that they hold HEVC pictures, as iPhones make them.
fn is_heic(upload: &[u8]) -> bool {
    let brand = upload.get(4..12).unwrap_or_default();
    brand.starts_with(b"ftyp")
        && [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"].iter().any(|known| brand.ends_with(*known))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use image::ImageEncoder;
    use image::codecs::jpeg::JpegEncoder;

    use super::*;

    fn rewrite(upload: &[u8]) -> Result<Picture, ImageError> {
        super::rewrite(upload, Shape::Message)
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::new_rgba8(width, height).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_written_anew_and_shrunk() {
        let picture = rewrite(&png(4_000, 3_000)).unwrap();
        assert_eq!((picture.width, picture.height), (2_048, 1_536));
        assert!(picture.jpeg(Size::Whole).unwrap().starts_with(&[0xFF, 0xD8, 0xFF]), "it is a JPEG now");
    }

    #[test]
    fn what_is_long_and_narrow_stays_wide_enough_to_be_read() {
        for (given, kept) in [
            ((2_048, 2_048), (2_048, 2_048)),
            ((3_000, 4_000), (1_536, 2_048)),
            ((692, 5_939), (692, 5_939)),
            ((5_939, 692), (5_939, 692)),
            ((1_080, 7_000), (1_080, 7_000)),
            ((1_440, 6_000), (1_080, 4_500)),
            ((1_080, 12_000), (849, 9_428)),
            ((12_000, 1), (12_000, 1)),
        ] {
            assert_eq!(kept_size(given.0, given.1), kept, "{given:?}");
        }
    }

    #[test]
    fn a_thumbnail_is_at_most_480_pixels_long_and_never_larger_than_the_picture() {
        for (from, to) in
            [((4_096, 1_024), (480, 120)), ((30, 900), (16, 480)), ((12_000, 1), (480, 1)), ((64, 48), (64, 48))]
        {
            let picture = rewrite(&png(from.0, from.1)).unwrap();
            let thumbnail = image::load_from_memory(picture.jpeg(Size::Thumbnail).unwrap()).unwrap();
            assert_eq!((thumbnail.width(), thumbnail.height()), to, "{from:?}");
        }
    }

    #[test]
    fn a_portrait_is_at_most_768_pixels_long() {
        let portrait = super::rewrite(&png(2_000, 1_000), Shape::Portrait).unwrap();
        let seen = image::load_from_memory(portrait.jpeg(Size::Whole).unwrap()).unwrap();
        assert_eq!((seen.width(), seen.height()), (768, 384));
    }

    #[test]
    fn a_placeholder_is_tiny_and_has_the_colour_and_shape_of_the_picture() {
        let mut photo = Vec::new();
        let orange = RgbImage::from_pixel(600, 300, image::Rgb([230, 120, 40]));
        orange.write_to(&mut Cursor::new(&mut photo), ImageFormat::Png).unwrap();
        let placeholder = rewrite(&photo).unwrap().placeholder;
        assert!(placeholder.len() <= 30, "{} bytes", placeholder.len());
        let (red, green, blue, alpha) = thumbhash::thumb_hash_to_average_rgba(&placeholder).unwrap();
        assert!(red > green && green > blue && alpha > 0.99, "{red} {green} {blue} {alpha}");
        let ratio = thumbhash::thumb_hash_to_approximate_aspect_ratio(&placeholder).unwrap();
        assert!((1.5..=2.5).contains(&ratio), "{ratio}");
    }

    /// The beginning of a PNG that promises so much, and no pixels behind it.
    fn promise(width: u32, height: u32, bits_a_channel: u8) -> Vec<u8> {
        let crc = |bytes: &[u8]| {
            let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
        };
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        for (kind, data) in [(b"IHDR", [&size[..], &[bits_a_channel, 6, 0, 0, 0]].concat()), (b"IDAT", vec![0; 8])] {
            png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            let chunk = [&kind[..], &data].concat();
            png.extend(&chunk);
            png.extend(crc(&chunk).to_be_bytes());
        }
        png
    }

    #[test]
    fn a_small_file_cannot_promise_more_than_fits() {
        let as_phones_take_them = rewrite(&promise(8_192, 6_144, 8)).err();
        assert_eq!(as_phones_take_them, Some(ImageError::Broken), "nothing but the pixels is missing");
        for (width, height, bits) in [(12_000, 4_400, 8), (12_001, 1, 8), (100_000, 100_000, 8), (7_000, 5_000, 16)] {
            let refusal = rewrite(&promise(width, height, bits)).err();
            assert_eq!(refusal, Some(ImageError::TooLarge), "{width} × {height}, {bits} bits");
        }
    }

    #[test]
    fn what_is_see_through_becomes_white() {
        let picture = rewrite(&png(8, 8)).unwrap();
        let seen = image::load_from_memory(picture.jpeg(Size::Whole).unwrap()).unwrap().to_rgb8();
        assert!(seen.pixels().all(|pixel| pixel.0.iter().all(|channel| *channel > 250)));
    }

    #[test]
    fn a_phone_held_upright_stays_upright_and_its_metadata_goes() {
        let mut jpeg = Vec::new();
        let wide = DynamicImage::new_rgb8(40, 20);
        JpegEncoder::new_with_quality(&mut jpeg, 80).encode_image(&wide).unwrap();
        // An EXIF block that says "turn by 90 degrees" and names a place.
        let exif: &[u8] = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0Jakarta";
        let mut tagged = vec![0xFF, 0xD8, 0xFF, 0xE1];
        tagged.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        tagged.extend(exif);
        tagged.extend(&jpeg[2..]);
        let picture = rewrite(&tagged).unwrap();
        assert_eq!((picture.width, picture.height), (20, 40));
        for (rendition, bytes) in &picture.renditions {
            assert!(!bytes.windows(4).any(|window| window == b"Exif"), "{rendition:?}");
            assert!(!bytes.windows(7).any(|window| window == b"Jakarta"), "{rendition:?}");
        }
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        assert_eq!(rewrite(b"\0\0\0\x18ftypheic\0\0\0\0").err(), Some(ImageError::Heic));
        assert_eq!(rewrite(b"GIF89a").err(), Some(ImageError::UnknownFormat));
        assert_eq!(rewrite(b"plain text").err(), Some(ImageError::UnknownFormat));
        assert_eq!(rewrite(&png(12_001, 1)).err(), Some(ImageError::TooLarge));
        assert_eq!(rewrite(&png(64, 64)[..60]).err(), Some(ImageError::Broken));
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 80).encode_image(&DynamicImage::new_rgb8(200, 200)).unwrap();
        assert!(rewrite(&jpeg).is_ok());
        assert_eq!(rewrite(&jpeg[..jpeg.len() / 2]).err(), Some(ImageError::Broken));
    }

    /// A picture with something in every corner, since what is missing is drawn in grey.
    fn colourful() -> RgbImage {
        RgbImage::from_fn(400, 300, |x, y| image::Rgb([(x * 7 + y) as u8, (y * 5) as u8, (x ^ y) as u8]))
    }

    #[test]
    fn a_file_that_ends_too_soon_is_taken_when_every_row_is_there() {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&colourful()).unwrap();
        let seen = |file: &[u8]| rewrite(file).map(|picture| picture.renditions);
        assert!(
            seen(&jpeg[..jpeg.len() - 2]).unwrap() == seen(&jpeg).unwrap(),
            "nothing but the end marker is missing"
        );
        assert!(seen(&jpeg[..jpeg.len() - 1]).is_ok());
        for missing in [40, jpeg.len() / 10, jpeg.len() / 2, jpeg.len() - 700] {
            assert_eq!(
                seen(&jpeg[..jpeg.len() - missing]).err(),
                Some(ImageError::Broken),
                "without the last {missing}"
            );
        }
        let mut padded = [&jpeg[..2], &[0xFF, 0xFF], &jpeg[2..]].concat();
        assert!(seen(&padded).is_ok(), "bytes may stand before a marker");
        padded.extend(b"appended by a phone");
        assert!(seen(&padded).is_ok());
        let mut png = Vec::new();
        DynamicImage::ImageRgb8(colourful()).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        assert!(seen(&png[..png.len() - 12]).is_ok(), "nothing but the end chunk is missing");
        assert_eq!(seen(&png[..png.len() / 2]).err(), Some(ImageError::Broken));
    }

    #[test]
    fn colours_are_those_that_were_meant() {
        let profiles = [
            ("Display P3", moxcms::ColorProfile::new_display_p3(), [217, 41, 51]),
            ("Adobe RGB", moxcms::ColorProfile::new_adobe_rgb(), [229, 59, 58]),
        ];
        for (name, profile, meant) in profiles {
            let profile = profile.encode().unwrap();
            let red = RgbImage::from_pixel(32, 32, image::Rgb([200, 60, 60]));
            let mut jpeg = Vec::new();
            let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 100);
            encoder.set_icc_profile(profile.clone()).unwrap();
            encoder.encode_image(&red).unwrap();
            let mut png = Vec::new();
            let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
            encoder.set_icc_profile(profile).unwrap();
            let see_through = DynamicImage::ImageRgb8(red).into_rgba8();
            encoder.write_image(&see_through, 32, 32, image::ExtendedColorType::Rgba8).unwrap();
            for file in [jpeg, png] {
                let seen = rewrite(&file).unwrap();
                let seen = image::load_from_memory(seen.jpeg(Size::Whole).unwrap()).unwrap().to_rgb8();
                let seen = seen.get_pixel(16, 16).0;
                let is_near = seen.iter().zip(meant).all(|(seen, meant)| seen.abs_diff(meant) <= 6);
                assert!(is_near, "{name}: {seen:?} instead of {meant:?}");
            }
        }
    }

    #[test]
    fn a_profile_that_cannot_be_read_leaves_the_colours_alone() {
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 100);
        encoder.set_icc_profile(b"no profile".repeat(20)).unwrap();
        encoder.encode_image(&RgbImage::from_pixel(32, 32, image::Rgb([200, 60, 60]))).unwrap();
        let seen = rewrite(&jpeg).unwrap();
        let seen = image::load_from_memory(seen.jpeg(Size::Whole).unwrap()).unwrap().to_rgb8();
        assert!(seen.get_pixel(16, 16).0.iter().zip([200, 60, 60]).all(|(seen, meant)| seen.abs_diff(meant) <= 3));
    }
}
