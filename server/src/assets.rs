//! The site inside the program: wasm, script and style, each plain and compressed ahead.

use std::collections::BTreeMap;

use serde::Deserialize;
use trustboard_app::assets::{Assets, Program};

/// A file of the site.
pub struct File {
    /// Its address, with the hash of its content in it: `/pkg/trustboard.1a2b3c.wasm`.
    pub path: &'static str,
    /// As it is.
    pub plain: &'static [u8],
    /// Brotli (RFC 7932).
    pub br: Option<&'static [u8]>,
    /// Gzip (RFC 1952).
    pub gz: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The file at this address.
pub fn file(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.path == path)
}

/// What a page is made of, as the site's build named it.
#[derive(Deserialize)]
struct Manifest {
    css: Option<String>,
    js: Option<String>,
    wasm: Option<String>,
    #[serde(default)]
    parts: BTreeMap<String, Vec<String>>,
    table: Option<ProgramFiles>,
}

/// A program of its own.
#[derive(Deserialize)]
struct ProgramFiles {
    js: String,
    wasm: String,
}

/// The addresses that a page needs; none if the program was built without a site.
pub fn addresses() -> Assets {
    match MANIFEST.map(serde_json::from_str::<Manifest>) {
        None => Assets::default(),
        Some(Ok(Manifest { css, js, wasm, parts, table })) => {
            let table = table.map(|ProgramFiles { js, wasm }| Program { js, wasm });
            Assets { css, js, wasm, parts, table }
        }
        Some(Err(error)) => {
            tracing::error!(%error, "the site's manifest cannot be read; pages go without scripts");
            Assets::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_needs_is_there() {
        let Assets { css, js, wasm, parts, table } = addresses();
        let table = table.into_iter().flat_map(|program| [program.js, program.wasm]);
        let others = parts.into_values().flatten().chain(table);
        for path in [css, js, wasm].into_iter().flatten().chain(others) {
            assert!(file(&path).is_some_and(|file| !file.plain.is_empty()), "{path}");
        }
        assert_eq!(MANIFEST.is_none(), FILES.is_empty());
    }
}
