//! What the features stand on: database, jobs, HTTP, sockets, pictures, PDF. Nothing in here knows about pets, and the
//! compiler sees to it: this package cannot import the server.

pub mod audit;
pub mod bus;
pub mod cache;
pub mod clock;
pub mod connections;
pub mod day;
pub mod db;
pub mod entrance;
pub mod http;
pub mod ids;
pub mod images;
pub mod jobs;
pub mod locks;
pub mod metrics;
pub mod money;
pub mod pdf;
pub mod random;
pub mod realtime;
pub mod secret;
pub mod storage;
pub mod tasks;
pub mod telemetry;
pub mod text;
pub mod tls;
pub mod uploads;
pub mod work;
pub mod workers;
pub mod zone;
