//! HELLOPET!: vets for pet owners. `router` is the table of contents.

pub mod accounts;
pub mod app;
pub mod availability;
pub mod chat;
mod cluster;
pub mod commands;
pub mod config;
pub mod consultations;
pub mod demo;
pub mod doctors;
pub mod events;
pub mod jobs;
pub mod ledger;
pub mod operations;
pub mod orders;
pub mod pages;
pub mod payments;
pub mod pets;
pub mod platform;
pub mod records;
pub mod replies;
pub mod reviews;
pub mod router;
pub mod server;
pub mod statistics;
pub mod triage;
