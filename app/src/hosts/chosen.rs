//! What is to be done with the hosts that were chosen: where to, what it changes, and the last
//! question. The choice stands in the address, so that it works without scripts.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Arrange, HostAction, HostListRow, Impact, MoveTarget};

use crate::component::{ImpactPreview, Loaded, admin, say, tell_admin};
use crate::frame::SessionHandle;
use crate::text::{AdminPhrase, AdminWord, Ui};

/// Hosts, and what is to be done with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    hosts: Vec<HostId>,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// Move them; where to, once that is said.
    Move(Option<ClusterId>),
    Remove,
}

/// Ids with commas between them.
pub(crate) fn ids(text: &str) -> Result<Vec<HostId>, Refusal> {
    let ids = text.split(',').filter(|id| !id.is_empty()).take(Arrange::MAX_HOSTS + 1);
    let ids: Result<Vec<HostId>, _> = ids.map(str::parse).collect();
    ids.map_err(|_| Refusal::invalid("hosts", "expected ids with commas between them"))
}

impl Chosen {
    /// What the address says; nothing if nothing is chosen.
    pub(super) fn parse(query: &ParamsMap) -> Option<Self> {
        let what = match query.get("do")?.as_str() {
            "move" => What::Move(query.get("to").and_then(|id| id.parse().ok())),
            "remove" => What::Remove,
            _ => return None,
        };
        let ticked = query.get_all("h").unwrap_or_default();
        let hosts = ids(&ticked.join(",")).ok()?;
        Some(Self { hosts, what })
    }

    /// What is asked of the server, to see what it would do to the verdicts.
    pub(super) fn action(&self, from: DatacenterId) -> Option<Arrange> {
        match self.what {
            What::Move(Some(to)) if !self.hosts.is_empty() => {
                Some(Arrange::MoveHosts { hosts: self.hosts.clone(), from, to })
            }
            _ => None,
        }
    }

    fn joined(&self) -> String {
        let ids: Vec<_> = self.hosts.iter().map(ToString::to_string).collect();
        ids.join(",")
    }
}

/// The question.
#[component]
pub(super) fn Review(
    chosen: Chosen,
    datacenter: DatacenterId,
    rows: Vec<HostListRow>,
    targets: Vec<MoveTarget>,
    impact: Loaded<Option<Impact>>,
    /// The list without a choice.
    back: String,
) -> impl IntoView {
    let count = u32::try_from(chosen.hosts.len()).unwrap_or(u32::MAX);
    let names: Vec<_> = rows
        .into_iter()
        .filter(|row| chosen.hosts.contains(&row.host.id))
        .map(|row| row.host.name)
        .collect();
    let title = match chosen.what {
        What::Move(_) => tell_admin(&AdminPhrase::MoveCount { count }),
        What::Remove => tell_admin(&AdminPhrase::RemoveCount { count }),
    };
    let content = if chosen.hosts.is_empty() {
        view! { <p>{admin(AdminWord::NothingChosen)}</p> }.into_any()
    } else {
        match chosen.what {
            What::Move(to) => {
                view! { <Move chosen datacenter targets to impact back=back.clone() /> }.into_any()
            }
            What::Remove => {
                let confirm = match &names[..] {
                    [name] if count == 1 => name.clone(),
                    _ => count.to_string(),
                };
                view! { <Remove chosen datacenter confirm back=back.clone() /> }.into_any()
            }
        }
    };
    let list = names.into_iter().map(|name| view! { <li><bdi>{name}</bdi></li> });
    view! {
        <section class="card review" id="chosen" tabindex="-1">
            <h2>{title}</h2>
            <ul class="names">{list.collect_view()}</ul>
            {content}
        </section>
    }
    .into_any()
}

/// Where to, then what it changes.
#[component]
fn Move(
    chosen: Chosen,
    datacenter: DatacenterId,
    targets: Vec<MoveTarget>,
    to: Option<ClusterId>,
    impact: Loaded<Option<Impact>>,
    back: String,
) -> impl IntoView {
    let path = format!("/datacenters/{datacenter}/hosts");
    let options = targets.into_iter().map(|target| {
        let chosen = to == Some(target.cluster.id);
        let name = format!("{} · {}", target.datacenter.name, target.cluster.name);
        view! { <option value=target.cluster.id.to_string() selected=chosen>{name}</option> }
    });
    let options: Vec<_> = options.collect();
    let ticked = chosen.hosts.iter().map(|host| {
        view! { <input type="hidden" name="h" value=host.to_string() /> }
    });
    let ticked: Vec<_> = ticked.collect();
    let preview = move || {
        let answer = impact.get().and_then(Result::transpose);
        answer.map(|answer| view! { <ImpactPreview answer /> })
    };
    let confirm = to.map(|to| {
        view! {
            {preview}
            <form method="post" action="/api/ui/move-hosts" class="stack">
                <input type="hidden" name="hosts" value=chosen.joined() />
                <input type="hidden" name="from" value=datacenter.to_string() />
                <input type="hidden" name="to" value=to.to_string() />
                <div class="buttons">
                    <button type="submit" class="primary">{admin(AdminWord::MoveHosts)}</button>
                    <a class="button" href=back.clone()>{say(Ui::Cancel)}</a>
                </div>
            </form>
        }
    });
    let undecided = confirm.is_none();
    view! {
        <p>{admin(AdminWord::MovingHosts)}</p>
        <form method="get" action=format!("{path}#chosen") class="row-form">
            <input type="hidden" name="do" value="move" />
            {ticked}
            <label>
                <span>{admin(AdminWord::ToCluster)}</span>
                <select name="to">{options}</select>
            </label>
            <button type="submit" class:primary=undecided>{admin(AdminWord::ShowImpact)}</button>
            {undecided.then(|| view! { <a class="button" href=back>{say(Ui::Cancel)}</a> })}
        </form>
        {confirm}
    }
    .into_any()
}

/// The reason, and the name typed once more.
#[component]
fn Remove(
    chosen: Chosen,
    datacenter: DatacenterId,
    /// What must be typed.
    confirm: String,
    back: String,
) -> impl IntoView {
    let reason = SessionHandle::use_here().typed("remove-hosts", "reason").unwrap_or_default();
    let asks = tell_admin(&AdminPhrase::TypeToConfirm { text: &confirm });
    view! {
        <p>{admin(AdminWord::RemovingHosts)}</p>
        <form method="post" action="/api/ui/remove-hosts" class="stack">
            <input type="hidden" name="hosts" value=chosen.joined() />
            <input type="hidden" name="from" value=datacenter.to_string() />
            <label>
                <span>{admin(AdminWord::Reason)}</span>
                <input
                    type="text"
                    name="reason"
                    value=reason
                    required
                    maxlength=HostAction::MAX_TEXT.to_string()
                    autocomplete="off"
                />
            </label>
            <label>
                <span><bdi>{asks}</bdi></span>
                <input type="text" name="confirm" required maxlength="253" autocomplete="off" spellcheck="false" />
            </label>
            <div class="buttons">
                <button type="submit" class="danger">{admin(AdminWord::RemoveHosts)}</button>
                <a class="button" href=back>{say(Ui::Cancel)}</a>
            </div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> ParamsMap {
        let mut map = ParamsMap::new();
        for (name, value) in pairs {
            map.insert((*name).to_owned(), (*value).to_owned());
        }
        map
    }

    #[test]
    fn the_address_carries_the_choice() {
        let one = HostId::from_random([1; 16]);
        let two = HostId::from_random([2; 16]);
        let from = DatacenterId::from_random([3; 16]);
        let to = ClusterId::from_random([4; 16]);
        let (one_text, two_text, to_text) = (one.to_string(), two.to_string(), to.to_string());
        let both = [("do", "move"), ("h", &*one_text), ("h", &*two_text)];
        let chosen = Chosen::parse(&query(&both)).unwrap();
        assert_eq!(chosen.hosts, [one, two]);
        assert_eq!(chosen.action(from), None, "where to is not said yet");
        assert_eq!(ids(&chosen.joined()), Ok(vec![one, two]));
        let decided = [("do", "move"), ("h", &*one_text), ("to", &*to_text)];
        let action = Chosen::parse(&query(&decided)).unwrap().action(from);
        assert_eq!(action, Some(Arrange::MoveHosts { hosts: vec![one], from, to }));
        let remove = Chosen::parse(&query(&[("do", "remove"), ("h", &*one_text)])).unwrap();
        assert_eq!((remove.what, remove.action(from)), (What::Remove, None));
    }

    #[test]
    fn what_is_no_choice_is_none() {
        assert_eq!(Chosen::parse(&query(&[])), None);
        assert_eq!(Chosen::parse(&query(&[("do", "paint"), ("h", "x")])), None);
        assert_eq!(Chosen::parse(&query(&[("do", "remove"), ("h", "x")])), None);
        let nobody = Chosen::parse(&query(&[("do", "remove")])).unwrap();
        assert!(nobody.hosts.is_empty());
        assert!(ids("x").is_err());
    }
}
