//! The ways to pay, and what each may and may not do.

use serde::{Deserialize, Serialize};

/// One way to pay; its serialised name is the code of `enabled_payments`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Method {
    #[serde(rename = "other_qris")]
    Qris,
    #[serde(rename = "gopay")]
    Gopay,
    #[serde(rename = "shopeepay")]
    Shopeepay,
    #[serde(rename = "dana")]
    Dana,
    #[serde(rename = "ovo")]
    Ovo,
    #[serde(rename = "bca_va")]
    BcaVa,
    #[serde(rename = "bni_va")]
    BniVa,
    #[serde(rename = "bri_va")]
    BriVa,
    #[serde(rename = "echannel")]
    Mandiri,
    #[serde(rename = "permata_va")]
    PermataVa,
    #[serde(rename = "cimb_va")]
    CimbVa,
    #[serde(rename = "credit_card")]
    CreditCard,
    #[serde(rename = "indomaret")]
    Indomaret,
    #[serde(rename = "alfamart")]
    Alfamart,
}

impl Method {
    pub(crate) const ALL: [Self; 14] = [
        Self::Qris,
        Self::Gopay,
        Self::Shopeepay,
        Self::Dana,
        Self::Ovo,
        Self::BcaVa,
        Self::BniVa,
        Self::BriVa,
        Self::Mandiri,
        Self::PermataVa,
        Self::CimbVa,
        Self::CreditCard,
        Self::Indomaret,
        Self::Alfamart,
    ];

    /// What a name of `enabled_payments` or a `payment_type` stands for; aliases stand for several,
    /// and methods that this stand-in does not offer (Akulaku, Kredivo, …) for none.
    pub(crate) fn named(name: &str) -> Vec<Self> {
        match name {
            "bank_transfer" | "other_va" => {
                vec![Self::BcaVa, Self::BniVa, Self::BriVa, Self::Mandiri, Self::PermataVa, Self::CimbVa]
            }
            "cstore" => vec![Self::Indomaret, Self::Alfamart],
            "qris" => vec![Self::Qris],
            "mandiri_va" => vec![Self::Mandiri],
            code => Self::ALL.into_iter().filter(|method| method.code() == code).collect(),
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Qris => "other_qris",
            Self::Gopay => "gopay",
            Self::Shopeepay => "shopeepay",
            Self::Dana => "dana",
            Self::Ovo => "ovo",
            Self::BcaVa => "bca_va",
            Self::BniVa => "bni_va",
            Self::BriVa => "bri_va",
            Self::Mandiri => "echannel",
            Self::PermataVa => "permata_va",
            Self::CimbVa => "cimb_va",
            Self::CreditCard => "credit_card",
            Self::Indomaret => "indomaret",
            Self::Alfamart => "alfamart",
        }
    }

    /// `payment_type` of notifications and status answers.
    pub(crate) fn payment_type(self) -> &'static str {
        match self {
            Self::Qris => "qris",
            Self::Gopay => "gopay",
            Self::Shopeepay => "shopeepay",
            Self::Dana => "dana",
            Self::Ovo => "ovo",
            Self::BcaVa | Self::BniVa | Self::BriVa | Self::PermataVa | Self::CimbVa => "bank_transfer",
            Self::Mandiri => "echannel",
            Self::CreditCard => "credit_card",
            Self::Indomaret | Self::Alfamart => "cstore",
        }
    }

    /// The bank's short name where `va_numbers` needs one.
    pub(crate) fn bank(self) -> Option<&'static str> {
        match self {
            Self::BcaVa => Some("bca"),
            Self::BniVa => Some("bni"),
            Self::BriVa => Some("bri"),
            Self::CimbVa => Some("cimb"),
            _ => None,
        }
    }

    /// Transfers and counters cannot be paid back by API: nobody knows the account the money came from.
    pub(crate) fn can_be_refunded(self) -> bool {
        matches!(self, Self::CreditCard | Self::Gopay | Self::Shopeepay | Self::Dana | Self::Ovo | Self::Qris)
    }

    pub(crate) fn can_be_refunded_in_part(self) -> bool {
        self.can_be_refunded() && !matches!(self, Self::Shopeepay | Self::Ovo)
    }

    /// The Core API knows DANA's transactions by their own id only: asked for the order, it says that there is none.
    pub(crate) fn is_found_by_order(self) -> bool {
        self != Self::Dana
    }

    /// How long the method waits for the money when the merchant set no `expiry`, in minutes.
    pub(crate) fn default_patience_minutes(self) -> i64 {
        match self {
            Self::Qris | Self::Gopay | Self::Shopeepay | Self::Dana | Self::Ovo => 15,
            _ => 24 * 60,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serialised_names() {
        for method in Method::ALL {
            assert_eq!(serde_json::to_value(method).ok(), Some(method.code().into()));
            assert_eq!(Method::named(method.code()), [method]);
        }
    }

    #[test]
    fn aliases_stand_for_several_and_unknown_names_for_none() {
        assert_eq!(Method::named("bank_transfer").len(), 6);
        assert_eq!(Method::named("cstore"), [Method::Indomaret, Method::Alfamart]);
        assert!(Method::named("kredivo").is_empty());
    }
}
