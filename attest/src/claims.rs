//! The claims that a host signs along with its PCRs.

use trustboard_model::facts::HostFacts;
use trustboard_model::protocol::{Claimed, Claims, limit};

use crate::{Error, budget};

const PART: &str = "claims";

/// Reads claims (CBOR, RFC 8949). Before their binding was verified they are anybody's words.
pub fn parse_claims(bytes: &[u8]) -> Result<Claims, Error> {
    let error = |problem: String| Error { part: PART, problem };
    if bytes.len() > limit::CLAIMS_BYTES {
        return Err(error(format!("{} bytes; limit {}", bytes.len(), limit::CLAIMS_BYTES)));
    }
    let mut rest = bytes;
    let claims: Claims =
        ciborium::de::from_reader_with_recursion_limit(&mut rest, budget::CLAIMS_DEPTH)
            .map_err(|cause| error(format!("not the expected CBOR: {cause}")))?;
    if !rest.is_empty() {
        return Err(error(format!("{} bytes follow the claims", rest.len())));
    }
    check_texts(&claims.facts)?;
    for claimed in claims.os_logs.iter().flat_map(|logs| [&logs.ima, &logs.systemd]) {
        if let Claimed::Absent { why } = claimed {
            check_text("os_logs.why", why)?;
        }
    }
    Ok(claims)
}

fn check_texts(facts: &HostFacts) -> Result<(), Error> {
    let optional = [
        ("machine_id", &facts.machine_id),
        ("boot_id", &facts.boot_id),
        ("os_id", &facts.os_id),
        ("os_name", &facts.os_name),
        ("os_version", &facts.os_version),
        ("kernel", &facts.kernel),
        ("log_absent", &facts.log_absent),
    ];
    let mut texts: Vec<(&str, &str)> = optional
        .into_iter()
        .filter_map(|(name, text)| Some((name, text.as_deref()?)))
        .chain([("hostname", &facts.hostname[..]), ("agent_version", &facts.agent_version[..])])
        .collect();
    texts.extend(facts.tpm_problem.iter().map(|problem| ("tpm_problem", &problem.text[..])));
    if let Some(tpm) = &facts.tpm {
        texts.extend([
            ("tpm.family", &tpm.family[..]),
            ("tpm.manufacturer", &tpm.manufacturer[..]),
            ("tpm.model", &tpm.model[..]),
            ("tpm.firmware", &tpm.firmware[..]),
        ]);
    }
    texts.into_iter().try_for_each(|(name, text)| check_text(name, text))
}

fn check_text(name: &str, text: &str) -> Result<(), Error> {
    let limit = HostFacts::MAX_TEXT;
    if text.len() > limit {
        let problem = format!("{name} has {} bytes; limit {limit}", text.len());
        return Err(Error { part: PART, problem });
    }
    Ok(())
}
