//! Les motifs.

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
const AFTER_BOOT: &str = "L'hôte est vérifié de lui-même à son retour. Lorsque la colonne Attestation indique « Réussie », quittez le mode maintenance et remettez l'alarme au vert.";
/// The last step after a remedy without a reboot.
const VERIFY_THEN_RESET: &str = "Cliquez sur « Vérifier maintenant ». Lorsque la colonne Attestation indique « Réussie », remettez l'alarme au vert.";
const THEN_RESET: &str =
    "Lorsque la colonne Attestation indique « Réussie », remettez l'alarme au vert.";

reason_table!();
