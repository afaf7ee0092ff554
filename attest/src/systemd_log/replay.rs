//! Replay of the records behind the firmware's events.

use trustboard_model::digest::Digest;
use trustboard_model::pcr::PcrIndex;

use super::SystemdLog;
use crate::hash;

/// What the records of one register explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemdReplay {
    /// The value after the last record.
    pub computed: Digest,
    /// Records that extend the register.
    pub records: u32,
    /// After how many of them it had the quoted value.
    pub explained: Option<u32>,
    /// Whether those are words that only systemd measures: then nothing that a boot loader
    /// measured can be among them.
    pub own_words: bool,
}

impl SystemdLog {
    /// Extends `start`, the value after the firmware's events, by the records of a register, as a
    /// prefix: the log is read after the quote. Nothing without a record, if one lacks the
    /// bank's digest, or if the bank cannot be computed.
    pub fn replay(&self, pcr: PcrIndex, start: &Digest, quoted: &Digest) -> Option<SystemdReplay> {
        let bank = start.alg();
        let mut replay =
            SystemdReplay { computed: start.clone(), records: 0, explained: None, own_words: true };
        for record in self.insecure_records().iter().filter(|record| record.pcr == Some(pcr)) {
            let extended = hash::extend(bank, replay.computed.as_bytes(), record.digest(bank)?)?;
            replay.computed = hash::to_model(bank, extended.as_ref());
            replay.records += 1;
            if replay.explained.is_none() {
                replay.own_words &= record.is_systemds_own(bank);
                if replay.computed == *quoted {
                    replay.explained = Some(replay.records);
                }
            }
        }
        (replay.records > 0).then_some(replay)
    }

    /// The same for words that only systemd measures, if they lead to the quoted value.
    pub(crate) fn own_words_after(
        &self,
        pcr: PcrIndex,
        start: &Digest,
        quoted: &Digest,
    ) -> Option<u32> {
        self.replay(pcr, start, quoted).filter(|replay| replay.own_words)?.explained
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::bytes::to_hex;
    use trustboard_model::digest::HashAlg;

    use super::*;

    fn log(records: &[(u8, &str)]) -> SystemdLog {
        let texts: Vec<String> = records
            .iter()
            .map(|(pcr, words)| {
                let digest = to_hex(hash::sha256(&[words.as_bytes()]).0.as_slice());
                format!(
                    "\u{1e}{{\"pcr\":{pcr},\"digests\":[{{\"hashAlg\":\"sha256\",\
                     \"digest\":\"{digest}\"}}],\"content_type\":\"systemd\",\
                     \"content\":{{\"string\":\"{words}\",\"eventType\":\"phase\"}}}}\n"
                )
            })
            .collect();
        SystemdLog::parse(texts.concat().as_bytes()).unwrap()
    }

    fn extended(words: &[&str]) -> Digest {
        words.iter().fold(Digest::filled(HashAlg::Sha256, 0), |value, words| {
            let digest = hash::sha256(&[words.as_bytes()]);
            let value = hash::extend(HashAlg::Sha256, value.as_bytes(), &digest.0).unwrap();
            hash::to_model(HashAlg::Sha256, value.as_ref())
        })
    }

    #[test]
    fn a_log_may_be_longer_than_the_quote_but_not_shorter() {
        let pcr = PcrIndex::try_from(11).unwrap();
        let start = Digest::filled(HashAlg::Sha256, 0);
        let log = log(&[(11, "enter-initrd"), (12, "else"), (11, "leave-initrd")]);
        let replay = log.replay(pcr, &start, &extended(&["enter-initrd"])).unwrap();
        assert_eq!((replay.explained, replay.records, replay.own_words), (Some(1), 2, true));
        let longer = extended(&["enter-initrd", "leave-initrd", "sysinit"]);
        assert_eq!(log.replay(pcr, &start, &longer).unwrap().explained, None);
        let other = PcrIndex::try_from(13).unwrap();
        assert_eq!(log.replay(other, &start, &start), None);
        assert_eq!(log.replay(pcr, &Digest::filled(HashAlg::Sha384, 0), &longer), None);
    }

    #[test]
    fn only_words_of_systemd_may_follow_what_firmware_measured() {
        let pcr = PcrIndex::try_from(7).unwrap();
        let start = Digest::filled(HashAlg::Sha256, 0);
        let honest = log(&[(7, "os-separator")]);
        let quoted = extended(&["os-separator"]);
        assert_eq!(honest.own_words_after(pcr, &start, &quoted), Some(1));
        let hidden = log(&[(7, "a boot loader's event"), (7, "os-separator")]);
        let quoted = extended(&["a boot loader's event", "os-separator"]);
        assert_eq!(hidden.replay(pcr, &start, &quoted).unwrap().explained, Some(2));
        assert_eq!(hidden.own_words_after(pcr, &start, &quoted), None);
    }
}
