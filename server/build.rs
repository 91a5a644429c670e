//! Says where the built web app is. A release build holds it and is made again when it has changed; other builds read it
//! from disk.

use std::path::Path;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // Without `..` in it: a path that does not exist yet cannot be made canonical later, and rust-embed serves only
    // files whose canonical path begins with the one it was compiled with.
    let built = Path::new("../web").canonicalize()?.join("dist");
    println!("cargo::rustc-env=WEB_DIST={}", built.display());
    if std::env::var("PROFILE").as_deref() == Ok("release") && built.exists() {
        println!("cargo::rerun-if-changed={}", built.display());
    }
    Ok(())
}
