//! A release build holds the web app: it is made again when the built app has changed. Other builds read it from disk.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let built = Path::new("../web/dist");
    if std::env::var("PROFILE").as_deref() == Ok("release") && built.exists() {
        println!("cargo::rerun-if-changed={}", built.display());
    }
}
