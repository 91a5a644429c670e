//! Every query about doctors. What the public sees starts from the verified ones.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::entity::{ActiveModel, Column, DoctorStatus, Entity, Model, PictureId};
use super::licences::entity as licence;
use super::rules::Profile;
use super::search;
use super::search::entity::word;
use crate::accounts::entity::account;
use crate::accounts::{Account, AccountId};
use platform::clock::Timestamp;
use platform::db::Moved;
use platform::http::error::AppError;
use platform::money::Rupiah;

/// A doctor whom owners may see, with the account behind.
pub struct Verified {
    pub profile: Model,
    pub account: Account,
}

impl From<(Model, Option<Account>)> for Verified {
    fn from((profile, account): (Model, Option<Account>)) -> Self {
        #[expect(clippy::expect_used, reason = "the foreign key guarantees the account, and the join is an inner one")]
        Self { profile, account: account.expect("a doctor has an account") }
    }
}

/// Those whom owners may see and consult now.
fn verified(now: Timestamp) -> Select<Entity> {
    Entity::find().filter(Column::Status.eq(DoctorStatus::Verified)).filter(licensed(now))
}

/// A licence that has ended makes its doctor unbookable by itself.
pub fn licensed(now: Timestamp) -> Condition {
    Condition::any().add(Column::LicenceEndsAt.is_null()).add(Column::LicenceEndsAt.gt(now))
}

fn with_account(doctors: Select<Entity>) -> sea_orm::SelectTwo<Entity, account::Entity> {
    let join = Entity::belongs_to(account::Entity).from(Column::AccountId).to(account::Column::Id).into();
    doctors.join(JoinType::InnerJoin, join).select_also(account::Entity)
}

impl Verified {
    /// All verified doctors, in a stable order.
    pub async fn list(db: &impl ConnectionTrait, now: Timestamp) -> Result<Vec<Self>, DbErr> {
        let rows = with_account(verified(now)).order_by_asc(Column::AccountId).all(db).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    pub async fn find(db: &impl ConnectionTrait, id: AccountId, now: Timestamp) -> Result<Option<Self>, DbErr> {
        let row = with_account(verified(now).filter(Column::AccountId.eq(id))).one(db).await?;
        Ok(row.map(Self::from))
    }

    /// The doctor of this id, if owners may see and consult them.
    pub async fn get(db: &impl ConnectionTrait, id: AccountId, now: Timestamp) -> Result<Self, AppError> {
        Self::find(db, id, now).await?.ok_or_else(Model::not_found)
    }

    /// The doctor if owners may consult them; stays so until the caller's transaction ends.
    pub async fn hold(txn: &impl ConnectionTrait, id: AccountId, now: Timestamp) -> Result<Option<Model>, DbErr> {
        verified(now).filter(Column::AccountId.eq(id)).lock(LockType::Share).one(txn).await
    }

    /// Of these doctors those who ask for no more than that, the best rated first.
    pub async fn list_best(
        db: &impl ConnectionTrait,
        among: &[AccountId],
        most: Rupiah,
        limit: u64,
        now: Timestamp,
    ) -> Result<Vec<Self>, DbErr> {
        let able = verified(now)
            .filter(Column::AccountId.is_in(among.iter().copied()))
            .filter(Column::BasePrice.lte(most))
            .order_by_desc(Column::RatingTenths)
            .order_by_desc(Column::ReviewCount)
            .order_by_asc(Column::AccountId)
            .limit(limit);
        let rows = with_account(able).all(db).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// These doctors, in the order of the ids; those that do not exist are left out.
    pub async fn list_by_ids(db: &impl ConnectionTrait, ids: &[AccountId], now: Timestamp) -> Result<Vec<Self>, DbErr> {
        let rows = with_account(verified(now).filter(Column::AccountId.is_in(ids.iter().copied()))).all(db).await?;
        let mut found: HashMap<AccountId, Self> =
            rows.into_iter().map(Self::from).map(|doctor| (doctor.account.id, doctor)).collect();
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }
}

impl Model {
    pub async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).one(db).await
    }

    /// Keeps what the directory sorts by.
    pub async fn save_rating(
        db: &impl ConnectionTrait,
        doctor: AccountId,
        tenths: i32,
        review_count: i32,
    ) -> Result<(), DbErr> {
        let change = ActiveModel { rating_tenths: Set(tenths), review_count: Set(review_count), ..Default::default() };
        Entity::update_many().set(change).filter(Column::AccountId.eq(doctor)).exec(db).await?;
        match Self::find(db, doctor).await? {
            Some(doctor) => search::sort_anew(db, &doctor).await,
            None => Ok(()),
        }
    }

    /// A new profile; the account is there already.
    pub async fn create(db: &impl ConnectionTrait, doctor: Self) -> Result<(), DbErr> {
        let id = doctor.account_id;
        Entity::insert(ActiveModel::from(doctor)).exec_without_returning(db).await?;
        index(db, id).await
    }
}

/// The next doctors in the order of their ids.
pub async fn list_after(db: &impl ConnectionTrait, after: AccountId, limit: u64) -> Result<Vec<AccountId>, DbErr> {
    ids().filter(Column::AccountId.gt(after)).limit(limit).into_tuple().all(db).await
}

/// Those from one id to another that no word leads to yet.
pub async fn list_without_words(
    db: &impl ConnectionTrait,
    first: AccountId,
    last: AccountId,
) -> Result<Vec<AccountId>, DbErr> {
    // Not `NOT IN`: that would read all words of all doctors.
    let of_doctor = Expr::col((word::Entity, word::Column::DoctorId)).equals((Entity, Column::AccountId));
    let words = Query::select().expr(Expr::val(1)).from(word::Entity).and_where(of_doctor).take();
    let between = ids().filter(Column::AccountId.between(first, last));
    between.filter(Expr::exists(words).not()).into_tuple().all(db).await
}

fn ids() -> Select<Entity> {
    Entity::find().select_only().column(Column::AccountId).order_by_asc(Column::AccountId)
}

/// Makes a doctor findable by the name and in the order that hold now.
pub async fn index(db: &impl ConnectionTrait, id: AccountId) -> Result<(), DbErr> {
    match Model::find(db, id).await?.zip(Account::find(db, id).await?) {
        Some((doctor, account)) => search::index(db, &doctor, &account.username).await,
        None => Ok(()),
    }
}

/// Moves a doctor on, unless somebody else was first.
pub async fn save_status(
    db: &impl ConnectionTrait,
    before: &Model,
    to: DoctorStatus,
    reason: Option<String>,
) -> Result<Moved, DbErr> {
    let change = ActiveModel { status: Set(to), status_reason: Set(reason), ..Default::default() };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::AccountId.eq(before.account_id))
        .filter(Column::Status.eq(before.status))
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// Shows an accepted licence as the one in force.
pub async fn save_licence(
    db: &impl ConnectionTrait,
    licence: &licence::Model,
    ends_at: Timestamp,
    now: Timestamp,
) -> Result<(), DbErr> {
    let change = ActiveModel {
        licence_number: Set(licence.number.clone()),
        licence_issuer: Set(Some(licence.issuer.clone())),
        licence_expires_on: Set(Some(licence.expires_on.clone())),
        licence_ends_at: Set(Some(ends_at)),
        verified_at: Set(Some(now)),
        ..Default::default()
    };
    Entity::update_many().set(change).filter(Column::AccountId.eq(licence.doctor_id)).exec(db).await.map(|_| ())
}

pub async fn save_profile(db: &impl ConnectionTrait, doctor: AccountId, profile: &Profile) -> Result<(), DbErr> {
    let change = ActiveModel {
        specialization: Set(profile.specialization.clone()),
        experience_years: Set(profile.experience_years),
        bio: Set(profile.bio.clone()),
        base_price: Set(profile.base_price),
        species_mask: Set(profile.species_mask),
        language_mask: Set(profile.language_mask),
        ..Default::default()
    };
    Entity::update_many().set(change).filter(Column::AccountId.eq(doctor)).exec(db).await.map(|_| ())
}

pub async fn save_picture(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    (picture, size): (PictureId, i32),
) -> Result<(), DbErr> {
    let change = ActiveModel { picture_id: Set(Some(picture)), picture_size: Set(Some(size)), ..Default::default() };
    Entity::update_many().set(change).filter(Column::AccountId.eq(doctor)).exec(db).await.map(|_| ())
}

/// Doctors in any state, or in one, the newest first.
pub async fn list_all(
    db: &impl ConnectionTrait,
    status: Option<DoctorStatus>,
    before: Option<AccountId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut query = Entity::find().order_by_desc(Column::AccountId).limit(limit);
    if let Some(status) = status {
        query = query.filter(Column::Status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(Column::AccountId.lt(before));
    }
    query.all(db).await
}

/// Doctors in any state, in no order.
pub async fn list_any(db: &impl ConnectionTrait, ids: Vec<AccountId>) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::AccountId.is_in(ids)).all(db).await
}
