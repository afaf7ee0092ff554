//! EFI_LOAD_OPTION (UEFI 2.10, 3.1.3): the content of Boot####.

use std::fmt;

use super::device_path::device_path;
use super::text::wide_prefix;
use crate::Error;
use crate::reader::Reader;

/// A boot option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadOption {
    /// Its name in the firmware's menu.
    pub description: String,
    /// What it starts.
    pub path: String,
    /// Whether the firmware tries it by itself (LOAD_OPTION_ACTIVE).
    pub active: bool,
}

impl LoadOption {
    /// Reads the content of a boot option's variable.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        const ACTIVE: u32 = 1;
        let mut reader = Reader::new("boot option", bytes);
        let attributes = reader.u32_le("Attributes")?;
        let path_size = usize::from(reader.u16_le("FilePathListLength")?);
        let Some((description, size)) = wide_prefix(reader.rest()) else {
            return Err(reader.error("the description has no end"));
        };
        reader.take(size, "Description")?;
        let path = device_path(reader.take(path_size, "FilePathList")?);
        Ok(Self { description, path, active: attributes & ACTIVE != 0 })
    }
}

/// `debian, HD(1,GPT,…)/\EFI\debian\shimx64.efi`
impl fmt::Display for LoadOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inactive = if self.active { "" } else { " (inactive)" };
        write!(f, "{}{inactive}, {}", self.description, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_without_an_end_is_refused() {
        let error = LoadOption::parse(&[1, 0, 0, 0, 0, 0, b'a', 0, b'b', 0]).unwrap_err();
        assert!(error.problem.contains("no end"), "{error}");
    }

    #[test]
    fn an_option_reads_as_its_menu_entry_and_path() {
        let mut bytes = vec![0, 0, 0, 0, 4, 0];
        bytes.extend(b"a\0b\0\0\0\x7F\xFF\x04\0optional data");
        let option = LoadOption::parse(&bytes).unwrap();
        assert_eq!((&option.description[..], &option.path[..], option.active), ("ab", "", false));
    }
}
