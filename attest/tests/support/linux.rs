//! A host that boots Linux with GRUB.

use trustboard_model::pcr::PcrIndex;

use super::Scene;
use super::boot::BootEvent;

const IPL: u32 = 0x0D;
/// The kernel's command line.
pub const LINE: &str = "/vmlinuz-6.1.0-27-amd64 root=/dev/sda1 ro quiet";

pub fn pcr(index: u8) -> PcrIndex {
    PcrIndex::try_from(index).unwrap()
}

/// A line as GRUB measures it: the digest is that of the words behind the prefix.
pub fn grub(prefix: &str, words: &str) -> BootEvent {
    let mut event = BootEvent::new(8, IPL, format!("{prefix}{words}\0").as_bytes());
    event.hashed = words.as_bytes().to_vec();
    event
}

/// A host that boots a kernel with GRUB, in the middle of fifty commands.
pub fn linux() -> Scene {
    let mut scene = Scene::genuine();
    let commands =
        |from: usize| (from..from + 25).map(|n| grub("grub_cmd: ", &format!("set n={n}")));
    scene.boot.events.extend(commands(0));
    scene.boot.events.push(grub("grub_cmd: ", &format!("linux {LINE}")));
    scene.boot.events.push(grub("kernel_cmdline: ", LINE));
    scene.boot.events.extend(commands(25));
    scene.approve();
    scene
}

/// The event of the kernel's command line.
pub fn command_line(scene: &mut Scene) -> &mut BootEvent {
    let prefix = b"kernel_cmdline: ";
    scene.boot.events.iter_mut().find(|event| event.data.starts_with(prefix)).unwrap()
}
