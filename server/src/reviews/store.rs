//! Ratings are counted from the rows, never kept as a number that somebody could edit.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement};

use super::entity;
use crate::accounts::AccountId;
use crate::doctors;

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

/// The rating of every doctor who has one.
pub async fn ratings(db: &impl ConnectionTrait) -> Result<HashMap<AccountId, Rating>, DbErr> {
    let sql =
        "SELECT doctor_id, CAST(SUM(rating) AS BIGINT) AS total, COUNT(*) AS count FROM reviews GROUP BY doctor_id";
    let rows = Row::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await?;
    Ok(rows.iter().map(|row| (row.doctor_id, Rating::from(row))).collect())
}

pub async fn rating_of(db: &impl ConnectionTrait, doctor: AccountId) -> Result<Rating, DbErr> {
    let sql = "SELECT doctor_id, CAST(SUM(rating) AS BIGINT) AS total, COUNT(*) AS count FROM reviews \
               WHERE doctor_id = $1 GROUP BY doctor_id";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [doctor.into()]);
    Ok(Row::find_by_statement(statement).one(db).await?.as_ref().map(Rating::from).unwrap_or_default())
}

/// The ratings of these doctors.
pub async fn ratings_of(db: &impl ConnectionTrait, doctors: &[AccountId]) -> Result<HashMap<AccountId, Rating>, DbErr> {
    let rows = entity::Entity::find()
        .select_only()
        .column(entity::Column::DoctorId)
        .expr_as(Expr::cust("CAST(SUM(rating) AS BIGINT)"), "total")
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .filter(entity::Column::DoctorId.is_in(doctors.iter().copied()))
        .group_by(entity::Column::DoctorId)
        .into_model::<Row>()
        .all(db)
        .await?;
    Ok(rows.iter().map(|row| (row.doctor_id, Rating::from(row))).collect())
}

/// Stores a review, and with it what the directory sorts by.
pub async fn insert(db: &impl ConnectionTrait, review: entity::Model) -> Result<(), DbErr> {
    let doctor = review.doctor_id;
    entity::Entity::insert(entity::ActiveModel::from(review)).exec_without_returning(db).await?;
    let rating = rating_of(db, doctor).await?;
    let tenths = (rating.average.unwrap_or_default() * 10.0).round() as i32;
    doctors::save_rating(db, doctor, tenths, i32::try_from(rating.count).unwrap_or(i32::MAX)).await
}
