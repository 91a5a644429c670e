//! Payments and what happened to them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::AccountId;
use crate::orders::OrderId;
use platform::clock::Timestamp;
use platform::ids::id_type;
use platform::money::Rupiah;

id_type!(
    /// One attempt to collect a quote; the wire's `transactionId`.
    PaymentId, "payment_not_found", "Pembayaran tidak ditemukan.", "There is no such payment."
);
id_type!(PaymentEventId);

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
    /// What it is to pay for; several attempts may follow each other.
    pub order_id: OrderId,
    /// What the gateway knows this attempt by; the wire's `orderId`.
    pub gateway_order_id: String,
    /// The gateway's own name for it, once the customer has chosen how to pay: some methods are asked about by it only.
    pub transaction_id: Option<String>,
    pub amount: Rupiah,
    /// What the gateway has given back so far, cumulative.
    pub refunded_amount: Rupiah,
    /// What has been given back or is owed back so far, cumulative; the doctor and we have no claim on it any more.
    pub promised_amount: Rupiah,
    /// What was owed back and has been transferred by hand so far.
    pub paid_out_amount: Rupiah,
    /// What the customer's bank has taken back.
    pub charged_back_amount: Rupiah,
    pub status: PaymentStatus,
    pub payment_type: Option<String>,
    pub snap_token: Option<String>,
    pub redirect_url: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    /// Grows with each change of what the gateway reports: an answer of before such a change is no news.
    pub version: i32,
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
    /// It was called off before the money came.
    CalledOff,
    /// The doctor could not be consulted any more when the money came.
    DoctorUnavailable,
    /// A bank had taken it back, has lost the dispute, and nothing was rendered for it.
    WonBack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// The gateway is yet to be told.
    Requested,
    /// The gateway has taken the order; the money is not gone yet.
    Sent,
    /// The money is gone, by this order or by another way.
    Confirmed,
    /// The way it was paid knows no refund: somebody has to transfer it.
    Manual,
    /// Somebody has transferred it.
    PaidOut,
    /// The gateway has refused for too long: somebody has to look.
    Failed,
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
        /// Why it is where it is, for the operator.
        #[sea_orm(column_type = "Text", nullable)]
        pub note: Option<String>,
        /// Who of the staff closed it.
        pub decided_by: Option<AccountId>,
        pub created_at: Timestamp,
        pub sent_at: Option<Timestamp>,
        pub closed_at: Option<Timestamp>,
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

id_type!(GatewayEventId);

/// The inbox: every report of the gateway as it came, written before it is judged.
pub mod gateway_event {
    use super::*;

    /// What became of a report.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, ToSchema)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    #[schema(as = GatewayEventResult)]
    pub enum EventResult {
        /// The gateway was asked, and what it said was applied or is no news.
        Applied,
        /// Not signed with our key.
        Forged,
        UnknownOrder,
        AmountMismatch,
        /// A word that we do not know, or one without its amount.
        Unreadable,
        /// The gateway did not answer when it was asked; it is asked again.
        GatewaySilent,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gateway_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GatewayEventId,
        pub source: ReportSource,
        pub is_signed: bool,
        pub gateway_order_id: String,
        pub transaction_id: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        pub payment_id: Option<PaymentId>,
        pub received_at: Timestamp,
        pub handled_at: Option<Timestamp>,
        pub result: Option<EventResult>,
    }

    /// How a report came.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
    pub enum ReportSource {
        Notification,
        /// An answer to our own question that changed something.
        Status,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
