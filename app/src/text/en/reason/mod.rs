//! Reasons: which text belongs to which code.

mod boot;
mod certificate;
mod configuration;
mod identity;
mod keys;
mod log;
mod os_logs;
mod platform;
mod quote;
mod secure_boot;
mod tpm;

use crate::text::reason_table::reason_table;

/// The last step after a remedy that ends in a reboot.
const AFTER_BOOT: &str = "The host is verified by itself when it comes back. Once Attestation reads Passed, leave maintenance mode and reset the alarm to green.";
/// The last step after a remedy without a reboot.
const VERIFY_THEN_RESET: &str =
    "Press Verify now. Once Attestation reads Passed, reset the alarm to green.";
/// The last step where an earlier one has verified already.
const THEN_RESET: &str = "Once Attestation reads Passed, reset the alarm to green.";

reason_table!();
