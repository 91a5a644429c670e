//! Demo data: people, and a year of consultations that they had. Made once, in an empty database, through the features'
//! own functions; everybody's password is `hellopet-demo`.

mod history;
mod licences;
mod people;
mod pets;
mod scripts;

use std::collections::HashMap;

use anyhow::Context;
use sea_orm::{DatabaseTransaction, EntityTrait, PaginatorTrait};

use crate::accounts::entity::account;
use crate::accounts::{Account, AccountId, Accounts, NewAccount, Role};
use crate::doctors::licences::Licence;
use crate::doctors::{Doctor, DoctorStatus};
use crate::pets::{PetId, Species};
use platform::Platform;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::money::{BasisPoints, Rupiah};

const PASSWORD: &str = "hellopet-demo";

/// The ids of the people of the demo.
struct Cast {
    doctors: Vec<(AccountId, Rupiah)>,
    owners: Vec<AccountId>,
    pets: Vec<(AccountId, Species, PetId)>,
}

impl Cast {
    /// Somebody's animal of this kind.
    fn pet_of(&self, owner: AccountId, species: Species) -> Option<PetId> {
        let found = self.pets.iter().find(|(of, kind, _)| *of == owner && *kind == species);
        found.map(|(_, _, pet)| *pet)
    }
}

pub async fn fill(platform: &Platform, accounts: &Accounts, markup: BasisPoints) -> anyhow::Result<()> {
    if account::Entity::find().count(&platform.db.read).await? > 0 {
        return Ok(());
    }
    let hash = accounts.passwords.hash(PASSWORD.to_owned()).await.map_err(readable)?;
    let now = platform.clock.now();
    let txn = platform.db.begin_write().await?;
    let (mut cast, application) = hire(&txn, &hash, now).await?;
    cast.pets = pets::adopt(&txn, &cast.owners, now).await?;
    let consultations = history::write(&txn, &cast, markup, now).await?;
    txn.commit().await.context("the demo data cannot be stored")?;
    licences::hand_in(platform, &application, now).await?;
    tracing::info!(consultations, "demo data is in place: sign in as pemilik@hellopet.test, password {PASSWORD}");
    Ok(())
}

/// Refuses where an account of the demo still has the password that everybody knows: the demo was tried on this database
/// before it went public.
pub async fn must_be_gone(platform: &Platform, accounts: &Accounts) -> anyhow::Result<()> {
    // They share one hash until they sign in after its cost was raised, so that this is one comparison as a rule.
    let mut of_hash = HashMap::new();
    for account in Account::with_emails(&platform.db.read, people::emails()).await? {
        of_hash.insert(account.password_hash, account.email);
    }
    for (hash, email) in of_hash {
        if accounts.passwords.verify(PASSWORD.to_owned(), Some(hash)).await.map_err(readable)? {
            anyhow::bail!(
                "{email} still has the password of the demo, and PUBLIC_URL is not local: \
                 use another database, or give the accounts of the demo other passwords"
            );
        }
    }
    Ok(())
}

/// Makes the people of the demo, and the application of one of them.
async fn hire(txn: &DatabaseTransaction, hash: &str, now: Timestamp) -> anyhow::Result<(Cast, Licence)> {
    let mut cast = Cast { doctors: Vec::new(), owners: Vec::new(), pets: Vec::new() };
    for owner in people::OWNERS {
        cast.owners.push(create(txn, owner, Role::User, hash, now).await?);
    }
    for doctor in people::DOCTORS {
        let id = create(txn, &doctor.person, Role::Dokter, hash, now).await?;
        let profile = Doctor {
            status: DoctorStatus::Verified,
            specialization: doctor.specialization.to_owned(),
            experience_years: doctor.experience_years,
            licence_number: doctor.licence_number.to_owned(),
            base_price: Rupiah(doctor.base_price),
            bio: doctor.bio.to_owned(),
            species_mask: people::species(cast.doctors.len()),
            language_mask: people::languages(cast.doctors.len()),
            verified_at: Some(now),
            ..Doctor::blank(id, now)
        };
        Doctor::create(txn, profile).await?;
        people::hours(cast.doctors.len()).set_within(txn, id, now).await.map_err(readable)?;
        licences::hang_up(txn, id, doctor.licence_number, now).await?;
        cast.doctors.push((id, Rupiah(doctor.base_price)));
    }
    let applicant = create(txn, &people::APPLICANT, Role::User, hash, now).await?;
    let application = licences::apply(txn, applicant, now).await?;
    create(txn, &people::PARTNER, Role::Mitra, hash, now).await?;
    create(txn, &people::ADMIN, Role::Admin, hash, now).await?;
    Ok((cast, application))
}

async fn create(
    txn: &DatabaseTransaction,
    person: &people::Person,
    role: Role,
    hash: &str,
    now: Timestamp,
) -> anyhow::Result<AccountId> {
    let new = NewAccount {
        username: person.name.to_owned(),
        email: person.email.to_owned(),
        phone_number: person.phone.to_owned(),
        role,
        picture: None,
    };
    Account::create(txn, new, hash.to_owned(), now).await.map_err(readable)
}

fn readable(error: AppError) -> anyhow::Error {
    anyhow::anyhow!("the demo data cannot be made: {}", error.into_problem().code)
}
