//! The licences of the demo's doctors, and somebody who waits to be let in.

use std::io::Cursor;
use std::time::Duration;

use anyhow::Context;
use image::{ImageFormat, Rgb, RgbImage};
use sea_orm::DatabaseTransaction;

use super::readable;
use crate::accounts::AccountId;
use crate::doctors::licence::document::{self, DocumentId};
use crate::doctors::licence::{LicenceId, LicenceKind, LicenceStatus, Model};
use crate::doctors::{self, SpokenLanguage, language_mask, species_mask};
use crate::pets::Species;
use platform::clock::Timestamp;
use platform::money::Rupiah;
use platform::pictures::Pictures;

const ISSUER: &str = "Dinas Penanaman Modal dan PTSP";
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

fn licence(doctor: AccountId, number: &str, status: LicenceStatus, now: Timestamp) -> Model {
    Model {
        id: LicenceId::new(),
        doctor_id: doctor,
        kind: LicenceKind::Sip,
        number: number.to_owned(),
        issuer: ISSUER.to_owned(),
        expires_on: (now + YEAR * 2).in_jakarta().date_naive().to_string(),
        status,
        reason: None,
        decided_by: None,
        submitted_at: now,
        decided_at: (status == LicenceStatus::Accepted).then_some(now),
    }
}

/// A licence in force.
pub async fn hang_up(txn: &DatabaseTransaction, doctor: AccountId, number: &str, now: Timestamp) -> anyhow::Result<()> {
    let licence = licence(doctor, number, LicenceStatus::Accepted, now);
    doctors::import_licence(txn, licence, now).await.map_err(readable)
}

/// Somebody whose licence waits for the operator.
pub async fn apply(
    pictures: &Pictures,
    txn: &DatabaseTransaction,
    applicant: AccountId,
    now: Timestamp,
) -> anyhow::Result<()> {
    let licence = licence(applicant, "SIP 503/1501/DKI/2026", LicenceStatus::Submitted, now);
    let profile = doctors::entity::Model {
        specialization: "Dokter hewan umum".to_owned(),
        experience_years: 3,
        licence_number: licence.number.clone(),
        base_price: Rupiah(35_000),
        bio: "Tiga tahun di klinik kecil di Depok. Senang menjawab pertanyaan pemilik baru.".to_owned(),
        species_mask: species_mask(&[Species::Cat, Species::Dog, Species::Hamster]),
        language_mask: language_mask(&[SpokenLanguage::Id, SpokenLanguage::Su]),
        ..doctors::entity::Model::blank(applicant, now)
    };
    doctors::create(txn, profile).await?;
    let id = licence.id;
    doctors::import_licence(txn, licence, now).await.map_err(readable)?;
    let picture = paper()?;
    let document = document::Model {
        id: DocumentId::new(),
        licence_id: id,
        byte_size: i32::try_from(picture.len()).context("a picture of gigabytes")?,
        created_at: now,
    };
    pictures.storage.put(&document.storage_key(), picture.into()).await?;
    doctors::import_document(txn, document).await?;
    Ok(())
}

/// What a licence looks like from afar: lines on paper under a band.
fn paper() -> anyhow::Result<Vec<u8>> {
    let picture = RgbImage::from_fn(600, 420, |x, y| match y {
        0..=60 => Rgb([15, 157, 138]),
        _ if y % 36 < 6 && (60..540).contains(&x) => Rgb([120, 130, 126]),
        _ => Rgb([255, 252, 246]),
    });
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg)?;
    Ok(bytes)
}
