//! Gründe.

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
const AFTER_BOOT: &str = "Der Host wird von selbst geprüft, sobald er wieder da ist. Wenn unter Attestierung „Bestanden“ steht, beenden Sie den Wartungsmodus und setzen Sie den Alarm auf Grün zurück.";
/// The last step after a remedy without a reboot.
const VERIFY_THEN_RESET: &str = "Klicken Sie auf „Jetzt prüfen“. Wenn unter Attestierung „Bestanden“ steht, setzen Sie den Alarm auf Grün zurück.";
const THEN_RESET: &str =
    "Wenn unter Attestierung „Bestanden“ steht, setzen Sie den Alarm auf Grün zurück.";

reason_table!();
