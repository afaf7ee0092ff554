//! Why a TPM that is there cannot be used.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

pub(super) const VERSION_1_2: ReasonEntry = ReasonEntry {
    title: "The TPM is a TPM 1.2, or runs as one",
    sentence: "The host has a TPM 1.2; only a TPM 2.0 can be attested.",
    cause: "Firmware setup runs a switchable module in 1.2 mode, a firmware reset chose that mode again, or the board carries an old module.",
    remedy: &[
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Before you change anything there, save what is sealed to the TPM: recovery keys of disk encryption.",
        "Under Security or Trusted Computing set the TPM version or TPM device to 2.0. If the choice is missing, look for a firmware update of board and TPM that converts the module; converting clears it.",
        "If the module stays 1.2, replace it, or enrol the host with a token of a cluster whose policy allows hosts without a TPM 2.0.",
        AFTER_BOOT,
    ],
    look: "On the host: cat /sys/class/tpm/tpm0/tpm_version_major; ls /sys/firmware/acpi/tables (TCPA is 1.2, TPM2 is 2.0). Firmware setup under Security or Trusted Computing.",
};

pub(super) const NO_DRIVER: ReasonEntry = ReasonEntry {
    title: "The firmware has a TPM 2.0, but the operating system does not see it",
    sentence: "The firmware announces a TPM, and no device for it exists on the host.",
    cause: "The kernel has no driver for the TPM's interface (CRB or TIS, also over SPI or I2C), the driver gave up when it started, or the TPM is only half switched on in firmware setup.",
    remedy: &[
        "On the host, read dmesg | grep -i tpm: it names the driver and what went wrong.",
        "Load the driver: modprobe tpm_crb, and tpm_tis or tpm_tis_spi; install the kernel's extra modules if they are missing.",
        "In firmware setup, switch the TPM on entirely (enabled, active, visible) and, where there is a choice, select the TIS/FIFO interface.",
        "Update the firmware of the board if the driver reports a wrong ACPI table or start method.",
        "Check that /dev/tpmrm0 exists, and restart the agent.",
        VERIFY_THEN_RESET,
    ],
    look: "On the host: dmesg | grep -i tpm, ls -l /dev/tpm*, ls /sys/firmware/acpi/tables. Firmware setup under Security or Trusted Computing.",
};

pub(super) const NOT_PERMITTED: ReasonEntry = ReasonEntry {
    title: "The agent may not open the TPM",
    sentence: "The operating system refuses the agent access to the TPM's device.",
    cause: "The agent's user is not in the group that owns /dev/tpmrm0 (usually tss), a container or a service file hides the device, or a security module forbids it.",
    remedy: &[
        "On the host, compare ls -l /dev/tpmrm0 with the user and groups of trustboard-agent.",
        "Give the agent's service the group (SupplementaryGroups=tss) and, if it runs in a container, the device.",
        "Look for denials of AppArmor or SELinux: journalctl -k | grep -i denied.",
        "Restart the agent; trustboard-agent status must show the TPM.",
        VERIFY_THEN_RESET,
    ],
    look: "On the host: trustboard-agent status, ls -l /dev/tpm*, systemctl cat trustboard-agent, journalctl -u trustboard-agent.",
};

pub(super) const BUSY: ReasonEntry = ReasonEntry {
    title: "Another program holds the TPM",
    sentence: "The TPM's device is open in another program, and only one may have it.",
    cause: "Another program uses /dev/tpm0 directly, or the agent does, instead of the kernel's resource manager /dev/tpmrm0 which lets them share it.",
    remedy: &[
        "On the host, find the program: fuser -v /dev/tpm0 /dev/tpmrm0.",
        "Let that program and the agent use /dev/tpmrm0; the agent does so by itself if its TPM is set to auto.",
        "If a resource manager of its own runs (tpm2-abrmd), stop it, or point the agent to it with a tabrmd: address.",
        VERIFY_THEN_RESET,
    ],
    look: "On the host: fuser -v /dev/tpm*, trustboard-agent status, the agent's configuration under tpm.",
};

pub(super) const FAILURE_MODE: ReasonEntry = ReasonEntry {
    title: "The TPM is in failure mode",
    sentence: "The TPM found a fault in itself and carries out no command any more.",
    cause: "Its self-test failed: a fault of the module, an interrupted firmware update of the TPM, or a glitch of power.",
    remedy: &[
        "Enter maintenance mode, shut the host down, cut the power for half a minute (a reboot is not enough), and start it.",
        "If it stays so, install the current firmware of the TPM and of the board.",
        "If that does not help, the module is broken: have it or the board replaced, and accept the new identity on the host's page afterwards.",
        AFTER_BOOT,
    ],
    look: "On the host: tpm2_selftest -f and tpm2_gettestresult, dmesg | grep -i tpm. The hardware health page of the management controller.",
};

pub(super) const LOCKED_OUT: ReasonEntry = ReasonEntry {
    title: "The TPM is locked out after wrong passwords",
    sentence: "The TPM refuses passwords for a while, because too many were wrong.",
    cause: "Some program on the host keeps trying a wrong password or PIN (disk encryption, another owner's tool), or somebody guesses.",
    remedy: &[
        "Find out what tries: look in the host's journal for TPM errors in the minutes before. If nothing explains it, treat it as an incident.",
        "Stop that program, and wait: the TPM forgets one failure after each recovery time (tpm2_getcap properties-variable shows TPM2_PT_LOCKOUT_INTERVAL).",
        "Whoever knows the lockout password ends it at once with tpm2_dictionarylockout --clear-lockout.",
        VERIFY_THEN_RESET,
    ],
    look: "On the host: tpm2_getcap properties-variable (inLockout, TPM2_PT_LOCKOUT_COUNTER), the journal for other users of the TPM.",
};

pub(super) const OWNED: ReasonEntry = ReasonEntry {
    title: "The TPM is owned: a password protects it",
    sentence: "The agent cannot use the TPM, because a hierarchy that it needs has a password.",
    cause: "An earlier operating system, a management tool or the previous owner of the machine took ownership of the TPM and set a password for its owner or endorsement hierarchy.",
    remedy: &[
        "If the password is known and nothing else needs it, take it off: tpm2_changeauth -c owner -p OLD, and the same with -c endorsement.",
        "Otherwise the TPM must be cleared. First save what is sealed to it, above all recovery keys of disk encryption: clearing destroys them.",
        "Enter maintenance mode, reboot into firmware setup, and choose Clear TPM (Security or Trusted Computing); some boards ask for confirmation at the next start.",
        "The host then makes a new attestation key: if Attestation reads that the key is not the one on record, accept the new identity on the host's page.",
        AFTER_BOOT,
    ],
    look: "On the host: tpm2_getcap properties-variable (ownerAuthSet, endorsementAuthSet), trustboard-agent status. Host page: problem with the TPM.",
};

pub(super) const HIERARCHY_DISABLED: ReasonEntry = ReasonEntry {
    title: "A hierarchy of the TPM is disabled",
    sentence: "The owner or the endorsement hierarchy of the TPM is switched off, so the TPM cannot make the keys that attestation needs.",
    cause: "Firmware setup disables it (“TPM Hierarchy”, “Endorsement Hierarchy” or “Storage Hierarchy”), or a program switched it off until the next start.",
    remedy: &[
        "Enter maintenance mode and reboot the host: what a program switched off is on again afterwards.",
        "If it stays so, reboot into firmware setup and enable storage and endorsement hierarchy (TPM Hierarchy: Enabled; Security or Trusted Computing).",
        "While there, check that the TPM is on and that its algorithm is SHA-256.",
        "On the host, tpm2_getcap properties-variable must show shEnable and ehEnable as 1.",
        AFTER_BOOT,
    ],
    look: "On the host: tpm2_getcap properties-variable (shEnable, ehEnable), trustboard-agent status. Firmware setup under Security or Trusted Computing, TPM Hierarchy.",
};

pub(super) const EK_CREATION_FAILED: ReasonEntry = ReasonEntry {
    title: "Endorsement key creation failed on the device",
    sentence: "The TPM could not make its endorsement key.",
    cause: "The module does not know the key types that the TCG's profile demands (RSA 2048, ECC P-256), its firmware is faulty, or it is broken.",
    remedy: &[
        "On the host, run trustboard-agent status: it shows the TPM's answer.",
        "Install the current firmware of the TPM and of the board, and shut the host down completely before it starts again.",
        "Look at the hardware health page of the management controller.",
        "If it stays so, replace the module, or ask its maker with the TPM's answer.",
        AFTER_BOOT,
    ],
    look: "On the host: trustboard-agent status, tpm2_createek -G rsa -c - (the same question), dmesg | grep -i tpm. Host page: TPM model and firmware.",
};
