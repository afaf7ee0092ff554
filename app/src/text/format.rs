//! Numbers, moments and bits of foreign text inside sentences.

use trustboard_model::time::Timestamp;

use super::Language;
use super::phrase::{Phrase, phrase};

/// A moment in UTC: `2026-11-21 17:12:18 UTC`, and as the language writes dates otherwise.
///
/// In UTC, because the page is first rendered on a server that does not know the reader's time
/// zone.
pub fn moment(language: Language, at: Timestamp) -> String {
    in_utc(wall(language, at))
}

/// The day of a moment, in UTC: `2026-11-21`, and as the language writes dates otherwise.
pub fn day(language: Language, at: Timestamp) -> String {
    let wall = wall(language, at);
    wall.split([' ', ',']).next().unwrap_or_default().to_owned()
}

/// What the calendar and the clock on the wall show where `at` is now, to the second.
pub(crate) fn wall(language: Language, at: Timestamp) -> String {
    let text = at.to_string();
    wall_in(language, &text).unwrap_or(text)
}

/// A moment that was written as RFC 3339 in UTC (as [`Timestamp`] does), and nothing else.
pub(super) fn moment_in(language: Language, text: &str) -> Option<String> {
    wall_in(language, text).map(in_utc)
}

fn in_utc(wall: String) -> String {
    wall + " UTC"
}

fn wall_in(language: Language, text: &str) -> Option<String> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let time = time.split('.').next()?;
    let digits = |text: &str, between: char| {
        text.chars().all(|c| c.is_ascii_digit() || c == between) && text.contains(between)
    };
    let [year, month, day] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
    (digits(date, '-') && digits(time, ':')).then(|| match language {
        // Neither of the two English orders: each is misread across the Atlantic.
        Language::En => format!("{date} {time}"),
        Language::De => format!("{day}.{month}.{year}, {time}"),
        Language::Fr => format!("{day}/{month}/{year} {time}"),
    })
}

/// Less than this ahead is now: no two clocks agree. In seconds.
const SKEW_S: i64 = 10;

/// How long ago `at` was, seen from `now`, or how far off it is: `12 s ago`, `in 7 days`.
pub fn ago(language: Language, at: Timestamp, now: Timestamp) -> String {
    let apart = now.millis_since(at) / 1000;
    let apart = if apart > -SKEW_S { apart.max(0) } else { apart };
    let seconds = apart.unsigned_abs();
    let count = |unit: u64| u32::try_from(seconds / unit).unwrap_or(u32::MAX);
    let said = match (apart < 0, seconds) {
        (false, 0..60) => Phrase::SecondsAgo { count: count(1) },
        (false, 60..3600) => Phrase::MinutesAgo { count: count(60) },
        (false, 3600..172_800) => Phrase::HoursAgo { count: count(3600) },
        (false, _) => Phrase::DaysAgo { count: count(86_400) },
        (true, 0..3600) => Phrase::InMinutes { count: count(60) },
        (true, 3600..172_800) => Phrase::InHours { count: count(3600) },
        (true, _) => Phrase::InDays { count: count(86_400) },
    };
    phrase(language, &said)
}

/// A count with its thousands apart: `12,480`.
pub fn number(language: Language, value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(language.catalogue().thousands());
        }
        text.push(digit);
    }
    text
}

/// What stands between a number and its decimals.
pub fn decimal_mark(language: Language) -> char {
    match language {
        Language::En => '.',
        Language::De | Language::Fr => ',',
    }
}

/// Foreign text that ends a sentence of ours: trimmed, without a full stop of its own.
pub(super) fn clause(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}

/// Names with their values, without those that have nothing to say.
pub(super) fn optional<'n>(values: &[(&'n str, &str)]) -> Vec<(&'n str, String)> {
    let said = values.iter().map(|(name, value)| (*name, clause(value)));
    said.filter(|(_, value)| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_utc_and_in_the_order_of_the_language() {
        let at = Timestamp(1_763_744_400_250);
        assert_eq!(moment(Language::En, at), "2025-11-21 17:00:00 UTC");
        assert_eq!(moment(Language::De, at), "21.11.2025, 17:00:00 UTC");
        assert_eq!(moment(Language::Fr, at), "21/11/2025 17:00:00 UTC");
        let days = Language::offered().iter().map(|&language| day(language, at));
        assert_eq!(days.collect::<Vec<_>>(), ["2025-11-21", "21.11.2025", "21/11/2025"]);
    }

    #[test]
    fn knows_the_moments_that_the_verifier_writes_and_takes_nothing_else_for_one() {
        let known = |text| moment_in(Language::De, text);
        assert_eq!(known("2025-11-21T17:00:00.250Z").as_deref(), Some("21.11.2025, 17:00:00 UTC"));
        for other in ["", "Z", "TZ", "TPM NTZ", "2025-11-21", "see 2025-11-21T17:00:00Z"] {
            assert_eq!(known(other), None, "{other}");
        }
    }

    #[test]
    fn counts_back_in_the_largest_fitting_unit() {
        let now = Timestamp(1_000_000_000_000);
        let text = |seconds: i64| ago(Language::En, now.plus_seconds(-seconds), now);
        assert_eq!(text(0), "now");
        assert_eq!(text(-5), "now");
        assert_eq!(text(12), "12 s ago");
        assert_eq!(text(60), "1 min ago");
        assert_eq!(text(3599), "59 min ago");
        assert_eq!(text(3600), "1 h ago");
        assert_eq!(text(86_400), "24 h ago");
        assert_eq!(text(172_800), "2 days ago");
        assert_eq!(text(-30), "in a moment");
        assert_eq!(text(-300), "in 5 min");
        assert_eq!(text(-86_400), "in 24 h");
        assert_eq!(text(-604_800), "in 7 days");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(number(Language::En, 0), "0");
        assert_eq!(number(Language::En, 999), "999");
        assert_eq!(number(Language::En, 12_480), "12,480");
        assert_eq!(number(Language::En, 1_000_000), "1,000,000");
        assert_eq!(number(Language::De, 12_480), "12.480");
        assert_eq!(number(Language::Fr, 12_480), "12\u{202f}480");
    }
}
