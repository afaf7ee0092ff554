//! Figures as a table: on the terminal, and in `docs/benchmarks.md` with the day and the machine.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::goal::{Bound, Figure};
use crate::{place, program};

/// The table in Markdown, which is readable on a terminal too.
pub fn table(figures: &[Figure]) -> String {
    let mut table = String::from("| figure | measured | goal | |\n|---|---:|---:|---|\n");
    for figure in figures {
        let sign = match figure.bound {
            Bound::AtMost => "≤",
            Bound::AtLeast => "≥",
        };
        let met = if figure.is_met() { "met" } else { "**missed**" };
        let unit = if figure.unit.is_empty() { String::new() } else { format!(" {}", figure.unit) };
        let (measured, goal) = (number(figure.measured), number(figure.goal));
        // Writing to a string cannot fail.
        let _ =
            writeln!(table, "| {} | {measured}{unit} | {sign} {goal}{unit} | {met} |", figure.name);
    }
    table
}

/// Whole where it is large, with three digits behind the point where it is small.
fn number(value: f64) -> String {
    if value >= 10.0 || value.fract().abs() < f64::EPSILON {
        format!("{value:.0}")
    } else {
        format!("{value:.3}")
    }
}

/// The day in UTC, and the machine.
pub fn stamp() -> Result<String> {
    let day = program::output(Command::new("date").args(["-u", "+%Y-%m-%d"]))?;
    let cpu = fs::read_to_string("/proc/cpuinfo").context("/proc/cpuinfo")?;
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or("an unknown processor", |(_, model)| model.trim());
    let cores = cpu.lines().filter(|line| line.starts_with("processor")).count();
    let load = fs::read_to_string("/proc/loadavg").context("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    Ok(format!("{}, {cores} × {model}, load average {load} when it began", day.trim()))
}

/// Puts `text` in the place of this section of `docs/benchmarks.md`, or at its end.
pub fn write(section: &str, text: &str) -> Result<()> {
    let path = place::root().join("docs/benchmarks.md");
    let old = fs::read_to_string(&path).unwrap_or_else(|_| "# Benchmarks\n".to_owned());
    fs::write(&path, replaced(&old, section, text)).with_context(|| display(&path))
}

fn display(path: &Path) -> String {
    path.display().to_string()
}

fn replaced(old: &str, section: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {section} -->"), format!("<!-- /{section} -->"));
    let new = format!("{begin}\n{}\n{end}", text.trim());
    let found = old.find(&begin).zip(old.find(&end));
    match found {
        Some((from, to)) if from < to => {
            let after = to + end.len();
            // Both were found, so both are on character boundaries.
            format!("{}{new}{}", &old[..from], &old[after..])
        }
        _ => format!("{}\n\n{new}\n", old.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_nothing_else() {
        let first = replaced("# Benchmarks\n\nWords.\n", "web", "old");
        let second = replaced(&format!("{first}\nMore.\n"), "web", "new");
        assert_eq!(second, "# Benchmarks\n\nWords.\n\n<!-- web -->\nnew\n<!-- /web -->\n\nMore.\n");
    }

    #[test]
    fn a_miss_is_said() {
        let figures =
            [Figure::at_most("LCP", 900.0, 800.0, "ms"), Figure::at_most("CLS", 0.0, 0.0, "")];
        let table = table(&figures);
        assert!(table.contains("| LCP | 900 ms | ≤ 800 ms | **missed** |"), "{table}");
        assert!(table.contains("| CLS | 0 | ≤ 0 | met |"), "{table}");
    }
}
