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
    let manifest = literal(&site.join("manifest.json"))?;
    let mut table = format!("static MANIFEST: Option<&str> = Some(include_str!({manifest}));\n");
    table.push_str("static FILES: &[File] = &[\n");
    let mut files: Vec<_> = fs::read_dir(site.join("pkg"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        let packed =
            file.extension().is_some_and(|extension| extension == "br" || extension == "gz");
        if packed {
            continue;
        }
        let name = file.file_name().and_then(|name| name.to_str()).ok_or("a name is not UTF-8")?;
        let beside = |extension: &str| -> Result<String, Box<dyn Error>> {
            let packed = file.with_file_name(format!("{name}.{extension}"));
            if !packed.exists() {
                return Ok("None".to_owned());
            }
            Ok(format!("Some(include_bytes!({}))", literal(&packed)?))
        };
        writeln!(
            table,
            "File {{ path: \"/pkg/{name}\", plain: include_bytes!({}), br: {}, gz: {} }},",
            literal(&file)?,
            beside("br")?,
            beside("gz")?
        )?;
    }
    table.push_str("];\n");
    Ok(table)
}

/// The file's absolute path as a string literal.
fn literal(file: &Path) -> Result<String, Box<dyn Error>> {
    let path = fs::canonicalize(file)?;
    Ok(format!("{:?}", path.to_str().ok_or("a path is not UTF-8")?))
}
