//! The renditions of a picture: the whole, and smaller ones for where it is drawn small. Each is a JPEG, which everything can
//! show, and beside it a WebP of about half the bytes.

use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;

use super::rewriting::ImageError;

const JPEG_QUALITY: u8 = 82;
const THUMBNAIL_QUALITY: u8 = 72;
const WEBP_QUALITY: f32 = 75.0;
/// A bubble of the chat on a phone with three pixels to the point, and a tile on a large screen.
pub(super) const THUMBNAIL_SIDE: u32 = 480;
/// The sides of the squares that smaller renditions cover: faces and tiles are cut to squares.
const SQUARES: [(Size, u32); 3] = [(Size::Square96, 96), (Size::Square192, 192), (Size::Square384, 384)];
/// A picture that is nowhere longer is kept as it is: there is nothing to save.
const SMALL: u32 = 96;

/// How large a picture is wanted, or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Square96,
    Square192,
    Square384,
    /// At most 480 pixels long.
    Thumbnail,
    Whole,
}

impl Size {
    /// From the smallest to the largest.
    pub const ALL: [Self; 5] = [Self::Square96, Self::Square192, Self::Square384, Self::Thumbnail, Self::Whole];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Square96 => "-96",
            Self::Square192 => "-192",
            Self::Square384 => "-384",
            Self::Thumbnail => "-thumbnail",
            Self::Whole => "",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Webp,
    Jpeg,
}

/// One of the objects that a picture is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendition {
    pub size: Size,
    pub format: Format,
}

impl Rendition {
    /// All that a picture may have, the smallest first.
    pub fn all() -> impl Iterator<Item = Self> {
        Size::ALL.into_iter().flat_map(|size| [Format::Webp, Format::Jpeg].map(|format| Self { size, format }))
    }

    /// What its name adds to the name of the picture: nothing, where it is the whole as JPEG.
    pub fn suffix(self) -> String {
        let ending = if self.format == Format::Webp { ".webp" } else { "" };
        format!("{}{ending}", self.size.suffix())
    }

    pub const fn content_type(self) -> &'static str {
        match self.format {
            Format::Webp => "image/webp",
            Format::Jpeg => super::CONTENT_TYPE,
        }
    }
}

/// The sizes in which a picture is kept beside the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Smaller {
    Squares,
    Thumbnail,
}

/// Encodes a picture in every rendition that is of use.
pub(super) fn encode(whole: &RgbImage, smaller: Smaller) -> Result<Vec<(Rendition, Vec<u8>)>, ImageError> {
    let smaller: Vec<(Size, RgbImage)> = match smaller {
        Smaller::Thumbnail => vec![(Size::Thumbnail, within(whole, THUMBNAIL_SIDE))],
        Smaller::Squares => {
            let shortest = whole.width().min(whole.height());
            let wanted = SQUARES.into_iter().filter(|(_, side)| *side < shortest);
            wanted.map(|(size, side)| (size, covering(whole, side))).collect()
        }
    };
    let is_small = whole.width().max(whole.height()) <= SMALL;
    let mut encoded = Vec::new();
    for (size, picture) in smaller.iter().map(|(size, picture)| (*size, picture)).chain([(Size::Whole, whole)]) {
        let quality = if size == Size::Thumbnail { THUMBNAIL_QUALITY } else { JPEG_QUALITY };
        encoded.push((Rendition { size, format: Format::Jpeg }, jpeg(picture, quality)?));
        if !is_small {
            encoded.push((Rendition { size, format: Format::Webp }, webp(picture)?));
        }
    }
    Ok(encoded)
}

/// The picture itself, or a smaller one that fits into a square.
pub(super) fn within(picture: &RgbImage, side: u32) -> RgbImage {
    let longest = picture.width().max(picture.height());
    if longest <= side {
        return picture.clone();
    }
    scaled(picture, side, longest)
}

/// A smaller one that just covers a square.
fn covering(picture: &RgbImage, side: u32) -> RgbImage {
    scaled(picture, side, picture.width().min(picture.height()))
}

fn scaled(picture: &RgbImage, to: u32, from: u32) -> RgbImage {
    let scaled = |length: u32| (length * to / from).max(1);
    image::imageops::thumbnail(picture, scaled(picture.width()), scaled(picture.height()))
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).map_err(|_| ImageError::Broken)?;
    Ok(bytes)
}

/// Not by `encode`, which panics where this one says no.
fn webp(picture: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let encoder = webp::Encoder::from_rgb(picture, picture.width(), picture.height());
    let bytes = encoder.encode_simple(false, WEBP_QUALITY).map_err(|_| ImageError::Broken)?;
    Ok(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    fn sides(width: u32, height: u32, smaller: Smaller) -> Vec<(String, u32, u32)> {
        let encoded = encode(&RgbImage::new(width, height), smaller).unwrap();
        let seen = encoded.iter().map(|(rendition, bytes)| {
            let picture = image::load_from_memory(bytes).unwrap();
            (rendition.suffix(), picture.width(), picture.height())
        });
        seen.collect()
    }

    #[test]
    fn smaller_ones_cover_their_squares_and_every_size_is_there_in_both_formats() {
        let both =
            |name: &str, width, height| [(name.to_owned(), width, height), (format!("{name}.webp"), width, height)];
        let expected = [both("-96", 192, 96), both("-192", 384, 192), both("", 768, 384)].concat();
        assert_eq!(sides(768, 384, Smaller::Squares), expected);
        let expected = [both("-thumbnail", 480, 240), both("", 1_000, 500)].concat();
        assert_eq!(sides(1_000, 500, Smaller::Thumbnail), expected);
    }

    #[test]
    fn a_small_picture_is_one_object_and_in_the_chat_two() {
        assert_eq!(sides(96, 64, Smaller::Squares), [(String::new(), 96, 64)]);
        assert_eq!(sides(64, 96, Smaller::Thumbnail), [("-thumbnail".to_owned(), 64, 96), (String::new(), 64, 96)]);
    }

    #[test]
    fn what_is_all_one_line_is_encoded_too() {
        assert_eq!(sides(2_048, 1, Smaller::Squares).len(), 2);
    }
}
