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
mod prune;
mod split;

use split::Place;

/// The name that every file of the site starts with.
const NAME: &str = "trustboard";

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

fn compile(toolchain: &Toolchain) -> Result<PathBuf> {
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", "trustboard-frontend", "--target", TARGET]);
    cargo.args(["--profile", "wasm-release"]);
    program::run(&mut cargo)?;
    Ok(toolchain.target().join(TARGET).join("wasm-release/trustboard_frontend.wasm"))
}

fn finish(compiled: &Path) -> Result<()> {
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

    let parts = split::split(compiled, &work)?;
    bind(&parts.main, &work)?;
    let wasm = publish(&shrink(&work.join(format!("{NAME}_bg.wasm")))?, "wasm")?;
    let mut places = BTreeMap::new();
    for file in &parts.files {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).context("a part's name")?;
        let small = shrink(file)?;
        let content = fs::read(&small)?;
        let place = if Place::is_small(&content) {
            Place::Script(content)
        } else {
            eprintln!("    {stem}:");
            let address = publish(&small, "wasm")?;
            Place::File(address.trim_start_matches("/pkg/").to_owned())
        };
        places.insert(stem.to_owned(), place);
    }
    parts.rename(&places)?;
    let script = publish(&bundle(&work.join(format!("{NAME}.js")), &work, "js")?, "js")?;
    let style = place::root().join("style/main.css");
    let style = publish(&bundle(&style, &work, "css")?, "css")?;
    let parts = parts.addresses(&places);
    let manifest = json!({ "css": style, "js": script, "wasm": wasm, "parts": parts });
    fs::write(site.join("manifest.json"), format!("{manifest:#}\n"))?;
    fs::write(&stamp, inputs)?;
    Ok(())
}

/// A digest of all that the site is made of; equal digests mean an equal site.
fn inputs(compiled: &Path) -> Result<String> {
    let mut files = vec![compiled.to_owned(), place::end2end().join("package-lock.json")];
    files.push(place::root().join("Cargo.lock"));
    // How the site is made.
    for own in ["mod.rs", "compress.rs", "prune.rs", "split.rs"] {
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
fn bind(compiled: &Path, work: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(NAME).typescript(false);
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
    let made = work.join(format!("small.{extension}"));
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

/// Puts a file into the site under a name that changes with its content; gives its address.
fn publish(file: &Path, extension: &str) -> Result<String> {
    let content = fs::read(file)?;
    if content.is_empty() {
        bail!("{} came out empty", file.display());
    }
    let digest = hex::encode(Sha256::digest(&content));
    let name = format!("{NAME}.{}.{extension}", &digest[..16]);
    let sizes = compress::write(&place::site().join("pkg").join(&name), &content)?;
    eprintln!("    {name:<36} {sizes}");
    Ok(format!("/pkg/{name}"))
}
