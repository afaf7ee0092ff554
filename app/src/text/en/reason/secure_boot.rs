//! What the log says about Secure Boot.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Host page: Secure Boot, PCR 7 in the PCR table, the failed check. On the host: mokutil --sb-state; tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements. Firmware setup under Boot or Security.";
const TO_SETUP: &str = "Enter maintenance mode and reboot the host into firmware setup.";
const UPDATE_FIRMWARE: &str =
    "Update the firmware of the board and reboot: this usually comes from a firmware error.";
const INCIDENT: &str = "If only this host shows it and nobody worked on it, treat it as an incident: somebody may have changed its log or its firmware.";

pub(super) const DISABLED: ReasonEntry = ReasonEntry {
    title: "Host Secure Boot is disabled",
    sentence: "The firmware measured Secure Boot as off at the last boot[, in {place}][; it was last seen on at {last_on}]. Enable it in firmware setup, then reboot.",
    cause: "Somebody switched Secure Boot off in firmware setup, often to boot a rescue medium or after a firmware reset; a firmware update or an empty battery on the board can do it too.",
    remedy: &[
        "Find out whether somebody switched it off on purpose. If nobody did, look at the boot entries and the history before you go on.",
        TO_SETUP,
        "Switch Secure Boot on, in user mode (standard), not in setup or audit mode; restore the factory keys if the key database is empty.",
        "Save and boot. If the host then refuses to boot, its boot loader or kernel is not signed by a key in db: install signed ones.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const UNSUPPORTED: ReasonEntry = ReasonEntry {
    title: "The firmware measures no Secure Boot state",
    sentence: "PCR 7 and its log say nothing about Secure Boot[ ({place})].",
    cause: "The host booted in legacy BIOS mode (CSM), or its firmware does not know Secure Boot.",
    remedy: &[
        TO_SETUP,
        "Switch the legacy mode (CSM) off and boot in UEFI mode, then switch Secure Boot on.",
        "If the firmware has no Secure Boot, update it; hardware that has none at all cannot pass.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const VARIABLE_MISPLACED: ReasonEntry = ReasonEntry {
    title: "A Secure Boot variable is missing, repeated or in the wrong place in the log",
    sentence: "[{variable}|A Secure Boot variable] is not measured exactly once where it must be[ ({place})].",
    cause: "The firmware writes the log wrongly, or somebody measured a second, better-looking value.",
    remedy: &[
        "Compare with other hosts of the same model: if all of them show it, it is the firmware.",
        UPDATE_FIRMWARE,
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const DATA_FORGED: ReasonEntry = ReasonEntry {
    title: "A Secure Boot event in the log was forged",
    sentence: "The data of an event is not what its digest covers[ ({place})].",
    cause: "The log was changed on the host so that Secure Boot looks better than it was. Some very old boot loaders also log other bytes than they measure.",
    remedy: &[
        "Treat it as an incident first: enter maintenance mode and move the host's work elsewhere.",
        "Compare with other hosts of the same model and the same boot loader.",
        "Reinstall the boot loader from its package, update the firmware, and reboot.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const VARIABLE_MALFORMED: ReasonEntry = ReasonEntry {
    title: "A Secure Boot variable cannot be read",
    sentence: "[{variable}|A Secure Boot variable] or a list in it breaks the rules of its format[ ({place})].",
    cause: "A damaged key or revocation list was enrolled, or the firmware writes the log wrongly.",
    remedy: &[
        TO_SETUP,
        "Restore the factory Secure Boot keys, then apply the current revocation list (dbx) again.",
        UPDATE_FIRMWARE,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const KEYS_MISSING: ReasonEntry = ReasonEntry {
    title: "Secure Boot is on, but its keys are not enrolled",
    sentence: "Secure Boot claims to be on while PK, KEK or db is empty[ ({place})].",
    cause: "The keys were deleted in firmware setup (setup mode), or the firmware is faulty. Without keys Secure Boot verifies nothing.",
    remedy: &[
        TO_SETUP,
        "Restore the factory Secure Boot keys, or enrol your own PK, KEK and db, and leave setup mode.",
        "Save and boot.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const AUTHORITY_MISSING: ReasonEntry = ReasonEntry {
    title: "Secure Boot is on, but nothing that ran was measured as verified",
    sentence: "The log names no authority that verified what was booted[ ({place})].",
    cause: "The firmware booted something without verifying it, or it does not measure the authority.",
    remedy: &[
        "Compare with other hosts of the same model: if all of them show it, it is the firmware.",
        UPDATE_FIRMWARE,
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const AUTHORITY_UNKNOWN: ReasonEntry = ReasonEntry {
    title: "What was booted was signed by an authority that is not in db",
    sentence: "The authority that signed what was booted is not in the signature database[ ({place})].",
    cause: "The boot loader uses a machine owner key of its own, db was changed after the measurement, or the log was changed.",
    remedy: &[
        "Find out who enrolled the key: a driver or kernel that was signed on this machine (mokutil --list-enrolled)?",
        "If it is meant, enrol the key in db; if not, remove it and reinstall the boot loader and the kernel from their packages.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const AUTHORITY_REVOKED: ReasonEntry = ReasonEntry {
    title: "What was booted was signed by a revoked authority",
    sentence: "The authority that signed what was booted stands on the revocation list (dbx)[ ({place})].",
    cause: "An old boot loader with a known weakness was booted, or the firmware did not honour its revocation list.",
    remedy: &[
        "Enter maintenance mode.",
        "Install the current boot loader (shim, GRUB or the unified kernel image) from the distribution, and remove old boot entries.",
        "Update the firmware and reboot.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const TEST_KEY: ReasonEntry = ReasonEntry {
    title: "The platform key is a public test key",
    sentence: "The private half of the platform key is public, so anybody can change the Secure Boot keys of this host (CVE-2024-8105)[; {place}].",
    cause: "The maker of the board shipped a test key (“DO NOT TRUST”) in its firmware.",
    remedy: &[
        "Update the firmware to a version with a key of the maker's own.",
        TO_SETUP,
        "Restore the factory Secure Boot keys of the new firmware, or enrol a platform key of your own.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const DEBUG_MODE: ReasonEntry = ReasonEntry {
    title: "UEFI debug mode was on",
    sentence: "The firmware measured that a debugger could be attached at boot[ ({place})].",
    cause: "Debug mode is on in firmware setup, or a development build of the firmware is installed. With it Secure Boot can be bypassed.",
    remedy: &[
        TO_SETUP,
        "Switch every debug setting off, or install a release build of the firmware.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SETUP_MODE: ReasonEntry = ReasonEntry {
    title: "Secure Boot was on while its keys were open to change",
    sentence: "The firmware was in setup mode or audit mode[ ({place})]: anybody could have replaced the keys.",
    cause: "The platform key was deleted in firmware setup and never enrolled again, or a tool left the firmware in this mode.",
    remedy: &[
        TO_SETUP,
        "Restore the factory keys or enrol your own platform key: that ends setup mode. Switch audit mode off.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SHIM_VALIDATION_DISABLED: ReasonEntry = ReasonEntry {
    title: "shim starts boot loaders and kernels without verifying them",
    sentence: "shim was told to verify nothing[ ({place})], so Secure Boot says nothing of the boot loader and the kernel.",
    cause: "Somebody ran mokutil --disable-validation and confirmed it on the console, usually to load an unsigned kernel or module.",
    remedy: &[
        "Find out who switched it off and why. If nobody did, treat it as an incident: it needs a person at the console.",
        "Enter maintenance mode, run mokutil --enable-validation on the host, reboot, and confirm it on the console.",
        "Sign own kernels and modules instead, with a key that is enrolled as a machine owner key.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const MACHINE_OWNER_KEY_USED: ReasonEntry = ReasonEntry {
    title: "Something was started because of a key that the owner of the machine enrolled",
    sentence: "A key of the machine owner list let an image start[ ({place})].",
    cause: "The host runs a kernel, a boot loader or a module that was signed in house or by a driver's installer (DKMS), and somebody enrolled its key on the console.",
    remedy: &[
        "Compare the key with those that you enrol yourselves: mokutil --list-enrolled on the host.",
        "If it is yours, relax this check in the policy of the cluster and give that as the reason, or grant this host an exception.",
        "If nobody knows it, remove it with mokutil --delete, reboot, and look for what it signed.",
    ],
    look: LOOK,
};

pub(super) const REVOCATIONS_MISSING: ReasonEntry = ReasonEntry {
    title: "The list of revoked boot software is out of date",
    sentence: "dbx lacks revocations of the official list[ of {official_of}][: {missing} are missing].",
    cause: "The update of the list was never installed; firmware vendors and distributions deliver it separately from their other updates.",
    remedy: &[
        "First update shim, the boot loader and other media that the host boots: an old one is revoked by the new list and no longer starts.",
        "Install the update in maintenance mode: fwupdmgr update, or the update of the firmware's maker; then reboot.",
        "If the server's own list is the old one, put the current dbxupdate file in its place.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const ROLLOVER_PENDING: ReasonEntry = ReasonEntry {
    title: "Keys of Microsoft expire in 2026 and their successors are not enrolled",
    sentence: "The firmware holds the keys of 2011 without those of 2023[ ({place})].",
    cause: "The firmware was not updated since Microsoft issued new keys. What is signed with the old ones goes on booting; boot loaders that are signed only with the new ones do not, nor does the host take new revocations.",
    remedy: &[
        "This is planned work, not an incident: the change of db and KEK that follows is expected.",
        "Install the maker's firmware update that brings the keys of 2023, or the updates of db and KEK through fwupd.",
        "Expect PCR 7 to change: approve the new configuration afterwards, and renew what is sealed to PCR 7 (disk encryption).",
        AFTER_BOOT,
    ],
    look: LOOK,
};
