//! What a consultation costs, line by line. Made once, stored, never computed again.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::money::{BasisPoints, Rupiah};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum QuoteLineKind {
    /// The doctor's own price; all of it is the doctor's.
    Base,
    /// The platform's fee.
    PlatformFee,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuoteLine {
    pub kind: QuoteLineKind,
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
            QuoteLine { kind: QuoteLineKind::Base, amount: base },
            QuoteLine { kind: QuoteLineKind::PlatformFee, amount: base.portion(markup) },
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
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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

    proptest! {
        #[test]
        fn the_fee_stays_within_its_bounds(base in 1_000_i64..100_000_000, markup in 1_000_i32..=1_500) {
            let quote = Quote::new(Rupiah(base), BasisPoints(markup));
            let fee = quote.amount(QuoteLineKind::PlatformFee).0;
            prop_assert_eq!(quote.total().0, base + fee);
            prop_assert!(fee * 10_000 >= base * 1_000 - 5_000 && fee * 10_000 <= base * 1_500 + 5_000);
        }
    }
}
