//! Takes out of the wasm what is never called, but stands in tables that could call it.
//!
//! Every view that Leptos erases brings ways of being taken over by a page that no page of ours
//! uses: waiting in between (all that a page needs is loaded before it is taken over, see
//! `trustboard_app::load`), and from templates. The linker cannot know. Here their bodies become
//! traps and their relocations go, so that what only they need is needed by nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context as _, Result, bail};
use wasm_encoder::{Encode as _, Module, RawSection};
use wasmparser::{
    BinaryReader, KnownCustom, Name, Parser, Payload, RelocAddendKind, RelocSectionReader, TypeRef,
};

/// Parts of the mangled names of what is never called.
const NEVER_CALLED: [&str; 2] =
    ["8into_any13hydrate_async17h", "13into_any_attr21hydrate_from_template17h"];

/// The section with the relocations of the code.
const RELOCATIONS: &str = "reloc.CODE";

/// The wasm without them, and how many there were.
pub fn prune(wasm: &[u8]) -> Result<(Vec<u8>, usize)> {
    let code = Code::read(wasm)?;
    let pruned: Vec<_> = code.never_called().collect();
    if pruned.is_empty() {
        bail!("nothing is named like {NEVER_CALLED:?}: has the way of naming changed?");
    }
    let mut changed = wasm.to_vec();
    for body in &pruned {
        trap(changed.get_mut(within(body)?).context("a body beyond the end")?)?;
    }
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let kept = match &payload {
            Payload::CustomSection(section) if section.name() == RELOCATIONS => {
                relocations(section.data_offset(), section.data(), &code, &pruned)?
            }
            _ => None,
        };
        let Some((id, range)) = payload.as_section() else { continue };
        let range = within(&range)?;
        let data = kept.as_deref().or_else(|| changed.get(range)).context("a section")?;
        module.section(&RawSection { id, data });
    }
    Ok((module.finish(), pruned.len()))
}

fn within(range: &Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

/// Where the code is, and what its functions are called.
#[derive(Default)]
struct Code {
    imported: u32,
    start: u64,
    bodies: Vec<Range<u64>>,
    /// The numbers of the functions that are never called.
    named: BTreeSet<u32>,
}

impl Code {
    fn read(wasm: &[u8]) -> Result<Self> {
        let mut code = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let function =
                            matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                        code.imported += u32::from(function);
                    }
                }
                Payload::CodeSectionStart { range, .. } => code.start = range.start,
                Payload::CodeSectionEntry(body) => code.bodies.push(body.range()),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        for subsection in names {
                            let Name::Function(functions) = subsection? else { continue };
                            for function in functions {
                                let function = function?;
                                if NEVER_CALLED.iter().any(|part| function.name.contains(part)) {
                                    code.named.insert(function.index);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(code)
    }

    fn never_called(&self) -> impl Iterator<Item = Range<u64>> + '_ {
        self.named.iter().filter_map(|number| {
            let defined = usize::try_from(number.checked_sub(self.imported)?).ok()?;
            self.bodies.get(defined).cloned()
        })
    }
}

/// No locals, `unreachable`, `nop` as often as there is room, `end`.
fn trap(body: &mut [u8]) -> Result<()> {
    body.fill(0x01);
    let [locals, first, .., end] = body else { bail!("a body without room for a trap") };
    (*locals, *first, *end) = (0x00, 0x00, 0x0b);
    Ok(())
}

/// The relocations without those in the bodies.
fn relocations(
    at: u64,
    data: &[u8],
    code: &Code,
    pruned: &[Range<u64>],
) -> Result<Option<Vec<u8>>> {
    let reader = RelocSectionReader::new(BinaryReader::new(data, at))?;
    let section = reader.section_index();
    let mut kept = Vec::new();
    for entry in reader.entries() {
        let entry = entry?;
        let place = code.start + u64::from(entry.offset);
        if !pruned.iter().any(|body| body.contains(&place)) {
            kept.push(entry);
        }
    }
    // As a custom section holds it: its name first.
    let mut made = Vec::new();
    RELOCATIONS.encode(&mut made);
    section.encode(&mut made);
    u32::try_from(kept.len())?.encode(&mut made);
    for entry in kept {
        made.push(entry.ty as u8);
        entry.offset.encode(&mut made);
        entry.index.encode(&mut made);
        if entry.ty.addend_kind() != RelocAddendKind::None {
            entry.addend.encode(&mut made);
        }
    }
    Ok(Some(made))
}
