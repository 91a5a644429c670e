//! What lies on a page. Points (1/72 inch), from the upper left corner.

use std::sync::Arc;

use super::fonts::FaceId;
use super::text::Line;

pub const PAGE_WIDTH: f32 = 595.28;
pub const PAGE_HEIGHT: f32 = 841.89;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

pub const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);
pub const CREAM: Colour = Colour(0xFF, 0xF9, 0xF2);
pub const SUNKEN: Colour = Colour(0xF8, 0xEF, 0xE3);
pub const EDGE: Colour = Colour(0xEE, 0xE3, 0xD5);
pub const INK: Colour = Colour(0x17, 0x32, 0x2F);
pub const INK_2: Colour = Colour(0x43, 0x5B, 0x56);
pub const INK_3: Colour = Colour(0x5C, 0x70, 0x6B);
pub const LEAF: Colour = Colour(0x0F, 0x9D, 0x8A);
pub const LEAF_TEXT: Colour = Colour(0x0A, 0x6B, 0x5F);
pub const LEAF_TINT: Colour = Colour(0xE1, 0xF3, 0xEF);
pub const OWNERS_BUBBLE: Colour = Colour(0xD5, 0xF0, 0xEA);

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub face: FaceId,
    pub size: f32,
    pub colour: Colour,
}

#[derive(Clone, Copy, Debug)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// Radii: upper left, upper right, lower right, lower left.
pub type Corners = [f32; 4];

#[derive(Debug)]
pub enum Mark {
    Text {
        x: f32,
        baseline: f32,
        style: Style,
        line: Line,
    },
    Panel {
        area: Area,
        corners: Corners,
        fill: Colour,
        edge: Option<Colour>,
    },
    /// A JPEG.
    Picture {
        area: Area,
        jpeg: Arc<Vec<u8>>,
    },
    Logo {
        x: f32,
        y: f32,
        side: f32,
    },
}

#[derive(Debug, Default)]
pub struct Page {
    pub marks: Vec<Mark>,
}
