//! What the parts gave, against the goals for a hundred thousand hosts: each figure says with how many
//! hosts it was measured.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::super::goal::Figure;
use super::super::report;
use super::results::Kept;

/// The goals.
mod goals {
    pub const RATE: f64 = 8_000.0;
    pub const CPU_MS: f64 = 0.1;
    pub const NEW_LOGS_RATE: f64 = 2_500.0;
    pub const FLAT: f64 = 1.15;
    pub const COMMITTED_MS: f64 = 250.0;
    pub const MEMORY_GIB: f64 = 3.0;
    /// The hosts that these are for.
    pub const HOSTS: f64 = 100_000.0;
    /// 35 % of four.
    pub const CORES: f64 = 1.4;
    pub const READY_S: f64 = 3.0;
    pub const VERIFIED_S: f64 = 90.0;
    pub const ROWS_MS: f64 = 20.0;
    pub const SEEN_MS: f64 = 300.0;
    pub const COMMAND_S: f64 = 5.0;
    pub const FIRST_S: f64 = 1.0;
    pub const KEPT: f64 = 0.85;
    pub const ELSEWHERE_S: f64 = 15.0;
    pub const NONE: f64 = 0.0;
}

/// What one attestation costs the server while nobody else is at work, in milliseconds.
const COST: &str = "quiet/server_cpu_ms_per_attestation";

/// The same of PostgreSQL.
const DATABASE_COST: &str = "quiet/database_cpu_ms_per_attestation";

/// The parts in the order of the document.
const ORDER: [&str; 11] = [
    "steady", "new-logs", "usual", "few", "seldom", "restart", "bulk", "third", "shared-1",
    "shared-3", "large",
];

/// The section of `docs/benchmarks.md`; `files` is how many a process may open.
pub fn text(results: &BTreeMap<String, Kept>, files: u64) -> String {
    let measured = |part: &str| results.get(part).and_then(|kept| kept.measured.as_ref());
    let figures: Vec<_> =
        figures(&measured).into_iter().filter(|figure| !is_missing(figure)).collect();
    format!(
        "## The fleet\n\n\
         Light hosts over real TLS, each with its own keys, certificate, session and boot, by \
         `cargo xtask bench fleet`: the release server with durable commits, on SQLite where nothing else \
         is said; the hosts are in processes on the same machine. A fleet is measured once it is steady; \
         first with nobody at work (*quiet*), then with a browser's queries 20 times a second and an \
         operator's command each second (*busy*). The goals are for 100,000 hosts; every figure says with \
         how many it was measured.\n\n{}\n{}\n{}",
        report::table(&figures),
        runs(&measured),
        notes(results, files),
    )
}

fn is_missing(figure: &Figure) -> bool {
    figure.measured.is_nan()
}

/// The number at this place; none is no number.
fn at(measured: Option<&Value>, place: &str) -> f64 {
    let found = measured.and_then(|measured| {
        place.split('/').try_fold(measured, |value, part| match part.parse::<usize>() {
            Ok(index) => value.get(index),
            Err(_) => value.get(part),
        })
    });
    found.and_then(Value::as_f64).unwrap_or(f64::NAN)
}

/// `19,000 hosts every 2 s`.
fn size(measured: Option<&Value>) -> String {
    let number = |name: &str| measured.and_then(|all| all[name].as_u64()).unwrap_or_default();
    format!("{} hosts every {} s", thousands(number("hosts")), number("interval_s"))
}

/// `19,000`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn figures<'a>(measured: &impl Fn(&str) -> Option<&'a Value>) -> Vec<Figure> {
    let least = |words: &str, part: &str, place: &str, goal: f64, unit| {
        let of = measured(part);
        Figure::at_least(format!("{words}, {}", size(of)), at(of, place), goal, unit)
    };
    let most = |words: &str, part: &str, place: &str, goal: f64, unit| {
        let of = measured(part);
        Figure::at_most(format!("{words}, {}", size(of)), at(of, place), goal, unit)
    };
    let rate = "quiet/attestations_per_s";
    let mut figures = vec![
        least("steady attestations a second", "steady", rate, goals::RATE, ""),
        most("server processor time for one", "steady", COST, goals::CPU_MS, "ms"),
        least("the same a second, a new log each time", "new-logs", rate, goals::NEW_LOGS_RATE, ""),
    ];
    figures.extend(usual("usual", measured("usual")));
    figures.extend(flat(measured));
    figures.push(most("restart: ready", "restart", "restart/ready_s", goals::READY_S, "s"));
    let verified = "restart/verified_s";
    figures.push(most("restart: all verified", "restart", verified, goals::VERIFIED_S, "s"));
    figures.extend(bulk(measured("bulk")));
    figures.extend(shared(measured("third"), measured("shared-1"), measured("shared-3")));
    figures.extend(usual("large", measured("large")));
    figures
}

/// A fleet in usual operation: `part` on SQLite, or the large one.
fn usual(part: &str, measured: Option<&Value>) -> Vec<Figure> {
    let size = size(measured);
    let servers = measured.and_then(|all| all["servers"].as_u64()).unwrap_or(1);
    let size = if part == "large" { format!("{size}, {servers} servers") } else { size };
    let figure = |words: &str, value: f64, goal: f64, unit| {
        Figure::at_most(format!("{words}, {size}"), value, goal, unit)
    };
    let simple =
        |words: &str, place: &str, goal: f64, unit| figure(words, at(measured, place), goal, unit);
    let each_kib = goals::MEMORY_GIB * 1024.0 * 1024.0 / goals::HOSTS;
    vec![
        simple("hosts verified longer ago than two intervals", "late_hosts", goals::NONE, ""),
        simple(
            "challenge to committed, 99 of 100, busy",
            "verification_ms/p99",
            goals::COMMITTED_MS,
            "ms",
        ),
        simple(
            "server memory for a host, caches included",
            "server_memory_kib_per_host",
            each_kib,
            "KiB",
        ),
        simple("cores that the server keeps busy, quiet", "quiet/server_cores", goals::CORES, ""),
        simple("the same, busy", "server_cores", goals::CORES, ""),
        simple("events of a steady fleet, busy", "events_of_hosts", goals::NONE, ""),
        simple("rows of the table, 99 of 100", "rows_p99_ms", goals::ROWS_MS, "ms"),
        simple("a command seen in another browser, 99 of 100", "seen_ms/p99", goals::SEEN_MS, "ms"),
    ]
}

/// What an attestation costs with many hosts, of what it costs with few.
fn flat<'a>(measured: &impl Fn(&str) -> Option<&'a Value>) -> Vec<Figure> {
    let few = measured("few");
    let ratio = |words: &str, part: &str| {
        let many = measured(part);
        let name = format!("cost of one, {words}: {} against {}", size(many), size(few));
        Figure::at_most(name, at(many, COST) / at(few, COST), goals::FLAT, "×")
    };
    vec![ratio("as often", "steady"), ratio("as many a second", "seldom")]
}

fn bulk(measured: Option<&Value>) -> Vec<Figure> {
    let all = measured.and_then(|all| all["bulk"].as_array()).into_iter().flatten();
    let figures = all.flat_map(|bulk| {
        let action = bulk["action"].as_str().unwrap_or_default();
        let hosts = thousands(bulk["hosts"].as_u64().unwrap_or_default());
        [
            ("command answered", "command_s", goals::COMMAND_S, "s"),
            ("first progress", "first_s", goals::FIRST_S, "s"),
            ("rows of the table meanwhile, 99 of 100", "rows_p99_ms", goals::ROWS_MS, "ms"),
        ]
        .map(|(words, place, goal, unit)| {
            Figure::at_most(
                format!("{action} {hosts} hosts: {words}"),
                at(Some(bulk), place),
                goal,
                unit,
            )
        })
    });
    figures.collect()
}

fn cost_of_servers(of: Option<&Value>) -> f64 {
    at(of, COST)
}

fn cost_in_all(of: Option<&Value>) -> f64 {
    cost_of_servers(of) + at(of, DATABASE_COST)
}

/// Three servers on PostgreSQL against one: with as many hosts for each (`third`), and with as many in
/// all (`one`).
fn shared(third: Option<&Value>, one: Option<&Value>, three: Option<&Value>) -> Vec<Figure> {
    let hosts = size(three);
    let kept = |words: &str, before: Option<&Value>, cost: fn(Option<&Value>) -> f64| {
        let name = format!("{words}: {} at one server, {hosts} at three", size(before));
        Figure::at_least(name, cost(before) / cost(three), goals::KEPT, "")
    };
    let killed = format!("a server killed: its hosts verified elsewhere, {hosts}");
    let doubled =
        format!("alarms of hosts that failed in that moment, raised twice or not at all, {hosts}");
    let alarms = at(three, "killed/alarms") - at(three, "killed/failing");
    vec![
        kept("attestations kept for each core of the servers", third, cost_of_servers),
        kept("the same, PostgreSQL's own cores included", third, cost_in_all),
        kept("attestations kept for each core of the servers", one, cost_of_servers),
        kept("the same, PostgreSQL's own cores included", one, cost_in_all),
        Figure::at_most(killed, at(three, "killed/verified_s"), goals::ELSEWHERE_S, "s"),
        Figure::at_most(doubled, alarms.abs(), goals::NONE, ""),
    ]
}

/// What each run did, quiet and busy.
fn runs<'a>(measured: &impl Fn(&str) -> Option<&'a Value>) -> String {
    let mut table = String::from(
        "| run | a second, of wanted | in full | for one: server, database, ms | committed after 50, 99 \
         of 100, at most, ms | cores: server, database, simulator | latest, s | memory: all, its own, MiB | \
         growth for a host and day, kB |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for part in ORDER {
        let Some(all) = measured(part) else { continue };
        // They come after what stands here as the usual one.
        if matches!(part, "restart" | "bulk") {
            continue;
        }
        for (name, of) in [("quiet", all.get("quiet")), ("busy", Some(all))] {
            let number = |place: &str| at(of, place);
            if number("attestations").is_nan() {
                continue;
            }
            let share = 100.0 * number("full") / (number("full") + number("steady"));
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "| {part}, {name}: {} | {:.0} of {:.0} | {share:.1} % | {:.3}, {:.3} | {:.0}, {:.0}, {:.0} | \
                 {:.2}, {:.2}, {:.2} | {:.1} | {:.0}, {:.0} | {:.1} |",
                size(Some(all)),
                number("attestations_per_s"),
                at(Some(all), "wanted_per_s"),
                number("server_cpu_ms_per_attestation"),
                number("database_cpu_ms_per_attestation"),
                number("verification_ms/p50"),
                number("verification_ms/p99"),
                number("verification_ms/max"),
                number("server_cores"),
                number("database_cores"),
                number("generator_cores"),
                number("behind_max_s"),
                at(Some(all), "server_memory_kib") / 1024.0,
                at(Some(all), "server_anonymous_kib") / 1024.0,
                number("database_growth_bytes_per_host_day") / 1000.0,
            );
        }
    }
    table
}

/// When each part was measured, and what was not.
fn notes(results: &BTreeMap<String, Kept>, files: u64) -> String {
    let mut text = String::from("When:\n\n");
    for part in ORDER {
        let Some(kept) = results.get(part) else { continue };
        let settled = at(kept.measured.as_ref(), "settled_s");
        let settled = if settled.is_nan() {
            String::new()
        } else {
            format!("; steady {settled:.0} s after the fleet was there")
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "- {part}: {}{settled}", kept.stamp);
    }
    let mut not = Vec::new();
    let most = files.saturating_sub(1);
    if most < 100_000 {
        not.push(format!(
            "100,000 hosts at one server: not measurable on this machine, a process may open {} files, and \
             each session is one",
            thousands(files)
        ));
    }
    let mut failed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in ORDER {
        match results.get(part) {
            None => failed.entry("not run").or_default().push(part),
            Some(Kept { problem: Some(problem), .. }) => {
                failed.entry(problem).or_default().push(part);
            }
            Some(_) => {}
        }
    }
    for (problem, parts) in failed {
        let problem = problem.lines().collect::<Vec<_>>().join(" ");
        not.push(format!("{}: {problem}", parts.join(", ")));
    }
    if !not.is_empty() {
        text.push_str("\nNot measured:\n\n");
        for line in not {
            let _ = writeln!(text, "- {line}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kept(measured: Value) -> Kept {
        Kept { stamp: "today".to_owned(), measured: Some(measured), problem: None }
    }

    fn cost(hosts: u32, server: f64, database: f64) -> Value {
        json!({
            "hosts": hosts,
            "interval_s": 2,
            "wanted_per_s": f64::from(hosts) / 2.0,
            "quiet": {
                "attestations": 10,
                "attestations_per_s": 9_100.0,
                "server_cpu_ms_per_attestation": server,
                "database_cpu_ms_per_attestation": database,
            },
            "killed": { "verified_s": 9.0, "alarms": 3, "failing": 3 },
        })
    }

    #[test]
    fn a_figure_says_with_how_many_hosts_and_what_is_missing_is_none() {
        let results = BTreeMap::from([("steady".to_owned(), kept(cost(19_000, 0.2, 0.0)))]);
        let text = text(&results, 20_000);
        let rate = "| steady attestations a second, 19,000 hosts every 2 s | 9100 | ≥ 8000 | met |";
        assert!(text.contains(rate), "{text}");
        let cpu = "| server processor time for one, 19,000 hosts every 2 s | 0.200 ms | ≤ 0.100 ms | **missed** |";
        assert!(text.contains(cpu), "{text}");
        assert!(!text.contains("restart: ready"), "{text}");
        assert!(text.contains(", restart, bulk, ") && text.contains(": not run"), "{text}");
        assert!(text.contains("a process may open 20,000 files"), "{text}");
        assert!(!super::text(&results, 1_000_000).contains("not measurable"));
    }

    #[test]
    fn a_run_that_failed_says_why() {
        let failed = Kept {
            stamp: "today".to_owned(),
            measured: None,
            problem: Some("it was\nlate".to_owned()),
        };
        let text = text(&BTreeMap::from([("usual".to_owned(), failed)]), 20_000);
        assert!(text.contains("- usual: it was late"), "{text}");
    }

    #[test]
    fn what_three_servers_keep_is_what_an_attestation_costs_them() {
        let (third, one, three) = (cost(4, 0.8, 0.7), cost(10, 0.9, 0.3), cost(10, 1.0, 0.6));
        let figures = shared(Some(&third), Some(&one), Some(&three));
        let found: Vec<_> = figures.iter().map(|figure| figure.measured).collect();
        for (found, expected) in found.iter().zip([0.8, 1.5 / 1.6, 0.9, 0.75, 9.0, 0.0]) {
            assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
        }
        let met: Vec<_> = figures.iter().map(Figure::is_met).collect();
        assert_eq!(met, [false, true, true, false, true, true]);
    }

    #[test]
    fn many_hosts_are_held_against_few() {
        let results = [
            ("few", cost(1_000, 0.10, 0.0)),
            ("steady", cost(19_000, 0.09, 0.0)),
            ("seldom", cost(19_000, 0.12, 0.0)),
        ];
        let measured =
            |part: &str| results.iter().find(|(name, _)| *name == part).map(|(_, all)| all);
        let met: Vec<_> = flat(&measured).iter().map(Figure::is_met).collect();
        assert_eq!(met, [true, false]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 100_000].map(thousands), ["0", "999", "1,000", "100,000"]);
    }
}
