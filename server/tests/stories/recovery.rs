//! Forgotten and changed passwords, and the letters about them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::mail_server::MailServer;
use crate::support::{HOUR, PASSWORD, Person, TestApp};

const NEW: &str = "kata sandi yang lain";

async fn letters_to(app: &TestApp, email: &str) -> Vec<Value> {
    app.run_jobs().await;
    let path = format!("/sandbox/mail/letters?to={email}");
    Person::nobody(app).get(&path).await.expect(200).as_array().unwrap().clone()
}

/// What the newest letter's link carries.
fn token_in(letter: &Value) -> String {
    let body = letter["body"].as_str().unwrap();
    let link = body.lines().find(|line| line.contains("/sandi-baru#")).unwrap();
    link.split_once('#').unwrap().1.to_owned()
}

async fn ask(app: &TestApp, email: &str) {
    Person::nobody(app).post("/api/auth/forgot-password", json!({"email": email})).await.expect(202);
}

/// The token of a letter that was just asked for.
async fn token_for(app: &TestApp, person: &Person) -> String {
    ask(app, &person.email).await;
    token_in(&letters_to(app, &person.email).await[0])
}

async fn reset(app: &TestApp, token: &str) -> crate::support::Answer {
    Person::nobody(app).post("/api/auth/reset-password", json!({"token": token, "password": NEW})).await
}

/// Another device of whoever has this token.
fn device(app: &TestApp, token: &str) -> Person {
    let mut device = Person::nobody(app);
    device.token = token.to_owned();
    device
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> u16 {
    Person::nobody(app).post("/api/auth/login", json!({"email": email, "password": password})).await.status.as_u16()
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_every_device_signed_out() {
    let app = TestApp::start().await;
    let mut owner = Person::owner(&app).await;
    let first = owner.token.clone();
    owner.sign_in().await;
    let token = token_for(&app, &owner).await;

    reset(&app, &token).await.expect(200);
    for token in [first, owner.token.clone()] {
        let device = device(&app, &token);
        device.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    }
    assert_eq!(sign_in(&app, &owner.email, PASSWORD).await, 401);
    assert_eq!(sign_in(&app, &owner.email, NEW).await, 200);
    let letters = letters_to(&app, &owner.email).await;
    assert_eq!(letters[0]["subject"], "Kata sandimu sudah diganti");
    reset(&app, &token).await.expect_problem(410, "link_over");
}

#[tokio::test]
async fn nobody_learns_whether_an_address_has_an_account() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let nobody = Person::nobody(&app);
    let answer = |email: String| {
        let nobody = &nobody;
        async move { nobody.post("/api/auth/forgot-password", json!({"email": email})).await.expect(202) }
    };
    assert_eq!(answer(owner.email.clone()).await, answer("tidak.ada@contoh.id".to_owned()).await);
    assert!(letters_to(&app, "tidak.ada@contoh.id").await.is_empty());
    let letters = letters_to(&app, &owner.email).await;
    assert_eq!(letters.len(), 1);
    let name = owner.get("/api/auth/me").await.expect(200)["username"].take();
    let body = letters[0]["body"].as_str().unwrap();
    assert!(!body.contains(name.as_str().unwrap()), "a name may be words of whoever registered with another's address");
}

#[tokio::test]
async fn a_link_is_good_for_half_an_hour_and_once() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let late = token_for(&app, &owner).await;
    app.advance(Duration::from_secs(30 * 60));
    reset(&app, &late).await.expect_problem(410, "link_over");

    let token = token_for(&app, &owner).await;
    app.advance(Duration::from_secs(1));
    let other = token_for(&app, &owner).await;
    let (one, two) = tokio::join!(reset(&app, &token), reset(&app, &token));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 410]);
    reset(&app, &other).await.expect_problem(410, "link_over");
    reset(&app, "made up").await.expect_problem(410, "link_over");
    app.run_jobs().await;
}

#[tokio::test]
async fn whoever_changes_the_password_stays_and_all_others_go() {
    let app = TestApp::start().await;
    let mut owner = Person::owner(&app).await;
    let elsewhere = device(&app, &owner.token);
    owner.sign_in().await;
    let token = token_for(&app, &owner).await;
    let change = |current: &str, new: &str| json!({"currentPassword": current, "password": new});

    owner.put("/api/auth/password", change("bukan ini", NEW)).await.expect_problem(403, "wrong_password");
    owner.put("/api/auth/password", change(PASSWORD, "pendek")).await.expect_problem(422, "validation_failed");
    elsewhere.get("/api/auth/me").await.expect(200);

    owner.put("/api/auth/password", change(PASSWORD, NEW)).await.expect(200);
    owner.get("/api/auth/me").await.expect(200);
    elsewhere.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    assert_eq!(sign_in(&app, &owner.email, PASSWORD).await, 401);
    reset(&app, &token).await.expect_problem(410, "link_over");
    // At once, although who is signed in is remembered for a moment.
    owner.put("/api/auth/password", change(PASSWORD, NEW)).await.expect_problem(403, "wrong_password");
    let letters = letters_to(&app, &owner.email).await;
    assert_eq!(letters[0]["subject"], "Kata sandimu sudah diganti");
}

#[tokio::test]
async fn nobody_slips_in_with_the_old_password_while_it_is_replaced() {
    let app = TestApp::start().await;
    for _ in 0..8 {
        let owner = Person::owner(&app).await;
        let token = token_for(&app, &owner).await;
        let old = json!({"email": owner.email, "password": PASSWORD});
        let nobody = Person::nobody(&app);
        let sign_in = || nobody.post("/api/auth/login", old.clone());
        let (done, one, two, three) = tokio::join!(reset(&app, &token), sign_in(), sign_in(), sign_in());
        done.expect(200);
        for answer in [one, two, three] {
            if let Some(token) = answer.body["data"]["token"].as_str() {
                device(&app, token).get("/api/auth/me").await.expect_problem(401, "unauthenticated");
            }
        }
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn all_who_sign_in_while_the_hash_is_renewed_get_in() {
    let app = TestApp::start_with(&[("BCRYPT_COST", "11")]).await;
    let owner = Person::owner(&app).await;
    let of_before = bcrypt::hash(PASSWORD, 10).unwrap();
    app.run_sql(&format!("UPDATE accounts SET password_hash = '{of_before}'")).await;
    let sign_in = || sign_in(&app, &owner.email, PASSWORD);
    assert_eq!(tokio::join!(sign_in(), sign_in(), sign_in()), (200, 200, 200));
    let renewed = app.count("SELECT COUNT(*) FROM accounts WHERE password_hash LIKE '$2_$11$%'").await;
    assert_eq!((renewed, sign_in().await), (1, 200));
}

#[tokio::test]
async fn whoever_has_the_letter_wins_against_whoever_knows_the_old_password() {
    let app = TestApp::start().await;
    for _ in 0..8 {
        let owner = Person::owner(&app).await;
        let token = token_for(&app, &owner).await;
        let theft = json!({"currentPassword": PASSWORD, "password": "kata sandi si pencuri"});
        let (done, _) = tokio::join!(reset(&app, &token), owner.put("/api/auth/password", theft));
        // What was changed before has used up the link as well: then the owner asks for another one.
        if done.status == 200 {
            assert_eq!(sign_in(&app, &owner.email, NEW).await, 200);
            assert_eq!(sign_in(&app, &owner.email, "kata sandi si pencuri").await, 401);
        } else {
            done.expect_problem(410, "link_over");
        }
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn of_two_links_that_are_used_at_once_one_is_good() {
    let app = TestApp::start().await;
    for _ in 0..8 {
        let owner = Person::owner(&app).await;
        let one = token_for(&app, &owner).await;
        app.advance(Duration::from_secs(1));
        let other = token_for(&app, &owner).await;
        let (one, other) = tokio::join!(reset(&app, &one), reset(&app, &other));
        let mut answers = [one.status.as_u16(), other.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [200, 410]);
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn devices_are_listed_and_signed_out_by_their_owner_alone() {
    let app = TestApp::start().await;
    let mut owner = Person::owner(&app).await;
    let phone = device(&app, &owner.token);
    app.advance(HOUR / 2);
    owner.sign_in().await;
    let stranger = Person::owner(&app).await;

    let devices = owner.get("/api/auth/sessions").await.expect(200)["items"].take();
    assert_eq!(devices.as_array().unwrap().len(), 2);
    assert_eq!((&devices[0]["isThis"], &devices[1]["isThis"]), (&json!(true), &json!(false)));
    assert_eq!(devices[1]["network"], "127.0.0.1");
    let path = format!("/api/auth/sessions/{}", devices[1]["id"].as_str().unwrap());

    stranger.delete(&path).await.expect_problem(404, "session_not_found");
    phone.get("/api/auth/me").await.expect(200);
    assert_eq!(owner.delete(&path).await.expect(200)["items"].as_array().unwrap().len(), 1);
    phone.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    owner.delete(&path).await.expect_problem(404, "session_not_found");

    let mut again = Person::nobody(&app);
    again.email = owner.email.clone();
    again.sign_in().await;
    assert_eq!(again.delete("/api/auth/sessions").await.expect(200)["items"].as_array().unwrap().len(), 1);
    owner.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    again.get("/api/auth/me").await.expect(200);
    stranger.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_device_that_was_never_seen_is_told_of_once() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    assert!(letters_to(&app, &owner.email).await.is_empty(), "the first sign-in of all is no news");
    const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile Safari/537.36";
    owner.sign_in_on(PHONE).await.expect(200);
    let letters = letters_to(&app, &owner.email).await;
    assert_eq!(letters[0]["subject"], "Akunmu dibuka di perangkat baru");
    assert!(letters[0]["body"].as_str().unwrap().contains("Chrome, Android"));
    owner.sign_in_on(PHONE).await.expect(200);
    assert_eq!(letters_to(&app, &owner.email).await.len(), 1);
}

#[tokio::test]
async fn nobodys_mailbox_is_flooded() {
    let app = TestApp::start_with(&[("RATE_LIMITS", "on")]).await;
    let nobody = Person::nobody(&app);
    let body = json!({"email": "rara@contoh.id"});
    for _ in 0..3 {
        nobody.post("/api/auth/forgot-password", body.clone()).await.expect(202);
    }
    nobody.post("/api/auth/forgot-password", body).await.expect_problem(429, "too_many_requests");
    app.run_jobs().await;
}

#[tokio::test]
async fn signing_out_ends_what_the_refresh_token_opens_as_well() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let older = owner.refresh_token.clone();
    let mut again = Person::nobody(&app);
    again.email = owner.email.clone();
    again.sign_in().await;
    again.sign_out_with(&older).await.expect(200);
    for device in [&owner, &again] {
        device.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn one_account_and_one_address_have_so_many_requests_in_a_minute() {
    let app = TestApp::start_with(&[("RATE_LIMITS", "on")]).await;
    let owner = Person::owner(&app).await;
    let mut changes = 0;
    while owner.put("/api/auth/password", json!({})).await.status != 429 {
        changes += 1;
        assert!(changes < 1_200, "whatever it changes");
    }
    assert!(changes >= 600, "an album of photos comes in many pieces: {changes}");
    owner.get("/api/auth/me").await.expect(200);
    let nobody = Person::nobody(&app);
    let mut requests = changes;
    while nobody.get("/healthz").await.status != 429 {
        requests += 1;
        assert!(requests < 6_000, "whatever it asks for");
    }
    assert!(requests >= 2_900, "many phones share one address: {requests}");
}

#[tokio::test]
async fn letters_go_through_the_mail_server_and_nothing_of_them_stays() {
    let server = MailServer::start().await;
    let url = server.url();
    let app = TestApp::start_with(&[("SMTP_URL", &url), ("MAIL_FROM", "HELLOPET! <surat@hellopet.test>")]).await;
    let owner = Person::owner(&app).await;
    // It is full at first: the letter is kept, and goes later.
    server.refuse_next();
    ask(&app, &owner.email).await;
    app.run_jobs().await;
    assert!(server.taken().is_empty());
    app.advance(HOUR);
    app.run_jobs().await;
    let letters = server.taken();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains(&format!("To: {}", owner.email)), "{}", letters[0]);
    assert_eq!(app.count("SELECT COUNT(*) FROM mails").await, 0);
    // There is nothing for others to read.
    Person::nobody(&app).get("/sandbox/mail/letters").await.expect(404);
}

#[tokio::test]
async fn a_public_server_without_a_mail_server_shows_letters_to_nobody_and_says_so() {
    let app = TestApp::start_with(&[
        ("PUBLIC_URL", "https://hellopet.site"),
        ("PAYMENTS", "simulated"),
        ("RATE_LIMITS", "on"),
    ])
    .await;
    app.leaves_jobs();
    let owner = Person::owner(&app).await;
    ask(&app, &owner.email).await;
    app.run_jobs().await;
    Person::nobody(&app).get("/sandbox/mail/letters").await.expect(404);
    for _ in 0..12 {
        app.advance(HOUR);
        app.run_jobs().await;
    }
    let admin = Person::admin(&app).await;
    let jobs = admin.get("/api/admin/jobs").await.expect(200)["items"].take();
    assert_eq!(jobs[0]["kind"], "send_mail");
    assert!(jobs[0]["lastError"].as_str().unwrap().contains("SMTP_URL"));
}
