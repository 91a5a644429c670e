//! What crawlers may read, and where it is.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Pages;
use super::handlers::path;
use crate::doctors::Verified;
use platform::http::error::AppError;

pub async fn robots(State(pages): State<Arc<Pages>>) -> String {
    let public_url = &pages.public_url;
    format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /sandbox/\nDisallow: /chat/\nDisallow: /bayar/\nDisallow: /akun\n\
         Disallow: /konsultasi\nDisallow: /hewan\nSitemap: {public_url}/sitemap.xml\n"
    )
}

pub async fn sitemap(State(pages): State<Arc<Pages>>) -> Result<Response, AppError> {
    let public_url = &pages.public_url;
    let doctors = Verified::list(&pages.db.read, pages.clock.now()).await?;
    let paths = ["/".to_owned(), "/dokter".to_owned()].into_iter().chain(doctors.iter().map(path));
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths {
        writeln!(xml, "<url><loc>{public_url}{path}</loc></url>").map_err(anyhow::Error::from)?;
    }
    xml.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml")], xml).into_response())
}
