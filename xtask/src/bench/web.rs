//! `cargo xtask bench web`: the main table with thousands of hosts, as an operator's browser on a
//! slow machine has it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};

use super::goal::{Figure, median};
use super::report;
use crate::demo::ended_by_signal;
use crate::light;
use crate::light::fleet::Fleet;
use crate::light::make::Size;
use crate::light::settle::{self, Until, settle};
use crate::server::{Ports, User};
use crate::setup::node;
use crate::stage::Stages;
use crate::{place, program};

/// What `bench web` is asked for.
#[derive(Args)]
pub struct Options {
    /// How many hosts the server has.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    hosts: u32,
    /// Keep the fleet in this folder: making ten thousand hosts takes minutes, starting them again
    /// seconds.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// How often each figure is taken; the median counts.
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    runs: u32,
    /// Measure this server, which runs already: the JSON that `cargo xtask sim --light
    /// --for-program` or `cargo xtask demo --for-program` printed.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["hosts", "keep"])]
    running: Option<PathBuf>,
    /// Print JSON, and write no document.
    #[arg(long)]
    json: bool,
}

/// The goals, each with where it is measured: Chromium with its processor slowed down four times,
/// the server on the same machine.
mod goals {
    pub const LCP_MS: f64 = 800.0;
    pub const INP_MS: f64 = 100.0;
    pub const TBT_MS: f64 = 150.0;
    pub const CLS: f64 = 0.0;
    pub const PROGRAM_KB: f64 = 250.0;
    pub const ACCESSIBILITY: f64 = 100.0;
    pub const BEST_PRACTICES: f64 = 100.0;
    pub const DESKTOP: f64 = 98.0;
    pub const MOBILE: f64 = 95.0;
}

/// What the script measured.
#[derive(Deserialize)]
struct Measured {
    version: String,
    loads: Vec<Load>,
    interactions: BTreeMap<String, Vec<f64>>,
    desktop: Lighthouse,
    mobile: Lighthouse,
}

/// One loading of the page; milliseconds and bytes as transferred.
#[derive(Deserialize)]
struct Load {
    lcp: f64,
    tbt: f64,
    cls: f64,
    wasm: f64,
    js: f64,
    css: f64,
    html: f64,
    files: f64,
}

/// Lighthouse's scores, and the audits that cost points.
#[derive(Deserialize)]
struct Lighthouse {
    scores: BTreeMap<String, f64>,
    failed: Vec<String>,
}

/// `cargo xtask bench web`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    stages.run("npm packages of the bench", install)?;
    if let Some(file) = &options.running {
        let ready: Value = serde_json::from_slice(&fs::read(file)?)?;
        return measure(stages, options, &ready);
    }
    let ended = ended_by_signal()?;
    let programs = light::build(stages)?;
    let folder = match &options.keep {
        Some(folder) => place::root().join(folder),
        None => place::temporary_folder("bench-web")?,
    };
    fs::create_dir_all(&folder)?;
    let size = Size::morning(options.hosts, 300);
    let mut fleet = Fleet::start(stages, &programs, &folder, Ports::Free, &size, ended)?;
    let users: Vec<_> = fleet.users().iter().map(User::to_json).collect();
    let ready = json!({ "url": fleet.url(), "users": users, "datacenters": fleet.datacenters()? });
    let done = stages
        .run("wait until nothing new is recorded", || {
            let limit = settle::limit(options.hosts, size.interval);
            settle(&mut fleet, Until::NoNews, size.interval, limit)
        })
        .and_then(|_took| measure(stages, options, &ready));
    fleet.end();
    if options.keep.is_none() {
        fs::remove_dir_all(&folder)?;
    }
    done
}

fn install() -> Result<()> {
    let folder = place::end2end().join("bench");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    program::run(&mut npm)
}

fn measure(stages: &mut Stages, options: &Options, ready: &Value) -> Result<()> {
    let stamp = report::stamp()?;
    let user = ready["users"].as_array().into_iter().flatten();
    let user = user.clone().find(|user| user["role"] == "operator").context("no operator")?;
    let datacenter = ready["datacenters"][0]["id"].as_str().context("no datacenter")?;
    let asked = json!({
        "url": ready["url"],
        "path": format!("/datacenters/{datacenter}/security"),
        "name": user["name"],
        "password": user["password"],
        "runs": options.runs,
    });
    let measured = stages.run("measure", || {
        let mut script = node::script("../bench/web.mjs")?;
        let line = program::output(script.arg(asked.to_string()))?;
        Ok(serde_json::from_str::<Measured>(line.trim())?)
    })?;
    let figures = figures(&measured);
    if options.json {
        let met = figures.iter().all(Figure::is_met);
        println!("{}", json!({ "figures": figures, "met": met, "machine": stamp }));
        return Ok(());
    }
    let hosts = if options.running.is_some() {
        "a running server".to_owned()
    } else {
        format!("a server with {} hosts", options.hosts)
    };
    let text = text(&measured, &figures, &hosts, &stamp, options.runs);
    println!("\n{text}");
    report::write("web", &text)
}

fn figures(measured: &Measured) -> Vec<Figure> {
    let of = |take: fn(&Load) -> f64| median(measured.loads.iter().map(take).collect());
    let mut figures = vec![
        Figure::at_most("Largest Contentful Paint", of(|load| load.lcp), goals::LCP_MS, "ms"),
        Figure::at_most("Total Blocking Time", of(|load| load.tbt), goals::TBT_MS, "ms"),
        Figure::at_most("Cumulative Layout Shift", of(|load| load.cls), goals::CLS, ""),
        Figure::at_most(
            "wasm and JavaScript, brotli",
            of(|load| (load.wasm + load.js) / 1000.0),
            goals::PROGRAM_KB,
            "kB",
        ),
    ];
    for (act, times) in &measured.interactions {
        let name = format!("Interaction to Next Paint: {act}");
        figures.push(Figure::at_most(name, median(times.clone()), goals::INP_MS, "ms"));
    }
    for (profile, lighthouse, performance) in [
        ("desktop", &measured.desktop, goals::DESKTOP),
        ("mobile", &measured.mobile, goals::MOBILE),
    ] {
        for (category, goal) in [
            ("performance", performance),
            ("accessibility", goals::ACCESSIBILITY),
            ("best-practices", goals::BEST_PRACTICES),
        ] {
            let score = lighthouse.scores.get(category).copied().unwrap_or_default();
            let name = format!("Lighthouse {profile}: {category}");
            figures.push(Figure::at_least(name, score, goal, ""));
        }
    }
    figures
}

fn text(measured: &Measured, figures: &[Figure], hosts: &str, stamp: &str, runs: u32) -> String {
    let of = |take: fn(&Load) -> f64| median(measured.loads.iter().map(take).collect()) / 1000.0;
    let files = median(measured.loads.iter().map(|load| load.files).collect());
    let costs = |name: &str, lighthouse: &Lighthouse| match lighthouse.failed.as_slice() {
        [] => format!("Lighthouse, {name}: nothing costs points."),
        failed => format!("Lighthouse, {name}: {}.", failed.join(", ")),
    };
    format!(
        "## The browser\n\n\
         Monitor > Security of {hosts}, by `cargo xtask bench web`: {stamp}. Chromium {}, its \
         processor slowed down four times, 1280 × 900, an empty cache; medians of {runs} runs. \
         Lighthouse throttles by itself.\n\n{}\n\
         Transferred: {:.0} kB of HTML, {:.0} kB of style, {:.0} kB of JavaScript and {:.0} kB of \
         wasm in {files:.0} files.\n\n{}\n\n{}\n",
        measured.version,
        report::table(figures),
        of(|load| load.html),
        of(|load| load.css),
        of(|load| load.js),
        of(|load| load.wasm),
        costs("desktop", &measured.desktop),
        costs("mobile", &measured.mobile),
    )
}
