//! Sessions over time.

use std::time::Duration;

use serde_json::json;

use crate::support::{HOUR, Person, TestApp};

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
async fn signing_out_works_after_the_tokens_hour_as_well() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    app.advance(2 * HOUR);
    owner.post("/api/auth/logout", json!({})).await.expect(200);
    let body = json!({"refreshToken": owner.refresh_token});
    Person::nobody(&app).post("/api/auth/refresh", body).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn two_devices_that_rotate_one_token_at_once_end_its_session() {
    let app = TestApp::start().await;
    let owner = Person::owner(&app).await;
    let nobody = Person::nobody(&app);
    let rotate = || nobody.post("/api/auth/refresh", json!({"refreshToken": owner.refresh_token}));
    let (one, other) = tokio::join!(rotate(), rotate());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
    owner.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
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
