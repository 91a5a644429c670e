//! Where a request comes from, for limits per address.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::sync::{Arc, Once};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;

use super::error::AppError;

/// What proxies write the addresses into that a request came through. Whoever sends a request may write into it as well.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The caller's address; a whole /64 of IPv6 counts as one, since one customer owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

/// Which proxies say where requests come from. Whoever else says so is not believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TrustedProxies {
    #[default]
    None,
    /// One, on this machine or in a private network.
    Nearby,
    /// All in these networks, however many stand behind each other.
    In(Arc<[IpNet]>),
}

impl FromStr for TrustedProxies {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "off" => Ok(Self::None),
            "on" => Ok(Self::Nearby),
            networks => {
                networks.split(',').map(|network| read_network(network.trim())).collect::<Result<_, _>>().map(Self::In)
            }
        }
    }
}

/// A network, or one address.
fn read_network(text: &str) -> Result<IpNet, ()> {
    let network: IpNet = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(|_| ())?;
    Ok(network.trunc())
}

impl TrustedProxies {
    /// By which address a request is counted.
    pub fn address_of(&self, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        if *self == Self::None && headers.contains_key(FORWARDED_FOR) {
            warn_of_unknown_proxy(peer);
        }
        shared_by_one_customer(self.caller(peer, headers))
    }

    /// Who has sent a request that came from `peer`: what the proxies say, read from the last of them to the first that is none.
    fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        match self {
            Self::Nearby if is_nearby(peer) => forwarded(headers).next().unwrap_or(peer),
            Self::In(networks) => {
                let is_proxy =
                    |address: &IpAddr| networks.iter().any(|network| network.contains(&address.to_canonical()));
                let mut caller = peer;
                for hop in forwarded(headers) {
                    if !is_proxy(&caller) {
                        break;
                    }
                    caller = hop;
                }
                caller
            }
            Self::None | Self::Nearby => peer,
        }
    }
}

/// The addresses that a request is said to have come through, the last first, as far as they are addresses.
fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = IpAddr> {
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')).map_while(|hop| read_hop(hop.trim()))
}

/// An address, perhaps with a port behind it.
fn read_hop(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// On this machine, or in a network that the internet does not lead to.
fn is_nearby(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// Limits per address would count everybody behind a proxy as one caller.
fn warn_of_unknown_proxy(peer: IpAddr) {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        tracing::warn!(%peer, "X-Forwarded-For comes in and is not believed: if a proxy of yours stands before the server, set TRUST_PROXY");
    });
}

impl<S: Sync> FromRequestParts<S> for ClientAddress
where
    TrustedProxies: FromRef<S>,
{
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        Ok(Self(TrustedProxies::from_ref(state).address_of(&parts.extensions, &parts.headers)))
    }
}

/// The address by which one customer is counted.
pub fn shared_by_one_customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "10.0.0.9";
    const STRANGER: &str = "198.51.100.7";

    fn caller(proxies: &str, peer: &str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let proxies: TrustedProxies = proxies.parse().unwrap();
        proxies.caller(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_told() {
        assert_eq!(caller("off", OURS, &["203.0.113.1"]), OURS);
    }

    #[test]
    fn one_proxy_nearby_has_the_last_word() {
        assert_eq!(caller("on", OURS, &["203.0.113.1"]), "203.0.113.1");
        assert_eq!(caller("on", "::1", &["203.0.113.1"]), "203.0.113.1");
        assert_eq!(caller("on", "::ffff:127.0.0.1", &["203.0.113.1"]), "203.0.113.1");
        // What the caller has written stands before it, in the same line or in one of its own.
        assert_eq!(caller("on", OURS, &["203.0.113.66, 203.0.113.1"]), "203.0.113.1");
        assert_eq!(caller("on", OURS, &["203.0.113.66", "203.0.113.1"]), "203.0.113.1");
        assert_eq!(caller("on", OURS, &["203.0.113.1, 10.0.0.5"]), "10.0.0.5");
    }

    #[test]
    fn who_reaches_the_port_past_the_proxy_is_not_believed() {
        assert_eq!(caller("on", STRANGER, &["203.0.113.1"]), STRANGER);
        assert_eq!(caller("10.0.0.0/8", STRANGER, &["203.0.113.1"]), STRANGER);
    }

    #[test]
    fn a_row_of_proxies_is_followed_to_the_first_that_is_none() {
        let row = "203.0.113.66, 203.0.113.1, 172.16.0.4";
        assert_eq!(caller("10.0.0.0/8, 172.16.0.4", OURS, &[row]), "203.0.113.1");
        assert_eq!(caller("10.0.0.0/8", OURS, &[row]), "172.16.0.4");
        assert_eq!(caller("10.0.0.0/8", OURS, &["10.1.1.1"]), "10.1.1.1");
        assert_eq!(caller("10.0.0.0/8", "::ffff:10.0.0.9", &["203.0.113.1"]), "203.0.113.1");
    }

    #[test]
    fn an_address_may_have_a_port_and_nonsense_ends_the_row() {
        assert_eq!(caller("on", OURS, &["203.0.113.1:4711"]), "203.0.113.1");
        assert_eq!(caller("on", OURS, &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(caller("on", OURS, &["[2001:db8::1]"]), "2001:db8::1");
        for nonsense in ["", "unknown", "203.0.113", "203.0.113.1 x"] {
            assert_eq!(caller("on", OURS, &[nonsense]), OURS, "{nonsense:?}");
            assert_eq!(caller("10.0.0.0/8", OURS, &["203.0.113.1", nonsense]), OURS, "{nonsense:?}");
        }
    }

    #[test]
    fn what_names_no_network_is_refused() {
        for nonsense in ["", "yes", "10.0.0.0/33", "10.0.0.0/8,", "proxy.internal"] {
            assert_eq!(nonsense.parse::<TrustedProxies>(), Err(()), "{nonsense:?}");
        }
    }
}
