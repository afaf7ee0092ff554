//! The TPM and its keys are the ones on record, and the answer belongs to its challenge.

use super::{THEN_RESET, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const NO_CACHED_IDENTITY: ReasonEntry = ReasonEntry {
    title: "No cached identity key",
    sentence: "This host was enrolled without a TPM and now has one, so no identity is on record to verify it by. Verify now cannot help; disconnect and connect it.",
    cause: "A TPM was added or switched on after the host was enrolled.",
    remedy: &[
        "Make sure that somebody you know added the TPM or switched it on.",
        "Enter maintenance mode.",
        "Disconnect the host.",
        "Connect the host: its TPM proves its keys, and they are put on record as its identity.",
        "The host is verified by itself. Once Attestation reads Passed, leave maintenance mode and reset the alarm to green.",
    ],
    look: "Host page: identity, and the history for when the host was enrolled.",
};

pub(super) const EK_MISMATCH: ReasonEntry = ReasonEntry {
    title: "The host's TPM endorsement key does not match the one on record",
    sentence: "The TPM answered with endorsement key [{found}|another than the recorded one][; {expected} is on record].",
    cause: "The main board or the TPM was replaced, the TPM was cleared with a change of its endorsement seed, or another machine answers with this host's credential.",
    remedy: &[
        "Find out whether the board or the TPM of this host was replaced: ask whoever has the ticket, and compare the serial number in the management controller.",
        "If it was, accept the new identity on the host page and give the ticket as the reason. The TPM then proves its new keys.",
        "If nobody knows of it, treat it as an incident: disconnect the host, and keep it off the network until it was looked at.",
        THEN_RESET,
    ],
    look: "Host page: identity, with the key on record beside the one that the host answered with; TPM manufacturer, model and firmware. On the host: trustboard-agent status.",
};

pub(super) const AK_MISMATCH: ReasonEntry = ReasonEntry {
    title: "The host's attestation key does not match the one on record",
    sentence: "The endorsement key is the recorded one, but the attestation key is [{found}|another][; {expected} is on record].",
    cause: "The agent's state folder was deleted or restored from elsewhere, the TPM was cleared, or the agent was enrolled again, so that it made a new attestation key.",
    remedy: &[
        "Find out whether the agent was reinstalled, its state folder restored, or the TPM cleared.",
        "If so, accept the new identity on the host page and give the reason. The TPM then proves its new key.",
        "If nobody did any of this, disconnect the host and look at it before you connect it again.",
        THEN_RESET,
    ],
    look: "Host page: identity. On the host: trustboard-agent status, and when the files of the agent's state folder were written.",
};

pub(super) const IDENTITY_DUPLICATE: ReasonEntry = ReasonEntry {
    title: "Another host has the same TPM identity on record",
    sentence: "The same endorsement key or attestation key is on record for [{other_host}|another host].",
    cause: "A machine was enrolled twice under two names, its board moved to another host, a virtual machine was cloned with its virtual TPM, or one TPM answers for two machines.",
    remedy: &[
        "Look at both hosts: same machine id, same serial number, same hardware?",
        "If it is one machine under two names, disconnect the entry that is no longer used.",
        "If a virtual machine was cloned, give the clone a new virtual TPM and enrol it again.",
        "If they are two physical machines, treat it as an incident: a TPM can be in only one of them.",
        VERIFY_THEN_RESET,
    ],
    look: "Host pages of both hosts: identity, machine id, history. The audit shows when each was enrolled.",
};

pub(super) const IDENTITY_NOT_PROVEN: ReasonEntry = ReasonEntry {
    title: "The TPM did not prove its identity",
    sentence: "The TPM did not unwrap the credential that was made for its keys.",
    cause: "The attestation key is not in the TPM that holds the endorsement key, the TPM's owner or endorsement hierarchy is locked or switched off, or the TPM refused in a lockout.",
    remedy: &[
        "Open the latest verification job on the host page: the step of the credential says what the TPM answered.",
        "On the host, run trustboard-agent status. If the TPM is in lockout, wait until it ends or power-cycle the host.",
        "In firmware setup, make sure that the endorsement and storage hierarchies are enabled.",
        "Disconnect the host and connect it again, so that the TPM is asked once more.",
        "If it still fails while the keys are the recorded ones, another machine may be relaying: keep the host disconnected and look at it on site.",
    ],
    look: "Host page: verification jobs, identity. On the host: journalctl -u trustboard-agent.",
};

pub(super) const CHALLENGE_EXPIRED: ReasonEntry = ReasonEntry {
    title: "The answer came after the challenge had expired",
    sentence: "The challenge had expired when the evidence arrived.",
    cause: "The TPM or the host is very slow or overloaded, the network was interrupted, or an old answer was sent again.",
    remedy: &[
        "Press Verify now and look at the durations in the job's steps.",
        "If the quote itself takes long, look at what else uses the TPM on this host; power-cycle the host if the TPM hangs.",
        "If the way is slow, look at the network between host and server.",
        THEN_RESET,
    ],
    look: "Host page: verification jobs, from “challenge sent” to “evidence arrived”. On the host: journalctl -u trustboard-agent.",
};

pub(super) const CHALLENGE_WRONG_HOST: ReasonEntry = ReasonEntry {
    title: "The evidence answers a challenge that was made for another host",
    sentence: "The challenge was not made for this host.",
    cause: "Somebody forwards evidence between hosts, or two machines use copies of the same agent state.",
    remedy: &[
        "Find out whether this machine was cloned or its agent state copied. If so, enrol the copy again with a new token.",
        "If not, treat it as an incident: disconnect the host and look at it before you connect it again.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: verification jobs and history; the audit for when each host was enrolled.",
};

pub(super) const NONCE_MISMATCH: ReasonEntry = ReasonEntry {
    title: "The quote does not answer this challenge",
    sentence: "What the TPM signed is bound to another nonce, or to other data than was sent[ ({place})].",
    cause: "An old quote was sent again, facts or log were changed after the TPM had signed, or the agent is faulty.",
    remedy: &[
        "Press Verify now. An honest host passes with the new challenge.",
        "If it fails again, restart the agent and compare its version with the other hosts'.",
        "If it still fails, treat it as an incident: something between the TPM and the server replays or changes evidence. Disconnect the host.",
        THEN_RESET,
    ],
    look: "Host page: verification jobs. On the host: journalctl -u trustboard-agent, trustboard-agent --version.",
};

pub(super) const NONCE_EMPTY: ReasonEntry = ReasonEntry {
    title: "The quote is not bound to any challenge",
    sentence: "The quote carries no extra data, so it could have been made at any time[ ({place})].",
    cause: "The quote was made by another program than the agent, or before the challenge was known.",
    remedy: &[
        "Press Verify now.",
        "If it fails again, reinstall the agent from its package and restart it.",
        "If it still fails, treat it as an incident: evidence is being made by something else. Disconnect the host.",
        THEN_RESET,
    ],
    look: "Host page: verification jobs. On the host: which programs use /dev/tpmrm0.",
};

pub(super) const EK_NOT_ENDORSED: ReasonEntry = ReasonEntry {
    title: "Nobody vouches for the TPM: no endorsement key certificate and no approval",
    sentence: "The TPM gave no endorsement key certificate, and no operator has approved its endorsement key[ {ek}].",
    cause: "Virtual TPMs, firmware TPMs and some modules carry no certificate; on others it was deleted.",
    remedy: &[
        "Compare the endorsement key on the host page with what trustboard-agent status shows at the console of this very host.",
        "If they are the same and the machine is yours, accept the identity on the host page and give the reason: that approves this key by its hash.",
        "If this TPM model should have a certificate, update the firmware of the TPM; do not approve before you know why it is missing.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: identity, TPM manufacturer and model. On the host: trustboard-agent status; tpm2_getekcertificate.",
};
