//! What the parts gave, each in a file of its own until it is measured again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What one part gave, or why it gave nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The day, the machine and the version.
    pub stamp: String,
    /// What `cargo xtask load` measured.
    pub measured: Option<Value>,
    /// What failed.
    pub problem: Option<String>,
}

impl Kept {
    /// What `cargo xtask load` printed: what it measured, and what failed.
    pub fn new(stamp: String, printed: Value) -> Self {
        let problems = printed["problems"].as_array().into_iter().flatten();
        let problems: Vec<_> = problems.filter_map(Value::as_str).collect();
        let problem = if problems.is_empty() { None } else { Some(problems.join("; ")) };
        let measured = printed.get("hosts").is_some().then_some(printed);
        Self { stamp, measured, problem }
    }
}

/// A folder with results.
pub struct Results(PathBuf);

impl Results {
    /// In this folder, which is made if it is not there.
    pub fn in_folder(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        Ok(Self(folder.to_owned()))
    }

    /// Puts what a part gave in the place of what it gave before.
    pub fn put(&self, part: &str, kept: &Kept) -> Result<()> {
        let file = self.0.join(format!("{part}.json"));
        fs::write(&file, serde_json::to_string_pretty(kept)?)
            .with_context(|| file.display().to_string())
    }

    /// What there is, by part.
    pub fn all(&self) -> Result<BTreeMap<String, Kept>> {
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(&self.0)? {
            let file = entry?.path();
            let Some(part) = file.file_stem().and_then(|stem| stem.to_str()) else { continue };
            let text = fs::read(&file).with_context(|| file.display().to_string())?;
            let kept = serde_json::from_slice(&text);
            all.insert(part.to_owned(), kept.with_context(|| file.display().to_string())?);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_before_something_failed_counts() {
        let new = |printed| Kept::new("today".to_owned(), printed);
        let whole = new(serde_json::json!({ "hosts": 3, "problems": [] }));
        assert!(whole.measured.is_some() && whole.problem.is_none());
        let half = new(serde_json::json!({ "hosts": 3, "problems": ["no restart"] }));
        assert!(half.measured.is_some() && half.problem.as_deref() == Some("no restart"));
        let none = new(serde_json::json!({ "problems": ["it was late", "and more"] }));
        assert!(none.measured.is_none());
        assert_eq!(none.problem.as_deref(), Some("it was late; and more"));
    }

    #[test]
    fn a_part_that_is_measured_again_replaces_itself_alone() {
        let folder = std::env::temp_dir().join(format!("xtask-results-{}", std::process::id()));
        let results = Results::in_folder(&folder).unwrap();
        let kept = |stamp: &str| Kept {
            stamp: stamp.to_owned(),
            measured: Some(serde_json::json!({ "hosts": 3 })),
            problem: None,
        };
        results.put("steady", &kept("first")).unwrap();
        results.put("usual", &kept("first")).unwrap();
        results.put("steady", &kept("second")).unwrap();
        let all = results.all().unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((&all["steady"], &all["usual"]), (&kept("second"), &kept("first")));
    }
}
