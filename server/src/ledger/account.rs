//! The accounts of the ledger (not those that sign in).

use crate::accounts::AccountId;

/// A debit is positive, a credit negative: what we hold or have spent is positive, what we owe or earned is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// What the gateway holds for us.
    Gateway,
    /// What a partner will be owed once the service is earned.
    PartnerPending(AccountId),
    /// What we owe a partner.
    PartnerPayable(AccountId),
    /// What a partner owes us.
    PartnerReceivable(AccountId),
    /// What we earned.
    PlatformRevenue,
    /// What discounts cost us.
    PromotionExpense,
    /// What points that were earned may still cost us.
    PointsLiability,
    /// What we took and must give back.
    RefundsPayable,
    /// What was sent to partners and has not arrived.
    PayoutsInTransit,
    /// What our own bank account holds.
    Bank,
    /// What the gateway kept for its work.
    GatewayFees,
    /// What customers' banks took back of services that were rendered.
    ChargebackLoss,
    /// Money that came and nobody knows yet what it is for.
    Suspense,
}

impl Account {
    /// Its name in the journal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::PartnerPending(_) => "partner_pending",
            Self::PartnerPayable(_) => "partner_payable",
            Self::PartnerReceivable(_) => "partner_receivable",
            Self::PlatformRevenue => "platform_revenue",
            Self::PromotionExpense => "promotion_expense",
            Self::PointsLiability => "points_liability",
            Self::RefundsPayable => "refunds_payable",
            Self::PayoutsInTransit => "payouts_in_transit",
            Self::Bank => "bank",
            Self::GatewayFees => "gateway_fees",
            Self::ChargebackLoss => "chargeback_loss",
            Self::Suspense => "suspense",
        }
    }

    /// Whose it is, where there is one for each partner.
    pub fn party(self) -> Option<AccountId> {
        match self {
            Self::PartnerPending(party) | Self::PartnerPayable(party) | Self::PartnerReceivable(party) => Some(party),
            _ => None,
        }
    }
}
