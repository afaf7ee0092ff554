//! `cargo xtask pictures`: pictures of the running product.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::setup::{self, Need, node};
use crate::stage::Stages;
use crate::{program, site, test};

/// Which pictures.
#[derive(Args)]
pub struct Options {
    /// Every screen in both themes, three widths and three languages into this folder, instead of
    /// the handbook's into docs/pictures.
    #[arg(long, value_name = "DIR")]
    every: Option<PathBuf>,
    /// With --every: only screens whose name holds this word.
    #[arg(long, value_name = "WORD", requires = "every")]
    only: Option<String>,
}

/// Builds everything, starts a server with its hosts, and takes the pictures.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let toolchain = setup::install(stages, Need::Tests)?;
    site::build(stages, &toolchain)?;
    stages.run("compile programs", test::compile_tests)?;
    stages.run("pictures", || {
        let mut playwright = node::script("@playwright/test/cli.js")?;
        playwright.args(["test", "--config=pictures.config.ts"]);
        if let Some(folder) = &options.every {
            let folder = env::current_dir().context("no current folder")?.join(folder);
            playwright.env("TRUSTBOARD_PICTURES", folder);
            playwright.env("TRUSTBOARD_PICTURES_ONLY", options.only.as_deref().unwrap_or(""));
        }
        let xtask = env::current_exe()?.with_file_name("trustboard-xtask");
        playwright.env("TRUSTBOARD_XTASK", xtask);
        program::run(&mut playwright)
    })
}
