//! What events of real logs say.

use trustboard_attest::eventlog::EventLog;
use trustboard_attest::meaning::meaning;
use trustboard_model::boot::{BootItem, Topic};
use trustboard_model::digest::HashAlg;

use super::logs::scene_of;
use super::{folder, read};

/// Each covered or uncovered word of a log as `topic mark text`.
fn lines(name: &str) -> Vec<String> {
    let bytes = read(name);
    let log = EventLog::parse(&bytes).unwrap();
    let bank = if log.banks().contains(&HashAlg::Sha256) { HashAlg::Sha256 } else { HashAlg::Sha1 };
    let line = |event| {
        let (topic, said) = meaning(event, bank);
        said.map(|said| format!("{topic:?} {} {}", if said.covered { '=' } else { '?' }, said.text))
    };
    log.insecure_events().iter().filter_map(line).collect()
}

#[test]
fn real_logs_say_what_was_booted() {
    if folder().is_none() {
        return;
    }
    for (name, expected) in [
        (
            "fraunhofer-cmc/mrtool-binary_bios_measurements",
            &[
                "Firmware = V27.01.07",
                "BootOption = Boot0004, Boot0000",
                "BootOption = SEITEC Edge OS, HD(1,GPT,b3023781-d5a0-466b-9bda-8a7430f4c479,0x800,0x40000)/\\EFI\\boot\\bootx64.efi",
                "Kernel ? PciRoot(0x0)/Pci(0x12,0x0)/Sata(0x1,0x0,0x0)/HD(2,GPT,0415a739-b826-4f6d-8084-c39a9e1fa3ea,0x40800,0x40000)/vmlinuz",
                "KernelCommandLine ? LOADED_IMAGE::LoadOptions",
            ][..],
        ),
        (
            "go-tpm-tools/eventlogs/gdc-host.bin",
            &[
                "Kernel ? /vmlinuz-6.9.0-rc7+",
                "KernelCommandLine = /vmlinuz-6.9.0-rc7+ root=/dev/mapper/ubuntu--vg-ubuntu--lv ro nohibernate kvm_intel.tdx=on intel_iommu=on",
                "Initrd ? Linux initrd",
                "FirmwareConfiguration = DMA Protection Disabled",
            ],
        ),
        (
            "go-tpm-tools/eventlogs/rhel8-uefi.bin",
            &[
                "LoaderCommand = load_video",
                "Kernel ? grub_linuxefi Kernel",
                "LoaderCommand = initrd (hd0,gpt2)/boot/initramfs-4.18.0-240.22.1.el8_3.x86_64.img",
            ],
        ),
        (
            "rust-keylime/uefi_log.bin",
            &["Sbat = sbat,1,2021030218", "BootLoader ? \\EFI\\fedora\\grubx64.efi"],
        ),
        // shim's historic padding: the digest covers all but its last byte.
        ("go-tpm-tools/eventlogs/debian-10.bin", &["Authority = Shim: Debian Secure Boot CA"]),
        (
            "go-attestation/crypto_agile_eventlog",
            &[
                "Firmware = 546bfb1e-1d0c-4055-a4ad-4ef4bf17b83a",
                "BootOption = BootOrder: Boot0005, Boot0002, Boot0001, Boot0004, Boot0003, Boot0000",
            ],
        ),
        (
            "go-tpm-tools/eventlogs/ubuntu-2404-amd-sevsnp.bin",
            &["Firmware = GCE NonHostInfo, AMD SEV-SNP"],
        ),
    ] {
        let lines = lines(name);
        for expected in expected {
            assert!(lines.iter().any(|line| line == expected), "{name}: {expected}\n{lines:#?}");
        }
    }
}

/// Words of GRUB are covered in every public log, and no path of an image ever is.
#[test]
fn commands_are_covered_and_paths_are_not() {
    if folder().is_none() {
        return;
    }
    for name in super::json("eventlogs-observed.json").as_object().unwrap().keys() {
        let bytes = read(name);
        let Ok(log) = EventLog::parse(&bytes) else { continue };
        let Some(&bank) = log.banks().iter().find(|bank| **bank != HashAlg::Sha1) else { continue };
        for event in log.insecure_events() {
            match meaning(event, bank) {
                (Topic::LoaderCommand | Topic::KernelCommandLine, Some(said)) if event.pcr == 8 => {
                    assert!(said.covered, "{name}: {}: {}", event.place(), said.text);
                }
                (Topic::BootLoader | Topic::Driver, Some(said)) if event.pcr == 4 => {
                    assert!(!said.covered, "{name}: {}: {}", event.place(), said.text);
                }
                _ => {}
            }
        }
    }
}

/// What an appraisal says was booted, as `topic mark text`.
fn booted(name: &str) -> Vec<String> {
    let report = scene_of(&read(name)).appraise();
    let line = |item: &BootItem| match &item.said {
        Some(said) => {
            format!("{:?} {} {}", item.topic, if said.covered { '=' } else { '?' }, said.text)
        }
        None => format!("{:?}", item.topic),
    };
    report.booted.iter().map(line).collect()
}

#[test]
fn what_was_booted_is_told_in_the_order_of_the_boot_and_in_few_lines() {
    if folder().is_none() {
        return;
    }
    let lines = booted("go-tpm-tools/eventlogs/rhel8-uefi.bin");
    let mut rest = lines.iter();
    for expected in [
        "Firmware = GCE Virtual Firmware v1",
        "SecureBootVariable = SecureBoot=01",
        "Revocations = dbx: Canonical Ltd. Secure Boot Signing; Virtual UEFI SubCA; Debian Secure Boot Signer; 183 hashes",
        "Authority = db: Microsoft Corporation UEFI CA 2011",
        "BootLoader ? \\EFI\\redhat\\grubx64.efi",
        "Authority = Shim: Red Hat Secure Boot CA 5",
        "Kernel ? grub_linuxefi Kernel",
        // From memory: an application without a path after GRUB's command.
        "Kernel",
        "LoaderCommand = initrd (hd0,gpt2)/boot/initramfs-4.18.0-240.22.1.el8_3.x86_64.img",
        "Initrd ? grub_linuxefi Initrd",
    ] {
        assert!(rest.any(|line| line == expected), "{expected}\n{lines:#?}");
    }
    // The kernel's own stub measures the command line by its digest alone.
    let lines = booted("go-tpm-tools/eventlogs/gdc-host.bin");
    let line = "KernelCommandLine = BOOT_IMAGE=/vmlinuz-6.9.0-rc7+ root=/dev/mapper/ubuntu--vg-ubuntu--lv ro nohibernate kvm_intel.tdx=on intel_iommu=on";
    assert!(lines.iter().any(|found| found == line), "{lines:#?}");
    for name in super::json("eventlogs-observed.json").as_object().unwrap().keys() {
        if EventLog::parse(&read(name)).is_ok() {
            assert!(booted(name).len() <= 40, "{name}");
        }
    }
}
