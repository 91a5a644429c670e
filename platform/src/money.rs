//! Whole rupiah. Never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount in whole rupiah.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType, Serialize, Deserialize, ToSchema,
)]
#[schema(value_type = i64, examples(45_000))]
pub struct Rupiah(pub i64);

/// Hundredths of a percent: 1,250 is 12.5 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, DeriveValueType, Serialize, Deserialize, ToSchema)]
#[schema(value_type = i32, examples(1_250))]
pub struct BasisPoints(pub i32);

const WHOLE: i64 = 10_000;

impl Rupiah {
    pub const ZERO: Self = Self(0);

    /// That part of the amount, rounded half up to the rupiah.
    pub fn portion(self, part: BasisPoints) -> Self {
        Self((self.0 * i64::from(part.0) + WHOLE / 2).div_euclid(WHOLE))
    }

    /// The amount with a fee of that part on top.
    pub fn marked_up(self, by: BasisPoints) -> Self {
        self + self.portion(by)
    }

    /// This amount's share when `part` of `whole` is given back, rounded half up to the rupiah.
    pub fn share_of(self, part: Self, whole: Self) -> Self {
        let product = i128::from(self.0) * i128::from(part.0) * 2 + i128::from(whole.0);
        let rounded = product.div_euclid(i128::from(whole.0) * 2);
        Self(i64::try_from(rounded).unwrap_or(i64::MAX))
    }
}

/// `Rp45.000`, as it is written in Indonesia.
impl fmt::Display for Rupiah {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let first = digits.len() % 3;
        let mut groups: Vec<&str> = Vec::new();
        if first > 0 {
            groups.push(&digits[..first]);
        }
        groups.extend((first..digits.len()).step_by(3).map(|start| &digits[start..start + 3]));
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(formatter, "{sign}Rp{}", groups.join("."))
    }
}

impl Add for Rupiah {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Rupiah {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Rupiah {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Rupiah {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_markup_is_rounded_half_up() {
        assert_eq!(Rupiah(45_000).portion(BasisPoints(1_250)), Rupiah(5_625));
        assert_eq!(Rupiah(4).portion(BasisPoints(1_250)), Rupiah(1));
        assert_eq!(Rupiah(3).portion(BasisPoints(1_250)), Rupiah(0));
    }

    #[test]
    fn amounts_are_written_as_people_write_them() {
        for (amount, written) in [(0, "Rp0"), (999, "Rp999"), (45_000, "Rp45.000"), (-1_250_000, "−Rp1.250.000")] {
            assert_eq!(Rupiah(amount).to_string(), written);
        }
    }

    proptest! {
        #[test]
        fn a_portion_is_off_by_half_a_rupiah_at_most(amount in 1_i64..1_000_000_000, part in 0_i32..=10_000) {
            let exact_times_whole = amount * i64::from(part);
            let rounded = Rupiah(amount).portion(BasisPoints(part)).0;
            prop_assert!((rounded * WHOLE - exact_times_whole).abs() <= WHOLE / 2);
        }

        #[test]
        fn giving_all_back_gives_the_whole_share_back(share in 0_i64..1_000_000_000, rest in 1_i64..1_000_000_000) {
            let whole = Rupiah(share + rest);
            prop_assert_eq!(Rupiah(share).share_of(whole, whole), Rupiah(share));
        }
    }
}
