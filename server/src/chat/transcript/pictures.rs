//! The pictures of a PDF are their thumbnails, so that a conversation full of photos stays a file to mail.

use std::collections::HashMap;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat};

use super::Entry;
use crate::chat::Chat;
use crate::chat::entity::AttachmentId;
use platform::workers::Turn;

/// Twice what is printed at 150 dots per inch.
const LONGEST_SIDE: u32 = 420;
const QUALITY: u8 = 72;
/// Further ones are mentioned, not shown.
const MOST_PICTURES: usize = 200;

/// Small JPEGs by the ids of their pictures; one that is gone from the storage or cannot be read is left out.
pub type Pictures = HashMap<AttachmentId, Arc<Vec<u8>>>;

/// The caller holds a turn of the transcripts.
pub async fn load(chat: &Chat, turn: &Turn, entries: &[Entry]) -> anyhow::Result<Pictures> {
    let mut small = Pictures::new();
    for picture in entries.iter().flat_map(|entry| &entry.pictures).take(MOST_PICTURES) {
        if let Some(thumbnail) = chat.pictures.storage.get(&picture.thumbnail_key()).await? {
            small.insert(picture.id, Arc::new(thumbnail.to_vec()));
        } else if let Some(bytes) = chat.pictures.storage.get(&picture.storage_key()).await?
            && let Some(shrunk) = chat.workers.transcripts.run_in(turn.clone(), move || shrink(&bytes)).await?
        {
            // From before there were thumbnails.
            small.insert(picture.id, Arc::new(shrunk));
        }
    }
    Ok(small)
}

fn shrink(jpeg: &[u8]) -> Option<Vec<u8>> {
    let picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).ok()?;
    let small = DynamicImage::ImageRgb8(picture.thumbnail(LONGEST_SIDE, LONGEST_SIDE).to_rgb8());
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&small).ok()?;
    Some(bytes)
}
