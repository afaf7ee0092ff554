//! The checks, one file a group. Each function looks at one thing and writes its outcomes.

mod boot;
mod configuration;
mod counters;
mod ek_certificate;
mod freshness;
mod identity;
mod key;
mod log;
mod os_logs;
mod platform;
mod quote;
mod register_types;
mod replay;
mod secure_boot;

pub(crate) use boot::course;
pub(crate) use configuration::configuration;
pub(crate) use counters::counters;
pub(crate) use ek_certificate::{Endorsed, ek_certificate, ek_certificate_alone};
pub(crate) use freshness::{challenge, good_until, log_is_the_claimed_one};
pub(crate) use identity::{RecordedKeys, identity};
pub(crate) use key::{ak, key_refusals, keys};
pub(crate) use log::{log_bytes, log_rules, read_log, separators};
pub(crate) use os_logs::{os_logs_are_the_claimed_ones, os_registers, read_os_logs};
pub(crate) use platform::{absent_tpm, present_tpm, requirements, sha256_bank};
pub(crate) use quote::{contents, signed_quote, verified_quote};
pub(crate) use replay::replay;
pub(crate) use secure_boot::secure_boot;
