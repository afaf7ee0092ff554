//! Disconnect, connect, and accept the identity that a host now has.

use trustboard_model::event::EventKind;
use trustboard_model::host::{IdentityState, Presence};
use trustboard_model::job::Because;
use trustboard_model::verdict::Verdict;
use trustboard_model::view::CommandDone;

use super::{Act, conflict};
use crate::command::text::said;
use crate::ctx::Halt;

impl Act<'_> {
    pub(super) async fn disconnect(mut self, reason: &str) -> Result<CommandDone, Halt> {
        let reason = said("reason", reason)?;
        if self.record.presence == Presence::Disconnected {
            return Ok(self.unchanged());
        }
        self.presence(Presence::Disconnected, Some(reason)).await?;
        Ok(self.done())
    }

    /// Takes the host back: not responding until its session speaks. If it has a TPM and no
    /// identity is on record, its keys are taken when they next answer.
    pub(super) async fn connect(mut self) -> Result<CommandDone, Halt> {
        if self.record.presence != Presence::Disconnected {
            return Ok(self.unchanged());
        }
        self.presence(Presence::NotResponding, None).await?;
        // Without a TPM there is nothing to take, and one that is added later is not to be taken
        // silently.
        if self.record.identity == IdentityState::None && self.record.tpm_version.is_some() {
            self.identity(IdentityState::Pending, None).await?;
        }
        Ok(self.done())
    }

    /// Accepts the EK that a mismatched host answered with, and no other one; or approves the EK
    /// on record where the latest appraisal missed a maker's word for it.
    pub(super) async fn accept_identity(mut self, reason: &str) -> Result<CommandDone, Halt> {
        let reason = said("reason", reason)?;
        let host = self.record.id;
        if self.record.identity == IdentityState::Pending
            && self.write.accepted_ek(host).await?.is_some()
        {
            return Ok(self.unchanged());
        }
        if self.record.identity == IdentityState::Enrolled {
            return self.approve(reason).await;
        }
        self.refuse_stale()?;
        let presented = self.write.presented_ek(host).await?;
        let Some(ek) = presented.filter(|_| self.record.identity == IdentityState::Mismatched)
        else {
            return Err(conflict("the identity is not mismatched: there is nothing to accept"));
        };
        self.write.delete_identity(host, ek).await?;
        self.identity(IdentityState::Pending, Some(reason)).await?;
        Ok(self.done())
    }

    /// Approves the EK on record by its hash. A genuine certificate is not to be weakened by an
    /// approval that nobody needs.
    async fn approve(mut self, reason: &str) -> Result<CommandDone, Halt> {
        let host = self.record.id;
        let stored = self.write.identity(host).await?;
        if stored.as_ref().is_some_and(|stored| stored.recorded.approved_by_operator) {
            return Ok(self.unchanged());
        }
        self.refuse_stale()?;
        let verdict = self.record.attested.as_ref().map(|attested| &attested.verdict);
        let needed = matches!(verdict, Some(Verdict::Untrusted(reasons))
            if reasons.all().iter().any(|reason| reason.code.yields_to_approval()));
        let Some(stored) = stored.filter(|_| needed) else {
            return Err(conflict("the identity on record needs no approval"));
        };
        self.write.approve_identity(host).await?;
        self.write.judge_again_later(host, Because::Identity).await?;
        let (from, ek) = (self.record.identity, Some(stored.ek));
        let reason = Some(reason.to_owned());
        self.event(EventKind::IdentityChanged { from, to: from, ek, reason }).await?;
        Ok(self.done())
    }

    async fn presence(&mut self, to: Presence, reason: Option<&str>) -> Result<(), Halt> {
        self.write.set_presence(self.record.id, to, reason).await?;
        let reason = reason.map(str::to_owned);
        let from = self.record.presence;
        self.event(EventKind::PresenceChanged { from, to, reason }).await
    }

    async fn identity(&mut self, to: IdentityState, reason: Option<&str>) -> Result<(), Halt> {
        self.write.set_identity_state(self.record.id, to).await?;
        let (from, ek) = (self.record.identity, self.write.accepted_ek(self.record.id).await?);
        let reason = reason.map(str::to_owned);
        self.event(EventKind::IdentityChanged { from, to, ek, reason }).await
    }
}
