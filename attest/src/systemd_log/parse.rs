//! Reading the records.

use serde::Deserialize;
use trustboard_model::bytes::from_hex;
use trustboard_model::digest::HashAlg;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::protocol::limit;

use crate::{budget, hash};

/// Begins every text of a sequence (RFC 7464, 2.2).
const RECORD_SEPARATOR: u8 = 0x1E;

/// Words that systemd measures as they are, into registers that firmware and boot loader fill as
/// well: the phases of a boot (systemd-pcrphase.service) and the end of the boot loader's part.
/// Nothing that a boot loader measures has their digests, so that behind its events they can be
/// told from them.
const WORDS: [&str; 7] =
    ["enter-initrd", "leave-initrd", "sysinit", "ready", "shutdown", "final", "os-separator"];

/// A log that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SystemdLog {
    records: Vec<Record>,
}

/// One measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the log, from 1.
    pub number: u32,
    /// The register that it extended; nothing for a measurement into an NV index or into a
    /// register that this platform does not have.
    pub pcr: Option<PcrIndex>,
    /// What it is about: `phase`, `machine-id`. Anybody's word.
    pub event_type: Option<String>,
    /// What was measured, in words. Anybody's, unless [`Record::covers_words`].
    pub words: Option<String>,
    /// One slot for each of `HashAlg::ALL`.
    digests: [Option<Vec<u8>>; HashAlg::ALL.len()],
}

/// Why a log cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("record {record}: {problem}")]
pub struct SystemdLogError {
    /// The record, from 1.
    pub record: usize,
    /// What is wrong with it.
    pub problem: String,
}

#[derive(Deserialize)]
struct RawRecord {
    pcr: Option<u32>,
    digests: Vec<RawDigest>,
    #[serde(default)]
    content_type: String,
    #[serde(default)]
    content: serde_json::Value,
}

#[derive(Deserialize)]
struct RawDigest {
    #[serde(rename = "hashAlg")]
    hash_alg: String,
    digest: String,
}

impl SystemdLog {
    /// Reads a log. A last record that is not ended is one that is being written: it is left out
    /// (RFC 7464, 2.4).
    pub fn parse(bytes: &[u8]) -> Result<Self, SystemdLogError> {
        if bytes.len() > limit::SYSTEMD_LOG_BYTES {
            let problem =
                format!("the log has {} bytes; limit {}", bytes.len(), limit::SYSTEMD_LOG_BYTES);
            return Err(SystemdLogError { record: 0, problem });
        }
        let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        // `whole` is at most the length.
        let texts = bytes[..whole]
            .split(|&byte| byte == RECORD_SEPARATOR || byte == b'\n')
            .filter(|text| !text.is_empty());
        let mut records = Vec::new();
        for (at, text) in texts.enumerate() {
            let error = |problem| SystemdLogError { record: at + 1, problem };
            if at == budget::SYSTEMD_RECORDS {
                return Err(error(format!("more than {} records", budget::SYSTEMD_RECORDS)));
            }
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            records.push(Record::parse(number, text).map_err(error)?);
        }
        Ok(Self { records })
    }

    /// The records. Anybody's words until a replay has proven them.
    pub fn insecure_records(&self) -> &[Record] {
        &self.records
    }
}

impl Record {
    fn parse(number: u32, text: &[u8]) -> Result<Self, String> {
        let raw: RawRecord = serde_json::from_slice(text).map_err(|cause| cause.to_string())?;
        if raw.digests.len() > budget::SYSTEMD_DIGESTS {
            let (found, limit) = (raw.digests.len(), budget::SYSTEMD_DIGESTS);
            return Err(format!("{found} digests; limit {limit}"));
        }
        let mut digests = [const { None }; HashAlg::ALL.len()];
        for RawDigest { hash_alg, digest } in raw.digests {
            // Banks that are not known here (SHA-3) are not quoted either.
            let Some(alg) = algorithm(&hash_alg) else { continue };
            let bytes = from_hex(&digest).filter(|bytes| bytes.len() == alg.len());
            let bytes = bytes.ok_or_else(|| {
                format!("the {alg} digest is not of {} hexadecimal digits", 2 * alg.len())
            })?;
            // `HashAlg` numbers its variants in the order of `ALL`, from 0.
            if digests[alg as usize].replace(bytes).is_some() {
                return Err(format!("two {alg} digests"));
            }
        }
        let words_of = |field: &str| {
            let content = (raw.content_type == "systemd").then_some(&raw.content)?;
            content.get(field)?.as_str().map(str::to_owned)
        };
        let pcr = raw.pcr.and_then(|pcr| u8::try_from(pcr).ok());
        Ok(Self {
            number,
            pcr: pcr.and_then(|pcr| PcrIndex::try_from(pcr).ok()),
            event_type: words_of("eventType"),
            words: words_of("string"),
            digests,
        })
    }

    /// What it extends into a bank, if anything.
    pub fn digest(&self, bank: HashAlg) -> Option<&[u8]> {
        // `HashAlg` numbers its variants in the order of `ALL`, from 0.
        self.digests[bank as usize].as_deref()
    }

    /// Whether its digest in `bank` is that of its words.
    pub fn covers_words(&self, bank: HashAlg) -> bool {
        let computed = self.words.as_ref().and_then(|words| hash::hash(bank, &[words.as_bytes()]));
        match (computed, self.digest(bank)) {
            (Some(computed), Some(digest)) => computed.as_ref() == digest,
            _ => false,
        }
    }

    /// Whether it is a word that only systemd measures.
    pub(crate) fn is_systemds_own(&self, bank: HashAlg) -> bool {
        self.words.as_ref().is_some_and(|words| WORDS.contains(&words.as_str()))
            && self.covers_words(bank)
    }
}

/// TCG's names, as `tpm2_hash_alg_to_string` of systemd writes them.
fn algorithm(name: &str) -> Option<HashAlg> {
    Some(match name {
        "sha1" => HashAlg::Sha1,
        "sha256" => HashAlg::Sha256,
        "sha384" => HashAlg::Sha384,
        "sha512" => HashAlg::Sha512,
        "sm3_256" => HashAlg::Sm3_256,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "\u{1e}{\"pcr\":11,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\
        \"ff5b9d73dad709633ae76adf444012b57e913a12ed7403c3931145862f35f841\"}],\
        \"content_type\":\"systemd\",\"content\":{\"string\":\"os-separator\",\
        \"bootId\":\"189c18dd7ba245f38cf49d9ac154b525\",\"timestamp\":1515761,\
        \"eventType\":\"os-separator\"}}\n";

    fn problem(text: &str) -> String {
        SystemdLog::parse(text.as_bytes()).unwrap_err().problem
    }

    #[test]
    fn a_record_is_read_with_or_without_its_separator() {
        for text in [RECORD.to_owned(), RECORD.replace('\u{1e}', "")] {
            let log = SystemdLog::parse(text.as_bytes()).unwrap();
            let [record] = log.insecure_records() else { panic!("one record") };
            assert_eq!(record.pcr.map(u8::from), Some(11));
            assert_eq!(record.event_type.as_deref(), Some("os-separator"));
            assert!(record.covers_words(HashAlg::Sha256) && !record.covers_words(HashAlg::Sha1));
            assert!(record.is_systemds_own(HashAlg::Sha256));
        }
        let other = RECORD.replace("\"string\":\"os-", "\"string\":\"my-");
        let log = SystemdLog::parse(other.as_bytes()).unwrap();
        assert!(!log.insecure_records()[0].is_systemds_own(HashAlg::Sha256));
    }

    #[test]
    fn a_record_that_is_being_written_is_left_out() {
        let cut = format!("{RECORD}{}", &RECORD[..RECORD.len() - 9]);
        assert_eq!(SystemdLog::parse(cut.as_bytes()).unwrap().insecure_records().len(), 1);
        assert_eq!(SystemdLog::parse(b"").unwrap(), SystemdLog::default());
    }

    #[test]
    fn registers_that_are_not_there_extend_nothing() {
        for pcr in ["24", "4294967295"] {
            let text = RECORD.replace("\"pcr\":11", &format!("\"pcr\":{pcr}"));
            let log = SystemdLog::parse(text.as_bytes()).unwrap();
            assert_eq!(log.insecure_records()[0].pcr, None);
        }
        let nv = RECORD.replace("\"pcr\":11", "\"nv_index\":23134976");
        assert_eq!(SystemdLog::parse(nv.as_bytes()).unwrap().insecure_records()[0].pcr, None);
    }

    #[test]
    fn what_breaks_the_form_is_refused() {
        assert!(problem("\u{1e}{\"pcr\":11}\n").contains("digests"));
        assert!(problem(&RECORD.replace("ff5b", "ff5")).contains("64 hexadecimal"));
        assert!(problem(&RECORD.replace("ff5b", "zz5b")).contains("64 hexadecimal"));
        assert!(problem("nonsense\n").contains("expected"));
        let digest =
            "{\"hashAlg\":\"sha1\",\"digest\":\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"}";
        let twice = format!("{{\"pcr\":1,\"digests\":[{digest},{digest}]}}\n");
        assert!(problem(&twice).contains("two SHA-1 digests"));
        let many = vec!["{\"hashAlg\":\"x\",\"digest\":\"\"}"; 17].join(",");
        assert!(problem(&format!("{{\"digests\":[{many}]}}\n")).contains("limit 16"));
        let deep = format!("{{\"digests\":[],\"content\":{}\n", "[".repeat(100_000));
        assert!(problem(&deep).contains("recursion"));
        assert!(problem(&"{\"digests\":[]}\n".repeat(4097)).contains("4096 records"));
        let long = " ".repeat(limit::SYSTEMD_LOG_BYTES + 1);
        assert!(problem(&long).contains("limit"));
    }

    #[test]
    fn a_bank_that_is_not_known_is_no_error() {
        let text = RECORD.replace("\"hashAlg\":\"sha256\"", "\"hashAlg\":\"sha3_256\"");
        let log = SystemdLog::parse(text.as_bytes()).unwrap();
        assert_eq!(log.insecure_records()[0].digest(HashAlg::Sha256), None);
    }
}
