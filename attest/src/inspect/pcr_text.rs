//! PCR values as files and tools write them.

use std::collections::BTreeMap;

use serde_json::Value;
use trustboard_model::bytes::from_hex;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::{PcrBankValues, PcrIndex};

use crate::{Error, budget};

type Banks = BTreeMap<HashAlg, BTreeMap<PcrIndex, Digest>>;

fn error(problem: impl Into<String>) -> Error {
    Error { part: "PCR values", problem: problem.into() }
}

/// Reads PCR values in any of these forms:
///
/// * lines of `grep . /sys/class/tpm/tpm0/pcr-sha256/*`: `.../pcr-sha256/7:AB12...`;
/// * lines such as `PCR-07: AB 12 ...`, whose bank follows from their length;
/// * 24 lines of nothing but hexadecimal digits, PCR 0 first;
/// * the YAML that `tpm2_pcrread` prints;
/// * JSON: `{"sha256": {"7": "ab12..."}}`, or with a list for each bank, PCR 0 first.
pub fn read_pcr_values(text: &str) -> Result<Vec<PcrBankValues>, Error> {
    if text.len() > budget::PCR_TEXT_BYTES {
        let limit = budget::PCR_TEXT_BYTES;
        return Err(error(format!("{} bytes; limit {limit}", text.len())));
    }
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    let banks = if trimmed.starts_with(['{', '[']) { json(trimmed)? } else { lines(trimmed)? };
    if banks.is_empty() {
        return Err(error("there are none"));
    }
    let banks = banks.into_iter();
    Ok(banks
        .map(|(bank, values)| PcrBankValues { bank, values: values.into_iter().collect() })
        .collect())
}

fn insert(banks: &mut Banks, bank: HashAlg, index: u8, digits: &str) -> Result<(), Error> {
    let pcr = PcrIndex::try_from(index).map_err(|problem| error(problem.to_string()))?;
    let place = format!("{bank}, PCR {index}");
    let value = digest(bank, digits).ok_or_else(|| error(format!("{place}: no {bank} value")))?;
    if banks.entry(bank).or_default().insert(pcr, value).is_some() {
        return Err(error(format!("{place}: twice")));
    }
    Ok(())
}

fn digest(bank: HashAlg, digits: &str) -> Option<Digest> {
    let digits = digits.strip_prefix("0x").or(digits.strip_prefix("0X")).unwrap_or(digits);
    Digest::new(bank, from_hex(digits)?).ok()
}

/// The bank with a name as tools write it: `sha256`, `SHA-256`, `sm3_256`.
fn bank_named(name: &str) -> Option<HashAlg> {
    let plain = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    HashAlg::ALL.into_iter().find(|alg| plain(alg.name()) == plain(name))
}

/// The bank whose digests have so many hexadecimal digits. SM3 has as many as SHA-256, and is
/// only ever meant when it is named.
fn bank_of_length(digits: usize) -> Option<HashAlg> {
    HashAlg::ALL.into_iter().find(|alg| alg.len() * 2 == digits)
}

fn lines(text: &str) -> Result<Banks, Error> {
    let mut banks = Banks::new();
    let mut current: Option<HashAlg> = None;
    let mut bare: Vec<&str> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        let refuse = || error(format!("line {number} is no PCR value"));
        if line.is_empty() || line.starts_with('#') || line == "---" {
            continue;
        }
        let Some((name, digits)) = line.rsplit_once(':') else {
            if !line.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(refuse());
            }
            bare.push(line);
            continue;
        };
        let (name, digits) = (name.trim(), digits.replace([' ', '\t'], ""));
        if digits.is_empty() {
            current = Some(bank_named(name).ok_or_else(refuse)?);
        } else if let Some((folder, index)) = name.rsplit_once('/') {
            let bank = folder.rsplit_once("pcr-").and_then(|(_, bank)| bank_named(bank));
            let index = index.parse().map_err(|_| refuse())?;
            insert(&mut banks, bank.ok_or_else(refuse)?, index, &digits)?;
        } else if let Some(index) = name.strip_prefix("PCR-").or(name.strip_prefix("PCR ")) {
            let bank = current.or_else(|| bank_of_length(digits.len())).ok_or_else(refuse)?;
            insert(&mut banks, bank, index.trim().parse().map_err(|_| refuse())?, &digits)?;
        } else {
            let bank = current.ok_or_else(refuse)?;
            insert(&mut banks, bank, name.parse().map_err(|_| refuse())?, &digits)?;
        }
    }
    if !bare.is_empty() {
        // Fewer or more do not say which register each is.
        if bare.len() != usize::from(PcrIndex::COUNT) {
            return Err(error(format!("{} lines of digits, not 24", bare.len())));
        }
        for (index, digits) in (0..).zip(bare) {
            let bank = current.or_else(|| bank_of_length(digits.len()));
            let bank = bank.ok_or_else(|| error(format!("PCR {index}: of no known length")))?;
            insert(&mut banks, bank, index, digits)?;
        }
    }
    Ok(banks)
}

fn json(text: &str) -> Result<Banks, Error> {
    let value: Value =
        serde_json::from_str(text).map_err(|cause| error(format!("not JSON: {cause}")))?;
    let mut banks = Banks::new();
    let Value::Object(named) = value else { return Err(error("not an object of banks")) };
    for (name, registers) in &named {
        let bank = bank_named(name).ok_or_else(|| error(format!("{name:?} is no bank")))?;
        let digits = |value: &Value| {
            let text = value.as_str().map(str::to_owned);
            text.ok_or_else(|| error(format!("{bank}: a value is no text")))
        };
        match registers {
            Value::Object(registers) => {
                for (index, value) in registers {
                    let number =
                        index.parse().map_err(|_| error(format!("{index:?} is no PCR")))?;
                    insert(&mut banks, bank, number, &digits(value)?)?;
                }
            }
            Value::Array(registers) if registers.len() <= usize::from(PcrIndex::COUNT) => {
                for (index, value) in (0..).zip(registers) {
                    insert(&mut banks, bank, index, &digits(value)?)?;
                }
            }
            _ => return Err(error(format!("{bank}: neither an object nor a list of 24"))),
        }
    }
    Ok(banks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(HashAlg, Vec<u8>)> {
        let banks = read_pcr_values(text).unwrap_or_else(|error| panic!("{error}"));
        banks
            .into_iter()
            .map(|bank| (bank.bank, bank.values.iter().map(|(pcr, _)| u8::from(*pcr)).collect()))
            .collect()
    }

    fn refusal(text: &str) -> String {
        read_pcr_values(text).unwrap_err().problem
    }

    fn hex(bytes: usize) -> String {
        "aB".repeat(bytes)
    }

    #[test]
    fn every_form_is_read() {
        let (one, two) = (hex(20), hex(32));
        let sysfs = format!(
            "/sys/class/tpm/tpm0/pcr-sha256/7:{two}\n/sys/class/tpm/tpm0/pcr-sha1/10:{one}\n"
        );
        assert_eq!(read(&sysfs), [(HashAlg::Sha1, vec![10]), (HashAlg::Sha256, vec![7])]);
        let spaced = "AB ".repeat(20);
        let old = format!("PCR-00: {spaced}\nPCR-01: {spaced}\n");
        assert_eq!(read(&old), [(HashAlg::Sha1, vec![0, 1])]);
        let yaml =
            format!("  sha1:\n    0 : 0x{one}\n  sha256:\n    0 : 0x{two}\n    23: 0x{two}\n");
        assert_eq!(read(&yaml), [(HashAlg::Sha1, vec![0]), (HashAlg::Sha256, vec![0, 23])]);
        let bare = format!("{two}\n").repeat(24);
        assert_eq!(read(&bare), [(HashAlg::Sha256, (0..24).collect())]);
        let object = format!(r#"{{"sha256": {{"7": "{two}", "8": "0x{two}"}}}}"#);
        assert_eq!(read(&object), [(HashAlg::Sha256, vec![7, 8])]);
        let list = format!(r#"{{"SHA-1": ["{one}", "{one}"]}}"#);
        assert_eq!(read(&list), [(HashAlg::Sha1, vec![0, 1])]);
    }

    #[test]
    fn what_is_not_clear_is_refused() {
        let two = hex(32);
        assert_eq!(refusal(""), "there are none");
        assert_eq!(refusal("sha256:\n"), "there are none");
        assert_eq!(refusal("hello"), "line 1 is no PCR value");
        assert_eq!(refusal(&format!("{two}\n{two}")), "2 lines of digits, not 24");
        assert_eq!(refusal(&format!("0: {two}")), "line 1 is no PCR value");
        assert_eq!(refusal("sha256:\n 0: 0xabc"), "SHA-256, PCR 0: no SHA-256 value");
        assert_eq!(refusal(&format!("sha256:\n 24: {two}")), "PCR index 24 is above 23");
        assert_eq!(refusal(&format!("sha256:\n 1: {two}\n 1: {two}")), "SHA-256, PCR 1: twice");
        assert!(refusal("[]").starts_with("not an object"));
        assert!(refusal("{").starts_with("not JSON"));
        assert_eq!(refusal(r#"{"md5": {}}"#), "\"md5\" is no bank");
        assert_eq!(refusal(r#"{"sha1": {"0": 1}}"#), "SHA-1: a value is no text");
        assert!(refusal(&" ".repeat(budget::PCR_TEXT_BYTES + 1)).contains("limit"));
    }
}
