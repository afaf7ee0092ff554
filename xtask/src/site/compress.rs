//! A file with its brotli and gzip forms beside it.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Sizes in bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Sizes {
    plain: usize,
    gzip: usize,
    /// The transfer.
    pub brotli: usize,
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plain, gzip, brotli } = self;
        write!(f, "{plain} bytes, {gzip} as gzip, {brotli} as brotli")
    }
}

/// Writes `path`, `path.br` and `path.gz`.
pub fn write(path: &Path, content: &[u8]) -> Result<Sizes> {
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        name
    };
    let brotli = brotli_11(content)?;
    let gzip = gzip_9(content)?;
    fs::write(path, content)?;
    fs::write(beside(".br"), &brotli)?;
    fs::write(beside(".gz"), &gzip)?;
    Ok(Sizes { plain: content.len(), gzip: gzip.len(), brotli: brotli.len() })
}

fn brotli_11(mut content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        // 16 MiB, the largest window that every browser takes.
        lgwin: 24,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut content, &mut small, &parameters)?;
    Ok(small)
}

fn gzip_9(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn both_forms_give_the_content_back() {
        let content = "the same words, the same words, the same words".repeat(50).into_bytes();
        let mut plain = Vec::new();
        let mut packed: &[u8] = &brotli_11(&content).unwrap();
        brotli::BrotliDecompress(&mut packed, &mut plain).unwrap();
        assert_eq!(plain, content);

        let mut plain = Vec::new();
        let packed = gzip_9(&content).unwrap();
        assert!(packed.len() < content.len());
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, content);
    }
}
