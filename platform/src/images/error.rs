//! The ways a picture is refused.

use super::rewriting::ImageError;
use crate::http::error::AppError;
use crate::http::problem::FieldProblem;
use crate::text::Text;

/// A refusal of an upload, at the field `file`.
pub fn refused(code: &'static str, text: Text) -> AppError {
    AppError::invalid(vec![FieldProblem { field: "file".to_owned(), code, text }])
}

/// A file of no bytes, as phones send one of a photo that is still in the cloud.
pub const EMPTY: &str = "image_empty";

pub fn empty_text() -> Text {
    Text::new("Foto ini kosong. Pilih foto lain.", "This picture is empty. Choose another one.")
}

impl ImageError {
    /// What the one who sent the file can do about it.
    pub fn advice(self) -> (&'static str, Text) {
        match self {
            Self::Heic => (
                "heic_not_supported",
                Text::new(
                    "Foto HEIC belum dapat dibaca. Di iPhone pilih Pengaturan → Kamera → Format → Paling Kompatibel, atau kirim tangkapan layarnya.",
                    "HEIC photos cannot be read yet. On an iPhone choose Settings → Camera → Formats → Most Compatible, or send a screenshot of it.",
                ),
            ),
            Self::UnknownFormat => {
                ("image_format", Text::new("Kirim foto JPEG, PNG atau WebP.", "Send a JPEG, PNG or WebP picture."))
            }
            Self::TooLarge => (
                "image_too_large",
                Text::new(
                    "Foto ini terlalu besar. Perkecil dulu: paling panjang 12.000 piksel, paling banyak 50 megapiksel.",
                    "This picture is too large. Make it smaller: 12,000 pixels a side and 50 megapixels at most.",
                ),
            ),
            Self::Broken => (
                "image_broken",
                Text::new("Foto ini rusak atau tidak lengkap.", "This picture is broken or incomplete."),
            ),
        }
    }
}

impl From<ImageError> for AppError {
    fn from(error: ImageError) -> Self {
        let (code, text) = error.advice();
        refused(code, text)
    }
}
