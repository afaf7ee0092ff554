//! The boot itself: firmware, shim, GRUB and Linux measure in the order in which a PC does.

use trustboard_model::pcr::PcrIndex;
use uuid::Uuid;

use super::bank::Bank;
use super::event::EventType as Kind;
use super::image::Disk;
use super::keys::Keys;
use super::log::BootLog;
use super::software::Software;
use super::variable::{
    GLOBAL, SECURITY_DATABASE, SHIM_LOCK, certificate_list, digest_list, load_option,
    signature_data, utf16, variable_data,
};

/// Signature owner of the simulated maker's keys.
const OWNER: Uuid = Uuid::from_u128(0x5b1c_33a0_94c4_4d0f_8a67_20cf_0f5e_7d11);
/// Images that dbx names, as many as give the list a believable size.
const REVOKED_IMAGES: u8 = 24;

/// A machine, as far as its firmware knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// What is installed.
    pub software: Software,
    /// The disk it boots from.
    pub disk: Disk,
    /// The root file system that GRUB looks for: the disk's own, or that of the image which many
    /// disks were written from.
    pub root: Uuid,
    /// The TPM's active banks, ascending.
    pub banks: Vec<Bank>,
    /// 3 if a hardware root of trust starts the TPM, else 0.
    pub startup_locality: u8,
}

/// What was chosen in the firmware setup, and what lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Whether Secure Boot is on.
    pub secure_boot: bool,
    /// What GRUB is.
    pub boot_loader: BootLoader,
    /// What GRUB starts the kernel with.
    pub command_line: CommandLine,
    /// What the initial file system is.
    pub initrd: Initrd,
}

impl Choices {
    /// As it was delivered.
    pub const DELIVERED: Self = Self {
        secure_boot: true,
        boot_loader: BootLoader::Shipped,
        command_line: CommandLine::Configured,
        initrd: Initrd::Built,
    };
}

/// The boot loader that shim starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BootLoader {
    /// The distribution's.
    Shipped,
    /// The distribution's next version, measured truthfully.
    Updated,
    /// Another image, while the log goes on naming the distribution's.
    Replaced,
}

/// What GRUB starts the kernel with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandLine {
    /// What the distribution configured.
    Configured,
    /// The same, and a shell in the place of the system's first process.
    WithShell,
}

/// The initial file system that lies beside the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Initrd {
    /// Built when the kernel was installed.
    Built,
    /// Built again, with something else in it.
    Rebuilt,
}

/// What `machine` measures while it boots.
pub fn boot(machine: &Machine, keys: &Keys, choices: Choices) -> BootLog {
    let mut log = BootLog::new(&machine.banks, machine.startup_locality);
    firmware(&mut log, machine, keys, choices);
    shim(&mut log, machine, keys, choices);
    grub(&mut log, machine, choices);
    // The kernel's EFI stub leaves the firmware (PFP 1.06, 10.4.4).
    log.measure(pcr(5), Kind::EFI_ACTION, b"Exit Boot Services Invocation".to_vec());
    log.measure(pcr(5), Kind::EFI_ACTION, b"Exit Boot Services Returned with Success".to_vec());
    log
}

fn firmware(log: &mut BootLog, machine: &Machine, keys: &Keys, choices: Choices) {
    let software = machine.software;
    let version = [utf16(software.firmware), vec![0, 0]].concat();
    log.measure(pcr(0), Kind::S_CRTM_VERSION, version);
    for (volume, base, size) in
        [("PEI", 0x0082_0000_u64, 0xE_0000_u64), ("DXE", 0x90_0000, 0xE0_0000)]
    {
        // UEFI_PLATFORM_FIRMWARE_BLOB (PFP 1.06, 10.2.4)
        let place = [base.to_le_bytes(), size.to_le_bytes()].concat();
        log.measure_other(
            pcr(0),
            Kind::EFI_PLATFORM_FIRMWARE_BLOB,
            image(volume, software.firmware),
            place,
        );
    }

    let database = |certificate: &[u8]| certificate_list(OWNER, certificate);
    let revoked: Vec<_> = (0..REVOKED_IMAGES)
        .map(|number| Bank::Sha256.hash(&[b"revoked image", &[number]]).as_bytes().to_vec())
        .collect();
    for (vendor, name, value) in [
        (GLOBAL, "SecureBoot", vec![u8::from(choices.secure_boot)]),
        (GLOBAL, "PK", database(&keys.pk)),
        (GLOBAL, "KEK", database(&keys.kek)),
        (SECURITY_DATABASE, "db", database(&keys.db)),
        (SECURITY_DATABASE, "dbx", digest_list(OWNER, &revoked)),
    ] {
        let data = variable_data(vendor, name, &value);
        log.measure(pcr(7), Kind::EFI_VARIABLE_DRIVER_CONFIG, data);
    }
    log.measure(pcr(7), Kind::SEPARATOR, vec![0; 4]);

    // UEFI_HANDOFF_TABLE_POINTERS with one entry, SMBIOS 3 (PFP 1.06, 10.2.7)
    let smbios = Uuid::from_u128(0xf2fd_1544_9794_4a2c_992e_e5bb_cf20_e394);
    let tables =
        [1_u64.to_le_bytes().to_vec(), smbios.to_bytes_le().to_vec(), vec![0, 0, 0x5e, 0x7f]]
            .concat();
    let tables = [tables, vec![0; 4]].concat();
    log.measure_other(pcr(1), Kind::EFI_HANDOFF_TABLES, image("SMBIOS", software.firmware), tables);
    let loader = machine.disk.file_path(&shim_path(software));
    for (name, value) in [
        ("BootOrder", 0_u16.to_le_bytes().to_vec()),
        ("Boot0000", load_option(software.name, &loader)),
    ] {
        // Firmware built from EDK II hashes the value alone here, unlike for PCR 7.
        let data = variable_data(GLOBAL, name, &value);
        log.measure_other(pcr(1), Kind::EFI_VARIABLE_BOOT, value, data);
    }

    let calling = b"Calling EFI Application from Boot Option".to_vec();
    log.measure(pcr(4), Kind::EFI_ACTION, calling);
    for index in 0..7 {
        log.measure(pcr(index), Kind::SEPARATOR, vec![0; 4]);
    }
    if choices.secure_boot {
        let authority = signature_data(OWNER, &keys.db);
        let data = variable_data(SECURITY_DATABASE, "db", &authority);
        log.measure(pcr(7), Kind::EFI_VARIABLE_AUTHORITY, data);
    }
    log.measure(pcr(5), Kind::EFI_GPT, machine.disk.gpt_event());
    log.measure_other(
        pcr(4),
        Kind::EFI_BOOT_SERVICES_APPLICATION,
        image("shimx64.efi", software.shim),
        machine.disk.load_event(&shim_path(software), 0xE_A000),
    );
}

fn shim(log: &mut BootLog, machine: &Machine, keys: &Keys, choices: Choices) {
    let software = machine.software;
    // The lists of machine owner keys: nobody has enrolled any.
    for (name, list) in [
        ("MokList", certificate_list(OWNER, &keys.vendor)),
        ("MokListX", digest_list(OWNER, &[vec![0; 32]])),
    ] {
        log.measure_other(pcr(14), Kind::IPL, list, [name.as_bytes(), &[0]].concat());
    }
    let level = b"sbat,1,2024010900\nshim,4\ngrub,3\ngrub.debian,4\n";
    let level = variable_data(SHIM_LOCK, "SbatLevel", level);
    log.measure(pcr(7), Kind::EFI_VARIABLE_AUTHORITY, level);
    log.measure_other(pcr(14), Kind::IPL, vec![1], b"MokListTrusted\0".to_vec());
    if choices.secure_boot {
        // shim names the certificate that it carries itself, without an owner.
        let data = variable_data(SHIM_LOCK, "Shim", &keys.vendor);
        log.measure(pcr(7), Kind::EFI_VARIABLE_AUTHORITY, data);
    }
    let path = format!("\\EFI\\{}\\grubx64.efi", software.id);
    let version = match choices.boot_loader {
        BootLoader::Shipped | BootLoader::Replaced => software.grub.to_owned(),
        BootLoader::Updated => format!("{}+security1", software.grub),
    };
    log.measure_other(
        pcr(4),
        Kind::EFI_BOOT_SERVICES_APPLICATION,
        image("grubx64.efi", &version),
        machine.disk.load_event(&path, 0x26_4000),
    );
    if choices.boot_loader == BootLoader::Replaced {
        log.replace_last(image("grubx64.efi", "not from any distribution"));
    }
}

fn grub(log: &mut BootLog, machine: &Machine, choices: Choices) {
    let software = machine.software;
    let kernel = format!("/boot/vmlinuz-{}", software.kernel);
    let initrd = format!("/boot/initrd.img-{}", software.kernel);
    let root = machine.root;
    let file = |log: &mut BootLog, path: &str, version: &str| {
        log.measure_other(
            pcr(9),
            Kind::IPL,
            image(path, version),
            [path.as_bytes(), &[0]].concat(),
        );
    };
    // GRUB hashes the text and logs it behind a prefix, with a NUL that it does not hash.
    let text = |log: &mut BootLog, prefix: &str, text: &str| {
        let data = format!("{prefix}: {text}\0").into_bytes();
        log.measure_other(pcr(8), Kind::IPL, text.as_bytes().to_vec(), data);
    };

    file(log, &format!("(hd0,gpt1)/EFI/{}/grub.cfg", software.id), software.id);
    text(log, "grub_cmd", &format!("search.fs_uuid {root} root"));
    text(log, "grub_cmd", "set prefix=($root)/boot/grub");
    file(log, "(hd0,gpt2)/boot/grub/grub.cfg", software.kernel);
    let mut command_line = format!("{kernel} root=UUID={root} ro quiet");
    if choices.command_line == CommandLine::WithShell {
        command_line.push_str(" init=/bin/sh");
    }
    text(log, "grub_cmd", &format!("linux {command_line}"));
    file(log, &kernel, software.kernel);
    // shim checks the kernel's signature for GRUB, and measures it as an application; what GRUB
    // read into memory has no device path.
    log.measure_other(
        pcr(4),
        Kind::EFI_BOOT_SERVICES_APPLICATION,
        image(&kernel, software.kernel),
        [0x6F00_0000_u64, 0x7B_0000, 0, 0].map(u64::to_le_bytes).concat(),
    );
    text(log, "kernel_cmdline", &command_line);
    text(log, "grub_cmd", &format!("initrd {initrd}"));
    let built = match choices.initrd {
        Initrd::Built => software.kernel,
        Initrd::Rebuilt => "with something else in it",
    };
    file(log, &initrd, built);
}

/// Stands for the bytes of an image: another version is another image.
fn image(name: &str, version: &str) -> Vec<u8> {
    format!("{name} {version}").into_bytes()
}

fn shim_path(software: Software) -> String {
    format!("\\EFI\\{}\\shimx64.efi", software.id)
}

/// A register that is known when this is compiled.
fn pcr(index: u8) -> PcrIndex {
    PcrIndex::try_from(index).expect("firmware and boot loaders measure into PCR 0 to 14")
}
