//! What the features stand on. Nothing in here knows about pets.

pub mod bus;
pub mod cache;
pub mod clock;
pub mod db;
pub mod entrance;
pub mod health;
pub mod http;
pub mod ids;
pub mod images;
pub mod jobs;
pub mod locks;
pub mod money;
pub mod pdf;
pub mod random;
pub mod realtime;
pub mod storage;
pub mod tasks;
pub mod telemetry;
pub mod text;
pub mod tls;
pub mod uploads;
pub mod web;
pub mod work;
pub mod workers;
