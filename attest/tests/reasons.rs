//! For each reason a host that is genuine but for one thing: exactly that check refuses, with
//! exactly that code.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use std::sync::Arc;

use support::boot::{self, ACTION, APPLICATION, AUTHORITY, Boot, BootEvent, SEPARATOR, VARIABLE};
use support::der::{CN, name};
use support::keys::{self, AkKey};
use support::maker::{EkCertificateSpec, ISSUER, Maker};
use support::system::Measured;
use support::{NOW, Scene, failed, os_logs_seen, outcome};
use trustboard_attest::secure_boot::OfficialRevocations;
use trustboard_attest::{Makers, Proof};
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::boot::Topic;
use trustboard_model::check::{Outcome, Strictness};
use trustboard_model::digest::{HashAlg, Nonce};
use trustboard_model::facts::TpmInterface;
use trustboard_model::id::HostId;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::policy::Policy;
use trustboard_model::protocol::Quoted;
use trustboard_model::reason::ReasonCode;
use trustboard_model::tpm_problem::{TpmProblem, TpmProblemKind};
use trustboard_model::verdict::Verdict;

/// Only a genuine host with this one thing wrong. Missing codes do not compile.
fn scene(code: ReasonCode) -> Scene {
    let mut scene = Scene::genuine();
    match code {
        ReasonCode::TpmGone => without_tpm(&mut scene),
        ReasonCode::TpmVersion12 => unusable(&mut scene, TpmProblemKind::Version12),
        ReasonCode::TpmNoDriver => unusable(&mut scene, TpmProblemKind::NoDriver),
        ReasonCode::TpmNotPermitted => unusable(&mut scene, TpmProblemKind::NotPermitted),
        ReasonCode::TpmBusy => unusable(&mut scene, TpmProblemKind::Busy),
        ReasonCode::TpmFailureMode => unusable(&mut scene, TpmProblemKind::FailureMode),
        ReasonCode::TpmLockedOut => unusable(&mut scene, TpmProblemKind::LockedOut),
        ReasonCode::TpmOwned => unusable(&mut scene, TpmProblemKind::Owned),
        ReasonCode::TpmHierarchyDisabled => unusable(&mut scene, TpmProblemKind::HierarchyDisabled),
        ReasonCode::EkCreationFailed => unusable(&mut scene, TpmProblemKind::EkCreationFailed),
        ReasonCode::TpmUnreachable => unusable(&mut scene, TpmProblemKind::NotAnswering),
        ReasonCode::TpmMissing => {
            without_tpm(&mut scene);
            scene.enrolled = false;
            scene.policy.require_tpm = true;
        }
        ReasonCode::NoCachedIdentity => scene.enrolled = false,
        ReasonCode::EkMismatch => {
            let mut other = scene.identity();
            other.ek_public = keys::ek_ecc().marshal().into();
            scene.presented = Some(other);
            scene.proof = Proof::NotAsked;
        }
        ReasonCode::AkMismatch => {
            let mut other = scene.identity();
            other.ak_public = AkKey::ecc().public().marshal().into();
            scene.presented = Some(other);
            scene.proof = Proof::NotAsked;
        }
        ReasonCode::IdentityDuplicate => scene.duplicate_of = Some("host-2".to_owned()),
        ReasonCode::IdentityNotProven => {
            scene.proof = Proof::Failed { problem: "wrong secret".to_owned() };
        }
        ReasonCode::ChallengeExpired => scene.challenge.expires_at = NOW.plus_seconds(-1),
        ReasonCode::ChallengeWrongHost => scene.challenge.host = HostId::from_random([9; 16]),
        ReasonCode::NonceMismatch => scene.quoted_nonce = Nonce([1; 32]),
        ReasonCode::NonceEmpty => scene.attest.extra_data = Some(Vec::new()),
        ReasonCode::QuoteNotFromTpm => scene.attest.magic = 0,
        ReasonCode::QuoteWrongType => scene.attest.kind = 0x8017,
        ReasonCode::QuoteSignatureInvalid => {
            scene.edit_message = |message| {
                let signature = &mut quoted(&mut message.quoted).signature.0;
                *signature.last_mut().unwrap() ^= 1;
            };
        }
        ReasonCode::QuoteSignatureScheme => {
            // RSAPSS where the key says RSASSA
            scene.edit_message = |message| quoted(&mut message.quoted).signature.0[1] = 0x16;
        }
        ReasonCode::QuoteSelectionMismatch => {
            let all = |bank: HashAlg| (bank, (0..24).collect::<Vec<u8>>());
            let mut selection: Vec<_> = scene.banks.iter().map(|bank| all(*bank)).collect();
            selection[1].1.remove(7);
            scene.attest.selection = Some(selection);
        }
        ReasonCode::QuoteDigestMismatch => {
            scene.edit_message = |message| {
                let values = &mut quoted(&mut message.quoted).pcrs[1].values;
                values[7].1 = values[6].1.clone();
            };
        }
        ReasonCode::Sha256BankInactive => scene.set_banks(&[HashAlg::Sha1, HashAlg::Sha384]),
        ReasonCode::MandatoryPcrsMissing => scene.set_banks(&[HashAlg::Sha1]),
        ReasonCode::BankUnextended => scene.measured = vec![HashAlg::Sha1, HashAlg::Sha256],
        ReasonCode::SecureBootDisabled => scene.boot = Boot::with_secure_boot(&[0]),
        ReasonCode::SecureBootUnsupported => scene.boot = Boot::with_secure_boot(&[]),
        ReasonCode::LogMissingSecureBootOff => {
            scene.log_absent = true;
            scene.facts.log_absent = Some("the kernel has none".to_owned());
            scene.facts.secure_boot_variable = Some(false);
        }
        ReasonCode::LogMissing => {
            scene.log_absent = true;
            scene.facts.log_absent = Some("the kernel has none".to_owned());
        }
        ReasonCode::LogTruncated => {
            scene.edit_log = |mut log| {
                log.truncate(log.len() - 3);
                log
            };
        }
        ReasonCode::LogMalformed => {
            // specVersionMinor of the Spec ID event
            scene.edit_log = |mut log| {
                log[32 + 20] = 1;
                log
            };
        }
        ReasonCode::ReplayMismatch => {
            scene.set_banks(&[HashAlg::Sha256]);
            scene.later = vec![(4, b"another boot loader".to_vec())];
        }
        ReasonCode::ReplayMismatchOtherBank => {
            scene.set_banks(&[HashAlg::Sha1, HashAlg::Sha256]);
            // The SHA-1 digest of the first event after a Spec ID event with two algorithms.
            scene.edit_log = |mut log| {
                log[32 + 37 + 12 + 2] ^= 1;
                log
            };
        }
        ReasonCode::PcrUnexplained => scene.later = vec![(17, b"a dynamic launch".to_vec())],
        ReasonCode::ImaMismatch => {
            scene = Scene::with_system();
            let mut listed = scene.system().measured.clone().unwrap();
            listed.remove(2);
            scene.system().listed = Some(listed);
        }
        ReasonCode::ImaListMalformed => {
            scene = Scene::with_system();
            // The last letter of the first entry's template, ima-ng.
            scene.system().edit_list = |mut list| {
                list[4 + 20 + 4 + 5] = b'x';
                list
            };
        }
        ReasonCode::ImaListHidden => {
            scene = Scene::with_system();
            scene.history.os_logs = os_logs_seen(&scene);
            scene.system().measured = None;
        }
        ReasonCode::ImaBootAggregateMismatch => {
            scene = Scene::with_system();
            scene.system().measured.as_mut().unwrap()[0].digest = vec![7; 32];
        }
        ReasonCode::ImaViolations => {
            scene = Scene::with_system();
            let violation = Measured::violation("/var/log/busy");
            scene.system().measured.as_mut().unwrap().push(violation);
        }
        ReasonCode::ReplayOsMismatch => {
            scene = Scene::with_system();
            scene.system().unlogged = vec![(15, b"a volume key".to_vec())];
        }
        ReasonCode::SystemdLogMalformed => {
            scene = Scene::with_system();
            scene.system().edit_log = |log| [&log[..], b"not a record\n"].concat();
        }
        ReasonCode::SystemdLogHidden => {
            scene = Scene::with_system();
            scene.history.os_logs = os_logs_seen(&scene);
            scene.system().has_log = false;
            scene.system().records.clear();
        }
        ReasonCode::StartupLocalityMisplaced => {
            scene.boot.events.push(BootEvent::no_action(0, b"StartupLocality\0\x03"));
        }
        ReasonCode::NoActionExtends => {
            let pretends = BootEvent::no_action(5, b"nothing to see");
            scene.boot.events.push(BootEvent { zero_digest: false, ..pretends });
        }
        ReasonCode::EventTypeNotAllowed => {
            scene.boot.events.push(BootEvent::new(4, 0x8000_0008, b"relabelled"));
        }
        ReasonCode::SeparatorMissing => {
            let separator = scene.boot.position(3, SEPARATOR);
            scene.boot.events.remove(separator);
        }
        ReasonCode::SeparatorDuplicate => {
            scene.boot.events.push(BootEvent::new(3, SEPARATOR, &[0; 4]));
        }
        ReasonCode::SeparatorError => {
            let separator = scene.boot.position(3, SEPARATOR);
            scene.boot.events[separator] = BootEvent::new(3, SEPARATOR, &[1, 0, 0, 0]);
        }
        ReasonCode::SecureBootVariableMisplaced => {
            let dbx = scene.boot.variable("dbx").clone();
            scene.boot.events.push(dbx);
        }
        ReasonCode::SecureBootDataForged => {
            scene.boot = Boot::with_secure_boot(&[0]);
            *scene.boot.variable("SecureBoot").data.last_mut().unwrap() = 1;
        }
        ReasonCode::SecureBootVariableMalformed => scene.boot.set_variable("db", &[1, 2, 3]),
        ReasonCode::SecureBootKeysMissing => scene.boot.set_variable("PK", &[]),
        ReasonCode::SecureBootAuthorityMissing => {
            let authority = scene.boot.position(7, AUTHORITY);
            scene.boot.events.remove(authority);
        }
        ReasonCode::SecureBootAuthorityUnknown => {
            let other = [&[7; 16][..], &Maker::boot_certificate("Somebody else")].concat();
            replace_authority(&mut scene, boot::IMAGE_SECURITY, "db", &other);
        }
        ReasonCode::SecureBootAuthorityRevoked => {
            let [old, new] = ["Revoked CA", "Vendor CA"].map(Maker::boot_certificate);
            scene.boot.set_variable("dbx", &[boot::list(&old), boot::list(&new)].concat());
        }
        ReasonCode::SecureBootTestKey => {
            let test_key = Maker::boot_certificate("DO NOT TRUST - Test PK");
            scene.boot.set_variable("PK", &boot::list(&test_key));
        }
        ReasonCode::SecureBootDebugMode => {
            scene.boot.events.insert(0, BootEvent::new(7, ACTION, b"UEFI Debug Mode"));
        }
        ReasonCode::SecureBootSetupMode => {
            let mode = boot::variable(boot::GLOBAL, "SetupMode", &[1]);
            scene.boot.events.insert(0, BootEvent::new(7, VARIABLE, &mode));
        }
        ReasonCode::ShimValidationDisabled => {
            scene.boot.events.push(shim_says("MokSBState", &[1]));
        }
        ReasonCode::MachineOwnerKeyUsed => {
            let key = Maker::boot_certificate("A key of the owner");
            scene.boot.events.push(shim_says("MokList", &key));
        }
        ReasonCode::RevocationsMissing => {
            let newer = boot::list(&Maker::boot_certificate("Another revoked CA"));
            let official = OfficialRevocations::parse("dbx-2026-01-01", &newer).unwrap();
            scene.revocations = Some(Arc::new(official));
        }
        ReasonCode::RolloverPending => {
            let expiring = Maker::boot_certificate("Microsoft Corporation UEFI CA 2011");
            let vendor = Maker::boot_certificate("Vendor CA");
            let lists = [boot::list(&vendor), boot::list(&expiring)].concat();
            scene.boot.set_variable("db", &lists);
        }
        ReasonCode::DmaProtectionDisabled => {
            scene.boot.events.insert(0, BootEvent::new(7, ACTION, b"DMA Protection Disabled"));
        }
        ReasonCode::BootOptionFailed => {
            let returning = b"Returning from EFI Application from Boot Option";
            scene.boot.events.push(BootEvent::new(4, ACTION, returning));
        }
        ReasonCode::ApplicationBeforeOption => {
            scene.boot.events.insert(0, BootEvent::new(4, APPLICATION, b"a maker's agent"));
        }
        ReasonCode::BootServicesNotLeft => {
            scene.boot.events.pop();
        }
        ReasonCode::OptionRomLoaded => {
            // Pci(0x1,0x0) and the end of the path.
            let path = [1, 1, 6, 0, 0, 1, 0x7F, 0xFF, 4, 0];
            let image = [&[0; 24][..], &[10, 0, 0, 0, 0, 0, 0, 0], &path].concat();
            scene.boot.events.push(BootEvent::new(2, 0x8000_0004, &image));
        }
        ReasonCode::RegisterTypeUnexpected => {
            scene.boot.events.push(BootEvent::new(2, 0x8401, &[1]));
        }
        ReasonCode::ConfigurationKernelCommandLineChanged => {
            differs(&mut scene, Topic::KernelCommandLine);
        }
        ReasonCode::ConfigurationInitrdChanged => differs(&mut scene, Topic::Initrd),
        ReasonCode::ConfigurationKernelChanged => differs(&mut scene, Topic::Kernel),
        ReasonCode::ConfigurationBootLoaderChanged => differs(&mut scene, Topic::BootLoader),
        ReasonCode::ConfigurationSecureBootKeysChanged => {
            differs(&mut scene, Topic::SecureBootVariable);
        }
        ReasonCode::ConfigurationFirmwareChanged => differs(&mut scene, Topic::Firmware),
        ReasonCode::ConfigurationLoaderCommandChanged => {
            differs(&mut scene, Topic::LoaderCommand);
        }
        ReasonCode::ConfigurationNotApproved => differs(&mut scene, Topic::Other),
        ReasonCode::ClockWentBack => {
            scene.history.clock = Some(ClockInfo { reset_count: 8, ..earlier(&scene) });
        }
        ReasonCode::ClockNotSafe => scene.attest.safe = 0,
        ReasonCode::TpmFirmwareDowngraded => {
            let newer = scene.attest.firmware + 1;
            scene.history.clock = Some(ClockInfo { firmware_version: newer, ..earlier(&scene) });
        }
        ReasonCode::QualifiedSignerChanged => {
            scene.qualified_signer = Some([&[0x00, 0x0B][..], &[8; 32]].concat());
        }
        ReasonCode::EkNotEndorsed => scene.ek_certificate = None,
        ReasonCode::EkTemplateUnexpected => scene.ek_public.attributes |= 1 << 18,
        ReasonCode::EkCertificateWrongKey => {
            scene.ek_certificate =
                Some(EkCertificateSpec::for_key(&AkKey::other_rsa().public(), ISSUER));
        }
        ReasonCode::AkAttributesWrong => scene.ak_public.attributes &= !(1 << 16),
        ReasonCode::AkSchemeWeak => scene.ak_public.scheme = None,
        ReasonCode::AkNameWeak => scene.ak_public.name_alg = 0x0004,
        ReasonCode::EkCertificateMalformed => scene.ek_certificate_bytes = Some(vec![0x30, 3, 1]),
        ReasonCode::EkCertificateUnknownIssuer => scene.makers = Maker::genuine().root_only(),
        ReasonCode::EkCertificateIntermediateMissing => {
            const ORGANISATION: &[u8] = &[0x55, 4, 10];
            let of_maker = |common: &str| name(&[(ORGANISATION, "Test Maker"), (CN, common)]);
            let root = Maker::genuine().root_spec(of_maker("Root"));
            scene.makers = Makers::default();
            scene.makers.add(&root.sign(&Maker::genuine().root)).unwrap();
            certificate(&mut scene).certificate.issuer = of_maker("Issuing CA 7");
        }
        ReasonCode::EkCertificateBadSignature => {
            let forged = certificate(&mut scene).sign(&Maker::impostor().issuer);
            scene.ek_certificate_bytes = Some(forged);
        }
        ReasonCode::EkCertificateExpired => {
            certificate(&mut scene).certificate.not_after = "20260101000000Z";
        }
        ReasonCode::EkCertificateProfile => certificate(&mut scene).ca = true,
        ReasonCode::EkCertificateNoTpmName => certificate(&mut scene).alt_name = false,
        ReasonCode::EkCertificateOtherMaker => {
            "id:49465800".clone_into(&mut certificate(&mut scene).manufacturer);
        }
        ReasonCode::EkCertificateUsage => certificate(&mut scene).purpose = Some(3),
        ReasonCode::EkCertificateRevoked => {
            let maker = Maker::genuine();
            let serials: [&[u8]; 1] = [&[0x12, 0x34]];
            let of_issuer = Maker::revocation_list(&maker.issuer, &maker.issuer_name, &serials);
            let of_root = Maker::revocation_list(&maker.root, &maker.root_name, &[]);
            scene.makers.add(&[of_issuer, of_root].concat()).unwrap();
        }
        ReasonCode::TpmInterfaceRefused => scene.policy.interfaces = vec![TpmInterface::Tis],
        ReasonCode::OsTooOld => {
            scene.policy.minimum_os.insert("debian".to_owned(), "13".to_owned());
        }
        ReasonCode::AgentTooOld => scene.policy.minimum_agent = Some("1.0".to_owned()),
    }
    scene
}

/// What cannot fail alone: without a bank that can hold mandatory PCRs there is no SHA-256 bank.
fn along_with(code: ReasonCode) -> &'static [ReasonCode] {
    match code {
        ReasonCode::MandatoryPcrsMissing => &[ReasonCode::Sha256BankInactive],
        _ => &[],
    }
}

#[test]
fn each_reason_is_given_when_and_only_when_its_check_fails() {
    for &code in ReasonCode::ALL {
        let report = scene(code).appraise();
        let mut expected = [along_with(code), &[code]].concat();
        expected.sort_unstable();
        assert_eq!(failed(&report), expected, "{code}\n{report:#?}");
        match (Policy::default_strictness(code.check()), &report.verdict) {
            (Strictness::Fail, Verdict::Untrusted(reasons)) => {
                assert!(reasons.all().iter().any(|reason| reason.code == code), "{code}");
            }
            (Strictness::Fail, other) => panic!("{code}: {other:?}"),
            (_, other) => assert_eq!(other, &Verdict::Trusted, "{code}: a warning"),
        }
        let Outcome::Failed(reason) = outcome(&report, code.check()) else { panic!("{code}") };
        assert!(reason.found.is_some(), "{code} says what was found");
    }
}

#[test]
fn each_reason_turns_into_a_warning_where_the_policy_says_so_and_may() {
    for &code in ReasonCode::ALL {
        let mut scene = scene(code);
        let checks = [code, *along_with(code).first().unwrap_or(&code)].map(ReasonCode::check);
        for check in checks {
            scene.policy.strictness.insert(check, Strictness::Warn);
        }
        let report = scene.appraise();
        let untrusted = matches!(report.verdict, Verdict::Untrusted(_));
        let core = checks.iter().any(|check| check.is_core());
        assert_eq!(untrusted, core, "{code}: {:?}", report.verdict);
    }
}

fn unusable(scene: &mut Scene, kind: TpmProblemKind) {
    without_tpm(scene);
    scene.facts.tpm_problem = Some(TpmProblem { kind, text: "what came back".to_owned() });
}

/// One event about `topic`, as its reviewer says, was measured with other data than approved.
fn differs(scene: &mut Scene, topic: Topic) {
    scene.boot.events.push(BootEvent::new(9, 0x0D, b"as approved"));
    scene.approve();
    let pcr = PcrIndex::try_from(9).unwrap();
    scene.configurations[0].pcrs.get_mut(&pcr).unwrap().events[0].topic = topic;
    *scene.boot.events.last_mut().unwrap() = BootEvent::new(9, 0x0D, b"another");
}

/// What shim measures of itself into PCR 7.
fn shim_says(name: &str, content: &[u8]) -> BootEvent {
    BootEvent::new(7, AUTHORITY, &boot::variable(boot::SHIM, name, content))
}

fn without_tpm(scene: &mut Scene) {
    scene.has_quote = false;
    scene.facts.tpm = None;
}

fn quoted(quoted: &mut Option<Quoted>) -> &mut Quoted {
    quoted.as_mut().unwrap()
}

fn certificate(scene: &mut Scene) -> &mut EkCertificateSpec {
    scene.ek_certificate.as_mut().unwrap()
}

fn replace_authority(scene: &mut Scene, guid: [u8; 16], name: &str, content: &[u8]) {
    let authority = scene.boot.position(7, AUTHORITY);
    scene.boot.events[authority] =
        BootEvent::new(7, AUTHORITY, &boot::variable(guid, name, content));
}

/// What an earlier quote of the same boot said.
fn earlier(scene: &Scene) -> ClockInfo {
    ClockInfo {
        clock: scene.attest.clock - 1,
        reset_count: scene.attest.reset_count,
        restart_count: scene.attest.restart_count,
        safe: true,
        firmware_version: scene.attest.firmware,
    }
}
