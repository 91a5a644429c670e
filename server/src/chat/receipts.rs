//! Received and read: two numbers for each side, which only grow.

use serde::Serialize;

use super::entity::{ConversationId, Model, Side};
use super::error::ChatError;
use super::store;
use crate::accounts::AccountId;
use crate::app::App;
use crate::platform::http::error::AppError;
use crate::platform::http::path::Named;

/// `messagesDelivered` and `messagesRead`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Who has received or read.
    pub user_id: AccountId,
    pub conversation_id: ConversationId,
    pub seq: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Delivered,
    Read,
}

/// Somebody has received or read a conversation up to `seq` (or all of it); both sides' devices are told when it is news.
pub async fn mark(
    app: &App,
    me: AccountId,
    conversation: ConversationId,
    mark: Mark,
    seq: Option<i32>,
) -> Result<Receipt, AppError> {
    let found = store::find(&app.db.read, conversation).await?.ok_or_else(ConversationId::not_found)?;
    let side = found.side_of(me).ok_or(ChatError::NotAParticipant)?;
    let seq = seq.unwrap_or(found.last_seq).clamp(0, found.last_seq);
    if is_known(&found, side, mark, seq) {
        return Ok(Receipt { user_id: me, conversation_id: conversation, seq });
    }
    let db = &app.db.write;
    let is_news = match mark {
        Mark::Delivered => store::advance_delivered(db, conversation, side, seq).await?,
        Mark::Read => store::advance_read(db, conversation, side, seq).await?,
    };
    let receipt = Receipt { user_id: me, conversation_id: conversation, seq };
    if is_news {
        let event = match mark {
            Mark::Delivered => "messagesDelivered",
            Mark::Read => "messagesRead",
        };
        app.realtime.tell(&[found.owner_id.0, found.doctor_id.0], event, &receipt).await;
    }
    Ok(receipt)
}

fn is_known(conversation: &Model, side: Side, mark: Mark, seq: i32) -> bool {
    match mark {
        Mark::Delivered => seq <= conversation.delivered_seq(side),
        Mark::Read => seq <= conversation.read_seq(side),
    }
}
