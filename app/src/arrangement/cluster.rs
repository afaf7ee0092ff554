//! One cluster on the Configuration tab: what holds for its hosts, and its forms.

use leptos::prelude::*;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::view::{ClusterSettings, Mark, Named};

use super::new::MAX_NAME;
use crate::component::{TreeMark, admin, language, say, tell, tell_admin, trust};
use crate::frame::SessionHandle;
use crate::text::{self, AdminPhrase, AdminWord, Phrase, Trust, Ui};

/// The card.
#[component]
pub(super) fn ClusterCard(
    settings: ClusterSettings,
    datacenter: Named<DatacenterId>,
    others: Vec<Named<DatacenterId>>,
    may_arrange: bool,
) -> impl IntoView {
    let cluster = settings.cluster.clone();
    let hosts = settings.counts.hosts;
    let table = format!("/datacenters/{}/security?cluster={}", datacenter.id, cluster.id);
    let mark = Mark::of(&settings.counts);
    let forms = may_arrange.then(|| {
        view! { <Forms cluster=cluster.clone() hosts datacenter others /> }
    });
    view! {
        <section class="card cluster" data-cluster=cluster.id.to_string()>
            <h2>
                <TreeMark mark />
                <a href=table><bdi>{cluster.name}</bdi></a>
            </h2>
            <Facts settings may_arrange />
            {forms}
        </section>
    }
    .into_any()
}

#[component]
fn Facts(settings: ClusterSettings, may_arrange: bool) -> impl IntoView {
    let ClusterSettings {
        cluster,
        counts,
        policy,
        policy_version,
        interval_s,
        max_age_s,
        approved,
        tokens,
    } = settings;
    let id = cluster.id;
    let fact = |word: &'static str, value: AnyView| {
        view! { <div><dt>{word}</dt><dd>{value}</dd></div> }
    };
    let seconds = |count: u32| tell(&Phrase::Seconds { count }).into_any();
    let policy = tell(&Phrase::NameVersion { name: &policy, version: policy_version });
    let approved = if approved.is_empty() {
        view! { <span class="dim">{admin(AdminWord::NothingApproved)}</span> }.into_any()
    } else {
        let links = approved.into_iter().map(|configuration| {
            let name = tell(&Phrase::NameVersion {
                name: &configuration.name,
                version: configuration.version,
            });
            view! { <li><a href=format!("/configurations/{}", configuration.id)><bdi>{name}</bdi></a></li> }
        });
        view! { <ul class="plain">{links.collect_view()}</ul> }.into_any()
    };
    let enrol = may_arrange.then(|| {
        view! { <a class="button" href=format!("/clusters/{id}/enrol")>{admin(AdminWord::EnrolLink)}</a> }
    });
    view! {
        <dl class="facts named">
            {fact(say(Ui::Hosts), text::number(language(), counts.hosts.into()).into_any())}
            {fact(
                trust(Trust::Policy),
                view! { <a href=format!("/clusters/{id}/policy")><bdi>{policy}</bdi></a> }.into_any(),
            )}
            {fact(trust(Trust::Interval), seconds(interval_s))}
            {fact(trust(Trust::MaxAge), seconds(max_age_s))}
            {fact(trust(Trust::Configurations), approved)}
            {fact(
                admin(AdminWord::TokensTitle),
                tell_admin(&AdminPhrase::GoodTokens { count: tokens }).into_any(),
            )}
        </dl>
        <div class="buttons">{enrol}</div>
    }
    .into_any()
}

/// Rename, move, delete: each folded behind its name, with what it means.
#[component]
fn Forms(
    cluster: Named<ClusterId>,
    hosts: u32,
    datacenter: Named<DatacenterId>,
    others: Vec<Named<DatacenterId>>,
) -> impl IntoView {
    let session = SessionHandle::use_here();
    let id = cluster.id.to_string();
    let refused = |form: &str| {
        session.change().is_some_and(|change| change.form == form && change.outcome.is_err())
    };
    let rename = format!("rename-{id}");
    let typed = session.typed(&rename, "name").unwrap_or_else(|| cluster.name.clone());
    let options = others.into_iter().map(|other| {
        view! { <option value=other.id.to_string()>{other.name}</option> }
    });
    let options: Vec<_> = options.collect();
    let move_open = refused(&format!("move-{id}"));
    let delete_open = refused(&format!("delete-{id}"));
    let moving = tell_admin(&AdminPhrase::MovingCluster { hosts, from: &datacenter.name });
    let movable = !options.is_empty();
    // Of these folds one is open at a time.
    let group = format!("cluster-{id}");
    view! {
        <div class="folds">
            <details class="fold" open=refused(&rename) name=group.clone()>
                <summary>{format!("{}…", admin(AdminWord::Rename))}</summary>
                <form method="post" action="/api/ui/rename-cluster" class="row-form">
                    <input type="hidden" name="id" value=id.clone() />
                    <input type="hidden" name="seen" value=cluster.name />
                    <label>
                        <span>{admin(AdminWord::NewName)}</span>
                        <input type="text" name="name" value=typed required maxlength=MAX_NAME autocomplete="off" />
                    </label>
                    <button type="submit" class="primary">{admin(AdminWord::Rename)}</button>
                </form>
            </details>
            {movable.then(|| view! {
                <details class="fold" open=move_open name=group.clone()>
                    <summary>{format!("{}…", admin(AdminWord::MoveCluster))}</summary>
                    <form method="post" action="/api/ui/move-cluster" class="stack">
                        <p><bdi>{moving}</bdi></p>
                        <input type="hidden" name="id" value=id.clone() />
                        <input type="hidden" name="from" value=datacenter.id.to_string() />
                        <label>
                            <span>{admin(AdminWord::ToDatacenter)}</span>
                            <select name="to">{options}</select>
                        </label>
                        <div class="buttons">
                            <button type="submit" class="primary">{admin(AdminWord::MoveCluster)}</button>
                        </div>
                    </form>
                </details>
            })}
            <details class="fold" open=delete_open name=group.clone()>
                <summary>{format!("{}…", admin(AdminWord::Delete))}</summary>
                {if hosts == 0 {
                    view! {
                        <form method="post" action="/api/ui/delete-cluster" class="stack">
                            <p>{admin(AdminWord::DeleteClusterHint)}</p>
                            <input type="hidden" name="id" value=id />
                            <div class="buttons">
                                <button type="submit" class="danger">{admin(AdminWord::DeleteCluster)}</button>
                            </div>
                        </form>
                    }
                    .into_any()
                } else {
                    view! { <p>{admin(AdminWord::ClusterNotEmpty)}</p> }.into_any()
                }}
            </details>
        </div>
    }
    .into_any()
}
