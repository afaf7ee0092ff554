//! The wasm in parts: what every page needs, and files that a browser loads when it needs them.
//!
//! Where the program says `wasm_split` it may be cut. Which function needs which is told by the
//! relocations that the linker left in the wasm.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use super::NAME;
use super::prune::prune;

/// The script that loads parts, beside the wasm; the wasm's own script imports it by this name.
const LOADER: &str = "./__wasm_split.js";

/// A wasm in parts.
pub struct Parts {
    /// What every page needs.
    pub main: PathBuf,
    /// The others.
    pub files: Vec<PathBuf>,
    /// The stems of the files of each part, by its name.
    pub needs: BTreeMap<String, Vec<String>>,
    /// The script that loads them.
    pub loader: PathBuf,
}

/// Splits the wasm.
pub fn split(compiled: &Path, work: &Path) -> Result<Parts> {
    let wasm = fs::read(compiled).with_context(|| format!("{}", compiled.display()))?;
    let (wasm, pruned) = prune(&wasm)?;
    eprintln!("    {pruned} functions are never called");
    let main = work.join("main.wasm");
    let main_module = format!("./{NAME}.js");
    let mut options = Options::new(&wasm);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = &main_module;
    let made = transform(options).map_err(|error| anyhow!("splitting the wasm: {error:?}"))?;
    let needs = made.prefetch_map.into_iter().collect();
    Ok(Parts { main, files: made.split_modules, needs, loader: work.join(LOADER) })
}

/// Below this size, in bytes, a part is written into the script: what several parts share is often
/// no more than a few words, and a request costs more than they weigh.
const INLINE: usize = 1024;

/// Where a finished part is.
pub enum Place {
    /// In a file of this name.
    File(String),
    /// In the script itself.
    Script(Vec<u8>),
}

impl Place {
    /// Whether a part of this size is better in the script.
    pub fn is_small(content: &[u8]) -> bool {
        content.len() < INLINE
    }
}

impl Parts {
    /// Has the loader find the parts where they are now, by stem.
    pub fn rename(&self, places: &BTreeMap<String, Place>) -> Result<()> {
        let mut script = fs::read_to_string(&self.loader)?;
        for (stem, place) in places {
            let asked = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
            if !script.contains(&asked) {
                return Err(anyhow!("the loader does not ask for {stem}.wasm"));
            }
            let found = match place {
                Place::File(name) => format!("fetch(new URL(\"./{name}\", import.meta.url))"),
                Place::Script(wasm) => format!("inline(\"{}\")", hex::encode(wasm)),
            };
            script = script.replace(&asked, &found);
        }
        script.push_str(INLINED);
        Ok(fs::write(&self.loader, script)?)
    }

    /// The addresses of the files of each part.
    pub fn addresses(&self, places: &BTreeMap<String, Place>) -> BTreeMap<&str, Vec<String>> {
        let address = |stem: &String| match places.get(stem) {
            Some(Place::File(name)) => Some(format!("/pkg/{name}")),
            Some(Place::Script(_)) | None => None,
        };
        let parts = self.needs.iter();
        parts
            .map(|(part, stems)| (part.as_str(), stems.iter().filter_map(address).collect()))
            .collect()
    }
}

/// Gives what stands in the script as if it had been fetched.
const INLINED: &str = r#"
async function inline(hex) {
    const bytes = Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
    return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}
"#;
