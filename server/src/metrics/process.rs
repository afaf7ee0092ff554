//! What Linux says of this process, under the names that Prometheus' own clients use.

use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

/// Registers what can be read of `/proc/self`; what cannot is left out.
pub(super) fn register(all: &mut Registry) {
    if let Some(seconds) = processor_s() {
        let counter = Counter::<f64, AtomicU64>::default();
        counter.inc_by(seconds);
        all.register_with_unit(
            "process_cpu",
            "Processor time of the server",
            Unit::Seconds,
            counter,
        );
    }
    if let Some(bytes) = resident_bytes() {
        let gauge = Gauge::<i64>::default();
        gauge.set(bytes);
        let help = "Memory of the server that is in use";
        all.register_with_unit("process_resident_memory", help, Unit::Bytes, gauge);
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        let gauge = Gauge::<i64>::default();
        gauge.set(i64::try_from(files.count()).unwrap_or(i64::MAX));
        all.register("process_open_fds", "Open files and connections of the server", gauge);
    }
}

/// User and system time: the fields 14 and 15 of `/proc/self/stat` (proc(5)), in ticks.
fn processor_s() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, which may hold anything, ends with the last bracket; the third field follows.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let ticks: u32 =
        fields.next()?.parse::<u32>().ok()?.checked_add(fields.next()?.parse().ok()?)?;
    let per_second = u32::try_from(rustix::param::clock_ticks_per_second()).ok()?;
    Some(f64::from(ticks) / f64::from(per_second.max(1)))
}

fn resident_bytes() -> Option<i64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: i64 = statm.split_whitespace().nth(1)?.parse().ok()?;
    pages.checked_mul(i64::try_from(rustix::param::page_size()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_has_used_something() {
        assert!(processor_s().unwrap() >= 0.0);
        assert!(resident_bytes().unwrap() > 1024 * 1024);
    }
}
