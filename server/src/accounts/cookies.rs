//! Sets and clears the session's cookies: `HttpOnly`, `SameSite`, `Secure` everywhere but on one's own machine.

use std::time::Duration;

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::Accounts;
use super::service::SignedIn;
use platform::http::cookies::{ACCESS_TOKEN, REFRESH_TOKEN, get};

/// The refresh token is only sent where it is of use.
const REFRESH_PATH: &str = "/api/auth";

pub fn signed_in(accounts: &Accounts, signed_in: &SignedIn) -> CookieJar {
    let access =
        cookie(accounts, ACCESS_TOKEN, signed_in.access_token.clone(), "/", seconds(accounts.tokens.lifetime()));
    let refresh = cookie(
        accounts,
        REFRESH_TOKEN,
        signed_in.refresh_token.clone(),
        REFRESH_PATH,
        seconds(accounts.refresh_token_lifetime),
    );
    CookieJar::new().add(access).add(refresh)
}

pub fn signed_out(accounts: &Accounts) -> CookieJar {
    CookieJar::new().add(cookie(accounts, ACCESS_TOKEN, String::new(), "/", 0)).add(cookie(
        accounts,
        REFRESH_TOKEN,
        String::new(),
        REFRESH_PATH,
        0,
    ))
}

pub fn refresh_token(headers: &HeaderMap) -> Option<&str> {
    get(headers, REFRESH_TOKEN)
}

fn cookie(
    accounts: &Accounts,
    name: &'static str,
    value: String,
    path: &'static str,
    lifetime_seconds: i64,
) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, value);
    cookie.set_path(path);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(accounts.has_secure_cookies);
    cookie.set_max_age(time::Duration::seconds(lifetime_seconds));
    cookie
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
