//! Stories that need the clock turned or the database looked at, told against a started server over HTTP. Each runs on
//! SQLite, or on PostgreSQL when `TEST_DATABASE_URL` names a server. What official clients see is told in `contract/`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod accounts;
mod audit;
mod booking;
mod busy;
mod chaos;
mod chat;
mod disputes;
mod doctors;
mod edge;
mod faults;
mod history;
mod idempotency;
mod inputs;
mod ledger;
mod life;
mod lists;
mod longer;
mod migrates;
mod objects;
mod pairs;
mod payments;
mod pets;
mod pictures;
mod poison;
mod profiles;
mod promises;
mod records;
mod recovery;
mod refunds;
mod refusals;
mod replies;
mod reviews;
mod search;
mod snapshots;
mod statistics;
mod stopping;
mod storage;
mod support;
mod transfer;
mod triage;
