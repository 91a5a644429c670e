//! Uploading a picture into a conversation and reading it again: participants only.

use anyhow::Context;
use axum::body::Bytes;

use super::entity::{AttachmentId, ConversationId, ConversationStatus, attachment};
use super::error::ChatError;
use super::images::{self, ImageError};
use super::store;
use crate::accounts::{AccountId, CurrentUser};
use crate::app::App;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;
use crate::platform::http::problem::FieldProblem;
use crate::platform::text::Text;

/// Checks that somebody may upload into a conversation, before the upload is read.
pub async fn may_upload(app: &App, me: &CurrentUser, conversation: ConversationId) -> Result<(), AppError> {
    let found = store::find(&app.db.read, conversation).await?.ok_or_else(ConversationId::not_found)?;
    found.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    if found.status != ConversationStatus::Active {
        return Err(ChatError::NoActiveConversation.into());
    }
    app.limits.upload_by_account.take(&me.id.0)
}

pub async fn upload(
    app: &App,
    uploader: AccountId,
    conversation: ConversationId,
    bytes: Bytes,
) -> Result<attachment::Model, AppError> {
    let _worker = app.image_workers.acquire().await.context("the picture workers are gone")?;
    let rewritten = tokio::task::spawn_blocking(move || images::rewrite(&bytes)).await;
    let picture = rewritten.context("a picture worker failed")?.map_err(refusal)?;
    let pixels = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
    let attachment = attachment::Model {
        id: AttachmentId::new(),
        conversation_id: conversation,
        uploader_id: uploader,
        message_id: None,
        content_type: picture.content_type.to_owned(),
        width: pixels(picture.width),
        height: pixels(picture.height),
        byte_size: i32::try_from(picture.bytes.len()).unwrap_or(i32::MAX),
        created_at: app.clock.now(),
    };
    // The object first: a row without its object would be a broken picture, an object without its row is only rubbish.
    app.storage.put(&attachment.storage_key(), picture.bytes).await?;
    store::insert_attachment(&app.db.write, attachment.clone()).await?;
    Ok(attachment)
}

/// The picture and its bytes, for the two participants.
pub async fn read(app: &App, me: &CurrentUser, id: AttachmentId) -> Result<(attachment::Model, Bytes), AppError> {
    let attachment = store::find_attachment(&app.db.read, id).await?.ok_or_else(AttachmentId::not_found)?;
    let conversation = store::find(&app.db.read, attachment.conversation_id).await?;
    let conversation = conversation.ok_or_else(AttachmentId::not_found)?;
    conversation.side_of(me.id).ok_or(ChatError::NotAParticipant)?;
    let bytes = app.storage.get(&attachment.storage_key()).await?.ok_or_else(AttachmentId::not_found)?;
    Ok((attachment, bytes))
}

/// A refusal of an upload, at the field `file`.
pub fn refused(code: &'static str, indonesian: &'static str, english: &'static str) -> AppError {
    AppError::invalid(vec![FieldProblem { field: "file".to_owned(), code, text: Text::new(indonesian, english) }])
}

fn refusal(error: ImageError) -> AppError {
    match error {
        ImageError::Heic => refused(
            "heic_not_supported",
            "Foto HEIC belum dapat dibaca. Di iPhone pilih Pengaturan → Kamera → Format → Paling Kompatibel, atau kirim tangkapan layarnya.",
            "HEIC photos cannot be read yet. On an iPhone choose Settings → Camera → Formats → Most Compatible, or send a screenshot of it.",
        ),
        ImageError::UnknownFormat => {
            refused("image_format", "Kirim foto JPEG, PNG atau WebP.", "Send a JPEG, PNG or WebP picture.")
        }
        ImageError::TooLarge => refused(
            "image_too_large",
            "Foto ini terlalu besar. Perkecil dulu, paling panjang 12.000 piksel.",
            "This picture is too large. Make it smaller, 12,000 pixels at most.",
        ),
        ImageError::Broken => {
            refused("image_broken", "Foto ini rusak atau tidak lengkap.", "This picture is broken or incomplete.")
        }
    }
}
