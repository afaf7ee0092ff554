//! The table's filter, as it stands in an address.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_model::view::SecurityFilter;

fuzz_target!(|bytes: &[u8]| {
    let query = String::from_utf8_lossy(bytes);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    if let Ok(filter) = SecurityFilter::parse(pairs) {
        assert!(filter.page >= 1);
        assert_eq!(filter.to_query().is_empty(), filter == SecurityFilter::ALL);
        let text = filter.query.to_string();
        assert_eq!(text.parse(), Ok(filter.query), "{text}");
    }
});
