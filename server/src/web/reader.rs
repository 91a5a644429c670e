//! Who asks for a page, as far as the page depends on it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};

use platform::http::cookies;
use platform::text::Language;

/// Written by the web app when somebody chooses a language (`web/src/shared/i18n/locale.ts`), which follows the same rule.
const CHOSEN_LANGUAGE: &str = "locale";
const LANGUAGE_PARAMETER: &str = "lang=";

pub struct Reader {
    pub language: Language,
    /// The address itself says which language: what leads on from it says it as well.
    is_by_address: bool,
    headers: HeaderMap,
    uri: Uri,
}

impl Reader {
    pub fn new(uri: Uri, headers: HeaderMap) -> Self {
        let by_address =
            uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix(LANGUAGE_PARAMETER));
        let by_address = by_address.and_then(language);
        // The device's languages are not asked: who set up a phone in English need not want to read about a pet in it.
        let chosen = by_address.or_else(|| language(cookies::get(&headers, CHOSEN_LANGUAGE)?));
        Self { language: chosen.unwrap_or(Language::Indonesian), is_by_address: by_address.is_some(), headers, uri }
    }

    pub fn path(&self) -> &str {
        self.uri.path()
    }

    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Whether nobody can be signed in, as far as cookies say. Whoever has only the cookie that renews a session, which
    /// comes to no page, is known to the web app by a mark of its own.
    pub fn is_visitor(&self) -> bool {
        !cookies::any(&self.headers)
    }

    /// One of our addresses, in the language of the address that was asked for.
    pub fn link(&self, path: &str) -> String {
        if self.is_by_address { in_language(path, self.language) } else { path.to_owned() }
    }
}

/// The address that says its language; Indonesian goes without.
pub fn in_language(path: &str, language: Language) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    match language {
        Language::Indonesian => path.to_owned(),
        Language::English => format!("{path}{joint}{LANGUAGE_PARAMETER}{}", language.tag()),
    }
}

fn language(tag: &str) -> Option<Language> {
    [Language::Indonesian, Language::English].into_iter().find(|language| language.tag() == tag)
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::new(parts.uri.clone(), parts.headers.clone()))
    }
}
