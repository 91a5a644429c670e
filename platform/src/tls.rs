//! The one implementation of TLS that HTTP clients use.

use rustls::crypto::ring;

/// Must have been called before the first HTTP client is made; calling it again changes nothing.
pub fn install_provider() {
    // Refused only when there is a provider already, which then is this one.
    let _already_installed = ring::default_provider().install_default();
}
