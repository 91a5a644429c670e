//! What accounts write to their owners. Each in the language that was read when it became necessary.

use std::time::Duration;

use super::entity::account;
use crate::mail::Letter;
use platform::text::{Language, Text};

/// How to choose a new password; the link is good for one use.
pub fn password_reset(account: &account::Model, language: Language, link: &str, lifetime: Duration) -> Letter {
    let minutes = lifetime.as_secs() / 60;
    let subject = Text::new("Buat kata sandi baru", "Choose a new password");
    let body = Text::new(
        format!(
            "Kami diminta membuat kata sandi baru untuk akun HELLOPET! dengan e-mail ini. Buka tautan ini dalam {minutes} menit:\n\n\
             {link}\n\n\
             Bukan kamu yang meminta? Abaikan saja surat ini. Kata sandimu tetap seperti semula."
        ),
        format!(
            "Somebody asked for a new password for the HELLOPET! account with this e-mail. Open this link within {minutes} minutes:\n\n\
             {link}\n\n\
             It wasn't you? Then ignore this letter. Your password stays as it is."
        ),
    );
    to(account, language, &subject, &body)
}

pub fn password_changed(account: &account::Model, language: Language, recovery: &str) -> Letter {
    let subject = Text::new("Kata sandimu sudah diganti", "Your password was changed");
    let body = Text::new(
        format!(
            "Kata sandi akun HELLOPET! kamu baru saja diganti, dan perangkat lain sudah dikeluarkan.\n\n\
             Bukan kamu yang menggantinya? Buat kata sandi baru sekarang juga:\n\n{recovery}"
        ),
        format!(
            "The password of your HELLOPET! account was changed just now, and your other devices were signed out.\n\n\
             It wasn't you? Choose a new password right away:\n\n{recovery}"
        ),
    );
    to(account, language, &subject, &body)
}

/// Somebody has signed in from where nobody has before.
pub fn new_device(account: &account::Model, language: Language, device: &str, security: &str) -> Letter {
    let subject = Text::new("Akunmu dibuka di perangkat baru", "Your account was opened on a new device");
    let body = Text::new(
        format!(
            "Akun HELLOPET! kamu baru saja dibuka di perangkat yang belum pernah kami lihat: {device}.\n\n\
             Bukan kamu? Keluarkan perangkat itu dan ganti kata sandimu:\n\n{security}"
        ),
        format!(
            "Your HELLOPET! account was opened just now on a device that we have not seen before: {device}.\n\n\
             It wasn't you? Sign that device out and change your password:\n\n{security}"
        ),
    );
    to(account, language, &subject, &body)
}

/// Without the account's name: nobody has proved the address, and whoever registers with another's would write to them by it.
fn to(account: &account::Model, language: Language, subject: &Text, body: &Text) -> Letter {
    let greeting = Text::new("Halo", "Hello");
    Letter {
        recipient: account.email.clone(),
        subject: subject.in_language(language).to_owned(),
        body: format!("{},\n\n{}\n\nHELLOPET!\n", greeting.in_language(language), body.in_language(language)),
    }
}
