//! What an operating system measures after the boot: IMA's list and systemd's log.

use std::collections::BTreeMap;

use trustboard_model::bytes::to_hex;
use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::{Claimed, ImaPart, LogPart, OsLogClaims, OsLogs};

use super::boot::{Boot, extend, hash};
use super::sha256;

/// The logs of a system, open to change. What is measured and what is listed may differ.
#[derive(Clone)]
pub struct System {
    /// Measured files; nothing: IMA is not there.
    pub measured: Option<Vec<Measured>>,
    /// A list from elsewhere, instead of `measured`.
    pub raw_list: Option<Vec<u8>>,
    /// Listed instead of `measured`.
    pub listed: Option<Vec<Measured>>,
    /// Measurements of systemd.
    pub records: Vec<Record>,
    /// Whether its log is there.
    pub has_log: bool,
    /// What extends registers without a log.
    pub unlogged: Vec<(u8, Vec<u8>)>,
    /// How the kernel extends banks other than SHA-1.
    pub padded: bool,
    /// Where the part begins that is sent: everything before it is known.
    pub from: usize,
    /// How many bytes of the list are sent, if not all.
    pub at_most: usize,
    /// How many bytes of the part are there before the quote.
    pub before_the_quote: usize,
    /// Entries of the list that are measured after the quote.
    pub after_the_quote: usize,
    pub edit_list: fn(Vec<u8>) -> Vec<u8>,
    pub edit_log: fn(Vec<u8>) -> Vec<u8>,
}

/// An entry of IMA's list.
#[derive(Clone, PartialEq, Eq)]
pub struct Measured {
    pub pcr: u8,
    pub template: &'static str,
    /// Fields after the digest's algorithm: digest and name.
    pub algorithm: &'static str,
    pub digest: Vec<u8>,
    pub name: Vec<u8>,
    pub violation: bool,
}

/// A record of systemd's log.
#[derive(Clone)]
pub struct Record {
    pub pcr: u8,
    pub event_type: &'static str,
    pub words: String,
    /// What the digest covers.
    pub hashed: Vec<u8>,
}

impl Record {
    pub fn new(pcr: u8, event_type: &'static str, words: &str) -> Self {
        Self { pcr, event_type, words: words.to_owned(), hashed: words.as_bytes().to_vec() }
    }
}

impl Measured {
    pub fn file(name: &str) -> Self {
        Self {
            pcr: 10,
            template: "ima-ng",
            algorithm: "sha256",
            digest: hash(HashAlg::Sha256, name.as_bytes()),
            name: name.as_bytes().to_vec(),
            violation: false,
        }
    }

    pub fn violation(name: &str) -> Self {
        Self { digest: vec![0; 32], violation: true, ..Self::file(name) }
    }

    /// The first kernel's template: digest and name without lengths.
    fn is_first(&self) -> bool {
        self.template == "ima"
    }

    fn template_data(&self) -> Vec<u8> {
        let field =
            |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_le_bytes()[..], bytes].concat();
        let digest = [self.algorithm.as_bytes(), b":\0", &self.digest].concat();
        let typed = [&b"ima:"[..], &digest].concat();
        let name = [&self.name[..], &[0]].concat();
        match self.template {
            "ima-ngv2" => [field(&typed), field(&name)].concat(),
            "ima-sig" => [field(&digest), field(&name), field(b"")].concat(),
            "ima-buf" => [field(&digest), field(&name), field(b"buffer")].concat(),
            _ => [field(&digest), field(&name)].concat(),
        }
    }

    /// What the template's digest is over.
    fn hashed(&self) -> Vec<u8> {
        if self.is_first() {
            let mut name = self.name.clone();
            name.resize(256, 0);
            return [&self.digest[..], &name].concat();
        }
        self.template_data()
    }

    fn extended(&self, bank: HashAlg, padded: bool) -> Vec<u8> {
        if self.violation {
            return vec![0xFF; bank.len()];
        }
        if padded && bank != HashAlg::Sha1 {
            let mut digest = hash(HashAlg::Sha1, &self.hashed());
            digest.resize(bank.len(), 0);
            return digest;
        }
        hash(bank, &self.hashed())
    }

    pub fn list(&self) -> Vec<u8> {
        let sized =
            |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_le_bytes()[..], bytes].concat();
        let listed = if self.violation { vec![0; 20] } else { hash(HashAlg::Sha1, &self.hashed()) };
        let mut out = u32::from(self.pcr).to_le_bytes().to_vec();
        out.extend(listed);
        out.extend(sized(self.template.as_bytes()));
        if self.is_first() {
            out.extend(&self.digest);
            out.extend(sized(&self.name));
        } else {
            out.extend(sized(&self.template_data()));
        }
        out
    }
}

impl System {
    /// Neither IMA nor systemd's measurements.
    pub fn silent() -> Self {
        Self {
            measured: None,
            raw_list: None,
            listed: None,
            records: Vec::new(),
            has_log: false,
            unlogged: Vec::new(),
            padded: false,
            from: 0,
            at_most: usize::MAX,
            before_the_quote: usize::MAX,
            after_the_quote: 0,
            edit_list: |list| list,
            edit_log: |log| log,
        }
    }

    /// A few files and the phases of a boot, after `boot`.
    pub fn after(boot: &Boot) -> Self {
        let bank = HashAlg::Sha256;
        let mut values: BTreeMap<u8, Vec<u8>> =
            (0..24).map(|pcr| (pcr, vec![0; bank.len()])).collect();
        boot.extend(bank, &mut values);
        let registers: Vec<u8> = values.into_values().take(10).flatten().collect();
        let aggregate =
            Measured { digest: hash(bank, &registers), ..Measured::file("boot_aggregate") };
        let files = ["/init", "/usr/bin/sh", "/usr/lib/libc.so.6"].map(Measured::file);
        Self {
            measured: Some([vec![aggregate], files.to_vec()].concat()),
            records: vec![
                Record::new(11, "phase", "enter-initrd"),
                Record::new(11, "phase", "leave-initrd"),
                Record::new(15, "machine-id", "machine-id:0123"),
            ],
            has_log: true,
            ..Self::silent()
        }
    }

    pub fn extend(&self, bank: HashAlg, values: &mut BTreeMap<u8, Vec<u8>>) {
        for record in &self.records {
            extend(bank, values.get_mut(&record.pcr).unwrap(), &hash(bank, &record.hashed));
        }
        let measured = self.measured.as_deref().unwrap_or_default();
        for file in &measured[..measured.len() - self.after_the_quote.min(measured.len())] {
            let digest = file.extended(bank, self.padded);
            extend(bank, values.get_mut(&file.pcr).unwrap(), &digest);
        }
        for (pcr, data) in &self.unlogged {
            extend(bank, values.get_mut(pcr).unwrap(), &hash(bank, data));
        }
    }

    /// IMA's whole list.
    pub fn list(&self) -> Option<Vec<u8>> {
        if let Some(list) = &self.raw_list {
            return Some((self.edit_list)(list.clone()));
        }
        let listed = self.listed.as_ref().or(self.measured.as_ref())?;
        Some((self.edit_list)(listed.iter().flat_map(Measured::list).collect()))
    }

    /// systemd's log.
    pub fn log(&self, banks: &[HashAlg]) -> Option<Vec<u8>> {
        let record = |record: &Record| {
            let digests: Vec<String> = banks
                .iter()
                .map(|bank| {
                    let name = bank.name().to_lowercase().replace('-', "");
                    let digest = to_hex(&hash(*bank, &record.hashed));
                    format!("{{\"hashAlg\":\"{name}\",\"digest\":\"{digest}\"}}")
                })
                .collect();
            format!(
                "\u{1e}{{\"pcr\":{},\"digests\":[{}],\"content_type\":\"systemd\",\"content\":\
                 {{\"string\":\"{}\",\"timestamp\":1,\"eventType\":\"{}\"}}}}\n",
                record.pcr,
                digests.join(","),
                record.words,
                record.event_type
            )
        };
        let texts: Vec<String> = self.records.iter().map(record).collect();
        self.has_log.then(|| (self.edit_log)(texts.concat().into_bytes()))
    }

    /// What an agent says and sends of the logs.
    pub fn sent(&self, banks: &[HashAlg]) -> (OsLogClaims, OsLogs) {
        let absent = || Claimed::Absent { why: "it does not exist".to_owned() };
        let (ima, ima_part) = match self.list() {
            None => (absent(), ImaPart::Absent),
            Some(list) => {
                let rest = &list[self.from..];
                let bytes = &rest[..rest.len().min(self.at_most)];
                let before = &bytes[..bytes.len().min(self.before_the_quote)];
                let claimed = Claimed::Present {
                    from: self.from as u64,
                    bytes: before.len() as u64,
                    digest: sha256(before),
                };
                let part = ImaPart::Part {
                    digests: HashAlg::Sha1,
                    from: self.from as u64,
                    bytes: bytes.into(),
                    more: bytes.len() < rest.len(),
                };
                (claimed, part)
            }
        };
        let (systemd, log) = match self.log(banks) {
            None => (absent(), LogPart::Absent),
            Some(log) => {
                let (bytes, digest) = (log.len() as u64, sha256(&log));
                (Claimed::Present { from: 0, bytes, digest }, LogPart::Known)
            }
        };
        (OsLogClaims { ima, systemd }, OsLogs { ima: ima_part, systemd: log })
    }
}
