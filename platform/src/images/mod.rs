//! Pictures that people send: read from a form, written anew, and what they are told when that cannot be done.

pub mod error;
pub mod form;
mod rewriting;

pub use rewriting::{CONTENT_TYPE, ImageError, LARGEST_UPLOAD_BYTES, Picture, portrait, rewrite};
