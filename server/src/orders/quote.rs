//! What an order costs, line by line. Made once, stored, never computed again.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use platform::money::{BasisPoints, Rupiah};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum QuoteLineKind {
    /// The doctor's own price; all of it is the doctor's.
    Base,
    /// The platform's fee.
    PlatformFee,
}

/// Where the amount of a line stands in the ledger once it is paid, so that lines of any kind, discounts too, balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(40))", rename_all = "snake_case")]
pub enum LineAccount {
    /// The payee's, pending until it is earned.
    Partner,
    PlatformRevenue,
}

/// A line counts towards the total; one of a discount is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuoteLine {
    pub kind: QuoteLineKind,
    #[serde(skip)]
    pub account: LineAccount,
    pub amount: Rupiah,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub lines: Vec<QuoteLine>,
    pub markup: BasisPoints,
}

impl Quote {
    pub fn new(base: Rupiah, markup: BasisPoints) -> Self {
        let lines = vec![
            QuoteLine { kind: QuoteLineKind::Base, account: LineAccount::Partner, amount: base },
            QuoteLine {
                kind: QuoteLineKind::PlatformFee,
                account: LineAccount::PlatformRevenue,
                amount: base.portion(markup),
            },
        ];
        Self { lines, markup }
    }

    pub fn total(&self) -> Rupiah {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The sum of the lines of one kind.
    pub fn amount(&self, kind: QuoteLineKind) -> Rupiah {
        self.lines.iter().filter(|line| line.kind == kind).map(|line| line.amount).sum()
    }

    /// What each line gives back when `part` of the total goes back, to the rupiah: as near to its share as whole
    /// rupiah allow (largest remainder), and in all exactly `part`. For a part that grows in steps the caller takes
    /// differences, so that roundings of several steps never add up to more than the whole.
    pub fn allocate(&self, part: Rupiah) -> Vec<Rupiah> {
        let lines = &self.lines;
        let total: i128 = lines.iter().map(|line| i128::from(line.amount.0)).sum();
        if total == 0 {
            return vec![Rupiah::ZERO; lines.len()];
        }
        let exact = |line: &QuoteLine| i128::from(line.amount.0) * i128::from(part.0);
        let mut shares: Vec<i128> = lines.iter().map(|line| exact(line).div_euclid(total)).collect();
        let left = i128::from(part.0) - shares.iter().sum::<i128>();
        let mut by_remainder: Vec<usize> = (0..lines.len()).collect();
        by_remainder.sort_by_key(|index| (-exact(&lines[*index]).rem_euclid(total), *index));
        for index in by_remainder.into_iter().take(usize::try_from(left).unwrap_or_default()) {
            shares[index] += 1;
        }
        shares.into_iter().map(|share| Rupiah(i64::try_from(share).unwrap_or(i64::MAX))).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Quote)]
pub struct QuoteView {
    lines: Vec<QuoteLine>,
    total: Rupiah,
    markup_basis_points: BasisPoints,
}

impl From<Quote> for QuoteView {
    fn from(quote: Quote) -> Self {
        Self { total: quote.total(), lines: quote.lines, markup_basis_points: quote.markup }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lines_of_a_consultation_for_45000() {
        let quote = Quote::new(Rupiah(45_000), BasisPoints(1_250));
        assert_eq!(quote.amount(QuoteLineKind::PlatformFee), Rupiah(5_625));
        assert_eq!(quote.total(), Rupiah(50_625));
    }

    #[test]
    fn a_part_goes_back_in_proportion() {
        let quote = Quote::new(Rupiah(45_000), BasisPoints(1_250));
        assert_eq!(quote.allocate(Rupiah(10_000)), [Rupiah(8_889), Rupiah(1_111)]);
        assert_eq!(quote.allocate(quote.total()), [Rupiah(45_000), Rupiah(5_625)]);
        assert_eq!(quote.allocate(Rupiah::ZERO), [Rupiah::ZERO, Rupiah::ZERO]);
    }

    proptest! {
        /// Also with a discount among the lines.
        #[test]
        fn all_of_a_part_is_allocated_and_the_whole_gives_back_each_line(
            base in 1_000_i64..10_000_000, markup in 1_000_i32..=1_500, discount in 0_i64..1_000, part in 0.0_f64..=1.0,
        ) {
            let mut quote = Quote::new(Rupiah(base), BasisPoints(markup));
            let account = LineAccount::PlatformRevenue;
            quote.lines.push(QuoteLine { kind: QuoteLineKind::PlatformFee, account, amount: Rupiah(-discount) });
            let total = quote.total();
            let part = Rupiah((total.0 as f64 * part) as i64);
            let shares = quote.allocate(part);
            prop_assert_eq!(shares.iter().copied().sum::<Rupiah>(), part);
            for (line, share) in quote.lines.iter().zip(&shares) {
                prop_assert!(share.0.abs() <= line.amount.0.abs() + 1);
            }
            let whole: Vec<Rupiah> = quote.lines.iter().map(|line| line.amount).collect();
            prop_assert_eq!(quote.allocate(total), whole);
        }

        #[test]
        fn the_fee_stays_within_its_bounds(base in 1_000_i64..100_000_000, markup in 1_000_i32..=1_500) {
            let quote = Quote::new(Rupiah(base), BasisPoints(markup));
            let fee = quote.amount(QuoteLineKind::PlatformFee).0;
            prop_assert_eq!(quote.total().0, base + fee);
            prop_assert!(fee * 10_000 >= base * 1_000 - 5_000 && fee * 10_000 <= base * 1_500 + 5_000);
        }
    }
}
