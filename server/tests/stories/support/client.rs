//! People who talk to the server.

use std::time::Duration;

use super::TestApp;
use hellopet::accounts::entity::{account, session};
use hellopet::accounts::{Account, AccountId, NewAccount, Role, SessionId};
use hellopet::doctors::{Doctor, DoctorStatus, SpokenLanguage};
use hellopet::pets::Species;
use platform::clock::Timestamp;
use platform::money::Rupiah;
use reqwest::{Method, StatusCode};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

pub const PASSWORD: &str = "kucing-oranye-9";
const SESSION: Duration = Duration::from_secs(24 * 3600);

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
    /// What was asked: `GET /api/pets`.
    pub request: String,
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
            http: app.http.clone(),
        }
    }

    pub async fn owner(app: &TestApp) -> Self {
        Self::create(app, Role::User, None).await.0
    }

    pub async fn admin(app: &TestApp) -> Self {
        Self::create(app, Role::Admin, None).await.0
    }

    /// A verified doctor who asks for 45,000 rupiah.
    pub async fn doctor(app: &TestApp) -> Self {
        Self::new_doctor(app, None).await
    }

    pub async fn doctor_called(app: &TestApp, name: &str) -> Self {
        Self::new_doctor(app, Some(name)).await
    }

    async fn new_doctor(app: &TestApp, name: Option<&str>) -> Self {
        let (doctor, id) = Self::create(app, Role::Dokter, name).await;
        let now = app.app.platform.clock.now();
        Doctor::create(&app.app.platform.db.write, Self::profile(id, now)).await.unwrap();
        doctor
    }

    /// What a verified doctor is, unless something else is said.
    pub fn profile(id: AccountId, now: Timestamp) -> Doctor {
        Doctor {
            status: DoctorStatus::Verified,
            specialization: "Dokter hewan umum".to_owned(),
            experience_years: 5,
            licence_number: "SIP 1".to_owned(),
            base_price: Rupiah(45_000),
            species_mask: Doctor::species_mask(&[Species::Cat, Species::Dog]),
            language_mask: Doctor::language_mask(&[SpokenLanguage::Id]),
            verified_at: Some(now),
            ..Doctor::blank(id, now)
        }
    }

    async fn create(app: &TestApp, role: Role, name: Option<&str>) -> (Self, AccountId) {
        let (usual, email) = name_and_email(app);
        let new = NewAccount {
            username: name.map_or(usual, str::to_owned),
            email: email.clone(),
            phone_number: "+6281234567890".to_owned(),
            role,
            picture: None,
        };
        let hash = app.app.accounts.passwords.hash(PASSWORD.to_owned()).await.unwrap();
        let id = Account::create(&app.app.platform.db.write, new, hash, app.app.platform.clock.now()).await.unwrap();
        let mut person = Self { email, ..Self::nobody(app) };
        person.sign_in().await;
        (person, id)
    }

    /// So many owners at once, without the passwords that would take a minute to hash.
    pub async fn owners(app: &TestApp, count: usize) -> Vec<Self> {
        let state = &app.app;
        let now = state.platform.clock.now();
        let mut owners = Vec::with_capacity(count);
        for _ in 0..count {
            let (username, email) = name_and_email(app);
            let account = Account {
                id: AccountId::new(),
                username,
                email,
                password_hash: String::new(),
                phone_number: "+6281234567890".to_owned(),
                role: Role::User,
                picture: None,
                created_at: now,
                updated_at: now,
            };
            let session = session::Model {
                id: SessionId::new(),
                account_id: account.id,
                user_agent: String::new(),
                network: None,
                created_at: now,
                last_used_at: now,
                expires_at: now + SESSION,
                revoked_at: None,
            };
            let token = state.accounts.tokens.sign_for(&account, session.id, now, SESSION).unwrap();
            let person = Self { id: account.id.to_string(), email: account.email.clone(), token, ..Self::nobody(app) };
            account::Entity::insert(account::ActiveModel::from(account))
                .exec_without_returning(&state.platform.db.write)
                .await
                .unwrap();
            session::Entity::insert(session::ActiveModel::from(session))
                .exec_without_returning(&state.platform.db.write)
                .await
                .unwrap();
            owners.push(person);
        }
        owners
    }

    /// Registers with the address that this person has.
    pub async fn register(&self, name: &str, phone_number: &str) -> Answer {
        let body = json!({"username": name, "email": self.email, "password": PASSWORD, "phone_number": phone_number});
        self.post("/api/auth/register", body).await
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

    /// Signs in on a device that calls itself so.
    pub async fn sign_in_on(&self, device: &str) -> Answer {
        let body = json!({"email": self.email, "password": PASSWORD});
        let request = self.http.post(format!("{}/api/auth/login", self.base)).header("User-Agent", device);
        answer(request.json(&body)).await
    }

    /// Signs out, with the refresh token of any session as the cookie.
    pub async fn sign_out_with(&self, refresh_token: &str) -> Answer {
        let request = self.http.post(format!("{}/api/auth/logout", self.base)).bearer_auth(&self.token);
        answer(request.header("Cookie", format!("refreshToken={refresh_token}"))).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Posts with an `Idempotency-Key`.
    pub async fn post_with_key(&self, path: &str, body: Value, key: &str) -> Answer {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token);
        answer(request.header("Idempotency-Key", key).json(&body)).await
    }

    /// Posts what need not be JSON, as JSON.
    pub async fn post_text(&self, path: &str, text: impl Into<String>) -> Answer {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token);
        answer(request.header("Content-Type", "application/json").body(text.into())).await
    }

    /// Posts from an address, where the server believes its proxy.
    pub async fn post_from(&self, address: &str, path: &str, body: Value) -> Answer {
        let request = self.http.post(format!("{}{path}", self.base)).header("X-Forwarded-For", address);
        answer(request.json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str) -> Answer {
        self.call(Method::PATCH, path, None).await
    }

    /// Changes something in part.
    pub async fn change(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, None).await
    }

    /// Puts a picture, as a form does.
    pub async fn put_picture(&self, path: &str, picture: &[u8]) -> Answer {
        self.send_picture(Method::PUT, path, picture).await
    }

    /// Adds a picture, as a form does.
    pub async fn post_picture(&self, path: &str, picture: &[u8]) -> Answer {
        self.send_picture(Method::POST, path, picture).await
    }

    async fn send_picture(&self, method: Method, path: &str, picture: &[u8]) -> Answer {
        let head = "--grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"foto.png\"\r\n\r\n";
        let body = [head.as_bytes(), picture, b"\r\n--grens--\r\n"].concat();
        let request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("Content-Type", "multipart/form-data; boundary=grens")
            .body(body);
        answer(request).await
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

    /// A picture as a browser asks for it that shows these formats.
    pub async fn picture(&self, path: &str, accept: &str) -> reqwest::Response {
        self.asks_for_picture(path, accept).send().await.unwrap()
    }

    /// The same, unless it is the one of this tag.
    pub async fn picture_unless(&self, path: &str, accept: &str, tag: &str) -> reqwest::Response {
        self.asks_for_picture(path, accept).header("If-None-Match", tag).send().await.unwrap()
    }

    fn asks_for_picture(&self, path: &str, accept: &str) -> reqwest::RequestBuilder {
        self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token).header("Accept", accept)
    }

    /// Opens a device that the others see online, for as long as the server waits for its next sign of life.
    pub async fn comes_online(&self) {
        let url = format!("{}/socket.io/?EIO=4&transport=polling", self.base);
        let opened = self.http.get(&url).send().await.unwrap().text().await.unwrap();
        let opened: Value = serde_json::from_str(opened.trim_start_matches('0')).unwrap();
        let url = format!("{url}&sid={}", opened["sid"].as_str().unwrap());
        let connect = format!("40{}", json!({"token": self.token}));
        self.http.post(&url).body(connect).send().await.unwrap().error_for_status().unwrap();
        let mut heard = String::new();
        while !heard.contains("40{") {
            heard += &self.http.get(&url).send().await.unwrap().error_for_status().unwrap().text().await.unwrap();
        }
        self.http.post(&url).body("3").send().await.unwrap().error_for_status().unwrap();
    }

    /// Works from 9 to 12 on every day, in WIB, in slots of half an hour, bookable from an hour before on.
    pub async fn works_mornings(&self) {
        let week: Vec<Value> =
            (1..=7).map(|weekday| json!({"weekday": weekday, "from": "09:00", "to": "12:00"})).collect();
        let hours = json!({
            "timeZone": "Asia/Jakarta", "slotMinutes": 30, "bufferMinutes": 0, "minNoticeMinutes": 60,
            "horizonDays": 14, "week": week, "exceptions": [],
        });
        self.put("/api/doctors/me/availability", hours).await.expect(200);
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

/// Those of the next one in the story: the same people in every run, whom no search finds by luck.
fn name_and_email(app: &TestApp) -> (String, String) {
    let number = app.next_number();
    (format!("Orang {number}"), format!("orang-{number}@contoh.id"))
}

async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let (http, request) = request.build_split();
    let request = request.unwrap();
    let url = request.url();
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    let asked = format!("{} {}{query}", request.method(), url.path());
    let response = http.execute(request).await.unwrap();
    let status = response.status();
    Answer { request: asked, status, body: response.json().await.unwrap_or(Value::Null) }
}
