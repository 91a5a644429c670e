//! A stand-in on a port of its own, a merchant that listens to its notifications, and the merchant's calls.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use midtrans_stand_in::{StandInConfig, prepare, router};
use reqwest::{Client, Method, RequestBuilder, Response};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use uuid::Uuid;

pub(crate) const SERVER_KEY: &str = "SB-Mid-server-test";
pub(crate) const CLIENT_KEY: &str = "SB-Mid-client-test";
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Notification {
    pub(crate) body: Value,
    pub(crate) headers: HeaderMap,
    pub(crate) path: String,
}

pub(crate) struct Stand {
    pub(crate) base: String,
    pub(crate) merchant_base: String,
    pub(crate) client: Client,
    notifications: mpsc::UnboundedReceiver<Notification>,
    answers: Arc<Mutex<Vec<u16>>>,
    database_file: Option<PathBuf>,
    db: DatabaseConnection,
    config: StandInConfig,
}

/// What the receiver answers next; 200 once the list is empty.
#[derive(Clone)]
struct Receiver {
    heard: mpsc::UnboundedSender<Notification>,
    answers: Arc<Mutex<Vec<u16>>>,
}

async fn receive(
    State(receiver): State<Receiver>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: axum::Json<Value>,
) -> StatusCode {
    let _ = receiver.heard.send(Notification { body: body.0, headers, path: uri.path().to_owned() });
    let answer = receiver.answers.lock().unwrap().pop().unwrap_or(200);
    StatusCode::from_u16(answer).unwrap()
}

async fn serve(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

/// A fresh SQLite file, or a fresh schema of the PostgreSQL database that `STAND_IN_TEST_DATABASE_URL` names: two tests
/// on one table would be two nodes, and each would send the other's notifications.
async fn database() -> (DatabaseConnection, Option<PathBuf>) {
    let name = format!("stand_in_{}", Uuid::new_v4().simple());
    let (mut options, file) = match std::env::var("STAND_IN_TEST_DATABASE_URL") {
        Ok(url) => {
            let postgres = Database::connect(&url).await.unwrap();
            postgres.execute_unprepared(&format!("CREATE SCHEMA {name}")).await.unwrap();
            let mut options = ConnectOptions::new(url);
            options.set_schema_search_path(name);
            (options, None)
        }
        Err(_) => {
            let file = std::env::temp_dir().join(format!("{name}.db"));
            (ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display())), Some(file))
        }
    };
    options.sqlx_logging(false);
    (Database::connect(options).await.unwrap(), file)
}

impl Stand {
    pub(crate) async fn start() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (heard, notifications) = mpsc::unbounded_channel();
        let answers = Arc::new(Mutex::new(Vec::new()));
        let receiver = Receiver { heard, answers: Arc::clone(&answers) };
        let merchant = Router::new().route("/{path}", post(receive)).with_state(receiver);
        let merchant_base = serve(merchant).await;

        let (db, database_file) = database().await;
        prepare(&db).await.unwrap();
        prepare(&db).await.unwrap();
        let config = StandInConfig {
            server_key: SERVER_KEY.into(),
            client_key: CLIENT_KEY.into(),
            notification_url: format!("{merchant_base}/notification"),
            public_base_url: "http://localhost:5000/sandbox/midtrans".into(),
            notifies_elsewhere: true,
        };
        let base = serve(Router::new().nest("/sandbox/midtrans", router(db.clone(), config.clone()))).await;
        Self {
            base: format!("{base}/sandbox/midtrans"),
            merchant_base,
            client: Client::builder().no_proxy().build().unwrap(),
            notifications,
            answers,
            database_file,
            db,
            config,
        }
    }

    /// Another node on the same database, whose doors are used from now on.
    pub(crate) async fn move_to_another_node(&mut self) {
        let node = router(self.db.clone(), self.config.clone());
        self.base = format!("{}/sandbox/midtrans", serve(Router::new().nest("/sandbox/midtrans", node)).await);
    }

    /// The next notification; fails rather than waiting for ever.
    pub(crate) async fn heard(&mut self) -> Notification {
        tokio::time::timeout(PATIENCE, self.notifications.recv()).await.expect("a notification in time").unwrap()
    }

    /// The merchant answers so to the next notification.
    pub(crate) fn answer_next_with(&self, status: u16) {
        self.answers.lock().unwrap().push(status);
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// A call of the merchant's server.
    pub(crate) async fn merchant(&self, method: Method, path: &str, body: Value) -> Response {
        self.call(method, path).basic_auth(SERVER_KEY, Some("")).json(&body).send().await.unwrap()
    }

    pub(crate) async fn core(&self, method: Method, path: &str) -> Value {
        let body = if method == Method::GET { json!({}) } else { Value::Null };
        self.merchant(method, path, body).await.json().await.unwrap()
    }

    pub(crate) async fn status(&self, id: &str) -> Value {
        self.core(Method::GET, &format!("/v2/{id}/status")).await
    }

    pub(crate) async fn refund(&self, order_id: &str, wish: Value) -> Value {
        self.merchant(Method::POST, &format!("/v2/{order_id}/refund"), wish).await.json().await.unwrap()
    }

    pub(crate) async fn create(&self, request: &Value) -> Response {
        self.merchant(Method::POST, "/snap/v1/transactions", request.clone()).await
    }

    /// Opens a page for `order` and returns its token.
    pub(crate) async fn open(&self, request: &Value) -> String {
        let response = self.create(request).await;
        assert_eq!(response.status(), 201);
        let body: Value = response.json().await.unwrap();
        body["token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn simulate(&self, order_id: &str, wish: Value) -> (u16, Value) {
        let response = self.call(Method::POST, &format!("/simulate/{order_id}")).json(&wish).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// A call of the payment page.
    pub(crate) async fn page(&self, token: &str, action: &str, body: Option<Value>) -> (u16, Value) {
        let path = format!("/snap/v1/transactions/{token}/{action}");
        let request = match body {
            None => self.call(Method::GET, &path),
            Some(body) => self.call(Method::POST, &path).json(&body),
        };
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        if let Some(file) = &self.database_file {
            let _ = std::fs::remove_file(file);
        }
    }
}

pub(crate) fn new_order_id() -> String {
    format!("TEST-{}", Uuid::new_v4().simple())
}

pub(crate) fn request(order_id: &str) -> Value {
    json!({
        "transaction_details": { "order_id": order_id, "gross_amount": 50_625 },
        "item_details": [
            { "id": "base", "name": "Consultation", "price": 45_000, "quantity": 1 },
            { "id": "fee", "name": "Platform fee", "price": 5_625, "quantity": 1 }
        ],
        "customer_details": { "first_name": "Rara", "email": "rara@contoh.id" },
        "callbacks": { "finish": "http://localhost:5000/done" },
        "expiry": { "unit": "minutes", "duration": 15 },
        "custom_field1": "kept"
    })
}

/// Checks a notification as a careful merchant does.
pub(crate) fn assert_signed(body: &Value) {
    let text = |name: &str| body[name].as_str().unwrap_or_else(|| panic!("{name} is a string in {body}"));
    let signed = format!("{}{}{}{SERVER_KEY}", text("order_id"), text("status_code"), text("gross_amount"));
    assert_eq!(text("signature_key"), hex::encode(Sha512::digest(signed)));
}
