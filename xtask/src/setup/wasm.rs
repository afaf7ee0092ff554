//! The toolchain that builds the frontend: the one in use, or Debian's own where nothing can be
//! downloaded for it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::system;
use crate::{place, program};

/// What the frontend is built for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Set to `debian` to build with Debian's toolchain even where rustup has the target.
const SWITCH: &str = "TRUSTBOARD_WASM_TOOLCHAIN";

/// The packages of Debian's toolchain: compiler, build tool, the source of std, a linker.
const DEBIAN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// What builds the frontend.
#[derive(Clone)]
pub enum Toolchain {
    /// The toolchain that builds everything else.
    Current,
    /// Debian's, with a std that was built here.
    Debian {
        /// Holds std for wasm.
        sysroot: PathBuf,
    },
}

impl Toolchain {
    /// Cargo with this toolchain.
    pub fn cargo(&self) -> Command {
        let mut cargo = match self {
            Self::Current => program::cargo(),
            Self::Debian { sysroot } => {
                let mut cargo = debian_cargo(place::root());
                // Only for wasm: Cargo does not hand it to build scripts and macros.
                // They replace those of .cargo/config.toml, whose choice the server shares.
                let flags = format!("--cfg erase_components --sysroot={}", sysroot.display());
                cargo
                    .env("CARGO_TARGET_DIR", self.target())
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
                cargo
            }
        };
        cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo
    }

    /// The target folder: two compilers do not share one.
    pub fn target(&self) -> PathBuf {
        match self {
            Self::Current => place::target(),
            Self::Debian { .. } => place::target().join("debian"),
        }
    }
}

/// The toolchain, with whatever it lacks installed.
pub fn find_or_install() -> Result<Toolchain> {
    match env::var(SWITCH).as_deref() {
        Ok("debian") => return debian(),
        Ok(other) => bail!("{SWITCH} is {other:?}, but knows only \"debian\""),
        Err(_) => {}
    }
    if has_target()? {
        eprintln!("    all there");
        return Ok(Toolchain::Current);
    }
    let Some(rustup) = program::find("rustup") else {
        eprintln!("    no rustup, and this toolchain has no {TARGET}");
        return debian();
    };
    eprintln!("    missing: {TARGET}, for the part that runs in the browser");
    let mut add = Command::new(rustup);
    add.args(["target", "add", TARGET]).current_dir(place::root());
    match program::run_within(&mut add, Duration::from_mins(3)) {
        Ok(()) if has_target()? => Ok(Toolchain::Current),
        Ok(()) => bail!("rustup added {TARGET} to another toolchain than the one in use"),
        Err(error) => {
            eprintln!("    {error:#}");
            debian()
        }
    }
}

fn has_target() -> Result<bool> {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = program::output(rustc.args(["--print", "sysroot"]).current_dir(place::root()))?;
    Ok(holds_core(&PathBuf::from(sysroot.trim())))
}

fn holds_core(sysroot: &Path) -> bool {
    let folder = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    fs::read_dir(folder).is_ok_and(|files| {
        files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
    })
}

/// Debian's toolchain, with std built once per version of the compiler.
fn debian() -> Result<Toolchain> {
    eprintln!("    using Debian's toolchain ({})", DEBIAN.join(", "));
    system::install_named(&DEBIAN).context("the fall-back for the wasm target")?;
    let version = program::output(Command::new("/usr/bin/rustc").arg("--version"))?;
    let version = version.split_whitespace().nth(1).unwrap_or("unknown");
    let base = place::target().join("debian/std").join(version);
    let sysroot = base.join("sysroot");
    if !holds_core(&sysroot) {
        build_std(&base, &sysroot)?;
    }
    Ok(Toolchain::Debian { sysroot })
}

/// Builds std from the packaged source in an empty crate, and moves it into a sysroot of its own.
fn build_std(base: &Path, sysroot: &Path) -> Result<()> {
    let empty = base.join("empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("src/lib.rs"), "")?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(empty.join("Cargo.toml"), manifest)?;
    let mut cargo = debian_cargo(&empty);
    cargo
        .args(["build", "--release", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,panic_unwind"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", empty.join("target"));
    program::run(&mut cargo)?;

    let made = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&made)?;
    let built = empty.join("target").join(TARGET).join("release/deps");
    for file in fs::read_dir(&built).with_context(|| format!("{}", built.display()))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        let is_rlib = Path::new(&name).extension().is_some_and(|extension| extension == "rlib");
        if is_rlib && !name.starts_with("libempty-") {
            fs::copy(file.path(), made.join(name))?;
        }
    }
    if !holds_core(sysroot) {
        bail!("no core library came out of building std into {}", made.display());
    }
    Ok(())
}

fn debian_cargo(folder: &Path) -> Command {
    let mut cargo = Command::new("/usr/bin/cargo");
    // rustup's variables would lead Debian's cargo back to rustup's compiler.
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC_WRAPPER", "RUSTFLAGS", "LD_LIBRARY_PATH"] {
        cargo.env_remove(name);
    }
    cargo.env("RUSTC", "/usr/bin/rustc").current_dir(folder);
    cargo
}
