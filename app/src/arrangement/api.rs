//! Server functions of the inventory's arrangement. Each is the action of a plain form, which is led
//! on to a page that says what became of it.

use leptos::prelude::*;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::view::{Arrange, Arranged, DatacenterSettings, Impact};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{ArrangementHandle, ask_of};
#[cfg(feature = "ssr")]
use trustboard_model::refusal::Refusal;

/// The Configuration tab of a datacenter.
#[server(prefix = "/api/ui", endpoint = "datacenter-settings", input = PostText, output = PostText)]
pub async fn read_settings(
    /// The datacenter.
    datacenter: DatacenterId,
) -> Result<DatacenterSettings, Failure> {
    ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.datacenter_settings(&viewer, datacenter).await
    })
    .await
}

/// What an action would do to the hosts' verdicts.
#[server(prefix = "/api/ui", endpoint = "arrange-impact", input = PostText, output = PostText)]
pub async fn read_impact(
    /// The action.
    action: Arrange,
) -> Result<Impact, Failure> {
    ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.arrange_impact(&viewer, action).await
    })
    .await
}

/// Makes a datacenter.
#[server(prefix = "/api/ui", endpoint = "create-datacenter", output = PostText)]
pub async fn create_datacenter(
    /// Its name.
    #[server(default)]
    name: String,
    /// The page to go on with; its Configuration tab without one.
    #[server(default)]
    then: String,
) -> Result<Arranged, Failure> {
    let typed = vec![("name".to_owned(), name.clone())];
    let page =
        |done: &Arranged| done.datacenter.map(|id| format!("/datacenters/{id}/configuration"));
    arrange("create-datacenter", typed, Ok(Arrange::CreateDatacenter { name }), |done| {
        own_page(then).or_else(|| page(done))
    })
    .await
}

/// Gives a datacenter another name.
#[server(prefix = "/api/ui", endpoint = "rename-datacenter", output = PostText)]
pub async fn rename_datacenter(
    /// Which.
    id: DatacenterId,
    /// What it was called on the page.
    seen: String,
    /// Its new name.
    #[server(default)]
    name: String,
) -> Result<Arranged, Failure> {
    let typed = vec![("name".to_owned(), name.clone())];
    let action = Arrange::RenameDatacenter { id, seen, name };
    arrange("rename-datacenter", typed, Ok(action), |_| None).await
}

/// Deletes an empty datacenter.
#[server(prefix = "/api/ui", endpoint = "delete-datacenter", output = PostText)]
pub async fn delete_datacenter(
    /// Which.
    id: DatacenterId,
) -> Result<Arranged, Failure> {
    let action = Arrange::DeleteDatacenter { id };
    arrange("delete-datacenter", Vec::new(), Ok(action), |_| Some("/".to_owned())).await
}

/// Makes a cluster.
#[server(prefix = "/api/ui", endpoint = "create-cluster", output = PostText)]
pub async fn create_cluster(
    /// Its datacenter.
    datacenter: DatacenterId,
    /// Its name.
    #[server(default)]
    name: String,
    /// The code of the policy that it begins with.
    profile: String,
    /// The page to go on with; the one of the form without one.
    #[server(default)]
    then: String,
) -> Result<Arranged, Failure> {
    use trustboard_model::policy::Profile;

    let typed = vec![("name".to_owned(), name.clone()), ("profile".to_owned(), profile.clone())];
    let profile = Profile::from_code(&profile)
        .ok_or_else(|| Refusal::invalid("profile", "there is no such policy"));
    let action = profile.map(|profile| Arrange::CreateCluster { datacenter, name, profile });
    arrange("create-cluster", typed, action, |_| own_page(then)).await
}

/// Gives a cluster another name.
#[server(prefix = "/api/ui", endpoint = "rename-cluster", output = PostText)]
pub async fn rename_cluster(
    /// Which.
    id: ClusterId,
    /// What it was called on the page.
    seen: String,
    /// Its new name.
    #[server(default)]
    name: String,
) -> Result<Arranged, Failure> {
    let form = format!("rename-{id}");
    let typed = vec![("name".to_owned(), name.clone())];
    arrange(&form, typed, Ok(Arrange::RenameCluster { id, seen, name }), |_| None).await
}

/// Moves a cluster to another datacenter.
#[server(prefix = "/api/ui", endpoint = "move-cluster", output = PostText)]
pub async fn move_cluster(
    /// Which.
    id: ClusterId,
    /// Where it was on the page.
    from: DatacenterId,
    /// Where it goes.
    to: DatacenterId,
) -> Result<Arranged, Failure> {
    let action = Arrange::MoveCluster { id, from, to };
    let page = format!("/datacenters/{to}/configuration");
    arrange(&format!("move-{id}"), Vec::new(), Ok(action), |_| Some(page)).await
}

/// Deletes an empty cluster.
#[server(prefix = "/api/ui", endpoint = "delete-cluster", output = PostText)]
pub async fn delete_cluster(
    /// Which.
    id: ClusterId,
) -> Result<Arranged, Failure> {
    let form = format!("delete-{id}");
    arrange(&form, Vec::new(), Ok(Arrange::DeleteCluster { id }), |_| None).await
}

/// Moves hosts to another cluster.
#[server(prefix = "/api/ui", endpoint = "move-hosts", output = PostText)]
pub async fn move_hosts(
    /// Their ids with commas between them.
    hosts: String,
    /// The datacenter whose page was seen.
    from: DatacenterId,
    /// Where they go.
    to: ClusterId,
) -> Result<Arranged, Failure> {
    let action = crate::hosts::ids(&hosts).map(|hosts| Arrange::MoveHosts { hosts, from, to });
    let page = format!("/datacenters/{from}/hosts");
    arrange("move-hosts", Vec::new(), action, |_| Some(page)).await
}

/// Takes hosts out of the inventory.
#[server(prefix = "/api/ui", endpoint = "remove-hosts", output = PostText)]
pub async fn remove_hosts(
    /// Their ids with commas between them.
    hosts: String,
    /// The datacenter whose page was seen.
    from: DatacenterId,
    /// Why.
    #[server(default)]
    reason: String,
    /// The host's name, or how many.
    #[server(default)]
    confirm: String,
) -> Result<Arranged, Failure> {
    let typed = vec![("reason".to_owned(), reason.clone())];
    let hosts = crate::hosts::ids(&hosts);
    let action = hosts.map(|hosts| Arrange::RemoveHosts { hosts, from, reason, confirm });
    let page = format!("/datacenters/{from}/hosts");
    arrange("remove-hosts", typed, action, |_| Some(page)).await
}

/// Does it, and leaves what became of it on `page`, or where the form stood if it was refused.
#[cfg(feature = "ssr")]
async fn arrange(
    form: &str,
    typed: Vec<(String, String)>,
    action: Result<Arrange, Refusal>,
    page: impl FnOnce(&Arranged) -> Option<String>,
) -> Result<Arranged, Failure> {
    use crate::change::{Change, Changed, leave};

    let answer = ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.arrange(&viewer, action?).await
    })
    .await;
    let (typed, to) = match &answer {
        Ok(done) => (Vec::new(), page(done)),
        Err(_) => (typed, None),
    };
    let outcome = answer.clone().map(|done| Changed::Arranged { done });
    leave(&Change { form: form.to_owned(), typed, outcome }, to);
    answer
}

/// An address if it is a path on this server: not another site's, nor something that a browser
/// takes for one (`//host`, `/\host`).
#[cfg(feature = "ssr")]
pub(crate) fn own_page(address: String) -> Option<String> {
    let mut characters = address.chars();
    let own = characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && !address.chars().any(char::is_control);
    own.then_some(address)
}
