//! What capturing, importing and accepting have in common: a new version of a configuration.

use trustboard_attest::reference::{LearnError, Learned, is_usual, validate};
use trustboard_model::configuration::{ConfigurationRef, Reference};
use trustboard_model::digest::Sha256;
use trustboard_model::id::{ClusterId, ConfigurationId};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationRow, HostAction, Source, Viewer};

use crate::auth::operator::may_in;
use crate::ctx::{Ctx, Halt};
use crate::store::secret::sha256;
use crate::store::{ConfigurationRecord, NewConfiguration, Write};

/// The longest name of a configuration, in characters: what a table column and a sentence can
/// show.
const MAX_NAME: usize = 200;

/// The most clusters that a configuration is for.
const MAX_CLUSTERS: usize = 1000;

/// A new version that is about to be written.
pub(super) struct Draft<'a> {
    pub name: &'a str,
    pub notes: &'a str,
    pub by: &'a str,
    pub source: Source,
    /// The log, which is on record already.
    pub log: Sha256,
    pub learned: Learned,
    /// The registers that it shall speak of; empty for those of the version before, or else the
    /// usual ones.
    pub pcrs: &'a [PcrIndex],
    pub clusters: &'a [ClusterId],
}

impl Draft<'_> {
    /// Writes it as the next version of its name.
    pub(super) async fn write(
        self,
        ctx: &Ctx,
        write: &mut Write,
    ) -> Result<(Reference, ConfigurationRow), Halt> {
        let versions = write.versions(self.name).await?;
        // The name as it was first written: another case of its letters is no other name.
        let name = versions.first().map_or(self.name, |newest| &newest.configuration.name);
        let version = versions.first().map_or(0, |newest| newest.configuration.version);
        let configuration = ConfigurationRef {
            id: ConfigurationId::from_random(ctx.random.id()),
            name: name.to_owned(),
            version: version.saturating_add(1),
        };
        let before = match versions.first() {
            Some(newest) => write.configuration(newest.configuration.id).await?,
            None => None,
        };
        let offered = self.learned.clone().into_reference(configuration.clone());
        let chosen = chosen(self.learned, self.pcrs, before.as_ref())?;
        let reference = chosen.into_reference(configuration.clone());
        validate(&reference).map_err(|error| Refusal::invalid("pcrs", error))?;
        write
            .insert_configuration(&NewConfiguration {
                notes: self.notes,
                source: &self.source,
                by: self.by,
                log: self.log,
                reference: &reference,
                offered: &offered,
                clusters: self.clusters,
            })
            .await?;
        let record = write.configuration(configuration.id).await?;
        let record = record.ok_or_else(|| Refusal::not_found("configuration"))?;
        Ok((reference, record.row))
    }
}

fn chosen(
    learned: Learned,
    pcrs: &[PcrIndex],
    before: Option<&ConfigurationRecord>,
) -> Result<Learned, Refusal> {
    if !pcrs.is_empty() {
        return learned.only(pcrs).map_err(|error| not_learned(&error));
    }
    if let Some(before) = before {
        let following = learned.clone().following(&before.reference);
        if !following.pcrs.is_empty() {
            return Ok(following);
        }
    }
    if learned.pcrs.keys().any(|pcr| is_usual(*pcr)) {
        return Ok(learned.usual());
    }
    Ok(learned)
}

/// Why nothing was learned, for whoever asked for it.
pub(super) fn not_learned(error: &LearnError) -> Refusal {
    let field = match error {
        LearnError::NotOffered(_) => "pcrs",
        _ => "log",
    };
    Refusal::invalid(field, error)
}

/// A configuration's name, without the space around it.
pub(super) fn configuration_name(name: &str) -> Result<&str, Refusal> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        let problem = format!("expected 1 to {MAX_NAME} printable characters");
        return Err(Refusal::invalid("name", problem));
    }
    Ok(name)
}

/// Notes, which may be empty.
pub(super) fn notes(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    let control = |c: char| c.is_control() && c != '\n' && c != '\t' && c != '\r';
    if text.chars().count() > HostAction::MAX_TEXT || text.chars().any(control) {
        let problem = format!("expected at most {} characters", HostAction::MAX_TEXT);
        return Err(Refusal::invalid("notes", problem));
    }
    Ok(text)
}

/// Clusters that are there and in which this operator may prepare configurations, each once.
pub(super) async fn scope(
    write: &mut Write,
    viewer: &Viewer,
    clusters: &[ClusterId],
) -> Result<Vec<ClusterId>, Halt> {
    let mut scope = clusters.to_vec();
    scope.sort_unstable();
    scope.dedup();
    if scope.len() > MAX_CLUSTERS {
        return Err(Refusal::invalid("clusters", format!("at most {MAX_CLUSTERS}")).into());
    }
    for &cluster in &scope {
        let datacenter = write.datacenter_of(cluster).await?;
        let datacenter = datacenter.ok_or_else(|| Refusal::not_found("cluster"))?;
        may_in(viewer, Role::Operator, datacenter, "cluster")?;
    }
    Ok(scope)
}

/// SHA-256 of reference values as they are on record, for the chain of events.
pub(super) fn digest_of(reference: &Reference) -> Sha256 {
    // The model's types hold nothing that JSON cannot.
    sha256(&[&serde_json::to_vec(reference).unwrap_or_default()])
}
