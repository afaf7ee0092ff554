//! What a server that stops says to its agents: when to come back, so that they do not all come at once.

/// The longest time over which agents are asked to spread, in seconds; a server that names more is
/// not believed.
pub const MOST_SPREAD_S: u16 = 120;

/// The word before the seconds. A WebSocket's reason has at most 123 bytes (RFC 6455, 5.5).
const WITHIN: &str = "come back within ";

/// The reason with which a server that stops closes a session.
pub fn farewell(within_s: u16) -> String {
    format!("the server stops; {WITHIN}{} s", within_s.clamp(1, MOST_SPREAD_S))
}

/// Over how many seconds an agent that was told `reason` spreads its next attempt; nothing if the
/// reason does not say.
pub fn spread_s(reason: &str) -> Option<u16> {
    let (_, after) = reason.split_once(WITHIN)?;
    let (digits, _) = after.split_once(' ')?;
    digits.parse().ok().filter(|seconds| (1..=MOST_SPREAD_S).contains(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood_and_nothing_else_is() {
        for seconds in [1, 7, MOST_SPREAD_S] {
            assert_eq!(spread_s(&farewell(seconds)), Some(seconds));
            assert!(farewell(seconds).len() <= 123);
        }
        assert_eq!(spread_s(&farewell(0)), Some(1));
        assert_eq!(spread_s(&farewell(u16::MAX)), Some(MOST_SPREAD_S));
        for other in [
            "",
            "the server stops",
            "come back within s",
            "come back within 0 s",
            "come back within 9999999 s",
            "come back within -3 s",
        ] {
            assert_eq!(spread_s(other), None, "{other}");
        }
    }
}
