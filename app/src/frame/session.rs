//! Who looks, as the server knew when it wrote the page.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::role::Role;
use trustboard_model::view::{Advisories, Viewer};

use crate::change::Change;
use crate::display::Display;
use crate::notice::Notice;

/// Who looks, and what the page should greet them with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Session {
    /// Who is signed in, if anybody.
    pub viewer: Option<Viewer>,
    /// How the reader wants pages to look and listen.
    pub display: Display,
    /// What stands above every page.
    pub advisories: Advisories,
    /// What became of the form that led here.
    pub notice: Option<Notice>,
    /// What became of the change that led here.
    pub change: Option<Change>,
}

/// The session of the request that is being answered.
#[cfg(feature = "ssr")]
pub(crate) fn of_request() -> Session {
    Session {
        viewer: crate::backend::viewer(),
        display: crate::display::chosen(),
        advisories: crate::backend::advisories_at_request(),
        notice: crate::notice::take(),
        change: crate::change::take(),
    }
}

/// The session, in the context of every page.
#[derive(Clone, Copy)]
pub(crate) struct SessionHandle(RwSignal<Session>);

impl SessionHandle {
    /// A handle on this session.
    pub(crate) fn new(session: Session) -> Self {
        Self(RwSignal::new(session))
    }

    /// The session of this page; nobody's, if there is none.
    pub(crate) fn use_here() -> Self {
        use_context().unwrap_or_else(|| Self::new(Session::default()))
    }

    /// Who is signed in.
    pub(crate) fn viewer(self) -> Option<Viewer> {
        self.0.with_untracked(|session| session.viewer.clone())
    }

    /// Whether they may do in a datacenter what needs `needs`.
    pub(crate) fn may(self, needs: Role, datacenter: DatacenterId) -> bool {
        self.asks(|viewer| viewer.may(needs, datacenter))
    }

    /// Whether they may do what needs `needs` everywhere: what belongs to no datacenter.
    pub(crate) fn may_everywhere(self, needs: Role) -> bool {
        self.asks(|viewer| viewer.may_everywhere(needs))
    }

    /// Whether there is a datacenter in which they may do what needs `needs`.
    pub(crate) fn may_somewhere(self, needs: Role) -> bool {
        self.asks(|viewer| viewer.may_somewhere(needs))
    }

    fn asks(self, question: impl FnOnce(&Viewer) -> bool) -> bool {
        self.0.with(|session| session.viewer.as_ref().is_some_and(question))
    }

    /// How the reader wants pages to look and listen.
    pub(crate) fn display(self) -> Display {
        self.0.with(|session| session.display)
    }

    /// What stood above every page when the server wrote this one.
    pub(crate) fn advisories(self) -> Advisories {
        self.0.with_untracked(|session| session.advisories)
    }

    /// Notes other choices.
    pub(crate) fn set_display(self, display: Display) {
        self.0.update(|session| session.display = display);
    }

    /// What became of the last form, if it was about this host.
    pub(crate) fn notice_about(self, host: HostId) -> Option<Notice> {
        let about = |notice: &Notice| notice.host == host;
        self.0.with_untracked(|session| session.notice.clone().filter(about))
    }

    /// What became of the last change.
    pub(crate) fn change(self) -> Option<Change> {
        self.0.with_untracked(|session| session.change.clone())
    }

    /// What was typed into a field of a form that was refused.
    pub(crate) fn typed(self, form: &str, field: &str) -> Option<String> {
        self.change()?.typed(form, field).map(str::to_owned)
    }

    /// Forgets both.
    pub(crate) fn forget_notice(self) {
        self.0.update_untracked(|session| {
            session.notice = None;
            session.change = None;
        });
    }
}
