//! Long lists of codes in JSON and CBOR: as the text of the code, found by looking through the
//! list. What serde derives for the same holds every code twice and a branch for each; with lists
//! this long that is a noticeable part of what a browser loads.

/// Implements `Serialize` and `Deserialize` for a type with `code` and `from_code`.
macro_rules! serde_by_code {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| {
                    serde::de::Error::custom(format_args!(
                        concat!("unknown ", stringify!($name), " {:?}"),
                        code
                    ))
                })
            }
        }
    };
}

pub(crate) use serde_by_code;

#[cfg(test)]
mod tests {
    use crate::check::CheckId;
    use crate::reason::ReasonCode;

    #[test]
    fn codes_are_their_texts_in_json_and_cbor_also_as_keys() {
        for &code in ReasonCode::ALL {
            let json = serde_json::to_string(&code).unwrap();
            assert_eq!(json, format!("{:?}", code.code()));
            assert_eq!(serde_json::from_str::<ReasonCode>(&json).unwrap(), code);
        }
        for &check in CheckId::ALL {
            let one = std::collections::BTreeMap::from([(check, 1)]);
            let json = serde_json::to_string(&one).unwrap();
            assert_eq!(
                serde_json::from_str::<std::collections::BTreeMap<_, _>>(&json).unwrap(),
                one
            );
            let mut cbor = Vec::new();
            ciborium::into_writer(&check, &mut cbor).unwrap();
            assert_eq!(ciborium::from_reader::<CheckId, _>(&cbor[..]).unwrap(), check);
        }
        let unknown = serde_json::from_str::<CheckId>("\"no.such-check\"").unwrap_err();
        assert!(unknown.to_string().starts_with("unknown CheckId \"no.such-check\""), "{unknown}");
    }
}
