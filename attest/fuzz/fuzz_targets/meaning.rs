//! What events say: bounded, clean words whatever the bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::meaning::{LoadOption, PartitionTable, device_path, meaning};

fuzz_target!(|bytes: &[u8]| {
    let _ = device_path(bytes);
    let _ = LoadOption::parse(bytes).map(|option| option.to_string());
    let _ = PartitionTable::parse(bytes).map(|table| table.to_string());
    if let Ok(log) = EventLog::parse(bytes) {
        for event in log.insecure_events() {
            for &bank in log.banks() {
                if let (_, Some(said)) = meaning(event, bank) {
                    assert!(said.text.len() <= 512 && !said.text.contains(char::is_control));
                }
            }
        }
    }
});
