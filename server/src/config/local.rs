//! What counts as this machine: the one place that decides what may be simulated, unlimited, open or without TLS.

use std::net::IpAddr;

use reqwest::Url;

/// Whether an address of the web leads no further than this machine: `localhost`, 127.0.0.0/8 or `::1`.
pub fn is_local(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    matches!(url.scheme(), "http" | "https")
        && (host == "localhost" || address.is_ok_and(|address| address.to_canonical().is_loopback()))
}

/// Whether what is sent there stays secret on its way: over TLS, or not on any way at all.
pub fn is_private(url: &str) -> bool {
    url.starts_with("https://") || is_local(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_local() {
        for local in [
            "http://localhost",
            "https://localhost:5000",
            "http://LOCALHOST:1",
            "http://127.0.0.1:5000",
            "http://127.8.9.1",
            "http://[::1]:5000",
            "http://[::ffff:127.0.0.1]",
        ] {
            assert!(is_local(local), "{local}");
        }
        for elsewhere in [
            "https://hellopet.site",
            "http://localhost.hellopet.site",
            "http://localhost@hellopet.site",
            "http://127.0.0.1.hellopet.site",
            "http://128.0.0.1",
            "http://10.0.0.1",
            "http://0.0.0.0:5000",
            "http://[::]:5000",
            "http://[fe80::1]",
            "http://[::2]",
            "ftp://localhost",
            "localhost",
            "",
        ] {
            assert!(!is_local(elsewhere), "{elsewhere}");
        }
    }
}
