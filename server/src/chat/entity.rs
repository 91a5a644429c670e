//! Conversations, messages and pictures.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::receipts::Mark;
use crate::accounts::AccountId;
use crate::subjects::ConsultationId;
pub use crate::subjects::{ConversationId, Side};
use platform::clock::Timestamp;
use platform::ids::id_type;

impl ConversationId {
    /// The devices that have got what came before.
    pub fn room(self) -> String {
        format!("conversation:{self}")
    }
}

id_type!(MessageId);
id_type!(AttachmentId, "attachment_not_found", "Gambar tidak ditemukan.", "There is no such picture.");

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ConversationStatus {
    Active,
    Ended,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    pub consultation_id: ConsultationId,
    pub owner_id: AccountId,
    pub doctor_id: AccountId,
    pub status: ConversationStatus,
    /// The `seq` of the newest message; 0 before the first.
    pub last_seq: i32,
    pub owner_delivered_seq: i32,
    pub owner_read_seq: i32,
    pub doctor_delivered_seq: i32,
    pub doctor_read_seq: i32,
    /// Whether it holds the questions after the end of the consultation.
    pub is_follow_up: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Which side somebody is on; nothing for a stranger.
    pub fn side_of(&self, account: AccountId) -> Option<Side> {
        Side::of(account, self.owner_id, self.doctor_id)
    }

    pub fn account_on(&self, side: Side) -> AccountId {
        match side {
            Side::Owner => self.owner_id,
            Side::Doctor => self.doctor_id,
        }
    }

    /// Up to where one side has received.
    pub fn delivered_seq(&self, side: Side) -> i32 {
        match side {
            Side::Owner => self.owner_delivered_seq,
            Side::Doctor => self.doctor_delivered_seq,
        }
    }

    /// Up to where one side has set this mark.
    pub fn marked_seq(&self, side: Side, mark: Mark) -> i32 {
        match mark {
            Mark::Delivered => self.delivered_seq(side),
            Mark::Read => self.read_seq(side),
        }
    }

    /// Up to where one side has read.
    pub fn read_seq(&self, side: Side) -> i32 {
        match side {
            Side::Owner => self.owner_read_seq,
            Side::Doctor => self.doctor_read_seq,
        }
    }
}

pub mod message {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MessageId,
        pub conversation_id: ConversationId,
        /// 1, 2, 3, … within the conversation, without gaps.
        pub seq: i32,
        pub sender_id: AccountId,
        /// Made by the sending device, so that a repeated send is recognised.
        pub client_id: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod attachment {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttachmentId,
        pub conversation_id: ConversationId,
        pub uploader_id: AccountId,
        /// Nothing until a message takes it along.
        pub message_id: Option<MessageId>,
        pub content_type: String,
        /// Pixels.
        pub width: i32,
        /// Pixels.
        pub height: i32,
        pub byte_size: i32,
        /// The bytes of the thumbnail; nothing with a picture of before there were any.
        pub thumbnail_size: Option<i32>,
        /// A ThumbHash in base64.
        pub placeholder: Option<String>,
        pub created_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    /// The name of a picture in the storage.
    pub fn storage_key(conversation: ConversationId, id: AttachmentId) -> String {
        format!("conversations/{conversation}/{id}")
    }

    impl Model {
        pub fn storage_key(&self) -> String {
            storage_key(self.conversation_id, self.id)
        }

        pub fn thumbnail_key(&self) -> String {
            format!("{}-thumbnail", self.storage_key())
        }
    }
}
