//! Lists: `?limit=&cursor=` in, `{items, nextCursor}` out.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::AppError;
use super::problem::FieldProblem;
use crate::text::Text;

const DEFAULT_LIMIT: u64 = 20;
const LARGEST_LIMIT: u64 = 100;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many items, 1 to 100; 20 unless said.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; null at the end.
    pub next_cursor: Option<String>,
}

impl PageQuery {
    pub fn limit(&self) -> Result<u64, AppError> {
        limit(self.limit.as_deref())
    }

    /// The id after which the page starts.
    pub fn cursor<T: FromStr>(&self) -> Result<Option<T>, AppError> {
        cursor(self.cursor.as_deref())
    }
}

/// Reads a `limit` parameter.
pub fn limit(given: Option<&str>) -> Result<u64, AppError> {
    let Some(text) = given else { return Ok(DEFAULT_LIMIT) };
    match text.parse() {
        Ok(limit @ 1..=LARGEST_LIMIT) => Ok(limit),
        _ => Err(AppError::invalid(vec![FieldProblem {
            field: "limit".to_owned(),
            code: "out_of_range",
            text: Text::new("Isi angka 1 sampai 100.", "Give a number from 1 to 100."),
        }])),
    }
}

/// Reads a `cursor` parameter: where the page starts.
pub fn cursor<T: FromStr>(given: Option<&str>) -> Result<Option<T>, AppError> {
    given.map(|text| text.parse().map_err(|_| invalid_cursor())).transpose()
}

fn invalid_cursor() -> AppError {
    AppError::invalid(vec![FieldProblem {
        field: "cursor".to_owned(),
        code: "invalid_cursor",
        text: Text::new("Pakai nextCursor dari halaman sebelumnya.", "Use the nextCursor of the page before."),
    }])
}

/// Cuts one row more than asked for down to the page: the extra row only tells that there is more.
pub fn cut<R>(mut rows: Vec<R>, limit: u64, cursor: impl Fn(&R) -> String) -> (Vec<R>, Option<String>) {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = if has_more { rows.last().map(cursor) } else { None };
    (rows, next_cursor)
}
