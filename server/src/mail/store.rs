//! Every query about letters.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, MailId, Model};
use platform::clock::Timestamp;

pub async fn insert(db: &impl ConnectionTrait, mail: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(mail)).exec_without_returning(db).await.map(|_| ())
}

/// A letter that was not handed over yet.
pub async fn find_waiting(db: &impl ConnectionTrait, id: MailId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).filter(Column::SentAt.is_null()).one(db).await
}

/// It lies in the mailbox of this machine.
pub async fn put_into_mailbox(db: &impl ConnectionTrait, id: MailId, now: Timestamp) -> Result<(), DbErr> {
    let sent = ActiveModel { sent_at: Set(Some(now)), ..Default::default() };
    Entity::update_many().set(sent).filter(Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// The mail server has it, and we need not know what it said.
pub async fn forget(db: &impl ConnectionTrait, id: MailId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(|_| ())
}

/// What lies in the mailbox of this machine, the newest first; of one recipient, where one is named.
pub async fn list_mailbox(db: &impl ConnectionTrait, recipient: Option<&str>, limit: u64) -> Result<Vec<Model>, DbErr> {
    let mut letters = Entity::find().filter(Column::SentAt.is_not_null());
    if let Some(recipient) = recipient {
        letters = letters.filter(Column::Recipient.eq(recipient));
    }
    letters.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(limit).all(db).await
}

/// So long the mailbox keeps a letter, and so long one that could not be sent waits for somebody to mend what is broken.
const KEPT: Duration = Duration::from_secs(14 * 24 * 3600);

/// Deletes letters whose time is over; how many.
pub async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::CreatedAt.lt(now - KEPT)).exec(db).await?.rows_affected)
}
