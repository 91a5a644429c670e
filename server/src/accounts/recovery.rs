//! Passwords that are forgotten, or changed. Whoever holds a new one is alone from then on: every other session ends.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::devices::end_sessions;
use super::entity::{ProofId, account, proof};
use super::error::AccountError;
use super::tokens::{hash_of, random_token};
use super::{Accounts, CurrentUser, letters, proofs, store};
use crate::events::Work;
use platform::http::error::AppError;
use platform::jobs::{Job, Lane, Outcome, Ran};
use platform::text::Language;

/// How long the link of a letter is good.
pub const LINK_LIFETIME: Duration = Duration::from_secs(30 * 60);

/// Answers somebody who has forgotten a password. A job, so that the request takes as long whether there is such an account
/// or not.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerForgotten {
    email: String,
    /// Whether they read English.
    is_english: bool,
}

impl Job for AnswerForgotten {
    const KIND: &'static str = "answer_forgotten_password";
    const LANE: Lane = Lane::Life;

    fn key(&self) -> String {
        hex::encode(Sha256::digest(&self.email))
    }
}

pub async fn forgot(accounts: &Accounts, email: String, language: Language) -> Result<(), AppError> {
    let mut work = Work::begin(&accounts.db, accounts.clock.now()).await?;
    work.enqueue(&AnswerForgotten { email, is_english: language == Language::English }).await?;
    Ok(work.commit(&accounts.audience).await?)
}

/// Writes to the account of that address, where there is one. Run twice it writes twice: both links are good.
pub async fn answer_forgotten(accounts: &Accounts, job: AnswerForgotten) -> Ran {
    let Some(account) = store::find_by_email(&accounts.db.read, &job.email).await? else { return Ok(Outcome::Done) };
    let mut work = Work::begin(&accounts.db, accounts.clock.now()).await?;
    let token = random_token();
    let row = proof::Model {
        id: ProofId::new(),
        account_id: account.id,
        purpose: proof::Purpose::PasswordReset,
        token_hash: hash_of(&token),
        created_at: work.now(),
        expires_at: work.now() + LINK_LIFETIME,
        used_at: None,
    };
    proofs::insert(&*work, row).await?;
    // Behind a `#`, which no server, proxy or log gets to see.
    let link = format!("{}/sandi-baru#{token}", accounts.public_url);
    let language = if job.is_english { Language::English } else { Language::Indonesian };
    letters::password_reset(&account, language, &link, LINK_LIFETIME).post(&mut work).await?;
    work.commit(&accounts.audience).await?;
    Ok(Outcome::Done)
}

/// Gives the account of a letter's link a new password. The link is used up, and so is every other.
pub async fn reset(accounts: &Accounts, token: &str, password: String, language: Language) -> Result<(), AppError> {
    // Looked up before the slow hash, which nobody shall have for nothing.
    let proof = proofs::find_good(&accounts.db.read, &hash_of(token), accounts.clock.now()).await?;
    let proof = proof.ok_or(AccountError::LinkOver)?;
    let password_hash = accounts.passwords.hash(password).await?;
    let mut work = Work::begin(&accounts.db, accounts.clock.now()).await?;
    // The account before its links, as everybody who replaces a password does.
    let account = account::Model::lock(&*work, proof.account_id).await?;
    let account = account.ok_or_else(|| account::Model::missing(proof.account_id))?;
    if !proofs::use_up(&*work, proof.id, work.now()).await? {
        return Err(AccountError::LinkOver.into());
    }
    replace_password(accounts, &mut work, &account, password_hash, language).await?;
    end_sessions(&mut work, account.id, None).await?;
    Ok(work.commit(&accounts.audience).await?)
}

/// Changes the password of somebody who knows the one of today; all their other devices are signed out.
pub async fn change(
    accounts: &Accounts,
    me: &CurrentUser,
    current: String,
    new: String,
    language: Language,
) -> Result<(), AppError> {
    let known = account::Model::find(&accounts.db.read, me.id).await?;
    let known = known.ok_or_else(|| account::Model::missing(me.id))?;
    if !accounts.passwords.verify(current, Some(known.password_hash.clone())).await? {
        return Err(AccountError::WrongPassword.into());
    }
    let password_hash = accounts.passwords.hash(new).await?;
    let mut work = Work::begin(&accounts.db, accounts.clock.now()).await?;
    account::Model::lock(&*work, me.id).await?;
    replace_password(accounts, &mut work, &known, password_hash, language).await?;
    end_sessions(&mut work, me.id, Some(me.session)).await?;
    work.commit(&accounts.audience).await?;
    accounts.sessions.forget(&me.session);
    Ok(())
}

/// Links to a new password are void once there is one: whoever reads somebody's mail must not undo what they did about it.
/// The password that was known is the one that is replaced, or none.
async fn replace_password(
    accounts: &Accounts,
    work: &mut Work,
    known: &account::Model,
    hash: String,
    language: Language,
) -> Result<(), AppError> {
    let now = work.now();
    if !store::replace_password_hash(&**work, known.id, &known.password_hash, hash, now).await? {
        return Err(AccountError::WrongPassword.into());
    }
    proofs::use_up_all(&**work, known.id, now).await?;
    let recovery = format!("{}/lupa-sandi", accounts.public_url);
    letters::password_changed(known, language, &recovery).post(work).await?;
    Ok(())
}
