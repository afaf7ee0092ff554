//! `cargo xtask demo --check`: everything that a person would look at, compared with what each
//! host's scenario demands.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use trustboard_model::view::{AlarmView, HostRow, SecurityPage};

use super::expectation::{Expected, message_code};
use super::installation::Installation;
use crate::client::Client;
use crate::place;
use crate::programs::Programs;
use crate::server::Ports;
use crate::stage::Stages;

/// How long hosts may take to look as they should, after all have reported.
const SETTLES: Duration = Duration::from_mins(2);

/// Starts everything in a temporary folder, and checks it.
pub fn run(stages: &mut Stages, programs: &Programs) -> Result<()> {
    let start = Instant::now();
    let folder = place::temporary_folder("demo")?;
    let mut installation = Installation::start(stages, programs, &folder, Ports::Free)?;
    stages.run("hosts report", || installation.wait_for_hosts())?;
    let client = installation.client()?;
    let pages = stages.run("every row as it should be", || settle(&mut installation, &client))?;
    stages.run("pages show the same", || {
        pages.iter().try_for_each(|page| {
            let html = client.html(&path_of(page))?;
            check_html(page, &html)
        })
    })?;
    print_table(pages.iter().flat_map(|page| &page.rows));
    let memory = installation.server_memory_kib()?;
    println!("\nserver memory: {memory} KiB resident");
    println!("from start to every row: {:.1} s", start.elapsed().as_secs_f64());
    installation.end();
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn settle(installation: &mut Installation, client: &Client) -> Result<Vec<SecurityPage>> {
    let expected = installation.expected()?;
    let start = Instant::now();
    loop {
        installation.check()?;
        let pages = client.security()?;
        let rows: Vec<&HostRow> = pages.iter().flat_map(|page| &page.rows).collect();
        let differences = differences(&expected, &rows);
        if differences.is_empty() {
            eprintln!("    {} hosts, {} rows", expected.len(), rows.len());
            return Ok(pages);
        }
        if start.elapsed() > SETTLES {
            print_table(rows);
            bail!(
                "after {} s these rows are not as they should be:\n  {}",
                SETTLES.as_secs(),
                differences.join("\n  ")
            );
        }
        thread::sleep(Duration::from_millis(500));
    }
}

fn differences(expected: &[Expected], rows: &[&HostRow]) -> Vec<String> {
    let named = |name: &str| rows.iter().copied().find(|row| row.name == name);
    let mut differences: Vec<_> =
        expected.iter().filter_map(|host| host.difference(named(&host.host))).collect();
    if rows.len() != expected.len() {
        differences.push(format!("{} rows for {} hosts", rows.len(), expected.len()));
    }
    differences
}

/// The address of the same page for people.
fn path_of(page: &SecurityPage) -> String {
    match &page.datacenter {
        Some(datacenter) => format!("/datacenters/{}/security", datacenter.id),
        None => "/security".to_owned(),
    }
}

/// The page is made from the same rows, for people: each host by name.
fn check_html(page: &SecurityPage, html: &str) -> Result<()> {
    for row in &page.rows {
        if !html.contains(&row.name) {
            bail!("{} does not show {}", path_of(page), row.name);
        }
    }
    Ok(())
}

fn print_table<'a>(rows: impl IntoIterator<Item = &'a HostRow>) {
    let columns =
        ["Name", "Attestation", "Alarm", "Last verified", "TPM", "Secure Boot", "Message"];
    let mut lines = vec![columns.map(str::to_owned)];
    lines.extend(rows.into_iter().map(cells));
    let mut widths = [0; 7];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.len());
        }
    }
    println!();
    for line in &lines {
        let padded = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        println!("{}", padded.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn cells(row: &HostRow) -> [String; 7] {
    let alarm = match row.alarm {
        AlarmView::Green => "green",
        AlarmView::Red { .. } => "red",
    };
    [
        row.name.clone(),
        row.attestation.code().to_owned(),
        alarm.to_owned(),
        row.last_verified.map_or_else(|| "never".to_owned(), |at| at.to_string()),
        row.tpm_version.clone().unwrap_or_else(|| "none".to_owned()),
        serde_json::to_string(&row.secure_boot).unwrap_or_default().trim_matches('"').to_owned(),
        message_code(&row.message).unwrap_or_default(),
    ]
}
