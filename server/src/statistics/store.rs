//! Counting by month in Asia/Jakarta: the database groups by local day, which both dialects can, and the twelve
//! months are folded here.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use crate::accounts::AccountId;
use crate::ledger::Account;
use platform::clock::{JAKARTA_OFFSET_MILLIS, MILLIS_PER_DAY, Timestamp, month_of_local_day};

/// `[Jan 1, next Jan 1)` in Asia/Jakarta.
#[derive(Clone, Copy)]
pub struct Year {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Year {
    pub fn new(year: i32) -> Option<Self> {
        let from = Timestamp::start_of_year_in_jakarta(year)?;
        Some(Self { from, to: Timestamp::start_of_year_in_jakarta(year + 1)? })
    }
}

#[derive(FromQueryResult)]
struct DayCount {
    day: i64,
    count: i64,
}

/// Conversations that the doctor's paid consultations opened, by month; those whose money went back are not counted.
pub async fn conversations_by_month(
    db: &impl ConnectionTrait,
    doctor: AccountId,
    year: Year,
) -> Result<[i64; 12], DbErr> {
    let sql = "SELECT (c.created_at + $1) / $2 AS day, COUNT(*) AS count \
               FROM conversations c JOIN consultations s ON s.id = c.consultation_id JOIN orders o ON o.id = s.order_id \
               WHERE c.doctor_id = $3 AND c.created_at >= $4 AND c.created_at < $5 AND s.status <> 'cancelled' \
               AND o.status <> 'refunded' AND NOT c.is_follow_up GROUP BY 1";
    let values: [sea_orm::Value; 5] =
        [JAKARTA_OFFSET_MILLIS.into(), MILLIS_PER_DAY.into(), doctor.into(), year.from.into(), year.to.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let days = DayCount::find_by_statement(statement).all(db).await?;
    Ok(fold(days.into_iter().map(|row| (row.day, row.count))))
}

/// The doctor's own share in rupiah by month: what settled less what was given back, as the ledger has it.
pub async fn profit_by_month(db: &impl ConnectionTrait, doctor: AccountId, year: Year) -> Result<[i64; 12], DbErr> {
    let days = Account::shares_by_local_day(db, doctor, year.from, year.to).await?;
    Ok(fold(days.into_iter().map(|(day, total)| (day, total.0))))
}

fn fold(days: impl Iterator<Item = (i64, i64)>) -> [i64; 12] {
    let mut months = [0; 12];
    for (day, value) in days {
        months[month_of_local_day(day)] += value;
    }
    months
}
