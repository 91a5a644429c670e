//! Which addresses the stand-in will send notifications to.

use reqwest::Url;

/// Guards against being used to knock on doors inside a network: a transaction may name its own notification
/// addresses (`X-Override-Notification`), and this program runs inside the merchant's. So only this machine, and the
/// host that is configured anyway, are ever called; where strangers can reach the stand-in, whose keys are published, only
/// the one address that is configured. The same holds for where a receiver redirects to.
#[derive(Debug, Clone)]
pub(crate) struct AllowedHosts {
    configured: Option<Url>,
    is_elsewhere_allowed: bool,
}

impl AllowedHosts {
    pub(crate) fn beside(notification_url: &str, is_elsewhere_allowed: bool) -> Self {
        Self { configured: Url::parse(notification_url).ok(), is_elsewhere_allowed }
    }

    pub(crate) fn allow(&self, url: &Url) -> bool {
        if self.configured.as_ref() == Some(url) {
            return true;
        }
        let Some(host) = url.host_str().filter(|_| self.is_elsewhere_allowed) else { return false };
        let is_configured = self.configured.as_ref().and_then(Url::host_str) == Some(host);
        matches!(url.scheme(), "http" | "https") && (is_loopback(host) || is_configured)
    }

    /// Those of a transaction that may be called now: it may have been opened under other settings.
    pub(crate) fn retain(&self, urls: &[String]) -> Vec<String> {
        let is_allowed = |url: &&String| Url::parse(url).is_ok_and(|url| self.allow(&url));
        urls.iter().filter(is_allowed).cloned().collect()
    }

    /// Reads a header of up to three comma-separated addresses; `None` where one of them is not acceptable.
    pub(crate) fn parse_list(&self, header: &str) -> Option<Vec<String>> {
        let urls: Option<Vec<String>> = header
            .split(',')
            .map(|part| Url::parse(part.trim()).ok().filter(|url| self.allow(url)).map(String::from))
            .collect();
        urls.filter(|urls| urls.len() <= 3)
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// A link that a browser may be sent to: nothing but the web.
pub(crate) fn is_web_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_and_the_configured_host_are_called() {
        let hosts = AllowedHosts::beside("http://platform.test:5000/api/payment/notification", true);
        for good in ["http://localhost:9/x", "http://127.8.0.1/x", "http://[::1]:9/", "https://platform.test/other"] {
            assert!(hosts.parse_list(good).is_some(), "{good}");
        }
        for bad in [
            "http://10.0.0.1/",
            "http://169.254.169.254/",
            "ftp://localhost/",
            "localhost:9",
            "",
            "http://localhost.evil.test/",
            "http://user@evil.test/",
        ] {
            assert!(hosts.parse_list(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn where_strangers_come_only_the_configured_address_is_called() {
        let hosts = AllowedHosts::beside("http://127.0.0.1:5000/api/payment/notification", false);
        assert!(hosts.parse_list("http://127.0.0.1:5000/api/payment/notification").is_some());
        for bad in [
            "http://127.0.0.1:5000/api/payment/notification, http://127.0.0.1:6379/",
            "http://127.0.0.1:5000/api/other",
            "http://127.0.0.1:5001/api/payment/notification",
            "http://localhost:5000/api/payment/notification",
            "https://127.0.0.1:5000/api/payment/notification",
            "http://127.0.0.1:5000/api/payment/notification?to=http://10.0.0.1",
        ] {
            assert!(hosts.parse_list(bad).is_none(), "{bad}");
        }
        let before = ["http://127.0.0.1:6379/".to_owned(), "http://127.0.0.1:5000/api/payment/notification".to_owned()];
        assert_eq!(hosts.retain(&before), before[1..]);
    }

    #[test]
    fn at_most_three_addresses_in_a_list() {
        let hosts = AllowedHosts::beside("http://localhost/", true);
        assert_eq!(hosts.parse_list("http://localhost/1, http://localhost/2").map(|urls| urls.len()), Some(2));
        assert!(hosts.parse_list(&["http://localhost/"; 4].join(",")).is_none());
    }

    #[test]
    fn customers_are_sent_to_web_pages_only() {
        assert!(is_web_url("https://shop.test/done"));
        assert!(!is_web_url("javascript:alert(1)"));
        assert!(!is_web_url("/done"));
    }
}
