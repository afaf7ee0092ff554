//! What a row says when it is not about reasons, and what the server refuses.

use trustboard_model::refusal::Refusal;
use trustboard_model::verdict::Cause;
use trustboard_model::view::Message;

use crate::text::message::MessageEntry;

pub(super) fn cause(cause: &Cause) -> MessageEntry {
    let (title, sentence) = match cause {
        Cause::NoTpm => (
            "No TPM 2.0 found",
            "The host reports no TPM 2.0, and the policy allows hosts without one. If it has one, switch it on in firmware setup.",
        ),
        Cause::Malformed { .. } => (
            "The evidence cannot be read",
            "[The {part} is damaged or not in its format|A part of what the host sent is damaged or not in its format][: {problem}]. Update or restart the agent, then verify again.",
        ),
        Cause::HostRefused { .. } => (
            "The host could not give evidence",
            "The agent answered[: {problem}| without saying why].",
        ),
        Cause::NotEvaluated { .. } => (
            "A check could not be made",
            "The policy demands [the check “{check}”|a check], and it could not be made[: {problem}].",
        ),
    };
    MessageEntry { title, sentence }
}

pub(super) fn message(message: &Message) -> Option<MessageEntry> {
    let (title, sentence) = match message {
        Message::Nothing
        | Message::Reasons { .. }
        | Message::Warnings { .. }
        | Message::Unknown { .. } => return None,
        Message::NeverVerified => {
            ("Never verified", "No evidence of this host has been appraised yet.")
        }
        Message::VerificationFailed { .. } => (
            "The last verification could not be finished",
            "Tried at {at}: {problem}. What the columns read is older.",
        ),
        Message::NotResponding { .. } => {
            ("Not responding", "No session since {since}. What the columns read is from before.")
        }
        Message::Disconnected { .. } => (
            "Disconnected",
            "An operator disconnected this host[: {reason}]. It is not verified until it is connected again.",
        ),
    };
    Some(MessageEntry { title, sentence })
}

pub(super) fn refusal(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SignInRequired => "Sign in first; nobody is signed in, or the session has ended.",
        Refusal::WrongCredentials => "The name or the password is wrong.",
        Refusal::Forbidden { .. } => "This needs the role {role}.",
        Refusal::CrossSite => {
            "The request did not come from a page of this Trustboard, so nothing was done. Open the page again and repeat it there."
        }
        Refusal::NotFound { .. } => "There is no such [{what}|thing]; it may have been removed.",
        Refusal::Stale { .. } => {
            "The host has changed since this page was loaded, so nothing was done[. Now: {now}]."
        }
        Refusal::Conflict { .. } => "The state does not allow this[: {problem}].",
        Refusal::Invalid { .. } => "[{field}: {problem}|A field is not acceptable].",
        Refusal::TooMany { .. } => "Too many attempts. Try again in {seconds} s.",
        Refusal::Unavailable { .. } => {
            "The server could not do this now, and nothing was changed.[ Its log says why under {trace}.]"
        }
    }
}
