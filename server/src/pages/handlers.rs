//! The public pages.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use super::Pages;
use super::content::{Body, DoctorLine, Head, into_index};
use crate::accounts::AccountId;
use crate::doctors::{self, Verified};
use crate::orders::Quote;
use crate::web;
use platform::http::error::AppError;
use platform::money::Rupiah;
use platform::text::{Language, Text};

pub async fn home(pages: State<Arc<Pages>>, headers: HeaderMap) -> Result<Response, AppError> {
    let language = Language::from_headers(&headers);
    let title = Text::new("HELLOPET! Dokter hewan online, harga jelas", "HELLOPET! Vets online, at a clear price");
    let description = Text::new(
        "Tanya dokter hewan berizin lewat chat, kapan pun anabulmu butuh. Harga tampil penuh sebelum bayar.",
        "Ask a licensed vet by chat whenever your pet needs it. The full price is shown before you pay.",
    );
    let organization = json!({
        "@context": "https://schema.org", "@type": "Organization", "name": "HELLOPET!",
        "url": pages.public_url, "areaServed": "ID",
    });
    let doctors = doctors::list_verified(&pages.db.read, pages.clock.now()).await?;
    let body = Body {
        heading: Text::new("Ada apa dengan anabulmu hari ini?", "What is the matter with your pet today?")
            .in_language(language)
            .to_owned(),
        text: description.in_language(language).to_owned(),
        doctors: lines(&pages, &doctors, language),
    };
    render(&pages, "/", title.in_language(language), description.in_language(language), &organization, &body)
}

pub async fn directory(pages: State<Arc<Pages>>, headers: HeaderMap) -> Result<Response, AppError> {
    let language = Language::from_headers(&headers);
    let title = Text::new("Dokter hewan di HELLOPET!", "Vets on HELLOPET!");
    let doctors = doctors::list_verified(&pages.db.read, pages.clock.now()).await?;
    let description = Text::new(
        format!("{} dokter hewan yang izin praktiknya sudah kami periksa.", doctors.len()),
        format!("{} vets whose licences we have checked.", doctors.len()),
    );
    let list = doctors.iter().zip(1..).map(|(doctor, position)| {
        let url = format!("{}{}", pages.public_url, path(doctor));
        json!({"@type": "ListItem", "position": position, "name": doctor.account.username, "url": url})
    });
    let structured = json!({
        "@context": "https://schema.org", "@type": "ItemList", "itemListElement": list.collect::<Vec<Value>>(),
    });
    let body = Body {
        heading: title.in_language(language).to_owned(),
        text: description.in_language(language).to_owned(),
        doctors: lines(&pages, &doctors, language),
    };
    render(&pages, "/dokter", title.in_language(language), description.in_language(language), &structured, &body)
}

/// A doctor's page. What is no doctor (such as the dashboard) is left to the web app.
pub async fn doctor(
    pages: State<Arc<Pages>>,
    Path(id): Path<String>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let Ok(id) = id.parse::<AccountId>() else { return Ok(web::serve(method, uri, headers).await) };
    let Some(doctor) = doctors::find_verified(&pages.db.read, id, pages.clock.now()).await? else {
        let mut page = web::serve(method, uri, headers).await;
        *page.status_mut() = StatusCode::NOT_FOUND;
        return Ok(page);
    };
    let language = Language::from_headers(&headers);
    let name = &doctor.account.username;
    let details = details(&pages, &doctor, language);
    let title = Text::new(format!("{name}, dokter hewan di HELLOPET!"), format!("{name}, vet on HELLOPET!"));
    let person = json!({
        "@context": "https://schema.org", "@type": "Person", "name": name, "jobTitle": "Dokter hewan",
        "knowsAbout": doctor.profile.specialization, "description": doctor.profile.bio,
        "worksFor": {"@type": "Organization", "name": "HELLOPET!"},
        "makesOffer": {"@type": "Offer", "price": price(&pages, &doctor), "priceCurrency": "IDR"},
    });
    let body = Body { heading: name.clone(), text: format!("{details} {}", doctor.profile.bio), doctors: Vec::new() };
    render(&pages, &path(&doctor), title.in_language(language), &details, &person, &body)
}

fn lines(pages: &Pages, doctors: &[Verified], language: Language) -> Vec<DoctorLine> {
    let line = |doctor: &Verified| DoctorLine {
        path: path(doctor),
        name: doctor.account.username.clone(),
        details: details(pages, doctor, language),
    };
    doctors.iter().map(line).collect()
}

pub fn path(doctor: &Verified) -> String {
    format!("/dokter/{}", doctor.account.id)
}

fn price(pages: &Pages, doctor: &Verified) -> Rupiah {
    Quote::new(doctor.profile.base_price, pages.markup).total()
}

fn details(pages: &Pages, doctor: &Verified, language: Language) -> String {
    let (specialization, years) = (&doctor.profile.specialization, doctor.profile.experience_years);
    let price = price(pages, doctor);
    Text::new(
        format!("{specialization}, {years} tahun pengalaman, {price} sekali konsultasi."),
        format!("{specialization}, {years} years of experience, {price} a consultation."),
    )
    .in_language(language)
    .to_owned()
}

fn render(
    pages: &Pages,
    path: &str,
    title: &str,
    description: &str,
    structured: &Value,
    body: &Body,
) -> Result<Response, AppError> {
    let Some(index) = web::index() else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let canonical = format!("{}{path}", pages.public_url);
    let head = Head::new(title, description, &canonical, structured);
    let page = into_index(&index, &head, body).map_err(anyhow::Error::from)?;
    let mut response = Html(page).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}
