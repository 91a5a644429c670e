//! Which of the forms that the build wrote a browser takes (`web/build/compressed.ts`).

use axum::http::{HeaderMap, header};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// As headers call it.
    pub name: &'static str,
    suffix: &'static str,
}

/// The smallest first.
const BUILT: [Encoding; 2] = [Encoding { name: "br", suffix: ".br" }, Encoding { name: "gzip", suffix: ".gz" }];

impl Encoding {
    pub fn name_of(self, path: &str) -> String {
        format!("{path}{}", self.suffix)
    }
}

/// Those that the caller takes, the best first.
pub fn accepted(headers: &HeaderMap) -> Vec<Encoding> {
    let values = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let given: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
    BUILT.into_iter().filter(|encoding| given.iter().any(|given| takes(given, encoding.name))).collect()
}

/// Whether one member, such as `br;q=0.5`, names this encoding and does not refuse it.
fn takes(given: &str, name: &str) -> bool {
    let mut parts = given.split(';').map(str::trim);
    let is_named = parts.next().is_some_and(|found| found.eq_ignore_ascii_case(name));
    let weight = parts.find_map(|part| part.strip_prefix("q=")).and_then(|weight| weight.parse::<f32>().ok());
    is_named && weight.unwrap_or(1.0) > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_best_of_what_is_taken_comes_first_and_what_is_refused_not_at_all() {
        for (given, expected) in [
            ("gzip, deflate, br, zstd", vec!["br", "gzip"]),
            ("gzip;q=1.0, br;q=0", vec!["gzip"]),
            ("BR;q=0.1", vec!["br"]),
            ("brotli, identity", vec![]),
            ("", vec![]),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(given))]);
            let names: Vec<&str> = accepted(&headers).into_iter().map(|encoding| encoding.name).collect();
            assert_eq!(names, expected, "{given}");
        }
    }
}
