//! What the features stand on. Nothing in here knows about pets.

pub mod bus;
pub mod cache;
pub mod clock;
pub mod connections;
pub mod day;
pub mod db;
pub mod health;
pub mod http;
pub mod ids;
pub mod images;
pub mod locks;
pub mod metrics;
pub mod money;
pub mod pdf;
pub mod random;
pub mod realtime;
pub mod storage;
pub mod tasks;
pub mod telemetry;
pub mod text;
pub mod tls;
pub mod web;
pub mod workers;
