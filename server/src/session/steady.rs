//! A host's turn: it is asked for evidence, and if that says the same as before, it needs no more
//! than a share of a write.

use std::sync::Arc;

use axum::body::Bytes;
use tokio::time::Instant;
use tracing::{Instrument as _, Span};
use trustboard_attest::{Again, Recognised, SessionIdentity};
use trustboard_model::job::StepKind;
use trustboard_model::protocol::{AgentMessage, EvidenceMessage};
use trustboard_model::time::Timestamp;

use super::ask::{Answer, Progress, Sent, Unanswered};
use super::evidence::{self, Posed};
use super::run::{Session, Stop};
use super::talk::{End, Heard};
use super::wire;
use crate::job::steady::{self, SteadyAnswer, SteadyHost};
use crate::job::{self, Claim, Work};
use crate::metrics::{Stage, counted};
use crate::state::AppState;
use crate::traces;

/// A turn of the wheel, with the claim to be the host's one verification.
pub(crate) type Turn = Box<(Work, Claim)>;

impl Session {
    /// Sees the host's turn through. The session's end is passed on after it is on record.
    ///
    /// Most turns end here. What else may come of one has a room of its own, so that this future is a
    /// small one: it is made for every turn.
    pub(super) async fn turn(&mut self, turn: Turn) -> Result<(), End> {
        if self.parked {
            return Ok(());
        }
        let (Some(steady), Some(established)) = (self.steady.take(), &self.established) else {
            let (work, claim) = *turn;
            job::verify_in_full(&self.state, work, claim);
            return Ok(());
        };
        let identity = Arc::clone(&established.identity);
        let mut posed = Posed::new(self);
        let span = traces::verification(turn.0.host, &turn.0.trigger);
        let asked = async {
            posed.send(self, &steady.logs).await?;
            self.talk.hear(Some(posed.until())).await
        };
        let heard = asked.instrument(traces::span!(in &span, "challenge")).await;
        let received_at = posed.arrived(&*self.state.ctx.clock);
        let asked = Asked { steady, identity, posed, received_at, span };
        if let Ok(Heard::Frame(frame)) = &heard {
            let begun = Instant::now();
            if let Some(quoted) = asked.appraisal().in_scope(|| self.recognise_frame(&asked, frame))
            {
                counted().took(Stage::Answer, begun.duration_since(asked.posed.asked));
                counted().took(Stage::Appraisal, begun.elapsed());
                if let Err(answer) = self.repeat(asked, quoted, turn) {
                    Box::pin(steady::record(&self.state, answer)).await;
                }
                return Ok(());
            }
        }
        Box::pin(self.read(asked, heard, turn)).await
    }

    /// What was heard is not written as before: it is read.
    async fn read(
        &mut self,
        asked: Asked,
        heard: Result<Heard, End>,
        turn: Turn,
    ) -> Result<(), End> {
        let Asked { steady, identity, mut posed, span, .. } = asked;
        let progress = Progress::new(self.state.ctx.clone(), None, false);
        posed.tell(&progress).await;
        let (sent, frame) = match evidence::answer(self, &posed, &steady.logs, Some(heard)).await {
            Ok(answered) => answered,
            Err(stop) => {
                let (why, end) = match stop {
                    Stop::Unanswered(unanswered) => (unanswered, Ok(())),
                    Stop::Ended(end) => (Unanswered::Ended, Err(end)),
                };
                let problem = end.as_ref().err().map_or_else(|| why.to_string(), End::reason);
                progress.step(StepKind::Problem, problem).await;
                let (work, claim) = *turn;
                job::not_answered(&self.state, work, claim, progress, why);
                return end;
            }
        };
        counted().took(Stage::Answer, posed.asked.elapsed());
        let received_at = posed.arrived(&*self.state.ctx.clock);
        let begun = Instant::now();
        let mut asked = Asked { steady, identity, posed, received_at, span };
        if let (Sent::Evidence(message), Some(frame)) = (&sent, frame)
            && let Some(quoted) =
                asked.appraisal().in_scope(|| self.recognise(&asked, message, &frame))
        {
            counted().took(Stage::Appraisal, begun.elapsed());
            asked.steady.steady.remember_frame(&frame, message);
            if let Err(answer) = self.repeat(asked, quoted, turn) {
                steady::record(&self.state, answer).await;
            }
            return Ok(());
        }
        let Asked { identity, posed, received_at, .. } = asked;
        evidence::tell_answer(&progress, &posed, &sent, self.talk.size()).await;
        let Posed { challenge, .. } = posed;
        let answer = Answer { identity, challenge, sent, received_at };
        let (work, claim) = *turn;
        job::appraise_answer(&self.state, work, claim, progress, answer);
        Ok(())
    }

    /// Hands a recognised answer on to be recorded, and goes on from it. Gives it back if there is no
    /// room for it at once.
    fn repeat(
        &mut self,
        asked: Asked,
        quoted: Quoted,
        turn: Turn,
    ) -> Result<(), Box<SteadyAnswer>> {
        counted().appraised(true);
        let Asked { mut steady, identity, posed, received_at, span } = asked;
        let arrived = Arrived { posed, identity, received_at, span };
        let SteadyHost { cluster, datacenter, appraisal, revision, standards, .. } = *steady;
        steady.latest = quoted.recognised.repetition().clock();
        self.steady = Some(steady);
        steady::record_at_once(
            &self.state,
            Box::new(SteadyAnswer {
                quoted,
                arrived,
                cluster,
                datacenter,
                appraisal,
                revision,
                standards,
                turn,
            }),
        )
    }

    /// Recognises the same evidence again: one signature check, over before another thread would
    /// begin.
    fn recognise_frame(&self, asked: &Asked, frame: &Bytes) -> Option<Quoted> {
        self.again(asked, |again| {
            let steady = &asked.steady.steady;
            let (recognised, quote) = steady.recognise_frame(frame, asked.posed.id, again)?;
            Some(Quoted {
                recognised,
                frame: frame.clone(),
                attest: frame.slice_ref(quote.attest),
                signature: frame.slice_ref(quote.signature),
            })
        })
    }

    /// The same of a message that was read.
    fn recognise(&self, asked: &Asked, message: &EvidenceMessage, frame: &Bytes) -> Option<Quoted> {
        let quoted = message.quoted.as_ref()?;
        self.again(asked, |again| {
            Some(Quoted {
                recognised: asked.steady.steady.recognise(message, again)?,
                frame: frame.clone(),
                attest: Bytes::copy_from_slice(&quoted.attest),
                signature: Bytes::copy_from_slice(&quoted.signature),
            })
        })
    }

    fn again<T>(&self, asked: &Asked, then: impl FnOnce(&Again<'_>) -> Option<T>) -> Option<T> {
        let Asked { steady, identity, posed, received_at, .. } = asked;
        let numbered = self.state.standards_in_memory(steady.cluster, steady.standards)?;
        then(&Again {
            host: self.host,
            challenge: &posed.challenge,
            session: identity,
            standards: &numbered.standards,
            latest: Some(steady.latest),
            now: *received_at,
        })
    }
}

/// To what a host answers, and when.
struct Asked {
    /// What recognises the answer.
    steady: Box<SteadyHost>,
    identity: Arc<SessionIdentity>,
    posed: Posed,
    received_at: Timestamp,
    span: Span,
}

impl Asked {
    /// The span of appraising the answer.
    fn appraisal(&self) -> Span {
        traces::span!(in &self.span, "appraisal", steady = true)
    }
}

/// An answer that was recognised, as it came.
#[derive(Debug)]
pub(crate) struct Quoted {
    pub(crate) recognised: Recognised,
    frame: Bytes,
    pub(crate) attest: Bytes,
    pub(crate) signature: Bytes,
}

/// To what it answers, on whose session, and when it came.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub(crate) posed: Posed,
    identity: Arc<SessionIdentity>,
    pub(crate) received_at: Timestamp,
    /// What the verification is to traces.
    pub(crate) span: Span,
}

/// Everything to go the full way with a recognised answer that its record refused.
pub(crate) async fn in_full(
    state: &AppState,
    arrived: Arrived,
    quoted: Quoted,
) -> (Progress, Answer) {
    let Arrived { posed, identity, received_at, .. } = arrived;
    let progress = Progress::new(state.ctx.clone(), None, false);
    posed.tell(&progress).await;
    let sent = match wire::decode(&quoted.frame) {
        Ok(AgentMessage::Evidence(message)) => Sent::Evidence(Box::new(message)),
        // It is as long as one that was read, and differs from it in three byte strings only.
        Ok(_) => Sent::Unreadable("expected evidence".to_owned()),
        Err(problem) => Sent::Unreadable(problem),
    };
    evidence::tell_answer(&progress, &posed, &sent, quoted.frame.len()).await;
    let Posed { challenge, .. } = posed;
    (progress, Answer { identity, challenge, sent, received_at })
}
