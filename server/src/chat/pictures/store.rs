//! Every query about pictures and uploads.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::entity::{UploadId, chunk, upload};
use crate::accounts::AccountId;
use crate::chat::entity::{AttachmentId, ConversationId, MessageId, attachment, message};
use platform::clock::Timestamp;
use platform::images::ImageError;

/// Inserts a picture; one that is there already stays as it is.
pub async fn insert_attachment(db: &impl ConnectionTrait, picture: attachment::Model) -> Result<(), DbErr> {
    let first_wins = OnConflict::column(attachment::Column::Id).do_nothing().to_owned();
    let insert = attachment::Entity::insert(attachment::ActiveModel::from(picture)).on_conflict(first_wins);
    match insert.exec_without_returning(db).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(error) => Err(error),
    }
}

pub async fn find_attachment(db: &impl ConnectionTrait, id: AttachmentId) -> Result<Option<attachment::Model>, DbErr> {
    attachment::Entity::find_by_id(id).one(db).await
}

/// Binds pictures to the message that takes them along; false unless every one was the sender's own and unsent.
pub async fn take_attachments(
    db: &impl ConnectionTrait,
    conversation: ConversationId,
    sender: AccountId,
    ids: &[AttachmentId],
    message: MessageId,
) -> Result<bool, DbErr> {
    let change = attachment::ActiveModel { message_id: Set(Some(message)), ..Default::default() };
    let done = attachment::Entity::update_many()
        .set(change)
        .filter(attachment::Column::Id.is_in(ids.iter().copied()))
        .filter(attachment::Column::ConversationId.eq(conversation))
        .filter(attachment::Column::UploaderId.eq(sender))
        .filter(attachment::Column::MessageId.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == ids.len() as u64)
}

/// The pictures of these messages.
pub async fn attachments_of(
    db: &impl ConnectionTrait,
    messages: &[message::Model],
) -> Result<HashMap<MessageId, Vec<attachment::Model>>, DbErr> {
    let ids = messages.iter().map(|message| message.id);
    let rows = attachment::Entity::find()
        .filter(attachment::Column::MessageId.is_in(ids))
        .order_by_asc(attachment::Column::Id)
        .all(db)
        .await?;
    let mut by_message: HashMap<MessageId, Vec<attachment::Model>> = HashMap::new();
    for picture in rows {
        if let Some(message) = picture.message_id {
            by_message.entry(message).or_default().push(picture);
        }
    }
    Ok(by_message)
}

/// Pictures that were uploaded before an instant and that no message has taken along, the oldest first.
pub async fn list_unsent(
    db: &impl ConnectionTrait,
    before: Timestamp,
    limit: u64,
) -> Result<Vec<attachment::Model>, DbErr> {
    attachment::Entity::find()
        .filter(attachment::Column::MessageId.is_null())
        .filter(attachment::Column::CreatedAt.lt(before))
        .order_by_asc(attachment::Column::CreatedAt)
        .limit(limit)
        .all(db)
        .await
}

/// Deletes a picture, unless a message has taken it along meanwhile.
pub async fn delete_unsent(db: &impl ConnectionTrait, id: AttachmentId) -> Result<bool, DbErr> {
    let done = attachment::Entity::delete_many()
        .filter(attachment::Column::Id.eq(id))
        .filter(attachment::Column::MessageId.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub async fn insert_upload(db: &impl ConnectionTrait, new: upload::Model) -> Result<(), DbErr> {
    upload::Entity::insert(upload::ActiveModel::from(new)).exec_without_returning(db).await.map(|_| ())
}

pub async fn find_upload(
    db: &impl ConnectionTrait,
    uploader: AccountId,
    id: UploadId,
) -> Result<Option<upload::Model>, DbErr> {
    upload::Entity::find_by_id(id).filter(upload::Column::UploaderId.eq(uploader)).one(db).await
}

pub async fn find_upload_by_client_id(
    db: &impl ConnectionTrait,
    uploader: AccountId,
    client_id: &str,
) -> Result<Option<upload::Model>, DbErr> {
    upload::Entity::find()
        .filter(upload::Column::UploaderId.eq(uploader))
        .filter(upload::Column::ClientId.eq(client_id))
        .one(db)
        .await
}

/// Moves an upload on by one piece; false when another piece was faster.
pub async fn advance(db: &impl ConnectionTrait, piece: &chunk::Model, length: i32) -> Result<bool, DbErr> {
    let done = upload::Entity::update_many()
        .col_expr(upload::Column::Offset, Expr::value(piece.offset + length))
        .filter(upload::Column::Id.eq(piece.upload_id))
        .filter(upload::Column::Offset.eq(piece.offset))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    chunk::Entity::insert(chunk::ActiveModel::from(piece.clone())).exec_without_returning(db).await?;
    Ok(true)
}

/// The pieces that count, in the order of the file.
pub async fn chunks_of(db: &impl ConnectionTrait, id: UploadId) -> Result<Vec<chunk::Model>, DbErr> {
    chunk::Entity::find().filter(chunk::Column::UploadId.eq(id)).order_by_asc(chunk::Column::Offset).all(db).await
}

/// The objects of every piece that an upload still needs.
pub async fn pieces_under_way(db: &impl ConnectionTrait, now: Timestamp) -> Result<Vec<String>, DbErr> {
    let under_way = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(upload::Column::AttachmentId.is_null())
        .filter(upload::Column::Refusal.is_null())
        .filter(upload::Column::ExpiresAt.gt(now))
        .into_query();
    let pieces = chunk::Entity::find().filter(chunk::Column::UploadId.in_subquery(under_way)).all(db).await?;
    Ok(pieces.iter().map(chunk::Model::storage_key).collect())
}

/// The upload has become this picture.
pub async fn finish(db: &impl ConnectionTrait, id: UploadId, picture: AttachmentId) -> Result<(), DbErr> {
    let change = upload::ActiveModel { attachment_id: Set(Some(picture)), ..Default::default() };
    upload::Entity::update_many().set(change).filter(upload::Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// The upload could not become a picture.
pub async fn refuse(db: &impl ConnectionTrait, id: UploadId, refusal: ImageError) -> Result<(), DbErr> {
    let change = upload::ActiveModel { refusal: Set(Some(refusal)), ..Default::default() };
    upload::Entity::update_many().set(change).filter(upload::Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// Uploads that expired before an instant, the oldest first.
pub async fn list_expired(
    db: &impl ConnectionTrait,
    before: Timestamp,
    limit: u64,
) -> Result<Vec<upload::Model>, DbErr> {
    upload::Entity::find()
        .filter(upload::Column::ExpiresAt.lt(before))
        .order_by_asc(upload::Column::ExpiresAt)
        .limit(limit)
        .all(db)
        .await
}

/// Deletes an upload with the list of its pieces.
pub async fn delete_upload(db: &impl ConnectionTrait, id: UploadId) -> Result<(), DbErr> {
    upload::Entity::delete_by_id(id).exec(db).await.map(|_| ())
}
