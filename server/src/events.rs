//! What people's devices are told once it is committed. An event is a hint: whoever hears it asks for what is true now. What
//! must not be lost is a job instead.

use std::collections::HashSet;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::json;

use crate::accounts::{self, AccountId, SessionId};
use crate::app::App;
use crate::chat;
use crate::consultations;
use crate::doctors::DoctorStatus;
use crate::subjects::ConsultationId;
use platform::work::{self, Audience};

/// Something that has happened, for those whom it concerns.
pub enum Event {
    /// Two people may talk from now on, or no more.
    Conversation(chat::Change),
    /// To both of its people.
    ConsultationChanged(ConsultationId),
    /// The time that was bought is nearly over: to both.
    ConsultationEnding(ConsultationId),
    /// Who waits for a doctor's answer may stand elsewhere: to all who wait.
    QueueMoved(AccountId),
    /// To the owner.
    RecordFinished { owner: AccountId, consultation: ConsultationId },
    /// To the doctor, whose sessions look at the account anew.
    DoctorStatusChanged { doctor: AccountId, status: DoctorStatus },
    /// Its token is dead: its sockets close.
    SessionEnded(SessionId),
}

/// A unit of work of this program.
pub type Work = work::Work<Event>;

impl Audience<Event> for App {
    fn hear(&self, events: Vec<Event>) -> BoxFuture<'static, ()> {
        let Some(app) = self.handle() else { return std::future::ready(()).boxed() };
        async move {
            // Its own task: hyper drops the caller's future when the client hangs up.
            let telling = tokio::spawn(async move { tell_all(&app, events).await });
            if let Err(error) = telling.await {
                tracing::error!(%error, "what was committed could not be told");
            }
        }
        .boxed()
    }

    fn wake(&self) {
        self.bell.ring();
    }
}

/// In the order in which they happened; the same thing is told once.
async fn tell_all(app: &App, events: Vec<Event>) {
    let (mut changed, mut moved) = (HashSet::new(), HashSet::new());
    for event in events {
        match event {
            Event::Conversation(change) => chat::announce(app, change).await,
            Event::ConsultationChanged(id) if changed.insert(id) => consultations::tell_changed(app, id).await,
            Event::QueueMoved(doctor) if moved.insert(doctor) => consultations::tell_waiting(app, doctor).await,
            Event::ConsultationChanged(_) | Event::QueueMoved(_) => {}
            Event::ConsultationEnding(id) => consultations::tell_ending(app, id).await,
            Event::RecordFinished { owner, consultation } => {
                app.realtime.tell(&[owner.0], "recordFinished", &json!({"consultationId": consultation})).await;
            }
            Event::SessionEnded(session) => accounts::end_everywhere(app, session).await,
            Event::DoctorStatusChanged { doctor, status } => {
                if let Err(error) = accounts::forget_sessions(app, doctor).await {
                    tracing::warn!(%doctor, error = error.for_log(), "sessions look at the account again only later");
                }
                app.realtime.tell(&[doctor.0], "doctorStatusChanged", &json!({"status": status})).await;
            }
        }
    }
}
