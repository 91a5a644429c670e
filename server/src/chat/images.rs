//! Pictures are decoded and written anew: what is kept holds no metadata (no place, no device) and nothing but pixels.
//! Runs on the blocking pool, one at a time for each core.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The bytes of an upload.
pub const LARGEST_UPLOAD_BYTES: usize = 10 * 1024 * 1024;
const LARGEST_SIDE: u32 = 12_000;
const LARGEST_MEMORY_BYTES: u64 = 256 * 1024 * 1024;
/// Enough to read a label on a box of medicine; a phone's photo shrinks to a few hundred kilobytes.
const KEPT_SIDE: u32 = 2_048;
const QUALITY: u8 = 82;

pub struct Picture {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    pub width: u32,
    pub height: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
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

/// Decodes a picture, turns it upright, shrinks it and encodes it as JPEG.
pub fn rewrite(upload: &[u8]) -> Result<Picture, ImageError> {
    if is_heic(upload) {
        return Err(ImageError::Heic);
    }
    let mut reader = ImageReader::new(Cursor::new(upload)).with_guessed_format().map_err(|_| ImageError::Broken)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(ImageError::UnknownFormat);
    }
    if reader.format() == Some(ImageFormat::Jpeg) && !has_end(upload) {
        return Err(ImageError::Broken);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(LARGEST_MEMORY_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > KEPT_SIDE {
        picture = picture.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    encode(&picture)
}

fn encode(picture: &DynamicImage) -> Result<Picture, ImageError> {
    let (width, height) = picture.dimensions();
    let mut bytes = Vec::new();
    let flat = on_white(picture);
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&flat).map_err(|_| ImageError::Broken)?;
    Ok(Picture { bytes, content_type: "image/jpeg", width, height })
}

/// JPEG knows no transparency: what was see-through becomes white instead of black.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let mut flat = image::RgbImage::new(picture.width(), picture.height());
    for (x, y, pixel) in picture.to_rgba8().enumerate_pixels() {
        let alpha = u16::from(pixel[3]);
        let blend = |channel: u8| ((u16::from(channel) * alpha + 255 * (255 - alpha)) / 255) as u8;
        flat.put_pixel(x, y, image::Rgb([blend(pixel[0]), blend(pixel[1]), blend(pixel[2])]));
    }
    DynamicImage::ImageRgb8(flat)
}

fn refusal(error: image::ImageError) -> ImageError {
    match error {
        image::ImageError::Limits(_) => ImageError::TooLarge,
        image::ImageError::Unsupported(_) => ImageError::UnknownFormat,
        _ => ImageError::Broken,
    }
}

/// Whether a JPEG goes on to its end marker. The decoder fills up what is missing with grey, and a half photo of a wound
/// must not look like a whole one. The segments are skipped by their length, since a thumbnail inside has an end too.
fn has_end(jpeg: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xDA;
    const END_OF_IMAGE: [u8; 2] = [0xFF, 0xD9];
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = jpeg.get(at..at + 4) {
        if *marker == START_OF_SCAN {
            return jpeg[at..].windows(2).any(|pair| pair == END_OF_IMAGE);
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    false
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
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::new_rgba8(width, height).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_written_anew_and_shrunk() {
        let picture = rewrite(&png(4_096, 1_024)).unwrap();
        assert_eq!((picture.width, picture.height), (2_048, 512));
        assert!(picture.bytes.starts_with(&[0xFF, 0xD8, 0xFF]), "it is a JPEG now");
    }

    #[test]
    fn what_is_see_through_becomes_white() {
        let picture = rewrite(&png(8, 8)).unwrap();
        let seen = image::load_from_memory(&picture.bytes).unwrap().to_rgb8();
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
        assert!(!picture.bytes.windows(4).any(|window| window == b"Exif"));
        assert!(!picture.bytes.windows(7).any(|window| window == b"Jakarta"));
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
}
