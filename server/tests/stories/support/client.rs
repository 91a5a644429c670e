//! People with a client of their own.

use hellopet::accounts::{self, AccountId, NewAccount, Role};
use hellopet::doctors::{self, DoctorStatus};
use hellopet::platform::money::Rupiah;
use hellopet::platform::random;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::TestApp;

const PASSWORD: &str = "kucing-oranye-9";

/// Somebody who talks to the server.
pub struct Person {
    pub id: String,
    pub email: String,
    pub token: String,
    pub refresh_token: String,
    base: String,
    http: reqwest::Client,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
}

impl Answer {
    /// The body of an answer that must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body
    }

    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) {
        assert_eq!(self.body["code"], code, "{}", self.body);
        assert_eq!(self.status.as_u16(), status);
    }
}

impl Person {
    /// Somebody who has not signed in.
    pub fn nobody(app: &TestApp) -> Self {
        Self {
            id: String::new(),
            email: String::new(),
            token: String::new(),
            refresh_token: String::new(),
            base: app.url(""),
            http: reqwest::Client::builder().build().unwrap(),
        }
    }

    pub async fn owner(app: &TestApp) -> Self {
        Self::create(app, Role::User).await.0
    }

    pub async fn admin(app: &TestApp) -> Self {
        Self::create(app, Role::Admin).await.0
    }

    /// A verified doctor who asks for 45,000 rupiah.
    pub async fn doctor(app: &TestApp) -> Self {
        let (doctor, id) = Self::create(app, Role::Dokter).await;
        let now = app.app.clock.now();
        let profile = doctors::entity::Model {
            account_id: id,
            status: DoctorStatus::Verified,
            specialization: "Dokter hewan umum".to_owned(),
            experience_years: 5,
            licence_number: "SIP 1".to_owned(),
            base_price: Rupiah(45_000),
            bio: String::new(),
            created_at: now,
            verified_at: Some(now),
        };
        doctors::create(&app.app.db.write, profile).await.unwrap();
        doctor
    }

    async fn create(app: &TestApp, role: Role) -> (Self, AccountId) {
        let email = format!("{}@contoh.id", random::code(12).to_lowercase());
        let new = NewAccount {
            username: format!("Orang {}", random::code(4)),
            email: email.clone(),
            phone_number: "081234567890".to_owned(),
            role,
            picture: None,
        };
        let hash = app.app.passwords.hash(PASSWORD.to_owned()).await.unwrap();
        let id = accounts::create(&app.app.db.write, new, hash, app.app.clock.now()).await.unwrap();
        let mut person = Self { email, ..Self::nobody(app) };
        person.sign_in().await;
        (person, id)
    }

    /// Signs in (again): a new session.
    pub async fn sign_in(&mut self) {
        let body = json!({"email": self.email, "password": PASSWORD});
        self.token.clear();
        let data = self.post("/api/auth/login", body).await.expect(200)["data"].take();
        self.id = data["user"]["id"].as_str().unwrap().to_owned();
        self.token = data["token"].as_str().unwrap().to_owned();
        self.refresh_token = data["refreshToken"].as_str().unwrap().to_owned();
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str) -> Answer {
        self.call(Method::PATCH, path, None).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request).await
    }

    /// The bytes of a file that the server must answer.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token);
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        response.bytes().await.unwrap().to_vec()
    }

    /// Begins to buy a consultation; the answer holds `orderId`, `transactionId`, …
    pub async fn buy(&self, doctor: &Self) -> Value {
        self.post("/api/payment/consulting", json!({"id": doctor.id})).await.expect(201)
    }

    pub async fn payment(&self, purchase: &Value) -> Value {
        let path = format!("/api/payment/{}", purchase["transactionId"].as_str().unwrap());
        self.get(&path).await.expect(200)
    }

    /// Buys and pays; the answer is the conversation's id.
    pub async fn consult(&self, app: &TestApp, doctor: &Self) -> String {
        let purchase = self.buy(doctor).await;
        let order = purchase["orderId"].as_str().unwrap();
        app.simulate(order, json!({"outcome": "settlement"})).await.expect(200);
        self.payment(&purchase).await["conversationId"].as_str().unwrap().to_owned()
    }

    pub async fn say(&self, conversation: &str, text: &str, client_id: &str) -> Answer {
        let path = format!("/api/conversations/{conversation}/messages");
        self.post(&path, json!({"message": text, "clientId": client_id})).await
    }

    /// Begins to upload a picture of so many bytes; the answer is the upload.
    pub async fn begin_upload(&self, conversation: &str, size: usize, client_id: &str) -> Answer {
        let path = format!("/api/conversations/{conversation}/uploads");
        self.post(&path, json!({"size": size, "contentType": "image/png", "clientId": client_id})).await
    }

    /// Sends a piece of a picture that begins at `from`.
    pub async fn send_piece(&self, upload: &Value, from: usize, piece: &[u8]) -> Answer {
        let path = format!("/api/uploads/{}", upload["id"].as_str().unwrap());
        let request = self
            .http
            .patch(format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("Upload-Offset", from)
            .header("Content-Type", "application/offset+octet-stream")
            .body(piece.to_vec());
        answer(request).await
    }

    /// This doctor's own share of a month (0 to 11), in rupiah.
    pub async fn profit(&self, year: i32, month: usize) -> i64 {
        let path = format!("/api/statistic/profit/monthly/{}?year={year}", self.id);
        self.get(&path).await.expect(200)["data"][month]["profit"].as_i64().unwrap()
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status();
    Answer { status, body: response.json().await.unwrap_or(Value::Null) }
}
