//! What shim measures into PCR 14: its own lists of keys and their state.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

use super::said;
use super::text::text;
use crate::eventlog::Event;

/// EV_IPL in PCR 14: the name of a variable beside the digest of its content (shim's README.tpm).
/// The name is anybody's word, except where the content is one of a few bytes and so known.
pub(super) fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let name = text(event.data).unwrap_or_default();
    let topic = if name.starts_with("Sbat") || name == "SBAT" { Topic::Sbat } else { Topic::Mok };
    match (0..=1_u8).find(|value| event.covers(bank, &[*value])) {
        Some(value) if topic == Topic::Mok => (topic, said(format!("{name}={value:02x}"), false)),
        _ => (topic, said(name, event.covers_data(bank))),
    }
}
