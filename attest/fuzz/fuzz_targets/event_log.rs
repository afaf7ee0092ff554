//! Event logs: what parses replays, and parsing the same bytes again gives the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::eventlog::EventLog;
use trustboard_model::pcr::PcrIndex;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(log) = EventLog::parse(bytes) {
        let replay = log.replay();
        for bank in replay.banks() {
            for pcr in PcrIndex::all() {
                let value = &bank.pcr(pcr).value;
                assert!(log.prefix_with_value(pcr, value).is_some());
            }
        }
    }
});
