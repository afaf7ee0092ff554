//! What happened, and the steps of jobs.

use trustboard_model::event::EventKind;
use trustboard_model::job::{Because, JobState, StepKind, Trigger};

pub(super) fn event(event: &EventKind) -> &'static str {
    match event {
        EventKind::DatacenterCreated { .. } => "Created the datacenter {name}.",
        EventKind::ClusterCreated { .. } => "Created the cluster {name}.",
        EventKind::DatacenterRenamed { .. } => "Renamed the datacenter {from} to {to}.",
        EventKind::DatacenterDeleted { .. } => "Deleted the datacenter {name}.",
        EventKind::ClusterRenamed { .. } => "Renamed the cluster {from} to {to}.",
        EventKind::ClusterMoved { .. } => {
            "Moved the cluster {name} from the datacenter {from} to {to}; hosts in it: {hosts}."
        }
        EventKind::ClusterDeleted { .. } => "Deleted the cluster {name}.",
        EventKind::TokenCreated { .. } => "Created the enrolment token {token}.",
        EventKind::ViewShared { .. } => "Shared the view “{name}”[: {filter}].",
        EventKind::ViewUnshared { .. } => "No longer shares the view “{name}”.",
        EventKind::TokenRevoked { .. } => "Revoked the enrolment token {token}.",
        EventKind::OperatorCreated { .. } => "Created the operator {name} with the role {role}.",
        EventKind::OperatorChanged { .. } => {
            "Changed the role or the password of {name}; the role is now {role}."
        }
        EventKind::SetupCodeCreated => "Made a setup code for the first administrator.",
        EventKind::SignInLinkMade { .. } => {
            "Made a link that signs {name} in, once, until {until}."
        }
        EventKind::PasswordChanged { .. } => "{name} changed their own password.",
        EventKind::PasswordReset { .. } => {
            "Took the password of {name} away and ended their sessions."
        }
        EventKind::OperatorDisabled { .. } => "Disabled {name} and ended their sessions: {reason}.",
        EventKind::OperatorEnabled { .. } => "Enabled {name} again.",
        EventKind::SessionsEnded { .. } => "Ended sessions of {name}: {count}.",
        EventKind::KeyCreated { .. } => {
            "Created the API key {key} of {name} with the role {role}[ in {datacenters}], good until {until}."
        }
        EventKind::KeyRevoked { .. } => "Revoked the API key {key} of {name}.",
        EventKind::SettingsChanged { .. } => {
            "Set two people for approvals: {approvals}; two people for resets: {resets}."
        }
        EventKind::ResetAsked { .. } => {
            "Asked to reset the alarm (occurrence {occurrence}); a second person must confirm: {reason}."
        }
        EventKind::ResetDeclined { .. } => {
            "Declined the reset that {asked} had asked for (occurrence {occurrence}): {reason}."
        }
        EventKind::ResetLapsed { .. } => {
            "The reset that {asked} had asked for lapsed (occurrence {occurrence}): the state changed."
        }
        EventKind::SignedIn { .. } => "{name} signed in.",
        EventKind::SignedOut { .. } => "{name} signed out.",
        EventKind::SignInRefused { .. } => "A sign-in as {name} was refused.",
        EventKind::HostEnrolled { tpm: true, .. } => "The host enrolled as {name}, with a TPM 2.0.",
        EventKind::HostEnrolled { tpm: false, .. } => {
            "The host enrolled as {name}, without a TPM 2.0."
        }
        EventKind::HostMoved { .. } => {
            "Moved the host {name} from the cluster {from} to {to}; it is judged by that one's policy now."
        }
        EventKind::HostRemoved { .. } => {
            "Removed the host {name}[: {reason}]. Its history is kept."
        }
        EventKind::IdentityChanged { from, to, .. } if from == to => {
            "The endorsement key on record was approved[: {ek}…][; {reason}]."
        }
        EventKind::IdentityChanged { .. } => {
            "The identity on record changed from “{from}” to “{to}”[; endorsement key {ek}…][: {reason}]."
        }
        EventKind::PresenceChanged { .. } => {
            "The connection changed from “{from}” to “{to}”[: {reason}]."
        }
        EventKind::Appraised { .. } => {
            "Attestation [changed from {from} to {to}|is {to}], Secure Boot {secure_boot}[: {reasons}]."
        }
        EventKind::VerificationFailed { .. } => {
            "A verification could not be finished[: {problem}]. The last verdict stands."
        }
        EventKind::AlarmRaised { .. } => {
            "The alarm was raised, occurrence {occurrence}[: {reasons}]."
        }
        EventKind::AlarmConditionCleared { .. } => {
            "The condition of the alarm has cleared (occurrence {occurrence}). The alarm stays red until somebody resets it."
        }
        EventKind::AlarmConditionChanged { .. } => {
            "The condition of the alarm holds again, or is not known (occurrence {occurrence})."
        }
        EventKind::AlarmAcknowledged { .. } => {
            "Acknowledged the alarm, occurrence {occurrence}[, until {until}][: {comment}]."
        }
        EventKind::AlarmReset { condition_held: false, .. } => {
            "Reset the alarm to green, occurrence {occurrence}[ ({reasons})][; asked for by {asked}][: {reason}]."
        }
        EventKind::AlarmReset { condition_held: true, .. } => {
            "Reset the alarm to green although its condition still held, occurrence {occurrence}[ ({reasons})][; asked for by {asked}][: {reason}]."
        }
        EventKind::MaintenanceEntered { .. } => "Entered maintenance mode[: {reason}].",
        EventKind::MaintenanceLeft => "Left maintenance mode.",
        EventKind::JobStarted { .. } => "Started the verification job {job}.",
        EventKind::BulkStarted { .. } => {
            "Started “{action}” on {hosts} hosts[, those that match {query}][: {reason}]."
        }
        EventKind::BulkEnded { cancelled: false, .. } => {
            "The bulk job ended: {changed} changed, {unchanged} were so already, {failed} not done."
        }
        EventKind::BulkEnded { cancelled: true, .. } => {
            "The bulk job was cancelled: {changed} changed, {unchanged} were so already, {failed} not done."
        }
        EventKind::AutomaticResetChanged { on: true, .. } => {
            "Alarms of {name} now reset themselves when a host passes."
        }
        EventKind::AutomaticResetChanged { on: false, .. } => {
            "Alarms of {name} are now reset by somebody only."
        }
        EventKind::ConfigurationCaptured { .. } => {
            "Captured the configuration {configuration} from the host {host}."
        }
        EventKind::ConfigurationImported { .. } => {
            "Imported the configuration {configuration}[ from the file {file}]."
        }
        EventKind::ConfigurationEdited { .. } => "Edited the configuration {configuration}.",
        EventKind::ConfigurationApproved { complete: true, .. } => {
            "Approved the configuration {configuration}; hosts may boot it now."
        }
        EventKind::ConfigurationApproved { complete: false, .. } => {
            "Approved the configuration {configuration}; a second person must approve it, too."
        }
        EventKind::ConfigurationSuperseded { .. } => {
            "The configuration {configuration} was superseded by version {version}."
        }
        EventKind::ConfigurationRetired { .. } => {
            "Retired the configuration {configuration}[: {reason}]."
        }
        EventKind::ChangeAccepted { .. } => {
            "Accepted what the host booted as the configuration {configuration}[: {reason}]."
        }
        EventKind::PolicyChanged { .. } => {
            "Changed the policy of the cluster {cluster} from version {from} to {to}[: {changes}]."
        }
        EventKind::ExceptionGranted { .. } => {
            "Granted an exception for “{check}” until {until}[: {reason}]."
        }
        EventKind::ExceptionEnded { reason: Some(_), .. } => {
            "Ended the exception for “{check}”[: {reason}]."
        }
        EventKind::ExceptionEnded { reason: None, .. } => {
            "The exception for “{check}” has ended: its time came."
        }
        EventKind::MakersImported { .. } => {
            "Imported TPM makers' certificates from {file}: {trusted} trusted as published roots, {awaiting} awaiting confirmation, {follows} intermediates, {lists} revocation lists, {known} known before, {refused} refused."
        }
        EventKind::MakerTrustChanged { .. } => {
            "The TPM maker certificate “{subject}” ({fingerprint}) changed from “{from}” to “{to}”[: {note}]."
        }
        EventKind::BackupMade { .. } => "Made a backup of {bytes} with {events} events.",
        EventKind::BackupRestored { .. } => {
            "Restored the backup {file} with {events} events. What happened after that backup is not in this record."
        }
        EventKind::PastForgotten { .. } => {
            "{evidence} pieces of evidence from before {evidence_before} and {conclusions} conclusions from before {conclusions_before} were taken away: they are not kept any longer."
        }
        EventKind::MakerRemoved { .. } => {
            "Removed the TPM maker certificate or revocation list “{subject}” ({fingerprint})[: {reason}]."
        }
        EventKind::ChainVerified { .. } => {
            "Verified the chain of events: {events} events are whole, the last hash is {head}."
        }
        EventKind::ChainBroken { .. } => {
            "Verified the chain of events: it is broken at event {first}[: {problem}]."
        }
    }
}

pub(super) fn step(step: StepKind) -> &'static str {
    match step {
        StepKind::Queued => "Queued",
        StepKind::SessionFound => "The host's session was found",
        StepKind::SessionMissing => "The host has no session",
        StepKind::IdentityAsked => "The host was asked for its keys",
        StepKind::IdentityCompared => "The keys were compared with the record",
        StepKind::CredentialSent => "The TPM was challenged to unwrap a credential",
        StepKind::IdentityProven => "The TPM proved its identity",
        StepKind::ChallengeSent => "The challenge was sent",
        StepKind::EvidenceReceived => "The evidence arrived",
        StepKind::AgentRefused => "The agent answered that it cannot",
        StepKind::Appraised => "The evidence was appraised",
        StepKind::Recorded => "The result was recorded",
        StepKind::AlarmReset => "The alarm was reset to green as asked",
        StepKind::AlarmKept => "The alarm was kept, because the host did not pass",
        StepKind::Problem => "Something went wrong",
    }
}

pub(super) fn trigger(trigger: &Trigger) -> &'static str {
    match trigger {
        Trigger::Scheduled => "By the schedule",
        Trigger::Boot => "The host connected after a boot",
        Trigger::Reconnect => "The host connected again",
        Trigger::Reappraised { because } => match because {
            Because::Policy => "Stored evidence, because the policy changed",
            Because::Configurations => {
                "Stored evidence, because the approved configurations changed"
            }
            Because::Exceptions => "Stored evidence, because an exception began or ended",
            Because::Revocations => {
                "Stored evidence, because the official list of revocations changed"
            }
            Because::Makers => "Stored evidence, because the makers' certificates changed",
            Because::Cluster => "Stored evidence, because the host was moved to another cluster",
            Because::Identity => "Stored evidence, because the endorsement key was approved",
        },
        Trigger::Operator { then_reset: None, .. } => "Verify now, by {name}",
        Trigger::Operator { then_reset: Some(_), .. } => {
            "Verify, then reset if it passes, by {name}"
        }
    }
}

pub(super) fn job_state(state: &JobState) -> &'static str {
    match state {
        JobState::Queued => "Queued",
        JobState::Running => "Running",
        JobState::Done => "Done",
        JobState::Failed { .. } => "Not finished[: {problem}]",
    }
}
