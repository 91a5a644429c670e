//! A picture as an answer: in the size that is asked for and, where that is understood, as WebP.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Pictures, objects};
use crate::http::error::AppError;
use crate::http::problem::FieldProblem;
use crate::http::range::{self, Caching, Object};
use crate::images::{Format, Rendition, Size};
use crate::text::Text;

/// A picture that somebody may see, as the row says that names it.
pub struct Shown {
    pub key: String,
    /// Different for every picture, as none ever changes.
    pub tag: String,
    /// Of the whole as JPEG.
    pub byte_size: i32,
    pub caching: Caching,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SizeQuery {
    /// 96, 192 or 384: no larger than it takes to cover a square of so many pixels. The next larger one, where there is none.
    #[param(value_type = Option<u32>)]
    size: Option<String>,
}

impl SizeQuery {
    /// The whole, unless something smaller is wanted.
    pub fn read(&self) -> Result<Size, AppError> {
        match self.size.as_deref() {
            None => Ok(Size::Whole),
            Some("96") => Ok(Size::Square96),
            Some("192") => Ok(Size::Square192),
            Some("384") => Ok(Size::Square384),
            Some(_) => Err(AppError::invalid(vec![FieldProblem {
                field: "size".to_owned(),
                code: "invalid_format",
                text: Text::new("Isi 96, 192 atau 384.", "Give 96, 192 or 384."),
            }])),
        }
    }
}

impl Pictures {
    /// The picture as the request wants it; nothing when the storage does not have it.
    pub async fn answer(&self, shown: Shown, size: Size, headers: &HeaderMap) -> Result<Option<Response>, AppError> {
        let object = self.choose(shown, size, takes_webp(headers)).await?;
        let mut answer = range::answer(&self.storage, object, headers).await?;
        if let Some(answer) = &mut answer {
            answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
        }
        Ok(answer)
    }

    /// The first of the renditions that would do which there is. Pictures of before have none, and are shown whole.
    async fn choose(&self, shown: Shown, size: Size, takes_webp: bool) -> Result<Object, AppError> {
        let named = |rendition: Rendition| (objects::name(&shown.key, rendition), rendition);
        let wanted: Vec<(String, Rendition)> = fitting(size, takes_webp).map(named).collect();
        let names: Vec<String> = wanted.iter().map(|(name, _)| name.clone()).collect();
        // Nothing to look up where the row says it all.
        let sizes = if names.is_empty() { Vec::new() } else { objects::sizes(&self.db.read, &names).await? };
        let found = wanted.into_iter().find_map(|(name, rendition)| {
            let (key, length) = sizes.iter().find(|(key, _)| *key == name)?;
            Some((key.clone(), *length, rendition))
        });
        let whole = (shown.key, shown.byte_size, WHOLE);
        let (key, length, rendition) = found.unwrap_or(whole);
        let tag = format!("{}{}", shown.tag, rendition.suffix());
        Ok(Object { key, length, tag, content_type: rendition.content_type().to_owned(), caching: shown.caching })
    }
}

/// What every picture has.
const WHOLE: Rendition = Rendition { size: Size::Whole, format: Format::Jpeg };

/// The renditions that would do, the best first, without the whole as JPEG, which always does.
fn fitting(size: Size, takes_webp: bool) -> impl Iterator<Item = Rendition> {
    let from = Rendition::all().skip_while(move |rendition| rendition.size != size);
    from.filter(move |rendition| *rendition != WHOLE && (takes_webp || rendition.format == Format::Jpeg))
}

/// Whether WebP is named as welcome. That anything is (`*/*`) every program says, also those that cannot show it.
fn takes_webp(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("image/webp"));
        is_named && !parts.any(is_refusal)
    })
}

/// `q=0`, with up to three digits after the point.
fn is_refusal(parameter: &str) -> bool {
    let weight = parameter.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("q"));
    weight.is_some_and(|(_, weight)| weight.parse() == Ok(0.0_f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webp_is_for_those_who_name_it() {
        let asked = |accept: &'static str| {
            takes_webp(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]))
        };
        for accept in ["image/webp", "image/avif,image/webp,*/*;q=0.8", "text/html, Image/WebP;q=0.5"] {
            assert!(asked(accept), "{accept}");
        }
        for accept in ["*/*", "image/*", "image/jpeg", "image/webp;q=0", "image/webp; q=0.000, */*", ""] {
            assert!(!asked(accept), "{accept}");
        }
        assert!(!takes_webp(&HeaderMap::new()));
    }

    #[test]
    fn where_a_size_is_missing_the_next_larger_one_does() {
        let suffixes = |size, takes_webp| -> Vec<String> { fitting(size, takes_webp).map(Rendition::suffix).collect() };
        assert_eq!(suffixes(Size::Square192, false), ["-192", "-384", "-thumbnail"]);
        assert_eq!(suffixes(Size::Thumbnail, true), ["-thumbnail.webp", "-thumbnail", ".webp"]);
        assert!(suffixes(Size::Whole, false).is_empty());
    }
}
