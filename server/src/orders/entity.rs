//! Orders and the lines of their quotes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::quote::{LineAccount, QuoteLineKind};
use crate::accounts::AccountId;
use platform::clock::Timestamp;
use platform::ids::id_type;
use platform::money::{BasisPoints, Rupiah};

id_type!(OrderId);

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Waits to be paid.
    Open,
    Paid,
    /// The service was rendered, and nobody complained in time: what is left of it is the payee's.
    Earned,
    Cancelled,
    Expired,
    /// All of it went back, or is owed back.
    Refunded,
}

/// What was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
pub enum OrderKind {
    Consultation,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    pub kind: OrderKind,
    /// Who buys.
    pub owner_id: AccountId,
    /// Who is paid for it.
    pub payee_id: AccountId,
    pub markup_basis_points: BasisPoints,
    /// The sum of its lines; 0 is settled without a gateway.
    pub total: Rupiah,
    pub status: OrderStatus,
    pub created_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    pub earned_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

pub mod line {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "order_lines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub order_id: OrderId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub kind: QuoteLineKind,
        /// Where its amount stands in the ledger once it is paid.
        pub account: LineAccount,
        pub amount: Rupiah,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
