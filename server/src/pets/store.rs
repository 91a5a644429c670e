//! Every query about pets. What an owner sees starts from the owner.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use uuid::Uuid;

use super::entity::{ActiveModel, Column, Entity, Model, PetId, PhotoId, VaccinationId, WeightId, vaccination, weight};
use super::rules::{MOST_ENTRIES, Profile};
use crate::accounts::AccountId;
use platform::clock::Timestamp;

/// Where a page goes on in what is noted by days, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayPlace {
    /// All of the days before this one.
    Before(String),
    /// All of this day and of those before it.
    From(String),
    /// What comes after this id on this day, and all of the days before it.
    After(String, Uuid),
}

impl Model {
    /// Whether somebody has or had a pet.
    pub async fn has_any(db: &impl ConnectionTrait, owner: AccountId) -> Result<bool, DbErr> {
        Ok(Entity::find().filter(Column::OwnerId.eq(owner)).limit(1).count(db).await? > 0)
    }

    pub async fn find(db: &impl ConnectionTrait, id: PetId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).one(db).await
    }

    /// A pet of this owner, archived or not.
    pub async fn find_own(db: &impl ConnectionTrait, owner: AccountId, id: PetId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).filter(Column::OwnerId.eq(owner)).one(db).await
    }

    /// A pet that this owner can take to a vet.
    pub async fn find_usable(db: &impl ConnectionTrait, owner: AccountId, id: PetId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).filter(of_owner(owner)).one(db).await
    }

    /// A pet with its history, for demo data.
    pub async fn import(
        db: &impl ConnectionTrait,
        pet: Self,
        weights: Vec<weight::Model>,
        vaccinations: Vec<vaccination::Model>,
    ) -> Result<(), DbErr> {
        insert(db, pet).await?;
        for row in weights {
            save_weight(db, row).await?;
        }
        for row in vaccinations {
            insert_vaccination(db, row).await?;
        }
        Ok(())
    }
}

/// The same inside a transaction that will change it: two changes come one after the other. SQLite has one writer
/// anyhow.
pub async fn find_own_to_change(
    txn: &impl ConnectionTrait,
    owner: AccountId,
    id: PetId,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).filter(Column::OwnerId.eq(owner)).lock(LockType::NoKeyUpdate).one(txn).await
}

fn of_owner(owner: AccountId) -> Condition {
    Condition::all().add(Column::OwnerId.eq(owner)).add(Column::ArchivedAt.is_null())
}

/// An owner's pets, the longest known first; without the archived ones.
pub async fn list(db: &impl ConnectionTrait, owner: AccountId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(of_owner(owner)).order_by_asc(Column::Id).all(db).await
}

pub async fn count(db: &impl ConnectionTrait, owner: AccountId) -> Result<u64, DbErr> {
    Entity::find().filter(of_owner(owner)).count(db).await
}

pub async fn list_by_id(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = PetId>) -> Result<Vec<Model>, DbErr> {
    let distinct: HashSet<PetId> = ids.into_iter().collect();
    if distinct.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find().filter(Column::Id.is_in(distinct)).all(db).await
}

pub async fn insert(db: &impl ConnectionTrait, pet: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(pet)).exec_without_returning(db).await.map(|_| ())
}

pub async fn save_profile(db: &impl ConnectionTrait, id: PetId, profile: Profile, now: Timestamp) -> Result<(), DbErr> {
    let change = ActiveModel {
        name: Set(profile.name),
        species: Set(profile.species),
        breed: Set(profile.breed),
        sex: Set(profile.sex),
        neutered: Set(profile.neutered),
        birth_date: Set(profile.birth_date),
        allergies: Set(profile.allergies),
        notes: Set(profile.notes),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
}

pub async fn save_photo(
    db: &impl ConnectionTrait,
    id: PetId,
    (photo, size): (PhotoId, i32),
    now: Timestamp,
) -> Result<(), DbErr> {
    let change = ActiveModel {
        photo_id: Set(Some(photo)),
        photo_size: Set(Some(size)),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
}

pub async fn archive(db: &impl ConnectionTrait, id: PetId, now: Timestamp) -> Result<(), DbErr> {
    let change = ActiveModel { archived_at: Set(Some(now)), updated_at: Set(now), ..Default::default() };
    Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(id))
        .filter(Column::ArchivedAt.is_null())
        .exec(db)
        .await
        .map(|_| ())
}

/// What a pet weighed, the newest first.
pub async fn weights(db: &impl ConnectionTrait, pet: PetId) -> Result<Vec<weight::Model>, DbErr> {
    weight::Entity::find()
        .filter(weight::Column::PetId.eq(pet))
        .order_by_desc(weight::Column::MeasuredOn)
        .limit(MOST_ENTRIES)
        .all(db)
        .await
}

pub async fn count_weights(db: &impl ConnectionTrait, pet: PetId) -> Result<u64, DbErr> {
    weight::Entity::find().filter(weight::Column::PetId.eq(pet)).count(db).await
}

/// Notes a weight; one of the same day is corrected. The answer is the row as it is then.
pub async fn save_weight(db: &impl ConnectionTrait, new: weight::Model) -> Result<Option<weight::Model>, DbErr> {
    let (pet, day) = (new.pet_id, new.measured_on.clone());
    let corrects = OnConflict::columns([weight::Column::PetId, weight::Column::MeasuredOn])
        .update_column(weight::Column::Grams)
        .to_owned();
    let insert = weight::Entity::insert(weight::ActiveModel::from(new)).on_conflict(corrects);
    insert.exec_without_returning(db).await?;
    find_weight_of_day(db, pet, &day).await
}

pub async fn find_weight_of_day(
    db: &impl ConnectionTrait,
    pet: PetId,
    day: &str,
) -> Result<Option<weight::Model>, DbErr> {
    weight::Entity::find()
        .filter(weight::Column::PetId.eq(pet))
        .filter(weight::Column::MeasuredOn.eq(day))
        .one(db)
        .await
}

/// False when this pet has no such weight.
pub async fn delete_weight(db: &impl ConnectionTrait, pet: PetId, id: WeightId) -> Result<bool, DbErr> {
    let found = weight::Entity::delete_many().filter(weight::Column::Id.eq(id)).filter(weight::Column::PetId.eq(pet));
    Ok(found.exec(db).await?.rows_affected == 1)
}

/// The vaccinations of a pet, the newest first.
pub async fn vaccinations(db: &impl ConnectionTrait, pet: PetId) -> Result<Vec<vaccination::Model>, DbErr> {
    Ok(vaccinations_of(db, [pet]).await?.remove(&pet).unwrap_or_default())
}

/// The vaccinations of these pets, the newest first.
pub async fn vaccinations_of(
    db: &impl ConnectionTrait,
    pets: impl IntoIterator<Item = PetId>,
) -> Result<HashMap<PetId, Vec<vaccination::Model>>, DbErr> {
    let rows = vaccination::Entity::find()
        .filter(vaccination::Column::PetId.is_in(pets))
        .order_by_desc(vaccination::Column::GivenOn)
        .order_by_desc(vaccination::Column::Id)
        .all(db)
        .await?;
    let mut by_pet: HashMap<PetId, Vec<vaccination::Model>> = HashMap::new();
    for row in rows {
        by_pet.entry(row.pet_id).or_default().push(row);
    }
    Ok(by_pet)
}

pub async fn count_vaccinations(db: &impl ConnectionTrait, pet: PetId) -> Result<u64, DbErr> {
    vaccination::Entity::find().filter(vaccination::Column::PetId.eq(pet)).count(db).await
}

pub async fn insert_vaccination(db: &impl ConnectionTrait, new: vaccination::Model) -> Result<(), DbErr> {
    vaccination::Entity::insert(vaccination::ActiveModel::from(new)).exec_without_returning(db).await.map(|_| ())
}

/// False when this pet has no such vaccination.
pub async fn delete_vaccination(db: &impl ConnectionTrait, pet: PetId, id: VaccinationId) -> Result<bool, DbErr> {
    let found = vaccination::Entity::delete_many()
        .filter(vaccination::Column::Id.eq(id))
        .filter(vaccination::Column::PetId.eq(pet));
    Ok(found.exec(db).await?.rows_affected == 1)
}

impl weight::Model {
    /// Weights of a pet that come after a place of its timeline.
    pub async fn list_from(
        db: &impl ConnectionTrait,
        pet: PetId,
        from: Option<&DayPlace>,
        limit: u64,
    ) -> Result<Vec<Self>, DbErr> {
        let mut query = weight::Entity::find().filter(weight::Column::PetId.eq(pet));
        if let Some(from) = from {
            query = query.filter(after(weight::Column::MeasuredOn, weight::Column::Id, from));
        }
        let query = query.order_by_desc(weight::Column::MeasuredOn).order_by_desc(weight::Column::Id);
        query.limit(limit).all(db).await
    }
}

impl vaccination::Model {
    /// Vaccinations of a pet that come after a place of its timeline.
    pub async fn list_from(
        db: &impl ConnectionTrait,
        pet: PetId,
        from: Option<&DayPlace>,
        limit: u64,
    ) -> Result<Vec<Self>, DbErr> {
        let mut query = vaccination::Entity::find().filter(vaccination::Column::PetId.eq(pet));
        if let Some(from) = from {
            query = query.filter(after(vaccination::Column::GivenOn, vaccination::Column::Id, from));
        }
        let query = query.order_by_desc(vaccination::Column::GivenOn).order_by_desc(vaccination::Column::Id);
        query.limit(limit).all(db).await
    }
}

fn after<C: ColumnTrait>(day: C, id: C, from: &DayPlace) -> Condition {
    match from {
        DayPlace::Before(before) => Condition::all().add(day.lt(before.as_str())),
        DayPlace::From(first) => Condition::all().add(day.lte(first.as_str())),
        DayPlace::After(of_day, before) => Condition::any()
            .add(day.lt(of_day.as_str()))
            .add(Condition::all().add(day.eq(of_day.as_str())).add(id.lt(*before))),
    }
}
