//! Sessions over time.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{HOUR, PASSWORD, Person, TestApp};

#[tokio::test]
async fn an_access_token_lives_for_an_hour_and_a_refresh_token_goes_on_from_there() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    app.advance(HOUR - Duration::from_secs(2));
    owner.get("/api/auth/me").await.expect(200);
    app.advance(Duration::from_secs(2));
    owner.get("/api/auth/me").await.expect_problem(401, "unauthenticated");

    let nobody = Person::nobody(&app);
    let body = json!({"refreshToken": owner.refresh_token});
    let data = nobody.post("/api/auth/refresh", body).await.expect(200)["data"].take();
    let mut renewed = Person::nobody(&app);
    renewed.token = data["token"].as_str().unwrap().to_owned();
    assert_eq!(renewed.get("/api/auth/me").await.expect(200)["id"], owner.id.as_str());
}

#[tokio::test]
async fn somebody_who_stays_away_for_a_month_must_sign_in_again() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    app.advance(30 * 24 * HOUR);
    let body = json!({"refreshToken": owner.refresh_token});
    Person::nobody(&app).post("/api/auth/refresh", body).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_session_that_is_used_every_week_ends_after_half_a_year() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let mut token = owner.refresh_token.clone();
    for _ in 0..25 {
        app.advance(7 * 24 * HOUR);
        token = refresh_token(&rotate(&app, &token).await.unwrap()).to_owned();
    }
    app.advance(5 * 24 * HOUR);
    assert!(rotate(&app, &token).await.is_none());
}

#[tokio::test]
async fn signing_out_works_after_the_tokens_hour_as_well() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    app.advance(2 * HOUR);
    owner.post("/api/auth/logout", json!({})).await.expect(200);
    let body = json!({"refreshToken": owner.refresh_token});
    Person::nobody(&app).post("/api/auth/refresh", body).await.expect_problem(401, "unauthenticated");
}

/// Rotates a refresh token; nothing when that is refused.
async fn rotate(app: &TestApp, token: &str) -> Option<Value> {
    let answer = Person::nobody(app).post("/api/auth/refresh", json!({"refreshToken": token})).await;
    (answer.status == 200).then(|| answer.body["data"].clone())
}

fn refresh_token(data: &Value) -> &str {
    data["refreshToken"].as_str().unwrap()
}

#[tokio::test]
async fn an_answer_that_was_lost_is_told_again_for_half_a_minute() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let first = rotate(&app, &owner.refresh_token).await.unwrap();
    app.advance(Duration::from_secs(29));
    let again = rotate(&app, &owner.refresh_token).await.unwrap();
    assert_eq!(refresh_token(&again), refresh_token(&first));
    assert_ne!(refresh_token(&first), owner.refresh_token);
    owner.get("/api/auth/me").await.expect(200);
    let next = rotate(&app, refresh_token(&first)).await.unwrap();
    assert!(rotate(&app, refresh_token(&next)).await.is_some(), "and so on");
}

#[tokio::test]
async fn a_token_that_comes_again_later_ends_its_session() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let next = rotate(&app, &owner.refresh_token).await.unwrap();
    app.advance(Duration::from_secs(30));
    assert!(rotate(&app, &owner.refresh_token).await.is_none());
    assert!(rotate(&app, refresh_token(&next)).await.is_none(), "the thief's or the owner's");
    owner.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_token_that_comes_again_when_its_successor_was_used_ends_its_session() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let next = rotate(&app, &owner.refresh_token).await.unwrap();
    let last = rotate(&app, refresh_token(&next)).await.unwrap();
    assert!(rotate(&app, &owner.refresh_token).await.is_none());
    assert!(rotate(&app, refresh_token(&last)).await.is_none());
    owner.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn tabs_that_rotate_one_token_at_once_get_the_same_one() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let answers = futures_util::future::join_all((0..8).map(|_| rotate(&app, &owner.refresh_token))).await;
    let mut tokens: Vec<_> = answers.iter().map(|answer| refresh_token(answer.as_ref().unwrap())).collect();
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    owner.get("/api/auth/me").await.expect(200);
}

#[tokio::test]
async fn who_guesses_a_password_does_not_lock_its_owner_out() {
    let app = TestApp::start_with(&[("RATE_LIMITS", "on"), ("TRUST_PROXY", "on")]).await;
    let owner = Person::owner(&app).await;
    let signs_in = async |address: &str, password: &str| {
        let body = json!({"email": owner.email, "password": password});
        owner.post_from(address, "/api/auth/login", body).await.status.as_u16()
    };
    for _ in 0..10 {
        assert_eq!(signs_in("203.0.113.2", "salah-sandi").await, 401);
    }
    assert_eq!(signs_in("203.0.113.2", PASSWORD).await, 429);
    assert_eq!(signs_in("203.0.113.3", PASSWORD).await, 200);
    let mut refused = 0;
    for guess in 0..100 {
        refused += u32::from(signs_in(&format!("198.51.100.{guess}"), "salah-sandi").await == 429);
    }
    assert!(refused > 30, "guesses from many addresses are counted together: {refused}");
}

#[tokio::test]
async fn a_password_is_one_whatever_the_keyboard_and_not_longer_than_it_may_be() {
    let app = TestApp::start().await;
    let mut owner = Person::nobody(&app);
    owner.email = "nfd@hellopet.test".to_owned();
    let composed = "kuc\u{ed}ng-or\u{e1}nye-".to_owned() + &"9".repeat(50);
    let single = "kuci\u{301}ng-ora\u{301}nye-".to_owned() + &"9".repeat(50);
    let account = |password: &str| json!({"username": "Rara", "email": owner.email, "password": password, "phone_number": "0812 3456 7890"});
    owner.post("/api/auth/register", account(&single)).await.expect(201);
    for (password, status) in
        [(composed.clone(), 200), (single, 200), (composed.clone() + "9", 401), (composed.clone() + "\0", 401)]
    {
        let answer = owner.post("/api/auth/login", json!({"email": owner.email, "password": password})).await;
        assert_eq!(answer.status.as_u16(), status, "{password:?}");
    }
    let body = account("rahasia\0rahasia");
    let refused = Person::nobody(&app).post("/api/auth/register", body).await.expect(422);
    assert_eq!(refused["errors"][0]["code"], "invalid_characters");
    let longest = "9".repeat(72);
    owner.email = "longest@hellopet.test".to_owned();
    let account =
        json!({"username": "Rara", "email": owner.email, "password": longest, "phone_number": "0812 3456 7890"});
    owner.post("/api/auth/register", account).await.expect(201);
    for (password, status) in [(longest.clone(), 200), (longest.clone() + "9", 401)] {
        let answer = owner.post("/api/auth/login", json!({"email": owner.email, "password": password})).await;
        assert_eq!(answer.status.as_u16(), status, "{} bytes", password.len());
    }
}

#[tokio::test]
async fn one_email_becomes_one_account_however_many_register_it_at_once() {
    let app = TestApp::start().await;
    let nobody = Person::nobody(&app);
    let register = |email: &'static str| {
        let body =
            json!({"username": "Rara", "email": email, "password": "kucing-oranye-9", "phone_number": "081234567890"});
        nobody.post("/api/auth/register", body)
    };
    let answers = tokio::join!(register("rara@contoh.id"), register(" RARA@contoh.id "), register("Rara@Contoh.id"));
    let mut statuses = [answers.0.status, answers.1.status, answers.2.status].map(|status| status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 400, 400]);
}
