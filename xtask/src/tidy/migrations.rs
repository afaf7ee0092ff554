//! Migrations: `NNNN_name.sql`, counted up without a gap, the same for every database.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Breach;

/// Checks the names of all migrations among `files`.
pub fn check(files: &[PathBuf]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut databases: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.starts_with("migrations")) {
        let Some((folder, name)) = file.parent().zip(file.file_name().and_then(|n| n.to_str()))
        else {
            continue;
        };
        if let Some(stem) = name.strip_suffix(".sql") {
            if !is_well_named(stem) {
                breaches.push(Breach::new(file, None, "name migrations NNNN_lower_case.sql"));
            }
            databases.entry(folder).or_default().push(stem);
        }
    }
    for (folder, names) in &mut databases {
        names.sort_unstable();
        for (number, name) in (1..).zip(names.iter()) {
            if !name.starts_with(&format!("{number:04}_")) {
                let rule = format!("expected {number:04}_... where {name} is");
                breaches.push(Breach::new(folder, None, rule));
                break;
            }
        }
    }
    let mut folders = databases.iter();
    if let Some((first, names)) = folders.next() {
        for (folder, others) in folders.filter(|(_, others)| *others != names) {
            let rule =
                format!("has {} where {} has {}", others.len(), first.display(), names.len());
            breaches.push(Breach::new(folder, None, format!("other migrations: {rule}")));
        }
    }
    breaches
}

fn is_well_named(stem: &str) -> bool {
    let Some((number, name)) = stem.split_once('_') else { return false };
    number.len() == 4
        && number.bytes().all(|b| b.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(files: &[&str]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(PathBuf::from).collect();
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_are_counted_up() {
        let good = ["migrations/sqlite/0001_inventory.sql", "migrations/sqlite/0002_events.sql"];
        assert_eq!(rules(&good), Vec::<String>::new());
        assert_eq!(
            rules(&["migrations/sqlite/0001_a.sql", "migrations/sqlite/0003_b.sql"]),
            ["migrations/sqlite: expected 0002_... where 0003_b is"]
        );
        assert_eq!(
            rules(&["migrations/sqlite/1_A.sql"])[0],
            "migrations/sqlite/1_A.sql: name migrations NNNN_lower_case.sql"
        );
    }

    #[test]
    fn databases_have_the_same_ones() {
        let files = ["migrations/postgres/0001_a.sql", "migrations/sqlite/0001_b.sql"];
        assert_eq!(
            rules(&files),
            ["migrations/sqlite: other migrations: has 1 where migrations/postgres has 1"]
        );
    }
}
