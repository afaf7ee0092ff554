//! One host: a board with a TPM, firmware that measures, and the agent.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;

use crate::agent::{Agent, Deployment};
use crate::condition::{Chip, Condition};
use crate::deadline::within;
use crate::error::{Error, io};
use crate::firmware::{self, Bank, BootLog, Disk, Keys, Machine, SystemLogs};
use crate::plan::HostPlan;
use crate::sysroot::Sysroot;
use crate::tpm::{Bus, Clock, Interposer, Maker, Swtpm};

/// What hosts of one fleet have in common.
#[derive(Debug)]
pub struct Supplies {
    /// Secure Boot keys of the maker of hosts.
    pub keys: Keys,
    /// The maker of TPMs.
    pub maker: Maker,
}

/// A host.
#[derive(Debug)]
pub struct Host {
    plan: HostPlan,
    dir: PathBuf,
    sysroot: Sysroot,
    supplies: Arc<Supplies>,
    bus: Bus,
    powered: Option<Swtpm>,
    log: Option<BootLog>,
    system: Option<SystemLogs>,
    agent: Option<Agent>,
}

impl Host {
    /// Delivers a host to `dir`: operating system, and the TPMs that `chips` names. What is there
    /// already stays.
    pub async fn deliver(
        plan: &HostPlan,
        dir: &Path,
        supplies: &Supplies,
        chips: &[Chip],
    ) -> Result<(), Error> {
        std::fs::create_dir_all(dir).map_err(io(dir))?;
        Sysroot::new(dir.join("root")).install(&plan.name, plan.software)?;
        for &chip in chips {
            make_chip(plan, dir, supplies, chip).await?;
        }
        Ok(())
    }

    /// Takes a delivered host into operation; it is switched off.
    pub async fn open(plan: HostPlan, dir: &Path, supplies: Arc<Supplies>) -> Result<Self, Error> {
        let dir = dir.canonicalize().map_err(io(dir))?;
        Ok(Self {
            sysroot: Sysroot::new(dir.join("root")),
            plan,
            dir,
            supplies,
            bus: Bus::open().await?,
            powered: None,
            log: None,
            system: None,
            agent: None,
        })
    }

    /// As it was ordered.
    pub fn plan(&self) -> &HostPlan {
        &self.plan
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What its kernel and its operating system show.
    pub fn sysroot(&self) -> &Sysroot {
        &self.sysroot
    }

    /// The wire to its TPM.
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    /// What the firmware measured at the last boot with a TPM.
    pub fn boot_log(&self) -> Option<&BootLog> {
        self.log.as_ref()
    }

    /// What its system measured since.
    pub fn system_logs(&self) -> Option<&SystemLogs> {
        self.system.as_ref()
    }

    /// The running TPM.
    pub fn tpm(&self) -> Option<&Swtpm> {
        self.powered.as_ref()
    }

    /// Switches the host off, if it is on, and on again in this condition. The agent, if it was
    /// running, ends and is not started again.
    pub async fn boot(&mut self, condition: &Condition) -> Result<(), Error> {
        self.switch_off().await?;
        let Some(chip) = condition.chip else {
            return self.sysroot.booted_without_tpm(condition.choices.secure_boot);
        };
        make_chip(&self.plan, &self.dir, &self.supplies, chip).await?;
        let dir = chip_dir(&self.dir, chip);
        let guid = self.disk()?;
        let machine = Machine {
            software: self.plan.software,
            disk: Disk { guid },
            root: guid,
            banks: condition.banks.clone(),
            startup_locality: self.plan.startup_locality,
        };
        let tpm = power_on_with(&dir, &machine).await?;
        let log = firmware::boot(&machine, &self.supplies.keys, condition.choices);
        let mut channel = tpm.channel().await?;
        for extend in log.extends() {
            channel.extend(&extend).await?;
        }
        let system = firmware::system(&machine, &channel.all_registers().await?);
        for extend in &system.extends {
            channel.extend(extend).await?;
        }
        drop(channel);
        self.sysroot.booted(condition.choices.secure_boot, self.plan.interface, log.to_bytes())?;
        self.sysroot.measured(&system)?;
        self.system = Some(system);
        self.bus.interpose(Interposer::Absent);
        self.bus.plug(&dir);
        self.log = Some(log);
        self.powered = Some(tpm);
        Ok(())
    }

    /// Ends the agent and powers the TPM off.
    pub async fn switch_off(&mut self) -> Result<(), Error> {
        self.stop_agent().await?;
        within("a program keeps the TPM busy", async {
            self.bus.unplug().await;
            Ok(())
        })
        .await?;
        self.log = None;
        self.system = None;
        match self.powered.take() {
            Some(tpm) => tpm.power_off().await,
            None => Ok(()),
        }
    }

    /// Counters of the running TPM; nothing if there is none.
    pub async fn clock(&self) -> Result<Option<Clock>, Error> {
        match &self.powered {
            Some(tpm) => tpm.channel().await?.clock().await.map(Some),
            None => Ok(None),
        }
    }

    /// Whether the agent has an identity with a server.
    pub fn is_enrolled(&self) -> bool {
        self.agent_state().join("enrolment.json").exists()
    }

    /// Enrols the agent.
    pub async fn enrol(&self, deployment: &Deployment) -> Result<(), Error> {
        self.flush().await?;
        deployment.enrol(&self.plan.place(), &self.dir, &self.agent_arguments()).await
    }

    /// Starts the agent, if it is not running.
    pub async fn start_agent(&mut self, deployment: &Deployment) -> Result<(), Error> {
        if self.agent.is_none() {
            self.flush().await?;
            self.agent = Some(deployment.start(&self.dir, &self.agent_arguments())?);
        }
        Ok(())
    }

    /// Removes what an agent that was killed has left in the TPM, as a kernel's resource manager
    /// does. A software TPM has room for three keys and three sessions.
    pub async fn flush(&self) -> Result<(), Error> {
        match &self.powered {
            Some(tpm) => tpm.channel().await?.flush_all().await,
            None => Ok(()),
        }
    }

    /// Ends the agent, if it is running.
    pub async fn stop_agent(&mut self) -> Result<(), Error> {
        match self.agent.take() {
            Some(agent) => agent.end().await,
            None => Ok(()),
        }
    }

    /// The running agent.
    pub fn agent(&self) -> Option<&Agent> {
        self.agent.as_ref()
    }

    /// Waits until the running agent has answered a challenge.
    pub async fn evidence_sent(&self) -> Result<(), Error> {
        match &self.agent {
            Some(agent) => agent.evidence_sent(&self.plan.name).await,
            None => Err(Error::Refused(format!("{} has no running agent", self.plan.name))),
        }
    }

    /// Waits until something ends by itself that should run.
    pub async fn failure(&mut self) -> Failure {
        let agent = async {
            match &mut self.agent {
                Some(agent) => agent.ended().await,
                None => std::future::pending().await,
            }
        };
        let tpm = async {
            match &mut self.powered {
                Some(tpm) => tpm.ended().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            status = agent => {
                self.agent = None;
                Failure::Agent(status)
            }
            () = tpm => {
                self.powered = None;
                Failure::Tpm
            }
        }
    }

    fn agent_state(&self) -> PathBuf {
        self.dir.join("agent")
    }

    fn agent_arguments(&self) -> Vec<std::ffi::OsString> {
        let tpm = if self.powered.is_some() { self.bus.tcti() } else { "none".to_owned() };
        vec![
            "--state-dir".into(),
            self.agent_state().into(),
            "--tpm".into(),
            tpm.into(),
            "--sysroot".into(),
            self.sysroot.path().into(),
        ]
    }

    /// The disk's GUID: derived from the machine id, so that it stays.
    fn disk(&self) -> Result<Uuid, Error> {
        let id = self.sysroot.machine_id()?;
        Uuid::try_parse(&id).map_err(|_| Error::Refused(format!("{id} is not a machine id")))
    }
}

/// What ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The agent, with its exit status in words.
    Agent(String),
    /// The software TPM: to the host that is a power failure.
    Tpm,
}

/// Powers a TPM on with the machine's banks active; what the firmware setup does takes a power
/// cycle.
async fn power_on_with(dir: &Path, machine: &Machine) -> Result<Swtpm, Error> {
    let tpm = Swtpm::power_on(dir, machine.startup_locality).await?;
    let mut channel = tpm.channel().await?;
    let active: Vec<Bank> = channel.all_registers().await?.into_keys().collect();
    if active == machine.banks {
        return Ok(tpm);
    }
    channel.allocate(&machine.banks).await?;
    drop(channel);
    tpm.power_off().await?;
    Swtpm::power_on(dir, machine.startup_locality).await
}

async fn make_chip(
    plan: &HostPlan,
    dir: &Path,
    supplies: &Supplies,
    chip: Chip,
) -> Result<(), Error> {
    let serial = match chip {
        Chip::First => plan.name.clone(),
        Chip::Spare => format!("{}-spare", plan.name),
    };
    supplies.maker.make(&chip_dir(dir, chip), &serial, &plan.banks, plan.ek).await
}

fn chip_dir(dir: &Path, chip: Chip) -> PathBuf {
    dir.join(match chip {
        Chip::First => "tpm",
        Chip::Spare => "tpm-spare",
    })
}
