//! A server that trusts the maker of the machines' TPMs, and virtual hosts that enrol with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use trustboard_model::host::Attestation;
use trustboard_model::role::Role;
use trustboard_model::view::HostPage;

use super::check::is_matched;
use super::debian::BootChain;
use super::image::{Images, Variant};
use super::machine::{Enrolment, Host, Machine, SecureBoot};
use super::maker::Maker;
use crate::client::Client;
use crate::programs::Programs;
use crate::server::{self, Ports, Server, User};

const DATACENTER: &str = "Firmware";
const CLUSTER: &str = "Virtual";
const CONFIGURATION: &str = "Debian, approved";

/// How long from power-on until the host's first appraisal: 30 seconds on an idle core, more on a
/// machine that compiles meanwhile.
const REPORTS: Duration = Duration::from_mins(5);

/// How long until stored evidence was judged anew: a moment.
const JUDGED: Duration = Duration::from_mins(1);

/// Everything that runs.
pub struct Scene {
    programs: Programs,
    folder: PathBuf,
    chain: BootChain,
    images: BTreeMap<Variant, PathBuf>,
    maker: Maker,
    server: Server,
    user: User,
    client: Client,
    token: String,
}

impl Scene {
    /// Starts the server in a new folder.
    pub fn start(
        programs: &Programs,
        folder: &Path,
        chain: BootChain,
        ports: Ports,
    ) -> Result<Self> {
        let data = server::data_folder(folder);
        fs::create_dir_all(&data)?;
        programs.ask(&data, &["datacenter", "add", DATACENTER])?;
        programs.ask(&data, &["cluster", "add", "--datacenter", DATACENTER, CLUSTER])?;
        let user = server::add_user(programs, &data, "operator", Role::Administrator)?;
        let place = ["--datacenter", DATACENTER, "--cluster", CLUSTER];
        let words = [&["token", "create", "--uses", "10"], &place[..]].concat();
        let token = programs.ask(&data, &words)?;

        let maker = Maker::new(&folder.join("maker"))?;
        // The maker's certificates come with its first TPM, and the server reads them at its start.
        maker.make(&folder.join("first-tpm"), "first")?;
        let makers = folder.join("makers");
        maker.publish(&makers)?;
        let server = Server::start(programs, folder, ports, &makers)?;
        let client = Client::sign_in(&server.browsers, user.name, &user.password)?;
        let (programs, folder) = (programs.clone(), folder.to_owned());
        let images = BTreeMap::new();
        Ok(Self { programs, folder, chain, images, maker, server, user, client, token })
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Who can sign in.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Makes a host that has never been on.
    pub fn host(&self, name: &str) -> Result<Host> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder)?;
        let port = self.server.agents.rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.with_context(|| format!("no port in {}", self.server.agents))?;
        Host::make(&folder, name, &self.maker, &Enrolment { port, token: &self.token })
    }

    /// Powers a host on.
    pub fn boot(
        &mut self,
        host: &Host,
        variant: Variant,
        secure_boot: SecureBoot,
    ) -> Result<Machine> {
        if !self.images.contains_key(&variant) {
            let images =
                Images { chain: &self.chain, agent: &self.programs.agent, folder: &self.folder };
            self.images.insert(variant, images.make(variant)?);
        }
        let image = self.images.get(&variant).context("no image was made")?;
        host.boot(image, secure_boot)
    }

    /// Waits until the host was appraised since it was powered on: the TPM counts its resets, and
    /// the quote says how many (`resetCount`, TPM 2.0 Part 2, TPMS_CLOCK_INFO).
    pub fn appraised(
        &mut self,
        host: &Host,
        machine: &mut Machine,
        before: Option<u32>,
    ) -> Result<HostPage> {
        let start = Instant::now();
        let mut seen = "no host of this name has enrolled".to_owned();
        loop {
            self.server.check()?;
            machine.check()?;
            if let Some(page) = self.page(host.name())? {
                let resets = resets(&page);
                if resets > before {
                    return Ok(page);
                }
                seen = format!(
                    "the host is {:?}, its last quote was made after {resets:?} resets, the one \
                     before this boot after {before:?}",
                    page.row.presence
                );
            }
            if start.elapsed() > REPORTS {
                bail!(
                    "waited {} s for an appraisal of {} after its boot: {seen}; {}",
                    REPORTS.as_secs(),
                    host.name(),
                    machine.console()
                );
            }
            thread::sleep(Duration::from_millis(500));
        }
    }

    /// Approves what the host booted, and waits until its stored evidence has been judged by that.
    pub fn approve(&mut self, host: &Host, page: &HostPage) -> Result<()> {
        let configuration = self.client.approve(page.row.id, CONFIGURATION)?;
        let start = Instant::now();
        loop {
            self.server.check()?;
            let page = self.page(host.name())?.context("the host is gone")?;
            if is_matched(&page) && page.row.attestation == Attestation::Passed {
                return Ok(());
            }
            if start.elapsed() > JUDGED {
                bail!(
                    "waited {} s until {} matches {}, version {}: it reads {}, its comparison {:?}",
                    JUDGED.as_secs(),
                    host.name(),
                    configuration.name,
                    configuration.version,
                    page.row.attestation.code(),
                    page.report.and_then(|report| report.comparison)
                );
            }
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// What the server says of the host with this name, if it knows it.
    pub fn page(&self, name: &str) -> Result<Option<HostPage>> {
        let pages = self.client.security()?;
        let row = pages.iter().flat_map(|page| &page.rows).find(|row| row.name == name);
        row.map(|row| self.client.host(row.id)).transpose()
    }

    /// Ends the server.
    pub fn end(&mut self) {
        self.server.end();
    }
}

/// How often the host's TPM had been reset when it made its last quote.
pub fn resets(page: &HostPage) -> Option<u32> {
    page.report.as_ref()?.clock.map(|clock| clock.reset_count)
}
