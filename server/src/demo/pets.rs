//! The animals of the two owners whom visitors sign in as, with a year of weights and their vaccinations.

use std::time::Duration;

use sea_orm::DatabaseTransaction;

use crate::accounts::AccountId;
use crate::pets::health::{Vaccination, VaccinationId, Weight, WeightId};
use crate::pets::{Pet, PetId, Sex, Species};
use platform::clock::Timestamp;

struct DemoPet {
    /// Whose it is, by the order of `people::OWNERS`.
    owner: usize,
    name: &'static str,
    species: Species,
    breed: &'static str,
    sex: Sex,
    neutered: bool,
    born_days_ago: u32,
    allergies: &'static str,
    notes: &'static str,
    /// Grams, one a month, the last one a few days ago.
    weights: &'static [i32],
    /// Against what, how many days ago, and in how many days again.
    vaccinations: &'static [(&'static str, u32, Option<u32>)],
}

const PETS: &[DemoPet] = &[
    DemoPet {
        owner: 0,
        name: "Miko",
        species: Species::Cat,
        breed: "Domestik oranye",
        sex: Sex::Male,
        neutered: true,
        born_days_ago: 1_150,
        allergies: "Ayam",
        notes: "Dalam rumah. Mudah stres bila naik mobil: bungkus keranjangnya dengan selimut.",
        weights: &[4_150, 4_200, 4_280, 4_400, 4_480, 4_700, 4_600],
        vaccinations: &[("Tricat", 357, Some(8)), ("Rabies", 83, Some(282))],
    },
    DemoPet {
        owner: 0,
        name: "Bruno",
        species: Species::Dog,
        breed: "Golden retriever",
        sex: Sex::Male,
        neutered: false,
        born_days_ago: 2_010,
        allergies: "",
        notes: "Pernah gatal setelah ganti makanan. Sekarang makan ikan dan kentang.",
        weights: &[31_800, 32_100, 32_600, 32_400, 33_000],
        vaccinations: &[("DHPPi", 200, Some(165)), ("Rabies", 370, None), ("Kennel cough", 200, Some(165))],
    },
    DemoPet {
        owner: 1,
        name: "Moci",
        species: Species::Rabbit,
        breed: "Holland lop",
        sex: Sex::Female,
        neutered: false,
        born_days_ago: 640,
        allergies: "",
        notes: "Rumput timothy terus tersedia, pelet dua sendok sehari.",
        weights: &[1_420, 1_500, 1_560, 1_540],
        vaccinations: &[("RHDV2", 300, Some(65))],
    },
];

/// Gives the owners their animals and answers whose is what.
pub async fn adopt(
    txn: &DatabaseTransaction,
    owners: &[AccountId],
    now: Timestamp,
) -> anyhow::Result<Vec<(AccountId, Species, PetId)>> {
    let mut adopted = Vec::new();
    for demo in PETS {
        let Some(owner) = owners.get(demo.owner) else { continue };
        let pet = demo.pet(*owner, now);
        let id = pet.id;
        Pet::import(txn, pet, demo.weights(id, now), demo.vaccinations(id, now)).await?;
        adopted.push((*owner, demo.species, id));
    }
    Ok(adopted)
}

impl DemoPet {
    fn pet(&self, owner: AccountId, now: Timestamp) -> Pet {
        Pet {
            id: PetId::new(),
            owner_id: owner,
            name: self.name.to_owned(),
            species: self.species,
            breed: self.breed.to_owned(),
            sex: self.sex,
            neutered: Some(self.neutered),
            birth_date: Some(days_from(now, -i64::from(self.born_days_ago))),
            allergies: self.allergies.to_owned(),
            notes: self.notes.to_owned(),
            photo_id: None,
            photo_size: None,
            created_at: now,
            updated_at: now,
            archived_at: None,
        }
    }

    fn weights(&self, pet: PetId, now: Timestamp) -> Vec<Weight> {
        let newest_first = self.weights.iter().rev().zip(0_i64..);
        let row = |(grams, months_ago): (&i32, i64)| Weight {
            id: WeightId::new(),
            pet_id: pet,
            measured_on: days_from(now, -4 - 30 * months_ago),
            grams: *grams,
        };
        newest_first.map(row).collect()
    }

    fn vaccinations(&self, pet: PetId, now: Timestamp) -> Vec<Vaccination> {
        let row = |(name, days_ago, again): &(&str, u32, Option<u32>)| Vaccination {
            id: VaccinationId::new(),
            pet_id: pet,
            name: (*name).to_owned(),
            given_on: days_from(now, -i64::from(*days_ago)),
            next_due_on: again.map(|days| days_from(now, i64::from(days))),
        };
        self.vaccinations.iter().map(row).collect()
    }
}

/// A day so many days after today, or before it.
fn days_from(now: Timestamp, days: i64) -> String {
    let distance = Duration::from_secs(days.unsigned_abs() * 24 * 3600);
    let moment = if days < 0 { now - distance } else { now + distance };
    moment.in_jakarta().date_naive().to_string()
}
