//! The words of a server that refuses.

use serde::Deserialize;

use crate::text_file::fact;

/// Why the server refused, in its own words (CBOR with a `problem`, or plain text), fit for a log
/// line; nothing if it gave none.
pub fn refusal_words(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Refusal {
        problem: String,
    }
    ciborium::from_reader::<Refusal, _>(body)
        .ok()
        .map(|refusal| refusal.problem)
        .or_else(|| std::str::from_utf8(body).ok().map(str::to_owned))
        .and_then(|text| fact(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_as_cbor_or_as_text() {
        let mut cbor = Vec::new();
        ciborium::into_writer(&serde_json::json!({"code": "x", "problem": "too old"}), &mut cbor)
            .unwrap();
        assert_eq!(refusal_words(&cbor).as_deref(), Some("too old"));
        assert_eq!(refusal_words(b"plain\n").as_deref(), Some("plain"));
        assert_eq!(refusal_words(b""), None);
        assert_eq!(refusal_words(&[0xFF]), None);
    }
}
