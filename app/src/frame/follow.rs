//! Keeps the tree live on pages that show no single datacenter.

use std::time::Duration;

use leptos::prelude::*;
use trustboard_model::event::EventSeq;
use trustboard_model::view::LiveHint;

use super::TreeReload;
use crate::live::{self, LiveState, Start};

/// How long hints are gathered before the inventory is read again.
const GATHER: Duration = Duration::from_secs(1);

/// Reads the tree again when something in it changed, and with it whatever follows the tree.
pub(crate) fn follow(then: impl Fn() + Copy + Send + Sync + 'static) {
    let (Some(state), Some(tree)) = (use_context::<LiveState>(), use_context::<TreeReload>())
    else {
        return;
    };
    let soon = live::gathered(GATHER, move || {
        tree.reload();
        then();
    });
    let hear = move |hint: LiveHint| match hint {
        LiveHint::Verified { .. } | LiveHint::VerifiedMany { .. } | LiveHint::Job { .. } => {}
        _ => soon(),
    };
    Effect::new(move |_| {
        live::listen(state, Start { datacenter: None, after: EventSeq(0) }, hear);
    });
}
