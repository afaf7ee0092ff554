//! The event log can be read, and explains the PCR values.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Host page: the failed check, PCR values, verification jobs. On the host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.";
/// For logs that a firmware writes wrongly.
const UPDATE_FIRMWARE: &str = "Enter maintenance mode, update the firmware of the board and reboot: most logs of this kind come from a firmware error.";
const COMPARE: &str = "Compare with other hosts of the same model: if all of them show it, it is the firmware; if only this one does, look at what was changed on it.";

pub(super) const MISSING_SECURE_BOOT_OFF: ReasonEntry = ReasonEntry {
    title: "Secure Boot is off, and the host has no event log",
    sentence: "The firmware's variable says that Secure Boot is off[; PCR 7 last proved it on at {last_on}], and the agent sent no event log: what was booted cannot be proven. Enable Secure Boot in firmware setup, then reboot.",
    cause: "With Secure Boot off, GRUB starts Linux past the kernel's EFI stub, and only the stub hands the firmware's log to the kernel: switching Secure Boot off takes the log away with it. Somebody switched it off in firmware setup, often to boot a rescue medium, or the firmware was reset.",
    remedy: &[
        "Find out whether somebody switched Secure Boot off on purpose. If nobody did, look at the boot entries and the history before you go on.",
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Switch Secure Boot on, in user mode (standard); restore the factory keys if the key database is empty. Save and boot: the log comes back with it.",
        "If the log is still missing then, run trustboard-agent status on the host: it says why.",
        AFTER_BOOT,
    ],
    look: "Host page: why there is no event log, and the Secure Boot variable, under what the host says of itself. On the host: mokutil --sb-state; dmesg | grep -i -e secureboot -e TPMEventLog.",
};

pub(super) const MISSING: ReasonEntry = ReasonEntry {
    title: "The host has no event log",
    sentence: "The agent sent no event log.",
    cause: "The kernel does not hand out the log (securityfs is not mounted, the firmware gave none), the agent may not read it, or the host booted in legacy BIOS mode.",
    remedy: &[
        "On the host, run trustboard-agent status: it says why there is no log.",
        "Check that /sys/kernel/security is mounted and that the agent may read tpm0/binary_bios_measurements there.",
        "In firmware setup, boot in UEFI mode rather than legacy mode, with the TPM switched on.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: why there is no event log, under what the host says of itself. On the host: ls -l /sys/kernel/security/tpm0/.",
};

pub(super) const TRUNCATED: ReasonEntry = ReasonEntry {
    title: "The event log is incomplete",
    sentence: "The log stops in the middle of an event[ ({place})].",
    cause: "The firmware's buffer for the log is full, or the log was cut off while it was read or sent.",
    remedy: &[
        "Press Verify now: if the log was cut off on the way, the next one is whole.",
        UPDATE_FIRMWARE,
        "Remove what fills the log: unused boot entries, option ROMs of cards that need not boot.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const MALFORMED: ReasonEntry = ReasonEntry {
    title: "The event log breaks the rules of its format",
    sentence: "The log cannot be read as a TCG event log[ ({place})].",
    cause: "The firmware writes the log wrongly, or the log was changed on the host.",
    remedy: &["Press Verify now.", COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const REPLAY_MISMATCH: ReasonEntry = ReasonEntry {
    title: "The event log does not explain the PCR values",
    sentence: "[{place}|A quoted PCR]: the log gives [{expected}|another value][, the TPM quoted {found}][; {events} events].[ One event that the log lacks would explain it: {missing_events}.][ It explains PCR {explained}.][ The quoted value is that after event {prefix_events}: the log is newer than the quote.]",
    cause: "The log was changed on the host, events are missing from it (often after a firmware error), or something was measured that wrote no event.",
    remedy: &[
        "Look at the PCR table: the first PCR that does not match says what differs: 0 to 3 firmware, 4 and 5 boot loader, 7 Secure Boot, 8 and 9 kernel and command line.",
        COMPARE,
        "If only this host shows it, put it into maintenance mode, check its boot loader and firmware against a healthy host, reinstall them and reboot.",
        "If all hosts of the model show it, update their firmware.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const REPLAY_MISMATCH_OTHER_BANK: ReasonEntry = ReasonEntry {
    title: "The event log does not explain the PCR values of another bank",
    sentence: "[{place}|Another bank]: the log does not give the value that the TPM quoted[; {events} events].",
    cause: "Some firmware and boot loaders measure into all banks but log the digests of one only. The policy's own bank is judged by another check.",
    remedy: &[
        "See whether the policy's own bank is explained. If it is, this is usually a shortcoming of the firmware.",
        "Update the firmware, or switch the other bank off in firmware setup if nothing needs it.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const STARTUP_LOCALITY: ReasonEntry = ReasonEntry {
    title: "The startup locality in the log is misplaced or impossible",
    sentence: "The event that says how the TPM was started stands twice, too late, or has an impossible value[ ({place})].",
    cause: "The firmware writes the log wrongly, or the log was changed to make PCR 0 fit.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const NO_ACTION_EXTENDS: ReasonEntry = ReasonEntry {
    title: "An informational event pretends to extend a PCR",
    sentence: "An informational event carries a digest as if it had been measured[ ({place})].",
    cause: "The firmware writes the log wrongly, or the log was changed on the host.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const EVENT_TYPE: ReasonEntry = ReasonEntry {
    title: "An event stands in a PCR where its type is not allowed",
    sentence: "The type of an event is not one that may stand in its PCR[ ({place})].",
    cause: "The firmware writes the log wrongly, or the log was changed to pass one event off as another: event types are not covered by the TPM's signature.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_MISSING: ReasonEntry = ReasonEntry {
    title: "A separator is missing in the event log",
    sentence: "Nothing ends the firmware's part[ ({place})].",
    cause: "The firmware writes the log wrongly or stopped early, or events were cut out of the log.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_DUPLICATE: ReasonEntry = ReasonEntry {
    title: "The event log holds a second separator",
    sentence: "The firmware's part is ended twice[ ({place})].",
    cause: "The firmware writes the log wrongly, or something extended the PCR later and passed it off as the firmware's.",
    remedy: &[COMPARE, UPDATE_FIRMWARE, AFTER_BOOT],
    look: LOOK,
};

pub(super) const SEPARATOR_ERROR: ReasonEntry = ReasonEntry {
    title: "The firmware measured an error",
    sentence: "Where the separator should stand, the firmware reported an error[ ({place})].",
    cause: "The firmware could not measure something at boot: an option ROM, a boot entry or a card that failed.",
    remedy: &[
        "Look at the hardware health page and the event list of the management controller.",
        "Enter maintenance mode, shut the host down completely and start it again.",
        "If it stays so, update the firmware; remove cards one by one to find the one that fails.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const REGISTER_TYPE: ReasonEntry = ReasonEntry {
    title: "A PCR holds events of a type that has no place there",
    sentence: "The type of an event is not one that the profile puts into its PCR[ ({place})].",
    cause: "Firmware of some makers logs types of its own. The digests are proven, what the types say is not.",
    remedy: &[
        COMPARE,
        "If only this host shows it, treat it as an incident: an event may have been given another type to hide it.",
    ],
    look: LOOK,
};
