//! What people read, in the two languages of the product.

use std::borrow::Cow;

use axum::http::{HeaderMap, header};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Indonesian,
    English,
}

impl Language {
    /// Indonesian unless the caller asks for English first.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let first = wanted.split(',').next().unwrap_or_default().trim();
        if first.to_ascii_lowercase().starts_with("en") { Self::English } else { Self::Indonesian }
    }

    /// The tag of `Content-Language` and of HTML's `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    indonesian: Cow<'static, str>,
    english: Cow<'static, str>,
}

impl Text {
    pub fn new(indonesian: impl Into<Cow<'static, str>>, english: impl Into<Cow<'static, str>>) -> Self {
        Self { indonesian: indonesian.into(), english: english.into() }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Indonesian => &self.indonesian,
            Language::English => &self.english,
        }
    }
}
