//! When a doctor can be booked: weekly hours, days that differ, and the times that are taken.

use sea_orm::entity::prelude::*;

use crate::accounts::AccountId;
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::zone::Zone;

/// How a doctor's hours are cut into slots.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub doctor_id: AccountId,
    pub time_zone: Zone,
    pub slot_minutes: i32,
    /// Kept free after each slot.
    pub buffer_minutes: i32,
    /// How long before it begins a slot can still be booked.
    pub notice_minutes: i32,
    /// How many days ahead slots can be booked, today included.
    pub horizon_days: i32,
    /// The first slot that can be booked, as the directory shows it.
    pub next_available_at: Option<Timestamp>,
    /// When that has to be looked at again.
    pub recheck_at: Timestamp,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// Hours that recur each week.
pub mod weekly {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "schedule_hours")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub doctor_id: AccountId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        /// 1 is Monday, 7 is Sunday.
        pub weekday: i32,
        /// Minutes after midnight in the doctor's zone.
        pub from_minute: i32,
        pub to_minute: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The hours of one day that differs from its week; a day without hours is off.
pub mod exception {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "schedule_exceptions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub doctor_id: AccountId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        /// `2026-11-24`, in the doctor's zone.
        pub day: String,
        pub from_minute: Option<i32>,
        pub to_minute: Option<i32>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Five minutes of a doctor's time that belong to a consultation. That no two have the same is the key of the table:
/// the one form of exclusion that both databases enforce.
pub mod cell {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "slot_cells")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub doctor_id: AccountId,
        /// Counted from 1970-01-01 UTC in steps of five minutes.
        #[sea_orm(primary_key, auto_increment = false)]
        pub cell: i64,
        pub consultation_id: ConsultationId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
