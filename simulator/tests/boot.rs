//! What a host's TPM holds after a boot, and what its log says about it.

mod bench;

use trustboard_simulator::firmware::{Bank, BootLoader, Choices};
use trustboard_simulator::{Chip, Condition, Scenario, demo};

use bench::{Bench, plan};

/// Every register in every bank is what the log says, for every TPM that the demonstration has.
#[tokio::test]
async fn the_log_explains_every_register() {
    let bench = Bench::new();
    let mut kinds: Vec<_> = demo();
    kinds.dedup_by_key(|plan| (plan.ek == demo()[0].ek, plan.banks.clone(), plan.startup_locality));
    for plan in kinds {
        let mut host = bench.host(&plan).await;
        let condition = Condition::healthy(&plan);
        host.boot(&condition).await.unwrap();
        let registers = bench::registers(&host).await;
        let log = host.boot_log().unwrap();
        assert_eq!(registers.keys().copied().collect::<Vec<_>>(), plan.banks, "{}", plan.name);
        assert_eq!(registers, bench::explained(&host), "{}", plan.name);
        // No active bank was left out: an attacker could extend it with a log of his own.
        for (bank, registers) in &registers {
            for (index, register) in registers.iter().take(8).enumerate() {
                assert_ne!(register.as_bytes().iter().max(), Some(&0), "{bank:?} PCR {index}");
            }
        }
        let shown = host.sysroot().path().join("sys/kernel/security/tpm0/binary_bios_measurements");
        assert_eq!(std::fs::read(shown).unwrap(), log.to_bytes());
        host.switch_off().await.unwrap();
    }
}

/// Only the SHA-1 bank: chosen in the firmware setup, and back.
#[tokio::test]
async fn banks_can_be_switched_off_and_on() {
    let bench = Bench::new();
    let plan = plan("db-prod-01");
    let mut host = bench.host(&plan).await;
    let healthy = Condition::healthy(&plan);
    for banks in [vec![Bank::Sha1], healthy.banks.clone(), vec![Bank::Sha1, Bank::Sha512]] {
        host.boot(&Condition { banks: banks.clone(), ..healthy.clone() }).await.unwrap();
        let registers = bench::registers(&host).await;
        assert_eq!(registers.keys().copied().collect::<Vec<_>>(), banks);
        assert_eq!(registers, bench::explained(&host));
    }
    host.switch_off().await.unwrap();
}

/// A replaced boot loader is in PCR 4, where the log does not know it, and nowhere else.
#[tokio::test]
async fn a_replaced_boot_loader_shows_in_pcr_4() {
    let bench = Bench::new();
    let plan = plan("edge-fra-02");
    let mut host = bench.host(&plan).await;
    let choices = Choices { boot_loader: BootLoader::Replaced, ..Choices::DELIVERED };
    host.boot(&Condition { choices, ..Condition::healthy(&plan) }).await.unwrap();
    let claimed = bench::explained(&host);
    for (bank, registers) in bench::registers(&host).await {
        for (index, register) in registers.iter().enumerate() {
            assert_eq!(*register == claimed[&bank][index], index != 4, "{bank:?} PCR {index}");
        }
    }
    host.switch_off().await.unwrap();
}

/// Another command line is in PCR 8 and another initrd in PCR 9: in the TPM and in the log.
#[tokio::test]
async fn what_was_measured_truthfully_is_explained_by_the_log() {
    let bench = Bench::new();
    let plan = plan("edge-fra-01");
    let mut host = bench.host(&plan).await;
    host.boot(&Condition::healthy(&plan)).await.unwrap();
    let delivered = bench::registers(&host).await[&Bank::Sha256].clone();
    for (scenario, register) in
        [(Scenario::KernelCommandLineChanged, 8), (Scenario::InitrdChanged, 9)]
    {
        host.boot(&Condition::of(&plan, scenario)).await.unwrap();
        let measured = bench::registers(&host).await;
        assert_eq!(measured, bench::explained(&host), "{scenario}");
        let measured = &measured[&Bank::Sha256];
        let differ: Vec<_> = (0..24).filter(|&index| measured[index] != delivered[index]).collect();
        // GRUB logs the line that starts the kernel twice, both times in PCR 8. IMA's
        // boot_aggregate in PCR 10 is a hash over both registers.
        assert_eq!(differ, [register, 10], "{scenario}");
    }
    host.switch_off().await.unwrap();
}

/// Secure Boot shows in PCR 7, in the log and in the firmware variable.
#[tokio::test]
async fn secure_boot_shows_in_pcr_7() {
    let bench = Bench::new();
    let plan = plan("db-prod-02");
    let mut host = bench.host(&plan).await;
    let variable = host
        .sysroot()
        .path()
        .join("sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c");
    let mut seen = Vec::new();
    for secure_boot in [true, false] {
        let choices = Choices { secure_boot, ..Choices::DELIVERED };
        host.boot(&Condition { choices, ..Condition::healthy(&plan) }).await.unwrap();
        assert_eq!(std::fs::read(&variable).unwrap(), [6, 0, 0, 0, u8::from(secure_boot)]);
        seen.push(bench::registers(&host).await[&Bank::Sha256].clone());
    }
    let differ: Vec<_> = (0..24).filter(|&index| seen[0][index] != seen[1][index]).collect();
    // IMA's boot_aggregate is a hash over PCR 7, too.
    assert_eq!(differ, [7, 10]);
    host.switch_off().await.unwrap();
}

/// A reboot is one to the TPM, to the kernel, and to nothing that should outlast it.
#[tokio::test]
async fn a_reboot_is_counted() {
    let bench = Bench::new();
    let plan = plan("edge-fra-01");
    let mut host = bench.host(&plan).await;
    let file = |path: &str| std::fs::read_to_string(host.sysroot().path().join(path)).unwrap();
    let machine = file("etc/machine-id");
    let condition = Condition::healthy(&plan);

    host.boot(&condition).await.unwrap();
    let (first, address) = (host.clock().await.unwrap().unwrap(), host.bus().tcti());
    let boot =
        std::fs::read_to_string(host.sysroot().path().join("proc/sys/kernel/random/boot_id"));
    host.boot(&condition).await.unwrap();
    let second = host.clock().await.unwrap().unwrap();
    let file = |path: &str| std::fs::read_to_string(host.sysroot().path().join(path)).unwrap();
    assert_eq!(second.reset_count, first.reset_count + 1);
    assert!(first.safe && second.safe);
    assert_ne!(boot.unwrap(), file("proc/sys/kernel/random/boot_id"));
    assert_eq!(machine, file("etc/machine-id"));
    assert_eq!(host.bus().tcti(), address);
    host.switch_off().await.unwrap();
}

/// A TPM that was killed, not shut down, goes on with a safe clock above what it has said before.
#[tokio::test]
async fn a_power_failure_does_not_turn_the_clock_back() {
    let bench = Bench::new();
    let plan = plan("web-lyo-01");
    let mut host = bench.host(&plan).await;
    let condition = Condition::healthy(&plan);
    host.boot(&condition).await.unwrap();
    // Longer than libtpms takes to call the clock safe: then it could be safe and too low.
    let first = host.clock().await.unwrap().unwrap();
    let mut before = first;
    while before.powered_ms < first.powered_ms + 4600 {
        before = host.clock().await.unwrap().unwrap();
    }
    bench::kill(host.tpm().unwrap().pid().unwrap());
    assert_eq!(host.failure().await, trustboard_simulator::Failure::Tpm);
    host.boot(&condition).await.unwrap();
    let after = host.clock().await.unwrap().unwrap();
    assert!(after.safe);
    assert_eq!(after.reset_count, before.reset_count + 1);
    assert!(after.powered_ms > before.powered_ms, "{before:?} {after:?}");
    assert_eq!(bench::registers(&host).await, bench::explained(&host));
    host.switch_off().await.unwrap();
}

/// A host without TPM shows no trace of one; one with a TPM shows its interface.
#[tokio::test]
async fn a_board_without_tpm_shows_none() {
    let bench = Bench::new();
    let plan = plan("lab-lyo-01");
    let mut host = bench.host(&plan).await;
    let healthy = Condition::healthy(&plan);
    let class = host.sysroot().path().join("sys/class/tpm");
    let log = host.sysroot().path().join("sys/kernel/security/tpm0");
    host.boot(&healthy).await.unwrap();
    let driver = std::fs::read_link(class.join("tpm0/device/driver")).unwrap();
    assert!(driver.ends_with("tpm_crb"), "{}", driver.display());
    assert!(log.exists());
    host.boot(&Condition { chip: None, ..healthy }).await.unwrap();
    assert!(host.tpm().is_none() && !class.exists() && !log.exists());
}

/// The spare TPM is another one.
#[tokio::test]
async fn the_spare_tpm_has_another_key() {
    let bench = Bench::new();
    let plan = plan("db-prod-03");
    let mut host = bench.host(&plan).await;
    let mut keys = Vec::new();
    for chip in [Chip::First, Chip::Spare, Chip::First] {
        host.boot(&Condition { chip: Some(chip), ..Condition::healthy(&plan) }).await.unwrap();
        let mut channel = host.tpm().unwrap().channel().await.unwrap();
        keys.push(channel.ecc_endorsement_point().await.unwrap());
    }
    assert_ne!(keys[0], keys[1]);
    assert_eq!(keys[0], keys[2]);
    host.switch_off().await.unwrap();
}
