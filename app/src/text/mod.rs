//! The catalogue: every text that an operator reads, in every language that is offered.
//!
//! Pure functions from the words of `trustboard-model` to text. Each language implements
//! `Catalogue`; the compiler refuses one in which anything is missing, and a language stands in
//! [`Language::offered`] only when it does. Texts are templates (see `template`), filled with the
//! facts at hand; a fact that is absent leaves no hole.

mod access;
mod admin;
mod admin_values;
mod advisory;
mod alarms;
mod catalogue;
mod cause;
mod check;
mod de;
mod en;
mod event;
mod fact;
mod format;
mod fr;
mod front;
mod history;
mod job;
mod kept;
mod language;
mod lent;
#[cfg(feature = "hydrate")]
mod loaded;
mod makers;
mod message;
mod phrase;
mod reason;
mod reason_table;
mod refusal;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod trust;
mod ui;
mod words;

pub use access::{AccessPhrase, AccessWord, access_phrase, access_word};
pub use admin::{AdminPhrase, AdminWord, admin_phrase, admin_word, event_kind, size};
pub use advisory::{AdvisoryWord, advisory_word, behind, late_by, missing};
pub use alarms::{
    AlarmPhrase, AlarmWord, alarm_columns, alarm_phrase, alarm_word, bulk_state, condition_now,
    event_group,
};
pub use cause::{CausePhrase, CauseWord, cause_phrase, cause_word};
pub use check::{CheckText, check};
pub use event::{actor, event, roles};
pub use fact::fact;
pub(crate) use format::wall;
pub use format::{ago, day, decimal_mark, moment, number};
pub use front::{Deed, FrontWord, deed, front_word, hosts, offline_since};
pub use history::{HistoryPhrase, HistoryWord, history_phrase, history_word};
pub use job::{job_state, step, trigger};
pub use kept::{KeptWord, kept_for, kept_kind, kept_removed, kept_word};
pub use language::Language;
pub use lent::lent;
#[cfg(feature = "hydrate")]
pub(crate) use loaded::load;
pub use makers::{
    MakerWord, import_counts, import_outcome, import_place, maker_kind, maker_note, maker_origin,
    maker_problem, maker_repair, maker_trust, maker_trust_meaning, maker_validity, maker_word,
};
pub use message::{MessageText, cause, message};
pub use phrase::{Phrase, phrase};
pub use reason::{ReasonText, reason, reason_title};
pub use refusal::refusal;
pub use table::{
    TablePhrase, TableWord, column, query_field, query_problem, table_phrase, table_word,
};
pub use trust::{Trust, trust};
pub use ui::{Ui, ui};
pub use words::{
    action, alarm_colour, attestation, condition, configuration_state, freshness, group, identity,
    mark, outcome, pcr_purpose, pcr_state, presence, role, role_meaning, secure_boot, strictness,
    topic, tpm_interface,
};
