//! Puts the site (wasm, script, style, compressed ahead) into the program, if it was built.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    // sqlx embeds the migrations when this crate is compiled.
    println!("cargo:rerun-if-changed=../migrations");
    println!("cargo:rerun-if-env-changed=TRUSTBOARD_SITE");
    let workspace = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("..");
    let site =
        env::var_os("TRUSTBOARD_SITE").map_or_else(|| workspace.join("target/site"), PathBuf::from);
    let manifest = site.join("manifest.json");
    println!("cargo:rerun-if-changed={}", manifest.display());
    let table = if manifest.exists() { table(&site)? } else { empty() };
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("site.rs"), table)?;
    Ok(())
}

/// Without a site pages work by links and forms alone.
fn empty() -> String {
    "static MANIFEST: Option<&str> = None;\nstatic FILES: &[File] = &[];\n".to_owned()
}

fn table(site: &Path) -> Result<String, Box<dyn Error>> {
    let manifest = fs::canonicalize(site.join("manifest.json"))?;
    let mut table = format!("static MANIFEST: Option<&str> = Some(include_str!({manifest:?}));\n");
    table.push_str("static FILES: &[File] = &[\n");
    let mut files: Vec<_> = fs::read_dir(site.join("pkg"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str()).ok_or("a name is not UTF-8")?;
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let plain = fs::canonicalize(&file)?;
        let beside = |extension: &str| {
            let packed = PathBuf::from(format!("{}.{extension}", plain.display()));
            if packed.exists() {
                format!("Some(include_bytes!({packed:?}))")
            } else {
                "None".to_owned()
            }
        };
        let path = format!("/pkg/{name}");
        writeln!(
            table,
            "File {{ path: {path:?}, plain: include_bytes!({plain:?}), br: {}, gz: {} }},",
            beside("br"),
            beside("gz")
        )?;
    }
    table.push_str("];\n");
    Ok(table)
}
