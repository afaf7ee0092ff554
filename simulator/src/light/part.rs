//! A part of a fleet's hosts: a process may open so many files, and each session is one.

use std::ops::Range;
use std::str::FromStr;

/// The `number`th of so many parts of a fleet, whose hosts are in one process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    number: u32,
    of: u32,
}

impl Part {
    /// All hosts.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// The numbers of its hosts, of so many in all. Parts differ by one host at most.
    pub fn hosts(self, all: u32) -> Range<u32> {
        let begin = |number: u32| {
            let first = u64::from(all) * u64::from(number) / u64::from(self.of);
            u32::try_from(first).unwrap_or(all)
        };
        begin(self.number - 1)..begin(self.number) // numbers begin at 1
    }

    /// The name of a file that each part has for itself.
    pub fn file(self, name: &str, extension: &str) -> String {
        match self {
            Self::WHOLE => format!("{name}.{extension}"),
            Self { number, of } => format!("{name}-{number}-of-{of}.{extension}"),
        }
    }
}

/// A text that names no part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a part and how many there are, as in 2/6")]
pub struct UnknownPart;

impl FromStr for Part {
    type Err = UnknownPart;

    fn from_str(text: &str) -> Result<Self, UnknownPart> {
        let (number, of) = text.split_once('/').ok_or(UnknownPart)?;
        let (number, of) = number.parse().ok().zip(of.parse().ok()).ok_or(UnknownPart)?;
        if (1..=of).contains(&number) { Ok(Self { number, of }) } else { Err(UnknownPart) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Part {
        text.parse().unwrap()
    }

    #[test]
    fn every_host_is_in_one_part() {
        for (all, of) in [(10, 1), (10, 3), (100_000, 6), (2, 3), (200_000, 7)] {
            let parts = (1..=of).map(|number| part(&format!("{number}/{of}")).hosts(all));
            let hosts: Vec<u32> = parts.clone().flatten().collect();
            assert_eq!(hosts, (0..all).collect::<Vec<_>>(), "{all} in {of}");
            let sizes: Vec<usize> = parts.map(|hosts| hosts.len()).collect();
            assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1, "{sizes:?}");
        }
    }

    #[test]
    fn parts_are_read_and_others_refused() {
        assert_eq!(part("1/1"), Part::WHOLE);
        assert_eq!(part("2/6").file("enrolled", "cbor"), "enrolled-2-of-6.cbor");
        assert_eq!(Part::WHOLE.file("enrolled", "cbor"), "enrolled.cbor");
        for wrong in ["", "2", "0/3", "4/3", "1/0", "a/b", "-1/2"] {
            assert_eq!(wrong.parse::<Part>(), Err(UnknownPart), "{wrong}");
        }
    }
}
