//! `hellopet fixture`: people and paid conversations for load tests, straight into an empty database.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde::Serialize;

use super::application;
use crate::accounts::entity::{account, session};
use crate::accounts::{Account, AccountId, Role, SessionId};
use crate::app::App;
use crate::config::Options;
use crate::consultations::{self, Draft, Terms};
use crate::doctors::{Doctor, DoctorStatus, SpokenLanguage, Verified};
use crate::events::Work;
use crate::orders::{Order, Quote};
use crate::payments::{self, Payment};
use crate::pets::Species;
use platform::clock::Timestamp;
use platform::http::error::AppError;
use platform::money::Rupiah;

const PASSWORD: &str = "hellopet-bench";
const TOKEN_LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// The conversations last as long as the tokens.
const A_DAY: Terms = Terms { duration: 24 * 60, answer: 24 * 60 };
/// Rows in one INSERT: 32,766 values are the most that SQLite takes.
const BATCH: usize = 500;

#[derive(Args)]
pub struct Arguments {
    /// Owner and doctor pairs, each with an active, paid conversation.
    #[arg(long, default_value_t = 128)]
    pairs: usize,
    /// Verified doctors; a doctor may sit in several pairs.
    #[arg(long, default_value_t = 100)]
    doctors: usize,
    /// Further owners, in no pair.
    #[arg(long, default_value_t = 2_000)]
    idle: usize,
    /// Where the users file goes.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Serialize)]
struct UsersFile {
    users: Vec<User>,
    pairs: Vec<Pair>,
}

#[derive(Serialize)]
struct User {
    id: AccountId,
    email: String,
    password: &'static str,
    token: String,
    role: Role,
}

/// Indices into `users`.
#[derive(Serialize)]
struct Pair {
    doctor: usize,
    owner: usize,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    anyhow::ensure!(arguments.doctors > 0 || arguments.pairs == 0, "pairs need doctors");
    let app = application(Options::default()).await?;
    let existing = account::Entity::find().count(&app.platform.db.read).await?;
    anyhow::ensure!(existing == 0, "the database is not empty: it holds {existing} accounts");

    let now = app.platform.clock.now();
    let hash = app.accounts.passwords.hash(PASSWORD.to_owned()).await.map_err(AppError::into_problem);
    let hash = hash.map_err(|problem| anyhow::anyhow!("{}", problem.code))?;
    let person = |name: &str, index: usize, role: Role| Account {
        id: AccountId::new(),
        username: format!("{name} {index}"),
        email: format!("{}{index}@bench.hellopet.test", name.to_lowercase()),
        password_hash: hash.clone(),
        phone_number: "+6281200000000".to_owned(),
        role,
        picture: None,
        created_at: now,
        updated_at: now,
    };
    let mut people: Vec<Account> =
        (0..arguments.doctors).map(|index| doctor(person("Dokter", index, Role::Dokter), index)).collect();
    people.extend((0..arguments.pairs).map(|index| person("Owner", index, Role::User)));
    people.extend((0..arguments.idle).map(|index| person("Idle", index, Role::User)));

    let users = insert_people(&app, people, now).await?;
    insert_doctors(&app, &users[..arguments.doctors], now).await?;
    let pairs: Vec<Pair> = (0..arguments.pairs)
        .map(|index| Pair { doctor: index % arguments.doctors, owner: arguments.doctors + index })
        .collect();
    for pair in &pairs {
        open_conversation(&app, users[pair.owner].id, users[pair.doctor].id, now).await?;
    }
    gather_statistics(&app).await?;
    let file = serde_json::to_vec(&UsersFile { users, pairs })?;
    std::fs::write(&arguments.out, file).with_context(|| format!("cannot write {}", arguments.out.display()))?;
    println!(
        "{} users, {} pairs → {}",
        arguments.doctors + arguments.pairs + arguments.idle,
        arguments.pairs,
        arguments.out.display()
    );
    Ok(())
}

/// A doctor with a name that can be searched for; the same one at the same place every time.
fn doctor(account: Account, index: usize) -> Account {
    const FIRST: [&str; 40] = [
        "Adi", "Agung", "Anisa", "Ayu", "Bagus", "Bayu", "Bella", "Budi", "Cahya", "Citra", "Dewi", "Dian", "Dimas",
        "Eka", "Fajar", "Fitri", "Galih", "Gita", "Hendra", "Indah", "Intan", "Joko", "Kartika", "Lestari", "Lukman",
        "Maya", "Nadia", "Nanda", "Novi", "Putra", "Putri", "Rahmat", "Ratna", "Rizky", "Sari", "Surya", "Tari",
        "Wahyu", "Yoga", "Zahra",
    ];
    const LAST: [&str; 50] = [
        "Anggraini",
        "Aritonang",
        "Astuti",
        "Budiman",
        "Damanik",
        "Firmansyah",
        "Gunawan",
        "Hakim",
        "Halim",
        "Handayani",
        "Harahap",
        "Hartono",
        "Hidayat",
        "Hutapea",
        "Iskandar",
        "Kusuma",
        "Kurniawan",
        "Lubis",
        "Maharani",
        "Mahendra",
        "Manurung",
        "Maulana",
        "Nasution",
        "Nugroho",
        "Oktaviani",
        "Pangestu",
        "Permana",
        "Prameswari",
        "Pranata",
        "Prasetyo",
        "Pratama",
        "Purnomo",
        "Rahayu",
        "Ramadhan",
        "Saputra",
        "Santoso",
        "Setiawan",
        "Siahaan",
        "Simanjuntak",
        "Siregar",
        "Situmorang",
        "Suharto",
        "Sulistyo",
        "Suryani",
        "Susanto",
        "Tanjung",
        "Utami",
        "Wibowo",
        "Wijaya",
        "Yulianti",
    ];
    let first = FIRST[index % FIRST.len()];
    let last = LAST[index / FIRST.len() % LAST.len()];
    Account { username: format!("drh. {first} {last}"), ..account }
}

/// What some of the doctors of the fixture know best.
const SPECIALIZATIONS: [&str; 8] = [
    "Dokter hewan umum",
    "Penyakit dalam kucing",
    "Penyakit dalam anjing",
    "Kulit & alergi",
    "Gigi & mulut",
    "Bedah",
    "Hewan kecil & eksotik",
    "Perilaku",
];

/// Inserts the accounts, each with a session, and signs a token for it.
async fn insert_people(app: &App, people: Vec<Account>, now: Timestamp) -> anyhow::Result<Vec<User>> {
    let mut users = Vec::with_capacity(people.len());
    for batch in people.chunks(BATCH) {
        let txn = app.platform.db.begin_write().await?;
        let sessions: Vec<session::Model> = batch
            .iter()
            .map(|person| session::Model {
                id: SessionId::new(),
                account_id: person.id,
                user_agent: "fixture".to_owned(),
                network: None,
                created_at: now,
                last_used_at: now,
                expires_at: now + TOKEN_LIFETIME,
                revoked_at: None,
            })
            .collect();
        for (person, session) in batch.iter().zip(&sessions) {
            users.push(User {
                id: person.id,
                email: person.email.clone(),
                password: PASSWORD,
                token: app.accounts.tokens.sign_for(person, session.id, now, TOKEN_LIFETIME)?,
                role: person.role,
            });
        }
        let rows = batch.iter().cloned().map(account::ActiveModel::from);
        account::Entity::insert_many(rows).exec_without_returning(&txn).await?;
        let rows = sessions.into_iter().map(session::ActiveModel::from);
        session::Entity::insert_many(rows).exec_without_returning(&txn).await?;
        txn.commit().await?;
    }
    Ok(users)
}

/// So many rows at once: a planner that knows nothing of them yet plans badly for a while.
async fn gather_statistics(app: &App) -> anyhow::Result<()> {
    app.platform.db.write.execute_unprepared("ANALYZE").await?;
    Ok(())
}

async fn insert_doctors(app: &App, users: &[User], now: Timestamp) -> anyhow::Result<()> {
    let txn = app.platform.db.begin_write().await?;
    for (user, index) in users.iter().zip(0..) {
        let doctor = Doctor {
            status: DoctorStatus::Verified,
            specialization: SPECIALIZATIONS[index as usize % SPECIALIZATIONS.len()].to_owned(),
            experience_years: 1 + index % 20,
            licence_number: format!("BENCH-{index}"),
            base_price: Rupiah(30_000 + i64::from(index % 5) * 5_000),
            species_mask: Doctor::species_mask(&[Species::Cat, Species::Dog]) | (index % 256),
            language_mask: Doctor::language_mask(&[SpokenLanguage::Id]),
            rating_tenths: 30 + index * 7 % 21,
            review_count: index * 13 % 200,
            verified_at: Some(now),
            ..Doctor::blank(user.id, now)
        };
        Doctor::create(&txn, doctor).await?;
    }
    txn.commit().await?;
    Ok(())
}

/// Through the same steps as a payment that settles, without a gateway.
async fn open_conversation(app: &App, owner: AccountId, doctor: AccountId, now: Timestamp) -> anyhow::Result<()> {
    let profile =
        Verified::find(&app.platform.db.read, doctor, now).await?.context("a doctor of the fixture is missing")?;
    let quote = Quote::new(profile.profile.base_price, app.config.payments.markup);
    pay(app, (owner, doctor), &quote, now).await.map_err(|error| anyhow::anyhow!(error.for_log()))
}

async fn pay(
    app: &App,
    (owner, doctor): (AccountId, AccountId),
    quote: &Quote,
    now: Timestamp,
) -> Result<(), AppError> {
    let mut work = Work::begin(&app.platform.db, now).await?;
    let order = consultations::new_order(owner, doctor, quote, now);
    Order::insert(&*work, order.clone(), quote).await?;
    let bought = Draft { order: order.id, owner, doctor, pet: None, slot: None, terms: A_DAY };
    consultations::draft(&*work, &bought, quote, now).await?;
    let payment = payments::new_payment(&app.payments, &order, None, now);
    Payment::insert(&*work, payment.clone()).await?;
    payments::settle_without_gateway(&app.payments, &mut work, &order, &payment).await?;
    Ok(work.commit(&app.told).await?)
}
