//! systemd's logs: what parses replays from any value, and explains what it leads to.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::systemd_log::SystemdLog;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;

fuzz_target!(|bytes: &[u8]| {
    let Ok(log) = SystemdLog::parse(bytes) else { return };
    for bank in [HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384] {
        let start = Digest::filled(bank, 0);
        for pcr in PcrIndex::all() {
            if let Some(replay) = log.replay(pcr, &start, &start) {
                let again = log.replay(pcr, &start, &replay.computed).expect("the same records");
                assert!(again.explained.is_some());
            }
        }
    }
});
