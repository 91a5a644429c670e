//! Which addresses the web app knows, and what each of them loads: the list that its build writes from the routes of its
//! features (`web/build/places.ts`).

use anyhow::Context;
use serde::Deserialize;

use super::WebApp;

#[derive(Debug, Deserialize)]
pub struct Place {
    /// As the router in the browser writes it: `/dokter/:id`.
    pub path: String,
    /// What the page of this route is made of, besides what every page loads.
    scripts: Vec<String>,
    styles: Vec<String>,
}

/// All of them; none where no web app is part of this build.
pub fn all() -> anyhow::Result<Vec<Place>> {
    let Some(file) = WebApp::get("places.json") else {
        anyhow::ensure!(WebApp::get("index.html").is_none(), "places.json is missing: build the web app anew");
        return Ok(Vec::new());
    };
    serde_json::from_slice(&file.data).context("places.json is not what web/build/places.ts writes")
}

/// Where an address leads. Of several patterns the one with the fewest holes, as in the browser.
pub fn place_of(path: &str) -> anyhow::Result<Option<Place>> {
    let fitting = all()?.into_iter().filter(|place| fits(&place.path, path));
    Ok(fitting.min_by_key(|place| place.path.matches(':').count()))
}

impl Place {
    /// Has the browser fetch the page's own files beside those of the app, instead of after them.
    pub fn preloads(&self) -> String {
        let scripts = self.scripts.iter().map(|url| format!("<link rel=\"modulepreload\" crossorigin href=\"{url}\">"));
        let styles = self.styles.iter();
        let styles = styles.map(|url| format!("<link rel=\"preload\" as=\"style\" crossorigin href=\"{url}\">"));
        scripts.chain(styles).collect()
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let mut asked = path.trim_end_matches('/').split('/');
    let all = pattern.trim_end_matches('/').split('/').all(|wanted| match (wanted, asked.next()) {
        (hole, given) if hole.starts_with(':') => hole.ends_with('?') || given.is_some_and(|given| !given.is_empty()),
        (wanted, given) => given == Some(wanted),
    });
    all && asked.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_a_pattern_part_by_part() {
        for (pattern, path) in [
            ("/", "/"),
            ("/masuk", "/masuk"),
            ("/masuk", "/masuk/"),
            ("/dokter/:id", "/dokter/1"),
            ("/hewan/:id/ubah", "/hewan/1/ubah"),
            ("/verifikasi/:code?", "/verifikasi"),
            ("/verifikasi/:code?", "/verifikasi/ABCD"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/", "/x"),
            ("/masuk", "/"),
            ("/dokter/:id", "/dokter"),
            ("/dokter/:id", "/dokter/"),
            ("/dokter/:id", "/dokter//"),
            ("/dokter/:id", "/dokter/1/x"),
            ("/verifikasi/:code?", "/verifikasi/A/B"),
        ] {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }
}
