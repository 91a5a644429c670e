//! Every query about reviews. Ratings are counted from the rows whenever one changes; what is kept beside the doctor is
//! that count, never a number that somebody could edit.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::accounts::{Account, AccountId};
use crate::consultations::{self, Consultation};
use crate::doctors::Doctor;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::db::Moved;

/// How good, in tenths from 10 to 50, and how many say so. What is hidden does not count.
async fn rating_of(db: &impl ConnectionTrait, doctor: AccountId) -> Result<(i32, i32), DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(rating), 0) AS BIGINT), COUNT(*) FROM reviews \
               WHERE doctor_id = $1 AND hidden_at IS NULL";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [doctor.into()]);
    let Some(row) = db.query_one_raw(statement).await? else { return Ok((0, 0)) };
    let (total, count): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let tenths = if count == 0 { 0 } else { (total * 100 / count + 5) / 10 };
    let whole = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    Ok((whole(tenths), whole(count)))
}

/// Counts anew what the directory shows of a doctor and sorts by, inside the transaction that changed a review. One at a time for a
/// doctor: the second of two would not see what the first has not committed yet.
async fn recount(db: &impl ConnectionTrait, doctor: AccountId) -> Result<(), DbErr> {
    Account::lock(db, doctor).await?;
    let (tenths, count) = rating_of(db, doctor).await?;
    Doctor::save_rating(db, doctor, tenths, count).await
}

async fn recount_of(db: &impl ConnectionTrait, id: ConsultationId) -> Result<(), DbErr> {
    match find(db, id).await? {
        Some(review) => recount(db, review.doctor_id).await,
        None => Ok(()),
    }
}

impl Model {
    /// Stores a review, and with it what the directory sorts by. Fails with a unique violation when the consultation
    /// has one.
    pub async fn insert(db: &impl ConnectionTrait, review: Self) -> Result<(), DbErr> {
        let doctor = review.doctor_id;
        Entity::insert(ActiveModel::from(review)).exec_without_returning(db).await?;
        recount(db, doctor).await
    }
}

pub async fn find(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Says it otherwise, unless it has been answered.
pub async fn save_text(
    db: &impl ConnectionTrait,
    before: &Model,
    (rating, body): (i32, String),
    now: Timestamp,
) -> Result<Moved, DbErr> {
    let change = ActiveModel { rating: Set(rating), body: Set(body), edited_at: Set(Some(now)), ..Default::default() };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::ConsultationId.eq(before.consultation_id))
        .filter(Column::RepliedAt.is_null())
        .exec(db)
        .await?;
    recount(db, before.doctor_id).await?;
    Ok(Moved::of(done.rows_affected))
}

/// Adds the answer, unless there is one already.
pub async fn save_reply(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    reply: String,
    now: Timestamp,
) -> Result<Moved, DbErr> {
    let change = ActiveModel { reply: Set(Some(reply)), replied_at: Set(Some(now)), ..Default::default() };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::ConsultationId.eq(id))
        .filter(Column::RepliedAt.is_null())
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// Hides a review. Who did so first and why stays written down.
pub async fn hide(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    (by, reason): (AccountId, String),
    now: Timestamp,
) -> Result<(), DbErr> {
    let change = ActiveModel {
        hidden_at: Set(Some(now)),
        hidden_by: Set(Some(by)),
        hidden_reason: Set(Some(reason)),
        ..Default::default()
    };
    Entity::update_many()
        .set(change)
        .filter(Column::ConsultationId.eq(id))
        .filter(Column::HiddenAt.is_null())
        .exec(db)
        .await?;
    recount_of(db, id).await
}

/// Lets a review be seen again.
pub async fn show(db: &impl ConnectionTrait, id: ConsultationId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::HiddenAt, Expr::value(None::<Timestamp>))
        .col_expr(Column::HiddenBy, Expr::value(None::<AccountId>))
        .col_expr(Column::HiddenReason, Expr::value(None::<String>))
        .filter(Column::ConsultationId.eq(id))
        .exec(db)
        .await?;
    recount_of(db, id).await
}

/// A review with the consultation that it is about.
pub type Reviewed = (Model, Consultation);

/// The reviews of a doctor that everybody may read, the newest first.
pub async fn list_visible(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    before: Option<Place>,
    limit: u64,
) -> Result<Vec<Reviewed>, DbErr> {
    let visible = Condition::all().add(Column::DoctorId.eq(doctor)).add(Column::HiddenAt.is_null());
    list(db, visible, before, limit).await
}

/// All reviews, the newest first.
pub async fn list_all(db: &impl ConnectionTrait, before: Option<Place>, limit: u64) -> Result<Vec<Reviewed>, DbErr> {
    list(db, Condition::all(), before, limit).await
}

async fn list(
    db: &impl ConnectionTrait,
    which: Condition,
    before: Option<Place>,
    limit: u64,
) -> Result<Vec<Reviewed>, DbErr> {
    let to_consultation = Entity::belongs_to(consultations::entity::Entity)
        .from(Column::ConsultationId)
        .to(consultations::entity::Column::Id)
        .into();
    let mut query = Entity::find()
        .filter(which)
        .join(JoinType::InnerJoin, to_consultation)
        .select_also(consultations::entity::Entity)
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::ConsultationId)
        .limit(limit);
    if let Some(Place { at, id }) = before {
        let same = Condition::all().add(Column::CreatedAt.eq(at)).add(Column::ConsultationId.lt(id));
        query = query.filter(Condition::any().add(Column::CreatedAt.lt(at)).add(same));
    }
    let rows = query.all(db).await?;
    Ok(rows.into_iter().filter_map(|(review, consultation)| Some((review, consultation?))).collect())
}

/// Where a review stands in a list; on the wire the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: Timestamp,
    pub id: ConsultationId,
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.at.as_millis(), self.id)
    }
}

/// Not a cursor of ours.
#[derive(Debug, PartialEq, Eq)]
pub struct NoPlace;

impl std::str::FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (millis, id) = text.split_once('.').ok_or(NoPlace)?;
        let millis: i64 = millis.parse().map_err(|_| NoPlace)?;
        Ok(Self { at: Timestamp::from_millis(millis), id: id.parse().map_err(|_| NoPlace)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_rubbish_is_not() {
        let place = Place { at: Timestamp::from_millis(1_795_334_400_500), id: ConsultationId::new() };
        assert_eq!(place.to_string().parse(), Ok(place));
        for rubbish in ["", "1", "1.", ".", "a.b", "1.2"] {
            assert_eq!(rubbish.parse::<Place>(), Err(NoPlace), "{rubbish}");
        }
    }
}
