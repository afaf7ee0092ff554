//! What a running Linux measures: IMA's list of files, and on newer systems systemd's log.

use std::collections::BTreeMap;

use trustboard_model::bytes::to_hex;
use trustboard_model::digest::Digest;
use trustboard_model::pcr::PcrIndex;

use super::bank::Bank;
use super::boot::Machine;
use super::log::Extend;

/// The files that every host has measured by the time that its agent runs.
const FILES: [&str; 8] = [
    "/init",
    "/usr/lib/systemd/systemd",
    "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
    "/usr/lib/x86_64-linux-gnu/libc.so.6",
    "/usr/bin/kmod",
    "/usr/lib/systemd/systemd-journald",
    "/usr/sbin/sshd",
    "/usr/bin/trustboard-agent",
];

/// What the kernel and systemd measured, in order, with the logs that they keep of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemLogs {
    /// `binary_runtime_measurements` of IMA.
    pub ima: Vec<u8>,
    /// `tpm2-measure.log`, where systemd keeps one.
    pub systemd: Option<Vec<u8>>,
    /// What the TPM is told.
    pub extends: Vec<Extend>,
}

/// What the system on `machine` measures after firmware and boot loader left `registers`.
pub fn system(machine: &Machine, registers: &BTreeMap<Bank, Vec<Digest>>) -> SystemLogs {
    let mut logs = SystemLogs { ima: Vec::new(), systemd: None, extends: Vec::new() };
    if machine.software.systemd_measures {
        let mut log = Vec::new();
        for (index, kind, words) in [
            (11, "phase", "enter-initrd"),
            (11, "phase", "leave-initrd"),
            (15, "machine-id", "machine-id:f3a1c0de"),
            (11, "phase", "sysinit"),
            (11, "phase", "ready"),
        ] {
            let digests = hash_all(&machine.banks, words.as_bytes());
            log.extend(record(index, kind, words, &digests));
            logs.extends.push((pcr(index), digests));
        }
        logs.systemd = Some(log);
    }
    let mut measure = |algorithm: Bank, digest: &[u8], name: &str| {
        // ima-ng: two fields, each behind its length (kernel: ima_template_lib.c).
        let hash = [algorithm.swtpm_name().as_bytes(), b":\0", digest].concat();
        let data = [sized(&hash), sized(&[name.as_bytes(), &[0]].concat())].concat();
        logs.ima.extend(10_u32.to_le_bytes());
        logs.ima.extend(Bank::Sha1.hash(&[&data]).as_bytes());
        logs.ima.extend(sized(b"ima-ng"));
        logs.ima.extend(sized(&data));
        logs.extends.push((pcr(10), hash_all(&machine.banks, &data)));
    };
    // The kernel takes the SHA-256 bank if it is there, PCRs 0 to 9, else SHA-1 and 0 to 7.
    let (bank, last) =
        if machine.banks.contains(&Bank::Sha256) { (Bank::Sha256, 10) } else { (Bank::Sha1, 8) };
    let values = registers.get(&bank).map(Vec::as_slice).unwrap_or_default();
    let parts: Vec<&[u8]> = values.iter().take(last).map(Digest::as_bytes).collect();
    measure(bank, bank.hash(&parts).as_bytes(), "boot_aggregate");
    for file in FILES {
        let content = format!("{file} {}", machine.software.kernel);
        measure(Bank::Sha256, Bank::Sha256.hash(&[content.as_bytes()]).as_bytes(), file);
    }
    logs
}

fn hash_all(banks: &[Bank], data: &[u8]) -> Vec<Digest> {
    banks.iter().map(|bank| bank.hash(&[data])).collect()
}

fn sized(bytes: &[u8]) -> Vec<u8> {
    let size = u32::try_from(bytes.len()).expect("names and digests are short");
    [&size.to_le_bytes()[..], bytes].concat()
}

fn record(pcr: u8, kind: &str, words: &str, digests: &[Digest]) -> Vec<u8> {
    let digests: Vec<String> = digests
        .iter()
        .map(|digest| {
            let alg = digest.alg().name().to_lowercase().replace('-', "");
            format!("{{\"hashAlg\":\"{alg}\",\"digest\":\"{}\"}}", to_hex(digest.as_bytes()))
        })
        .collect();
    format!(
        "\u{1e}{{\"pcr\":{pcr},\"digests\":[{}],\"content_type\":\"systemd\",\"content\":\
         {{\"string\":\"{words}\",\"eventType\":\"{kind}\"}}}}\n",
        digests.join(",")
    )
    .into_bytes()
}

/// A register that is known when this is compiled.
fn pcr(index: u8) -> PcrIndex {
    PcrIndex::try_from(index).expect("Linux measures into PCR 10, 11 and 15")
}
