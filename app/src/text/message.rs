//! The Message column.

use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

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
        Message::NeverVerified => said(language, message, &[]),
        Message::VerificationFailed { problem, at } => said(
            language,
            message,
            &[("problem", format::clause(problem)), ("at", format::moment(*at))],
        ),
        Message::NotResponding { since } => {
            said(language, message, &[("since", format::moment(*since))])
        }
        Message::Disconnected { reason } => {
            said(language, message, &format::optional(&[("reason", reason)]))
        }
    }
}

/// Why an appraisal concluded nothing.
pub fn cause(language: Language, cause: &Cause) -> MessageText {
    let entry = language.catalogue().cause(cause);
    let values = match cause {
        Cause::NoTpm => Vec::new(),
        Cause::Malformed { part, problem } => {
            format::optional(&[("part", part), ("problem", problem)])
        }
        Cause::HostRefused { problem } => format::optional(&[("problem", problem)]),
        Cause::NotEvaluated { check: id, problem } => {
            let title = check(language, *id).title;
            format::optional(&[("check", title), ("problem", problem)])
        }
    };
    MessageText { title: entry.title, sentence: template::text(entry.sentence, values.as_slice()) }
}

fn said(language: Language, message: &Message, values: &[(&str, String)]) -> Option<MessageText> {
    let entry = language.catalogue().message(message)?;
    Some(MessageText { title: entry.title, sentence: template::text(entry.sentence, values) })
}
