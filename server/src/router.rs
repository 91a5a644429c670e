//! The table of contents: one line per feature, then what stands around them all, then the web app.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, HeaderName, Method, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::cors::CorsLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::SwaggerUi;

use crate::app::AppState;
use crate::{
    accounts, availability, chat, consultations, directory, doctors, news, operations, pages, payments, pets, records,
    replies, reviews, statistics, timeline, triage, vetting, web,
};
use platform::http::crowd::Crowd;
use platform::http::edge::Edge;
use platform::http::gate::Gate;
use platform::http::origin::{FromOurPages, Origins};
use platform::http::sockets::Sockets;
use platform::http::{LONGEST_REQUEST, problem};
use platform::metrics::Observe;
use platform::realtime::SocketLayer;

/// JSON bodies; pictures have a larger limit of their own.
const LARGEST_BODY_BYTES: usize = 128 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "HELLOPET!",
        description = "Vets for pet owners. Problems are `application/problem+json` (RFC 9457); branch on `code`.",
        license(name = "MIT", identifier = "MIT")
    ),
    servers((url = "/")),
    components(schemas(news::ServerEvents)),
    modifiers(&AccessToken),
    security(("bearer" = []), ("cookie" = []), ())
)]
struct ApiDocument;

struct AccessToken;

impl utoipa::Modify for AccessToken {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        components
            .add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("accessToken"))));
    }
}

fn features() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(accounts::routes())
        .merge(pets::routes())
        .merge(doctors::routes())
        .merge(availability::routes())
        .merge(consultations::routes())
        .merge(chat::routes())
        .merge(payments::routes())
        .merge(records::routes())
        .merge(replies::routes())
        .merge(reviews::routes())
        .merge(statistics::routes())
        .merge(timeline::routes())
        .merge(triage::routes())
        .merge(directory::routes())
        .merge(vetting::routes())
        .merge(operations::routes())
}

fn api() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let (routes, mut document) = OpenApiRouter::with_openapi(ApiDocument::openapi())
        .nest("/api", features())
        .merge(operations::probes())
        .split_for_parts();
    problem::describe(&mut document);
    (routes, document)
}

/// The published document, made from the same registrations as the routes.
pub fn document() -> utoipa::openapi::OpenApi {
    api().1
}

/// Everything that the server answers. `sandbox` holds the local stand-ins, where there are any.
pub fn build(app: &AppState, sockets: SocketLayer, sandbox: Router) -> anyhow::Result<Router> {
    let (api, document) = api();
    // Written once: the structure takes many times the memory of its text.
    let document = Bytes::from(document.to_json()?);
    let document = move || std::future::ready(([(header::CONTENT_TYPE, "application/json")], document.clone()));
    // One stack, from the outside to the inside: each further `.layer()` of a router would box all that is inside of it
    // and have it cloned for every request.
    let around = ServiceBuilder::new()
        // Writes refusals in place, so that they keep what the layers inside of it have added.
        .layer(Edge::new(operations::security_headers(&app.config)))
        // Refusals need its headers as well, and a preflight request goes no further.
        .layer(cors(app))
        // Sockets have deadlines of their own, are not compressed, and live longer than anything that is observed.
        .layer(Sockets::new(sockets, app.platform.stopping.clone()))
        // Around the panics: these are logged with the id of their request, and counted.
        .layer(Observe)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CompressionLayer::new().compress_when(compressible()))
        // Before anything is looked up for the request.
        .layer(Gate(Crowd::new(&app.platform.limits, app.config.server.trusted_proxies.clone())))
        .layer(Gate(FromOurPages(Origins::new(&app.config.server.origins))))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, LONGEST_REQUEST))
        .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES));
    let router = api
        .route("/api/openapi.json", get(document))
        .merge(SwaggerUi::new("/api/docs").config(utoipa_swagger_ui::Config::new(["/api/openapi.json"])))
        .merge(pages::routes())
        .fallback(web::serve)
        .with_state(app.clone())
        .nest("/sandbox", sandbox)
        .layer(around);
    Ok(router)
}

/// What is compressed already would only cost time; and the length of what is packed together with a token tells of it.
fn compressible() -> impl Predicate {
    let has_no_token =
        |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| !headers.contains_key(header::SET_COOKIE);
    let is_loose = NotForContentType::IMAGES.and(NotForContentType::const_new("application/pdf"));
    DefaultPredicate::new().and(is_loose).and(has_no_token)
}

/// Other origins of ours, to the letter; everybody else's pages cannot read an answer.
fn cors(app: &AppState) -> CorsLayer {
    let origins = app.config.server.origins.iter().filter_map(|origin| origin.parse().ok());
    CorsLayer::new()
        .allow_origin(origins.collect::<Vec<_>>())
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE])
        .allow_headers([
            header::CONTENT_TYPE,
            header::AUTHORIZATION,
            header::ACCEPT_LANGUAGE,
            HeaderName::from_static("idempotency-key"),
            HeaderName::from_static("upload-offset"),
            HeaderName::from_static("x-request-id"),
        ])
        .expose_headers([HeaderName::from_static("x-request-id"), header::RETRY_AFTER])
        .max_age(Duration::from_secs(600))
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    // Where and why was written when it happened; here it gets the id of its request.
    tracing::error!("request panicked");
    metrics::counter!("panics_total").increment(1);
    problem::Problem::internal().into_response()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_operation_has_a_name_of_its_own() {
        let document = document();
        let mut names = HashSet::new();
        for item in document.paths.paths.values() {
            for operation in [&item.get, &item.post, &item.patch, &item.put, &item.delete].into_iter().flatten() {
                let name = operation.operation_id.clone().unwrap_or_default();
                assert!(names.insert(name.clone()), "{name} is used twice");
            }
        }
    }
}
