//! Uploads that are under way, and the pieces of them that have arrived.

use sea_orm::entity::prelude::*;

use crate::accounts::AccountId;
use crate::chat::entity::{AttachmentId, ConversationId};
use platform::clock::Timestamp;
use platform::ids::id_type;
use platform::images::ImageError;

id_type!(
    /// A picture that arrives in pieces.
    UploadId, "upload_not_found", "Unggahan ini tidak ada atau sudah kedaluwarsa. Kirim fotonya lagi.", "This upload is not there or has expired. Send the picture again."
);
id_type!(
    /// A piece. Two that arrive for the same place are two objects, of which one counts.
    ChunkId
);

pub mod upload {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "uploads")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UploadId,
        pub conversation_id: ConversationId,
        pub uploader_id: AccountId,
        /// Made by the uploading device, so that a repeated beginning is recognised.
        pub client_id: String,
        /// The bytes that the whole will have.
        pub size: i32,
        /// The bytes that are there.
        pub offset: i32,
        /// What the device took the file for; what it is, its bytes say.
        pub content_type: String,
        /// The picture that it became.
        pub attachment_id: Option<AttachmentId>,
        /// Why it did not become one.
        pub refusal: Option<ImageError>,
        pub created_at: Timestamp,
        pub expires_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Where the storage has the pieces.
        pub fn storage_folder(&self) -> String {
            format!("uploads/{}", self.id)
        }

        /// The picture has the upload's id: whoever finishes it again, after a crash or on another node, writes the
        /// same objects and the same row.
        pub fn future_attachment(&self) -> AttachmentId {
            AttachmentId(self.id.0)
        }
    }
}

pub mod chunk {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "upload_chunks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ChunkId,
        pub upload_id: UploadId,
        /// Where in the file it begins.
        pub offset: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The object's name in the storage.
        pub fn storage_key(&self) -> String {
            format!("uploads/{}/{}-{}", self.upload_id, self.offset, self.id)
        }
    }
}
