//! Objects of the storage as answers. They never change under their name, so whoever may keep one does, and whoever has
//! half of one asks for the rest.

use std::ops::RangeInclusive;

use anyhow::Context;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::TypedHeader;
use axum_extra::headers::{AcceptRanges, ContentLength, ContentRange, ETag, HeaderMapExt, IfNoneMatch, IfRange};
use http_range_header::{RangeUnsatisfiableError, parse_range_header};

use super::error::AppError;
use crate::storage::Storage;
use crate::text::Text;

/// How long the browser of the one who asked keeps an object. A cache between us never does.
#[derive(Clone, Copy, Debug)]
pub enum Caching {
    /// For good: what its address shows never changes, and neither does who may see it.
    ForGood,
    /// Until it is asked for again; it is sent again when it is another one, and not to those who may not see it any more.
    UntilAsked,
    /// Not at all.
    Never,
}

impl Caching {
    fn directives(self) -> &'static str {
        match self {
            Self::ForGood => "private, max-age=31536000, immutable",
            Self::UntilAsked => "private, no-cache",
            Self::Never => "private, no-store",
        }
    }
}

/// An object and what is said about it.
pub struct Object {
    /// Its name in the storage.
    pub key: String,
    /// In bytes.
    pub length: i32,
    /// Different for every object, as it never changes.
    pub tag: String,
    pub content_type: String,
    pub caching: Caching,
}

/// What of an object is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// The caller has it.
    Nothing,
    Whole,
    Part(RangeInclusive<u64>),
    /// A part beyond its end.
    Beyond,
}

/// The object as the request wants it; nothing when the storage does not have it.
pub async fn answer(storage: &Storage, object: Object, headers: &HeaderMap) -> Result<Option<Response>, AppError> {
    let tag: ETag = format!("\"{}\"", object.tag).parse().context("not an entity tag")?;
    let length = u64::try_from(object.length).unwrap_or_default();
    let caching = [(header::CACHE_CONTROL, object.caching.directives())];
    let about = (TypedHeader(AcceptRanges::bytes()), TypedHeader(tag.clone()), caching);
    let whole = 0..=length.saturating_sub(1);
    let (status, part) = match wanted(headers, &tag, length) {
        Wanted::Nothing => return Ok(Some((StatusCode::NOT_MODIFIED, about).into_response())),
        Wanted::Beyond => return Ok(Some(beyond(length))),
        Wanted::Whole => (StatusCode::OK, whole),
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
    };
    let (first, end) = (*part.start(), part.end() + 1);
    let Some(bytes) = storage.read(&object.key, first..end).await? else { return Ok(None) };
    let described = [(header::CONTENT_TYPE, object.content_type), (header::CONTENT_DISPOSITION, "inline".to_owned())];
    let size = TypedHeader(ContentLength(end - first));
    let mut response = (status, about, size, described, Body::from_stream(bytes)).into_response();
    if status == StatusCode::PARTIAL_CONTENT {
        let range = ContentRange::bytes(first..end, length).context("not a range")?;
        response.headers_mut().typed_insert(range);
    }
    Ok(Some(response))
}

fn beyond(length: u64) -> Response {
    let refusal = AppError::refused(
        StatusCode::RANGE_NOT_SATISFIABLE,
        "range_not_satisfiable",
        Text::new("Bagian yang diminta di luar isi foto.", "The part asked for lies beyond the end."),
    );
    (TypedHeader(ContentRange::unsatisfied_bytes(length)), refusal).into_response()
}

/// What a request wants (RFC 9110, 13 and 14). A range that makes no sense is ignored, and so is a list of several.
fn wanted(headers: &HeaderMap, tag: &ETag, length: u64) -> Wanted {
    if headers.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(tag)) {
        return Wanted::Nothing;
    }
    let Some(range) = headers.get(header::RANGE).and_then(|range| range.to_str().ok()) else { return Wanted::Whole };
    let is_same = match headers.typed_try_get::<IfRange>() {
        Ok(None) => true,
        Ok(Some(condition)) => !condition.is_modified(Some(tag), None),
        Err(_) => false,
    };
    if !is_same {
        return Wanted::Whole;
    }
    match parse_range_header(range).and_then(|ranges| ranges.validate(length)).as_deref() {
        Ok([part]) => Wanted::Part(part.clone()),
        Err(RangeUnsatisfiableError::Unsatisfiable) => Wanted::Beyond,
        _ => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn asked(pairs: &[(HeaderName, &'static str)]) -> Wanted {
        let headers = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        wanted(&headers, &"\"a\"".parse().unwrap(), 1_000)
    }

    #[test]
    fn one_range_is_answered_as_far_as_there_is_something() {
        for (range, part) in [
            ("bytes=0-99", 0..=99),
            ("bytes=900-", 900..=999),
            ("bytes=-100", 900..=999),
            ("bytes=500-9999", 500..=999),
            ("bytes=-9999", 0..=999),
        ] {
            assert_eq!(asked(&[(header::RANGE, range)]), Wanted::Part(part), "{range}");
        }
    }

    #[test]
    fn a_range_beyond_the_end_is_refused_and_a_senseless_one_ignored() {
        for range in ["bytes=1000-", "bytes=5000-6000", "bytes=-0"] {
            assert_eq!(asked(&[(header::RANGE, range)]), Wanted::Beyond, "{range}");
        }
        for range in ["bytes=9-5", "bytes=", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6"] {
            assert_eq!(asked(&[(header::RANGE, range)]), Wanted::Whole, "{range}");
        }
    }

    #[test]
    fn a_range_of_another_version_gets_the_whole() {
        let with = |tag| asked(&[(header::RANGE, "bytes=0-9"), (header::IF_RANGE, tag)]);
        assert_eq!(with("\"a\""), Wanted::Part(0..=9));
        for other in ["\"b\"", "W/\"a\"", "Sun, 22 Nov 2026 08:00:00 GMT", "rubbish"] {
            assert_eq!(with(other), Wanted::Whole, "{other}");
        }
    }

    #[test]
    fn what_the_caller_has_is_not_sent_again() {
        for known in ["\"a\"", "W/\"a\"", "\"x\", \"a\"", "*"] {
            assert_eq!(
                asked(&[(header::IF_NONE_MATCH, known), (header::RANGE, "bytes=0-9")]),
                Wanted::Nothing,
                "{known}"
            );
        }
        assert_eq!(asked(&[(header::IF_NONE_MATCH, "\"b\"")]), Wanted::Whole);
    }
}
