//! What a row says when it is not about reasons, and what the server refuses.

use crate::text::message::{MessageEntry, Messages};
use crate::text::refusal::Refusals;

pub(super) const MESSAGES: Messages = Messages {
    no_tpm: MessageEntry {
        title: "No TPM 2.0 found",
        sentence: "The host reports no TPM 2.0, and the policy allows hosts without one. If it has one, switch it on in firmware setup.",
    },
    malformed: MessageEntry {
        title: "The evidence cannot be read",
        sentence: "[The {part} is damaged or not in its format|A part of what the host sent is damaged or not in its format][: {problem}]. Update or restart the agent, then verify again.",
    },
    host_refused: MessageEntry {
        title: "The host could not give evidence",
        sentence: "The agent answered[: {problem}| without saying why].",
    },
    not_evaluated: MessageEntry {
        title: "A check could not be made",
        sentence: "The policy demands [the check “{check}”|a check], and it could not be made[: {problem}].",
    },
    never_verified: MessageEntry {
        title: "Never verified",
        sentence: "No evidence of this host has been appraised yet.",
    },
    verification_failed: MessageEntry {
        title: "The last verification could not be finished",
        sentence: "Tried at {at}: {problem}. What the columns read is older.",
    },
    not_responding: MessageEntry {
        title: "Not responding",
        sentence: "No session since {since}. What the columns read is from before.",
    },
    disconnected: MessageEntry {
        title: "Disconnected",
        sentence: "An operator disconnected this host[: {reason}]. It is not verified until it is connected again.",
    },
};

pub(super) const REFUSALS: Refusals = Refusals {
    sign_in_required: "Sign in first; nobody is signed in, or the session has ended.",
    wrong_credentials: "The name or the password is wrong.",
    key_refused: "The API key is not valid: it is unknown, has expired or was revoked.",
    not_with_key: "This cannot be done with an API key; sign in.",
    forbidden: "This needs the role {role}.",
    cross_site: "The request did not come from a page of this Trustboard, so nothing was done. Open the page again and repeat it there.",
    not_found: "There is no such [{what}|thing]; it may have been removed.",
    stale: "The host has changed since this page was loaded, so nothing was done[. Now: {now}].",
    conflict: "The state does not allow this[: {problem}].",
    invalid: "[{field}: {problem}|A field is not acceptable].",
    too_many: "Too many attempts. Try again in {seconds} s.",
    read_only: "The server cannot write: its disk is full or fails. It shows what was last recorded, but changes nothing and records no verification. It goes on by itself once it can write again.",
    unavailable: "The server could not do this now, and nothing was changed.[ Its log says why under {trace}.]",
};
