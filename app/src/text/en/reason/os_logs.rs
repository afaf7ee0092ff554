//! The operating system's own logs explain what it measured.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const LOOK_IMA: &str = "Host page: the failed check, PCR 10, what was booted. On the host: /sys/kernel/security/ima/ascii_runtime_measurements, /sys/kernel/security/ima/violations, tpm2_pcrread sha256:10.";
const LOOK_SYSTEMD: &str = "Host page: the failed check, PCR values. On the host: /run/log/systemd/tpm2-measure.log, journalctl -u 'systemd-pcr*', tpm2_pcrread.";
const REBOOT: &str =
    "Put the host into maintenance mode and reboot it: that begins list and register anew.";
const INCIDENT: &str = "If it comes back without such a cause, treat the host as tampered with: root can change what the agent reads, but not what PCR 10 holds.";

pub(super) const IMA_MISMATCH: ReasonEntry = ReasonEntry {
    title: "IMA's measurement list does not explain PCR 10",
    sentence: "[{place}|PCR 10]: none of the beginnings of the list[ of {entries} entries] leads to the quoted value.[ The last entry that a quote has proven is number {matched}.][ Entry {entry} is the first whose digest is not that of its content.]",
    cause: "A new kernel was started with kexec without handing the list over; something other than IMA extended PCR 10; or entries were changed, removed or hidden.",
    remedy: &[
        "Ask whether the host was switched to another kernel with kexec since it booted, or whether a product of yours extends PCR 10.",
        "Compare the list on the host with the one that was sent: are entries missing, or is one changed?",
        REBOOT,
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_LIST_MALFORMED: ReasonEntry = ReasonEntry {
    title: "IMA's measurement list cannot be read",
    sentence: "[{place}: |]the list breaks the kernel's format[: {found}].",
    cause: "The kernel uses a template, a digest algorithm or a field that this server does not know, the machine is big-endian, or the list was changed on its way to the agent.",
    remedy: &[
        "Look at the template: ima_template= on the kernel's command line and CONFIG_IMA_DEFAULT_TEMPLATE of the kernel.",
        "Update this server if the kernel is newer than it is.",
        "If other hosts with the same kernel pass, treat the host as tampered with.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_LIST_HIDDEN: ReasonEntry = ReasonEntry {
    title: "The host hides an IMA list that it had in this boot",
    sentence: "[An earlier answer of this boot held {entries} entries|Earlier in this boot there was a list]; now there is none[: {found}].",
    cause: "The list cannot go away without a reboot: securityfs was unmounted or covered, the agent lost its rights, an older agent was started, or somebody does not want the list to be seen.",
    remedy: &[
        "See whether /sys/kernel/security/ima can be read on the host by the agent's user (mount securityfs if it is not mounted).",
        "See which version of the agent runs, and who changed it.",
        "If nobody did, treat it as an incident: enter maintenance mode and keep the machine as it is.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_BOOT_AGGREGATE: ReasonEntry = ReasonEntry {
    title: "IMA's boot_aggregate is not that of this boot",
    sentence: "[{place}: |]the list does not begin with the hash over the registers that firmware and boot loader filled[: {expected} expected, {found} found].",
    cause: "The kernel started IMA before the TPM was ready, hashes other registers than kernels are known to, or the list comes from another boot.",
    remedy: &[
        "Look at the kernel's log for ima and tpm: was the TPM found before IMA started?",
        "Update the kernel, or build the TPM's driver into it instead of loading it as a module.",
        REBOOT,
        AFTER_BOOT,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_VIOLATIONS: ReasonEntry = ReasonEntry {
    title: "Files changed while IMA measured them",
    sentence: "[{violations} violations|There are violations][ among {entries} entries][; the first is about {found}].",
    cause: "A file was written while it was read for measuring: a log or database that the IMA policy needlessly covers, or a program that was replaced in place while it ran. What was really read is then unknown.",
    remedy: &[
        "Look at the entries of zeros in the list: which files are they?",
        "Leave files that change by nature out of the IMA policy (dont_measure), and install programs by renaming instead of overwriting.",
        "If a program or library is among them that nobody updated, treat it as an incident.",
        "The count begins anew with the next boot.",
    ],
    look: LOOK_IMA,
};

pub(super) const OS_MISMATCH: ReasonEntry = ReasonEntry {
    title: "The system's logs do not explain a PCR that they speak of",
    sentence: "[{place}|A PCR]: firmware log and systemd's log together do not give the quoted value[; {events} events].",
    cause: "Something else extended the register without writing a log (tpm2_pcrextend, a disk encryption tool, another product), or records were removed from the log.",
    remedy: &[
        "Look at the PCR table: which register is it, and what is it used for?",
        "Find out which software extends it since boot, and whether it can log that in /run/log/systemd/tpm2-measure.log.",
        "Reboot, and see whether the difference comes back.",
        AFTER_BOOT,
    ],
    look: LOOK_SYSTEMD,
};

pub(super) const SYSTEMD_LOG_MALFORMED: ReasonEntry = ReasonEntry {
    title: "systemd's measurement log cannot be read",
    sentence: "[{place}: |]the log breaks its format[: {found}].",
    cause: "A program wrote into the log that does not keep to its format, the file was damaged, or it was edited.",
    remedy: &[
        "Look at the record in /run/log/systemd/tpm2-measure.log, and at who can write to the file.",
        "The file is made anew with every boot: reboot, and see whether it comes back.",
        AFTER_BOOT,
    ],
    look: LOOK_SYSTEMD,
};

pub(super) const SYSTEMD_LOG_HIDDEN: ReasonEntry = ReasonEntry {
    title: "The host hides a systemd log that it had in this boot",
    sentence: "An earlier answer of this boot held systemd's measurement log; now there is none[: {found}].",
    cause: "The file was deleted, the agent lost its rights, or an older agent was started.",
    remedy: &[
        "See whether /run/log/systemd/tpm2-measure.log is there, and whether the agent's user may read it.",
        "If nobody deleted it, treat it as an incident.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_SYSTEMD,
};
