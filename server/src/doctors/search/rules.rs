//! What is asked for, read from the address, and where a page ends.

use serde::Deserialize;
use serde::de::value::{self, StrDeserializer};

use super::words::words;
use crate::accounts::AccountId;
use crate::doctors::entity::Model;
use crate::pets::Species;
use platform::http::error::AppError;
use platform::http::validate::Check;
use platform::money::{BasisPoints, Rupiah};
use platform::text::Text;

const LONGEST_QUERY: usize = 80;
const MOST_WORDS: usize = 5;
const HIGHEST_PRICE: i64 = 1_000_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Rating,
    Price,
    Experience,
}

/// Where a page ended: the sort keys of its last doctor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub keys: Vec<i64>,
    pub id: AccountId,
}

#[derive(Debug)]
pub struct Wanted {
    /// Folded words, each of which must begin one of the name's.
    pub words: Vec<String>,
    pub specialization: Option<String>,
    pub species: Option<Species>,
    /// In doctors' own prices.
    pub least_price: Option<Rupiah>,
    pub most_price: Option<Rupiah>,
    /// In tenths of a star.
    pub least_rating: Option<i32>,
    pub is_online: bool,
    pub is_free_today: bool,
    pub sort: Sort,
    pub after: Option<Place>,
}

/// The address as it came.
#[derive(Debug)]
pub struct Given<'a> {
    pub q: Option<&'a str>,
    pub specialization: Option<&'a str>,
    pub species: Option<&'a str>,
    pub min_price: Option<&'a str>,
    pub max_price: Option<&'a str>,
    pub min_rating: Option<&'a str>,
    pub online: Option<&'a str>,
    pub free_today: Option<&'a str>,
    pub sort: Option<&'a str>,
    pub cursor: Option<&'a str>,
}

impl Given<'_> {
    pub const NOTHING: Given<'static> = Given {
        q: None,
        specialization: None,
        species: None,
        min_price: None,
        max_price: None,
        min_rating: None,
        online: None,
        free_today: None,
        sort: None,
        cursor: None,
    };
}

pub fn read(given: &Given, markup: BasisPoints) -> Result<Wanted, AppError> {
    let mut check = Check::new();
    let q = given.q.unwrap_or_default();
    if q.chars().count() > LONGEST_QUERY {
        check.invalid(
            "q",
            "too_long",
            Text::new(
                format!("Paling banyak {LONGEST_QUERY} karakter."),
                format!("At most {LONGEST_QUERY} characters."),
            ),
        );
    }
    let sort = match given.sort.unwrap_or("rating") {
        "rating" => Some(Sort::Rating),
        "price" => Some(Sort::Price),
        "experience" => Some(Sort::Experience),
        _ => None,
    };
    if sort.is_none() {
        unknown(&mut check, "sort");
    }
    let sort = sort.unwrap_or(Sort::Rating);
    let species = given.species.map(read_species);
    if species == Some(None) {
        unknown(&mut check, "species");
    }
    let after = given.cursor.map(|cursor| read_place(cursor, sort));
    if after == Some(None) {
        check.invalid(
            "cursor",
            "invalid_cursor",
            Text::new("Penanda halaman tidak dikenali.", "The page mark is not known."),
        );
    }
    let wanted = Wanted {
        words: words(q).into_iter().take(MOST_WORDS).collect(),
        specialization: given.specialization.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
        species: species.flatten(),
        least_price: price(&mut check, "minPrice", given.min_price).map(|least| least_base(least, markup)),
        most_price: price(&mut check, "maxPrice", given.max_price).map(|most| most_base(most, markup)),
        least_rating: given.min_rating.and_then(|text| rating(&mut check, text)),
        is_online: check.flag("online", given.online),
        is_free_today: check.flag("freeToday", given.free_today),
        sort,
        after: after.flatten(),
    };
    check.finish()?;
    Ok(wanted)
}

fn read_species(text: &str) -> Option<Species> {
    Species::deserialize(StrDeserializer::<value::Error>::new(text)).ok()
}

fn unknown(check: &mut Check, field: &str) {
    check.invalid(field, "invalid_format", Text::new("Pilihan ini tidak dikenal.", "This choice is not known."));
}

fn price(check: &mut Check, field: &str, given: Option<&str>) -> Option<Rupiah> {
    let price = given?.parse().ok().filter(|price| (0..=HIGHEST_PRICE).contains(price));
    if price.is_none() {
        check.invalid(
            field,
            "out_of_range",
            Text::new("Tulis rupiah tanpa titik, mis. 50000.", "Write whole rupiah, such as 50000."),
        );
    }
    price.map(Rupiah)
}

fn rating(check: &mut Check, text: &str) -> Option<i32> {
    let stars = text.parse::<f64>().ok().filter(|stars| (1.0..=5.0).contains(stars));
    if stars.is_none() {
        check.invalid("minRating", "out_of_range", Text::new("Antara 1 dan 5.", "Between 1 and 5."));
    }
    stars.map(|stars| (stars * 10.0).ceil() as i32)
}

fn total(base: i64, markup: BasisPoints) -> i64 {
    Rupiah(base).marked_up(markup).0
}

/// The lowest price of a doctor's own with which an owner pays at least so much.
fn least_base(least: Rupiah, markup: BasisPoints) -> Rupiah {
    let mut base = least.0 * 10_000 / (10_000 + i64::from(markup.0)) + 1;
    while base > 0 && total(base - 1, markup) >= least.0 {
        base -= 1;
    }
    Rupiah(base)
}

/// The highest one with which an owner pays at most so much.
fn most_base(most: Rupiah, markup: BasisPoints) -> Rupiah {
    let mut base = most.0 * 10_000 / (10_000 + i64::from(markup.0)) + 1;
    while base > 0 && total(base, markup) > most.0 {
        base -= 1;
    }
    Rupiah(base)
}

impl Sort {
    /// What a doctor is sorted by, besides the id.
    pub fn keys(self, doctor: &Model) -> Vec<i64> {
        match self {
            Self::Rating => vec![doctor.rating_tenths.into(), doctor.review_count.into()],
            Self::Price => vec![doctor.base_price.0],
            Self::Experience => vec![doctor.experience_years.into()],
        }
    }

    fn key_count(self) -> usize {
        if self == Self::Rating { 2 } else { 1 }
    }
}

/// `49.12.<id>`: the cursor of a page that ends with this doctor.
pub fn write_place(sort: Sort, doctor: &Model) -> String {
    let keys: Vec<String> = sort.keys(doctor).iter().map(i64::to_string).collect();
    format!("{}.{}", keys.join("."), doctor.account_id)
}

fn read_place(cursor: &str, sort: Sort) -> Option<Place> {
    let mut parts: Vec<&str> = cursor.split('.').collect();
    let id = parts.pop()?.parse().ok()?;
    let keys: Vec<i64> = parts.into_iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    (keys.len() == sort.key_count()).then_some(Place { keys, id })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_range_of_prices_means_what_owners_pay(price in 0..2_000_000_i64, bound in 0..2_000_000_i64, markup in 1_000..=1_500_i32) {
            let markup = BasisPoints(markup);
            prop_assert_eq!(Rupiah(price) >= least_base(Rupiah(bound), markup), total(price, markup) >= bound);
            prop_assert_eq!(Rupiah(price) <= most_base(Rupiah(bound), markup), total(price, markup) <= bound);
        }
    }

    #[test]
    fn everything_that_is_wrong_in_the_address_is_named() {
        let given = Given {
            sort: Some("luck"),
            species: Some("dragon"),
            min_price: Some("-1"),
            min_rating: Some("6"),
            online: Some("maybe"),
            cursor: Some("x"),
            ..Given::NOTHING
        };
        let Err(AppError::Refused(problem)) = read(&given, BasisPoints(1_250)) else { panic!("it is refused") };
        let fields: Vec<&str> = problem.errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["sort", "species", "cursor", "minPrice", "minRating", "online"]);
    }
}
