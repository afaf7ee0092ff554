//! TPMA_OBJECT: what a key may do.

/// TPMA_OBJECT (Part 2, 8.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes(pub u32);

impl Attributes {
    /// The key cannot leave its TPM.
    pub const FIXED_TPM: Self = Self(1 << 1);
    /// The key cannot be moved to another parent.
    pub const FIXED_PARENT: Self = Self(1 << 4);
    /// The TPM made the private part itself.
    pub const SENSITIVE_DATA_ORIGIN: Self = Self(1 << 5);
    /// Only with inner encryption may it be duplicated.
    pub const ENCRYPTED_DUPLICATION: Self = Self(1 << 11);
    /// Signs only what the TPM made, or decrypts only what has the TPM's form.
    pub const RESTRICTED: Self = Self(1 << 16);
    /// May decrypt.
    pub const DECRYPT: Self = Self(1 << 17);
    /// May sign.
    pub const SIGN: Self = Self(1 << 18);

    const NAMES: [(Self, &'static str); 7] = [
        (Self::FIXED_TPM, "fixedTPM"),
        (Self::FIXED_PARENT, "fixedParent"),
        (Self::SENSITIVE_DATA_ORIGIN, "sensitiveDataOrigin"),
        (Self::ENCRYPTED_DUPLICATION, "encryptedDuplication"),
        (Self::RESTRICTED, "restricted"),
        (Self::DECRYPT, "decrypt"),
        (Self::SIGN, "sign"),
    ];

    /// Whether all attributes of `other` are set.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the attributes that matter here and are set.
    pub fn names(self) -> String {
        let set = Self::NAMES.iter().filter(|(attribute, _)| self.has(*attribute));
        let names: Vec<_> = set.map(|(_, name)| *name).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    }
}
