//! Reference values: learned from what a host booted, and compared with what hosts boot.
//!
//! * [`learn_from_report`], [`learn_from_log`]: a log becomes reference values, register by
//!   register and event by event;
//! * [`validate()`]: reference values that came from anywhere are what they must be;
//! * [`compare()`]: proven measurements beside every approved configuration;
//! * [`differences`]: two versions of a configuration beside each other.
//!
//! What is compared is digests alone. An event's type and words describe a difference and decide
//! nothing: anybody can write them (CHECKS 46).

mod align;
mod compare;
mod difference;
mod learn;
mod telling;
mod validate;

use trustboard_model::pcr::PcrIndex;

pub(crate) use compare::compare;
pub use difference::differences;
pub use learn::{LearnError, Learned, learn_from_log, learn_from_report};
pub(crate) use telling::reason;
pub use validate::{ReferenceError, validate};

/// Whether a configuration may speak of a register: 0 to 14 but not 10. PCR 10 grows while the
/// host runs (IMA), and 15 to 23 belong to applications, debugging and late launch (PTP 4.6).
pub fn may_be_approved(pcr: PcrIndex) -> bool {
    let pcr = u8::from(pcr);
    pcr <= 14 && pcr != 10
}

/// Whether a configuration speaks of a register unless a reviewer decides otherwise. PCRs 1, 5
/// and 6 hold what differs from host to host: boot variables, serial numbers, the GUIDs of disks.
pub fn is_usual(pcr: PcrIndex) -> bool {
    may_be_approved(pcr) && !matches!(u8::from(pcr), 1 | 5 | 6)
}
