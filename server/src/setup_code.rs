//! The setup code: who can read the server's console may make the first administrator, and nobody
//! else on the network.

use std::fmt;

/// Letters of a code (Crockford's base 32): none looks like another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a code: 80 bits, which nobody guesses in its lifetime, nor from its hash.
const LENGTH: usize = 16;

/// A setup code in its plain form: capital letters and digits without hyphens.
#[derive(Clone, PartialEq, Eq)]
pub struct SetupCode(String);

impl SetupCode {
    /// A code from random bytes; only the first are used.
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        // 256 is a multiple of 32: every letter is equally likely. The mask keeps the index inside.
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte & 31)]);
        Self(bytes.iter().take(LENGTH).map(letter).collect())
    }

    /// A code as somebody typed it: in any case, with or without hyphens and spaces, with O for 0
    /// and I or L for 1. Nothing if it cannot be one.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut code = String::with_capacity(LENGTH);
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let letter = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if code.len() == LENGTH || !LETTERS.iter().any(|known| char::from(*known) == letter) {
                return None;
            }
            code.push(letter);
        }
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// What is hashed and compared.
    pub(crate) fn secret(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// As it is printed: `K7Q2-M9XD-4TVA-8HRC`. Not `Display`, so that it is never logged by
    /// accident.
    pub fn reveal(&self) -> String {
        let mut text = String::with_capacity(LENGTH + LENGTH / 4);
        for (index, letter) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }
}

impl fmt::Debug for SetupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetupCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = SetupCode::from_random(&std::array::from_fn(|i| u8::try_from(i * 7).unwrap()));
        let shown = code.reveal();
        assert_eq!(shown.len(), 19);
        assert_eq!(SetupCode::parse(&shown), Some(code.clone()));
        let sloppy = shown.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(SetupCode::parse(&sloppy), Some(code));
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in
            ["", "ABCD", "ABCD-EFGH-JKMN-PQRSX", "ABCD-EFGH-JKMN-PQR!", "ÄBCD-EFGH-JKMN-PQRS"]
        {
            assert_eq!(SetupCode::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_code_is_not_shown_by_accident() {
        assert_eq!(format!("{:?}", SetupCode::from_random(&[3; 32])), "SetupCode(hidden)");
    }
}
