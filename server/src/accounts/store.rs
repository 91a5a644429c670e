//! Every query about accounts and their sessions.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::{AccountId, Role, SessionId, account, refresh_token, session};
use platform::clock::Timestamp;

impl account::Model {
    pub async fn find(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Self>, DbErr> {
        account::Entity::find_by_id(id).one(db).await
    }

    /// The accounts of these ids, in no order.
    pub async fn list(db: &impl ConnectionTrait, ids: Vec<AccountId>) -> Result<Vec<Self>, DbErr> {
        account::Entity::find().filter(account::Column::Id.is_in(ids)).all(db).await
    }

    /// Holds an account until the caller's transaction ends: what is counted of one account before something is added
    /// to it is done by one at a time. The account as it is from then on. SQLite has one writer anyhow.
    pub async fn lock(txn: &impl ConnectionTrait, id: AccountId) -> Result<Option<Self>, DbErr> {
        account::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(txn).await
    }

    /// Those of these addresses that have an account, in no order.
    pub async fn with_emails(db: &impl ConnectionTrait, emails: Vec<&str>) -> Result<Vec<Self>, DbErr> {
        account::Entity::find().filter(account::Column::Email.is_in(emails)).all(db).await
    }

    pub async fn rename(
        db: &impl ConnectionTrait,
        id: AccountId,
        username: String,
        now: Timestamp,
    ) -> Result<(), DbErr> {
        let renamed = account::ActiveModel { username: Set(username), updated_at: Set(now), ..Default::default() };
        change(db, id, renamed).await
    }

    /// The picture beside the name lies at this address from now on.
    pub async fn show_picture(
        db: &impl ConnectionTrait,
        id: AccountId,
        url: String,
        now: Timestamp,
    ) -> Result<(), DbErr> {
        let shown = account::ActiveModel { picture: Set(Some(url)), updated_at: Set(now), ..Default::default() };
        change(db, id, shown).await
    }

    /// An applicant's account becomes a doctor's.
    pub async fn make_doctor(db: &impl ConnectionTrait, id: AccountId, now: Timestamp) -> Result<(), DbErr> {
        let doctor = account::ActiveModel { role: Set(Role::Dokter), updated_at: Set(now), ..Default::default() };
        change(db, id, doctor).await
    }
}

pub async fn find_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find().filter(account::Column::Email.eq(email)).one(db).await
}

pub async fn insert(db: &impl ConnectionTrait, account: account::Model) -> Result<(), DbErr> {
    account::Entity::insert(account::ActiveModel::from(account)).exec_without_returning(db).await.map(|_| ())
}

/// Another hash in the place of this one; false when there is yet another by now.
#[must_use = "a password that somebody else has replaced stays theirs"]
pub async fn replace_password_hash(
    db: &impl ConnectionTrait,
    id: AccountId,
    old: &str,
    new: String,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let change = account::ActiveModel { password_hash: Set(new), updated_at: Set(now), ..Default::default() };
    let same = account::Entity::update_many()
        .set(change)
        .filter(account::Column::Id.eq(id))
        .filter(account::Column::PasswordHash.eq(old));
    Ok(same.exec(db).await?.rows_affected == 1)
}

pub async fn insert_session(db: &impl ConnectionTrait, session: session::Model) -> Result<(), DbErr> {
    session::Entity::insert(session::ActiveModel::from(session)).exec_without_returning(db).await.map(|_| ())
}

/// The account of a session that is neither revoked nor over.
pub async fn find_signed_in(
    db: &impl ConnectionTrait,
    id: SessionId,
    account_id: AccountId,
    now: Timestamp,
) -> Result<Option<account::Model>, DbErr> {
    let to_account =
        session::Entity::belongs_to(account::Entity).from(session::Column::AccountId).to(account::Column::Id).into();
    let found = session::Entity::find_by_id(id)
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .join(JoinType::InnerJoin, to_account)
        .select_also(account::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(_, account)| account))
}

pub async fn find_session(db: &impl ConnectionTrait, id: SessionId) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find_by_id(id).one(db).await
}

/// Ends a session; false when it had ended before.
pub async fn revoke_session(db: &impl ConnectionTrait, id: SessionId, now: Timestamp) -> Result<bool, DbErr> {
    let change = session::ActiveModel { revoked_at: Set(Some(now)), ..Default::default() };
    let done = session::Entity::update_many()
        .set(change)
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends every session of an account that goes on, but the one that is spared; which.
pub async fn revoke_sessions(
    db: &impl ConnectionTrait,
    account: AccountId,
    spared: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionId>, DbErr> {
    let change = session::ActiveModel { revoked_at: Set(Some(now)), ..Default::default() };
    let mut open = session::Entity::update_many()
        .set(change)
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now));
    if let Some(spared) = spared {
        open = open.filter(session::Column::Id.ne(spared));
    }
    Ok(open.exec_with_returning(db).await?.into_iter().map(|session| session.id).collect())
}

/// Ends a session of this account; false when it is none of theirs, or had ended before.
pub async fn revoke_own_session(
    db: &impl ConnectionTrait,
    account: AccountId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let own = session::Entity::find_by_id(id).filter(session::Column::AccountId.eq(account)).one(db).await?;
    Ok(own.is_some() && revoke_session(db, id, now).await?)
}

/// A session in use lives on for another lifetime.
pub async fn extend_session(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), DbErr> {
    let change = session::ActiveModel { expires_at: Set(expires_at), last_used_at: Set(now), ..Default::default() };
    session::Entity::update_many().set(change).filter(session::Column::Id.eq(id)).exec(db).await.map(|_| ())
}

pub async fn insert_refresh_token(db: &impl ConnectionTrait, token: refresh_token::Model) -> Result<(), DbErr> {
    refresh_token::Entity::insert(refresh_token::ActiveModel::from(token)).exec_without_returning(db).await.map(|_| ())
}

pub async fn find_refresh_token(db: &impl ConnectionTrait, hash: &str) -> Result<Option<refresh_token::Model>, DbErr> {
    refresh_token::Entity::find().filter(refresh_token::Column::TokenHash.eq(hash)).one(db).await
}

/// Marks a refresh token as used; false when somebody used it before, also in a race.
pub async fn use_refresh_token(
    db: &impl ConnectionTrait,
    token: &refresh_token::Model,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let change = refresh_token::ActiveModel { used_at: Set(Some(now)), ..Default::default() };
    let done = refresh_token::Entity::update_many()
        .set(change)
        .filter(refresh_token::Column::Id.eq(token.id))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Changes what an account is called, shows or is.
async fn change(db: &impl ConnectionTrait, id: AccountId, change: account::ActiveModel) -> Result<(), DbErr> {
    account::Entity::update_many().set(change).filter(account::Column::Id.eq(id)).exec(db).await.map(|_| ())
}

/// The sessions of an account that go on.
pub async fn sessions_of(db: &impl ConnectionTrait, id: AccountId) -> Result<Vec<SessionId>, DbErr> {
    session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::AccountId.eq(id))
        .filter(session::Column::RevokedAt.is_null())
        .into_tuple()
        .all(db)
        .await
}

/// Sessions that are neither revoked nor over, the one used last first.
pub async fn list_sessions(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        .limit(MOST_DEVICES)
        .all(db)
        .await
}

/// Beyond that nobody reads on.
const MOST_DEVICES: u64 = 100;

/// Whether an account was opened lately; on a device that calls itself so, where one is named.
pub async fn was_opened(
    db: &impl ConnectionTrait,
    account: AccountId,
    user_agent: Option<&str>,
) -> Result<bool, DbErr> {
    let mut sessions = session::Entity::find().filter(session::Column::AccountId.eq(account));
    if let Some(user_agent) = user_agent {
        sessions = sessions.filter(session::Column::UserAgent.eq(user_agent));
    }
    Ok(sessions.select_only().column(session::Column::Id).into_tuple::<SessionId>().one(db).await?.is_some())
}

/// Deletes up to so many sessions that were over before an instant, with their refresh tokens; how many.
pub async fn delete_ended_sessions(db: &impl ConnectionTrait, before: Timestamp, limit: u64) -> Result<u64, DbErr> {
    let over = Condition::any().add(session::Column::ExpiresAt.lt(before)).add(session::Column::RevokedAt.lt(before));
    let ids: Vec<SessionId> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(over)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let tokens = refresh_token::Column::SessionId.is_in(ids.iter().copied());
    refresh_token::Entity::delete_many().filter(tokens).exec(db).await?;
    let of = session::Column::Id.is_in(ids);
    Ok(session::Entity::delete_many().filter(of).exec(db).await?.rows_affected)
}

/// Deletes refresh tokens that were used before an instant.
pub async fn delete_used_tokens(db: &impl ConnectionTrait, before: Timestamp) -> Result<(), DbErr> {
    let used = refresh_token::Column::UsedAt.lt(before);
    refresh_token::Entity::delete_many().filter(used).exec(db).await.map(|_| ())
}
