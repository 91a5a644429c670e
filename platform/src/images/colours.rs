//! Colours as they were meant: a profile says which red a picture's red is. What is kept has no profile, which means sRGB.

use std::sync::Arc;

use image::{Rgb, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions};

/// The way from a picture's colours to those of sRGB.
pub struct Colours {
    rgb: Arc<Transform8BitExecutor>,
    rgba: Arc<Transform8BitExecutor>,
}

impl Colours {
    /// Nothing where the profile cannot be read or is of no colours of three channels: the picture stays as it is.
    pub fn of(profile: &[u8]) -> Option<Self> {
        let from = ColorProfile::new_from_slice(profile).ok()?;
        if from.color_space != DataColorSpace::Rgb {
            return None;
        }
        let way = |layout| {
            from.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()).ok()
        };
        Some(Self { rgb: way(Layout::Rgb)?, rgba: way(Layout::Rgba)? })
    }

    pub fn convert(&self, picture: RgbImage) -> RgbImage {
        let mut converted = RgbImage::new(picture.width(), picture.height());
        match self.rgb.transform(&picture, &mut converted) {
            Ok(()) => converted,
            Err(_) => picture,
        }
    }

    pub fn convert_see_through(&self, picture: RgbaImage) -> RgbaImage {
        let mut converted = RgbaImage::new(picture.width(), picture.height());
        match self.rgba.transform(&picture, &mut converted) {
            Ok(()) => converted,
            Err(_) => picture,
        }
    }
}

/// JPEG knows no transparency: what was see-through becomes white instead of black.
pub fn on_white(picture: &RgbaImage) -> RgbImage {
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (x, y, pixel) in picture.enumerate_pixels() {
        let alpha = u16::from(pixel[3]);
        let blend = |channel: u8| ((u16::from(channel) * alpha + 255 * (255 - alpha)) / 255) as u8;
        flat.put_pixel(x, y, Rgb([blend(pixel[0]), blend(pixel[1]), blend(pixel[2])]));
    }
    flat
}
