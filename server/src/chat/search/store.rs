//! The queries of a search: own conversations, then what may match in parts of them.

use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::rules::Stretch;
use crate::accounts::CurrentUser;
use crate::chat::entity::{Model, message};
use crate::chat::{ConversationId, store};

/// Somebody's own conversations, newest first, from a certain one on.
pub async fn conversations(
    db: &impl ConnectionTrait,
    me: &CurrentUser,
    from: Option<ConversationId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    store::own(me.id, me.role, from, limit).all(db).await
}

/// Messages of these stretches that may match, newest conversation first, its newest message first.
pub async fn candidates(
    db: &impl ConnectionTrait,
    stretches: &[Stretch],
    pattern: String,
    limit: u64,
) -> Result<Vec<message::Model>, DbErr> {
    let stretch = |stretch: &Stretch| {
        Condition::all()
            .add(message::Column::ConversationId.eq(stretch.conversation))
            .add(message::Column::Seq.gt(stretch.after))
            .add(message::Column::Seq.lt(stretch.before))
    };
    message::Entity::find()
        .filter(stretches.iter().map(stretch).fold(Condition::any(), Condition::add))
        .filter(Expr::expr(Func::lower(Expr::col(message::Column::Body))).like(pattern))
        .order_by_desc(message::Column::ConversationId)
        .order_by_desc(message::Column::Seq)
        .limit(limit)
        .all(db)
        .await
}
