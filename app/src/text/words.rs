//! States in a word or two.

use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::{PcrState, SecureBoot};
use trustboard_model::boot::Topic;
use trustboard_model::check::{Group, Outcome, Strictness};
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::facts::TpmInterface;
use trustboard_model::host::{Attestation, Freshness, IdentityState, Presence};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::role::Role;
use trustboard_model::view::{AlarmView, HostAction, Mark};

use super::Language;

/// A state that each language has a word for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word<'a> {
    Attestation(Attestation),
    Freshness(Freshness),
    Presence(Presence),
    Identity(IdentityState),
    SecureBoot(SecureBoot),
    Outcome(&'a Outcome),
    Strictness(Strictness),
    PcrState(PcrState),
    Green,
    Red,
    Condition(Condition),
    Role(Role),
    Mark(Mark),
    Action(&'a HostAction),
    TpmInterface(TpmInterface),
}

/// The Attestation column: `Passed`, `Failed`, `Unknown`, `N/A`.
pub fn attestation(language: Language, value: Attestation) -> &'static str {
    language.catalogue().word(Word::Attestation(value))
}

/// `Never verified`, `Fresh`, `Stale`.
pub fn freshness(language: Language, value: Freshness) -> &'static str {
    language.catalogue().word(Word::Freshness(value))
}

/// `Connected`, `Not responding`, `Disconnected`.
pub fn presence(language: Language, value: Presence) -> &'static str {
    language.catalogue().word(Word::Presence(value))
}

/// The identity on record: `None on record`, `Pending`, `Enrolled`, `Mismatched`.
pub fn identity(language: Language, value: IdentityState) -> &'static str {
    language.catalogue().word(Word::Identity(value))
}

/// The Secure Boot column: `On`, `Off`, `Not supported`, `Unknown`.
pub fn secure_boot(language: Language, value: SecureBoot) -> &'static str {
    language.catalogue().word(Word::SecureBoot(value))
}

/// What came of a check: `Passed`, `Failed`, `Not evaluated`, `Not applicable`.
pub fn outcome(language: Language, value: &Outcome) -> &'static str {
    language.catalogue().word(Word::Outcome(value))
}

/// How a policy takes a failed check: `Fails the host`, `Warns`, `Recorded only`.
pub fn strictness(language: Language, value: Strictness) -> &'static str {
    language.catalogue().word(Word::Strictness(value))
}

/// The heading of a group of checks.
pub fn group(language: Language, value: Group) -> &'static str {
    language.catalogue().group(value)
}

/// What a row of the PCR table says.
pub fn pcr_state(language: Language, value: PcrState) -> &'static str {
    language.catalogue().word(Word::PcrState(value))
}

/// What a register is for: `Secure Boot policy`.
pub fn pcr_purpose(language: Language, pcr: PcrIndex) -> &'static str {
    language.catalogue().pcr_purpose(pcr)
}

/// `Green` or `Red`.
pub fn alarm_colour(language: Language, alarm: &AlarmView) -> &'static str {
    language.catalogue().word(match alarm {
        AlarmView::Green => Word::Green,
        AlarmView::Red { .. } => Word::Red,
    })
}

/// Whether a red alarm's condition still holds: `condition now: cleared`.
pub fn condition(language: Language, value: Condition) -> &'static str {
    language.catalogue().word(Word::Condition(value))
}

/// `Viewer`, `Operator`, `Administrator`.
pub fn role(language: Language, value: Role) -> &'static str {
    language.catalogue().word(Word::Role(value))
}

/// What a role may do, in one sentence.
pub fn role_meaning(language: Language, value: Role) -> &'static str {
    language.catalogue().role_meaning(value)
}

/// The worst state below a node of the inventory tree, for screen readers and hints.
pub fn mark(language: Language, value: Mark) -> &'static str {
    language.catalogue().word(Word::Mark(value))
}

/// The button of an action: `Verify now`.
pub fn action(language: Language, value: &HostAction) -> &'static str {
    language.catalogue().word(Word::Action(value))
}

/// `TIS/FIFO`, `CRB`, `unknown`.
pub fn tpm_interface(language: Language, value: TpmInterface) -> &'static str {
    language.catalogue().word(Word::TpmInterface(value))
}

/// What an event of a boot is about: `Kernel command line`.
pub fn topic(language: Language, value: Topic) -> &'static str {
    language.catalogue().topic(value)
}

/// Where a configuration is in its life: `Draft`, `Approved`.
pub fn configuration_state(language: Language, value: ConfigurationState) -> &'static str {
    language.catalogue().configuration_state(value)
}
