//! `/api/statistic`: a doctor sees own figures, an admin anybody's.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Statistics;
use super::store::{self, Year};
use crate::accounts::{AccountId, CurrentUser, Role};
use platform::http::error::AppError;
use platform::http::path::Id;
use platform::http::problem::{FieldProblem, ProblemBody};
use platform::http::query::Query;
use platform::text::Text;

/// As the original platform labels them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct YearQuery {
    /// The current year in Asia/Jakarta unless said.
    #[param(value_type = Option<i32>)]
    year: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MonthlyConversations {
    labels: [&'static str; 12],
    data: [i64; 12],
    year: i32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MonthlyProfit {
    success: bool,
    data: Vec<MonthProfit>,
    year: i32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MonthProfit {
    month: &'static str,
    /// Whole rupiah.
    profit: i64,
}

/// Consultations by month
#[utoipa::path(get, path = "/statistic/conversations/monthly/{doctorId}", tag = "statistics",
    params(("doctorId" = AccountId, Path), YearQuery),
    responses((status = 200, body = MonthlyConversations), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn monthly_conversations(
    State(statistics): State<Arc<Statistics>>,
    me: CurrentUser,
    Id(doctor): Id<AccountId>,
    Query(query): Query<YearQuery>,
) -> Result<Json<MonthlyConversations>, AppError> {
    may_see(&me, doctor)?;
    let (year, range) = year(&statistics, &query)?;
    let data = store::conversations_by_month(&statistics.db.read, doctor, range).await?;
    Ok(Json(MonthlyConversations { labels: MONTHS, data, year }))
}

/// The doctor's own share by month, in rupiah
#[utoipa::path(get, path = "/statistic/profit/monthly/{doctorId}", tag = "statistics",
    params(("doctorId" = AccountId, Path), YearQuery),
    responses((status = 200, body = MonthlyProfit), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn monthly_profit(
    State(statistics): State<Arc<Statistics>>,
    me: CurrentUser,
    Id(doctor): Id<AccountId>,
    Query(query): Query<YearQuery>,
) -> Result<Json<MonthlyProfit>, AppError> {
    may_see(&me, doctor)?;
    let (year, range) = year(&statistics, &query)?;
    let profits = store::profit_by_month(&statistics.db.read, doctor, range).await?;
    let data = MONTHS.into_iter().zip(profits).map(|(month, profit)| MonthProfit { month, profit });
    Ok(Json(MonthlyProfit { success: true, data: data.collect(), year }))
}

fn may_see(me: &CurrentUser, doctor: AccountId) -> Result<(), AppError> {
    match me.role {
        Role::Admin => Ok(()),
        Role::Dokter if me.id == doctor => Ok(()),
        _ => Err(AppError::forbidden()),
    }
}

fn year(statistics: &Statistics, query: &YearQuery) -> Result<(i32, Year), AppError> {
    let wanted = match query.year.as_deref() {
        None => Some(statistics.clock.now().in_jakarta().year()),
        Some(text) => text.parse().ok().filter(|year| (2000..=2999).contains(year)),
    };
    wanted.and_then(|year| Some((year, Year::new(year)?))).ok_or_else(|| {
        AppError::invalid(vec![FieldProblem {
            field: "year".to_owned(),
            code: "out_of_range",
            text: Text::new(
                "Isi tahun dengan empat angka, contoh: 2026",
                "Give a year of four digits, for example: 2026",
            ),
        }])
    })
}
