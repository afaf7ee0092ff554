//! UTCTime and GeneralizedTime (RFC 5280, 4.1.2.5).

use chrono::NaiveDate;
use trustboard_model::time::Timestamp;

use super::der::{Der, GENERALIZED_TIME, UTC_TIME, Value};
use crate::Error;

/// Reads a Time. Seconds and the Z are mandatory, as RFC 5280 demands.
pub(crate) fn read(der: &mut Der<'_>, field: &str) -> Result<Timestamp, Error> {
    let value = der.next()?;
    of(&value).ok_or_else(|| {
        let text = String::from_utf8_lossy(value.content).into_owned();
        der.error(format!("{field} is not a time: {text:?}"))
    })
}

fn of(value: &Value<'_>) -> Option<Timestamp> {
    let digits = value.content.strip_suffix(b"Z")?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        std::str::from_utf8(digits.get(range)?).ok()?.parse().ok()
    };
    let (year, at) = match (value.tag, digits.len()) {
        // RFC 5280, 4.1.2.5.1: two digits from 50 on are of the twentieth century.
        (UTC_TIME, 12) => {
            let short = number(0..2)?;
            (short + if short >= 50 { 1900 } else { 2000 }, 2)
        }
        (GENERALIZED_TIME, 14) => (number(0..4)?, 4),
        _ => return None,
    };
    let two = |offset: usize| number(at + offset..at + offset + 2);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, two(0)?, two(2)?)?;
    let time = date.and_hms_opt(two(4)?, two(6)?, two(8)?)?;
    Some(Timestamp(time.and_utc().timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(tag: u8, text: &str) -> Option<String> {
        of(&Value { tag, whole: &[], content: text.as_bytes() }).map(|time| time.to_string())
    }

    #[test]
    fn both_forms_are_read_and_nothing_else() {
        let read = |tag, text| time(tag, text).unwrap();
        assert_eq!(read(UTC_TIME, "491231235959Z"), "2049-12-31T23:59:59.000Z");
        assert_eq!(read(UTC_TIME, "500101000000Z"), "1950-01-01T00:00:00.000Z");
        assert_eq!(read(GENERALIZED_TIME, "99991231235959Z"), "9999-12-31T23:59:59.000Z");
        for bad in ["4912312359Z", "491331235959Z", "49123123595Z", "491231235959", "+91231235959Z"]
        {
            assert_eq!(time(UTC_TIME, bad), None, "{bad}");
        }
    }
}
