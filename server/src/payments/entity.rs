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
    /// What has been given back or is owed back so far, cumulative; the doctor and we have no claim on it any more.
    pub promised_amount: Rupiah,
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

id_type!(
    /// One order to the gateway to give money back; also its `refund_key` there.
    RefundId, "refund_not_found", "Pengembalian dana tidak ditemukan.", "There is no such refund."
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    OwnerCancelled,
    DoctorCancelled,
    /// The doctor did not answer in time.
    DoctorLate,
    /// It was paid after somebody else had got the time, or after the time.
    SlotLost,
    /// The two talked already over another payment.
    NothingToOpen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// The gateway is yet to be told.
    Owed,
    /// The gateway has taken the order; the payment says when the money is gone.
    Sent,
    /// The way it was paid knows no refund: somebody has to transfer it.
    Manual,
}

pub mod refund {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "refunds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RefundId,
        pub payment_id: PaymentId,
        pub amount: Rupiah,
        pub reason: RefundReason,
        pub status: RefundStatus,
        pub attempts: i32,
        pub try_at: Timestamp,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
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
