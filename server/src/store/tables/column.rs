//! How domain values stand in columns, and how they are read back.
//!
//! Ids are text, times are integers, closed lists are their stable codes, structures are JSON.

use std::fmt::Display;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as PlainError, StrDeserializer};
use trustboard_model::digest::Sha256;

use crate::store::StoreError;

/// Names a row, so that an inconsistent value in it is reported with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub table: &'static str,
    pub row: &'a str,
}

impl Place<'_> {
    /// The error for `column` of this row.
    pub(super) fn bad(&self, column: &'static str) -> StoreError {
        StoreError::inconsistent(self.table, column, self.row)
    }

    pub(super) fn parse<T: FromStr>(
        &self,
        column: &'static str,
        text: &str,
    ) -> Result<T, StoreError> {
        text.parse().map_err(|_| self.bad(column))
    }

    /// A member of a closed list from its code.
    pub(super) fn code<T: DeserializeOwned>(
        &self,
        column: &'static str,
        text: &str,
    ) -> Result<T, StoreError> {
        T::deserialize(StrDeserializer::<PlainError>::new(text)).map_err(|_| self.bad(column))
    }

    pub(super) fn json<T: DeserializeOwned>(
        &self,
        column: &'static str,
        text: &str,
    ) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|_| self.bad(column))
    }

    /// A count or number that is never negative.
    pub(super) fn number<T: TryFrom<i64>>(
        &self,
        column: &'static str,
        value: i64,
    ) -> Result<T, StoreError> {
        T::try_from(value).map_err(|_| self.bad(column))
    }

    pub(super) fn sha256(&self, column: &'static str, bytes: &[u8]) -> Result<Sha256, StoreError> {
        bytes.try_into().map(Sha256).map_err(|_| self.bad(column))
    }
}

/// The stable code of a member of a closed list.
pub(super) fn code<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        // Only called with enums without data, which serialise as their code.
        other => unreachable!("not a code: {other:?}"),
    }
}

/// A structure as JSON. Structs keep their fields' order and maps are sorted, so that equal
/// values give equal text.
pub(super) fn json<T: Serialize>(value: &T) -> String {
    // The model's types hold nothing that JSON cannot: no maps with structured keys, no floats.
    serde_json::to_string(value).expect("a model type that JSON can hold")
}

/// A domain's unsigned number for a column; those that do not fit cannot be reached by counting.
pub(super) fn integer<T: TryInto<i64, Error: Display>>(value: T) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use trustboard_model::host::Presence;

    use super::*;

    const PLACE: Place<'_> = Place { table: "hosts", row: "a" };

    #[test]
    fn codes_go_both_ways() {
        let code = code(&Presence::NotResponding);
        assert_eq!(code, "not-responding");
        assert_eq!(PLACE.code::<Presence>("presence", &code).unwrap(), Presence::NotResponding);
    }

    #[test]
    fn a_value_that_we_do_not_write_is_named_with_its_place() {
        let error = PLACE.code::<Presence>("presence", "gone").unwrap_err();
        assert_eq!(error.to_string(), "inconsistent value in hosts.presence of row a");
        assert!(PLACE.number::<u32>("revision", -1).is_err());
        assert!(PLACE.sha256("ek", &[1, 2]).is_err());
    }
}
