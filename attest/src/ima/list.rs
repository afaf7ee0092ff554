//! Reading a list, entry by entry (kernel: `ima_measurements_show`).

use aws_lc_rs::digest as library;
use trustboard_model::digest::HashAlg;
use trustboard_model::pcr::PcrIndex;

use super::template::{FileDigest, Template, bare_digest};
use crate::reader::{Reader, Short};
use crate::{budget, hash};

/// A list, or a part of one, that was read.
#[derive(Debug, Clone)]
pub struct ImaList<'a> {
    digests: HashAlg,
    templates: Vec<Template>,
    entries: Vec<ImaEntry<'a>>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImaEntry<'a> {
    /// The register that it extended.
    pub pcr: PcrIndex,
    /// The template's digest as the list has it; zeros in a violation.
    pub listed: &'a [u8],
    /// The file's digest.
    pub digest: Option<FileDigest<'a>>,
    /// The file's path or the event's name. Covered by the template's digest, and a host's words.
    pub name: &'a [u8],
    /// Its template, by position in the list's templates.
    template: usize,
    /// What the template's digest covers, but for the first template.
    data: &'a [u8],
    /// Where it ends, in bytes of this part.
    pub(super) end: usize,
}

/// Why a list cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {entry}, offset {offset}: {problem}")]
pub struct ImaError {
    /// The entry, from 1, in this part.
    pub entry: usize,
    /// Where it begins in this part, in bytes.
    pub offset: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// Why an entry cannot be read.
enum Broken {
    Short(Short),
    Wrong(String),
}

impl From<Short> for Broken {
    fn from(short: Short) -> Self {
        Self::Short(short)
    }
}

impl From<String> for Broken {
    fn from(problem: String) -> Self {
        Self::Wrong(problem)
    }
}

impl<'a> ImaList<'a> {
    /// Reads entries whose template digests are of `digests`. If `more` follows in another part,
    /// a last entry that is cut off is left for that.
    pub fn parse(bytes: &'a [u8], digests: HashAlg, more: bool) -> Result<Self, ImaError> {
        let mut list = Self { digests, templates: Vec::new(), entries: Vec::new() };
        let mut reader = Reader::new("IMA list", bytes);
        while !reader.is_empty() {
            let offset = reader.at();
            match list.read_entry(&mut reader) {
                Ok(entry) => list.entries.push(entry),
                Err(Broken::Short(_)) if more => break,
                Err(broken) => {
                    let problem = match broken {
                        Broken::Short(short) => short.problem(),
                        Broken::Wrong(problem) => problem,
                    };
                    return Err(ImaError { entry: list.entries.len() + 1, offset, problem });
                }
            }
        }
        Ok(list)
    }

    fn read_entry(&mut self, reader: &mut Reader<'a>) -> Result<ImaEntry<'a>, Broken> {
        let pcr = reader.u32_le("PCR")?;
        let pcr = u8::try_from(pcr).ok().and_then(|pcr| PcrIndex::try_from(pcr).ok());
        let pcr = pcr.ok_or_else(|| "a PCR above 23".to_owned())?;
        let listed = reader.take(self.digests.len(), "template digest")?;
        let size = bounded(reader.u32_le("template name length")?, budget::IMA_TEMPLATE_NAME)?;
        let template = self.template(reader.take(size, "template name")?)?;
        // `template` gives the position of one that is there.
        let kind = &self.templates[template];
        let (digest, name, data) = if kind.is_first() {
            let digest = bare_digest(reader.take(HashAlg::Sha1.len(), "file digest")?)?;
            let size = bounded(reader.u32_le("name length")?, budget::IMA_FIRST_NAME)?;
            (Some(digest), reader.take(size, "name")?, &[][..])
        } else {
            let size = bounded(reader.u32_le("template data length")?, budget::IMA_ENTRY_BYTES)?;
            let data = reader.take(size, "template data")?;
            let fields = kind.read(data)?;
            (fields.digest, fields.name.unwrap_or_default(), data)
        };
        Ok(ImaEntry { pcr, listed, digest, name, template, data, end: reader.at() })
    }

    /// The position of the template with this name.
    fn template(&mut self, name: &[u8]) -> Result<usize, String> {
        let known = self.templates.iter().position(|known| known.name().as_bytes() == name);
        if let Some(known) = known {
            return Ok(known);
        }
        if self.templates.len() == budget::IMA_TEMPLATES {
            return Err(format!("more than {} templates", budget::IMA_TEMPLATES));
        }
        self.templates.push(Template::named(name)?);
        Ok(self.templates.len() - 1)
    }

    /// The entries. Anybody's words until a replay has proven them.
    pub fn insecure_entries(&self) -> &[ImaEntry<'a>] {
        &self.entries
    }

    /// The template of an entry of this list.
    pub fn template_of(&self, entry: &ImaEntry<'_>) -> &str {
        self.templates.get(entry.template).map_or("", Template::name)
    }

    /// The algorithm of the template digests in the list.
    pub fn digests(&self) -> HashAlg {
        self.digests
    }

    /// Where the first `entries` entries end, in bytes of this part.
    pub fn end_of(&self, entries: usize) -> usize {
        entries.checked_sub(1).and_then(|last| self.entries.get(last)).map_or(0, |entry| entry.end)
    }

    /// The entry's template digest, computed (kernel: `ima_calc_field_array_hash_tfm`): over the
    /// fields with their lengths, but for the first template over the digest and a name that is
    /// filled up to 256 bytes.
    pub(super) fn template_digest(
        &self,
        entry: &ImaEntry<'_>,
        alg: HashAlg,
    ) -> Option<library::Digest> {
        if self.templates.get(entry.template)?.is_first() {
            let mut padded = [0; budget::IMA_FIRST_NAME + 1];
            padded.get_mut(..entry.name.len())?.copy_from_slice(entry.name);
            return hash::hash(alg, &[entry.digest?.bytes, &padded]);
        }
        hash::hash(alg, &[entry.data])
    }
}

impl ImaEntry<'_> {
    /// Whether it says that a file changed while it was measured, or was measured while it was
    /// open for writing: the list then has zeros, and the register was extended with 0xFF.
    pub fn is_violation(&self) -> bool {
        self.listed.iter().all(|&byte| byte == 0)
    }
}

fn bounded(size: u32, limit: usize) -> Result<usize, String> {
    match usize::try_from(size) {
        Ok(size) if size <= limit => Ok(size),
        _ => Err(format!("a length of {size} bytes; limit {limit}")),
    }
}
