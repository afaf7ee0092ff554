//! States in a word or two.

use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::{PcrState, SecureBoot};
use trustboard_model::check::{Outcome, Strictness};
use trustboard_model::facts::TpmInterface;
use trustboard_model::host::{Attestation, Freshness, IdentityState, Presence};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::role::Role;
use trustboard_model::view::{HostAction, Mark};

use crate::text::words::Word;

#[expect(clippy::match_same_arms, reason = "one word for two states; other languages inflect")]
pub(super) fn word(word: Word<'_>) -> &'static str {
    match word {
        Word::Attestation(Attestation::Passed) => "Passed",
        Word::Attestation(Attestation::Failed) => "Failed",
        Word::Attestation(Attestation::Unknown) => "Unknown",
        Word::Attestation(Attestation::NotApplicable) => "N/A",
        Word::Freshness(Freshness::Never) => "Never verified",
        Word::Freshness(Freshness::Fresh) => "Fresh",
        Word::Freshness(Freshness::Stale) => "Stale",
        Word::Presence(Presence::Connected) => "Connected",
        Word::Presence(Presence::NotResponding) => "Not responding",
        Word::Presence(Presence::Disconnected) => "Disconnected",
        Word::Identity(IdentityState::None) => "None on record",
        Word::Identity(IdentityState::Pending) => "Pending",
        Word::Identity(IdentityState::Enrolled) => "Enrolled",
        Word::Identity(IdentityState::Mismatched) => "Mismatched",
        Word::SecureBoot(SecureBoot::On) => "On",
        Word::SecureBoot(SecureBoot::Off) => "Off",
        Word::SecureBoot(SecureBoot::Unsupported) => "Not supported",
        Word::SecureBoot(SecureBoot::Unknown) => "Unknown",
        Word::Outcome(Outcome::Passed(_)) => "Passed",
        Word::Outcome(Outcome::Failed(_)) => "Failed",
        Word::Outcome(Outcome::NotEvaluated(_)) => "Not evaluated",
        Word::Outcome(Outcome::NotApplicable(_)) => "Not applicable",
        Word::Strictness(Strictness::Fail) => "Fails the host",
        Word::Strictness(Strictness::Warn) => "Warns",
        Word::Strictness(Strictness::Ignore) => "Recorded only",
        Word::PcrState(PcrState::Explained) => "Explained by the log",
        Word::PcrState(PcrState::Mismatch) => "Does not match the log",
        Word::PcrState(PcrState::Reset) => "Reset value, no events",
        Word::PcrState(PcrState::NotEvaluated) => "Not evaluated: extended by the operating system",
        Word::PcrState(PcrState::Unexplained) => "Extended, but no log says by what",
        Word::Green => "Green",
        Word::Red => "Red",
        Word::Condition(Condition::Holds) => "condition now: still holds",
        Word::Condition(Condition::Cleared { .. }) => "condition now: cleared",
        Word::Condition(Condition::Unknown) => "condition now: not known",
        Word::Role(Role::Viewer) => "Viewer",
        Word::Role(Role::Operator) => "Operator",
        Word::Role(Role::Approver) => "Approver",
        Word::Role(Role::Administrator) => "Administrator",
        Word::Mark(Mark::Empty) => "No hosts",
        Word::Mark(Mark::Good) => "Every host passed",
        Word::Mark(Mark::Unknown) => "Something is unknown, stale or without a TPM",
        Word::Mark(Mark::Warning) => "A red alarm waits to be reset",
        Word::Mark(Mark::Bad) => "A host failed",
        Word::Action(HostAction::VerifyNow) => "Verify now",
        Word::Action(HostAction::VerifyThenReset { .. }) => "Verify, then reset if it passes",
        Word::Action(HostAction::Acknowledge { .. }) => "Acknowledge…",
        Word::Action(HostAction::Reset { .. }) => "Reset to green…",
        Word::Action(HostAction::ConfirmReset) => "Confirm the reset",
        Word::Action(HostAction::DeclineReset { .. }) => "Decline the reset…",
        Word::Action(HostAction::EnterMaintenance { .. }) => "Enter maintenance mode…",
        Word::Action(HostAction::LeaveMaintenance) => "Leave maintenance mode",
        Word::Action(HostAction::Disconnect { .. }) => "Disconnect…",
        Word::Action(HostAction::Connect) => "Connect",
        Word::Action(HostAction::AcceptIdentity { .. }) => "Accept new identity…",
        Word::TpmInterface(TpmInterface::Tis) => "TIS/FIFO",
        Word::TpmInterface(TpmInterface::Crb) => "CRB",
        Word::TpmInterface(TpmInterface::Unknown) => "not known",
    }
}

pub(super) fn pcr_purpose(pcr: PcrIndex) -> &'static str {
    match u8::from(pcr) {
        0 => "Firmware code",
        1 => "Firmware configuration",
        2 => "Option ROM code",
        3 => "Option ROM configuration",
        4 => "Boot loader code",
        5 => "Boot loader configuration, partition table",
        6 => "Host platform manufacturer",
        7 => "Secure Boot policy",
        8 => "Boot loader commands, kernel command line",
        9 => "Files read by the boot loader, initrd",
        10 => "Files run by the operating system (IMA)",
        11 => "Unified kernel image",
        12 => "Kernel command line and credentials (systemd)",
        13 => "System extensions",
        14 => "Machine owner keys (shim)",
        15 => "System identity",
        16 => "Debugging",
        17..=22 => "Dynamic root of trust",
        _ => "Applications",
    }
}

pub(super) fn role_meaning(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Sees everything, changes nothing.",
        Role::Operator => "Works with hosts and alarms; captures and edits configurations.",
        Role::Approver => {
            "Also decides what hosts are judged by: approved configurations, policies, exceptions, TPM makers, another EK."
        }
        Role::Administrator => {
            "Also manages inventory, enrolment tokens, operators and the server's settings."
        }
    }
}
