//! Messages of the agent protocol, a server's farewell and enrolment tokens: whatever is read can be written again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_model::protocol::{
    ActivateRequest, AgentMessage, EnrollRequest, EnrolmentToken, MOST_SPREAD_S, ServerMessage,
    spread_s,
};

/// As the server and the agent read them.
const DEPTH: usize = 16;

fuzz_target!(|bytes: &[u8]| {
    again::<AgentMessage>(bytes);
    again::<ServerMessage>(bytes);
    again::<EnrollRequest>(bytes);
    again::<ActivateRequest>(bytes);
    let spread = spread_s(&String::from_utf8_lossy(bytes));
    assert!(spread.is_none_or(|seconds| (1..=MOST_SPREAD_S).contains(&seconds)));
    if let Ok(token) = String::from_utf8_lossy(bytes).parse::<EnrolmentToken>() {
        assert_eq!(token.reveal().parse(), Ok(token));
    }
});

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(bytes: &[u8]) {
    if let Ok(message) = ciborium::de::from_reader_with_recursion_limit::<T, _>(bytes, DEPTH) {
        let mut written = Vec::new();
        ciborium::into_writer(&message, &mut written).expect("what was read can be written");
        let read = ciborium::de::from_reader_with_recursion_limit::<T, _>(&written[..], DEPTH);
        let mut twice = Vec::new();
        let read = read.expect("what was written can be read");
        ciborium::into_writer(&read, &mut twice).expect("what was read can be written");
        assert_eq!(written, twice);
    }
}
