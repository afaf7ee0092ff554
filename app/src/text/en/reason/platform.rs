//! What the policy asks of the platform.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const TPM_GONE: ReasonEntry = ReasonEntry {
    title: "The host no longer has a TPM",
    sentence: "An identity is on record for this host, but its agent now reports no TPM.",
    cause: "The TPM was switched off or hidden in firmware setup (a firmware update or reset does that), the module was pulled or is broken, or another machine answers with this host's credential.",
    remedy: &[
        "Find out whether somebody worked on this host: firmware update, board swap, module removed. If nobody did, treat it as an incident.",
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Switch the TPM on (TPM, Security Device, Intel PTT or AMD fTPM) and make it visible to the operating system.",
        "Boot, and check on the host that /dev/tpmrm0 exists and that trustboard-agent status shows the TPM.",
        AFTER_BOOT,
    ],
    look: "Host page: what the host says of itself, identity, history. On the host: dmesg | grep -i tpm. Firmware setup under Security or Trusted Computing; the hardware health page of the management controller.",
};

pub(super) const TPM_UNREACHABLE: ReasonEntry = ReasonEntry {
    title: "TPM 2.0 device detected but a connection cannot be established",
    sentence: "A TPM seems to be there, but the agent cannot talk to it.",
    cause: "The agent may not open the device, another program holds it, the kernel driver for its interface is missing, the TPM is in 1.2 mode, or it is broken.",
    remedy: &[
        "On the host, run trustboard-agent status: it says what the agent tried and what came back.",
        "Check that /dev/tpmrm0 exists and that the agent's user may read and write it (usually by the group tss).",
        "If the device is missing, look at dmesg | grep -i tpm; load tpm_tis or tpm_crb; in firmware setup choose TPM 2.0 rather than 1.2.",
        "If commands time out, shut the host down completely (not only a reboot) and start it again; if that does not help, replace the module.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: problem with the TPM, under what the host says of itself. On the host: trustboard-agent status, dmesg | grep -i tpm, ls -l /dev/tpm*.",
};

pub(super) const TPM_MISSING: ReasonEntry = ReasonEntry {
    title: "No TPM 2.0, but the policy demands one",
    sentence: "The policy of this cluster demands a TPM 2.0, and the host reports none.",
    cause: "The host has no TPM, the TPM is switched off or hidden in firmware setup, or it runs in 1.2 mode.",
    remedy: &[
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Switch the TPM on (TPM, Security Device, Intel PTT or AMD fTPM), choose version 2.0 and make it visible to the operating system.",
        "Boot, and check that trustboard-agent status shows the TPM. Attestation then reads “No cached identity key”: disconnect the host and connect it again to take its new identity.",
        "If the host has no TPM, enrol it again with a token of a cluster whose policy allows that.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: what the host says of itself. On the host: ls /dev/tpm*, dmesg | grep -i tpm. Firmware setup under Security or Trusted Computing.",
};

pub(super) const SHA256_BANK_INACTIVE: ReasonEntry = ReasonEntry {
    title: "TPM 2.0 SHA-256 PCR bank not found to be active",
    sentence: "The TPM measures into other banks only.",
    cause: "The firmware is set to SHA-1 (or SM3) as the hash of the TPM, often since the factory or since a firmware reset.",
    remedy: &[
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Activate the SHA-256 PCR bank (TPM2 Algorithm Selection, PCR Bank, Hash Policy); switch SHA-1 off if nothing else needs it.",
        "Save and boot. Some firmware asks for physical presence: confirm at the console.",
        "Without such a setting, and with tpm2-tools on the host: tpm2_pcrallocate sha256:all, then reboot.",
        AFTER_BOOT,
    ],
    look: "Host page: active PCR banks, under what the host says of itself. On the host: tpm2_getcap pcrs. Firmware setup under Security, TPM 2.0.",
};

pub(super) const TPM_INTERFACE_REFUSED: ReasonEntry = ReasonEntry {
    title: "The TPM does not have an interface that the policy accepts",
    sentence: "The TPM is reached through [{found}|another interface][; the policy accepts {expected}].",
    cause: "The TPM is set to CRB where the policy asks for TIS/FIFO or the other way round; firmware TPMs (Intel PTT, AMD fTPM) often know CRB only.",
    remedy: &[
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Choose the interface that the policy accepts (TPM Interface, TIS/FIFO or CRB), save and boot.",
        "If the firmware knows only this one, the host needs a discrete TPM.",
        AFTER_BOOT,
    ],
    look: "Host page: TPM interface, under what the host says of itself. On the host: ls -l /sys/class/tpm/tpm0/device/driver.",
};

pub(super) const OS_TOO_OLD: ReasonEntry = ReasonEntry {
    title: "The operating system is older than the policy allows",
    sentence: "The host runs [{found}|an older version][; the policy asks for {expected}].",
    cause: "The host missed an upgrade, was restored from an old image, or booted an old system from another disk.",
    remedy: &[
        "Enter maintenance mode.",
        "Upgrade the operating system to the version that the policy asks for, and reboot.",
        AFTER_BOOT,
    ],
    look: "Host page: operating system, under what the host says of itself. On the host: cat /etc/os-release.",
};

pub(super) const AGENT_TOO_OLD: ReasonEntry = ReasonEntry {
    title: "The agent is older than the policy allows",
    sentence: "The host runs trustboard-agent [{found}|in an older version][; the policy asks for {expected}].",
    cause: "The agent was not upgraded with the server, or an old package was put back.",
    remedy: &[
        "Install the current trustboard-agent on the host and restart its service. The identity on record stays.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: agent version, under what the host says of itself. On the host: trustboard-agent --version.",
};
