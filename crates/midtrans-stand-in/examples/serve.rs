//! Starts the stand-in alone, to try it by hand: `cargo run -p midtrans-stand-in --example serve -- 5100`.
//!
//! Notifications go to port + 1 of this machine; `MERCHANT_DIR` names a folder whose `index.html` is served at `/`,
//! to try `snap.js` in a page of one's own.

use std::path::PathBuf;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use midtrans_stand_in::{StandInConfig, prepare, router};
use sea_orm::Database;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A second call would find the provider of the first: nothing to handle.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let port: u16 = std::env::args().nth(1).map_or(Ok(5100), |text| text.parse())?;
    let base = "/sandbox/midtrans";
    let config = StandInConfig {
        server_key: "SB-Mid-server-hellopet-local".into(),
        client_key: "SB-Mid-client-hellopet-local".into(),
        notification_url: format!("http://127.0.0.1:{}/notification", port + 1),
        public_base_url: format!("http://localhost:{port}{base}"),
        notifies_elsewhere: true,
    };
    let file = std::env::temp_dir().join(format!("midtrans-stand-in-{port}.db"));
    let db = Database::connect(format!("sqlite://{}?mode=rwc", file.display())).await?;
    prepare(&db).await?;

    let merchant = get(|| async {
        let folder = std::env::var_os("MERCHANT_DIR").map(PathBuf::from).unwrap_or_default();
        Html(tokio::fs::read_to_string(folder.join("index.html")).await.unwrap_or_default())
    });
    let app = Router::new().route("/", merchant).nest(base, router(db, config));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://localhost:{port}{base}");
    axum::serve(listener, app).await?;
    Ok(())
}
