//! The queries of the search. Each reads an index in the order in which the page is shown, and stops when it is full.

use std::collections::HashSet;

use sea_orm::sea_query::{Expr, ExprTrait, Iden, Query, SelectStatement, SimpleExpr, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, Order, QueryFilter, QuerySelect, QueryTrait,
};

use super::entity::word;
use super::names::{Named, named};
use super::rules::{Place, Sort, Wanted};
use crate::accounts::AccountId;
use crate::doctors::entity::{Column, Entity, species_bit};
use crate::doctors::store::licensed;
use platform::clock::Timestamp;

/// Said to the letter rather than bound, so that the databases see that their partial indices hold these.
const VERIFIED: &str = "status = 'verified'";
/// Doctors are counted up to here; nobody reads on to the thousandth.
pub const MOST_COUNTED: u64 = 1_000;

/// What the facts of this moment add to what is asked for.
pub struct Moment<'a> {
    pub now: Timestamp,
    /// Those who have a slot that is left today, as a sub-select of their ids.
    pub free_today: SelectStatement,
    pub online: &'a [AccountId],
}

/// One page of those who are wanted.
pub struct Found {
    /// One more than was asked for where there are more.
    pub ids: Vec<AccountId>,
    /// How many there are in all, up to one more than [`MOST_COUNTED`].
    pub count: u64,
}

pub async fn find(db: &impl ConnectionTrait, wanted: &Wanted, moment: &Moment<'_>, limit: u64) -> Result<Found, DbErr> {
    let Some(named) = named(db, &wanted.words).await? else { return Ok(Found { ids: Vec::new(), count: 0 }) };
    let page = page_of(&named, wanted, moment, limit);
    Ok(Found { ids: ids(db, &page).await?, count: count(db, named, wanted, moment).await? })
}

/// The query behind a page; none when nobody has such a name.
pub async fn page(
    db: &impl ConnectionTrait,
    wanted: &Wanted,
    moment: &Moment<'_>,
    limit: u64,
) -> Result<Option<SelectStatement>, DbErr> {
    let named = named(db, &wanted.words).await?;
    Ok(named.map(|named| page_of(&named, wanted, moment, limit)))
}

fn page_of(named: &Named, wanted: &Wanted, moment: &Moment<'_>, limit: u64) -> SelectStatement {
    let matching = matching(wanted, moment, named.condition.clone());
    match &named.leading {
        Some(words) => merged(words, &matching, wanted, limit + 1),
        None => ordered(matching, Table::Doctors, wanted, limit + 1),
    }
}

async fn count(db: &impl ConnectionTrait, named: Named, wanted: &Wanted, moment: &Moment<'_>) -> Result<u64, DbErr> {
    let mut query = matching(wanted, moment, named.condition);
    let mut most = MOST_COUNTED + 1;
    if let Some(words) = named.leading {
        if words.len() > 1 {
            // Somebody with two such words in the name is one, and stands in twice as many rows at most.
            most *= 2;
        }
        query.and_where(Expr::col((Table::Words, word::Column::Word)).is_in(words));
        lead_by_words(&mut query);
    }
    let found = ids(db, query.limit(most)).await?;
    if found.len() as u64 == most {
        return Ok(MOST_COUNTED + 1);
    }
    let distinct: HashSet<AccountId> = found.into_iter().collect();
    Ok(distinct.len() as u64)
}

async fn ids(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<AccountId>, DbErr> {
    let rows = db.query_all(query).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Where the order of a page is read from.
#[derive(Clone, Copy)]
enum Table {
    Doctors,
    Words,
    Merged,
}

impl Iden for Table {
    fn unquoted(&self) -> &str {
        match self {
            Self::Doctors => "doctors",
            Self::Words => "doctor_words",
            Self::Merged => "merged",
        }
    }
}

/// Those who match, from the table of words on.
fn lead_by_words(query: &mut SelectStatement) {
    let same = Expr::col((Table::Words, word::Column::DoctorId)).equals((Table::Doctors, Column::AccountId));
    query.join(JoinType::InnerJoin, Table::Words, same);
}

/// A page of each word in its own order, each a piece of an index, merged into one.
fn merged(words: &[String], matching: &SelectStatement, wanted: &Wanted, limit: u64) -> SelectStatement {
    let pieces = words.iter().map(|word| {
        let mut piece = matching.clone();
        lead_by_words(&mut piece);
        piece.and_where(Expr::col((Table::Words, word::Column::Word)).eq(word.as_str()));
        for column in columns(wanted.sort) {
            piece.column((Table::Words, *column));
        }
        // SQLite orders no part of a union but within brackets of its own.
        let piece = ordered(piece, Table::Words, wanted, limit);
        Query::select().expr(Expr::cust("*")).from_subquery(piece, "piece").take()
    });
    let mut pieces = pieces;
    let mut all = pieces.next().unwrap_or_default();
    for piece in pieces {
        all.union(UnionType::All, piece);
    }
    let mut page = Query::select().column(Column::AccountId).from_subquery(all, Table::Merged).take();
    page.group_by_col(Column::AccountId);
    for column in columns(wanted.sort) {
        page.group_by_col(*column);
    }
    in_order(&mut page, Table::Merged, wanted.sort);
    page.limit(limit).take()
}

/// One page of what matches, in the order of this table's rows.
fn ordered(mut matching: SelectStatement, table: Table, wanted: &Wanted, limit: u64) -> SelectStatement {
    if let Some(place) = &wanted.after {
        matching.and_where(after(table, wanted.sort, place));
    }
    in_order(&mut matching, table, wanted.sort);
    matching.limit(limit).take()
}

fn in_order(query: &mut SelectStatement, table: Table, sort: Sort) {
    let order = if sort == Sort::Price { Order::Asc } else { Order::Desc };
    for column in columns(sort) {
        query.order_by((table, *column), order.clone());
    }
    match table {
        Table::Words => query.order_by((table, word::Column::DoctorId), order),
        _ => query.order_by((table, Column::AccountId), order),
    };
}

fn columns(sort: Sort) -> &'static [Column] {
    match sort {
        Sort::Rating => &[Column::RatingTenths, Column::ReviewCount],
        Sort::Price => &[Column::BasePrice],
        Sort::Experience => &[Column::ExperienceYears],
    }
}

fn matching(wanted: &Wanted, moment: &Moment<'_>, named: Condition) -> SelectStatement {
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
        query = query.filter(Expr::col((Table::Doctors, Column::SpeciesMask)).bit_and(species_bit(species)).ne(0));
    }
    if let Some(tenths) = wanted.least_rating {
        query = query.filter(Column::RatingTenths.gte(tenths));
    }
    if wanted.is_online {
        query = query.filter(Column::AccountId.is_in(moment.online.iter().copied()));
    }
    if wanted.is_free_today {
        query = query.filter(Column::AccountId.in_subquery(moment.free_today.clone()));
    }
    query.into_query()
}

/// What follows a place in the order of the page.
fn after(table: Table, sort: Sort, place: &Place) -> SimpleExpr {
    let mut left: Vec<SimpleExpr> = columns(sort).iter().map(|column| Expr::col((table, *column))).collect();
    left.push(match table {
        Table::Words => Expr::col((table, word::Column::DoctorId)),
        _ => Expr::col((table, Column::AccountId)),
    });
    let mut right: Vec<SimpleExpr> = place.keys.iter().map(|key| Expr::val(*key)).collect();
    right.push(Expr::val(place.id.0));
    if sort == Sort::Price {
        Expr::tuple(left).gt(Expr::tuple(right))
    } else {
        Expr::tuple(left).lt(Expr::tuple(right))
    }
}
