//! The licences of the demo's doctors, and somebody who waits to be let in.

use std::io::Cursor;
use std::time::Duration;

use image::{ImageFormat, Rgb, RgbImage};
use sea_orm::DatabaseTransaction;

use super::readable;
use crate::accounts::AccountId;
use crate::doctors::licences::{Document, DocumentId, Licence, LicenceId, LicenceKind, LicenceStatus};
use crate::doctors::{Doctor, SpokenLanguage};
use crate::pets::Species;
use platform::Platform;
use platform::clock::Timestamp;
use platform::images::Shape;
use platform::money::Rupiah;
use platform::pictures;

const ISSUER: &str = "Dinas Penanaman Modal dan PTSP";
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

fn licence(doctor: AccountId, number: &str, status: LicenceStatus, now: Timestamp) -> Licence {
    Licence {
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
    Licence::import(txn, licence, now).await.map_err(readable)
}

/// Somebody whose licence waits for the operator.
pub async fn apply(txn: &DatabaseTransaction, applicant: AccountId, now: Timestamp) -> anyhow::Result<Licence> {
    let licence = licence(applicant, "SIP 503/1501/DKI/2026", LicenceStatus::Submitted, now);
    let profile = Doctor {
        specialization: "Dokter hewan umum".to_owned(),
        experience_years: 3,
        licence_number: licence.number.clone(),
        base_price: Rupiah(35_000),
        bio: "Tiga tahun di klinik kecil di Depok. Senang menjawab pertanyaan pemilik baru.".to_owned(),
        species_mask: Doctor::species_mask(&[Species::Cat, Species::Dog, Species::Hamster]),
        language_mask: Doctor::language_mask(&[SpokenLanguage::Id, SpokenLanguage::Su]),
        ..Doctor::blank(applicant, now)
    };
    Doctor::create(txn, profile).await?;
    Licence::import(txn, licence.clone(), now).await.map_err(readable)?;
    Ok(licence)
}

/// The picture of a licence that waits. Not in the transaction of everything else, which has the one writer of SQLite.
pub async fn hand_in(platform: &Platform, licence: &Licence, now: Timestamp) -> anyhow::Result<()> {
    let paper = paper()?;
    let upload = platform.pictures.memory.room(paper.len()).map_err(readable)?.hold(paper);
    let id = DocumentId::new();
    let key = id.storage_key(licence.id);
    let kept = platform.pictures.keep(&key, licence.doctor_id.0, upload, Shape::Photo).await.map_err(readable)?;
    let document = Document { id, licence_id: licence.id, byte_size: kept.byte_size, created_at: now };
    let txn = platform.db.begin_write().await?;
    Document::insert(&txn, document).await?;
    pictures::settle(&txn, &key).await?;
    txn.commit().await?;
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
