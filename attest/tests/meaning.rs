//! What events say: words that a digest covers, and words that stand beside the digest of
//! something else.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::Scene;
use support::boot::{self, AUTHORITY, Boot, BootEvent, VARIABLE};
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::meaning::meaning;
use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

const IPL: u32 = 0x0D;
const TAG: u32 = 0x06;
const APPLICATION: u32 = 0x8000_0003;
const BOOT_VARIABLE: u32 = 0x8000_0002;
const BOOT_VARIABLE_WHOLE: u32 = 0x8000_000C;

/// What one event says in the SHA-256 bank.
fn said_of(event: BootEvent) -> (Topic, Option<Said>) {
    let boot = Boot { events: vec![event], locality: None };
    let bytes = boot.log(&[HashAlg::Sha1, HashAlg::Sha256]);
    let log = EventLog::parse(&bytes).unwrap();
    meaning(&log.insecure_events()[1], HashAlg::Sha256)
}

/// An event whose digest is that of `hashed`.
fn event(pcr: u32, kind: u32, data: &[u8], hashed: &[u8]) -> BootEvent {
    BootEvent { hashed: hashed.to_vec(), ..BootEvent::new(pcr, kind, data) }
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn covered(topic: Topic, text: &str) -> (Topic, Option<Said>) {
    (topic, Some(Said::covered(text)))
}

fn untrusted(topic: Topic, text: &str) -> (Topic, Option<Said>) {
    (topic, Some(Said::untrusted(text)))
}

#[test]
fn words_of_grub_are_covered_in_the_documented_forms_only() {
    let command = |data: &[u8], hashed: &[u8]| said_of(event(8, IPL, data, hashed));
    let words = covered(Topic::LoaderCommand, "linux /vmlinuz");
    assert_eq!(command(b"grub_cmd: linux /vmlinuz\0", b"linux /vmlinuz"), words);
    assert_eq!(command(b"grub_cmd linux /vmlinuz\0", b"linux /vmlinuz\0"), words);
    let line = covered(Topic::KernelCommandLine, "/vmlinuz quiet");
    assert_eq!(command(b"kernel_cmdline: /vmlinuz quiet\0", b"/vmlinuz quiet"), line);
    assert_eq!(command(b"grub_kernel_cmdline /vmlinuz quiet\0", b"/vmlinuz quiet"), line);
    let untrusted = untrusted(Topic::LoaderCommand, "linux /vmlinuz");
    assert_eq!(command(b"grub_cmd: linux /vmlinuz\0", b"linux /vmlinuz\0"), untrusted);
    assert_eq!(command(b"grub_cmd: linux /vmlinuz\0", b"grub_cmd: linux /vmlinuz\0"), untrusted);
    let hidden = command(b"grub_cmd: linux\0 init=/bin/sh\0", b"linux\0 init=/bin/sh");
    assert!(!hidden.1.unwrap().covered);
}

#[test]
fn names_of_files_and_paths_of_images_are_anybodys_words() {
    let file = said_of(event(9, IPL, b"/boot/vmlinuz\0", b"the kernel"));
    assert_eq!(file, untrusted(Topic::Kernel, "/boot/vmlinuz"));
    let mut path = vec![4, 4, 0, 0];
    path.extend(wide("\\EFI\\debian\\shimx64.efi"));
    path[2] = u8::try_from(path.len()).unwrap();
    path.extend([0x7F, 0xFF, 4, 0]);
    let mut image = vec![0; 24];
    image.extend((path.len() as u64).to_le_bytes());
    image.extend(path);
    let shim = said_of(event(4, APPLICATION, &image, b"the image"));
    assert_eq!(shim, untrusted(Topic::BootLoader, "\\EFI\\debian\\shimx64.efi"));
    let mok = said_of(event(14, IPL, b"MokList\0", b"some list"));
    assert_eq!(mok, untrusted(Topic::Mok, "MokList"));
    let disabled = said_of(event(14, IPL, b"MokSBState\0", &[1]));
    assert_eq!(disabled, untrusted(Topic::Mok, "MokSBState=01"));
}

#[test]
fn a_unified_kernel_images_sections_are_named_by_one_event_and_measured_by_the_next() {
    let name = said_of(event(11, IPL, &wide(".linux"), b".linux\0"));
    assert_eq!(name, covered(Topic::UkiSection, ".linux"));
    let content = said_of(event(11, IPL, &wide(".linux"), b"the kernel"));
    assert_eq!(content, untrusted(Topic::UkiSection, ".linux"));
    let line = wide("root=/dev/sda1 quiet");
    let command_line = said_of(event(12, IPL, &line, &line));
    assert_eq!(command_line, covered(Topic::KernelCommandLine, "root=/dev/sda1 quiet"));
    let credentials = said_of(event(12, IPL, &wide("Credentials initrd"), b"an archive"));
    assert_eq!(credentials, untrusted(Topic::Initrd, "Credentials initrd"));
    // Older stubs use PCR 8 and log one byte less than they measure.
    let old = said_of(event(8, IPL, &line[..line.len() - 1], &line));
    assert_eq!(old, covered(Topic::KernelCommandLine, "root=/dev/sda1 quiet"));
}

#[test]
fn the_kernels_stub_names_what_it_measures_by_tag() {
    let tagged = |tag: u32, words: &[u8]| {
        let size = u32::try_from(words.len()).unwrap();
        let data = [&tag.to_le_bytes()[..], &size.to_le_bytes(), words].concat();
        said_of(event(9, TAG, &data, b"what it measures"))
    };
    let initrd = tagged(0x8F3B_22EC, b"Linux initrd\0");
    assert_eq!(initrd, untrusted(Topic::Initrd, "Linux initrd"));
    let line = tagged(0x8F3B_22ED, b"LOADED_IMAGE::LoadOptions\0");
    assert_eq!(line, untrusted(Topic::KernelCommandLine, "LOADED_IMAGE::LoadOptions"));
}

#[test]
fn a_boot_options_name_is_covered_only_where_the_digest_is_that_of_the_whole() {
    let option = [&[1, 0, 0, 0, 4, 0][..], &wide("debian"), &[0x7F, 0xFF, 4, 0]].concat();
    let variable = boot::variable(boot::GLOBAL, "Boot0001", &option);
    let content = said_of(event(1, BOOT_VARIABLE, &variable, &option));
    assert_eq!(content, covered(Topic::BootOption, "debian,"));
    let whole = said_of(event(1, BOOT_VARIABLE_WHOLE, &variable, &variable));
    assert_eq!(whole, covered(Topic::BootOption, "Boot0001: debian,"));
    let neither = said_of(event(1, BOOT_VARIABLE, &variable, b"another"));
    assert_eq!(neither, untrusted(Topic::BootOption, "Boot0001: debian,"));
    let order = boot::variable(boot::GLOBAL, "BootOrder", &[1, 0, 0x0A, 0]);
    let order = said_of(event(1, BOOT_VARIABLE, &order, &[1, 0, 0x0A, 0]));
    assert_eq!(order, covered(Topic::BootOption, "Boot0001, Boot000A"));
}

#[test]
fn variables_of_secure_boot_and_what_shim_says_read_as_their_content() {
    let sbat = boot::variable(boot::SHIM, "SbatLevel", b"sbat,1,2025021800\nshim,4\n");
    let level = said_of(BootEvent::new(7, AUTHORITY, &sbat));
    assert_eq!(level, covered(Topic::Sbat, "sbat,1,2025021800; shim,4"));
    let state = boot::variable(boot::SHIM, "MokSBState", &[1]);
    let state = said_of(BootEvent::new(7, AUTHORITY, &state));
    assert_eq!(state, covered(Topic::Mok, "MokSBState=01"));
    let on = boot::variable(boot::GLOBAL, "SecureBoot", &[1]);
    let forged = said_of(event(7, VARIABLE, &on, b"something else"));
    assert_eq!(forged, untrusted(Topic::SecureBootVariable, "SecureBoot=01"));
    assert_eq!(said_of(BootEvent::new(7, VARIABLE, b"short")), (Topic::SecureBootVariable, None));
}

#[test]
fn hostile_words_are_bounded_and_clean() {
    let long = [&b"grub_cmd: \x1b[31m"[..], &[b'x'; 4000], &[0]].concat();
    let (_, said) = said_of(event(8, IPL, &long, &long[10..long.len() - 1]));
    let said = said.unwrap();
    assert!(said.text.len() <= 512 && !said.text.contains('\u{1b}'), "{}", said.text);
}

/// What an appraisal of a boot that ends with these events says was booted of their topics.
fn booted_with(events: Vec<BootEvent>) -> Vec<(Topic, Option<Said>)> {
    let mut scene = Scene::genuine();
    scene.boot.events.extend(events);
    let booted = scene.appraise().booted;
    booted.into_iter().map(|item| (item.topic, item.said)).collect()
}

#[test]
fn only_what_explains_quoted_registers_was_booted() {
    let mut scene = Scene::genuine();
    let line = b"kernel_cmdline: /vmlinuz quiet";
    scene.boot.events.push(event(8, IPL, line, &line[16..]));
    let said = |scene: &Scene| {
        let booted = scene.appraise().booted;
        booted.into_iter().filter(|item| item.topic == Topic::KernelCommandLine).count()
    };
    assert_eq!(said(&scene), 1);
    scene.later = vec![(8, b"something that the log does not have".to_vec())];
    assert_eq!(said(&scene), 0);
}

#[test]
fn a_section_of_a_unified_kernel_image_is_one_item_with_the_digest_of_its_content() {
    let name = event(11, IPL, &wide(".linux"), b".linux\0");
    let content = event(11, IPL, &wide(".linux"), b"the kernel");
    let other = event(11, IPL, &wide(".initrd"), b"content whose name was not measured");
    let items = booted_with(vec![name, content, other]);
    let sections: Vec<_> = items.iter().filter(|item| item.0 == Topic::UkiSection).collect();
    assert_eq!(sections, [&covered(Topic::UkiSection, ".linux"), &(Topic::UkiSection, None)]);
}

#[test]
fn a_command_line_that_is_measured_by_its_digest_alone_is_known_from_the_boot_loaders_words() {
    let mut tag = 0x8F3B_22ED_u32.to_le_bytes().to_vec();
    tag.extend([4, 0, 0, 0]);
    tag.extend(b"LOA\0");
    let chained = b"grub_cmd: chainloader /vmlinuz initrd=/i quiet";
    let chained = event(8, IPL, chained, &chained[10..]);
    let measured = event(9, TAG, &tag, &wide("initrd=/i quiet"));
    let items = booted_with(vec![chained.clone(), measured]);
    assert_eq!(items.last(), Some(&covered(Topic::KernelCommandLine, "initrd=/i quiet")));
    let other = event(9, TAG, &tag, &wide("initrd=/i quiet init=/bin/sh"));
    let items = booted_with(vec![chained, other]);
    assert_eq!(items.last(), Some(&untrusted(Topic::KernelCommandLine, "LOA")));
}

#[test]
fn a_log_of_thousands_of_loads_tells_a_bounded_number() {
    let load = |number: usize| {
        let words = format!("grub_cmd: linux /vmlinuz-{number}");
        event(8, IPL, words.as_bytes(), &words.as_bytes()[10..])
    };
    let items = booted_with((0..3000).map(load).collect());
    let loads = items.iter().filter(|item| item.0 == Topic::LoaderCommand).count();
    assert_eq!(loads, 40);
}
