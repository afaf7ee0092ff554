//! The wire to the TPM as the TSS sees it, with and without somebody on it.

#![expect(clippy::unwrap_used, reason = "what breaks here fails its test")]

mod bench;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

use trustboard_simulator::tpm::{Bus, Interposer, Passed};
use trustboard_simulator::{Condition, Host};
use tss_esapi::Context;
use tss_esapi::handles::{KeyHandle, NvIndexHandle, NvIndexTpmHandle, PcrHandle};
use tss_esapi::interface_types::algorithm::{HashingAlgorithm, PublicAlgorithm};
use tss_esapi::interface_types::ecc::EccCurve;
use tss_esapi::interface_types::resource_handles::{Hierarchy, NvAuth};
use tss_esapi::interface_types::session_handles::AuthSession;
use tss_esapi::structures::{
    Attest, AttestInfo, Data, Digest, DigestValues, EccParameter, EccPoint, EccScheme, HashScheme,
    PcrSelectionListBuilder, PcrSlot, Public, PublicBuilder, PublicEccParametersBuilder,
    SignatureScheme,
};
use tss_esapi::tcti_ldr::TctiNameConf;

use bench::{Bench, plan};

/// What an agent does, and no more.
struct Program {
    context: Context,
    key: KeyHandle,
}

impl Program {
    /// Connects and makes an attestation key.
    fn connect(tcti: &str) -> Self {
        let mut context = Context::new(tcti.parse::<TctiNameConf>().unwrap()).unwrap();
        context.set_sessions((Some(AuthSession::Password), None, None));
        let key = context
            .create_primary(Hierarchy::Owner, attestation_key(), None, None, None, None)
            .unwrap()
            .key_handle;
        Self { context, key }
    }

    /// The extraData and the PCR digest of a quote.
    fn quote(&mut self, nonce: u8, pcr: PcrSlot) -> (Vec<u8>, Vec<u8>) {
        let selection = PcrSelectionListBuilder::new()
            .with_selection(HashingAlgorithm::Sha256, &[pcr])
            .build()
            .unwrap();
        let nonce = Data::try_from(vec![nonce; 32]).unwrap();
        let (attest, _) =
            self.context.quote(self.key, nonce, SignatureScheme::Null, selection).unwrap();
        parts(&attest)
    }

    fn extend(&mut self) {
        let mut values = DigestValues::new();
        values.set(HashingAlgorithm::Sha256, Digest::try_from(vec![7; 32]).unwrap());
        self.context.pcr_extend(PcrHandle::Pcr16, values).unwrap();
    }
}

fn parts(attest: &Attest) -> (Vec<u8>, Vec<u8>) {
    let AttestInfo::Quote { info } = attest.attested() else { panic!("not a quote") };
    (attest.extra_data().value().to_vec(), info.pcr_digest().value().to_vec())
}

fn attestation_key() -> Public {
    use tss_esapi::attributes::ObjectAttributesBuilder;
    let attributes = ObjectAttributesBuilder::new()
        .with_fixed_tpm(true)
        .with_fixed_parent(true)
        .with_sensitive_data_origin(true)
        .with_user_with_auth(true)
        .with_restricted(true)
        .with_sign_encrypt(true)
        .build()
        .unwrap();
    let parameters = PublicEccParametersBuilder::new_unrestricted_signing_key(
        EccScheme::EcDsa(HashScheme::new(HashingAlgorithm::Sha256)),
        EccCurve::NistP256,
    )
    .with_restricted(true)
    .build()
    .unwrap();
    PublicBuilder::new()
        .with_public_algorithm(PublicAlgorithm::Ecc)
        .with_name_hashing_algorithm(HashingAlgorithm::Sha256)
        .with_object_attributes(attributes)
        .with_ecc_parameters(parameters)
        .with_ecc_unique_identifier(EccPoint::new(EccParameter::default(), EccParameter::default()))
        .build()
        .unwrap()
}

/// Runs blocking TSS calls beside the bus, which needs the runtime.
async fn with_program<T: Send + 'static>(
    bus: &Bus,
    work: impl FnOnce(Program) -> T + Send + 'static,
) -> T {
    let tcti = bus.tcti();
    tokio::task::spawn_blocking(move || work(Program::connect(&tcti))).await.unwrap()
}

async fn booted(bench: &Bench, name: &str) -> Host {
    let plan = plan(name);
    let mut host = bench.host(&plan).await;
    host.boot(&Condition::healthy(&plan)).await.unwrap();
    host
}

/// With an interposer, the answer to a new nonce is the old quote; another selection, of which
/// there is no old quote, and everything else go to the TPM.
#[tokio::test]
async fn an_interposer_answers_with_an_old_quote() {
    let bench = Bench::new();
    let mut host = booted(&bench, "edge-fra-03").await;
    let before = with_program(host.bus(), |mut program| program.quote(1, PcrSlot::Slot16)).await;
    assert_eq!(before.0, [1; 32]);
    assert_eq!(*host.bus().passed().borrow(), Passed { quotes: 1, activations: 0 });
    assert!(host.bus().has_recorded());

    host.bus().interpose(Interposer::ReplaysQuotes);
    let (old, other) = with_program(host.bus(), |mut program| {
        program.extend();
        (program.quote(2, PcrSlot::Slot16), program.quote(3, PcrSlot::Slot0))
    })
    .await;
    assert_eq!(old, before, "the quote from before the extend, with its nonce");
    assert_eq!(other.0, [3; 32], "no recording of these registers: from the TPM");

    host.bus().interpose(Interposer::Absent);
    let now = with_program(host.bus(), |mut program| program.quote(4, PcrSlot::Slot16)).await;
    assert_eq!(now.0, [4; 32]);
    assert_ne!(now.1, before.1, "the extend shows");
    host.switch_off().await.unwrap();
    assert!(!host.bus().has_recorded(), "another boot, another recording");
}

/// What a killed program leaves in the TPM, which has room for three sessions, is in nobody's way.
#[tokio::test]
async fn what_a_killed_program_leaves_behind_is_flushed() {
    // TPM2_StartAuthSession (Part 3, 11.1): unbound, unsalted, HMAC with SHA-256.
    let mut command = vec![0x80, 1, 0, 0, 0, 43, 0, 0, 1, 0x76];
    command.extend([0x40, 0, 0, 7, 0x40, 0, 0, 7]); // tpmKey, bind: null
    command.extend([0, 16]);
    command.extend([9; 16]); // nonceCaller
    command.extend([0, 0]); // encryptedSalt
    command.extend([0, 0, 0x10, 0, 0x0B]); // sessionType, symmetric, authHash
    assert_eq!(command.len(), 43);

    let bench = Bench::new();
    let mut host = booted(&bench, "edge-fra-01").await;
    let port: u16 = host.bus().tcti().rsplit_once('=').unwrap().1.parse().unwrap();
    for round in 0..8 {
        let command = command.clone();
        let code = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
            stream.write_all(&command).unwrap();
            let mut header = [0; 10];
            stream.read_exact(&mut header).unwrap();
            u32::from_be_bytes(header[6..].try_into().unwrap())
        })
        .await
        .unwrap();
        assert_eq!(code, 0, "round {round}");
        host.flush().await.unwrap();
    }
    host.switch_off().await.unwrap();
}

/// The certificate is where the EK Credential Profile puts it, and it is for this TPM's EK.
#[tokio::test]
async fn an_ecc_endorsement_key_has_its_certificate_in_nv() {
    let bench = Bench::new();
    let mut host = booted(&bench, "edge-fra-01").await;
    let mut channel = host.tpm().unwrap().channel().await.unwrap();
    let (x, y) = channel.ecc_endorsement_point().await.unwrap();
    drop(channel);
    let certificate = with_program(host.bus(), |mut program| {
        let context = &mut program.context;
        let index = NvIndexTpmHandle::new(0x01C0_000A).unwrap();
        let (public, index) = context.execute_without_session(|context| {
            let index = NvIndexHandle::from(context.tr_from_tpm_public(index.into()).unwrap());
            (context.nv_read_public(index).unwrap().0, index)
        });
        let size = u16::try_from(public.data_size()).unwrap();
        context.nv_read(NvAuth::NvIndex(index), index, size, 0).unwrap().value().to_vec()
    })
    .await;
    let point = [&[4][..], &x, &y].concat();
    assert!(certificate.windows(point.len()).any(|window| window == point));
    assert_eq!(certificate.first(), Some(&0x30), "DER from the first byte");
    host.switch_off().await.unwrap();
}
