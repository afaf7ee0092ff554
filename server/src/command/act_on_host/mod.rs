//! Does what an operator asked to a host.

mod alarm;
mod connection;
mod maintenance;
mod verify;

use trustboard_model::alarm::{Alarm, Condition};
use trustboard_model::event::EventKind;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{CommandDone, HostAction, HostCommand, Viewer};

pub(super) use self::alarm::expiry;
use crate::auth::operator::may_in;
use crate::ctx::{Ctx, Halt};
use crate::store::record::HostRecord;
use crate::store::{HostScope, Write};

/// Does what an operator asked to a host. The Attestation column is not among what it can change.
///
/// What is so already is answered with `changed: false` and writes nothing, whatever revision the
/// command carries: repeating a command is harmless. Otherwise those that depend on what the
/// operator saw are refused as stale if the host has changed since.
pub async fn act_on_host(
    ctx: &Ctx,
    viewer: &Viewer,
    command: &HostCommand,
) -> Result<CommandDone, Refusal> {
    ctx.answer(act(ctx, viewer, command).await)
}

async fn act(ctx: &Ctx, viewer: &Viewer, command: &HostCommand) -> Result<CommandDone, Halt> {
    let mut write = ctx.write().await?;
    let done = act_in(ctx, &mut write, viewer, command).await?;
    // Also what was so already: on the disk, once this is told.
    write.commit().await?;
    Ok(done)
}

/// Does it within a transaction, which may do the same to other hosts. A refusal may leave
/// something half done: the caller undoes it.
pub(super) async fn act_in(
    ctx: &Ctx,
    write: &mut Write,
    viewer: &Viewer,
    command: &HostCommand,
) -> Result<CommandDone, Halt> {
    let record = write.host(command.host).await?.ok_or_else(|| Refusal::not_found("host"))?;
    let needs = match command.action {
        // Whose TPM a host's evidence is believed of is what it is judged by.
        HostAction::AcceptIdentity { .. } => Role::Approver,
        _ => Role::Operator,
    };
    may_in(viewer, needs, record.datacenter.id, "host")?;
    let act = Act { ctx, write, record, viewer, seen: command.revision };
    match &command.action {
        HostAction::VerifyNow => act.verify(None).await,
        HostAction::VerifyThenReset { reason } => act.verify(Some(reason)).await,
        HostAction::Acknowledge { comment, minutes, until } => {
            act.acknowledge(comment, *minutes, *until).await
        }
        HostAction::Reset { reason } => act.reset(reason).await,
        HostAction::ConfirmReset => act.confirm_reset().await,
        HostAction::DeclineReset { reason } => act.decline_reset(reason).await,
        HostAction::EnterMaintenance { reason } => act.enter_maintenance(reason).await,
        HostAction::LeaveMaintenance => act.leave_maintenance().await,
        HostAction::Disconnect { reason } => act.disconnect(reason).await,
        HostAction::Connect => act.connect().await,
        HostAction::AcceptIdentity { reason } => act.accept_identity(reason).await,
    }
}

/// One act: the transaction, the host as it is, who acts, and the revision that they saw.
struct Act<'a> {
    ctx: &'a Ctx,
    write: &'a mut Write,
    record: HostRecord,
    viewer: &'a Viewer,
    seen: u64,
}

impl Act<'_> {
    fn scope(&self) -> HostScope {
        HostScope::from(&self.record)
    }

    async fn event(&mut self, kind: EventKind) -> Result<(), Halt> {
        self.record.revision =
            self.write.host_event(&self.viewer.actor(), self.scope(), kind).await?;
        Ok(())
    }

    /// It was so already.
    fn unchanged(self) -> CommandDone {
        CommandDone {
            revision: self.record.revision,
            changed: false,
            job: None,
            awaits_second: false,
        }
    }

    /// It was done, once it is committed.
    fn done(self) -> CommandDone {
        CommandDone {
            revision: self.record.revision,
            changed: true,
            job: None,
            awaits_second: false,
        }
    }

    /// Refuses what was asked of an older state.
    fn refuse_stale(&self) -> Result<(), Refusal> {
        let (seen, current) = (self.seen, self.record.revision);
        if seen == current {
            return Ok(());
        }
        Err(Refusal::Stale { seen, current, now: in_words(&self.record) })
    }
}

/// A host's state in a few words.
fn in_words(record: &HostRecord) -> String {
    let alarm = match &record.alarm {
        Alarm::Green { .. } => "the alarm is green".to_owned(),
        Alarm::Red(red) => {
            let codes: Vec<_> = red.reasons.iter().map(|reason| reason.code()).collect();
            let condition = match red.condition {
                Condition::Holds => "the condition holds",
                Condition::Cleared { .. } => "the condition is cleared",
                Condition::Unknown => "whether the condition holds is not known",
            };
            format!(
                "the alarm is red (occurrence {}: {}), {condition}",
                red.occurrence,
                codes.join(", ")
            )
        }
    };
    format!("attestation {}, {alarm}", record.attestation().code())
}

/// The refusal of what the host's state does not allow.
fn conflict(problem: &str) -> Halt {
    Refusal::Conflict { problem: problem.to_owned() }.into()
}
