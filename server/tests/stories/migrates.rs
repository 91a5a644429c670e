//! A database of an earlier schema, with a year of data and purchases in every state, is brought up to date: its figures
//! stay the same, and everybody reads what they read before. `server/tests/fixtures/README.md` says how it was made.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use futures_util::future::join_all;
use hellopet::{doctors, pets};
use platform::db::Db;
use sea_orm::{EntityTrait, FromQueryResult, Statement};
use serde_json::{Value, json};

use crate::support::{Person, TestApp, TestDatabase, kind};

const FIXTURE: &str = "schema-20261126";

/// The server on the database of that day, and what is known of it.
async fn upgraded() -> (TestApp, Value) {
    upgraded_after("").await
}

/// The same, after something was changed in the database as it was.
async fn upgraded_after(change: &str) -> (TestApp, Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(FIXTURE);
    let file = |ending: &str| File::open(folder.join(format!("{}.{ending}", kind()))).unwrap();
    let mut dump = String::new();
    GzDecoder::new(file("sql.gz")).read_to_string(&mut dump).unwrap();
    dump.push_str(change);
    let known: Value = serde_json::from_reader(file("json")).unwrap();
    let app = TestApp::start_on(&dump, known["takenAt"].as_str().unwrap()).await;
    (app, known)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

#[derive(FromQueryResult)]
struct Figure {
    name: String,
    figure: i64,
}

async fn figures(app: &TestApp, sql: &str) -> Value {
    let db = &app.app.platform.db.read;
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = Figure::find_by_statement(statement).all(db).await.unwrap();
    rows.into_iter().map(|row| json!([row.name, row.figure])).collect()
}

async fn signed_in(app: &TestApp, email: &str) -> Person {
    let mut person = Person::nobody(app);
    let data = person.post("/api/auth/login", json!({"email": email, "password": "hellopet-demo"})).await.expect(200);
    person.token = data["data"]["token"].as_str().unwrap().to_owned();
    person
}

/// What was counted in the server of that day: talks that ended and were then paid back in full counted as well.
async fn all_but_paid_back(app: &TestApp, path: &str, answer: &Value) -> Vec<Value> {
    let doctor =
        app.literal(path.trim_start_matches("/api/statistic/conversations/monthly/").split('?').next().unwrap());
    let year = answer["year"].as_i64().unwrap();
    let mut months = Vec::new();
    for (month, count) in (1..).zip(list(&answer["data"])) {
        let begins = |month: i64| {
            let text = format!("{}-{:02}-01T00:00:00.000+07:00", year + (month - 1) / 12, (month - 1) % 12 + 1);
            crate::support::at(&text).as_millis()
        };
        let paid_back = format!(
            "SELECT COUNT(*) FROM conversations c JOIN consultations s ON s.id = c.consultation_id \
             JOIN orders o ON o.id = s.order_id WHERE c.doctor_id = {doctor} AND s.status <> 'cancelled' \
             AND o.status = 'refunded' AND NOT c.is_follow_up AND c.created_at >= {} AND c.created_at < {}",
            begins(month),
            begins(month + 1),
        );
        months.push(json!(count.as_i64().unwrap() + app.count(&paid_back).await));
    }
    months
}

/// Whether an answer holds all of what is known; it may hold more.
fn holds(answer: &Value, known: &Value) -> bool {
    match (answer, known) {
        (Value::Object(answer), Value::Object(known)) => {
            known.iter().all(|(name, value)| answer.get(name).is_some_and(|said| holds(said, value)))
        }
        (Value::Array(answer), Value::Array(known)) => {
            answer.len() == known.len() && answer.iter().zip(known).all(|(said, value)| holds(said, value))
        }
        _ => answer == known,
    }
}

#[tokio::test]
async fn the_figures_of_an_older_database_are_the_same_after_it_was_brought_up_to_date() {
    let (app, known) = upgraded().await;
    for sum in list(&known["sums"]) {
        assert_eq!(figures(&app, sum["sql"].as_str().unwrap()).await, sum["rows"], "{}", sum["about"]);
    }
    if app.app.platform.db.is_sqlite() {
        // Tables that were built anew must not leave rows that point at nothing.
        assert_eq!(app.count("SELECT COUNT(*) FROM pragma_foreign_key_check").await, 0);
    }
}

#[tokio::test]
async fn everybody_reads_in_an_older_database_what_they_read_before() {
    let (app, known) = upgraded().await;
    let mut person = (String::new(), Person::nobody(&app));
    for read in list(&known["reads"]) {
        let email = read["as"].as_str().unwrap();
        if person.0 != email {
            person = (email.to_owned(), signed_in(&app, email).await);
        }
        let path = read["path"].as_str().unwrap();
        let answer = person.1.get(path).await.expect(200);
        if path.starts_with("/api/statistic/conversations/monthly/") {
            assert_eq!(
                all_but_paid_back(&app, path, &answer).await,
                list(&read["answer"]["data"]).cloned().collect::<Vec<_>>()
            );
            continue;
        }
        assert!(holds(&answer, &read["answer"]), "{email} reads {path}: {answer}\nand not {}", read["answer"]);
    }
}

#[tokio::test]
async fn every_consultation_and_payment_of_an_older_database_still_has_its_page() {
    let (app, known) = upgraded().await;
    for email in ["pemilik@hellopet.test", "sinta@hellopet.test"] {
        let owner = signed_in(&app, email).await;
        let reads = list(&known["reads"]).filter(|read| read["as"] == email);
        for consultation in reads.filter_map(|read| read["answer"]["items"].as_array()).flatten() {
            let Some(payment) = consultation["transactionId"].as_str() else { continue };
            let id = consultation["id"].as_str().unwrap();
            let page = owner.get(&format!("/api/consultations/{id}")).await.expect(200);
            assert_eq!(page["transactionId"], payment);
            owner.get(&format!("/api/payment/{payment}")).await.expect(200);
        }
    }
}

#[tokio::test]
async fn the_pictures_of_an_older_database_are_entered_under_their_names() {
    // A dump of PostgreSQL leaves no schema to be searched. The ids of the owners do for photos as well as others.
    let schema = if kind() == "sqlite" { "" } else { "public." };
    let photos = format!("UPDATE {schema}pets SET photo_id = owner_id, photo_size = 7;");
    let portraits = format!("UPDATE {schema}doctors SET picture_id = account_id, picture_size = 8;");
    let (app, _) = upgraded_after(&format!("\n{photos}\n{portraits}\n")).await;
    let db = &app.app.platform.db.read;
    let mut known: Vec<(String, i32)> = Vec::new();
    let pets = pets::entity::Entity::find().all(db).await.unwrap();
    known.extend(pets.iter().map(|pet| (pet.photo_key(pet.photo_id.unwrap()), 7)));
    let doctors = doctors::entity::Entity::find().all(db).await.unwrap();
    known.extend(doctors.iter().map(|doctor| (doctor.picture_key(doctor.picture_id.unwrap()), 8)));
    let documents = doctors::licences::entity::document::Entity::find().all(db).await.unwrap();
    known.extend(documents.iter().map(|document| (document.storage_key(), document.byte_size)));
    assert!(!pets.is_empty() && !doctors.is_empty() && !documents.is_empty());
    for (key, bytes) in &known {
        let entered = format!("SELECT COUNT(*) FROM objects WHERE key = '{key}' AND byte_size = {bytes} AND is_kept");
        assert_eq!(app.count(&entered).await, 1, "{key}");
    }
    let others =
        "SELECT (SELECT COUNT(*) FROM intake_pictures) + (SELECT COUNT(*) + COUNT(thumbnail_size) FROM attachments)";
    let all = i64::try_from(known.len()).unwrap() + app.count(others).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM objects").await, all);
}

#[tokio::test]
async fn what_was_hidden_in_an_older_database_does_not_count() {
    // A dump of PostgreSQL leaves no schema to be searched.
    let reviews = if kind() == "sqlite" { "reviews" } else { "public.reviews" };
    let (app, _) = upgraded_after(&format!("\nUPDATE {reviews} SET hidden_at = 1 WHERE rating = 5;\n")).await;
    assert!(app.count("SELECT COUNT(*) FROM reviews WHERE hidden_at IS NOT NULL").await > 0);
    for (table, doctor) in [("doctors", "account_id"), ("doctor_words", "doctor_id")] {
        let wrong = format!(
            "SELECT COUNT(*) FROM {table} d WHERE d.review_count <> (SELECT COUNT(*) FROM reviews r \
             WHERE r.doctor_id = d.{doctor} AND r.hidden_at IS NULL) OR d.rating_tenths > 0 AND d.review_count = 0"
        );
        assert_eq!(app.count(&wrong).await, 0, "{table}");
    }
}

#[tokio::test]
async fn nodes_that_start_at_once_bring_the_database_up_to_date_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(folder.path()).await;
    let node = || async {
        let db = Db::connect(&database.url, 1).await.unwrap();
        hellopet::migrate::up(&db).await
    };
    for started in join_all((0..4).map(|_| node())).await {
        started.unwrap();
    }
}
