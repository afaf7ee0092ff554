//! The filter language over hosts: what is read prints so that it reads the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_model::host_query::HostQuery;
use trustboard_model::view::Columns;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match text.parse::<HostQuery>() {
        Ok(query) => {
            assert!(query.terms().len() <= HostQuery::MAX_TERMS);
            assert!(query.terms().iter().all(|term| !term.any().is_empty()));
            let printed = query.to_string();
            assert_eq!(printed.parse(), Ok(query), "{printed}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Ok(columns) = text.parse::<Columns>() {
        assert_eq!(columns.to_string().parse(), Ok(columns));
    }
});
