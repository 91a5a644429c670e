//! A year of consultations, each with its quote, payment, ledger entry, conversation and perhaps a review.

use std::time::Duration;

use sea_orm::DatabaseTransaction;

use super::scripts::{SCRIPTS, Script};
use super::{Cast, people, readable};
use crate::accounts::AccountId;
use crate::chat::{Conversation, ConversationId, ConversationStatus, Message, MessageId};
use crate::consultations::{CancellationPolicy, Consultation, ConsultationKind, RecordStatus, Terms};
use crate::orders::{Order, OrderId, OrderKind, OrderStatus, Quote};
use crate::payments::{Payment, PaymentId, PaymentStatus};
use crate::pets::PetId;
use crate::records::{Record, Sections};
use crate::reviews::Review;
use crate::subjects::{ConsultationId, ConsultationStatus};
use crate::triage::{Intake, Said, Since};
use platform::clock::Timestamp;
use platform::money::{BasisPoints, Rupiah};
use platform::random;

/// Who says a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    Owner,
    Doctor,
}

const DAYS: u64 = 365;
const DAY: Duration = Duration::from_secs(24 * 3600);
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// A small generator with a fixed seed: the demo looks the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }
}

/// Writes the year before `now`, busier towards its end, and answers how many consultations there were.
pub async fn write(txn: &DatabaseTransaction, cast: &Cast, markup: BasisPoints, now: Timestamp) -> anyhow::Result<u32> {
    let mut dice = Dice(20_261_122);
    let mut written = 0;
    for days_ago in (1..=DAYS).rev() {
        let most = 1 + (DAYS - days_ago) / 120;
        for _ in 0..dice.below(most + 1) {
            let moment = now - DAY * u32::try_from(days_ago)? + Duration::from_secs(dice.below(DAY.as_secs()));
            // The first two doctors are those whom visitors sign in as.
            let index = if dice.below(2) == 0 { dice.below(2) } else { dice.below(cast.doctors.len() as u64) };
            let (owner, script) = (*dice.pick(&cast.owners), dice.pick(SCRIPTS));
            let past = Past {
                owner,
                pet: script.about.and_then(|species| cast.pet_of(owner, species)),
                doctor: cast.doctors[index as usize],
                licence_number: people::DOCTORS[index as usize].licence_number,
                started_at: moment.min(now - LONGEST),
                script,
            };
            past.write(txn, markup).await?;
            written += 1;
        }
    }
    Ok(written)
}

struct Past {
    owner: AccountId,
    pet: Option<PetId>,
    doctor: (AccountId, Rupiah),
    licence_number: &'static str,
    started_at: Timestamp,
    script: &'static Script,
}

impl Past {
    async fn write(&self, txn: &DatabaseTransaction, markup: BasisPoints) -> anyhow::Result<()> {
        let (doctor, price) = self.doctor;
        let quote = Quote::new(price, markup);
        let consultation = self.consultation(&quote);
        let order = self.order(&consultation, &quote);
        Order::insert(txn, order.clone(), &quote).await?;
        Consultation::import(txn, consultation.clone()).await?;

        if self.pet.is_some() {
            let said = Said {
                pet: self.pet,
                species: self.script.about,
                complaint: self.script.summary.complaint.to_owned(),
                since: Since::Today,
                signs: Vec::new(),
            };
            let intake = Intake::create(txn, self.owner, said, consultation.created_at).await?;
            Intake::attach(txn, self.owner, intake.id, consultation.id, Consultation::came_to_nothing_of(self.owner))
                .await
                .map_err(readable)?;
        }

        let payment = self.payment(&consultation);
        let entry = payment.settlement(&order, &quote, self.started_at);
        Payment::insert(txn, payment).await?;
        entry.post(txn, self.started_at).await?;

        let (conversation, messages) = self.conversation(&consultation);
        Conversation::import(txn, conversation, messages).await?;

        Record::import(txn, &consultation, self.summary(), self.licence_number.to_owned(), self.ended_at()).await?;

        if let Some((rating, words)) = self.script.review {
            let said = (rating, words.to_owned());
            let written_at = self.ended_at() + Duration::from_secs(600);
            Review::insert(txn, Review::new(consultation.id, doctor, said, written_at)).await?;
        }
        Ok(())
    }

    fn summary(&self) -> Sections {
        let summary = &self.script.summary;
        Sections {
            complaint: summary.complaint.to_owned(),
            findings: summary.findings.to_owned(),
            advice: summary.advice.to_owned(),
            prescription: summary.prescription.to_owned(),
            next_step: summary.next_step.to_owned(),
        }
    }

    fn line_at(&self, index: usize) -> Timestamp {
        self.started_at + Duration::from_secs(60 + 95 * index as u64)
    }

    fn ended_at(&self) -> Timestamp {
        self.line_at(self.script.lines.len())
    }

    fn consultation(&self, quote: &Quote) -> Consultation {
        Consultation {
            id: ConsultationId::at(self.started_at),
            order_id: OrderId::at(self.started_at),
            owner_id: self.owner,
            doctor_id: self.doctor.0,
            pet_id: self.pet,
            kind: ConsultationKind::Instant,
            status: ConsultationStatus::Ended,
            starts_at: None,
            duration_minutes: Terms::INSTANT.duration,
            free_cancel_minutes: CancellationPolicy::CURRENT.free_minutes,
            late_refund_percent: CancellationPolicy::CURRENT.late_refund_percent,
            answer_minutes: Terms::INSTANT.answer,
            reminders_sent: 0,
            answered_at: Some(self.started_at),
            ends_at: Some(self.started_at + LONGEST),
            late_at: None,
            owner_came_at: None,
            warned_at: None,
            extension_asked_by: None,
            extension_minutes: None,
            extended_minutes: 0,
            follow_up_until: None,
            record_status: RecordStatus::Finished,
            recorded_at: Some(self.ended_at()),
            closed_because: None,
            transferred_from: None,
            markup_basis_points: quote.markup,
            total: quote.total(),
            created_at: self.started_at - Duration::from_secs(90),
            started_at: Some(self.started_at),
            ended_at: Some(self.ended_at()),
        }
    }

    /// Long earned.
    fn order(&self, consultation: &Consultation, quote: &Quote) -> Order {
        Order {
            id: consultation.order_id,
            kind: OrderKind::Consultation,
            owner_id: self.owner,
            payee_id: self.doctor.0,
            markup_basis_points: quote.markup,
            total: quote.total(),
            status: OrderStatus::Earned,
            created_at: consultation.created_at,
            paid_at: Some(self.started_at),
            earned_at: Some(self.ended_at()),
        }
    }

    fn payment(&self, consultation: &Consultation) -> Payment {
        Payment {
            id: PaymentId::at(self.started_at),
            order_id: consultation.order_id,
            gateway_order_id: format!("HP-DEMO-{}", random::code(14)),
            transaction_id: None,
            amount: consultation.total,
            refunded_amount: Rupiah::ZERO,
            promised_amount: Rupiah::ZERO,
            paid_out_amount: Rupiah::ZERO,
            charged_back_amount: Rupiah::ZERO,
            status: PaymentStatus::Settled,
            payment_type: Some("qris".to_owned()),
            snap_token: None,
            redirect_url: None,
            created_at: consultation.created_at,
            expires_at: consultation.created_at + Duration::from_secs(3600),
            settled_at: Some(self.started_at),
            version: 1,
        }
    }

    fn conversation(&self, consultation: &Consultation) -> (Conversation, Vec<Message>) {
        let id = ConversationId::at(self.started_at);
        let lines = self.script.lines.iter().zip(1..).enumerate();
        let messages: Vec<Message> = lines
            .map(|(index, ((voice, words), seq))| Message {
                id: MessageId::at(self.line_at(index)),
                conversation_id: id,
                seq,
                sender_id: if *voice == Voice::Owner { self.owner } else { self.doctor.0 },
                client_id: None,
                body: (*words).to_owned(),
                created_at: self.line_at(index),
            })
            .collect();
        let last_seq = messages.last().map_or(0, |message| message.seq);
        let conversation = Conversation {
            id,
            consultation_id: consultation.id,
            owner_id: self.owner,
            doctor_id: self.doctor.0,
            status: ConversationStatus::Ended,
            last_seq,
            owner_delivered_seq: last_seq,
            owner_read_seq: last_seq,
            doctor_delivered_seq: last_seq,
            doctor_read_seq: last_seq,
            is_follow_up: false,
            created_at: self.started_at,
            updated_at: self.ended_at(),
            ended_at: Some(self.ended_at()),
        };
        (conversation, messages)
    }
}
