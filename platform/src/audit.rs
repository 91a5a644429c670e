//! What the staff does, for good: who did what to what, and why. It is written in the transaction that does it, so that it is
//! there exactly if the deed is; and the database refuses to change or delete what is written.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::ids::id_type;

id_type!(AuditEntryId);

mod entity {
    use sea_orm::entity::prelude::*;

    use super::AuditEntryId;
    use crate::clock::Timestamp;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_log")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AuditEntryId,
        /// The account; nothing for whoever sits at the server's console.
        pub actor_id: Option<Uuid>,
        pub action: String,
        /// What it was done to; the action says what kind of thing that is.
        pub subject_id: Uuid,
        /// As it was given, where one is asked for.
        pub reason: Option<String>,
        pub occurred_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model;

/// Something that somebody of the staff does.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// The account; nothing for whoever sits at the server's console.
    pub actor: Option<Uuid>,
    /// Such as `licence.accepted`: a thing, and what became of it. Never changes once released; at most 40 characters.
    pub action: &'static str,
    pub subject: Uuid,
    pub reason: Option<&'a str>,
}

/// Writes a deed down, inside the transaction that does it.
pub async fn write(txn: &DatabaseTransaction, deed: Deed<'_>, now: Timestamp) -> Result<(), DbErr> {
    let entry = entity::ActiveModel {
        id: Set(AuditEntryId::new()),
        actor_id: Set(deed.actor),
        action: Set(deed.action.to_owned()),
        subject_id: Set(deed.subject),
        reason: Set(deed.reason.map(str::to_owned)),
        occurred_at: Set(now),
    };
    entity::Entity::insert(entry).exec_without_returning(txn).await.map(|_| ())
}

/// What was done before an entry, or at all; the newest first.
pub async fn list(db: &impl ConnectionTrait, before: Option<AuditEntryId>, limit: u64) -> Result<Vec<Model>, DbErr> {
    let mut entries = entity::Entity::find().order_by_desc(entity::Column::Id).limit(limit);
    if let Some(before) = before {
        entries = entries.filter(entity::Column::Id.lt(before));
    }
    entries.all(db).await
}
