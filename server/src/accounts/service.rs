//! Signing up, in, on and out.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr};

use super::devices::{Visit, tell_of_new_device};
use super::entity::{AccountId, RefreshTokenId, Role, SessionId, account, refresh_token, session};
use super::error::AccountError;
use super::tokens::{hash_of, random_token};
use super::{Accounts, CurrentUser, proofs, store};
use crate::events::{Event, Work};
use platform::clock::Timestamp;
use platform::db::unless_taken;
use platform::http::error::AppError;

/// A person who is about to have an account; the fields have been checked.
pub struct NewAccount {
    pub username: String,
    pub email: String,
    pub phone_number: String,
    pub role: Role,
    pub picture: Option<String>,
}

/// Somebody who has just proved who they are.
pub struct SignedIn {
    pub account: account::Model,
    pub access_token: String,
    pub refresh_token: String,
}

pub async fn register(accounts: &Accounts, new: NewAccount, password: String) -> Result<AccountId, AppError> {
    let hash = accounts.passwords.hash(password).await?;
    account::Model::create(&accounts.db.write, new, hash, accounts.clock.now()).await
}

impl account::Model {
    /// Inserts an account; the database decides whether the e-mail is free.
    pub async fn create(
        db: &impl ConnectionTrait,
        new: NewAccount,
        password_hash: String,
        now: Timestamp,
    ) -> Result<AccountId, AppError> {
        let account = Self {
            id: AccountId::new(),
            username: new.username,
            email: new.email,
            password_hash,
            phone_number: new.phone_number,
            role: new.role,
            picture: new.picture,
            created_at: now,
            updated_at: now,
        };
        let id = account.id;
        store::insert(db, account).await.map_err(|error| unless_taken(error, AccountError::EmailTaken))?;
        Ok(id)
    }
}

/// One answer and one duration, whether the account is unknown or the password wrong.
pub async fn login(accounts: &Accounts, email: &str, password: String, visit: Visit) -> Result<SignedIn, AppError> {
    let found = store::find_by_email(&accounts.db.read, email).await?;
    let hash = found.as_ref().map(|account| account.password_hash.clone());
    let matches = accounts.passwords.verify(password.clone(), hash).await?;
    let Some(account) = found.filter(|_| matches) else { return Err(refused(&visit)) };
    let account = renew_hash(accounts, account, password).await?;
    open_session(accounts, account, visit).await
}

/// Which account it was stays out of the log, and whether there is one.
fn refused(visit: &Visit) -> AppError {
    tracing::info!(network = visit.network, "a sign-in was refused");
    metrics::counter!("sign_ins_refused_total").increment(1);
    AccountError::InvalidCredentials.into()
}

/// With the cost of today. When too many are signing in, at the next time; and never over a password that was replaced meanwhile.
/// The account as it is then, where the password is still its own.
async fn renew_hash(
    accounts: &Accounts,
    mut account: account::Model,
    password: String,
) -> Result<account::Model, AppError> {
    if !accounts.passwords.is_outdated(&account.password_hash) {
        return Ok(account);
    }
    let Ok(hash) = accounts.passwords.hash(password.clone()).await else { return Ok(account) };
    let (db, now) = (&accounts.db.write, accounts.clock.now());
    if store::replace_password_hash(db, account.id, &account.password_hash, hash.clone(), now).await? {
        account.password_hash = hash;
        return Ok(account);
    }
    // Another sign-in may have renewed it at the same moment, or somebody has replaced the password.
    let current = account::Model::find(&accounts.db.read, account.id).await?;
    let hash = current.as_ref().map(|account| account.password_hash.clone());
    let matches = accounts.passwords.verify(password, hash).await?;
    Ok(current.filter(|_| matches).unwrap_or(account))
}

/// For somebody who knew the password of this account a moment ago. Whoever replaces it ends all sessions, and so one that is
/// opened must either be there before or not at all.
async fn open_session(accounts: &Accounts, known: account::Model, visit: Visit) -> Result<SignedIn, AppError> {
    let mut work = Work::begin(&accounts.db, accounts.clock.now()).await?;
    let now = work.now();
    let account = account::Model::lock(&*work, known.id).await?;
    let account = account.filter(|account| account.password_hash == known.password_hash);
    let Some(account) = account else { return Err(refused(&visit)) };
    tell_of_new_device(accounts, &mut work, &account, &visit).await?;
    let session = session::Model {
        id: SessionId::new(),
        account_id: account.id,
        user_agent: visit.user_agent,
        network: visit.network,
        created_at: now,
        last_used_at: now,
        expires_at: now + accounts.refresh_token_lifetime,
        revoked_at: None,
    };
    let access_token = accounts.tokens.sign(&account, session.id, now)?;
    let session_id = session.id;
    store::insert_session(&*work, session).await?;
    let refresh_token = random_token();
    keep_refresh_token(&*work, session_id, &refresh_token, now).await?;
    work.commit(&accounts.audience).await?;
    Ok(SignedIn { account, access_token, refresh_token })
}

async fn keep_refresh_token(
    db: &impl ConnectionTrait,
    session_id: SessionId,
    token: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = refresh_token::Model {
        id: RefreshTokenId::new(),
        session_id,
        token_hash: hash_of(token),
        created_at: now,
        used_at: None,
    };
    store::insert_refresh_token(db, row).await
}

/// Rotates a refresh token. One that was used before answers its successor once more for a moment, since answers get lost
/// on the way; after that it means that somebody else has it, and the whole session ends.
pub async fn refresh(accounts: &Accounts, refresh_token: &str) -> Result<SignedIn, AppError> {
    let now = accounts.clock.now();
    let mut work = Work::begin(&accounts.db, now).await?;
    let token = store::find_refresh_token(&*work, &hash_of(refresh_token)).await?;
    let token = token.ok_or_else(AppError::unauthenticated)?;
    let successor = accounts.tokens.succeed(refresh_token)?;
    let is_first = store::use_refresh_token(&*work, &token, now).await?;
    if !is_first && !was_answer_lost(&*work, &token, &successor, now).await? {
        store::revoke_session(&*work, token.session_id, now).await?;
        work.tell(Event::SessionEnded(token.session_id));
        work.commit(&accounts.audience).await?;
        tracing::warn!(session_id = %token.session_id, "a refresh token was used twice; its session is revoked");
        return Err(AppError::unauthenticated());
    }
    let session = store::find_session(&*work, token.session_id).await?.ok_or_else(AppError::unauthenticated)?;
    let account = store::find_signed_in(&*work, session.id, session.account_id, now).await?;
    let account = account.ok_or_else(AppError::unauthenticated)?;
    let access_token = accounts.tokens.sign(&account, session.id, now)?;
    if is_first {
        let expires_at = (now + accounts.refresh_token_lifetime).min(session.created_at + LONGEST_SESSION);
        store::extend_session(&*work, session.id, now, expires_at).await?;
        keep_refresh_token(&*work, session.id, &successor, now).await?;
    }
    work.commit(&accounts.audience).await?;
    Ok(SignedIn { account, access_token, refresh_token: successor })
}

/// After that one signs in again, however often the session was used: a stolen device is not stolen for good.
const LONGEST_SESSION: Duration = Duration::from_secs(180 * 24 * 3600);

/// How long a refresh token that was used may be a repetition.
const REPEATABLE: Duration = Duration::from_secs(30);

/// Whether a token that was used comes again for an answer that never arrived: soon, and its successor was not used.
async fn was_answer_lost(
    db: &impl ConnectionTrait,
    token: &refresh_token::Model,
    successor: &str,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let used = store::find_refresh_token(db, &token.token_hash).await?.and_then(|token| token.used_at);
    let is_recent = used.is_some_and(|used| now < used + REPEATABLE);
    let successor = store::find_refresh_token(db, &hash_of(successor)).await?;
    Ok(is_recent && successor.is_some_and(|successor| successor.used_at.is_none()))
}

/// Ends the session of an access token (even an expired one) and that of a refresh token, which need not be the same one; their
/// sockets close.
pub async fn logout(
    accounts: &Accounts,
    access_token: Option<&str>,
    refresh_token: Option<&str>,
) -> Result<(), AppError> {
    let open = access_token.and_then(|token| accounts.tokens.read_even_expired(token)).map(|claims| claims.sid);
    let renewable = match refresh_token {
        Some(token) => store::find_refresh_token(&accounts.db.read, &hash_of(token)).await?.map(|row| row.session_id),
        None => None,
    };
    let sessions: BTreeSet<SessionId> = open.into_iter().chain(renewable).collect();
    if sessions.is_empty() {
        return Err(AppError::unauthenticated());
    }
    let mut work = Work::begin(&accounts.db, accounts.clock.now()).await?;
    for session in sessions {
        store::revoke_session(&*work, session, work.now()).await?;
        work.tell(Event::SessionEnded(session));
    }
    Ok(work.commit(&accounts.audience).await?)
}

/// A session was revoked: its token is dead and its sockets close, on every node.
pub async fn end_everywhere(accounts: &Accounts, session: SessionId) {
    accounts.sessions.forget(&session);
    accounts.realtime.close_session(session.0).await;
}

/// The same, when another node has said so.
pub async fn end_here(accounts: &Accounts, session: SessionId) {
    accounts.sessions.forget(&session);
    accounts.realtime.close_session_here(session.0).await;
}

impl Accounts {
    /// An account has changed: its sessions see it as it is now. Nodes beside others look each time anyhow.
    pub async fn forget_sessions(&self, account: AccountId) -> Result<(), AppError> {
        for session in store::sessions_of(&self.db.read, account).await? {
            self.sessions.forget(&session);
        }
        Ok(())
    }

    /// Who an access token belongs to.
    pub async fn authenticate(&self, token: &str) -> Result<CurrentUser, AppError> {
        let claims = self.tokens.read(token, self.clock.now()).ok_or_else(AppError::unauthenticated)?;
        let account = signed_in(self, claims.sid, claims.id).await?.ok_or_else(AppError::unauthenticated)?;
        let expires_at = Timestamp::from_millis(claims.exp * 1000);
        Ok(CurrentUser { id: account.id, role: account.role, session: claims.sid, expires_at, account })
    }

    /// Whether a session goes on.
    pub async fn is_signed_in(&self, user: &CurrentUser) -> Result<bool, AppError> {
        Ok(signed_in(self, user.session, user.id).await?.is_some())
    }
}

/// The account behind a session. A node that is alone does not look up again what it has looked up within the last
/// seconds; a session that ends is forgotten at once (`docs/decisions/0008-a-session-that-ends-is-dead-at-once.md`).
async fn signed_in(
    accounts: &Accounts,
    session: SessionId,
    id: AccountId,
) -> Result<Option<Arc<account::Model>>, AppError> {
    let look_up = || async {
        let found = store::find_signed_in(&accounts.db.read, session, id, accounts.clock.now()).await?;
        Ok::<_, AppError>(found.map(Arc::new))
    };
    // Beside other nodes the database is asked each time: a notice travels, and "at once" means at once.
    let account = if accounts.bus.has_peers() {
        Box::pin(look_up()).await?
    } else {
        accounts.sessions.get_or_read(session, look_up).await?
    };
    Ok(account.filter(|account| account.id == id))
}

/// Deletes sessions that have ended a while ago, with their refresh tokens, and what was mailed and not used. How many rows.
pub async fn sweep_sessions(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    let mut swept = 0;
    loop {
        let ended = store::delete_ended_sessions(db, now - ENDED_KEPT, SWEPT_AT_ONCE).await?;
        swept += ended;
        if ended < SWEPT_AT_ONCE {
            break;
        }
    }
    store::delete_used_tokens(db, now - ENDED_KEPT).await?;
    Ok(swept + proofs::delete_over(db, now).await?)
}

/// So long a used refresh token is remembered: whoever shows it again has stolen it.
const ENDED_KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
const SWEPT_AT_ONCE: u64 = 1_000;
