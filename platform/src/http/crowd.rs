//! A limit around everything, whatever is asked for: one address must not take the whole server. It is wide, since many phones
//! share one address; what costs more has narrower limits of its own.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;

use super::client_address::TrustedProxies;
use super::error::AppError;
use super::gate::Rule;
use super::rate_limit::{Limit, Limits};

/// Requests of one address in a minute.
const MOST: u32 = 3_000;

#[derive(Clone)]
pub struct Crowd {
    requests: Arc<Limit<IpAddr>>,
    proxies: TrustedProxies,
}

impl Crowd {
    pub fn new(limits: &Limits, proxies: TrustedProxies) -> Self {
        Self { requests: limits.limit("requests_by_address", MOST, Duration::from_secs(60)), proxies }
    }
}

impl Rule for Crowd {
    fn check(&self, request: &Request) -> Result<(), AppError> {
        self.requests.take(&self.proxies.address_of(request.extensions(), request.headers()))
    }
}
