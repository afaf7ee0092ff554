//! A host's turn: it is asked for evidence, and if that says the same as before, it needs no more
//! than a share of a write.

use std::sync::Arc;

use tokio::time::Instant;
use trustboard_attest::{Again, Recognised};
use trustboard_model::job::StepKind;

use super::ask::{Answer, Progress, Unanswered};
use super::evidence;
use super::run::{Session, Stop};
use super::talk::End;
use crate::job::steady::{self, SteadyAnswer, SteadyHost};
use crate::job::{self, Claim, Work};
use crate::metrics::{Stage, counted};

impl Session {
    /// Sees the host's turn through. The session's end is passed on after it is on record.
    pub(super) async fn turn(&mut self, (work, claim): (Work, Claim)) -> Result<(), End> {
        if self.parked {
            return Ok(());
        }
        let (Some(steady), Some(established)) = (self.steady.take(), &self.established) else {
            job::verify_in_full(&self.state, work, claim);
            return Ok(());
        };
        let identity = Arc::clone(&established.identity);
        let progress = Progress::new(self.state.ctx.clone(), None, false);
        let asked = Instant::now();
        let (challenge, sent) = match evidence::challenge(self, &steady.logs, &progress).await {
            Ok(answered) => answered,
            Err(stop) => {
                let (why, end) = match stop {
                    Stop::Unanswered(unanswered) => (unanswered, Ok(())),
                    Stop::Ended(end) => (Unanswered::Ended, Err(end)),
                };
                let problem = end.as_ref().err().map_or_else(|| why.to_string(), End::reason);
                progress.step(StepKind::Problem, problem).await;
                job::not_answered(&self.state, work, claim, progress, why);
                return end;
            }
        };
        let received_at = self.state.ctx.clock.now();
        let answer = Answer { identity, challenge, sent, received_at };
        let begun = Instant::now();
        match self.recognise(&steady, &answer) {
            Some(recognised) => {
                counted().appraised(true);
                counted().took(Stage::Appraisal, begun.elapsed());
                let SteadyHost { cluster, datacenter, appraisal, revision, standards, .. } =
                    *steady;
                let latest = recognised.repetition().clock();
                self.steady = Some(Box::new(SteadyHost { latest, ..*steady }));
                let answer = SteadyAnswer {
                    recognised,
                    cluster,
                    datacenter,
                    appraisal,
                    revision,
                    standards,
                    answer,
                    progress,
                    work,
                    claim,
                    asked,
                };
                steady::record(&self.state, Box::new(answer)).await;
            }
            None => job::appraise_answer(&self.state, work, claim, progress, answer),
        }
        Ok(())
    }

    /// Recognises the same evidence again: one signature check, over before another thread would
    /// begin.
    fn recognise(&self, steady: &SteadyHost, answer: &Answer) -> Option<Recognised> {
        let numbered = self.state.standards_in_memory(steady.cluster, steady.standards)?;
        steady.steady.recognise(&Again {
            host: self.host,
            challenge: &answer.challenge,
            message: answer.sent.message()?,
            session: &answer.identity,
            standards: &numbered.standards,
            latest: Some(steady.latest),
            now: answer.received_at,
        })
    }
}
