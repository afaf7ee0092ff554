//! Event logs: what parses replays, and what is learned from one is a valid reference.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::reference::{learn_from_log, validate};
use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::id::ConfigurationId;
use trustboard_model::pcr::PcrIndex;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(learned) = learn_from_log(bytes) {
        let configuration = ConfigurationRef {
            id: ConfigurationId::from_random([0; 16]),
            name: String::new(),
            version: 1,
        };
        assert_eq!(validate(&learned.into_reference(configuration)), Ok(()));
    }
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
