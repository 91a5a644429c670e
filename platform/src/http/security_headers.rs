//! Headers that make a browser distrust everything that is not ours, and keep nothing that is somebody's. They are made once:
//! what is said of each answer depends on nothing but what kind of answer it is.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// What the API answers is somebody's, or soon another: after signing out the next person at the computer finds none of it.
const KEPT_BY_NOBODY: HeaderValue = HeaderValue::from_static("no-store");

type Headers = Vec<(HeaderName, HeaderValue)>;

#[derive(Clone)]
pub struct SecurityHeaders {
    /// For everything.
    all: Headers,
    /// For what a browser shows or runs.
    document: Headers,
    /// The stand-ins' pages may be framed by our own pages, since the payment sheet is a frame.
    frame: Headers,
    /// For what a page only reads.
    data: Headers,
}

impl SecurityHeaders {
    /// `embedded` is the origin of somebody whose scripts and frames our pages embed; it may be empty. So may `inline`, the
    /// hashes of the scripts that stand in our pages themselves.
    pub fn new(is_https: bool, embedded: &str, inline: &str) -> Self {
        let mut all = vec![(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))];
        if is_https {
            let hsts = HeaderValue::from_static("max-age=31536000; includeSubDomains");
            all.push((header::STRICT_TRANSPORT_SECURITY, hsts));
        }
        let nobody_frames = (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        Self {
            all,
            document: shown(embedded, inline, "'none'", "DENY"),
            frame: shown(embedded, "", "'self'", "SAMEORIGIN"),
            data: vec![
                (
                    header::CONTENT_SECURITY_POLICY,
                    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
                ),
                nobody_frames,
                (RESOURCE_POLICY, HeaderValue::from_static("same-site")),
            ],
        }
    }

    pub fn add(&self, headers: &mut HeaderMap, is_frame: bool) {
        let others = match (is_data(headers), is_frame) {
            (true, _) => &self.data,
            (false, true) => &self.frame,
            (false, false) => &self.document,
        };
        // A stand-in's page brings a policy of its own.
        let has_policy = headers.contains_key(header::CONTENT_SECURITY_POLICY);
        for (name, value) in self.all.iter().chain(others) {
            if name != header::CONTENT_SECURITY_POLICY || !has_policy {
                headers.insert(name.clone(), value.clone());
            }
        }
        if is_json(headers) && !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(header::CACHE_CONTROL, KEPT_BY_NOBODY);
        }
    }
}

/// JSON and pictures that a browser draws without running anything. What has no type may be the confirmation that a
/// page has not changed, whose headers take the place of those of the page.
fn is_data(headers: &HeaderMap) -> bool {
    is_json(headers) || [&b"image/jpeg"[..], b"image/png", b"image/webp"].contains(&kind(headers))
}

fn is_json(headers: &HeaderMap) -> bool {
    kind(headers).ends_with(b"json")
}

fn kind(headers: &HeaderMap) -> &[u8] {
    headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default()
}

fn shown(embedded: &str, inline: &str, ancestors: &str, frame_options: &'static str) -> Headers {
    let mut headers = vec![
        (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static(frame_options)),
        (PERMISSIONS_POLICY, HeaderValue::from_static("camera=(self), microphone=(), geolocation=(), payment=(self)")),
        (OPENER_POLICY, HeaderValue::from_static("same-origin-allow-popups")),
    ];
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(embedded, inline, ancestors)) {
        headers.push((header::CONTENT_SECURITY_POLICY, policy));
    }
    headers
}

/// Styles may be inline because the component library places elements with them; scripts only those that we know.
fn content_security_policy(embedded: &str, inline: &str, ancestors: &str) -> String {
    let embedded = if embedded.is_empty() { String::new() } else { format!(" {embedded}") };
    format!(
        "default-src 'self'; script-src 'self'{inline}{embedded}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:{embedded}; font-src 'self'; connect-src 'self'{embedded}; \
         frame-src 'self'{embedded}; frame-ancestors {ancestors}; base-uri 'self'; form-action 'self'; object-src 'none'"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    #[test]
    fn only_what_a_browser_shows_gets_the_long_policy() {
        let security = SecurityHeaders::new(false, "", "");
        let policy = |kind: Option<&'static str>, is_frame| {
            let mut headers = HeaderMap::new();
            headers.extend(kind.map(|kind| (header::CONTENT_TYPE, HeaderValue::from_static(kind))));
            security.add(&mut headers, is_frame);
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert!(headers.contains_key(header::X_FRAME_OPTIONS));
            headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
        };
        for data in ["application/json", "application/problem+json", "image/jpeg"] {
            assert_eq!(policy(Some(data), false), "default-src 'none'; frame-ancestors 'none'", "{data}");
        }
        for shown in [Some("text/html; charset=utf-8"), Some("image/svg+xml"), Some("application/pdf"), None] {
            assert!(
                policy(shown, false).contains("script-src 'self'; ") && policy(shown, false).contains("'none'; base")
            );
            assert!(policy(shown, true).contains("frame-ancestors 'self'"), "{shown:?}");
        }
    }

    #[test]
    fn json_is_kept_by_nobody_unless_its_route_says_so() {
        let security = SecurityHeaders::new(false, "", "");
        let caching = |kind: &'static str, said: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.extend(said.map(|said| (header::CACHE_CONTROL, HeaderValue::from_static(said))));
            security.add(&mut headers, false);
            headers.get(header::CACHE_CONTROL).map(|caching| caching.to_str().unwrap().to_owned())
        };
        assert_eq!(caching("application/json", None).as_deref(), Some("no-store"));
        assert_eq!(caching("application/json", Some("no-cache")).as_deref(), Some("no-cache"));
        assert_eq!(caching("text/html", None), None);
    }

    #[test]
    fn of_scripts_in_a_page_only_known_ones_run_and_none_in_a_frame() {
        let security = SecurityHeaders::new(false, "https://pay.test", " 'sha256-AAAA'");
        let policy = |is_frame| {
            let mut headers = HeaderMap::new();
            security.add(&mut headers, is_frame);
            headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
        };
        assert!(policy(false).contains("script-src 'self' 'sha256-AAAA' https://pay.test; "), "{}", policy(false));
        assert!(policy(true).contains("script-src 'self' https://pay.test; "), "{}", policy(true));
    }
}
