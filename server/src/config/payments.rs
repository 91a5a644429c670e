//! The payment gateway: Midtrans, or our stand-in of it when no key is set.

use std::time::Duration;

use reqwest::Url;

use super::ServerConfig;
use super::env::Env;
use super::local::is_private;
use platform::money::BasisPoints;
use platform::secret::Secret;

#[derive(Clone, Debug)]
pub struct PaymentsConfig {
    pub gateway: Gateway,
    /// `MIDTRANS_SERVER_KEY`: authenticates us to the gateway and signs its notifications.
    pub server_key: Secret,
    /// `MIDTRANS_CLIENT_KEY`: public, for the payment script in the browser.
    pub client_key: String,
    /// `MIDTRANS_BASE_URL`: overrides where both Snap (`/snap`) and the Core API (`/v2`) are reached.
    base_url: Option<String>,
    /// `MARKUP_BASIS_POINTS` (1250): the platform's fee on top of the doctor's price, 1,000 to 1,500.
    pub markup: BasisPoints,
    /// `PAYMENT_EXPIRY_MINUTES` (60): how long an owner may take to pay.
    pub expiry: Duration,
    /// `COMPLAINT_WINDOW_HOURS` (24): how long after a summary an owner may complain before the payment is the vet's.
    pub complaint_window: Duration,
    /// `RECONCILE_SECONDS` (20): how often pending payments are looked up at the gateway.
    pub reconcile_every: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gateway {
    /// Ours, under `/sandbox/midtrans`.
    StandIn,
    MidtransSandbox,
    MidtransProduction,
}

/// Fixed and documented (`contract.md` 3.1): whoever runs the stand-in may know them.
pub const STAND_IN_SERVER_KEY: &str = "SB-Mid-server-hellopet-local";
pub const STAND_IN_CLIENT_KEY: &str = "SB-Mid-client-hellopet-local";

impl PaymentsConfig {
    pub(super) fn read(env: &mut Env, server: &ServerConfig) -> Self {
        let server_key = env.optional("MIDTRANS_SERVER_KEY");
        let client_key = env.optional("MIDTRANS_CLIENT_KEY");
        if server_key.is_some() != client_key.is_some() {
            env.complain("MIDTRANS_CLIENT_KEY", "and MIDTRANS_SERVER_KEY must be set together");
        }
        let gateway = match server_key.as_deref() {
            None => Gateway::StandIn,
            Some(key) if key.starts_with("SB-") => Gateway::MidtransSandbox,
            Some(_) => Gateway::MidtransProduction,
        };
        if gateway == Gateway::MidtransProduction && !server.is_https() {
            env.complain("PUBLIC_URL", "must be set to an https:// address beside production keys of Midtrans");
        }
        check_wish(env, gateway, server);
        let base_url = env.optional("MIDTRANS_BASE_URL").map(|url| url.trim_end_matches('/').to_owned());
        if base_url.as_deref().is_some_and(|url| !is_plain_address(url) || !is_private(url)) {
            env.complain("MIDTRANS_BASE_URL", "must look like https://host/path; plain http is for this machine only");
        }
        let markup = env.parsed("MARKUP_BASIS_POINTS", 1_250);
        if !(1_000..=1_500).contains(&markup) {
            env.complain("MARKUP_BASIS_POINTS", "must be 1000 to 1500");
        }
        let expiry_minutes = env.parsed("PAYMENT_EXPIRY_MINUTES", 60_u64);
        if !(5..=10_080).contains(&expiry_minutes) {
            env.complain("PAYMENT_EXPIRY_MINUTES", "must be 5 to 10080 (seven days)");
        }
        let reconcile_seconds = env.parsed("RECONCILE_SECONDS", 20_u64);
        if !(1..=3_600).contains(&reconcile_seconds) {
            env.complain("RECONCILE_SECONDS", "must be 1 to 3600");
        }
        let complaint_hours = env.parsed("COMPLAINT_WINDOW_HOURS", 24_u64);
        if !(1..=720).contains(&complaint_hours) {
            env.complain("COMPLAINT_WINDOW_HOURS", "must be 1 to 720 (thirty days)");
        }
        Self {
            gateway,
            server_key: Secret::new(server_key.unwrap_or_else(|| STAND_IN_SERVER_KEY.to_owned())),
            client_key: client_key.unwrap_or_else(|| STAND_IN_CLIENT_KEY.to_owned()),
            base_url,
            markup: BasisPoints(markup),
            expiry: Duration::from_secs(expiry_minutes * 60),
            complaint_window: Duration::from_secs(complaint_hours * 3600),
            reconcile_every: Duration::from_secs(reconcile_seconds),
        }
    }

    pub fn is_simulated(&self) -> bool {
        self.gateway == Gateway::StandIn
    }

    pub fn moves_real_money(&self) -> bool {
        self.gateway == Gateway::MidtransProduction
    }

    /// Base of `/v2/{id}/status` and its siblings. `public_url` is our own address, where the stand-in lives.
    pub fn core_url(&self, public_url: &str) -> String {
        self.url("https://api", "", public_url)
    }

    /// Base of `/v1/transactions` and `/snap.js`.
    pub fn snap_url(&self, public_url: &str) -> String {
        self.url("https://app", "/snap", public_url)
    }

    fn url(&self, host: &str, path: &str, public_url: &str) -> String {
        match (&self.base_url, self.gateway) {
            (Some(base), _) => format!("{base}{path}"),
            (None, Gateway::StandIn) => format!("{public_url}/sandbox/midtrans{path}"),
            (None, Gateway::MidtransSandbox) => format!("{host}.sandbox.midtrans.com{path}"),
            (None, Gateway::MidtransProduction) => format!("{host}.midtrans.com{path}"),
        }
    }

    /// What the web app loads: a path of ours for the stand-in, Midtrans' own address otherwise.
    pub fn script_url(&self) -> String {
        match self.gateway {
            Gateway::StandIn => "/sandbox/midtrans/snap/snap.js".to_owned(),
            _ => format!("{}/snap.js", self.snap_url("")),
        }
    }

    /// The origin that the browser must be allowed to load scripts and frames from; empty when it is our own.
    pub fn script_origin(&self) -> String {
        match self.gateway {
            Gateway::StandIn => String::new(),
            _ => self.snap_url("").trim_end_matches("/snap").to_owned(),
        }
    }
}

/// `PAYMENTS`: `simulated` or `midtrans`, where somebody wants to be sure. A public server without keys must say it: one
/// mistyped name of a variable would give every consultation away.
fn check_wish(env: &mut Env, gateway: Gateway, server: &ServerConfig) {
    let is_simulated = gateway == Gateway::StandIn;
    match env.optional("PAYMENTS").as_deref() {
        None if is_simulated && !server.is_local() => env.complain(
            "PAYMENTS",
            "would be simulated on a public address: set MIDTRANS_SERVER_KEY and MIDTRANS_CLIENT_KEY, or PAYMENTS=simulated",
        ),
        Some("simulated") if !is_simulated => env.complain("PAYMENTS", "is simulated, but keys of Midtrans are set"),
        Some("midtrans") if is_simulated => env.complain("PAYMENTS", "is midtrans, but MIDTRANS_SERVER_KEY is not set"),
        None | Some("simulated" | "midtrans") => {}
        Some(_) => env.complain("PAYMENTS", "must be simulated or midtrans"),
    }
}

/// Scheme, host and perhaps a path: it becomes part of the browsers' security policy.
fn is_plain_address(text: &str) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || ".-_~:/[]".contains(character);
    Url::parse(text).is_ok() && text.chars().all(is_plain)
}
