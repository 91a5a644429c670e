//! Headers that make a browser distrust everything that is not ours.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::AppState;

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Middleware. The stand-ins' pages may be framed by our own pages, since the payment sheet is a frame.
pub async fn add(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_frame = path.starts_with("/sandbox/");
    let mut response = next.run(request).await;
    let policy = content_security_policy(&app.config.payments.script_origin(), is_frame);
    let headers = response.headers_mut();
    // A stand-in's page brings a policy of its own.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&policy)
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static(if is_frame { "SAMEORIGIN" } else { "DENY" }));
    headers.insert(
        PERMISSIONS_POLICY,
        HeaderValue::from_static("camera=(self), microphone=(), geolocation=(), payment=(self)"),
    );
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin-allow-popups"));
    if app.config.server.is_https() {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    response
}

/// Styles may be inline because the component library places elements with them; scripts never are.
fn content_security_policy(payment_origin: &str, is_frame: bool) -> String {
    let ancestors = if is_frame { "'self'" } else { "'none'" };
    let payment = if payment_origin.is_empty() { String::new() } else { format!(" {payment_origin}") };
    format!(
        "default-src 'self'; script-src 'self'{payment}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:{payment}; font-src 'self'; connect-src 'self'{payment}; \
         frame-src 'self'{payment}; frame-ancestors {ancestors}; base-uri 'self'; form-action 'self'; object-src 'none'"
    )
}
