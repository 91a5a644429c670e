//! The queries of the search. Each reads an index in the order in which the page is shown, and stops when it is full.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::entity::{gram, word};
use super::rules::{Place, Sort, Wanted};
use super::words::{forgiven, grams, slips, words};
use crate::accounts::AccountId;
use crate::availability;
use crate::doctors::entity::{Column, Entity, species_bit};
use crate::doctors::store::licensed;
use crate::platform::clock::Timestamp;

/// Said to the letter rather than bound, so that the databases see that their partial indices hold these.
const VERIFIED: &str = "status = 'verified'";
/// Doctors that a word may lead to before the order of the page leads instead.
const FEW: u64 = 1_000;
/// Words that are looked at for one with a slip of the finger.
const MOST_ALIKE: u64 = 200;
const MOST_CORRECTIONS: usize = 8;
/// Doctors are counted up to here; nobody reads on to the thousandth.
pub const MOST_COUNTED: u64 = 1_000;

/// Writes down the words that a doctor is found by, when the name is new.
pub async fn index(db: &impl ConnectionTrait, doctor: AccountId, name: &str) -> Result<(), DbErr> {
    word::Entity::delete_many().filter(word::Column::DoctorId.eq(doctor)).exec(db).await?;
    let words: BTreeSet<String> = words(name).into_iter().collect();
    if words.is_empty() {
        return Ok(());
    }
    let rows = words.iter().map(|word| word::ActiveModel { word: Set(word.clone()), doctor_id: Set(doctor) });
    word::Entity::insert_many(rows).exec_without_returning(db).await?;
    let rows = words.iter().flat_map(|word| {
        grams(word).into_iter().map(|gram| gram::ActiveModel { gram: Set(gram), word: Set(word.clone()) })
    });
    let once = OnConflict::columns([gram::Column::Gram, gram::Column::Word]).do_nothing().to_owned();
    match gram::Entity::insert_many(rows).on_conflict(once).exec_without_returning(db).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What the facts of this moment add to what is asked for.
pub struct Moment<'a> {
    pub now: Timestamp,
    pub end_of_today: Timestamp,
    pub online: &'a [AccountId],
}

/// The doctors of one page, one more than `limit` where there are more.
pub async fn find(
    db: &impl ConnectionTrait,
    wanted: &Wanted,
    moment: &Moment<'_>,
    limit: u64,
) -> Result<Vec<AccountId>, DbErr> {
    match page(db, wanted, moment, limit).await? {
        Some(page) => page.into_tuple().all(db).await,
        None => Ok(Vec::new()),
    }
}

/// The query behind a page; none when nobody has such a name.
pub async fn page(
    db: &impl ConnectionTrait,
    wanted: &Wanted,
    moment: &Moment<'_>,
    limit: u64,
) -> Result<Option<Select<Entity>>, DbErr> {
    let Some(named) = named(db, &wanted.words).await? else { return Ok(None) };
    let mut query = matching(wanted, moment, named);
    if let Some(place) = &wanted.after {
        query = query.filter(after(wanted.sort, place));
    }
    let order = if wanted.sort == Sort::Price { Order::Asc } else { Order::Desc };
    for column in columns(wanted.sort) {
        query = query.order_by(*column, order.clone());
    }
    Ok(Some(query.order_by(Column::AccountId, order).limit(limit + 1)))
}

/// How many there are, up to [`MOST_COUNTED`].
pub async fn count(db: &impl ConnectionTrait, wanted: &Wanted, moment: &Moment<'_>) -> Result<u64, DbErr> {
    let Some(named) = named(db, &wanted.words).await? else { return Ok(0) };
    let found = matching(wanted, moment, named).limit(MOST_COUNTED + 1).into_tuple::<AccountId>().all(db).await?;
    Ok(found.len() as u64)
}

fn columns(sort: Sort) -> &'static [Column] {
    match sort {
        Sort::Rating => &[Column::RatingTenths, Column::ReviewCount],
        Sort::Price => &[Column::BasePrice],
        Sort::Experience => &[Column::ExperienceYears],
    }
}

fn matching(wanted: &Wanted, moment: &Moment<'_>, named: Condition) -> Select<Entity> {
    let mut query = Entity::find()
        .select_only()
        .column(Column::AccountId)
        .filter(Expr::cust(VERIFIED))
        .filter(licensed(moment.now))
        .filter(named);
    // A bound that bounds nothing would only tempt the planner to the index of prices.
    if let Some(least) = wanted.least_price {
        query = query.filter(Column::BasePrice.gte(least));
    }
    if let Some(most) = wanted.most_price {
        query = query.filter(Column::BasePrice.lte(most));
    }
    if let Some(specialization) = &wanted.specialization {
        query = query.filter(Column::Specialization.eq(specialization.as_str()));
    }
    if let Some(species) = wanted.species {
        query = query.filter(Expr::col(Column::SpeciesMask).bit_and(species_bit(species)).ne(0));
    }
    if let Some(tenths) = wanted.least_rating {
        query = query.filter(Column::RatingTenths.gte(tenths));
    }
    if wanted.is_online {
        query = query.filter(Column::AccountId.is_in(moment.online.iter().copied()));
    }
    if wanted.is_free_today {
        query =
            query.filter(Column::AccountId.in_subquery(availability::free_between(moment.now, moment.end_of_today)));
    }
    query
}

/// What follows a place in the order of the page.
fn after(sort: Sort, place: &Place) -> SimpleExpr {
    let mut left: Vec<SimpleExpr> = columns(sort).iter().map(|column| Expr::col(*column)).collect();
    left.push(Expr::col(Column::AccountId));
    let mut right: Vec<SimpleExpr> = place.keys.iter().map(|key| Expr::val(*key)).collect();
    right.push(Expr::val(place.id.0));
    if sort == Sort::Price {
        Expr::tuple(left).gt(Expr::tuple(right))
    } else {
        Expr::tuple(left).lt(Expr::tuple(right))
    }
}

/// The condition that every asked word begins a word of the name. Nothing when nobody has such a name.
async fn named(db: &impl ConnectionTrait, asked: &[String]) -> Result<Option<Condition>, DbErr> {
    let mut condition = Condition::all();
    for asked in asked {
        let mut found = beginning_with(db, std::slice::from_ref(asked)).await?;
        let mut words = vec![asked.clone()];
        if found.is_empty() {
            words = alike(db, asked).await?;
            found = beginning_with(db, &words).await?;
        }
        if found.is_empty() {
            return Ok(None);
        }
        condition = if found.len() as u64 > FEW {
            condition.add(Column::AccountId.in_subquery(doctors_of(&words)))
        } else {
            condition.add(Column::AccountId.is_in(found))
        };
    }
    Ok(Some(condition))
}

/// Doctors with a word that begins with one of these; more than [`FEW`] only says that there are many.
async fn beginning_with(db: &impl ConnectionTrait, words: &[String]) -> Result<Vec<AccountId>, DbErr> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    word::Entity::find()
        .select_only()
        .column(word::Column::DoctorId)
        .filter(beginnings(words))
        .limit(FEW + 1)
        .into_tuple()
        .all(db)
        .await
}

fn doctors_of(words: &[String]) -> sea_orm::sea_query::SelectStatement {
    Query::select().column(word::Column::DoctorId).from(word::Entity).cond_where(beginnings(words)).to_owned()
}

/// A range of the index, where `LIKE` would depend on the collation.
fn beginnings(words: &[String]) -> Condition {
    words.iter().fold(Condition::any(), |any, beginning| {
        let range =
            word::Column::Word.gte(beginning.as_str()).and(word::Column::Word.lt(format!("{beginning}\u{10FFFF}")));
        any.add(range)
    })
}

/// Words that some doctor has and that differ from the asked one by a slip of the finger or two, the closest first.
async fn alike(db: &impl ConnectionTrait, asked: &str) -> Result<Vec<String>, DbErr> {
    let most = forgiven(asked);
    if most == 0 {
        return Ok(Vec::new());
    }
    let candidates: Vec<String> = gram::Entity::find()
        .select_only()
        .column(gram::Column::Word)
        .filter(gram::Column::Gram.is_in(grams(asked)))
        .group_by(gram::Column::Word)
        .order_by_desc(gram::Column::Gram.count())
        .limit(MOST_ALIKE)
        .into_tuple()
        .all(db)
        .await?;
    let mut close: HashMap<String, usize> = HashMap::new();
    for word in candidates {
        let count = slips(asked, &word);
        if count <= most {
            close.insert(word, count);
        }
    }
    let mut close: Vec<(String, usize)> = close.into_iter().collect();
    close.sort_by(|(word, slips), (other_word, other_slips)| slips.cmp(other_slips).then_with(|| word.cmp(other_word)));
    Ok(close.into_iter().take(MOST_CORRECTIONS).map(|(word, _)| word).collect())
}
