//! One sentence at hand.

use sea_orm::entity::prelude::*;

use crate::accounts::AccountId;
use platform::ids::id_type;

id_type!(
    /// A canned reply of a vet.
    ReplyId, "reply_not_found", "Balasan tidak ditemukan.", "There is no such reply."
);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "canned_replies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReplyId,
    pub doctor_id: AccountId,
    pub title: String,
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}
