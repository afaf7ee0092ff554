//! What the browser loads: wasm, script and style, small, named by content, compressed ahead.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::setup::wasm::{TARGET, Toolchain};
use crate::setup::{self, Need, node};
use crate::stage::Stages;
use crate::{place, program};

mod compress;
mod pair;
mod prune;
mod split;

use split::Place;

/// The name that every file of the site starts with.
const NAME: &str = "trustboard";

/// The program of the table of hosts, which is one of its own: the page with the most readers.
const TABLE: &str = "table";

/// How much that program may weigh, wasm and script, compressed with brotli, in bytes. A goal of the
/// product is 250 kB; this is what is reached, and a little.
const TABLE_LIMIT: usize = 92_000;

/// What the compiler made.
struct Compiled {
    /// The program of all other pages.
    app: PathBuf,
    /// The program of the table.
    table: PathBuf,
}

/// `cargo xtask site`.
pub fn with_setup(stages: &mut Stages) -> Result<()> {
    let toolchain = setup::install(stages, Need::Demo)?;
    build(stages, &toolchain)
}

/// Builds the site, or leaves it alone if nothing that it is made of has changed.
pub fn build(stages: &mut Stages, toolchain: &Toolchain) -> Result<()> {
    let compiled = stages.run("site: compile wasm", || compile(toolchain))?;
    stages.run("site: bind, shrink, compress", || finish(&compiled))
}

fn compile(toolchain: &Toolchain) -> Result<Compiled> {
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", "trustboard-frontend", "--package", "trustboard-table"]);
    cargo.args(["--target", TARGET, "--profile", "wasm-release"]);
    program::run(&mut cargo)?;
    let made = toolchain.target().join(TARGET).join("wasm-release");
    Ok(Compiled {
        app: made.join("trustboard_frontend.wasm"),
        table: made.join("trustboard_table.wasm"),
    })
}

fn finish(compiled: &Compiled) -> Result<()> {
    let site = place::site();
    let inputs = inputs(compiled)?;
    let stamp = site.join("inputs");
    if fs::read_to_string(&stamp).is_ok_and(|built| built == inputs) {
        eprintln!("    up to date");
        return Ok(());
    }
    let work = place::target().join("site-work");
    for folder in [&work, &site] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    fs::create_dir_all(site.join("pkg"))?;

    let table = table(&compiled.table, &work)?;
    let parts = split::split(&compiled.app, &work)?;
    bind(&parts.main, &work, NAME)?;
    let main = work.join(format!("{NAME}_bg.wasm"));
    let files: Vec<&Path> =
        std::iter::once(main.as_path()).chain(parts.files.iter().map(PathBuf::as_path)).collect();
    let mut small = pair::each(&files, |file| fs::read(shrink(file)?).map_err(Into::into))?;
    let wasm = publish(&small.remove(0), "wasm")?.address;
    let named = parts.files.iter().zip(small);
    let named: Vec<(String, Vec<u8>)> = named
        .map(|(file, small)| {
            let stem = file.file_stem().and_then(|stem| stem.to_str()).context("a part's name")?;
            Ok((stem.to_owned(), small))
        })
        .collect::<Result<_>>()?;
    let places = pair::each(&named, |(stem, small)| {
        if Place::is_small(small) {
            return Ok((stem.clone(), Place::Script(small.clone())));
        }
        let address = publish(small, "wasm")?.address;
        eprintln!("    {stem}: {address}");
        Ok((stem.clone(), Place::File(address.trim_start_matches("/pkg/").to_owned())))
    })?;
    let places: BTreeMap<String, Place> = places.into_iter().collect();
    parts.rename(&places)?;
    let script = bundle(&work.join(format!("{NAME}.js")), &work, "js")?;
    let script = publish(&fs::read(script)?, "js")?.address;
    let style = place::root().join("style/main.css");
    let style = publish(&fs::read(bundle(&style, &work, "css")?)?, "css")?.address;
    let parts = parts.addresses(&places);
    let manifest =
        json!({ "css": style, "js": script, "wasm": wasm, "parts": parts, "table": table });
    fs::write(site.join("manifest.json"), format!("{manifest:#}\n"))?;
    fs::write(&stamp, inputs)?;
    Ok(())
}

/// The program of the table: its addresses. Refuses one that has grown.
fn table(compiled: &Path, work: &Path) -> Result<serde_json::Value> {
    bind(compiled, work, TABLE)?;
    let wasm = publish(&fs::read(shrink(&work.join(format!("{TABLE}_bg.wasm")))?)?, "wasm")?;
    let script = bundle(&work.join(format!("{TABLE}.js")), work, "js")?;
    let script = publish(&fs::read(script)?, "js")?;
    let weight = wasm.sizes.brotli + script.sizes.brotli;
    eprintln!("    the table's program: {weight} bytes as brotli, at most {TABLE_LIMIT}");
    if weight > TABLE_LIMIT {
        bail!("the table's program weighs {weight} bytes as brotli; it may weigh {TABLE_LIMIT}");
    }
    Ok(json!({ "js": script.address, "wasm": wasm.address }))
}

/// A digest of all that the site is made of; equal digests mean an equal site.
fn inputs(compiled: &Compiled) -> Result<String> {
    let mut files = vec![compiled.app.clone(), compiled.table.clone()];
    files.push(place::end2end().join("package-lock.json"));
    files.push(place::root().join("Cargo.lock"));
    // How the site is made.
    for own in ["mod.rs", "compress.rs", "pair.rs", "prune.rs", "split.rs"] {
        files.push(place::root().join("xtask/src/site").join(own));
    }
    let style = place::root().join("style");
    for file in fs::read_dir(&style).with_context(|| format!("{}", style.display()))? {
        files.push(file?.path());
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files.iter().filter(|file| file.is_file()) {
        let content = fs::read(file).with_context(|| format!("{}", file.display()))?;
        digest.update(file.as_os_str().as_encoded_bytes());
        digest.update(Sha256::digest(content));
    }
    Ok(hex::encode(digest.finalize()))
}

/// Makes the script that loads the wasm. The library's version is locked together with
/// wasm-bindgen's, so the two cannot disagree.
fn bind(compiled: &Path, work: &Path, name: &str) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(name).typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    // The parts call each other through the table of functions.
    bindgen.keep_lld_exports(true);
    // The page always names the wasm's own, hashed address.
    bindgen.web(true)?.omit_default_module_path(true);
    bindgen.generate(work).context("wasm-bindgen")
}

/// Never a wasm-opt from the PATH: Debian's makes modules that validate and then fail to start.
///
/// The level is the one that makes the smallest transfer: with -Oz the module itself is an eighth
/// smaller, but 7 % larger once compressed, and takes four times as long.
fn shrink(wasm: &Path) -> Result<PathBuf> {
    let small = wasm.with_extension("small.wasm");
    let mut optimise = node::script("binaryen/bin/wasm-opt")?;
    optimise
        .arg("-O1")
        .args(["--enable-bulk-memory", "--enable-nontrapping-float-to-int"])
        .args(["--enable-reference-types", "--enable-multivalue", "--enable-sign-ext"])
        .args(["--enable-mutable-globals"])
        .arg(wasm)
        .arg("-o")
        .arg(&small);
    program::output(&mut optimise)?;
    Ok(small)
}

/// One file without comments or needless spaces, imports drawn in.
fn bundle(source: &Path, work: &Path, extension: &str) -> Result<PathBuf> {
    let stem = source.file_stem().and_then(|stem| stem.to_str()).context("a source's name")?;
    let made = work.join(format!("{stem}.small.{extension}"));
    let mut esbuild = node::script("esbuild/bin/esbuild")?;
    esbuild
        .arg(source)
        .args(["--bundle", "--minify", "--format=esm", "--log-level=warning"])
        // wasm-bindgen names the loader of parts once for each function that it has.
        .arg("--log-override:duplicate-object-key=silent")
        .args(["--target=chrome123,firefox120,safari17.5"])
        .arg(format!("--outfile={}", made.display()));
    program::run(&mut esbuild)?;
    Ok(made)
}

/// A file of the site.
struct Published {
    /// Its address.
    address: String,
    sizes: compress::Sizes,
}

/// Puts a file into the site under a name that changes with its content.
fn publish(content: &[u8], extension: &str) -> Result<Published> {
    if content.is_empty() {
        bail!("a file of the site ({extension}) came out empty");
    }
    let digest = hex::encode(Sha256::digest(content));
    let name = format!("{NAME}.{}.{extension}", &digest[..16]);
    let sizes = compress::write(&place::site().join("pkg").join(&name), content)?;
    eprintln!("    {name:<36} {sizes}");
    Ok(Published { address: format!("/pkg/{name}"), sizes })
}
