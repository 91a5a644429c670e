//! Which doctors have such a name: by the beginnings of its words, and in spite of a slip of the finger.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::{gram, word};
use super::words::{forgiven, grams, slips, words};
use crate::accounts::AccountId;
use crate::doctors::entity::{Column, Model};

/// Doctors that a word may lead to before the order of the page leads instead.
const FEW: u64 = 1_000;
/// Words whose pages are merged; what more words than that begin with is so common that the order of the page finds it.
const MOST_MERGED: u64 = 32;
/// Words that are looked at for one with a slip of the finger.
const MOST_ALIKE: u64 = 200;
const MOST_CORRECTIONS: usize = 8;

/// How the doctors of a name are found.
pub struct Named {
    pub condition: Condition,
    /// The words whose own order leads, where a name is common.
    pub leading: Option<Vec<String>>,
}

/// Writes down the words that a doctor is found by, when the name is new.
pub async fn index(db: &impl ConnectionTrait, doctor: &Model, name: &str) -> Result<(), DbErr> {
    word::Entity::delete_many().filter(word::Column::DoctorId.eq(doctor.account_id)).exec(db).await?;
    let words: BTreeSet<String> = words(name).into_iter().collect();
    if words.is_empty() {
        return Ok(());
    }
    let rows = words.iter().map(|word| word::ActiveModel {
        word: Set(word.clone()),
        doctor_id: Set(doctor.account_id),
        rating_tenths: Set(doctor.rating_tenths),
        review_count: Set(doctor.review_count),
        base_price: Set(doctor.base_price),
        experience_years: Set(doctor.experience_years),
    });
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

/// A doctor is sorted otherwise from now on.
pub async fn sort_anew(db: &impl ConnectionTrait, doctor: &Model) -> Result<(), DbErr> {
    let change = word::ActiveModel {
        rating_tenths: Set(doctor.rating_tenths),
        review_count: Set(doctor.review_count),
        base_price: Set(doctor.base_price),
        experience_years: Set(doctor.experience_years),
        ..Default::default()
    };
    let of_doctor = word::Column::DoctorId.eq(doctor.account_id);
    word::Entity::update_many().set(change).filter(of_doctor).exec(db).await.map(|_| ())
}

/// How to find those of whose name every asked word begins a word. Nothing when nobody has such a name.
pub async fn named(db: &impl ConnectionTrait, asked: &[String]) -> Result<Option<Named>, DbErr> {
    let mut condition = Condition::all();
    let mut common = Vec::new();
    let mut is_rare = false;
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
        if found.len() as u64 > FEW {
            common.push(words);
        } else {
            is_rare = true;
            condition = condition.add(Column::AccountId.is_in(found));
        }
    }
    let mut leading = None;
    for beginnings in common {
        let whole = if is_rare || leading.is_some() { None } else { whole_words(db, &beginnings).await? };
        match whole {
            Some(whole) => leading = Some(whole),
            None => condition = condition.add(has_word(&beginnings)),
        }
    }
    Ok(Some(Named { condition, leading }))
}

/// The words of names that begin with these; nothing when they are too many to merge.
async fn whole_words(db: &impl ConnectionTrait, beginnings: &[String]) -> Result<Option<Vec<String>>, DbErr> {
    // The first run of a word's letters leads to it, without a look at all the doctors who have it.
    let found: Vec<String> = gram::Entity::find()
        .select_only()
        .column(gram::Column::Word)
        .distinct()
        .filter(beginnings.iter().fold(Condition::any(), |any, beginning| any.add(begun(beginning))))
        .limit(MOST_MERGED + 1)
        .into_tuple()
        .all(db)
        .await?;
    Ok((!found.is_empty() && found.len() as u64 <= MOST_MERGED).then_some(found))
}

fn begun(beginning: &str) -> SimpleExpr {
    let first: String = std::iter::once('^').chain(beginning.chars().take(2)).collect();
    let is_first = gram::Column::Gram.gte(first.as_str()).and(gram::Column::Gram.lt(format!("{first}\u{10FFFF}")));
    is_first.and(gram::Column::Word.gte(beginning)).and(gram::Column::Word.lt(format!("{beginning}\u{10FFFF}")))
}

/// Whether a doctor's name has a word that begins with one of these.
fn has_word(words: &[String]) -> SimpleExpr {
    let of_doctor =
        Expr::col((word::Entity, word::Column::DoctorId)).equals((crate::doctors::entity::Entity, Column::AccountId));
    let having = Query::select()
        .expr(Expr::val(1))
        .from(word::Entity)
        .and_where(of_doctor)
        .cond_where(beginnings(words))
        .to_owned();
    Expr::exists(having)
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
