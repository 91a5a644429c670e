//! What people ask for at every visit costs what is on the page, not what everybody else has.

use crate::support::{DAY, Person, TestApp};
use hellopet::accounts::{AccountId, Role};
use hellopet::chat::Conversation;
use hellopet::consultations::Consultation;
use hellopet::doctors;
use platform::clock::Timestamp;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

/// Consultations of the past, each with its conversation, behind the server's back.
async fn fill(app: &TestApp, owner: &Person, doctor: &Person, count: usize) {
    let (numbers, id) = if app.app.platform.db.is_sqlite() {
        let numbers = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n"
        );
        (numbers, "randomblob(16)")
    } else {
        (format!("SELECT generate_series(1, {count}) AS i"), "gen_random_uuid()")
    };
    let (owner, doctor) = (app.literal(&owner.id), app.literal(&doctor.id));
    app.run_sql(&format!(
        "INSERT INTO consultations (id, owner_id, doctor_id, status, markup_basis_points, total, created_at, recorded_at) \
         SELECT {id}, {owner}, {doctor}, 'ended', 1000, 50000, 0, 0 FROM ({numbers}) AS numbers"
    ))
    .await;
    app.run_sql(&format!(
        "INSERT INTO conversations (id, consultation_id, owner_id, doctor_id, status, last_seq, owner_delivered_seq, \
         owner_read_seq, doctor_delivered_seq, doctor_read_seq, created_at, updated_at) \
         SELECT {id}, id, owner_id, doctor_id, 'ended', 0, 0, 0, 0, 0, 0, 0 FROM consultations"
    ))
    .await;
    app.run_sql("ANALYZE").await;
}

async fn plan(app: &TestApp, statement: Statement) -> String {
    let (prefix, column) = match app.app.platform.db.read.get_database_backend() {
        DbBackend::Postgres => ("EXPLAIN (COSTS OFF)", 0),
        _ => ("EXPLAIN QUERY PLAN", 3),
    };
    let explained = Statement { sql: format!("{prefix} {}", statement.sql), ..statement };
    let rows = app.app.platform.db.read.query_all_raw(explained).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<String>(column).unwrap() + "\n").collect()
}

#[tokio::test]
async fn own_lists_are_pieces_of_an_index() {
    let app = TestApp::start().await;
    let (busy, busy_doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    fill(&app, &busy, &busy_doctor, 4_000).await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let backend = app.app.platform.db.read.get_database_backend();
    for (person, role) in [(&owner, Role::User), (&doctor, Role::Dokter)] {
        let who: AccountId = person.id.parse().unwrap();
        let mut statements = Conversation::statements(backend, who, role, app.app.platform.clock.now());
        statements.extend(Consultation::statements(backend, who, role));
        for (what, statement) in statements {
            // This one holds only what is active, which is nothing here: to scan it is no worse than to search it.
            let plan = plan(&app, statement)
                .await
                .replace("SCAN conversations USING COVERING INDEX conversations_one_active", "");
            let whole = ["Seq Scan on con", "_pkey on con", "SCAN con", "TEMP B-TREE FOR ORDER BY"];
            assert!(!whole.iter().any(|scan| plan.contains(scan)), "{what} of a {role:?}:\n{plan}");
        }
    }
}

#[tokio::test]
async fn each_side_lists_its_own_and_meets_those_of_the_last_90_days() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    for person in [&owner, &doctor] {
        for path in ["/api/conversations", "/api/consultations", "/api/consultations?status=active,scheduled"] {
            let items = person.get(path).await.expect(200)["items"].take();
            assert_eq!(items.as_array().unwrap().len(), 1, "{path}");
        }
    }
    assert_eq!(doctor.get("/api/consultations?status=ended").await.expect(200)["items"], serde_json::json!([]));
    let met = async |since| {
        let who: AccountId = doctor.id.parse().unwrap();
        let backend = app.app.platform.db.read.get_database_backend();
        let [_, _, (_, met), _] =
            <[_; 4]>::try_from(Conversation::statements(backend, who, Role::Dokter, since)).unwrap();
        app.app.platform.db.read.query_all_raw(met).await.unwrap().len()
    };
    // Its id is what says when it began, and ids are made by the clock of the machine: whatever that shows today.
    let began = began_at(&conversation);
    assert_eq!(
        (met(began - 90 * DAY).await, met(began + 90 * DAY).await),
        (1, 1),
        "an active one counts however old it is"
    );
    owner.end(&conversation).await;
    assert_eq!((met(began - 90 * DAY).await, met(began + 90 * DAY).await), (1, 0));
    app.run_jobs().await;
}

fn began_at(conversation: &str) -> Timestamp {
    let (seconds, _) = conversation.parse::<Uuid>().unwrap().get_timestamp().unwrap().to_unix();
    Timestamp::from_millis(i64::try_from(seconds).unwrap() * 1_000)
}

#[tokio::test]
async fn a_node_that_starts_makes_those_findable_who_are_not() {
    let app = TestApp::start().await;
    let visitor = Person::nobody(&app);
    Person::doctor_called(&app, "drh. Nadia Prameswari").await;
    Person::doctor_called(&app, "drh. Budi Santoso").await;
    app.run_sql("DELETE FROM doctor_words WHERE word IN ('nadia', 'prameswari')").await;
    let found = async || visitor.get("/api/doctors?q=nadia").await.expect(200)["items"].as_array().unwrap().len();
    assert_eq!(found().await, 0);
    doctors::index_missing(&app.app.platform.db, &app.app.platform.stopping).await.unwrap();
    assert_eq!(found().await, 1);
}
