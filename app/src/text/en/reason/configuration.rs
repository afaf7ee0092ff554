//! What was booted is what an operator approved.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Host page: the differences from the closest configuration, event by event; what was booted. Configurations: the approved versions of the cluster. On the host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements.";
const ACCEPT: &str = "If the change is meant, read all differences on the host's page and accept it there: that makes a new version of the configuration, which every host of its clusters may then boot.";
const INCIDENT: &str =
    "If nobody made the change, treat it as an incident: enter maintenance mode and keep the log.";

pub(super) const KERNEL_COMMAND_LINE_CHANGED: ReasonEntry = ReasonEntry {
    title: "The kernel command line is not the approved one",
    sentence: "[{place}: kernel command line changed|The kernel command line changed][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Added: `{added}`.][ Removed: `{removed}`.][ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "Somebody edited the command line, for this boot in the boot loader's menu or for good in its configuration; a package can do it too. Words such as init=/bin/sh or rd.break give a shell without a password, and others switch protections off.",
    remedy: &[
        "Find out who changed it: look at /etc/default/grub, /etc/kernel/cmdline or the loader's entries, and at the console's users at the time of the boot.",
        ACCEPT,
        "If not, put the old command line back (update-grub, kernel-install) and reboot; a line that was typed into the menu is gone with the reboot.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const INITRD_CHANGED: ReasonEntry = ReasonEntry {
    title: "The initial file system (initrd) is not the approved one",
    sentence: "[{place}: initrd changed|The initrd changed][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "The initrd was built anew on the host, as updates of the kernel, drivers or microcode do. One that is built on each host differs on each, and code put into it runs before everything else.",
    remedy: &[
        "Look for an update at that time (/var/log/dpkg.log, dnf history) that ran update-initramfs or dracut.",
        ACCEPT,
        "If not, build it again from the packages (update-initramfs -u, dracut --force) or restore the old one, and reboot.",
        "If it differs from host to host by nature, mark its event as varying in a new version, or move to unified kernel images, which are built and signed once.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const KERNEL_CHANGED: ReasonEntry = ReasonEntry {
    title: "The kernel is not the approved one",
    sentence: "[{place}: kernel changed|The kernel changed][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "A kernel update was installed and booted, or an older kernel was chosen in the boot loader's menu.",
    remedy: &[
        "Compare the kernel under what was booted with the one that the cluster should run.",
        ACCEPT,
        "If not, install and boot the approved kernel, and remove the other one or its menu entry.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const BOOT_LOADER_CHANGED: ReasonEntry = ReasonEntry {
    title: "The boot loader is not the approved one",
    sentence: "[{place}: boot loader changed|The boot loader changed][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "An update of shim, GRUB or systemd-boot, another boot entry or medium (network, USB), or a boot loader that somebody replaced.",
    remedy: &[
        "Look at the boot entries (efibootmgr -v) and at updates of shim and the boot loader.",
        ACCEPT,
        "If not, boot from the usual entry, or reinstall shim and the boot loader from their packages, and reboot.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const SECURE_BOOT_KEYS_CHANGED: ReasonEntry = ReasonEntry {
    title: "The Secure Boot keys are not the approved ones",
    sentence: "[{place}: Secure Boot keys changed|The Secure Boot keys changed][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "Most often an update of the revocation list (dbx) by fwupd or the firmware. The change from Microsoft's certificates of 2011 to those of 2023 changes KEK and db, and then the authority that vouches for shim. Otherwise somebody enrolled or removed a key (firmware setup, mokutil).",
    remedy: &[
        "Look at which variable changed: dbx alone is an update of revocations; db and KEK together with names of 2023 are Microsoft's new certificates (fwupdmgr get-history).",
        ACCEPT,
        "Expect the same on the other hosts of this model: accept it once for the cluster instead of host by host.",
        "If nobody updated anything, compare the keys with those of another host (mokutil --db, --kek, --list-enrolled), restore the factory keys in firmware setup, and treat it as an incident.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const FIRMWARE_CHANGED: ReasonEntry = ReasonEntry {
    title: "The firmware is not the approved one",
    sentence: "[{place}: firmware changed|The firmware changed][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "An update of the firmware or of a card's option ROM, another setting in firmware setup, or a card that was added, removed or replaced.",
    remedy: &[
        "Compare the firmware's version with the other hosts of this model, and ask who worked on the hardware.",
        ACCEPT,
        "If not, install the approved version from the maker, with its checksum, and undo the change of settings or cards.",
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const LOADER_COMMAND_CHANGED: ReasonEntry = ReasonEntry {
    title: "The boot loader ran other commands or files than approved",
    sentence: "[{place}: boot loader command changed|A command of the boot loader changed][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "The boot loader's configuration was generated anew (grub.cfg, loader entries), another menu entry was chosen, or somebody typed commands at the console. A menu entry with a disk's UUID differs from host to host.",
    remedy: &[
        "Compare grub.cfg or the loader's entries with another host of the cluster.",
        ACCEPT,
        "If only a UUID or a disk's name differs, mark that event as varying in a new version.",
        "If not, generate the configuration again from its sources (update-grub) and reboot.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const NOT_APPROVED: ReasonEntry = ReasonEntry {
    title: "What was booted is not an approved configuration",
    sentence: "[{place}: not as approved|What was booted is not as approved][: `{expected}` → `{found}`|: approved was `{expected}`|: found `{found}`].[ Closest approved configuration: {configuration}, version {version}; differences in all: {count}.]",
    cause: "Something was measured that no approved configuration of the cluster has: another boot path, another disk layout, or something that the operating system measured after boot.",
    remedy: &[
        "Read the differences on the host's page: the PCR says who measured it.",
        ACCEPT,
        "If the register differs from host to host by nature, leave it out of a new version, or mark its events as varying.",
        "If not, put the approved state back and reboot.",
        AFTER_BOOT,
    ],
    look: LOOK,
};
