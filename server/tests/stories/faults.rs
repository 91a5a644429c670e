//! What the server leans on goes away, hangs, fills up or lies about the time; and comes back. docs/faults.md has them all.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hellopet::jobs::runner;
use platform::bus::{Bus, Fanout, Heard, Line};
use platform::db::Db;
use platform::jobs::drain;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::support::mail_server::MailServer;
use crate::support::{HOUR, NINE, Person, TestApp, TestDatabase, photo};

const LONG: Duration = Duration::from_secs(30);

/// A port that takes calls; nobody answers them.
async fn silence() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

/// Somebody who calls and waits for a word.
async fn caller(listener: &TcpListener) -> TcpStream {
    timeout(LONG, listener.accept()).await.expect("it is called").unwrap().0
}

#[tokio::test]
async fn a_mail_server_that_never_answers_holds_up_nothing_and_gets_its_letter_later() {
    let (listener, address) = silence().await;
    let url = format!("smtp://{address}");
    let app = TestApp::start_with(&[("SMTP_URL", &url), ("MAIL_FROM", "HELLOPET! <surat@hellopet.test>")]).await;
    let (mut owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    doctor.works_mornings().await;
    let purchase = owner.book_and_pay(&app, &doctor, NINE).await;
    app.set_time("2026-11-23T01:59:00.000Z");
    app.run_jobs().await;
    let asked = json!({"email": owner.email});
    timeout(LONG, Person::nobody(&app).post("/api/auth/forgot-password", asked)).await.unwrap().expect(202);
    let sending = runner(&app.app);
    let sending = tokio::spawn(async move { drain(&sending).await });
    let waiting = caller(&listener).await;

    app.set_time(NINE);
    timeout(LONG, app.run_jobs()).await.expect("other work does not wait for the letter");
    owner.sign_in().await;
    assert_eq!(owner.consultation(&purchase).await["status"], "active");
    assert!(!sending.is_finished());

    drop(waiting);
    timeout(LONG, sending).await.unwrap().unwrap().unwrap();
    let server = MailServer::on(listener);
    app.advance(HOUR);
    app.run_jobs().await;
    let letters = server.taken();
    assert_eq!(letters.iter().filter(|letter| letter.contains(&format!("To: {}", owner.email))).count(), letters.len());
    assert!(!letters.is_empty());
}

#[tokio::test]
async fn a_gateway_that_never_answers_holds_up_nobody_who_does_not_buy() {
    let (listener, address) = silence().await;
    let url = format!("http://{address}");
    let keys = [("MIDTRANS_SERVER_KEY", "SB-Mid-server-x"), ("MIDTRANS_CLIENT_KEY", "SB-Mid-client-x")];
    let app = TestApp::start_with(&[keys[0], keys[1], ("MIDTRANS_BASE_URL", &url)]).await;
    app.leaves_jobs();
    let (owner, mut other, doctor) = (Person::owner(&app).await, Person::owner(&app).await, Person::doctor(&app).await);
    let begun = json!({"id": doctor.id});
    let buying = owner.post("/api/payment/consulting", begun.clone());
    let meanwhile = async {
        let waiting = caller(&listener).await;
        other.sign_in().await;
        other.get("/api/doctors").await.expect(200);
        drop(listener);
        drop(waiting);
    };
    let (bought, ()) = timeout(LONG, async { tokio::join!(buying, meanwhile) }).await.expect("nobody waits for long");
    bought.expect_problem(503, "payment_gateway_unavailable");
    owner.post("/api/payment/consulting", begun).await.expect_problem(503, "payment_gateway_unavailable");
    assert_eq!(owner.get("/api/conversations").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn without_its_folder_a_picture_is_refused_in_words_and_taken_once_it_is_back() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let path = format!("/api/conversations/{conversation}/attachments");
    let kept = owner.post_picture(&path, &photo(64, 48)).await.expect(201)["items"][0].take();
    let (folder, aside) = (app.attachments(), app.attachments().with_extension("aside"));
    // A file in its place stops also those who may do everything, as tests in a container do.
    std::fs::rename(&folder, &aside).unwrap();
    std::fs::write(&folder, "").unwrap();

    owner.post_picture(&path, &photo(64, 48)).await.expect_problem(503, "storage_unavailable");
    owner.get(kept["url"].as_str().unwrap()).await.expect_problem(503, "storage_unavailable");
    doctor.say(&conversation, "tanpa foto dulu", "c1").await.expect(201);

    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
    owner.post_picture(&path, &photo(64, 48)).await.expect(201);
    owner.get(kept["url"].as_str().unwrap()).await.expect(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_an_hour_ends_no_session_and_pays_nothing_twice() {
    let app = TestApp::start().await;
    let (owner, other) = (Person::owner(&app).await, Person::owner(&app).await);
    let mut doctor = Person::doctor(&app).await;
    let conversation = owner.consult(&app, &doctor).await;
    owner.say(&conversation, "sebelum", "c1").await.expect(201);
    let purchase = other.buy(&doctor).await;
    app.pay(&purchase).await;
    let paid = doctor.profit(2026, 10).await;
    assert!(paid > 0);
    app.set_time("2026-11-22T07:00:00.000Z");

    owner.get("/api/auth/me").await.expect(200);
    doctor.say(&conversation, "sesudah", "c2").await.expect(201);
    app.simulate(purchase["orderId"].as_str().unwrap(), json!({"outcome": "settlement", "times": 3})).await;
    let third = Person::owner(&app).await;
    app.pay(&third.buy(&doctor).await).await;
    app.run_jobs().await;
    doctor.sign_in().await;
    assert_eq!(doctor.profit(2026, 10).await, paid / 2 * 3);
    app.verify_books("an hour back").await;

    app.advance(2 * HOUR);
    doctor.sign_in().await;
    app.run_jobs().await;
    app.verify_books("and forth again").await;
    let path = format!("/api/conversations/{conversation}/messages");
    let messages = doctor.get(&path).await.expect(200)["items"].take();
    let mut said: Vec<_> =
        messages.as_array().unwrap().iter().map(|it| (it["seq"].clone(), it["message"].clone())).collect();
    said.sort_by_key(|(seq, _)| seq.as_i64());
    assert_eq!(said, [(json!(1), json!("sebelum")), (json!(2), json!("sesudah"))]);
    assert_eq!(app.count("SELECT COUNT(*) FROM jobs WHERE dead_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn on_a_full_disk_what_is_not_stored_is_refused_and_what_was_acknowledged_is_there() {
    let app = TestApp::start().await;
    if !app.app.platform.db.is_sqlite() {
        return;
    }
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    // SQLite itself says that the disk is full when a file may not grow further.
    let pages = app.count("SELECT page_count FROM pragma_page_count").await;
    app.run_sql(&format!("PRAGMA max_page_count = {pages}")).await;
    let text = "penuh ".repeat(300);
    let mut stored = 0;
    let refused = loop {
        let answer = owner.say(&conversation, &text, &format!("c{stored}")).await;
        if answer.status != 201 {
            break answer;
        }
        stored += 1;
        assert!(stored < 1_000, "the disk is not full");
    };
    refused.expect_problem(503, "too_many_waiting");
    // Longer than what is left of any page.
    let pet = json!({"name": "Oyen", "species": "cat", "notes": "é".repeat(4_000)});
    owner.post("/api/pets", pet.clone()).await.expect_problem(503, "database_unavailable");
    owner.get("/api/conversations").await.expect(200);
    assert_eq!(messages(&app).await, stored);

    app.run_sql("PRAGMA max_page_count = 1000000").await;
    owner.say(&conversation, &text, &format!("c{stored}")).await.expect(201);
    owner.post("/api/pets", pet).await.expect(201);
    assert_eq!(messages(&app).await, stored + 1);
}

#[tokio::test]
async fn who_writes_waits_for_a_lock_and_who_reads_does_not() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    let another = Db::connect(&app.app.config.database.url, 1).await.unwrap();
    let lock = another.begin_write().await.unwrap();
    lock.execute_unprepared("UPDATE conversations SET updated_at = updated_at").await.unwrap();
    let is_over = AtomicBool::new(false);
    let writing = async {
        let said = owner.say(&conversation, "sebentar", "c1").await;
        assert!(is_over.load(Ordering::SeqCst), "it has waited");
        said
    };
    let meanwhile = async {
        for _ in 0..20 {
            doctor.get("/api/conversations").await.expect(200);
        }
        is_over.store(true, Ordering::SeqCst);
        lock.commit().await.unwrap();
    };
    let (said, ()) = timeout(LONG, async { tokio::join!(writing, meanwhile) }).await.expect("nobody waits for long");
    said.expect(201);
}

async fn messages(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM messages").await
}

/// A connection to the server of a story's database that is not one of the story's.
async fn beside(url: &str) -> (DatabaseConnection, String) {
    let (base, name) = url.rsplit_once('/').unwrap();
    (Database::connect(format!("{base}/postgres")).await.unwrap(), name.to_owned())
}

/// Ends all connections to a database.
async fn cut(server: &DatabaseConnection, name: &str) {
    let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    server.execute_unprepared(&cut).await.unwrap();
}

#[tokio::test]
async fn while_postgresql_is_gone_everybody_is_told_to_come_back_and_nothing_acknowledged_is_lost() {
    let app = TestApp::start().await;
    if app.app.platform.db.is_sqlite() {
        return;
    }
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    let conversation = owner.consult(&app, &doctor).await;
    owner.say(&conversation, "sebelum", "c1").await.expect(201);
    let (server, name) = beside(&app.app.config.database.url).await;

    server.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    cut(&server, &name).await;
    for _ in 0..12 {
        owner.get("/api/consultations").await.expect_problem(503, "database_unavailable");
    }
    owner.say(&conversation, "tidak tersimpan", "c2").await.expect_problem(503, "too_many_waiting");
    Person::nobody(&app).get("/readyz").await.expect_problem(503, "database_unavailable");
    Person::nobody(&app).get("/healthz").await.expect(200);

    server.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await.unwrap();
    owner.get("/api/consultations").await.expect(200);
    owner.say(&conversation, "sesudah", "c2").await.expect(201);
    Person::nobody(&app).get("/readyz").await.expect(200);
    assert_eq!(messages(&app).await, 2);
    app.run_jobs().await;
}

/// A way to a server that may be lost without a farewell: what is on it is not carried on, and neither end is told.
struct Cable {
    port: u16,
    loss: watch::Sender<()>,
}

impl Cable {
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (loss, lost) = watch::channel(());
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let mut lost = lost.clone();
                lost.mark_unchanged();
                tokio::spawn(carry(near, server.clone(), lost));
            }
        });
        Self { port, loss }
    }

    /// Whoever connects from now on is carried again.
    fn lose_all(&self) {
        self.loss.send_replace(());
    }
}

async fn carry(mut near: TcpStream, server: String, mut lost: watch::Receiver<()>) {
    let mut far = TcpStream::connect(server).await.unwrap();
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
        _ = lost.changed() => std::future::pending().await,
    }
}

async fn hears(line: &mut Line, is_wanted: impl Fn(&Heard) -> bool) {
    let hearing = async { while !is_wanted(&line.heard.recv().await.unwrap()) {} };
    timeout(LONG, hearing).await.expect("the line says how it is");
}

#[tokio::test]
async fn a_line_between_nodes_that_is_lost_without_a_farewell_is_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(folder.path()).await;
    if database.url.starts_with("sqlite") {
        return;
    }
    let mut url = reqwest::Url::parse(&database.url).unwrap();
    let server = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
    let cable = Cable::to(server).await;
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(cable.port)).unwrap();
    let (bus, line) = Bus::open(&Fanout::Postgres(url.to_string()));
    let mut line = line.unwrap();
    hears(&mut line, |heard| matches!(heard, Heard::Resync)).await;

    cable.lose_all();
    hears(&mut line, |heard| matches!(heard, Heard::Silence)).await;
    hears(&mut line, |heard| matches!(heard, Heard::Resync)).await;
    assert!(bus.hears());
}

#[tokio::test]
async fn a_migration_that_is_cut_off_leaves_nothing_of_itself_and_goes_through_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(folder.path()).await;
    let db = Db::connect(&database.url, 1).await.unwrap();
    // In the way of the last of them.
    db.write.execute_unprepared("CREATE TABLE account_proofs (x INTEGER)").await.unwrap();
    hellopet::migrate::up(&db).await.unwrap_err();
    db.write.execute_unprepared("SELECT 1 FROM accounts").await.unwrap_err();
    db.write.execute_unprepared("DROP TABLE account_proofs").await.unwrap();
    hellopet::migrate::up(&db).await.unwrap();
    db.write.execute_unprepared("SELECT 1 FROM account_proofs").await.unwrap();
}
