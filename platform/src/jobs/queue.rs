//! Every query of the queue.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::entity::{ActiveModel, Column, Entity, JobId, Model};
use super::{Job, Lane};
use crate::clock::Timestamp;

/// Longer errors are cut: one that repeats its input must not fill the database.
const LONGEST_ERROR: usize = 2_000;

/// Has a job done at that time, unless the same one waits already or runs; one that has died begins anew. Inside the
/// caller's transaction.
pub async fn enqueue<J: Job>(db: &impl ConnectionTrait, job: &J, at: Timestamp, now: Timestamp) -> Result<(), DbErr> {
    let dead = Expr::col((Entity, Column::DeadAt)).is_not_null();
    insert(db, job, (at, now), anew().action_and_where(dead).to_owned()).await
}

/// Has a job done at that time; the same one that waits already, or has died, is moved there. Inside the caller's
/// transaction.
pub async fn schedule<J: Job>(db: &impl ConnectionTrait, job: &J, at: Timestamp, now: Timestamp) -> Result<(), DbErr> {
    insert(db, job, (at, now), anew()).await
}

/// The job that is there already begins as the new one would.
fn anew() -> OnConflict {
    let all = [
        Column::Payload,
        Column::RunAt,
        Column::Tries,
        Column::LockedUntil,
        Column::Claim,
        Column::DeadAt,
        Column::LastError,
    ];
    OnConflict::column(Column::DedupKey).update_columns(all).to_owned()
}

async fn insert<J: Job>(
    db: &impl ConnectionTrait,
    job: &J,
    (run_at, now): (Timestamp, Timestamp),
    known: OnConflict,
) -> Result<(), DbErr> {
    let payload = serde_json::to_string(job).map_err(|error| DbErr::Custom(error.to_string()))?;
    let row = Model {
        id: JobId::new(),
        kind: J::KIND.to_owned(),
        lane: J::LANE.name().to_owned(),
        dedup_key: Some(key_of(job)),
        payload,
        run_at,
        tries: 0,
        locked_until: None,
        claim: None,
        dead_at: None,
        last_error: None,
        created_at: now,
    };
    match Entity::insert(ActiveModel::from(row)).on_conflict(known).exec_without_returning(db).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(error) => Err(error),
    }
}

fn key_of<J: Job>(job: &J) -> String {
    format!("{}:{}", J::KIND, job.key())
}

/// Has a job not done any more.
pub async fn cancel<J: Job>(db: &impl ConnectionTrait, job: &J) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::DedupKey.eq(key_of(job))).exec(db).await.map(|_| ())
}

/// Whether anything of a lane is due: a look that takes no lock.
pub(super) async fn is_any_due(db: &impl ConnectionTrait, lane: Lane, now: Timestamp) -> Result<bool, DbErr> {
    let due = due(lane, now).select_only().column(Column::Id).limit(1).into_tuple::<JobId>().one(db).await?;
    Ok(due.is_some())
}

fn due(lane: Lane, now: Timestamp) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::Lane.eq(lane.name()))
        .filter(Column::RunAt.lte(now))
        .filter(Column::DeadAt.is_null())
        .filter(Condition::any().add(Column::LockedUntil.is_null()).add(Column::LockedUntil.lte(now)))
}

const CLAIM: &str = "UPDATE jobs SET locked_until = $3, claim = $4, tries = tries + 1 WHERE id IN (\
     SELECT id FROM jobs WHERE lane = $1 AND run_at <= $2 AND dead_at IS NULL \
     AND (locked_until IS NULL OR locked_until <= $2) ORDER BY run_at, id LIMIT $5";
const RETURNING: &str = "RETURNING id, kind, lane, dedup_key, payload, run_at, tries, locked_until, claim, dead_at, \
     last_error, created_at";

/// Takes up to so many due jobs of a lane, the longest waiting first; no node waits for another.
pub(super) async fn claim(
    db: &impl ConnectionTrait,
    lane: Lane,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<Model>, DbErr> {
    let backend = db.get_database_backend();
    let lock = if backend == DbBackend::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" };
    let until = now + lane.lease() + GRACE;
    let values: [sea_orm::Value; 5] = [
        lane.name().into(),
        now.into(),
        until.into(),
        Uuid::now_v7().into(),
        i64::try_from(limit).unwrap_or(i64::MAX).into(),
    ];
    let statement = Statement::from_sql_and_values(backend, format!("{CLAIM}{lock}) {RETURNING}"), values);
    let mut claimed = Model::find_by_statement(statement).all(db).await?;
    claimed.sort_by_key(|job| (job.run_at, job.id));
    Ok(claimed)
}

/// Between the end of a try and the moment at which another node may begin one.
const GRACE: std::time::Duration = std::time::Duration::from_secs(5);

/// The job is done and gone, unless it was planned anew meanwhile.
pub(super) async fn finish(db: &impl ConnectionTrait, job: &Model) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Id.eq(job.id)).filter(held_by(job)).exec(db).await.map(|_| ())
}

/// The job is to be done again then, with all its tries.
pub(super) async fn again(db: &impl ConnectionTrait, job: &Model, at: Timestamp) -> Result<(), DbErr> {
    let change = ActiveModel { run_at: Set(at), tries: Set(0), last_error: Set(None), ..released() };
    update_held(db, job, change).await
}

/// A try has failed: the next one is then.
pub(super) async fn retry(db: &impl ConnectionTrait, job: &Model, at: Timestamp, error: &str) -> Result<(), DbErr> {
    let change = ActiveModel { run_at: Set(at), last_error: Set(Some(cut(error))), ..released() };
    update_held(db, job, change).await
}

/// No further try.
pub(super) async fn bury(db: &impl ConnectionTrait, job: &Model, now: Timestamp, error: &str) -> Result<(), DbErr> {
    let change = ActiveModel { dead_at: Set(Some(now)), last_error: Set(Some(cut(error))), ..released() };
    update_held(db, job, change).await
}

fn released() -> ActiveModel {
    ActiveModel { locked_until: Set(None), claim: Set(None), ..Default::default() }
}

async fn update_held(db: &impl ConnectionTrait, job: &Model, change: ActiveModel) -> Result<(), DbErr> {
    Entity::update_many().set(change).filter(Column::Id.eq(job.id)).filter(held_by(job)).exec(db).await.map(|_| ())
}

fn held_by(job: &Model) -> sea_orm::sea_query::SimpleExpr {
    Column::Claim.eq(job.claim)
}

fn cut(error: &str) -> String {
    // PostgreSQL knows no NUL in a text.
    error.chars().filter(|character| *character != '\0').take(LONGEST_ERROR).collect()
}

/// Dead letters, the newest first.
pub async fn list_dead(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, DbErr> {
    let dead = Entity::find().filter(Column::DeadAt.is_not_null());
    dead.order_by_desc(Column::DeadAt).order_by_desc(Column::Id).limit(limit).all(db).await
}

/// Has a dead letter tried again from the beginning; false when there is none with this id.
pub async fn revive(db: &impl ConnectionTrait, id: JobId, now: Timestamp) -> Result<bool, DbErr> {
    let change = ActiveModel { dead_at: Set(None), tries: Set(0), run_at: Set(now), ..released() };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(id))
        .filter(Column::DeadAt.is_not_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// How the queue stands.
pub(super) struct Backlog {
    pub dead: u64,
    /// When the job that has waited longest was due; nothing when none waits.
    pub oldest: Option<Timestamp>,
}

pub(super) async fn backlog(db: &impl ConnectionTrait, now: Timestamp) -> Result<Backlog, DbErr> {
    let dead = Entity::find().filter(Column::DeadAt.is_not_null()).count(db).await?;
    let mut oldest = None;
    for lane in Lane::ALL {
        let first = due(lane, now).select_only().column(Column::RunAt).order_by_asc(Column::RunAt).limit(1);
        let first = first.into_tuple::<Timestamp>().one(db).await?;
        oldest = oldest.into_iter().chain(first).min();
    }
    Ok(Backlog { dead, oldest })
}
