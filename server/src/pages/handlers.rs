//! The public pages.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Pages;
use super::content::{Body, DoctorLine, Head, written_out};
use super::listing::listing;
use crate::accounts::AccountId;
use crate::doctors::Verified;
use crate::doctors::search::MOST_COUNTED;
use crate::orders::Quote;
use crate::web::{self, Reader};
use platform::http::error::AppError;
use platform::money::Rupiah;
use platform::text::{Language, Text};

const ON_HOME: usize = 8;
const ON_A_PAGE: usize = 20;
/// The route of a vet's page in the web app, which other addresses below `/dokter` are not.
const ANY_DOCTOR: &str = "/dokter/:id";

#[derive(Deserialize)]
pub struct Place {
    cursor: Option<String>,
}

pub async fn home(pages: State<Arc<Pages>>, reader: Reader) -> Result<Response, AppError> {
    let title = Text::new("HELLOPET! Dokter hewan online, harga jelas", "HELLOPET! Vets online, at a clear price");
    let description = Text::new(
        "Tanya dokter hewan berizin lewat chat, kapan pun anabulmu butuh. Harga tampil penuh sebelum bayar.",
        "Ask a licensed vet by chat whenever your pet needs it. The full price is shown before you pay.",
    );
    let heading = Text::new("Ada apa dengan anabulmu hari ini?", "What is the matter with your pet today?");
    let organization = json!({
        "@context": "https://schema.org", "@type": "Organization", "name": "HELLOPET!",
        "url": pages.public_url, "areaServed": "ID",
    });
    let language = reader.language;
    let description = description.in_language(language);
    let shown = listing(&pages, None, ON_HOME).await?.map(|found| found.doctors).unwrap_or_default();
    let head = Head::new(title.in_language(language), description).describing(&organization);
    let body = Body {
        paragraphs: vec![description.to_owned()],
        doctors: lines(&pages, &shown, &reader),
        next: None,
        ..body(&reader, heading.in_language(language))
    };
    answer(&pages, &reader, "/", head, &body)
}

pub async fn directory(
    pages: State<Arc<Pages>>,
    Query(Place { cursor }): Query<Place>,
    reader: Reader,
) -> Result<Response, AppError> {
    let Some(found) = listing(&pages, cursor.as_deref(), ON_A_PAGE).await? else {
        return web::page(&reader, StatusCode::NOT_FOUND, None);
    };
    let language = reader.language;
    let title = Text::new("Dokter hewan di HELLOPET!", "Vets on HELLOPET!");
    let count = found.count.min(MOST_COUNTED);
    let description = if found.count > MOST_COUNTED {
        Text::new(
            format!("Lebih dari {count} dokter hewan yang izin praktiknya sudah kami periksa."),
            format!("More than {count} vets whose licences we have checked."),
        )
    } else {
        Text::new(
            format!("{count} dokter hewan yang izin praktiknya sudah kami periksa."),
            format!("{count} vets whose licences we have checked."),
        )
    };
    let list = found.doctors.iter().zip(1..).map(|(doctor, position)| {
        let url = format!("{}{}", pages.public_url, path(doctor));
        json!({"@type": "ListItem", "position": position, "name": doctor.account.username, "url": url})
    });
    let structured = json!({
        "@context": "https://schema.org", "@type": "ItemList", "itemListElement": list.collect::<Vec<Value>>(),
    });
    let (title, description) = (title.in_language(language), description.in_language(language));
    let next = Text::new("Dokter berikutnya", "More vets").in_language(language).to_owned();
    let body = Body {
        paragraphs: vec![description.to_owned()],
        doctors: lines(&pages, &found.doctors, &reader),
        next: found.next.map(|cursor| (reader.link(&at(&cursor)), next)),
        ..body(&reader, title)
    };
    let here = cursor.as_deref().map_or_else(|| "/dokter".to_owned(), at);
    answer(&pages, &reader, &here, Head::new(title, description).describing(&structured), &body)
}

/// A doctor's page. What is no doctor (such as the dashboard) is left to the web app.
pub async fn doctor(pages: State<Arc<Pages>>, Path(id): Path<String>, reader: Reader) -> Result<Response, AppError> {
    let found = match id.parse::<AccountId>() {
        Ok(id) => Verified::find(&pages.db.read, id, pages.clock.now()).await?,
        Err(_) => None,
    };
    let Some(doctor) = found else {
        let place = web::place_of(reader.path())?;
        let is_other_page = place.is_some_and(|place| place.path != ANY_DOCTOR);
        let status = if is_other_page { StatusCode::OK } else { StatusCode::NOT_FOUND };
        return web::page(&reader, status, None);
    };
    let language = reader.language;
    let name = &doctor.account.username;
    let details = details(&pages, &doctor, language);
    let title = Text::new(format!("{name}, dokter hewan di HELLOPET!"), format!("{name}, vet on HELLOPET!"));
    let person = json!({
        "@context": "https://schema.org", "@type": "Person", "name": name, "jobTitle": "Dokter hewan",
        "knowsAbout": doctor.profile.specialization, "description": doctor.profile.bio,
        "worksFor": {"@type": "Organization", "name": "HELLOPET!"},
        "makesOffer": {"@type": "Offer", "price": price(&pages, &doctor), "priceCurrency": "IDR"},
    });
    let mut head = Head::new(title.in_language(language), &details).describing(&person);
    if let Some(picture) = &doctor.account.picture {
        head.image = format!("{}{picture}", pages.public_url);
        head.card = "summary";
    }
    let body = Body { paragraphs: vec![details, doctor.profile.bio.clone()], ..body(&reader, name) };
    answer(&pages, &reader, &path(&doctor), head, &body)
}

/// Where the code leads that is printed on summaries. What it says about one is asked for by the web app.
pub async fn verification(pages: State<Arc<Pages>>, reader: Reader) -> Result<Response, AppError> {
    let title = Text::new("Cek keaslian ringkasan", "Check that a summary is genuine");
    let description = Text::new(
        "Untuk klinik, penitipan, atau siapa pun yang menerima ringkasan konsultasi HELLOPET!",
        "For clinics, boarding houses and whoever is handed a summary of a HELLOPET! consultation.",
    );
    let (title, description) = (title.in_language(reader.language), description.in_language(reader.language));
    let body = Body { paragraphs: vec![description.to_owned()], ..body(&reader, title) };
    let head = Head::new(&format!("{title} | HELLOPET!"), description);
    answer(&pages, &reader, "/verifikasi", head, &body)
}

/// What each page has: the ways on from it.
fn body(reader: &Reader, heading: &str) -> Body {
    let text = |text: Text| text.in_language(reader.language).to_owned();
    let ways = [
        ("/", "HELLOPET!".to_owned()),
        ("/dokter", text(Text::new("Semua dokter", "All vets"))),
        ("/masuk", text(Text::new("Masuk", "Sign in"))),
        ("/daftar", text(Text::new("Daftar", "Register"))),
    ];
    Body {
        ways: ways.into_iter().map(|(path, text)| (reader.link(path), text)).collect(),
        heading: heading.to_owned(),
        paragraphs: Vec::new(),
        doctors: Vec::new(),
        next: None,
    }
}

fn lines(pages: &Pages, doctors: &[Verified], reader: &Reader) -> Vec<DoctorLine> {
    let line = |doctor: &Verified| DoctorLine {
        path: reader.link(&path(doctor)),
        name: doctor.account.username.clone(),
        details: details(pages, doctor, reader.language),
    };
    doctors.iter().map(line).collect()
}

pub fn path(doctor: &Verified) -> String {
    format!("/dokter/{}", doctor.account.id)
}

fn at(cursor: &str) -> String {
    format!("/dokter?cursor={cursor}")
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

/// The page at one of our addresses, with what follows from the address.
fn answer(pages: &Pages, reader: &Reader, path: &str, head: Head, body: &Body) -> Result<Response, AppError> {
    let url = |language| format!("{}{}", pages.public_url, web::in_language(path, language));
    let picture = if head.image.is_empty() { format!("{}/og.png", pages.public_url) } else { head.image };
    let head = Head {
        canonical: url(reader.language),
        alternates: vec![
            ("id", url(Language::Indonesian)),
            ("en", url(Language::English)),
            ("x-default", url(Language::Indonesian)),
        ],
        image: picture,
        ..head
    };
    let content = written_out(&head, body).map_err(anyhow::Error::from)?;
    web::page(reader, StatusCode::OK, Some(&content))
}
