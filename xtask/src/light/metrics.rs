//! What all servers of a fleet count together, from the texts of their metrics.

use anyhow::{Result, bail};
use trustboard_model::role::Role;

use super::fleet::Fleet;
use crate::client::Client;
use crate::histogram::Histogram;

/// Signed in at every server of a fleet.
pub struct Readers(Vec<Client>);

impl Readers {
    /// Signs in at each.
    pub fn of(fleet: &Fleet) -> Result<Self> {
        let clients = fleet.servers().map(|server| fleet.client_at(server, Role::Viewer));
        Ok(Self(clients.collect::<Result<_>>()?))
    }

    /// What each counts now.
    pub fn read(&self) -> Result<Metrics> {
        Metrics::read(&self.0)
    }
}

/// What the servers counted at one moment, a text of each.
#[derive(Debug, Clone)]
pub struct Metrics(Vec<String>);

impl Metrics {
    /// What the servers of these clients count now.
    pub fn read(servers: &[Client]) -> Result<Self> {
        let texts = servers.iter().map(|client| client.text("/api/v1/metrics"));
        Ok(Self(texts.collect::<Result<_>>()?))
    }

    /// The sum of all samples that begin like this, of all servers.
    pub fn sum(&self, begin: &str) -> f64 {
        self.each(begin).iter().sum()
    }

    /// The highest that any server says.
    pub fn highest(&self, begin: &str) -> f64 {
        self.each(begin).into_iter().fold(0.0, f64::max)
    }

    /// What the first server says of what is the same for all of them.
    pub fn first(&self, begin: &str) -> f64 {
        self.each(begin).first().copied().unwrap_or_default()
    }

    /// The sum of the samples that begin like this, of each server.
    pub fn each(&self, begin: &str) -> Vec<f64> {
        self.0.iter().map(|text| sum_of(text, begin)).collect()
    }

    /// The histogram `name` with this label, of all servers together.
    pub fn histogram(&self, name: &str, label: &str) -> Result<Histogram> {
        let mut all: Option<Histogram> = None;
        for text in &self.0 {
            let one = Histogram::read(text, name, label)?;
            all = Some(all.map_or_else(|| one.clone(), |all| all.and(&one)));
        }
        let Some(all) = all else { bail!("there is no server") };
        Ok(all)
    }
}

#[cfg(test)]
impl From<&[&str]> for Metrics {
    fn from(texts: &[&str]) -> Self {
        Self(texts.iter().map(|&text| text.to_owned()).collect())
    }
}

fn sum_of(metrics: &str, begin: &str) -> f64 {
    let samples = metrics.lines().filter(|line| line.starts_with(begin));
    samples.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_summed_by_how_they_begin() {
        let text = "a_total{x=\"1\"} 2\na_total{x=\"2\"} 3\nab_total{x=\"1\"} 9\na_total_more 1\n";
        let metrics = Metrics::from(&[text, "a_total{x=\"1\"} 10\n"][..]);
        assert_eq!(metrics.each("a_total{"), vec![5.0, 10.0]);
        let all = [metrics.sum("a_total{"), metrics.highest("a_total{"), metrics.first("a_total{")];
        assert_eq!(all.to_vec(), vec![15.0, 10.0, 5.0]);
        assert!(metrics.sum("no_such_total") < f64::EPSILON);
    }

    #[test]
    fn histograms_of_all_servers_are_one() {
        let text = |first: u32, all: u32| {
            format!(
                "t_bucket{{le=\"0.1\",s=\"w\"}} {first}\nt_bucket{{le=\"+Inf\",s=\"w\"}} {all}\n"
            )
        };
        let (one, other) = (text(90, 100), text(8, 100));
        let both = Metrics::from(&[&*one, &*other][..]).histogram("t", "s=\"w\"").unwrap();
        assert_eq!(both, Histogram::read(&text(98, 200), "t", "s=\"w\"").unwrap());
        assert!(Metrics::from(&[&*one, ""][..]).histogram("t", "s=\"w\"").is_err());
    }
}
