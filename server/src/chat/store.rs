//! Every query about conversations and messages.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{CaseStatement, Expr, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, Statement, UpdateMany,
};

use uuid::Uuid;

use super::entity::{ActiveModel, Column, ConversationId, ConversationStatus, Entity, Model, Side, message};
use crate::accounts::{AccountId, CurrentUser, Role};
use crate::subjects::ConsultationId;
use platform::clock::Timestamp;
use platform::db::{Moved, piece};

/// Said to the letter, so that the databases see that their partial indexes hold these.
const IS_ACTIVE: &str = "status = 'active'";

impl Model {
    pub async fn find(db: &impl ConnectionTrait, id: ConversationId) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(id).one(db).await
    }

    /// The active conversation of an owner and a doctor; the database allows only one.
    pub async fn find_active(
        db: &impl ConnectionTrait,
        owner: AccountId,
        doctor: AccountId,
    ) -> Result<Option<Self>, DbErr> {
        Entity::find()
            .filter(Column::OwnerId.eq(owner))
            .filter(Column::DoctorId.eq(doctor))
            .filter(Expr::cust(IS_ACTIVE))
            .one(db)
            .await
    }

    /// The conversation for questions after the end of a consultation.
    pub async fn find_follow_up(
        db: &impl ConnectionTrait,
        consultation: ConsultationId,
    ) -> Result<Option<Self>, DbErr> {
        of_consultations(&[consultation], true).one(db).await
    }

    pub async fn ids_by_consultation(
        db: &impl ConnectionTrait,
        consultations: &[ConsultationId],
    ) -> Result<HashMap<ConsultationId, ConversationId>, DbErr> {
        ids(db, of_consultations(consultations, false)).await
    }

    pub async fn follow_ups_by_consultation(
        db: &impl ConnectionTrait,
        consultations: &[ConsultationId],
    ) -> Result<HashMap<ConsultationId, ConversationId>, DbErr> {
        ids(db, of_consultations(consultations, true)).await
    }

    /// The statements behind somebody's own lists, for a look at how a database goes about them.
    pub fn statements(
        backend: DbBackend,
        who: AccountId,
        role: Role,
        since: Timestamp,
    ) -> Vec<(&'static str, Statement)> {
        vec![
            ("own conversations", own(who, role, None, 21).build(backend)),
            ("own conversations, further down", own(who, role, Some(ConversationId::at(since)), 21).build(backend)),
            ("who has met whom lately", backend.build(&met(who, role, since))),
            ("active conversations", active(who, role).build(backend)),
        ]
    }

    /// A conversation of the past with its messages, for demo data.
    pub async fn import(
        db: &impl ConnectionTrait,
        conversation: Self,
        messages: Vec<message::Model>,
    ) -> Result<(), DbErr> {
        insert(db, conversation).await?;
        let rows = messages.into_iter().map(message::ActiveModel::from);
        message::Entity::insert_many(rows).exec_without_returning(db).await.map(|_| ())
    }
}

pub async fn find_all(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = ConversationId>,
) -> Result<Vec<Model>, DbErr> {
    let distinct: HashSet<ConversationId> = ids.collect();
    Entity::find().filter(Column::Id.is_in(distinct)).all(db).await
}

/// The newest conversation of two people, whichever of them is the doctor.
pub async fn find_newest_of(
    db: &impl ConnectionTrait,
    one: AccountId,
    other: AccountId,
) -> Result<Option<Model>, DbErr> {
    // One after the other: of a condition with OR the databases read all conversations of everybody, newest first.
    let mut newest: Option<Model> = None;
    for (owner, doctor) in [(one, other), (other, one)] {
        let of_both = Entity::find().filter(Column::OwnerId.eq(owner)).filter(Column::DoctorId.eq(doctor));
        let found = of_both.order_by_desc(Column::Id).one(db).await?;
        newest = newest.into_iter().chain(found).max_by_key(|conversation| conversation.id);
    }
    Ok(newest)
}

/// The conversation that a consultation was bought for.
pub async fn find_by_consultation(
    db: &impl ConnectionTrait,
    consultation: ConsultationId,
) -> Result<Option<Model>, DbErr> {
    of_consultations(&[consultation], false).one(db).await
}

fn of_consultations(consultations: &[ConsultationId], is_follow_up: bool) -> Select<Entity> {
    Entity::find()
        .filter(Column::ConsultationId.is_in(consultations.iter().copied()))
        .filter(Column::IsFollowUp.eq(is_follow_up))
}

async fn ids(
    db: &impl ConnectionTrait,
    conversations: Select<Entity>,
) -> Result<HashMap<ConsultationId, ConversationId>, DbErr> {
    let rows = conversations.all(db).await?;
    Ok(rows.into_iter().map(|conversation| (conversation.consultation_id, conversation.id)).collect())
}

/// The column that somebody stands in. An owner's account stays an owner's (`doctors::check_unused`), so it is one of the
/// two; asked for either, the databases would read all conversations of everybody.
fn column_of(role: Role) -> Column {
    if role == Role::Dokter { Column::DoctorId } else { Column::OwnerId }
}

/// Somebody's own conversations, newest first, from one on.
pub fn own(who: AccountId, role: Role, to: Option<ConversationId>, limit: u64) -> Select<Entity> {
    let last = to.map_or(Uuid::max(), |to| to.0);
    let query = Entity::find().filter(piece(column_of(role), Column::Id, who.0, (Uuid::nil(), last)));
    query.order_by_desc(column_of(role)).order_by_desc(Column::Id).limit(limit)
}

/// A page of somebody's own conversations, newest first.
pub async fn list_for(
    db: &impl ConnectionTrait,
    me: &CurrentUser,
    before: Option<ConversationId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut query = own(me.id, me.role, before, limit);
    if let Some(before) = before {
        query = query.filter(Column::Id.ne(before));
    }
    query.all(db).await
}

/// Everybody with whom somebody talks, or began to since then. In two parts, each of which is a piece of an index.
pub fn met(who: AccountId, role: Role, since: Timestamp) -> SelectStatement {
    let (own, other) = match column_of(role) {
        Column::DoctorId => (Column::DoctorId, Column::OwnerId),
        column => (column, Column::DoctorId),
    };
    let mine = || Entity::find().select_only().column(other);
    let active = mine().filter(own.eq(who)).filter(Expr::cust(IS_ACTIVE)).into_query();
    let mut recent =
        mine().filter(piece(own, Column::Id, who.0, (ConversationId::at(since).0, Uuid::max()))).into_query();
    recent.union(UnionType::Distinct, active).take()
}

pub async fn counterparts(
    db: &impl ConnectionTrait,
    me: &CurrentUser,
    since: Timestamp,
) -> Result<Vec<AccountId>, DbErr> {
    let statement = db.get_database_backend().build(&met(me.id, me.role, since));
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Somebody's active conversations.
pub fn active(who: AccountId, role: Role) -> Select<Entity> {
    Entity::find().filter(column_of(role).eq(who)).filter(Expr::cust(IS_ACTIVE))
}

pub async fn active_for(db: &impl ConnectionTrait, me: &CurrentUser) -> Result<Vec<Model>, DbErr> {
    active(me.id, me.role).all(db).await
}

/// The active conversations of any of these people.
pub async fn active_for_any(db: &impl ConnectionTrait, people: &[AccountId]) -> Result<Vec<Model>, DbErr> {
    let people = || people.iter().copied();
    Entity::find()
        .filter(Condition::any().add(Column::OwnerId.is_in(people())).add(Column::DoctorId.is_in(people())))
        .filter(Expr::cust(IS_ACTIVE))
        .all(db)
        .await
}

/// Those of these conversations in which somebody takes part.
pub async fn find_own(
    db: &impl ConnectionTrait,
    participant: AccountId,
    ids: impl Iterator<Item = ConversationId>,
) -> Result<Vec<Model>, DbErr> {
    let own = Condition::any().add(Column::OwnerId.eq(participant)).add(Column::DoctorId.eq(participant));
    Entity::find().filter(Column::Id.is_in(ids)).filter(own).all(db).await
}

/// The first time anybody wrote in a conversation, as the log has it.
#[derive(Clone, Copy, Debug, Default)]
pub struct FirstWords {
    pub owner: Option<Timestamp>,
    pub doctor: Option<Timestamp>,
}

impl FirstWords {
    /// When each of the two first wrote in the conversation of a consultation.
    pub async fn find(db: &impl ConnectionTrait, consultation: ConsultationId) -> Result<Self, DbErr> {
        let Some(conversation) = find_by_consultation(db, consultation).await? else {
            return Ok(Self::default());
        };
        let firsts: HashMap<AccountId, Timestamp> = message::Entity::find()
            .select_only()
            .column(message::Column::SenderId)
            .column_as(message::Column::CreatedAt.min(), "first")
            .filter(message::Column::ConversationId.eq(conversation.id))
            .group_by(message::Column::SenderId)
            .into_tuple::<(AccountId, Timestamp)>()
            .all(db)
            .await?
            .into_iter()
            .collect();
        let of = |account: AccountId| firsts.get(&account).copied();
        Ok(Self { owner: of(conversation.owner_id), doctor: of(conversation.doctor_id) })
    }
}

pub async fn insert(db: &impl ConnectionTrait, conversation: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(conversation)).exec_without_returning(db).await.map(|_| ())
}

/// Ends a conversation, unless it has ended before.
pub async fn end(db: &impl ConnectionTrait, id: ConversationId, now: Timestamp) -> Result<Moved, DbErr> {
    let change = ActiveModel {
        status: Set(ConversationStatus::Ended),
        ended_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ConversationStatus::Active))
        .exec(db)
        .await?;
    Ok(Moved::of(done.rows_affected))
}

/// The messages that these senders have sent under these `clientId`s.
pub async fn find_by_client_ids(
    db: &impl ConnectionTrait,
    keys: &[(AccountId, String)],
) -> Result<Vec<message::Model>, DbErr> {
    let one = |(sender, client_id): &(AccountId, String)| {
        Condition::all().add(message::Column::SenderId.eq(*sender)).add(message::Column::ClientId.eq(client_id))
    };
    let any = keys.iter().map(one).fold(Condition::any(), Condition::add);
    if any.is_empty() {
        return Ok(Vec::new());
    }
    message::Entity::find().filter(any).all(db).await
}

/// Which part of a conversation is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    All,
    /// The first messages after this `seq`.
    After(i32),
    /// The last messages before this `seq`.
    Before(i32),
    Newest,
}

/// Messages in the order of `seq`.
pub async fn messages(
    db: &impl ConnectionTrait,
    conversation: ConversationId,
    part: Part,
    limit: Option<u64>,
) -> Result<Vec<message::Model>, DbErr> {
    let query = message::Entity::find().filter(message::Column::ConversationId.eq(conversation)).limit(limit);
    let query = match part {
        Part::All => query.order_by_asc(message::Column::Seq),
        Part::After(seq) => query.filter(message::Column::Seq.gt(seq)).order_by_asc(message::Column::Seq),
        Part::Before(seq) => query.filter(message::Column::Seq.lt(seq)).order_by_desc(message::Column::Seq),
        Part::Newest => query.order_by_desc(message::Column::Seq),
    };
    let mut rows = query.all(db).await?;
    rows.sort_unstable_by_key(|message| message.seq);
    Ok(rows)
}

/// The newest message of each of these conversations.
pub async fn last_messages(
    db: &impl ConnectionTrait,
    conversations: &[Model],
) -> Result<HashMap<ConversationId, message::Model>, DbErr> {
    let newest = conversations.iter().filter(|conversation| conversation.last_seq > 0).map(|conversation| {
        Condition::all()
            .add(message::Column::ConversationId.eq(conversation.id))
            .add(message::Column::Seq.eq(conversation.last_seq))
    });
    let any = newest.fold(Condition::any(), Condition::add);
    if any.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = message::Entity::find().filter(any).all(db).await?;
    Ok(rows.into_iter().map(|message| (message.conversation_id, message)).collect())
}

/// How many messages of the other side one side has not read, for each conversation.
pub async fn unread_counts(
    db: &impl ConnectionTrait,
    reader: AccountId,
    conversations: &[Model],
) -> Result<HashMap<ConversationId, i64>, DbErr> {
    let unread = conversations.iter().filter_map(|conversation| {
        let read = conversation.read_seq(conversation.side_of(reader)?);
        (read < conversation.last_seq).then(|| {
            Condition::all().add(message::Column::ConversationId.eq(conversation.id)).add(message::Column::Seq.gt(read))
        })
    });
    let any = unread.fold(Condition::any(), Condition::add);
    if any.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ConversationId, i64)> = message::Entity::find()
        .select_only()
        .column(message::Column::ConversationId)
        .column_as(message::Column::Id.count(), "count")
        .filter(any)
        .filter(message::Column::SenderId.ne(reader))
        .group_by(message::Column::ConversationId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// One side has received up to `seq`; false when that is no news.
pub async fn advance_delivered(
    db: &impl ConnectionTrait,
    id: ConversationId,
    side: Side,
    seq: i32,
) -> Result<bool, DbErr> {
    let (delivered, _) = watermarks(side);
    let update = Entity::update_many().col_expr(delivered, Expr::value(seq)).filter(delivered.lt(seq));
    is_changed(db, update, id, seq).await
}

/// One side has read, hence received, up to `seq`; false when that is no news.
pub async fn advance_read(db: &impl ConnectionTrait, id: ConversationId, side: Side, seq: i32) -> Result<bool, DbErr> {
    let (delivered, read) = watermarks(side);
    let at_least_read = CaseStatement::new().case(delivered.lt(seq), Expr::value(seq)).finally(Expr::col(delivered));
    let update = Entity::update_many()
        .col_expr(read, Expr::value(seq))
        .col_expr(delivered, at_least_read.into())
        .filter(read.lt(seq));
    is_changed(db, update, id, seq).await
}

fn watermarks(side: Side) -> (Column, Column) {
    match side {
        Side::Owner => (Column::OwnerDeliveredSeq, Column::OwnerReadSeq),
        Side::Doctor => (Column::DoctorDeliveredSeq, Column::DoctorReadSeq),
    }
}

/// Nobody has received what was not sent.
async fn is_changed(
    db: &impl ConnectionTrait,
    update: UpdateMany<Entity>,
    id: ConversationId,
    seq: i32,
) -> Result<bool, DbErr> {
    let done = update.filter(Column::Id.eq(id)).filter(Column::LastSeq.gte(seq)).exec(db).await?;
    Ok(done.rows_affected == 1)
}
