//! A row of the queue.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::id_type;

id_type!(JobId, "job_not_found", "Pekerjaan tidak ditemukan.", "There is no such job.");

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    pub kind: String,
    pub lane: String,
    pub dedup_key: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Not before then.
    pub run_at: Timestamp,
    /// How often it was begun since it was last planned.
    pub tries: i32,
    /// Until when it is the claimant's alone.
    pub locked_until: Option<Timestamp>,
    /// Who holds it: a fence against a late worker whose job was claimed again.
    pub claim: Option<Uuid>,
    pub dead_at: Option<Timestamp>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
