//! A firmware-like boot: events, their log, and what they extend.

use std::collections::BTreeMap;

use trustboard_attest::secure_boot::OfficialRevocations;
use trustboard_model::digest::HashAlg;

use super::maker::Maker;
pub use trustboard_soft_tpm::hash;

pub const GLOBAL: [u8; 16] =
    [0x61, 0xDF, 0xE4, 0x8B, 0xCA, 0x93, 0xD2, 0x11, 0xAA, 0x0D, 0, 0xE0, 0x98, 3, 0x2B, 0x8C];
pub const IMAGE_SECURITY: [u8; 16] = [
    0xCB, 0xB2, 0x19, 0xD7, 0x3A, 0x3D, 0x96, 0x45, 0xA3, 0xBC, 0xDA, 0xD0, 0x0E, 0x67, 0x65, 0x6F,
];
pub const SHIM: [u8; 16] =
    [0x50, 0xAB, 0x5D, 0x60, 0x46, 0xE0, 0, 0x43, 0xAB, 0xB6, 0x3D, 0xD8, 0x10, 0xDD, 0x8B, 0x23];
const X509: [u8; 16] = [
    0xA1, 0x59, 0xC0, 0xA5, 0xE4, 0x94, 0xA7, 0x4A, 0x87, 0xB5, 0xAB, 0x15, 0x5C, 0x2B, 0xF0, 0x72,
];
const OWNER: [u8; 16] = [7; 16];

pub fn digest_of(alg: HashAlg, data: &[u8]) -> Vec<u8> {
    hash(alg, data)
}

pub fn extend(alg: HashAlg, value: &mut Vec<u8>, digest: &[u8]) {
    *value = hash(alg, &[&value[..], digest].concat());
}

/// One event. `hashed` is what its digest covers.
#[derive(Clone)]
pub struct BootEvent {
    pub pcr: u32,
    pub kind: u32,
    pub data: Vec<u8>,
    pub hashed: Vec<u8>,
    /// Whether the TPM is extended.
    pub extends: bool,
    /// All digests are zero.
    pub zero_digest: bool,
}

impl BootEvent {
    pub fn new(pcr: u32, kind: u32, data: &[u8]) -> Self {
        let (data, hashed) = (data.to_vec(), data.to_vec());
        Self { pcr, kind, data, hashed, extends: true, zero_digest: false }
    }

    pub fn no_action(pcr: u32, data: &[u8]) -> Self {
        Self { extends: false, zero_digest: true, ..Self::new(pcr, 3, data) }
    }

    fn digest(&self, alg: HashAlg) -> Vec<u8> {
        if self.zero_digest { vec![0; alg.len()] } else { hash(alg, &self.hashed) }
    }
}

/// Events in the order of a boot.
#[derive(Clone)]
pub struct Boot {
    pub events: Vec<BootEvent>,
    pub locality: Option<u8>,
}

pub const VARIABLE: u32 = 0x8000_0001;
pub const AUTHORITY: u32 = 0x8000_00E0;
pub const SEPARATOR: u32 = 4;
pub const ACTION: u32 = 0x8000_0007;
pub const APPLICATION: u32 = 0x8000_0003;

impl Boot {
    /// Secure Boot on, one authority, a boot loader with its commands in PCR 8.
    pub fn secure() -> Self {
        Self::with_secure_boot(&[1])
    }

    pub fn with_secure_boot(value: &[u8]) -> Self {
        let vendor = Maker::boot_certificate("Vendor CA");
        let lists = |name: &str| match name {
            "PK" => list(&Maker::boot_certificate("Platform key of a maker")),
            "KEK" | "db" => list(&vendor),
            _ => list(&Maker::boot_certificate("Revoked CA")),
        };
        let mut events = vec![
            BootEvent::new(0, 8, b"S\0C\0R\0T\0M\0"),
            BootEvent::new(0, 0x8000_0008, &[0; 16]),
            BootEvent::new(7, VARIABLE, &variable(GLOBAL, "SecureBoot", value)),
        ];
        for name in ["PK", "KEK", "db", "dbx"] {
            let guid = if name.starts_with("db") { IMAGE_SECURITY } else { GLOBAL };
            events.push(BootEvent::new(7, VARIABLE, &variable(guid, name, &lists(name))));
        }
        events.push(BootEvent::new(7, SEPARATOR, &[0; 4]));
        events.push(BootEvent::new(1, 0x8000_0002, b"BootOrder"));
        events.push(BootEvent::new(4, ACTION, b"Calling EFI Application from Boot Option"));
        events.extend((0..7).map(|pcr| BootEvent::new(pcr, SEPARATOR, &[0; 4])));
        let signature = [&OWNER[..], &vendor].concat();
        let authority = variable(IMAGE_SECURITY, "db", &signature);
        events.push(BootEvent::new(7, AUTHORITY, &authority));
        let mut loader = BootEvent::new(4, APPLICATION, b"device path");
        loader.hashed = b"boot loader".to_vec();
        events.push(loader);
        events.push(BootEvent::new(8, 0x0D, b"grub_cmd: linux /vmlinuz"));
        events.push(BootEvent::new(5, ACTION, b"Exit Boot Services Invocation"));
        events.push(BootEvent::new(5, ACTION, b"Exit Boot Services Returned with Success"));
        Self { events, locality: None }
    }

    /// As many events as a real host has, most of them of the boot loader.
    pub fn with_events(count: usize) -> Self {
        let mut boot = Self::secure();
        while boot.events.len() < count {
            let command = format!("command number {} of grub.cfg", boot.events.len());
            let logged = format!("grub_cmd: {command}");
            // GRUB measures the command alone.
            let hashed = command.into_bytes();
            boot.events.push(BootEvent { hashed, ..BootEvent::new(8, 0x0D, logged.as_bytes()) });
        }
        boot
    }

    pub fn position(&self, pcr: u32, kind: u32) -> usize {
        self.events.iter().position(|event| event.pcr == pcr && event.kind == kind).unwrap()
    }

    /// The event of a variable in PCR 7.
    pub fn variable(&mut self, name: &str) -> &mut BootEvent {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let named = |event: &&mut BootEvent| {
            event.kind == VARIABLE
                && event.data[16] as usize * 2 == name.len()
                && event.data[32..].starts_with(&name)
        };
        self.events.iter_mut().find(named).unwrap()
    }

    /// Replaces a variable's content, honestly measured.
    pub fn set_variable(&mut self, name: &str, content: &[u8]) {
        let event = self.variable(name);
        let guid: [u8; 16] = event.data[..16].try_into().unwrap();
        *event = BootEvent::new(7, VARIABLE, &variable(guid, name, content));
    }

    pub fn extend(&self, bank: HashAlg, values: &mut BTreeMap<u8, Vec<u8>>) {
        if let (Some(locality), Some(value)) = (self.locality, values.get_mut(&0)) {
            *value.last_mut().unwrap() = locality;
        }
        for event in self.events.iter().filter(|event| event.extends && event.pcr < 24) {
            let value = values.get_mut(&u8::try_from(event.pcr).unwrap()).unwrap();
            extend(bank, value, &event.digest(bank));
        }
    }

    /// The crypto-agile log.
    pub fn log(&self, banks: &[HashAlg]) -> Vec<u8> {
        let mut spec = b"Spec ID Event03\0".to_vec();
        spec.extend([0, 0, 0, 0, 0, 2, 0, 2]);
        spec.extend(u32::try_from(banks.len()).unwrap().to_le_bytes());
        for bank in banks {
            spec.extend(bank.tpm_id().to_le_bytes());
            spec.extend(u16::try_from(bank.len()).unwrap().to_le_bytes());
        }
        spec.push(0);
        let mut log = [&[0, 0, 0, 0, 3, 0, 0, 0][..], &[0; 20]].concat();
        log.extend(u32::try_from(spec.len()).unwrap().to_le_bytes());
        log.extend(spec);
        let locality = self
            .locality
            .map(|l| BootEvent::no_action(0, &[b"StartupLocality\0", &[l][..]].concat()));
        for event in locality.iter().chain(&self.events) {
            log.extend(event.pcr.to_le_bytes());
            log.extend(event.kind.to_le_bytes());
            log.extend(u32::try_from(banks.len()).unwrap().to_le_bytes());
            for bank in banks {
                log.extend(bank.tpm_id().to_le_bytes());
                log.extend(event.digest(*bank));
            }
            log.extend(u32::try_from(event.data.len()).unwrap().to_le_bytes());
            log.extend_from_slice(&event.data);
        }
        log
    }
}

/// UEFI_VARIABLE_DATA
pub fn variable(guid: [u8; 16], name: &str, content: &[u8]) -> Vec<u8> {
    let units: Vec<u16> = name.encode_utf16().collect();
    let mut data = guid.to_vec();
    data.extend((units.len() as u64).to_le_bytes());
    data.extend((content.len() as u64).to_le_bytes());
    data.extend(units.into_iter().flat_map(u16::to_le_bytes));
    data.extend_from_slice(content);
    data
}

/// A list that every boot here is up to date with.
pub fn official_revocations() -> OfficialRevocations {
    let revoked = list(&Maker::boot_certificate("Revoked CA"));
    OfficialRevocations::parse("dbxupdate-2025-06-11.bin", &revoked).unwrap()
}

/// EFI_SIGNATURE_LIST with one certificate
pub fn list(certificate: &[u8]) -> Vec<u8> {
    let size = u32::try_from(16 + certificate.len()).unwrap();
    let mut out = X509.to_vec();
    out.extend((28 + size).to_le_bytes());
    out.extend(0u32.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(OWNER);
    out.extend_from_slice(certificate);
    out
}
