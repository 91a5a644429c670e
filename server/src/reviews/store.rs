//! Every query about reviews. Ratings are counted from the rows, never kept as a number that somebody could edit.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::accounts::{self, AccountId};
use crate::consultations::{self, ConsultationId};
use crate::doctors;
use crate::platform::clock::Timestamp;

/// How good, and how many say so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rating {
    /// 1 to 5 with one decimal; nothing without reviews.
    pub average: Option<f64>,
    pub count: i64,
}

#[derive(FromQueryResult)]
struct Row {
    doctor_id: AccountId,
    total: i64,
    count: i64,
}

impl From<&Row> for Rating {
    fn from(row: &Row) -> Self {
        let tenths = (row.total * 100 / row.count.max(1) + 5) / 10;
        Self { average: (row.count > 0).then(|| tenths as f64 / 10.0), count: row.count }
    }
}

/// The rating of every doctor who has one. What is hidden does not count.
pub async fn ratings(db: &impl ConnectionTrait) -> Result<HashMap<AccountId, Rating>, DbErr> {
    let sql = "SELECT doctor_id, CAST(SUM(rating) AS BIGINT) AS total, COUNT(*) AS count FROM reviews \
               WHERE hidden_at IS NULL GROUP BY doctor_id";
    let rows = Row::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await?;
    Ok(rows.iter().map(|row| (row.doctor_id, Rating::from(row))).collect())
}

pub async fn rating_of(db: &impl ConnectionTrait, doctor: AccountId) -> Result<Rating, DbErr> {
    let sql = "SELECT doctor_id, CAST(SUM(rating) AS BIGINT) AS total, COUNT(*) AS count FROM reviews \
               WHERE doctor_id = $1 AND hidden_at IS NULL GROUP BY doctor_id";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [doctor.into()]);
    Ok(Row::find_by_statement(statement).one(db).await?.as_ref().map(Rating::from).unwrap_or_default())
}

/// The ratings of these doctors. What is hidden does not count.
pub async fn ratings_of(db: &impl ConnectionTrait, doctors: &[AccountId]) -> Result<HashMap<AccountId, Rating>, DbErr> {
    let rows = Entity::find()
        .select_only()
        .column(Column::DoctorId)
        .expr_as(Expr::cust("CAST(SUM(rating) AS BIGINT)"), "total")
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .filter(Column::DoctorId.is_in(doctors.iter().copied()))
        .filter(Column::HiddenAt.is_null())
        .group_by(Column::DoctorId)
        .into_model::<Row>()
        .all(db)
        .await?;
    Ok(rows.iter().map(|row| (row.doctor_id, Rating::from(row))).collect())
}

/// Counts anew what the directory sorts a doctor by, inside the transaction that changed a review. One at a time for a
/// doctor: the second of two would not see what the first has not committed yet.
async fn recount(db: &impl ConnectionTrait, doctor: AccountId) -> Result<(), DbErr> {
    accounts::lock(db, doctor).await?;
    let rating = rating_of(db, doctor).await?;
    let tenths = (rating.average.unwrap_or_default() * 10.0).round() as i32;
    doctors::save_rating(db, doctor, tenths, i32::try_from(rating.count).unwrap_or(i32::MAX)).await
}

async fn recount_of(db: &impl ConnectionTrait, id: ConsultationId) -> Result<(), DbErr> {
    match find(db, id).await? {
        Some(review) => recount(db, review.doctor_id).await,
        None => Ok(()),
    }
}

/// Stores a review, and with it what the directory sorts by. Fails with a unique violation when the consultation has one.
pub async fn insert(db: &impl ConnectionTrait, review: Model) -> Result<(), DbErr> {
    let doctor = review.doctor_id;
    Entity::insert(ActiveModel::from(review)).exec_without_returning(db).await?;
    recount(db, doctor).await
}

pub async fn find(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub async fn save_text(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    (rating, body): (i32, String),
    now: Timestamp,
) -> Result<(), DbErr> {
    let change = ActiveModel { rating: Set(rating), body: Set(body), edited_at: Set(Some(now)), ..Default::default() };
    Entity::update_many().set(change).filter(Column::ConsultationId.eq(id)).exec(db).await?;
    recount_of(db, id).await
}

/// Adds the answer; false when there is one already.
pub async fn save_reply(
    db: &impl ConnectionTrait,
    id: ConsultationId,
    reply: String,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let change = ActiveModel { reply: Set(Some(reply)), replied_at: Set(Some(now)), ..Default::default() };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::ConsultationId.eq(id))
        .filter(Column::RepliedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
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
pub type Reviewed = (Model, consultations::entity::Model);

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
