//! Archives of makers' certificates, as the server unpacks an import. What comes out stays within
//! the limits, whatever an archive says of itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::read_makers_file;

#[path = "../../../server/src/makers/archive.rs"]
mod archive;

fuzz_target!(|bytes: &[u8]| {
    let files = archive::unpack("import", bytes.to_vec());
    assert!(files.len() <= 4096 + 3);
    let mut unpacked = 0;
    for file in files {
        assert!(file.name.len() <= 512, "{}", file.name.len());
        if let Ok(content) = file.content {
            unpacked += content.len();
            assert!(!read_makers_file(&content).is_empty());
        }
    }
    assert!(unpacked <= 40 * 1024 * 1024, "{unpacked}");
});
