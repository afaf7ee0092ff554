//! The TPM signed these PCR values.

use super::{AFTER_BOOT, THEN_RESET, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

/// For evidence that no honest agent sends.
const AGENT_FIRST: &str = "Press Verify now. If it fails again, reinstall the agent from its package, restart it and verify once more.";
const THEN_INCIDENT: &str = "If it still fails, treat it as an incident: disconnect the host, and look at it before you connect it again.";
const LOOK_AT_JOB: &str = "Host page: the failed check and the latest verification job. On the host: journalctl -u trustboard-agent, trustboard-agent --version.";

pub(super) const NOT_FROM_TPM: ReasonEntry = ReasonEntry {
    title: "The quote was not made by a TPM",
    sentence: "The quote lacks the mark that a TPM puts on everything it makes itself.",
    cause: "Something other than a TPM made up the quote, or it was damaged on the way.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const WRONG_TYPE: ReasonEntry = ReasonEntry {
    title: "The attestation key signed something other than a quote",
    sentence: "What was signed is of another type.",
    cause: "Another kind of TPM statement (a certification, a time stamp) was passed off as a quote, or the agent is faulty.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const SIGNATURE_INVALID: ReasonEntry = ReasonEntry {
    title: "The quote's signature is invalid",
    sentence: "The signature does not verify with the attestation key on record.",
    cause: "The quote was changed after it was signed, or another key signed it: the agent's attestation key is not the recorded one.",
    remedy: &[
        "If the host page also says that a key does not match the one on record, solve that first: it explains this.",
        AGENT_FIRST,
        THEN_INCIDENT,
        THEN_RESET,
    ],
    look: LOOK_AT_JOB,
};

pub(super) const SIGNATURE_SCHEME: ReasonEntry = ReasonEntry {
    title: "The quote's signature does not use the attestation key's scheme",
    sentence: "The signature uses another scheme or hash than the key.",
    cause: "Another key signed the quote, or the agent is faulty.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const SELECTION_MISMATCH: ReasonEntry = ReasonEntry {
    title: "The quote covers other PCRs than were asked for",
    sentence: "The quote and the values with it do not cover what was asked for[ ({place})].",
    cause: "A PCR bank was switched on or off since the challenge, the agent is too old or faulty, or somebody hides PCRs.",
    remedy: &[AGENT_FIRST, THEN_INCIDENT, THEN_RESET],
    look: LOOK_AT_JOB,
};

pub(super) const DIGEST_MISMATCH: ReasonEntry = ReasonEntry {
    title: "The PCR values sent are not the quoted ones",
    sentence: "The values that were sent hash to another digest than the quote holds[ ({place})].",
    cause: "A PCR was extended between reading and quoting, or the values were changed after the quote.",
    remedy: &[
        "Press Verify now: if a PCR was just being extended, the next evidence fits.",
        "If it fails every time, reinstall the agent from its package and restart it.",
        THEN_INCIDENT,
        VERIFY_THEN_RESET,
    ],
    look: LOOK_AT_JOB,
};

pub(super) const MANDATORY_PCRS_MISSING: ReasonEntry = ReasonEntry {
    title: "PCRs that the policy demands are not in the quote",
    sentence: "[PCR {pcrs}|PCRs that the policy demands] cannot be judged: not quoted in SHA-256 or a stronger bank.",
    cause: "The SHA-256 bank is not active, covers only some of the PCRs, or the agent is faulty.",
    remedy: &[
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Activate the SHA-256 PCR bank with all of its PCRs, save and boot.",
        "If the bank is active, reinstall the agent from its package and restart it.",
        AFTER_BOOT,
    ],
    look: "Host page: PCR values, active PCR banks. On the host: tpm2_getcap pcrs.",
};

pub(super) const BANK_UNEXTENDED: ReasonEntry = ReasonEntry {
    title: "An active PCR bank was not measured into by the firmware",
    sentence: "[The {place}|An active bank] has only reset values in PCR 0 to 7. An attacker could fill it with the values of a healthy host (CVE-2021-42299).",
    cause: "The firmware does not know this bank, or the bank was switched on without the firmware's knowledge.",
    remedy: &[
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Switch off the bank that the firmware does not measure into, or update the firmware to a version that does.",
        "Without such a setting, and with tpm2-tools on the host: tpm2_pcrallocate with the wanted banks only, then reboot.",
        AFTER_BOOT,
    ],
    look: "Host page: PCR values by bank. On the host: tpm2_pcrread, tpm2_getcap pcrs.",
};

pub(super) const PCR_UNEXPLAINED: ReasonEntry = ReasonEntry {
    title: "A PCR was extended, but no log says by what",
    sentence: "[{place}|A PCR]: not its reset value, and the log holds no event for it.",
    cause: "The log lacks events, software extended a PCR after boot, or a boot component measures without writing a log.",
    remedy: &[
        "Look at the PCR table: which PCR is it, and what is it used for?",
        "Find out which software extends it (boot loader, systemd, a security product).",
        "Update the firmware and the boot loader, so that events are logged, and reboot.",
        "If nobody knows where it comes from, put the host into maintenance mode and look at its boot chain.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: PCR values. On the host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.",
};

pub(super) const CLOCK_WENT_BACK: ReasonEntry = ReasonEntry {
    title: "The TPM's clock or counters went backwards",
    sentence: "The TPM reports less than before[ ({place})].",
    cause: "The TPM was cleared or replaced, a virtual machine was rolled back to a snapshot, or an old quote was sent again.",
    remedy: &[
        "Find out whether the TPM was cleared, the board replaced or a snapshot restored.",
        "If so, press Verify now: the new counters were recorded with this failure, and counting goes on from them. The alarm stays red until you reset it.",
        "If nobody knows of it, treat it as an incident: the TPM may be a copy. Disconnect the host.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: TPM counters and history. For a virtual machine: the snapshots in its hypervisor.",
};

pub(super) const CLOCK_NOT_SAFE: ReasonEntry = ReasonEntry {
    title: "The TPM's clock is not safe yet",
    sentence: "The TPM says that its clock may have gone back after it lost power.",
    cause: "The host lost power without shutting the TPM down in order. The TPM declares its clock safe after some minutes.",
    remedy: &[
        "Wait half an hour, then press Verify now.",
        "If it stays so, shut the host down in order, not by cutting its power, and start it again.",
        THEN_RESET,
    ],
    look: "Host page: TPM counters. On the host: tpm2_readclock.",
};

pub(super) const FIRMWARE_DOWNGRADED: ReasonEntry = ReasonEntry {
    title: "The TPM's firmware is older than it was",
    sentence: "The TPM runs an older firmware than before.",
    cause: "Somebody put an older firmware into the TPM, perhaps with a board firmware package, or the TPM was replaced.",
    remedy: &[
        "Find out whether the firmware of the TPM was changed on purpose.",
        "If not, install the newer version again: old versions may have known weaknesses.",
        AFTER_BOOT,
    ],
    look: "Host page: TPM firmware and counters, history.",
};

pub(super) const QUALIFIED_SIGNER_CHANGED: ReasonEntry = ReasonEntry {
    title: "The attestation key stands elsewhere in the TPM's key hierarchy than before",
    sentence: "The qualified signer is another than was recorded.",
    cause: "The TPM was cleared and the same key loaded under another parent, or the quote comes from another TPM.",
    remedy: &[
        "Find out whether the TPM was cleared or the agent's state folder restored.",
        "If so, the host page usually shows another key than the one on record as well: accept the new identity there and give the reason.",
        "If nobody knows of it, treat it as an incident: disconnect the host.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: identity and history. On the host: trustboard-agent status.",
};
