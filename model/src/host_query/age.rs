//! Ages: `>10m`, `<2h`.

use super::QueryProblem;

/// Older or younger than a number of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// Older: longer ago than `seconds`; otherwise at most as long ago.
    pub older: bool,
    /// Seconds.
    pub seconds: u32,
}

impl Age {
    const UNITS: [(char, u32); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];
    /// Ten years: longer ago than anything on record.
    const MAX: u32 = 3_660 * 86_400;

    pub(super) fn parse(field: &'static str, text: &str) -> Result<Self, QueryProblem> {
        let expected = || QueryProblem::NoAge { field };
        let (older, length) = match text.split_at_checked(1) {
            Some((">", length)) => (true, length),
            Some(("<", length)) => (false, length),
            _ => return Err(expected()),
        };
        let seconds = Self::UNITS.into_iter().find_map(|(unit, seconds)| {
            length.strip_suffix(unit)?.parse::<u32>().ok()?.checked_mul(seconds)
        });
        let seconds = seconds.filter(|seconds| *seconds <= Self::MAX).ok_or_else(expected)?;
        Ok(Self { older, seconds })
    }

    /// In the largest unit that it is a whole number of.
    pub(super) fn written(self) -> String {
        let whole =
            |(_, unit): &(char, u32)| self.seconds.is_multiple_of(*unit) && self.seconds > 0;
        let (unit, seconds) = Self::UNITS.into_iter().find(whole).unwrap_or(('s', 1));
        format!("{}{}{unit}", if self.older { '>' } else { '<' }, self.seconds / seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_in_their_largest_unit() {
        for (text, seconds, printed) in [
            (">600s", 600, ">10m"),
            ("<48h", 172_800, "<2d"),
            (">0s", 0, ">0s"),
            ("<61s", 61, "<61s"),
        ] {
            let age = Age::parse("last", text).unwrap();
            assert_eq!((age.seconds, age.written()), (seconds, printed.to_owned()));
        }
        for text in ["", ">", "10m", ">10", ">x", ">99999d", "> 1h", "ä1h"] {
            assert!(Age::parse("last", text).is_err(), "{text}");
        }
    }
}
