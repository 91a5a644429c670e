//! What stands around every request: who may read the figures, how long somebody may keep a connection waiting, and input
//! that must never be our fault.

use std::time::Duration;

use hellopet::demo;
use platform::money::BasisPoints;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{Person, TestApp};

const PUBLIC: [(&str, &str); 3] =
    [("PUBLIC_URL", "https://hellopet.site"), ("PAYMENTS", "simulated"), ("RATE_LIMITS", "on")];

async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.url("").trim_start_matches("http://")).await.unwrap()
}

/// Sends this and reads until the other side closes.
async fn said_to(app: &TestApp, bytes: &str) -> String {
    let mut stream = connect(app).await;
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    timeout(Duration::from_secs(20), stream.read_to_end(&mut answer))
        .await
        .expect("it stayed open")
        .unwrap_or_default();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn figures_are_for_this_machine_for_a_token_or_on_a_listener_of_their_own() {
    let local = TestApp::start().await;
    Person::nobody(&local).get("/metrics").await.expect(200);

    let public = TestApp::start_with(&PUBLIC).await;
    Person::nobody(&public).get("/metrics").await.expect_problem(404, "route_not_found");

    let token = TestApp::start_with(&[&PUBLIC[..], &[("METRICS_TOKEN", "rahasia-angka")]].concat()).await;
    let mut reader = Person::nobody(&token);
    reader.get("/metrics").await.expect_problem(401, "unauthenticated");
    reader.token = "rahasia-angk".to_owned();
    reader.get("/metrics").await.expect_problem(401, "unauthenticated");
    reader.token = "rahasia-angka".to_owned();
    reader.get("/metrics").await.expect(200);

    let elsewhere = TestApp::start_with(&[("METRICS_ADDR", "127.0.0.1:0")]).await;
    Person::nobody(&elsewhere).get("/metrics").await.expect_problem(404, "route_not_found");
}

#[tokio::test]
async fn half_a_head_and_silence_are_closed() {
    let app = TestApp::start().await;
    let (silent, half) = tokio::join!(said_to(&app, ""), said_to(&app, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    assert_eq!((silent.as_str(), half.as_str()), ("", ""));
}

#[tokio::test]
async fn only_http_1_is_spoken_and_heads_have_a_bound() {
    let app = TestApp::start().await;
    let http2 = said_to(&app, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    assert!(!http2.contains("HTTP/2"), "{http2}");
    let large = format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: {}\r\n\r\n", "x".repeat(64 * 1024));
    assert!(said_to(&app, &large).await.starts_with("HTTP/1.1 431 "));
}

#[tokio::test]
async fn an_idle_connection_is_kept_for_the_next_request() {
    let app = TestApp::start().await;
    let mut stream = connect(&app).await;
    let mut buffer = [0; 4096];
    for is_first in [true, false] {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let read = timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&buffer[..read]).starts_with("HTTP/1.1 200 "));
        if is_first {
            let closed = timeout(Duration::from_secs(11), stream.read(&mut buffer)).await;
            assert!(closed.is_err(), "longer than a head may take, and still open");
        }
    }
}

#[tokio::test]
async fn days_and_parameters_that_are_none_are_the_callers_fault() {
    let app = TestApp::start().await;
    let (owner, doctor) = (Person::owner(&app).await, Person::doctor(&app).await);
    for day in ["+262142-12-31", "+12026-1-1", "-262143-01-01", "2026-1-1", "2027-02-30", "2027-01-01T00:00:00Z"] {
        let licence = json!({"kind": "sip", "number": "1", "issuer": "x", "expiresOn": day});
        let application = json!({"specialization": "x", "workExperience": 1, "bio": "x", "basePrice": 40_000, "species": ["cat"],
            "languages": ["id"], "licence": licence});
        owner.post("/api/doctors/applications", application).await.expect_problem(422, "validation_failed");
        doctor.post("/api/doctors/me/licences", licence).await.expect_problem(422, "validation_failed");
        let hours = json!({"timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 60,
            "horizonDays": 14, "week": [], "exceptions": [{"date": day}]});
        doctor.put("/api/doctors/me/availability", hours).await.expect_problem(422, "validation_failed");
        let pet = json!({"name": "Miko", "species": "cat", "birthDate": day});
        owner.post("/api/pets", pet).await.expect_problem(422, "validation_failed");
        let from = day.replace('+', "%2B");
        let path = format!("/api/doctors/{}/slots?from={from}", doctor.id);
        owner.get(&path).await.expect_problem(422, "validation_failed");
    }
    // What nobody can see is nothing, and a new line parts words.
    for path in [
        "/api/doctors?specialization=%00".to_owned(),
        "/api/doctors?q=a%0Ab".to_owned(),
        "/api/doctors?unheard-of=%C2%85".to_owned(),
        format!("/api/doctors/{}/slots?from=2026-11-24%00", doctor.id),
        "/api/messages/search?q=a%1bb".to_owned(),
    ] {
        owner.get(&path).await.expect(200);
    }
    for path in [
        "/api/doctors?cursor=%7f".to_owned(),
        format!("/api/doctors/{}/reviews?cursor=%00", doctor.id),
        "/api/conversations?limit=%00".to_owned(),
    ] {
        owner.get(&path).await.expect_problem(422, "validation_failed");
    }
    owner.get("/api/messages/search?q=%1b").await.expect_problem(400, "all_fields_required");
    for path in ["/sandbox/midtrans/snap/v1/transactions/%00/page", "/sandbox/midtrans/snap/v4/redirection/%00"] {
        assert!(owner.get(path).await.status.is_client_error(), "{path}");
    }
    app.simulate("%00", json!({"outcome": "settlement"})).await.expect(404);
}

#[tokio::test]
async fn a_week_has_so_many_hours_and_no_more_problems() {
    let app = TestApp::start().await;
    let doctor = Person::doctor(&app).await;
    let week: Vec<_> = (0..2_000).map(|_| json!({"weekday": 9, "from": "x", "to": "x"})).collect();
    let hours = json!({"timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 60,
        "horizonDays": 14, "week": week, "exceptions": []});
    let refused = doctor.put("/api/doctors/me/availability", hours).await.expect(422);
    assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_public_server_looks_for_people_of_the_demo() {
    let app = TestApp::start().await;
    let (platform, accounts) = (&app.app.platform, &app.app.accounts);
    demo::must_be_gone(platform, accounts).await.expect("nobody is there");
    demo::fill(platform, accounts, BasisPoints(1_250)).await.unwrap();
    let refused = demo::must_be_gone(platform, accounts).await.expect_err("everybody knows their password");
    assert!(refused.to_string().contains("@hellopet.test"), "{refused}");
    let hash = accounts.passwords.hash("sandi-yang-lain".to_owned()).await.unwrap();
    app.run_sql(&format!("UPDATE accounts SET password_hash = '{hash}'")).await;
    demo::must_be_gone(platform, accounts).await.expect("their passwords are others now");
}

#[tokio::test]
async fn on_a_public_address_the_stand_in_notifies_nobody_else() {
    let public = TestApp::start_with(&PUBLIC).await;
    let local = TestApp::start().await;
    let http = reqwest::Client::builder().build().unwrap();
    for (app, status) in [(&public, 400), (&local, 201)] {
        let opened = http
            .post(app.url("/sandbox/midtrans/snap/v1/transactions"))
            .basic_auth("SB-Mid-server-hellopet-local", Some(""))
            .header("X-Override-Notification", "http://127.0.0.1:9/")
            .json(&json!({"transaction_details": {"order_id": "x1", "gross_amount": 10_000}}));
        assert_eq!(opened.send().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn what_broke_in_a_page_is_told_and_bounded() {
    let app = TestApp::start().await;
    let visitor = Person::nobody(&app);
    let path = "/api/client-errors";
    let report = json!({"route": "/dokter/:id", "message": "x is undefined", "stack": "at Face.vue:3\nat App.vue:9"});
    visitor.post(path, report).await.expect(202);
    visitor.post(path, json!({})).await.expect_problem(400, "all_fields_required");
    let long = json!({"route": "/", "message": "x".repeat(501), "stack": "x".repeat(4_001)});
    assert_eq!(visitor.post(path, long).await.expect(422)["errors"].as_array().unwrap().len(), 2);
}
