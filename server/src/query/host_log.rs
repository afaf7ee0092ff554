//! The event log that a host's latest appraisal replayed, page by page.

use std::collections::BTreeSet;

use trustboard_attest::eventlog::{Event, EventLog};
use trustboard_attest::meaning::meaning;
use trustboard_model::appraisal::Report;
use trustboard_model::comparison::{Change, Comparison};
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::id::HostId;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{EventLogPage, LogEntry, LogFilter, Viewer};

use super::host::seen;
use crate::ctx::{Ctx, Halt};

/// A page of the log. Not found if there is none, or if it cannot be read.
pub async fn host_log(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    filter: LogFilter,
) -> Result<EventLogPage, Refusal> {
    let missing = || Refusal::not_found("event log");
    let (report, bytes) = ctx.answer(find(ctx, viewer, host).await)?.ok_or_else(missing)?;
    let page = tokio::task::spawn_blocking(move || page(&report, &bytes, filter)).await;
    page.ok().flatten().ok_or_else(missing)
}

async fn find(ctx: &Ctx, viewer: &Viewer, host: HostId) -> Result<Option<(Report, Vec<u8>)>, Halt> {
    let mut read = ctx.read().await?;
    let record = seen(&mut read, viewer, host).await?;
    let Some(attested) = record.attested else { return Ok(None) };
    let report = read.report(attested.appraisal).await?;
    let Some(digest) = report.log_digest else { return Ok(None) };
    Ok(read.event_log(digest).await?.map(|bytes| (report, bytes)))
}

fn page(report: &Report, bytes: &[u8], filter: LogFilter) -> Option<EventLogPage> {
    let log = EventLog::parse(bytes).ok()?;
    let bank = bank_of(report, &log);
    let differing = differing(report);
    let registers: BTreeSet<PcrIndex> =
        log.insecure_events().iter().filter_map(|event| register(event)).collect();
    let matching: Vec<&Event<'_>> = log
        .insecure_events()
        .iter()
        .filter(|event| {
            filter.pcr.is_none_or(|pcr| u32::from(u8::from(pcr)) == event.pcr)
                && (!filter.differing || differing.contains(&event.number))
        })
        .collect();
    let total = u32::try_from(matching.len()).unwrap_or(u32::MAX);
    let page = filter.page.max(1);
    let size = usize::try_from(EventLogPage::SIZE).unwrap_or(usize::MAX);
    let skipped = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(size);
    let entries = matching.into_iter().skip(skipped).take(size).filter_map(|event| {
        let (topic, said) = meaning(event, bank);
        Some(LogEntry {
            number: event.number,
            pcr: register(event)?,
            kind: event.event_type.to_string(),
            topic,
            digest: event
                .digest(bank)
                .filter(|_| event.extends())
                .and_then(|digest| Digest::new(bank, digest.to_vec()).ok()),
            said,
            differs: differing.contains(&event.number),
        })
    });
    Some(EventLogPage {
        entries: entries.collect(),
        total,
        page,
        registers: registers.into_iter().collect(),
    })
}

fn register(event: &Event<'_>) -> Option<PcrIndex> {
    PcrIndex::try_from(u8::try_from(event.pcr).ok()?).ok()
}

/// The bank that the appraisal judged by, or else the strongest usual one of the log.
fn bank_of(report: &Report, log: &EventLog<'_>) -> HashAlg {
    let judged = report.pcrs.first().map(|row| row.bank);
    let usual = [HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512, HashAlg::Sha1];
    judged
        .into_iter()
        .chain(usual)
        .find(|bank| log.banks().contains(bank))
        .unwrap_or(HashAlg::Sha256)
}

/// The numbers of the events that the closest approved configuration does not have so.
fn differing(report: &Report) -> BTreeSet<u32> {
    let Some(Comparison::Differs { differences, .. }) = &report.comparison else {
        return BTreeSet::new();
    };
    differences
        .iter()
        .filter_map(|difference| match &difference.change {
            Change::Changed { found, .. } | Change::Added { found } => Some(found.event),
            Change::Missing { .. } | Change::Value { .. } => None,
        })
        .collect()
}
