//! What a policy must be before it can be in force.

use std::collections::BTreeSet;

use trustboard_model::check::{CheckId, Strictness};
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::HostAction;

/// The shortest interval of a policy, in seconds. Shorter ones would only load TPMs, whose
/// quotes take up to a second.
pub(crate) const MIN_INTERVAL_S: u32 = 2;

/// The shortest maximum age of a policy, in seconds: below it one answer that comes a moment late
/// would read as stale.
pub(crate) const MIN_MAX_AGE_S: u32 = 5;

/// The maximum age, in seconds, that goes with an interval where nobody names another one: three
/// intervals, and of very short ones so many that a host may miss some while its server restarts.
pub(crate) fn usual_max_age_s(interval_s: u32) -> u32 {
    const LEAST_S: u32 = 15;
    interval_s.saturating_mul(3).max(LEAST_S)
}

/// The longest interval and maximum age of a policy, in seconds: a year.
const MAX_INTERVAL_S: u32 = 366 * 24 * 3600;

/// The longest name of a policy, of a system and of a version, in characters.
const MAX_NAME: usize = 64;

/// The most systems with a minimum version.
const MAX_SYSTEMS: usize = 64;

/// The policy as it can be put in force, or the field that keeps it from that. Entries that say
/// what holds anyway are taken out, so that equal policies are equal.
pub(crate) fn sound_policy(mut policy: Policy) -> Result<Policy, Refusal> {
    name("policy.name", &policy.name)?;
    let in_seconds = |from: u32| format!("expected {from} to {MAX_INTERVAL_S} seconds");
    if !(MIN_INTERVAL_S..=MAX_INTERVAL_S).contains(&policy.interval_s) {
        return Err(Refusal::invalid("policy.interval_s", in_seconds(MIN_INTERVAL_S)));
    }
    let least = policy.interval_s.max(MIN_MAX_AGE_S);
    if !(least..=MAX_INTERVAL_S).contains(&policy.max_age_s) {
        let problem = format!("at least the interval: {}", in_seconds(least));
        return Err(Refusal::invalid("policy.max_age_s", problem));
    }
    if policy.interfaces.is_empty() {
        let problem = "with no interface accepted every TPM would fail";
        return Err(Refusal::invalid("policy.interfaces", problem));
    }
    let mut seen = BTreeSet::new();
    policy.interfaces.retain(|interface| seen.insert(interface.name()));
    if policy.minimum_os.len() > MAX_SYSTEMS {
        return Err(Refusal::invalid(
            "policy.minimum_os",
            format!("at most {MAX_SYSTEMS} systems"),
        ));
    }
    for (system, version) in &policy.minimum_os {
        name("policy.minimum_os", system)?;
        version_text("policy.minimum_os", version)?;
    }
    if let Some(version) = &policy.minimum_agent {
        version_text("policy.minimum_agent", version)?;
    }
    policy.mandatory_pcrs.sort_unstable();
    policy.mandatory_pcrs.dedup();
    strictness(&mut policy)?;
    Ok(policy)
}

/// Every check that is taken less strictly than by default says why; what everything rests on
/// cannot be.
fn strictness(policy: &mut Policy) -> Result<(), Refusal> {
    let field = |check: CheckId| format!("policy.strictness.{}", check.code());
    for (&check, &strictness) in &policy.strictness {
        if check.is_core() && strictness != Strictness::Fail {
            let problem = "every other check rests on this one: it cannot be relaxed";
            return Err(Refusal::invalid(&field(check), problem));
        }
    }
    policy.strictness.retain(|&check, strictness| {
        !check.is_core() && *strictness != Policy::default_strictness(check)
    });
    for (&check, &strictness) in &policy.strictness {
        let relaxed = weight(strictness) < weight(Policy::default_strictness(check));
        let words = policy.relaxed.get(&check).map(|words| words.trim()).unwrap_or_default();
        if relaxed && words.is_empty() {
            let field = format!("policy.relaxed.{}", check.code());
            return Err(Refusal::invalid(&field, "say why this check is relaxed"));
        }
    }
    let strictness = &policy.strictness;
    policy.relaxed.retain(|check, _| {
        strictness
            .get(check)
            .is_some_and(|to| weight(*to) < weight(Policy::default_strictness(*check)))
    });
    for (check, words) in &mut policy.relaxed {
        *words = words.trim().to_owned();
        if words.chars().count() > HostAction::MAX_TEXT || words.chars().any(char::is_control) {
            let problem = format!("expected 1 to {} printable characters", HostAction::MAX_TEXT);
            return Err(Refusal::invalid(&format!("policy.relaxed.{}", check.code()), problem));
        }
    }
    Ok(())
}

const fn weight(strictness: Strictness) -> u8 {
    match strictness {
        Strictness::Ignore => 0,
        Strictness::Warn => 1,
        Strictness::Fail => 2,
    }
}

fn name(field: &str, text: &str) -> Result<(), Refusal> {
    let length = text.trim().chars().count();
    if !(1..=MAX_NAME).contains(&length) || text.chars().any(char::is_control) {
        let problem = format!("expected 1 to {MAX_NAME} printable characters");
        return Err(Refusal::invalid(field, problem));
    }
    Ok(())
}

fn version_text(field: &str, text: &str) -> Result<(), Refusal> {
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-+~_".contains(c);
    let digit = text.starts_with(|c: char| c.is_ascii_digit());
    if !digit || text.len() > MAX_NAME || !text.chars().all(fits) {
        return Err(Refusal::invalid(field, "expected a version that begins with a digit: 12.8"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut Policy)) -> String {
        let mut policy = Policy::linux_server();
        change(&mut policy);
        match sound_policy(policy) {
            Err(Refusal::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn both_built_in_profiles_are_sound() {
        for policy in [Policy::linux_server(), Policy::vsphere_like()] {
            assert_eq!(sound_policy(policy.clone()), Ok(policy));
        }
    }

    #[test]
    fn each_field_is_refused_by_its_name() {
        assert_eq!(refused(|policy| policy.name = " ".to_owned()), "policy.name");
        assert_eq!(refused(|policy| policy.interval_s = 1), "policy.interval_s");
        assert_eq!(refused(|policy| policy.max_age_s = 299), "policy.max_age_s");
        assert_eq!(refused(|policy| policy.interfaces.clear()), "policy.interfaces");
        let minimum = |system: &str, version: &str| (system.to_owned(), version.to_owned());
        for (system, version) in [minimum("", "12"), minimum("debian", ""), minimum("debian", "a")]
        {
            let field = refused(|policy| {
                policy.minimum_os.insert(system, version);
            });
            assert_eq!(field, "policy.minimum_os");
        }
        let agent = |policy: &mut Policy| policy.minimum_agent = Some("new".to_owned());
        assert_eq!(refused(agent), "policy.minimum_agent");
    }

    #[test]
    fn hosts_may_be_verified_every_two_seconds_and_are_not_stale_in_between() {
        let every = |interval_s, max_age_s| {
            sound_policy(Policy { interval_s, max_age_s, ..Policy::linux_server() })
        };
        assert!(every(2, 5).is_ok());
        assert!(every(1, 5).is_err() && every(2, 4).is_err() && every(6, 5).is_err());
        assert_eq!([2, 5, 6, 300].map(usual_max_age_s), [15, 15, 18, 900]);
        assert!((2..=400).all(|interval_s| every(interval_s, usual_max_age_s(interval_s)).is_ok()));
    }

    #[test]
    fn what_everything_rests_on_cannot_be_relaxed() {
        let field = refused(|policy| {
            policy.strictness.insert(CheckId::QuoteSignature, Strictness::Warn);
            policy.relaxed.insert(CheckId::QuoteSignature, "please".to_owned());
        });
        assert_eq!(field, "policy.strictness.quote.signature");
    }

    #[test]
    fn a_relaxed_check_needs_words_and_a_stricter_one_none() {
        let field = refused(|policy| {
            policy.strictness.insert(CheckId::SecureBootEnabled, Strictness::Ignore);
        });
        assert_eq!(field, "policy.relaxed.secure-boot.enabled");
        let mut policy = Policy::linux_server();
        policy.strictness.insert(CheckId::ReplayOtherBanks, Strictness::Fail);
        assert_eq!(sound_policy(policy.clone()), Ok(policy));
    }

    #[test]
    fn what_holds_anyway_is_taken_out() {
        let mut policy = Policy::linux_server();
        policy.strictness.insert(CheckId::SecureBootEnabled, Strictness::Fail);
        policy.strictness.insert(CheckId::QuoteSignature, Strictness::Fail);
        policy.relaxed.insert(CheckId::SecureBootEnabled, "not any more".to_owned());
        assert_eq!(sound_policy(policy), Ok(Policy::linux_server()));
    }
}
