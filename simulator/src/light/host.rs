//! A light host as the agent's code sees it: the TPM, the firmware and the files are one value.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use trustboard_agent::attester::{AttestError, Attester, Challenge, binding};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::HashAlg;
use trustboard_model::facts::HostFacts;
use trustboard_model::protocol::{
    Claims, CredentialBlob, EvidenceMessage, LogPart, Quoted, TpmIdentity,
};
use trustboard_soft_tpm::marshal::AttestSpec;
use trustboard_soft_tpm::{AttestationKey, EndorsementKey, Primes, sha256};
use uuid::Uuid;

use super::behaviour::Behaviour;
use super::boots::{Booted, Boots};
use super::inhabitant::Inhabitant;
use super::maker::Maker;
use super::tally::Tally;

/// What all hosts of a fleet have in common.
#[derive(Debug)]
pub struct Common {
    pub maker: Maker,
    pub primes: Primes,
    pub boots: Boots,
    pub tally: Tally,
    /// What all keys on P-256 come from.
    pub seed: [u8; 32],
    /// When the TPMs of this process got power, and how long they had it before, in milliseconds.
    pub powered: (Instant, u64),
    /// Whether every answer comes from a boot of its own.
    pub new_logs: AtomicBool,
}

impl Common {
    /// What the TPMs' clocks show, in milliseconds.
    pub fn clock(&self) -> u64 {
        let (since, before) = self.powered;
        before + u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// A number that belongs to this host alone.
    fn own(&self, number: u32, purpose: &str) -> [u8; 32] {
        sha256(&[&self.seed[..], &number.to_be_bytes(), purpose.as_bytes()].concat()).0
    }
}

/// The keys of one TPM.
struct Keys {
    ek: EndorsementKey,
    ak: AttestationKey,
    identity: TpmIdentity,
}

/// A light host; clones are the same host.
#[derive(Clone)]
pub struct LightHost {
    common: Arc<Common>,
    state: Arc<Mutex<State>>,
    behaviour: Arc<watch::Sender<Behaviour>>,
}

struct State {
    host: Inhabitant,
    /// Which of the fleet's RSA keys are its own: two behind each other.
    rsa: Option<usize>,
    keys: Option<Arc<Keys>>,
    boots: u32,
    booted: Arc<Booted>,
    answered: bool,
    /// Has introduced itself since it was booted.
    introduced: bool,
}

impl fmt::Debug for LightHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LightHost({})", self.state().host.name)
    }
}

impl LightHost {
    /// A host after its `boots`th boot; `rsa` tells its RSA keys from those of other hosts.
    pub fn new(
        common: Arc<Common>,
        host: Inhabitant,
        rsa: Option<usize>,
        played: bool,
        boots: u32,
    ) -> Self {
        let behaviour = behaviour_of(&host, played);
        let booted = common.boots.boot(&host, behaviour);
        let state =
            State { host, rsa, keys: None, boots, booted, answered: false, introduced: false };
        let behaviour = Arc::new(watch::Sender::new(behaviour));
        Self { common, state: Arc::new(Mutex::new(state)), behaviour }
    }

    /// Boots it, as the plan says or as it was delivered. Gives how often it has booted.
    pub fn boot(&self, played: bool) -> u32 {
        let mut state = self.state();
        let behaviour = behaviour_of(&state.host, played);
        state.booted = self.common.boots.boot(&state.host, behaviour);
        state.boots += 1;
        state.introduced = false;
        self.behaviour.send_replace(behaviour);
        state.boots
    }

    /// Waits for as long as the host takes for an answer.
    pub async fn pause(&self) {
        let mut behaviour = self.behaviour.subscribe();
        loop {
            let pause = behaviour.borrow_and_update().pause();
            if pause.is_none() && !self.state().introduced {
                return;
            }
            match pause {
                Some(Duration::ZERO) => return,
                Some(pause) => return tokio::time::sleep(pause).await,
                // Until it is another one.
                None => match behaviour.changed().await {
                    Ok(()) => {}
                    Err(_) => return,
                },
            }
        }
    }

    /// How often it has booted beyond the first time.
    pub fn boots(&self) -> u32 {
        self.state().boots
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The TPM's keys: made when they are first needed, because an RSA key takes milliseconds.
    fn keys(&self, state: &mut State) -> Arc<Keys> {
        let made = state.keys.take().unwrap_or_else(|| {
            let common = &self.common;
            let (ek, ak) = if let Some(rank) = state.rsa {
                let ek = common.primes.endorsement_key(2 * rank);
                let ak = common.primes.attestation_key(2 * rank + 1);
                ek.zip(ak).expect("the primes were made for as many keys")
            } else {
                let number = state.host.number;
                // Fewer than one of 2^32 numbers is no scalar of P-256.
                let ek = EndorsementKey::ecc_from_scalar(&common.own(number, "EK"));
                let ak = AttestationKey::ecc_from_scalar(&common.own(number, "AK"));
                (ek.expect("a scalar"), ak.expect("a scalar"))
            };
            let certified = state.host.behaviour != Behaviour::NoCertificate;
            let public = ek.public();
            let certificate = certified.then(|| Bytes(common.maker.endorse(&state.host, &public)));
            let identity = TpmIdentity {
                ek_public: public.marshal().into(),
                ek_certificate: certificate,
                ak_public: ak.public().marshal().into(),
            };
            Arc::new(Keys { ek, ak, identity })
        });
        state.keys = Some(Arc::clone(&made));
        made
    }

    /// TPM2_Quote over all registers.
    fn quote(&self, state: &mut State, qualifying: &[u8; 32]) -> Quoted {
        let keys = self.keys(state);
        let number = state.host.number;
        let pcrs = state.booted.pcrs.clone();
        let speed = if *self.behaviour.borrow() == Behaviour::ClockSkew { 2 } else { 1 };
        let spec = AttestSpec {
            qualified_signer: [&[0x00, 0x0B][..], &self.common.own(number, "signer")].concat(),
            clock: speed * self.common.clock(),
            reset_count: state.boots + 1,
            restart_count: 0,
            ..AttestSpec::default()
        };
        let attest = spec.marshal(qualifying, &pcrs, HashAlg::Sha256);
        Quoted {
            ak_public: keys.identity.ak_public.clone(),
            signature: keys.ak.sign(&attest).into(),
            attest: attest.into(),
            banks: pcrs.iter().map(|bank| bank.bank).collect(),
            pcrs,
        }
    }
}

/// What a host is like, played or as it was delivered.
fn behaviour_of(host: &Inhabitant, played: bool) -> Behaviour {
    if played || host.behaviour.from_delivery() { host.behaviour } else { Behaviour::Healthy }
}

impl State {
    fn has_tpm(&self) -> bool {
        self.host.behaviour != Behaviour::NoTpm
    }

    fn facts(&self, common: &Common) -> HostFacts {
        let boot = [&self.host.number.to_be_bytes()[..], &self.boots.to_be_bytes()].concat();
        let boot = sha256(&[&common.seed[..], &boot].concat()).0;
        let id = Uuid::from_slice(&boot[..16]).expect("16 bytes of 32");
        let absent = (!self.has_tpm()).then_some("there is no TPM, so the kernel keeps no log");
        self.host.facts(id.to_string(), self.booted.secure_boot, absent)
    }
}

impl Attester for LightHost {
    fn facts(&mut self) -> HostFacts {
        self.common.tally.hellos.fetch_add(1, Ordering::Relaxed);
        let mut state = self.state();
        state.introduced = true;
        state.facts(&self.common)
    }

    fn identity(&mut self) -> Result<Option<TpmIdentity>, AttestError> {
        self.common.tally.identities.fetch_add(1, Ordering::Relaxed);
        let mut state = self.state();
        Ok(state.has_tpm().then(|| self.keys(&mut state).identity.clone()))
    }

    fn activate(&mut self, credential: &CredentialBlob) -> Result<Vec<u8>, AttestError> {
        let mut state = self.state();
        if !state.has_tpm() {
            return Err(AttestError::NoTpm { problem: None });
        }
        let keys = self.keys(&mut state);
        drop(state);
        keys.ek.activate(&keys.identity.ak_public, credential).ok_or_else(|| AttestError::Encode {
            what: "the secret",
            problem: "the credential is for another TPM or another key".to_owned(),
        })
    }

    fn evidence(&mut self, challenge: &Challenge) -> Result<EvidenceMessage, AttestError> {
        let started = Instant::now();
        let tally = &self.common.tally;
        let mut state = self.state();
        let has_tpm = state.has_tpm();
        let behaviour = *self.behaviour.borrow();
        if has_tpm && self.common.new_logs.load(Ordering::Relaxed) {
            state.boots += 1;
            state.booted = self.common.boots.boot_afresh(&state.host, behaviour, state.boots);
        }
        let facts = state.facts(&self.common);
        let log_digest = has_tpm.then_some(state.booted.digest);
        let mut claims = Vec::new();
        ciborium::into_writer(&Claims { facts, log_digest, os_logs: None }, &mut claims)
            .map_err(|error| AttestError::Encode { what: "claims", problem: error.to_string() })?;
        let mut qualifying = binding(&challenge.nonce, &claims);
        if behaviour == Behaviour::WrongAnswer {
            qualifying[0] ^= 1;
        }
        let quoted = has_tpm.then(|| self.quote(&mut state, &qualifying));
        let log = match log_digest {
            None => LogPart::Absent,
            Some(digest) if challenge.known_log == Some(digest) => LogPart::Known,
            Some(_) => {
                tally.log_bytes.fetch_add(state.booted.log.len() as u64, Ordering::Relaxed);
                LogPart::Full { bytes: state.booted.log.clone().into() }
            }
        };
        if !std::mem::replace(&mut state.answered, true) {
            tally.answered.fetch_add(1, Ordering::Relaxed);
        }
        tally.evidence.fetch_add(1, Ordering::Relaxed);
        tally.worked(started.elapsed());
        let (challenge, claims) = (challenge.id, claims.into());
        Ok(EvidenceMessage { challenge, claims, quoted, log, os_logs: None })
    }
}
