//! Templates: which fields an entry has (kernel: `ima_template.c`).

use trustboard_model::bytes::to_hex;
use trustboard_model::digest::{Digest, HashAlg};

use crate::budget;
use crate::reader::Reader;

/// A template, by the fields that its entries have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    name: String,
    fields: Vec<Field>,
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// `d`: SHA-1 or MD5 of a file, bare.
    BareDigest,
    /// `d-ng`: `sha256:`, a zero byte and the digest. `d-modsig` is the same and may be empty.
    Digest,
    /// `d-ngv2`: `ima:sha256:` or `verity:sha256:`, a zero byte and the digest.
    TypedDigest,
    /// `n`, `n-ng`: the file's path or the event's name, with a zero byte at the end.
    Name,
    /// A signature, an attribute, a buffer: covered by the template's digest, and not read here.
    Opaque { may_be_empty: bool },
}

/// The digest of a file as an entry has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileDigest<'a> {
    /// The kernel's name of the algorithm: `sha256`.
    pub algorithm: &'a str,
    /// The digest.
    pub bytes: &'a [u8],
}

impl FileDigest<'_> {
    /// The digest, if its algorithm is one that a PCR bank can use.
    pub fn to_digest(self) -> Option<Digest> {
        Digest::new(tpm_algorithm(self.algorithm)?, self.bytes).ok()
    }

    /// `sha256:abf4…`.
    pub fn describe(self) -> String {
        format!("{}:{}", self.algorithm, to_hex(self.bytes))
    }
}

/// What the fields of an entry say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fields<'a> {
    pub digest: Option<FileDigest<'a>>,
    pub name: Option<&'a [u8]>,
}

/// The kernel's own template names and what they stand for (`builtin_templates`).
const BUILT_IN: [(&str, &str); 8] = [
    ("ima", "d|n"),
    ("ima-ng", "d-ng|n-ng"),
    ("ima-sig", "d-ng|n-ng|sig"),
    ("ima-ngv2", "d-ngv2|n-ng"),
    ("ima-sigv2", "d-ngv2|n-ng|sig"),
    ("ima-buf", "d-ng|n-ng|buf"),
    ("ima-modsig", "d-ng|n-ng|sig|d-modsig|modsig"),
    ("evm-sig", "d-ng|n-ng|evmsig|xattrnames|xattrlengths|xattrvalues|iuid|igid|imode"),
];

/// Digest algorithms of files (kernel: `hash_algo_name`, `hash_digest_size`).
const ALGORITHMS: [(&str, usize); 24] = [
    ("md4", 16),
    ("md5", 16),
    ("sha1", 20),
    ("rmd160", 20),
    ("sha224", 28),
    ("sha256", 32),
    ("sha384", 48),
    ("sha512", 64),
    ("rmd128", 16),
    ("rmd256", 32),
    ("rmd320", 40),
    ("wp256", 32),
    ("wp384", 48),
    ("wp512", 64),
    ("tgr128", 16),
    ("tgr160", 20),
    ("tgr192", 24),
    ("sm3", 32),
    ("sm3-256", 32),
    ("streebog256", 32),
    ("streebog512", 64),
    ("sha3-256", 32),
    ("sha3-384", 48),
    ("sha3-512", 64),
];

fn tpm_algorithm(name: &str) -> Option<HashAlg> {
    Some(match name {
        "sha1" => HashAlg::Sha1,
        "sha256" => HashAlg::Sha256,
        "sha384" => HashAlg::Sha384,
        "sha512" => HashAlg::Sha512,
        "sm3" | "sm3-256" => HashAlg::Sm3_256,
        _ => return None,
    })
}

impl Template {
    /// The template with this name: one of the kernel's own, or a format that a host's
    /// administrator composed of the kernel's fields (`ima_template_fmt=`).
    pub(super) fn named(name: &[u8]) -> Result<Self, String> {
        let unknown = || format!("unknown template {:?}", String::from_utf8_lossy(name));
        let name = std::str::from_utf8(name).map_err(|_| unknown())?;
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == name);
        let format = built_in.map_or(name, |(_, format)| *format);
        let fields: Option<Vec<Field>> =
            format.split('|').take(budget::IMA_FIELDS + 1).map(Field::named).collect();
        match fields {
            Some(fields) if fields.len() <= budget::IMA_FIELDS => {
                Ok(Self { name: name.to_owned(), fields })
            }
            _ => Err(unknown()),
        }
    }

    /// Its name: `ima-ng`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is the first one, whose entries are written and hashed without lengths.
    pub(super) fn is_first(&self) -> bool {
        self.name == "ima"
    }

    /// Reads the fields, each a length and as many bytes.
    pub(super) fn read<'a>(&self, data: &'a [u8]) -> Result<Fields<'a>, String> {
        let mut reader = Reader::new("template data", data);
        let mut fields = Fields::default();
        for field in &self.fields {
            let size = reader.u32_le("field length").map_err(|short| short.problem())?;
            // Too large a number ends in "short" as well.
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            let bytes = reader.take(size, "field").map_err(|short| short.problem())?;
            field.read(bytes, &mut fields)?;
        }
        if !reader.is_empty() {
            return Err(format!("{} bytes follow the last field", reader.rest().len()));
        }
        Ok(fields)
    }
}

impl Field {
    fn named(id: &str) -> Option<Self> {
        Some(match id {
            "d" => Self::BareDigest,
            "d-ng" => Self::Digest,
            "d-ngv2" => Self::TypedDigest,
            "n" | "n-ng" => Self::Name,
            "buf" | "iuid" | "igid" | "imode" => Self::Opaque { may_be_empty: false },
            "sig" | "modsig" | "d-modsig" | "evmsig" | "xattrnames" | "xattrlengths"
            | "xattrvalues" => Self::Opaque { may_be_empty: true },
            _ => return None,
        })
    }

    fn read<'a>(self, bytes: &'a [u8], fields: &mut Fields<'a>) -> Result<(), String> {
        match self {
            Self::BareDigest => fields.digest = Some(bare_digest(bytes)?),
            Self::Digest => fields.digest = Some(digest(bytes)?),
            Self::TypedDigest => {
                let rest = [&b"ima:"[..], b"verity:"]
                    .into_iter()
                    .find_map(|kind| bytes.strip_prefix(kind))
                    .ok_or_else(|| "a digest of neither ima nor verity".to_owned())?;
                fields.digest = Some(digest(rest)?);
            }
            Self::Name => {
                let name = bytes.strip_suffix(&[0]).ok_or("a name without its zero byte")?;
                fields.name = Some(name);
            }
            Self::Opaque { may_be_empty: false } if bytes.is_empty() => {
                return Err("an empty field".to_owned());
            }
            Self::Opaque { .. } => {}
        }
        Ok(())
    }
}

pub(super) fn bare_digest(bytes: &[u8]) -> Result<FileDigest<'_>, String> {
    let algorithm = match bytes.len() {
        16 => "md5",
        20 => "sha1",
        other => return Err(format!("a bare digest of {other} bytes")),
    };
    Ok(FileDigest { algorithm, bytes })
}

fn digest(field: &[u8]) -> Result<FileDigest<'_>, String> {
    let end = field.iter().take(32).position(|&byte| byte == 0);
    let (name, rest) = end.and_then(|end| field.split_at_checked(end)).unwrap_or((field, &[]));
    let name = name.strip_suffix(b":").and_then(|name| std::str::from_utf8(name).ok());
    let bytes = rest.get(1..).unwrap_or_default();
    let known = name.and_then(|name| ALGORITHMS.iter().find(|(known, _)| *known == name));
    match known {
        Some((algorithm, size)) if *size == bytes.len() => Ok(FileDigest { algorithm, bytes }),
        Some((algorithm, size)) => {
            Err(format!("a {algorithm} digest of {} bytes, not {size}", bytes.len()))
        }
        None => {
            let shown = String::from_utf8_lossy(field.get(..16).unwrap_or(field)).into_owned();
            Err(format!("a digest of an unknown algorithm: {shown:?}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_the_kernels_or_made_of_its_fields() {
        for (name, _) in BUILT_IN {
            assert_eq!(Template::named(name.as_bytes()).unwrap().name(), name);
        }
        assert!(Template::named(b"d-ng|n-ng|iuid").is_ok());
        for unknown in [&b"ima-next"[..], b"", b"d-ng|x", b"\xFF", "d|".repeat(40).as_bytes()] {
            assert!(Template::named(unknown).unwrap_err().contains("unknown template"));
        }
    }

    #[test]
    fn a_digest_says_its_algorithm_and_has_its_length() {
        let sha256 = [&b"sha256:\0"[..], &[7; 32]].concat();
        let read = digest(&sha256).unwrap();
        assert_eq!((read.algorithm, read.bytes), ("sha256", &[7; 32][..]));
        assert_eq!(read.to_digest().unwrap().alg(), HashAlg::Sha256);
        assert!(digest(&sha256[..39]).unwrap_err().contains("31 bytes, not 32"));
        assert!(digest(b"sha999:\0abc").unwrap_err().contains("unknown algorithm"));
        assert!(digest(b"no zero byte").is_err());
        assert!(digest(b"").is_err());
        assert_eq!(bare_digest(&[0; 16]).unwrap().algorithm, "md5");
        assert!(bare_digest(&[0; 17]).is_err());
    }

    #[test]
    fn fields_end_where_the_data_ends() {
        let template = Template::named(b"ima-ngv2").unwrap();
        let field =
            |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_le_bytes()[..], bytes].concat();
        let typed = [&b"verity:sha1:\0"[..], &[1; 20]].concat();
        let data = [field(&typed), field(b"/bin/sh\0")].concat();
        let fields = template.read(&data).unwrap();
        assert_eq!(fields.name, Some(&b"/bin/sh"[..]));
        assert!(template.read(&[&data[..], &[0]].concat()).unwrap_err().contains("follow"));
        assert!(template.read(&data[..data.len() - 1]).is_err());
        let other = [&b"other:sha1:\0"[..], &[1; 20]].concat();
        assert!(template.read(&field(&other)).unwrap_err().contains("neither"));
        let unended = [field(&typed), field(b"/bin/sh")].concat();
        assert!(template.read(&unended).unwrap_err().contains("zero byte"));
    }
}
