//! How long a complaint can wait, and since when it has been so.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long it can wait; the worst comes first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = TriageLevel)]
pub enum Level {
    /// To a clinic now.
    Emergency,
    /// To a vet today.
    Soon,
    /// A talk will do for now.
    Routine,
}

/// Since when it has been so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = ComplaintSince)]
pub enum Since {
    Hours,
    Today,
    Days,
    Week,
    Longer,
}
