//! Payments and what happened to them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::consultations::ConsultationId;
use crate::platform::clock::Timestamp;
use crate::platform::ids::id_type;
use crate::platform::money::Rupiah;

id_type!(
    /// One attempt to collect a quote; the wire's `transactionId`.
    PaymentId, "payment_not_found", "Pembayaran tidak ditemukan.", "There is no such payment."
);
id_type!(PaymentEventId, "payment_not_found", "Pembayaran tidak ditemukan.", "There is no such payment.");

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Pending,
    Settled,
    Denied,
    Cancelled,
    Expired,
    PartiallyRefunded,
    Refunded,
    /// The bank took it back.
    Reversed,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentId,
    pub consultation_id: ConsultationId,
    /// What the gateway knows this attempt by.
    pub order_id: String,
    pub amount: Rupiah,
    /// What has been given back so far, cumulative.
    pub refunded_amount: Rupiah,
    pub status: PaymentStatus,
    pub payment_type: Option<String>,
    pub snap_token: Option<String>,
    pub redirect_url: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// When a pending payment is next looked up at the gateway.
    pub check_at: Timestamp,
    pub settled_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EventSource {
    Platform,
    Gateway,
}

pub mod event {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "payment_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PaymentEventId,
        pub payment_id: PaymentId,
        pub source: EventSource,
        /// The gateway's own word.
        pub gateway_status: String,
        /// Ours after the event.
        pub status: PaymentStatus,
        /// The same report twice has the same one.
        pub fingerprint: String,
        #[sea_orm(column_type = "Text")]
        pub payload: String,
        pub occurred_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
