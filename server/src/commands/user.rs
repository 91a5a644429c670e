//! `hellopet user create --role dokter --email …`

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use super::application;
use crate::accounts::{Account, NewAccount, Role, rules};
use crate::config::Options;
use crate::doctors::{Doctor, DoctorStatus, SpokenLanguage};
use crate::pets::Species;
use platform::audit::{self, Deed};
use platform::http::error::AppError;
use platform::http::validate::Check;
use platform::money::Rupiah;
use platform::random;
use platform::text::Language;

#[derive(Subcommand)]
pub enum UserCommand {
    /// Create an account of any role; a doctor is verified at once.
    Create(Box<Create>),
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    User,
    Dokter,
    Mitra,
    Admin,
}

#[derive(Args)]
pub struct Create {
    #[arg(long)]
    role: RoleName,
    #[arg(long)]
    email: String,
    /// The name shown to others; the part of the e-mail before the @ unless said.
    #[arg(long)]
    username: Option<String>,
    /// Made and printed unless said.
    #[arg(long, env = "HELLOPET_PASSWORD")]
    password: Option<String>,
    #[arg(long, default_value = "0800000000")]
    phone: String,
    /// A doctor's own price in whole rupiah.
    #[arg(long, default_value_t = 45_000)]
    price: i64,
    /// A doctor's experience in years.
    #[arg(long, default_value_t = 1)]
    experience: i32,
    #[arg(long, default_value = "Dokter hewan umum")]
    specialization: String,
    /// A doctor's licence number (STR or SIP).
    #[arg(long, default_value = "-")]
    licence: String,
    #[arg(long, default_value = "")]
    bio: String,
}

pub async fn run(UserCommand::Create(new): UserCommand) -> anyhow::Result<()> {
    let made = random::code(16);
    let password = new.password.clone().unwrap_or_else(|| made.clone());
    let username = new.username.clone().unwrap_or_else(|| new.email.split('@').next().unwrap_or_default().to_owned());
    let mut check = Check::new();
    let account = NewAccount {
        username: rules::check_username(&mut check, Some(username)),
        email: rules::check_email(&mut check, Some(new.email.clone())),
        phone_number: rules::check_phone_number(&mut check, Some(new.phone.clone())),
        role: role(new.role),
        picture: None,
    };
    let password = rules::check_new_password(&mut check, Some(password));
    check.finish().map_err(readable)?;
    anyhow::ensure!(new.price > 0 && new.experience >= 0, "--price must be above 0, --experience not below 0");

    let app = application(Options::default()).await?;
    let email = account.email.clone();
    let hash = app.accounts.passwords.hash(password).await.map_err(readable)?;
    let now = app.platform.clock.now();
    let txn = app.platform.db.begin_write().await?;
    let id = Account::create(&txn, account, hash, now).await.map_err(readable)?;
    if matches!(new.role, RoleName::Dokter) {
        let doctor = Doctor {
            status: DoctorStatus::Verified,
            specialization: new.specialization,
            experience_years: new.experience,
            licence_number: new.licence,
            base_price: Rupiah(new.price),
            bio: new.bio,
            species_mask: Doctor::species_mask(&[Species::Cat, Species::Dog]),
            language_mask: Doctor::language_mask(&[SpokenLanguage::Id]),
            verified_at: Some(now),
            ..Doctor::blank(id, now)
        };
        Doctor::create(&txn, doctor).await.context("the doctor's profile cannot be created")?;
    }
    audit::write(&txn, Deed { actor: None, action: "account.created", subject: id.0, reason: None }, now).await?;
    txn.commit().await?;
    println!("{id} {email}");
    if new.password.is_none() {
        println!("password: {made}");
    }
    Ok(())
}

fn role(name: RoleName) -> Role {
    match name {
        RoleName::User => Role::User,
        RoleName::Dokter => Role::Dokter,
        RoleName::Mitra => Role::Mitra,
        RoleName::Admin => Role::Admin,
    }
}

/// A refusal as somebody at a terminal reads it.
fn readable(error: AppError) -> anyhow::Error {
    let body = error.into_problem().body(Language::English, "");
    let fields = body.errors.iter().map(|field| format!("\n  {}: {}", field.field, field.message));
    anyhow::anyhow!("{}{}", body.detail, fields.collect::<String>())
}
