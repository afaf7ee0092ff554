//! The columns of the table of hosts: which there are, and which are shown, in which order, how wide.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::SortKey;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $code:literal $(by $sort:ident)?,)*) => {
        /// A column of the table of hosts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Column {$(
            $(#[$doc])*
            $name,
        )*}

        impl Column {
            /// Every column, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code in links, views and exports: `last-verified`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The order that a press on its head asks for.
            pub const fn sort(self) -> Option<SortKey> {
                match self {
                    $($(Self::$name => Some(SortKey::$sort),)?)*
                    _ => None,
                }
            }
        }
    };
}

columns! {
    /// Name. Always there, and always first.
    Name = "name" by Name,
    /// The datacenter.
    Datacenter = "datacenter",
    /// The cluster.
    Cluster = "cluster",
    /// Attestation.
    Attestation = "attestation" by Attestation,
    /// The alarm.
    Alarm = "alarm" by Alarm,
    /// When it was last verified.
    LastVerified = "last-verified" by LastVerified,
    /// The policy and the verifier of the latest appraisal.
    AttestedBy = "attested-by",
    /// The TPM's version.
    Tpm = "tpm" by Tpm,
    /// Secure Boot.
    SecureBoot = "secure-boot" by SecureBoot,
    /// What there is to say.
    Message = "message" by Message,
    /// The connection.
    Presence = "presence" by Presence,
    /// Since when Attestation and reasons are as they are.
    Since = "since" by Since,
    /// When it last passed.
    LastPassed = "last-passed",
    /// The approved configuration that it matched.
    Configuration = "configuration",
    /// The identity on record.
    Identity = "identity",
    /// Maintenance mode.
    Maintenance = "maintenance",
    /// The operating system.
    Os = "os",
    /// The kernel.
    Kernel = "kernel",
    /// The agent's version.
    Agent = "agent",
    /// The TPM's maker and model.
    TpmMaker = "tpm-maker",
    /// The TPM's firmware.
    Firmware = "firmware",
}

impl Column {
    /// The column with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.code() == code)
    }
}

/// A column that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShownColumn {
    /// The column.
    pub column: Column,
    /// Its width in CSS pixels; nothing: as wide as the style says.
    pub width: Option<u16>,
}

/// The columns that are shown, in their order: the name first, none twice.
///
/// As text, their codes with commas between them, a width behind a dot: `name,attestation.140`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Columns(Vec<ShownColumn>);

/// Text that is no list of columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no column {0}")]
pub struct InvalidColumns(pub String);

impl Columns {
    /// The widths that a column can have, in CSS pixels: the narrowest still shows a badge's sign.
    pub const WIDTHS: std::ops::RangeInclusive<u16> = 48..=960;

    /// Those that are shown unless somebody chooses others.
    pub fn usual() -> Self {
        Self::of([
            Column::Name,
            Column::Attestation,
            Column::Alarm,
            Column::LastVerified,
            Column::AttestedBy,
            Column::Tpm,
            Column::SecureBoot,
            Column::Message,
        ])
    }

    /// The same on the page of all datacenters.
    pub fn everywhere() -> Self {
        let usual = Self::usual().0;
        let datacenter = ShownColumn { column: Column::Datacenter, width: None };
        Self::from_shown(std::iter::once(datacenter).chain(usual))
    }

    /// These columns, each as wide as the style says.
    pub fn of(columns: impl IntoIterator<Item = Column>) -> Self {
        Self::from_shown(columns.into_iter().map(|column| ShownColumn { column, width: None }))
    }

    fn from_shown(columns: impl IntoIterator<Item = ShownColumn>) -> Self {
        let mut shown = vec![ShownColumn { column: Column::Name, width: None }];
        for column in columns {
            match shown.iter_mut().find(|known| known.column == column.column) {
                Some(known) if column.column == Column::Name => known.width = column.width,
                Some(_) => {}
                None => shown.push(column),
            }
        }
        Self(shown)
    }

    /// The columns; never empty, the name first.
    pub fn shown(&self) -> &[ShownColumn] {
        &self.0
    }

    /// Whether this one is shown.
    pub fn shows(&self, column: Column) -> bool {
        self.0.iter().any(|shown| shown.column == column)
    }

    /// With this column at the end, or without it.
    #[must_use]
    pub fn with(&self, column: Column, shown: bool) -> Self {
        let others = self.0.iter().copied().filter(|known| known.column != column);
        let this = (shown && !self.shows(column)).then_some(ShownColumn { column, width: None });
        if shown == self.shows(column) {
            self.clone()
        } else {
            Self::from_shown(others.chain(this))
        }
    }

    /// With this column one place nearer to the name, or farther from it.
    #[must_use]
    pub fn moved(&self, column: Column, later: bool) -> Self {
        let mut shown = self.0.clone();
        let at = shown.iter().position(|known| known.column == column).unwrap_or(0);
        let to = if later { at + 1 } else { at.saturating_sub(1) };
        if at > 0 && to > 0 && to < shown.len() {
            shown.swap(at, to);
        }
        Self(shown)
    }

    /// With this column so wide, within [`Self::WIDTHS`]; nothing: as wide as the style says.
    #[must_use]
    pub fn sized(&self, column: Column, width: Option<u16>) -> Self {
        let width = width.map(|width| width.clamp(*Self::WIDTHS.start(), *Self::WIDTHS.end()));
        let sized = |shown: &ShownColumn| {
            if shown.column == column { ShownColumn { column, width } } else { *shown }
        };
        Self(self.0.iter().map(sized).collect())
    }
}

impl FromStr for Columns {
    type Err = InvalidColumns;

    fn from_str(text: &str) -> Result<Self, InvalidColumns> {
        let mut shown = Vec::new();
        for written in text.split(',').map(str::trim).filter(|written| !written.is_empty()) {
            let invalid = || InvalidColumns(written.chars().take(40).collect());
            let (code, width) = match written.split_once('.') {
                Some((code, width)) => (code, Some(width)),
                None => (written, None),
            };
            let column = Column::from_code(code).ok_or_else(invalid)?;
            let width = match width.map(str::parse::<u16>) {
                None => None,
                Some(Ok(width)) if Self::WIDTHS.contains(&width) => Some(width),
                Some(_) => return Err(invalid()),
            };
            shown.push(ShownColumn { column, width });
        }
        Ok(Self::from_shown(shown))
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, shown) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            f.write_str(shown.column.code())?;
            if let Some(width) = shown.width {
                write!(f, ".{width}")?;
            }
        }
        Ok(())
    }
}

impl TryFrom<String> for Columns {
    type Error = InvalidColumns;

    fn try_from(text: String) -> Result<Self, InvalidColumns> {
        text.parse()
    }
}

impl From<Columns> for String {
    fn from(columns: Columns) -> Self {
        columns.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Columns {
        text.parse().unwrap()
    }

    #[test]
    fn prints_what_it_reads() {
        for text in ["name", "name,alarm", "name.200,message.400,tpm"] {
            assert_eq!(read(text).to_string(), text);
        }
        for column in Column::ALL {
            assert_eq!(Column::from_code(column.code()), Some(*column));
        }
    }

    #[test]
    fn the_name_comes_first_and_nothing_twice() {
        assert_eq!(read("alarm,name.90,alarm, tpm").to_string(), "name.90,alarm,tpm");
        assert_eq!(read("").to_string(), "name");
        assert_eq!(read("name").with(Column::Name, false).to_string(), "name");
        assert!("alarm,nothing".parse::<Columns>().is_err());
        for width in ["alarm.3", "alarm.9999", "alarm.x", "alarm.-1"] {
            assert!(width.parse::<Columns>().is_err(), "{width}");
        }
    }

    #[test]
    fn columns_come_go_move_and_grow() {
        let columns = read("name,alarm,tpm.80");
        assert_eq!(columns.with(Column::Os, true).to_string(), "name,alarm,tpm.80,os");
        assert_eq!(columns.with(Column::Alarm, true), columns);
        assert_eq!(columns.with(Column::Alarm, false).to_string(), "name,tpm.80");
        assert_eq!(columns.moved(Column::Tpm, false).to_string(), "name,tpm.80,alarm");
        assert_eq!(columns.moved(Column::Alarm, false), columns, "the name stays first");
        assert_eq!(columns.moved(Column::Tpm, true), columns);
        assert_eq!(columns.moved(Column::Name, true), columns);
        assert_eq!(columns.sized(Column::Alarm, Some(7)).to_string(), "name,alarm.48,tpm.80");
        assert_eq!(columns.sized(Column::Tpm, None).to_string(), "name,alarm,tpm");
    }
}
