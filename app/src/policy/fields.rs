//! A policy as the fields of a form, and back. The fields stand in the address of the review, so
//! that what is previewed is exactly what is saved, and nothing typed is ever lost.

use std::collections::BTreeMap;

use trustboard_model::check::{CheckId, Strictness};
use trustboard_model::facts::TpmInterface;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;

/// The fields by name, in the order of the form; some stand several times.
pub(super) type Fields = Vec<(String, String)>;

/// The interfaces with the codes of their boxes.
pub(super) const INTERFACES: [(TpmInterface, &str); 3] =
    [(TpmInterface::Tis, "tis"), (TpmInterface::Crb, "crb"), (TpmInterface::Unknown, "unknown")];

/// The degrees of strictness with their codes.
pub(super) const DEGREES: [(Strictness, &str); 3] =
    [(Strictness::Fail, "fail"), (Strictness::Warn, "warn"), (Strictness::Ignore, "ignore")];

/// The code of a degree.
pub(super) const fn degree_code(strictness: Strictness) -> &'static str {
    match strictness {
        Strictness::Fail => "fail",
        Strictness::Warn => "warn",
        Strictness::Ignore => "ignore",
    }
}

/// The checks that a policy may take otherwise.
pub(super) fn adjustable() -> impl Iterator<Item = CheckId> {
    CheckId::ALL.iter().copied().filter(|check| !check.is_core())
}

/// Whether a check is taken less strictly than by default, so that a reason is asked for.
pub(super) const fn is_laxer(check: CheckId, strictness: Strictness) -> bool {
    rank(strictness) > rank(Policy::default_strictness(check))
}

const fn rank(strictness: Strictness) -> u8 {
    match strictness {
        Strictness::Fail => 0,
        Strictness::Warn => 1,
        Strictness::Ignore => 2,
    }
}

/// The policy's fields. What is as by default is left out, so that addresses stay short.
pub(super) fn to_fields(policy: &Policy) -> Fields {
    let mut fields = vec![
        ("name".to_owned(), policy.name.clone()),
        ("interval".to_owned(), policy.interval_s.to_string()),
        ("age".to_owned(), policy.max_age_s.to_string()),
    ];
    let mut add = |name: &str, value: String| fields.push((name.to_owned(), value));
    if policy.require_tpm {
        add("tpm", "required".to_owned());
    }
    for (_, code) in INTERFACES.iter().filter(|(it, _)| policy.interfaces.contains(it)) {
        add("interface", (*code).to_owned());
    }
    add("os", minimum_os_text(&policy.minimum_os));
    add("agent", policy.minimum_agent.clone().unwrap_or_default());
    for pcr in &policy.mandatory_pcrs {
        add("pcr", pcr.to_string());
    }
    if policy.two_approvals {
        add("two", "yes".to_owned());
    }
    for check in adjustable() {
        let strictness = policy.strictness(check);
        if strictness != Policy::default_strictness(check) {
            add(&format!("is.{check}"), degree_code(strictness).to_owned());
        }
        if let Some(why) = policy.relaxed.get(&check) {
            add(&format!("why.{check}"), why.clone());
        }
    }
    fields
}

/// `debian 12, ubuntu 24.04`.
pub(super) fn minimum_os_text(minimum: &BTreeMap<String, String>) -> String {
    let systems: Vec<_> = minimum.iter().map(|(id, version)| format!("{id} {version}")).collect();
    systems.join(", ")
}

/// The fields as an address has them.
pub(super) fn to_query(fields: &[(String, String)]) -> String {
    let pairs: Vec<_> = fields
        .iter()
        .map(|(name, value)| {
            format!("{}={}", crate::routes::encoded(name), crate::routes::encoded(value))
        })
        .collect();
    pairs.join("&")
}

/// The policy that an address describes.
#[cfg(feature = "ssr")]
pub(super) fn parse_query(query: &str) -> Result<Policy, Refusal> {
    let fields = axum::extract::Query::<Fields>::try_from_uri(
        &format!("/?{query}").parse().map_err(|_| Refusal::invalid("fields", "cannot be read"))?,
    )
    .map_err(|_| Refusal::invalid("fields", "cannot be read"))?;
    parse(&fields.0)
}

/// The policy that the fields describe. Its version is counted by the server.
pub(super) fn parse(fields: &[(String, String)]) -> Result<Policy, Refusal> {
    let (policy, problems) = read(fields);
    problems.into_iter().next().map_or(Ok(policy), Err)
}

/// The policy that the fields describe as far as they can be read, and what is wrong with them:
/// the form shows the one again, and the review says the other.
pub(super) fn read(fields: &[(String, String)]) -> (Policy, Vec<Refusal>) {
    let all = |name: &str| -> Vec<&str> {
        let named = fields.iter().filter(|(known, _)| known == name);
        named.map(|(_, value)| value.trim()).collect()
    };
    let one = |name: &str| all(name).first().copied().unwrap_or_default();
    let mut policy = Policy { version: 1, ..Policy::linux_server() };
    let mut problems = Vec::new();
    name(one("name"), &mut policy).unwrap_or_else(|problem| problems.push(problem));
    times(one("interval"), one("age"), &mut policy)
        .unwrap_or_else(|problem| problems.push(problem));
    policy.require_tpm = one("tpm") == "required";
    policy.two_approvals = one("two") == "yes";
    let codes = all("interface");
    let interfaces = INTERFACES.iter().filter(|(_, code)| codes.contains(code));
    policy.interfaces = interfaces.map(|(interface, _)| *interface).collect();
    if policy.interfaces.is_empty() {
        problems.push(Refusal::invalid("interface", "accept at least one, or every TPM fails"));
    }
    match minimum_os(one("os")) {
        Ok(minimum) => policy.minimum_os = minimum,
        Err(problem) => problems.push(problem),
    }
    policy.minimum_agent = Some(one("agent")).filter(|text| !text.is_empty()).map(str::to_owned);
    match pcrs(&all("pcr")) {
        Ok(pcrs) => policy.mandatory_pcrs = pcrs,
        Err(problem) => problems.push(problem),
    }
    for check in adjustable() {
        let (chosen, why) = (one(&format!("is.{check}")), one(&format!("why.{check}")));
        degree(check, chosen, why, &mut policy).unwrap_or_else(|problem| problems.push(problem));
    }
    (policy, problems)
}

fn name(text: &str, policy: &mut Policy) -> Result<(), Refusal> {
    text.clone_into(&mut policy.name);
    if text.is_empty() { Err(Refusal::invalid("name", "is empty")) } else { Ok(()) }
}

fn times(interval: &str, age: &str, policy: &mut Policy) -> Result<(), Refusal> {
    let seconds = |name: &str, text: &str| {
        let number = text.parse::<u32>().ok().filter(|number| *number > 0);
        let problem = "expected a whole number of seconds above zero";
        number.ok_or_else(|| Refusal::invalid(name, problem))
    };
    policy.interval_s = seconds("interval", interval)?;
    policy.max_age_s = seconds("age", age)?;
    if policy.max_age_s < policy.interval_s {
        let problem = "shorter than the interval: every result would be stale";
        return Err(Refusal::invalid("age", problem));
    }
    Ok(())
}

/// How strictly one check is taken; the empty code is the default.
fn degree(check: CheckId, code: &str, why: &str, policy: &mut Policy) -> Result<(), Refusal> {
    let default = Policy::default_strictness(check);
    let strictness = match DEGREES.iter().find(|(_, known)| *known == code) {
        Some((strictness, _)) => *strictness,
        None if code.is_empty() => default,
        None => return Err(Refusal::invalid(check.code(), "expected fail, warn or ignore")),
    };
    if strictness != default {
        policy.strictness.insert(check, strictness);
    }
    if !is_laxer(check, strictness) {
        return Ok(());
    }
    if why.is_empty() {
        let problem = "taken less strictly than by default: say why";
        return Err(Refusal::invalid(check.code(), problem));
    }
    policy.relaxed.insert(check, why.to_owned());
    Ok(())
}

fn minimum_os(text: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let systems = text.split(',').map(str::trim).filter(|system| !system.is_empty());
    systems
        .map(|system| {
            let (id, version) = system.split_once(char::is_whitespace).ok_or_else(|| {
                Refusal::invalid("os", "expected names with versions: debian 12, ubuntu 24.04")
            })?;
            Ok((id.to_owned(), version.trim().to_owned()))
        })
        .collect()
}

fn pcrs(texts: &[&str]) -> Result<Vec<PcrIndex>, Refusal> {
    let problem = || Refusal::invalid("pcr", "expected numbers from 0 to 23");
    let mut pcrs = texts
        .iter()
        .map(|text| {
            PcrIndex::try_from(text.parse::<u8>().map_err(|_| problem())?).map_err(|_| problem())
        })
        .collect::<Result<Vec<_>, _>>()?;
    pcrs.sort_unstable();
    pcrs.dedup();
    Ok(pcrs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn particular() -> Policy {
        let mut policy = Policy {
            name: "Edge & more".to_owned(),
            interval_s: 60,
            max_age_s: 600,
            minimum_agent: Some("0.2.0".to_owned()),
            two_approvals: true,
            mandatory_pcrs: [0, 7, 11].map(|pcr| PcrIndex::try_from(pcr).unwrap()).into(),
            ..Policy::vsphere_like()
        };
        policy.minimum_os.insert("debian".to_owned(), "12".to_owned());
        policy.minimum_os.insert("ubuntu".to_owned(), "24.04".to_owned());
        policy.strictness.insert(CheckId::SecureBootTestKey, Strictness::Warn);
        policy.relaxed.insert(CheckId::SecureBootTestKey, "lab = only".to_owned());
        policy.strictness.insert(CheckId::EkCertificateUsage, Strictness::Fail);
        policy
    }

    #[test]
    fn every_policy_survives_its_form() {
        for policy in [Policy::linux_server(), Policy::vsphere_like(), particular()] {
            let fields = to_fields(&policy);
            assert_eq!(parse(&fields).unwrap(), policy);
            #[cfg(feature = "ssr")]
            assert_eq!(parse_query(&to_query(&fields)).unwrap(), policy);
        }
    }

    fn refused(name: &str, value: &str) -> String {
        let mut fields = to_fields(&particular());
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value.to_owned()));
        match parse(&fields) {
            Err(Refusal::Invalid { field, .. }) => field,
            other => panic!("{name}={value}: {other:?}"),
        }
    }

    #[test]
    fn names_the_field_that_cannot_be() {
        assert_eq!(refused("interval", "0"), "interval");
        assert_eq!(refused("interval", "soon"), "interval");
        assert_eq!(refused("age", "59"), "age");
        assert_eq!(refused("name", "  "), "name");
        assert_eq!(refused("interface", "serial"), "interface");
        assert_eq!(refused("pcr", "24"), "pcr");
        assert_eq!(refused("os", "debian"), "os");
        assert_eq!(refused("is.secure-boot.enabled", "perhaps"), "secure-boot.enabled");
    }

    #[test]
    fn laxer_than_the_default_needs_a_reason_and_stricter_does_not() {
        assert_eq!(refused("is.secure-boot.enabled", "warn"), "secure-boot.enabled");
        assert_eq!(refused("why.secure-boot.test-key", " "), "secure-boot.test-key");
        assert!(is_laxer(CheckId::ReplayOtherBanks, Strictness::Ignore));
        assert!(!is_laxer(CheckId::ReplayOtherBanks, Strictness::Warn));
        assert!(!is_laxer(CheckId::ReplayOtherBanks, Strictness::Fail));
    }

    #[test]
    fn what_can_be_read_stays_in_the_form() {
        let mut fields = to_fields(&particular());
        fields.push(("is.secure-boot.enabled".to_owned(), "warn".to_owned()));
        let (policy, problems) = read(&fields);
        assert_eq!(problems.len(), 1);
        assert_eq!(policy.strictness(CheckId::SecureBootEnabled), Strictness::Warn);
        assert_eq!(policy.minimum_agent.as_deref(), Some("0.2.0"));
    }

    #[test]
    fn what_everything_rests_on_cannot_be_asked_for() {
        let mut fields = to_fields(&particular());
        fields.push(("is.quote.signature".to_owned(), "ignore".to_owned()));
        let policy = parse(&fields).unwrap();
        assert!(!policy.strictness.contains_key(&CheckId::QuoteSignature));
    }
}
