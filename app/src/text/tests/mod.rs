//! What holds for every offered language.

mod languages;
mod reasons;
mod sentences;
mod states;

/// No hole, no brace, nothing doubled by a part that was left out.
#[track_caller]
pub(super) fn assert_whole(text: &str, what: &str) {
    assert!(!text.trim().is_empty(), "{what}: empty");
    for bad in ["{", "}", "[", "]", "  ", " .", " ,", "..", "::", ": .", "()", "“”"] {
        assert!(!text.contains(bad), "{what}: “{bad}” in: {text}");
    }
    assert_eq!(text.trim(), text, "{what}: blanks around");
}
