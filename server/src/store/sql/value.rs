//! What is bound to a statement: integers, texts and bytes, each of a known type even where it is
//! nothing, because PostgreSQL asks for the type before it sees the value.

use std::borrow::Cow;
use std::sync::Arc;

use sqlx::Arguments as _;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;

/// A value for a `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value<'q> {
    Integer(Option<i64>),
    Text(Option<Cow<'q, str>>),
    Bytes(Option<Cow<'q, [u8]>>),
}

impl Value<'_> {
    /// The same, borrowing nothing.
    pub(super) fn into_owned(self) -> Value<'static> {
        let text = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let bytes = |bytes: Cow<'_, [u8]>| Cow::Owned(bytes.into_owned());
        match self {
            Self::Integer(value) => Value::Integer(value),
            Self::Text(value) => Value::Text(value.map(text)),
            Self::Bytes(value) => Value::Bytes(value.map(bytes)),
        }
    }
}

/// Values for SQLite, which moves what is owned and copies what is borrowed once.
pub(super) fn for_sqlite(values: Vec<Value<'_>>) -> Result<SqliteArguments, sqlx::Error> {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        let added = match value {
            Value::Integer(value) => arguments.add(value),
            Value::Text(Some(Cow::Borrowed(text))) => arguments.add(text),
            Value::Text(value) => arguments.add(value.map(Cow::into_owned)),
            Value::Bytes(Some(Cow::Borrowed(bytes))) => arguments.add(bytes),
            Value::Bytes(value) => arguments.add(value.map(Cow::into_owned)),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// Values for PostgreSQL, which writes them into its message.
pub(super) fn for_postgres(values: &[Value<'_>]) -> Result<PgArguments, sqlx::Error> {
    let mut arguments = PgArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        let added = match value {
            Value::Integer(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value.as_deref()),
            Value::Bytes(value) => arguments.add(value.as_deref()),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// What can be bound.
pub(crate) trait IntoValue<'q> {
    fn into_value(self) -> Value<'q>;
    /// Nothing, of this type.
    fn nothing() -> Value<'q>;
}

impl<'q, T: IntoValue<'q>> IntoValue<'q> for Option<T> {
    fn into_value(self) -> Value<'q> {
        self.map_or_else(T::nothing, T::into_value)
    }

    fn nothing() -> Value<'q> {
        T::nothing()
    }
}

macro_rules! into_value {
    ($($type:ty => $kind:ident($this:ident => $value:expr);)*) => {$(
        impl<'q> IntoValue<'q> for $type {
            fn into_value(self) -> Value<'q> {
                let $this = self;
                Value::$kind(Some($value))
            }

            fn nothing() -> Value<'q> {
                Value::$kind(None)
            }
        }
    )*};
}

into_value! {
    i64 => Integer(number => number);
    u32 => Integer(number => i64::from(number));
    bool => Integer(flag => i64::from(flag));
    &'q str => Text(text => Cow::Borrowed(text));
    Arc<str> => Text(text => Cow::Owned(text.to_string()));
    &'q String => Text(text => Cow::Borrowed(text.as_str()));
    String => Text(text => Cow::Owned(text));
    &'q [u8] => Bytes(bytes => Cow::Borrowed(bytes));
    &'q Vec<u8> => Bytes(bytes => Cow::Borrowed(bytes.as_slice()));
    Vec<u8> => Bytes(bytes => Cow::Owned(bytes));
}

impl<'q, T> IntoValue<'q> for &'q Option<T>
where
    &'q T: IntoValue<'q>,
{
    fn into_value(self) -> Value<'q> {
        self.as_ref().map_or_else(Self::nothing, <&T>::into_value)
    }

    fn nothing() -> Value<'q> {
        <&T>::nothing()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_a_type() {
        assert_eq!(None::<u32>.into_value(), Value::Integer(None));
        assert_eq!((&None::<Vec<u8>>).into_value(), Value::Bytes(None));
        assert_eq!(true.into_value(), Value::Integer(Some(1)));
    }
}
