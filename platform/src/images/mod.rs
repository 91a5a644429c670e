//! Pictures that people send: read from a form, written anew, and what they are told when that cannot be done.

mod colours;
pub mod error;
pub mod form;
mod jpeg;
mod renditions;
mod rewriting;

pub use renditions::{Format, Rendition, Size};
pub use rewriting::{CONTENT_TYPE, ImageError, LARGEST_UPLOAD_BYTES, Picture, Shape, rewrite};
