//! What the log says about the course of the boot.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Host page: what was booted, the failed check. On the host: tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements; efibootmgr -v.";

pub(super) const DMA_PROTECTION_DISABLED: ReasonEntry = ReasonEntry {
    title: "The firmware did not protect memory from devices",
    sentence: "The firmware measured that DMA protection was off during boot[ ({place})].",
    cause: "The IOMMU (VT-d, AMD-Vi) or its use before the operating system is switched off in firmware setup, or the board does not have it.",
    remedy: &[
        "Enter maintenance mode and reboot the host into firmware setup.",
        "Switch on VT-d or AMD-Vi and the DMA protection before boot (kernel DMA protection).",
        "If the board cannot, keep strangers away from its slots and ports.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const OPTION_FAILED: ReasonEntry = ReasonEntry {
    title: "A boot option gave up before another one was tried",
    sentence: "An application that the firmware called came back without starting a system[ ({place})].",
    cause: "The first boot option does not work: a network boot without an answer, a removed disk, a boot loader that refused its files. The system came up from a later one.",
    remedy: &[
        "Look at the boot options on the host: efibootmgr -v. Remove those that cannot work, and put the right one first.",
        "Make sure that the host booted from where it should: the boot loader and the partition table are on the host's page.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const APPLICATION_BEFORE_OPTION: ReasonEntry = ReasonEntry {
    title: "An application ran before any boot option was called",
    sentence: "The firmware started an application by itself[ ({place})].",
    cause: "Some makers run an agent of their own (tracking, recovery, management) before the boot. Malicious code in the firmware would stand in the same place.",
    remedy: &[
        "Compare with other hosts of the same model and firmware: if all of them show the same digest, it is the maker's.",
        "Switch such agents off in firmware setup if you do not use them.",
        "If only this host shows it, treat it as an incident.",
    ],
    look: LOOK,
};

pub(super) const SERVICES_NOT_LEFT: ReasonEntry = ReasonEntry {
    title: "The log ends before the firmware handed over to the system",
    sentence: "The log does not say that the boot services of the firmware were left[ ({place})].",
    cause: "Older firmware does not log it, or the log was read by a boot loader before that point. PCR values are compared all the same.",
    remedy: &[
        "Compare with other hosts of the same model: if all of them show it, it is the firmware or the boot loader.",
        "Update the firmware and the boot loader.",
        "If it was there before and is not any more, look at what changed in the boot loader.",
    ],
    look: LOOK,
};

pub(super) const OPTION_ROM_LOADED: ReasonEntry = ReasonEntry {
    title: "Code of a device ran during boot",
    sentence: "The firmware ran an option ROM[ ({place})]. Where it came from is not proven; its digest in PCR 2 is.",
    cause: "Network, storage and graphics cards bring such code. This policy does not want it.",
    remedy: &[
        "Compare the digests with other hosts that have the same cards.",
        "Switch off in firmware setup the option ROMs of devices that the host does not boot from.",
        AFTER_BOOT,
    ],
    look: LOOK,
};
