//! Access tokens (JWT, one hour) and refresh tokens (random, stored hashed).

use std::time::Duration;

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::CurrentUser;
use super::entity::{AccountId, Role, SessionId, account};
use platform::clock::Timestamp;
use platform::http::cookies;
use platform::random;

/// What an access token says. The names are those of the original platform's tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub id: AccountId,
    pub username: String,
    pub email: String,
    pub roles: Role,
    /// The session; revoking it kills the token at once.
    pub sid: SessionId,
    /// Seconds since 1970.
    pub iat: i64,
    pub exp: i64,
}

/// Signs and reads access tokens.
#[derive(Clone)]
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    lifetime: Duration,
}

impl AccessTokens {
    pub fn new(secret: &str, lifetime: Duration) -> Self {
        Self {
            encoding: EncodingKey::from_secret(secret.as_bytes()),
            decoding: DecodingKey::from_secret(secret.as_bytes()),
            lifetime,
        }
    }

    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    pub fn sign(&self, account: &account::Model, session: SessionId, now: Timestamp) -> anyhow::Result<String> {
        self.sign_for(account, session, now, self.lifetime)
    }

    /// A token of another lifetime, for load tests.
    pub fn sign_for(
        &self,
        account: &account::Model,
        session: SessionId,
        now: Timestamp,
        lifetime: Duration,
    ) -> anyhow::Result<String> {
        let claims = Claims {
            id: account.id,
            username: account.username.clone(),
            email: account.email.clone(),
            roles: account.role,
            sid: session,
            iat: now.as_millis() / 1000,
            exp: (now + lifetime).as_millis() / 1000,
        };
        Ok(jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)?)
    }

    /// The refresh token that takes the place of another one. It is always the same, so that it can be told again when the
    /// answer was lost, although only its hash is kept; and who has the one does not know the other.
    pub fn succeed(&self, refresh_token: &str) -> anyhow::Result<String> {
        let named = format!("the refresh token after {refresh_token}");
        Ok(jsonwebtoken::crypto::sign(named.as_bytes(), &self.encoding, Algorithm::HS256)?)
    }

    /// The claims of a token that we signed and that has not expired at `now`.
    pub fn read(&self, token: &str, now: Timestamp) -> Option<Claims> {
        self.read_even_expired(token).filter(|claims| claims.exp > now.as_millis() / 1000)
    }

    /// For signing out, which must work after the token's hour as well.
    pub fn read_even_expired(&self, token: &str) -> Option<Claims> {
        let mut rules = Validation::new(Algorithm::HS256);
        // The clock is handed in, so that expiry is checked against it and not against the machine's.
        rules.validate_exp = false;
        jsonwebtoken::decode::<Claims>(token, &self.decoding, &rules).ok().map(|data| data.claims)
    }
}

impl CurrentUser {
    /// The access token of a request: the bearer header, else the cookie.
    pub fn token_of(headers: &HeaderMap) -> Option<&str> {
        match headers.get(header::AUTHORIZATION) {
            Some(value) => {
                let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
                scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
            }
            None => cookies::get(headers, cookies::ACCESS_TOKEN),
        }
    }
}

/// What nobody guesses: 256 random bits. The first refresh token of a session, and what a letter's link carries.
pub fn random_token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<32>())
}

/// The form in which a token is kept.
pub fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]
    use super::*;

    fn somebody() -> account::Model {
        let now = Timestamp::from_millis(0);
        account::Model {
            id: AccountId::new(),
            username: "Rara".to_owned(),
            email: "rara@contoh.id".to_owned(),
            password_hash: String::new(),
            phone_number: "081234567890".to_owned(),
            role: Role::User,
            picture: None,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn a_token_lives_for_its_hour_and_not_longer() {
        let tokens = AccessTokens::new("a secret", Duration::from_secs(3600));
        let start = Timestamp::from_millis(1_795_334_400_000);
        let token = tokens.sign(&somebody(), SessionId::new(), start).unwrap();
        assert!(tokens.read(&token, start + Duration::from_secs(3599)).is_some());
        assert!(tokens.read(&token, start + Duration::from_secs(3600)).is_none());
        assert!(tokens.read_even_expired(&token).is_some());
    }

    #[test]
    fn a_token_of_another_secret_or_without_signature_is_refused() {
        let now = Timestamp::from_millis(1_795_334_400_000);
        let theirs = AccessTokens::new("another secret", Duration::from_secs(3600));
        let token = theirs.sign(&somebody(), SessionId::new(), now).unwrap();
        let ours = AccessTokens::new("a secret", Duration::from_secs(3600));
        assert!(ours.read(&token, now).is_none());
        let payload = token.split('.').nth(1).unwrap();
        let unsigned = format!("{}.{payload}.", BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#));
        assert!(ours.read(&unsigned, now).is_none());
    }
}
