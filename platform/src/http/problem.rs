//! RFC 9457 problem bodies. Handlers only say what is wrong; `edge.rs` has it written in the caller's language, with the id
//! of the request, and does the same for the refusals of axum itself (unknown path, wrong method, body too large).

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Map;
use utoipa::ToSchema;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Required, ResponseBuilder, Schema};

use super::request_id;
use crate::text::{Language, Text};

#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    pub text: Text,
    pub errors: Vec<FieldProblem>,
    pub retry_after_seconds: Option<u64>,
    pub extra: Map<String, serde_json::Value>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: String,
    pub code: &'static str,
    pub text: Text,
}

/// `application/problem+json`, as every refusal looks.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub struct ProblemBody {
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// Stable; what clients branch on.
    pub code: String,
    /// The same as `detail`: the original platform's clients show this member.
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblemBody>,
    pub request_id: String,
    #[serde(flatten)]
    #[schema(ignore)]
    pub extra: Map<String, serde_json::Value>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub struct FieldProblemBody {
    pub field: String,
    pub code: String,
    pub message: String,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, text: Text) -> Self {
        Self { status, code, text, errors: Vec::new(), retry_after_seconds: None, extra: Map::new() }
    }

    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_error",
            Text::new(
                "Terjadi kesalahan di server kami. Sebutkan kode permintaan ini saat menghubungi kami.",
                "Something went wrong on our side. Mention this request id when you contact us.",
            ),
        )
    }

    /// The body as a client reads it.
    pub fn body(&self, language: Language, request_id: &str) -> ProblemBody {
        let detail = self.text.in_language(language).to_owned();
        let errors = self.errors.iter().map(|error| FieldProblemBody {
            field: error.field.clone(),
            code: error.code.to_owned(),
            message: error.text.in_language(language).to_owned(),
        });
        ProblemBody {
            kind: format!("https://hellopet.site/problems/{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            message: detail.clone(),
            detail,
            code: self.code.to_owned(),
            errors: errors.collect(),
            request_id: request_id.to_owned(),
            extra: self.extra.clone(),
        }
    }
}

impl IntoResponse for Problem {
    /// An empty response that carries the problem to [`Listener::render`].
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Who will read a refusal.
pub struct Listener {
    language: Language,
    is_api: bool,
}

impl Listener {
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        Self {
            language: Language::from_headers(request.headers()),
            is_api: path.starts_with("/api/") || path == "/api",
        }
    }

    /// Gives every refusal of the API its body; other answers stay as they are.
    pub fn render(&self, mut response: Response, id: &HeaderValue) -> Response {
        let problem = match response.extensions_mut().remove::<Problem>() {
            Some(problem) => problem,
            None if self.is_api && needs_body(&response) => from_status(response.status()),
            None => return response,
        };
        with_body(&problem, self.language, request_id::as_str(id), response)
    }
}

fn needs_body(response: &Response) -> bool {
    let status = response.status();
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().ends_with(b"json"));
    (status.is_client_error() || status.is_server_error()) && !is_json
}

/// Keeps the headers that are not about the body: what the origin may read, `Allow`, cookies that are taken away.
fn with_body(problem: &Problem, language: Language, request_id: &str, mut response: Response) -> Response {
    let body = serde_json::to_vec(&problem.body(language, request_id)).unwrap_or_default();
    *response.body_mut() = Body::from(body);
    *response.status_mut() = problem.status;
    let headers = response.headers_mut();
    for about_body in ABOUT_THE_BODY {
        headers.remove(about_body);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.retry_after_seconds {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

const ABOUT_THE_BODY: [HeaderName; 7] = [
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::TRANSFER_ENCODING,
    header::CONTENT_DISPOSITION,
    header::ETAG,
    header::LAST_MODIFIED,
    header::ACCEPT_RANGES,
];

fn from_status(status: StatusCode) -> Problem {
    let (code, text) = match status {
        StatusCode::NOT_FOUND => {
            ("route_not_found", Text::new("Alamat ini tidak ada.", "There is nothing at this address."))
        }
        StatusCode::METHOD_NOT_ALLOWED => (
            "method_not_allowed",
            Text::new("Metode ini tidak berlaku di alamat ini.", "This method does not apply to this address."),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("payload_too_large", Text::new("Kiriman terlalu besar.", "The request is too large."))
        }
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            ("timeout", Text::new("Permintaan terlalu lama. Coba lagi.", "The request took too long. Try again."))
        }
        status if status.is_server_error() => return Problem::internal(),
        _ => {
            ("bad_request", Text::new("Permintaan ini tidak dapat dimengerti.", "The request could not be understood."))
        }
    };
    Problem::new(status, code, text)
}

const MEDIA_TYPE: &str = "application/problem+json";
const JSON: &str = "application/json";
const SCHEMA: &str = "#/components/schemas/Problem";

/// Says in the document what holds for every operation: problems have a media type of their own, besides the ones that are
/// named any other may come (wrong origin, too large, not JSON, our fault), every answer has a word, and a change in part
/// may be of nothing.
pub fn describe(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.patch, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            for (status, response) in &mut operation.responses.responses {
                let RefOr::T(response) = response else { continue };
                if let Some(content) = response.content.shift_remove(JSON) {
                    let kind = if is_problem(&content) { MEDIA_TYPE } else { JSON };
                    response.content.insert(kind.to_owned(), content);
                }
                if response.description.is_empty() {
                    response.description = word_of(status).to_owned();
                }
            }
            let content = Content::new(Some(RefOr::<Schema>::Ref(Ref::new(SCHEMA))));
            let any_other = ResponseBuilder::new().description("Any other refusal").content(MEDIA_TYPE, content);
            operation.responses.responses.insert("default".to_owned(), RefOr::T(any_other.build()));
        }
        let changed_in_part = item.patch.as_mut().and_then(|patch| patch.request_body.as_mut());
        if let Some(RefOr::T(body)) = changed_in_part
            && body.content.contains_key(JSON)
        {
            body.required = Some(Required::False);
        }
    }
}

/// HTTP's own word for a status, where the document's author gave none.
fn word_of(status: &str) -> &'static str {
    let status = status.parse::<StatusCode>().ok();
    status.and_then(|status| status.canonical_reason()).unwrap_or("An answer")
}

fn is_problem(content: &RefOr<Content>) -> bool {
    let RefOr::T(content) = content else { return false };
    matches!(&content.schema, Some(RefOr::Ref(reference)) if reference.ref_location == SCHEMA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_framework_gets_the_words_that_fit_it_best() {
        assert_eq!(from_status(StatusCode::METHOD_NOT_ALLOWED).code, "method_not_allowed");
        assert_eq!(from_status(StatusCode::EXPECTATION_FAILED).code, "bad_request");
        assert_eq!(from_status(StatusCode::BAD_GATEWAY).status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}
