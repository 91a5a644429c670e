//! The one error of the edge. Features turn their refusals into it; `problem` turns it into a response.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::DbErr;

use super::problem::{FieldProblem, Problem};
use crate::db::is_away;
use crate::text::{Language, Text};

#[derive(Debug)]
pub enum AppError {
    /// Something the caller can understand and mend.
    Refused(Box<Problem>),
    /// Our fault. The cause goes to the log, never to the caller.
    Internal(anyhow::Error),
}

impl AppError {
    pub fn refused(status: StatusCode, code: &'static str, text: Text) -> Self {
        Self::Refused(Box::new(Problem::new(status, code, text)))
    }

    pub fn bad_request(code: &'static str, text: Text) -> Self {
        Self::refused(StatusCode::BAD_REQUEST, code, text)
    }

    pub fn unauthenticated() -> Self {
        Self::refused(
            StatusCode::UNAUTHORIZED,
            "unauthenticated",
            Text::new(
                "Sesi kamu sudah berakhir. Masuk lagi untuk melanjutkan.",
                "Your session has ended. Sign in again to go on.",
            ),
        )
    }

    pub fn forbidden() -> Self {
        Self::refused(
            StatusCode::FORBIDDEN,
            "forbidden",
            Text::new("Akunmu tidak boleh melakukan ini.", "Your account may not do this."),
        )
    }

    pub fn not_found(code: &'static str, text: Text) -> Self {
        Self::refused(StatusCode::NOT_FOUND, code, text)
    }

    pub fn invalid(errors: Vec<FieldProblem>) -> Self {
        let mut problem = Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "validation_failed",
            Text::new("Ada isian yang perlu diperbaiki.", "Some fields need to be corrected."),
        );
        problem.errors = errors;
        Self::Refused(Box::new(problem))
    }

    pub fn missing(errors: Vec<FieldProblem>) -> Self {
        let mut problem = Problem::new(
            StatusCode::BAD_REQUEST,
            "all_fields_required",
            Text::new("Semua isian wajib diisi.", "All fields are required."),
        );
        problem.errors = errors;
        Self::Refused(Box::new(problem))
    }

    pub fn too_many(retry_after: Duration) -> Self {
        let seconds = retry_after.as_secs().max(1);
        let mut problem = Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            Text::new(
                format!("Terlalu banyak percobaan. Coba lagi dalam {seconds} detik."),
                format!("Too many attempts. Try again in {seconds} seconds."),
            ),
        );
        problem.retry_after_seconds = Some(seconds);
        Self::Refused(Box::new(problem))
    }

    pub fn unavailable(code: &'static str, text: Text) -> Self {
        let mut problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, text);
        problem.retry_after_seconds = Some(2);
        Self::Refused(Box::new(problem))
    }

    /// More work at once than the machine can do.
    pub fn busy() -> Self {
        Self::unavailable(
            "busy",
            Text::new(
                "Server sedang sibuk, bukan salah sinyalmu. Coba lagi sebentar.",
                "The server is busy, it is not your connection. Try again in a moment.",
            ),
        )
    }

    /// The database is away, restarting or full.
    pub fn database_unavailable() -> Self {
        Self::unavailable(
            "database_unavailable",
            Text::new(
                "Server sedang tidak dapat membaca atau menyimpan data. Coba lagi sebentar.",
                "The server cannot read or store anything right now. Try again in a moment.",
            ),
        )
    }

    /// Adds a member to the problem's body, such as the id of what stands in the way.
    pub fn with(mut self, name: &'static str, value: impl Into<serde_json::Value>) -> Self {
        if let Self::Refused(problem) = &mut self {
            problem.extra.insert(name.to_owned(), value.into());
        }
        self
    }

    /// What went wrong in one line, for the log and for whoever looks at a failed job.
    pub fn for_log(&self) -> String {
        match self {
            Self::Refused(problem) => format!("{}: {}", problem.code, problem.text.in_language(Language::English)),
            Self::Internal(cause) => format!("{cause:#}"),
        }
    }

    /// The problem that the caller is told, after the cause of an internal one has gone to the log.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Refused(problem) => *problem,
            Self::Internal(cause) => {
                tracing::error!(cause = format!("{cause:#}"), "request failed");
                Problem::internal()
            }
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        self.into_problem().into_response()
    }
}

impl From<DbErr> for AppError {
    fn from(error: DbErr) -> Self {
        match error {
            // All connections are taken: the caller may come back, and we need no stack trace of it.
            DbErr::ConnectionAcquire(_) => Self::busy(),
            away if is_away(&away) => {
                tracing::error!(cause = %away, "the database cannot be used");
                Self::database_unavailable()
            }
            other => Self::Internal(other.into()),
        }
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<Vec<FieldProblem>> for AppError {
    fn from(errors: Vec<FieldProblem>) -> Self {
        Self::invalid(errors)
    }
}
