//! What differs between two policies, in codes and values: for the chain of events.

use serde_json::Value;
use trustboard_model::policy::Policy;
use trustboard_model::reason::bounded;

/// The most lines: there are fewer checks than that.
const MOST: usize = 128;

/// One line a field: `interval_s: 300 → 60`, `strictness.secure-boot.enabled: – → "warn"`.
pub(super) fn policy_changes(before: &Policy, after: &Policy) -> Vec<String> {
    let value = |policy: &Policy| serde_json::to_value(policy).unwrap_or(Value::Null);
    let mut lines = Vec::new();
    compare("", &value(before), &value(after), &mut lines);
    lines.retain(|line| !line.starts_with("version:"));
    lines.truncate(MOST);
    lines
}

fn compare(path: &str, before: &Value, after: &Value, lines: &mut Vec<String>) {
    if before == after {
        return;
    }
    if let (Value::Object(one), Value::Object(other)) = (before, after) {
        let mut keys: Vec<_> = one.keys().chain(other.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let of = |object: &serde_json::Map<String, Value>| {
                object.get(key).cloned().unwrap_or(Value::Null)
            };
            compare(&path, &of(one), &of(other), lines);
        }
        return;
    }
    lines.push(bounded(&format!("{path}: {} → {}", shown(before), shown(after))));
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::check::{CheckId, Strictness};

    use super::*;

    #[test]
    fn names_each_field_with_both_values() {
        let before = Policy::linux_server();
        let mut after = Policy { version: 2, interval_s: 60, ..before.clone() };
        after.minimum_os.insert("debian".to_owned(), "12".to_owned());
        after.strictness.insert(CheckId::SecureBootEnabled, Strictness::Warn);
        assert_eq!(
            policy_changes(&before, &after),
            [
                "interval_s: 300 → 60",
                "minimum_os.debian: – → 12",
                "strictness.secure-boot.enabled: – → warn"
            ]
        );
        assert!(policy_changes(&before, &before).is_empty());
    }
}
