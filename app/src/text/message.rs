//! The Message column.

use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

use super::fact::fact;
use super::phrase::{Phrase, phrase};
use super::reason::reason;
use super::{Language, check, format, template};

/// A message as a language holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct MessageEntry {
    /// What the row shows first.
    pub title: &'static str,
    /// A template.
    pub sentence: &'static str,
}

/// What a language says of rows that are not about reasons.
#[derive(Debug)]
pub(super) struct Messages {
    pub no_tpm: MessageEntry,
    /// Templates with `part` and `problem`.
    pub malformed: MessageEntry,
    /// A template with `problem`.
    pub host_refused: MessageEntry,
    /// A template with `check` and `problem`.
    pub not_evaluated: MessageEntry,
    pub never_verified: MessageEntry,
    /// A template with `problem` and `at`, which are always there.
    pub verification_failed: MessageEntry,
    /// A template with `since`, which is always there.
    pub not_responding: MessageEntry,
    /// A template with `reason`.
    pub disconnected: MessageEntry,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageText {
    /// In bold.
    pub title: &'static str,
    /// After it.
    pub sentence: String,
}

/// What the Message column says; nothing if the host passed and there is nothing to say.
pub fn message(language: Language, message: &Message) -> Option<MessageText> {
    let words = language.catalogue().messages();
    match message {
        Message::Nothing => None,
        Message::Reasons { reasons } | Message::Warnings { reasons } => {
            let (first, more) = reasons.split_first()?;
            let text = reason(language, first);
            let mut sentence = text.sentence;
            if !more.is_empty() {
                let more = u32::try_from(more.len()).unwrap_or(u32::MAX);
                sentence.push(' ');
                sentence.push_str(&phrase(language, &Phrase::MoreReasons { count: more }));
            }
            Some(MessageText { title: text.title, sentence })
        }
        Message::Unknown { cause: unknown } => Some(cause(language, unknown)),
        Message::NeverVerified => Some(said(&words.never_verified, &[])),
        Message::VerificationFailed { problem, at } => {
            let values = [
                ("problem", format::clause(&fact(language, problem))),
                ("at", format::moment(language, *at)),
            ];
            Some(said(&words.verification_failed, &values))
        }
        Message::NotResponding { since } => {
            Some(said(&words.not_responding, &[("since", format::moment(language, *since))]))
        }
        Message::Disconnected { reason } => {
            Some(said(&words.disconnected, &format::optional(&[("reason", reason)])))
        }
    }
}

/// Why an appraisal concluded nothing.
pub fn cause(language: Language, cause: &Cause) -> MessageText {
    let words = language.catalogue().messages();
    match cause {
        Cause::NoTpm => said(&words.no_tpm, &[]),
        Cause::Malformed { part, problem } => {
            said(&words.malformed, &format::optional(&[("part", part), ("problem", problem)]))
        }
        Cause::HostRefused { problem } => {
            said(&words.host_refused, &format::optional(&[("problem", problem)]))
        }
        Cause::NotEvaluated { check: id, problem } => {
            let title = check(language, *id).title;
            let values =
                format::optional(&[("check", title), ("problem", &fact(language, problem))]);
            said(&words.not_evaluated, &values)
        }
    }
}

fn said(entry: &MessageEntry, values: &[(&str, String)]) -> MessageText {
    MessageText { title: entry.title, sentence: template::text(entry.sentence, values) }
}
