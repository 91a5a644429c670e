//! Where a request comes from, for limits per address.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::error::AppError;

/// The caller's address; a whole /64 of IPv6 counts as one, since one customer owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

/// Whether our own proxy stands before us and says where requests come from.
#[derive(Clone, Copy, Debug)]
pub struct BehindProxy(pub bool);

impl<S: Sync> FromRequestParts<S> for ClientAddress
where
    BehindProxy: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let BehindProxy(is_behind_proxy) = BehindProxy::from_ref(state);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let forwarded = is_behind_proxy.then(|| forwarded_for(&parts.headers)).flatten();
        let address = forwarded.or(peer).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        Ok(Self(shared_by_one_customer(address)))
    }
}

/// The last entry of `X-Forwarded-For`: the one that our own proxy wrote. All before it is the caller's claim.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// The address by which one customer is counted.
pub fn shared_by_one_customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}
