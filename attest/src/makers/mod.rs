//! Roots and intermediates of trusted TPM makers.

mod file;
mod known;
mod paths;
mod pkcs7;
mod signed_lists;
mod sound;
mod stored;

use trustboard_model::digest::Sha256;

use self::paths::{Paths, Place};
use self::signed_lists::SignedLists;
use crate::endorsement::{Certificate, Name, RevocationList};
use crate::{Error, budget};

pub use file::{FileItem, Usable, read_makers_file};
pub use known::{KnownRoot, known_root};
pub(crate) use stored::StoredMakers;

/// The certificates that an EK certificate may chain to. Only roots are trusted; intermediates
/// only help to build a path.
#[derive(Debug, Clone, Default)]
pub struct Makers {
    roots: Vec<Certificate>,
    intermediates: Vec<Certificate>,
    /// Certificates that count for nothing, so that a refusal can name them.
    idle: Vec<(Certificate, Idle)>,
    revocation_lists: Vec<RevocationList>,
    paths: Paths,
    signed_lists: SignedLists,
}

/// Why a certificate that is on record counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Nobody has confirmed it yet.
    Awaiting,
    /// An operator said that it must not count.
    Distrusted,
}

/// A file of certificates that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("certificate {index}: {problem}")]
pub struct MakersError {
    /// Which certificate of the file, from 1.
    pub index: usize,
    /// What is wrong with it.
    pub problem: String,
}

impl Makers {
    /// Adds every certificate of a PEM, DER or PKCS #7 file: self-signed ones as roots, others as
    /// intermediates; and the makers' revocation lists. Gives how many were added. A file with an
    /// error adds nothing.
    pub fn add(&mut self, file: &[u8]) -> Result<usize, MakersError> {
        let refuse = |index: usize, problem: String| MakersError { index, problem };
        let items = read_makers_file(file);
        let mut added = self.clone();
        for (index, item) in (1..).zip(&items) {
            match item {
                FileItem::Certificate(found) if found.certificate.is_self_signed() => {
                    added.trust(found.certificate.clone());
                }
                FileItem::Certificate(found) => added.follow(found.certificate.clone()),
                FileItem::RevocationList(list) => added.add_revocation_list((**list).clone()),
                FileItem::Refused { problem, .. } => {
                    return Err(refuse(index, problem.to_string()));
                }
            }
            if added.len() > budget::MAKERS_ITEMS {
                return Err(refuse(index, format!("more than {} items", budget::MAKERS_ITEMS)));
            }
        }
        *self = added;
        Ok(items.len())
    }

    /// Lets chains end with this certificate, whoever signed it (RFC 5280, 6.1.1 d).
    pub fn trust(&mut self, certificate: Certificate) {
        self.roots.push(certificate);
        self.forget_found();
    }

    /// Lets this certificate help to build chains.
    pub fn follow(&mut self, certificate: Certificate) {
        self.intermediates.push(certificate);
        self.forget_found();
    }

    /// Remembers a certificate that counts for nothing.
    pub fn set_aside(&mut self, certificate: Certificate, why: Idle) {
        self.idle.push((certificate, why));
    }

    /// Adds a maker's revocation list. It counts only for certificates of whoever signed it.
    pub fn add_revocation_list(&mut self, list: RevocationList) {
        self.revocation_lists.push(list);
        self.forget_found();
    }

    fn forget_found(&mut self) {
        self.paths = Paths::default();
        self.signed_lists = SignedLists::default();
    }

    /// SHA-256 over everything in it: other makers have another one.
    pub fn digest(&self) -> Sha256 {
        StoredMakers::of(self).digest()
    }

    /// Everything in it as bytes that [`Makers::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        StoredMakers::of(self).write()
    }

    /// What [`Makers::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        StoredMakers::parse(bytes)?.read()
    }

    /// Whether the issuer of `list` is here and signed it.
    pub fn vouches_for(&self, list: &RevocationList) -> bool {
        let mut issuers = self.candidates(&list.issuer);
        issuers.any(|(issuer, _)| list.is_signed_by(&issuer.key))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty() && self.intermediates.is_empty()
    }

    fn len(&self) -> usize {
        self.roots.len() + self.intermediates.len() + self.revocation_lists.len()
    }

    /// The certificates of this name, roots first, and whether each is a root.
    pub(crate) fn candidates<'m>(
        &'m self,
        name: &'m Name,
    ) -> impl Iterator<Item = (&'m Certificate, bool)> {
        let roots = self.roots.iter().map(|certificate| (certificate, true));
        let others = self.intermediates.iter().map(|certificate| (certificate, false));
        roots.chain(others).filter(|(certificate, _)| certificate.subject.matches(name))
    }

    /// The issuers of an EK certificate, up to a root, if they were found before.
    pub(crate) fn remembered_path(&self, leaf: &Sha256) -> Option<Vec<&Certificate>> {
        let at = |place: &Place| match *place {
            Place::Root(index) => self.roots.get(index),
            Place::Intermediate(index) => self.intermediates.get(index),
        };
        self.paths.get(leaf)?.iter().map(at).collect()
    }

    /// Remembers the issuers of an EK certificate; they are certificates of these makers.
    pub(crate) fn remember_path(&self, leaf: Sha256, issuers: &[&Certificate]) {
        if let Some(path) = issuers.iter().map(|issuer| self.place(issuer)).collect() {
            self.paths.put(leaf, path);
        }
    }

    /// Where a certificate of these makers stands.
    fn place(&self, one: &Certificate) -> Option<Place> {
        let among = |all: &[Certificate]| all.iter().position(|other| std::ptr::eq(other, one));
        let root = among(&self.roots).map(Place::Root);
        root.or_else(|| among(&self.intermediates).map(Place::Intermediate))
    }

    /// Why a certificate of this name counts for nothing, if there is one.
    pub(crate) fn idle(&self, name: &Name) -> Option<Idle> {
        let mut named = self.idle.iter().filter(|(found, _)| found.subject.matches(name));
        named.next().map(|(_, why)| *why)
    }

    /// A root whose organisation is one of this name's: the same maker, as both say.
    pub(crate) fn root_of_maker(&self, name: &Name) -> Option<&Certificate> {
        self.roots.iter().find(|root| root.subject.shares_organisation(name))
    }

    /// The newest revocation list that this issuer signed.
    pub(crate) fn revocation_list(&self, issuer: &Certificate) -> Option<&RevocationList> {
        let find = || {
            let signed = |list: &RevocationList| {
                list.issuer.matches(&issuer.subject) && list.is_signed_by(&issuer.key)
            };
            let lists = self.revocation_lists.iter().enumerate();
            lists.filter(|(_, l)| signed(l)).max_by_key(|(_, l)| l.this_update).map(|(at, _)| at)
        };
        let found = match self.place(issuer) {
            Some(place) => self.signed_lists.of(place, find),
            None => find(),
        };
        self.revocation_lists.get(found?)
    }
}
