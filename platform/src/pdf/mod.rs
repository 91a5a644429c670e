//! Documents to keep: A4, in our colours and typeface, the same on every device and on paper.
//!
//! First the marks of every page are laid out, then they are drawn: only then is it known how many pages there are.

mod calendar;
mod draw;
mod fonts;
mod layout;
mod logo;
mod marks;
mod panels;
mod scripts;
mod text;

pub use calendar::Calendar;
pub use draw::{About, draw};
pub use fonts::{FaceId, Fonts};
pub use layout::{Flow, LEFT, RIGHT, WIDTH, baseline};
pub use marks::{
    Area, CREAM, Colour, EDGE, INK, INK_2, INK_3, LEAF_TEXT, Mark, OWNERS_BUBBLE, PAGE_WIDTH, Page, SUNKEN, Style,
    WHITE,
};
pub use text::Line;
