//! How doctors and their licences look to themselves and to the operator.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::{Account, AccountId};
use crate::doctors::Doctors;
use crate::doctors::entity::{DoctorStatus, Model, SpokenLanguage};
use crate::doctors::licences::entity::document::DocumentId;
use crate::doctors::licences::entity::{LicenceId, LicenceKind, LicenceStatus, Model as Licence};
use crate::doctors::licences::store;
use crate::pets::Species;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::money::Rupiah;

/// What a doctor sees of the own profile.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwnDoctor)]
pub struct OwnView {
    id: AccountId,
    username: String,
    #[schema(required)]
    picture: Option<String>,
    status: DoctorStatus,
    /// Why the doctor was suspended or rejected.
    #[schema(required)]
    status_reason: Option<String>,
    specialization: String,
    /// Years.
    work_experience: i32,
    bio: String,
    /// What the doctor gets, whole rupiah.
    base_price: Rupiah,
    /// What owners pay: the platform's fee on top.
    price: Rupiah,
    species: Vec<Species>,
    languages: Vec<SpokenLanguage>,
    /// The one in force.
    #[schema(required)]
    licence: Option<LicenceView>,
    /// The one that is being checked.
    #[schema(required)]
    pending_licence: Option<LicenceView>,
    /// The last one, when it was refused.
    #[schema(required)]
    refused_licence: Option<LicenceView>,
    /// Whether owners see and can consult this doctor now.
    bookable: bool,
}

/// What the operator sees besides.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdminDoctor)]
pub struct AdminView {
    #[serde(flatten)]
    doctor: OwnView,
    email: String,
    phone_number: String,
    created_at: Timestamp,
    #[schema(required)]
    verified_at: Option<Timestamp>,
    /// All of them, the newest first.
    licences: Vec<LicenceView>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Licence)]
pub struct LicenceView {
    id: LicenceId,
    kind: LicenceKind,
    number: String,
    issuer: String,
    /// The last day.
    #[schema(format = Date)]
    expires_on: String,
    status: LicenceStatus,
    /// Why it was refused.
    #[schema(required)]
    reason: Option<String>,
    documents: Vec<DocumentView>,
    submitted_at: Timestamp,
    #[schema(required)]
    decided_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LicenceDocument)]
pub struct DocumentView {
    id: DocumentId,
    url: String,
}

impl LicenceView {
    fn new(licence: Licence, documents: &[DocumentId]) -> Self {
        let document = |id: &DocumentId| DocumentView { id: *id, url: format!("/api/licence-documents/{id}") };
        Self {
            id: licence.id,
            kind: licence.kind,
            number: licence.number,
            issuer: licence.issuer,
            expires_on: licence.expires_on,
            status: licence.status,
            reason: licence.reason,
            documents: documents.iter().map(document).collect(),
            submitted_at: licence.submitted_at,
            decided_at: licence.decided_at,
        }
    }
}

impl OwnView {
    fn new(doctors: &Doctors, doctor: &Model, account: &Account, licences: &[LicenceView]) -> Self {
        let latest = |status: LicenceStatus| licences.iter().find(|licence| licence.status == status).cloned();
        let last = licences.first().filter(|licence| licence.status == LicenceStatus::Refused).cloned();
        Self {
            id: doctor.account_id,
            username: account.username.clone(),
            picture: account.picture.clone(),
            status: doctor.status,
            status_reason: doctor.status_reason.clone(),
            specialization: doctor.specialization.clone(),
            work_experience: doctor.experience_years,
            bio: doctor.bio.clone(),
            base_price: doctor.base_price,
            price: doctor.base_price.marked_up(doctors.markup),
            species: doctor.species(),
            languages: doctor.languages(),
            licence: latest(LicenceStatus::Accepted),
            pending_licence: latest(LicenceStatus::Submitted),
            refused_licence: last,
            bookable: doctor.is_bookable(doctors.clock.now()),
        }
    }
}

impl OwnView {
    /// What a doctor sees.
    pub async fn of(doctors: &Doctors, doctor: Model) -> Result<Self, AppError> {
        let view = AdminView::list(doctors, vec![doctor]).await?.pop();
        view.map(|view| view.doctor).ok_or_else(Model::not_found)
    }
}

impl AdminView {
    /// What the operator sees of these doctors, in their order and in a fixed number of queries.
    pub async fn list(doctors: &Doctors, rows: Vec<Model>) -> Result<Vec<Self>, AppError> {
        let db = &doctors.db.write;
        let ids: Vec<AccountId> = rows.iter().map(|doctor| doctor.account_id).collect();
        let accounts = Account::list(db, ids.clone()).await?;
        let accounts: HashMap<AccountId, Account> = accounts.into_iter().map(|account| (account.id, account)).collect();
        let mut licences = store::list_of(db, ids).await?;
        let documents = store::documents_of(db, licences.values().flatten().map(|licence| licence.id)).await?;
        let view = |doctor: Model| {
            let account = accounts.get(&doctor.account_id)?;
            let own = licences.remove(&doctor.account_id).unwrap_or_default();
            let shown = |licence: Licence| {
                let of_licence = documents.get(&licence.id).map_or(&[][..], Vec::as_slice);
                LicenceView::new(licence, of_licence)
            };
            let licences: Vec<LicenceView> = own.into_iter().map(shown).collect();
            Some(Self {
                doctor: OwnView::new(doctors, &doctor, account, &licences),
                email: account.email.clone(),
                phone_number: account.phone_number.clone(),
                created_at: doctor.created_at,
                verified_at: doctor.verified_at,
                licences,
            })
        };
        Ok(rows.into_iter().filter_map(view).collect())
    }
}
