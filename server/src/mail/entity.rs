//! A letter that waits, or has been sent.

use sea_orm::entity::prelude::*;

use platform::clock::Timestamp;
use platform::ids::id_type;

id_type!(MailId);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    /// Plain text. May hold what only the recipient is to see: it is gone as soon as the letter was handed over.
    pub body: String,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
