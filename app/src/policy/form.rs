//! The policy as a form. It asks for a review by its address; nothing is saved from here.

use leptos::prelude::*;
use trustboard_model::check::{CheckId, Group, Strictness};
use trustboard_model::id::ClusterId;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::policy::{Policy, Profile};
use trustboard_model::view::HostAction;

use super::fields::{DEGREES, INTERFACES, is_laxer, minimum_os_text};
use crate::component::{language, say, tell, trust};
use crate::host::GROUPS;
use crate::text::{self, Phrase, Trust, Ui};

/// The form; who may not change it reads the same, every field locked.
#[component]
pub(super) fn PolicyForm(cluster: ClusterId, policy: Policy, may_act: bool) -> impl IntoView {
    let page = format!("/clusters/{cluster}/policy");
    let profiles = Profile::ALL.map(|profile| {
        let href = format!("{page}?profile={}", profile.code());
        view! { <a class="button" href=href><bdi>{profile.policy().name}</bdi></a> }
    });
    let groups = GROUPS.map(|group| view! { <GroupView group policy=policy.clone() /> });
    let version = policy.version.to_string();
    view! {
        {may_act.then(|| view! {
            <section class="card" id="profiles">
                <h2>{trust(Trust::Profiles)}</h2>
                <p class="dim">{trust(Trust::ProfilesHint)}</p>
                <div class="buttons">
                    {profiles}
                </div>
                <p class="dim">{trust(Trust::LinuxServerMeaning)}</p>
                <p class="dim">{trust(Trust::VsphereMeaning)}</p>
            </section>
        })}
        <form method="get" action=format!("{page}#review") class="stack policy-form" autocomplete="off">
            {may_act.then(|| view! {
                <input type="hidden" name="step" value="review" />
                <input type="hidden" name="seen" value=version />
            })}
            <fieldset class="plain" disabled=!may_act>
                <Settings policy />
                <section class="card" id="policy-checks">
                    <h2>{trust(Trust::PolicyChecks)}</h2>
                    <p class="dim">{trust(Trust::PolicyChecksHint)}</p>
                    {groups}
                </section>
            </fieldset>
            {may_act.then(|| view! {
                <div class="buttons sticky">
                    <button type="submit" class="primary">{format!("{}…", trust(Trust::ReviewPolicy))}</button>
                </div>
            })}
        </form>
    }
    .into_any()
}

#[component]
fn Settings(policy: Policy) -> impl IntoView {
    let number = |name: &'static str, word: Trust, value: u32| {
        view! {
            <label>
                <span>{trust(word)}</span>
                <input type="number" name=name min="1" max="31536000" value=value.to_string() required />
            </label>
        }
    };
    let words = |name: &'static str, word: &'static str, value: String, example: &'static str| {
        view! {
            <label>
                <span>{word}</span>
                <input
                    type="text"
                    name=name
                    value=value
                    placeholder=example
                    maxlength="200"
                    autocomplete="off"
                />
            </label>
        }
    };
    let interfaces = INTERFACES.map(|(interface, code)| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    name="interface"
                    value=code
                    checked=policy.interfaces.contains(&interface)
                />
                {text::tpm_interface(language(), interface)}
            </label>
        }
    });
    let pcrs: Vec<_> = PcrIndex::all()
        .map(|pcr| {
            view! {
                <label class="check" title=text::pcr_purpose(language(), pcr)>
                    <input
                        type="checkbox"
                        name="pcr"
                        value=pcr.to_string()
                        checked=policy.mandatory_pcrs.contains(&pcr)
                    />
                    {pcr.to_string()}
                </label>
            }
        })
        .collect();
    let minimum_os = minimum_os_text(&policy.minimum_os);
    view! {
        <section class="card" id="settings">
            <h2>{trust(Trust::PolicySettings)}</h2>
            <div class="fields">
                {words("name", say(Ui::Name), policy.name, "")}
                {number("interval", Trust::Interval, policy.interval_s)}
                {number("age", Trust::MaxAge, policy.max_age_s)}
                {words("os", trust(Trust::MinimumOs), minimum_os, "debian 12, ubuntu 24.04")}
                {words("agent", trust(Trust::MinimumAgent), policy.minimum_agent.unwrap_or_default(), "0.1.0")}
            </div>
            <label class="check">
                <input type="checkbox" name="tpm" value="required" checked=policy.require_tpm />
                {trust(Trust::RequireTpm)}
            </label>
            <label class="check">
                <input type="checkbox" name="two" value="yes" checked=policy.two_approvals />
                {trust(Trust::TwoApprovals)}
            </label>
            <fieldset class="boxes">
                <legend>{trust(Trust::Interfaces)}</legend>
                {interfaces}
            </fieldset>
            <fieldset class="boxes">
                <legend>{trust(Trust::MandatoryPcrs)}</legend>
                {pcrs}
            </fieldset>
        </section>
    }
    .into_any()
}

/// The checks of one group. Groups in which something is taken otherwise are open.
#[component]
fn GroupView(group: Group, policy: Policy) -> impl IntoView {
    let checks: Vec<_> =
        CheckId::ALL.iter().copied().filter(|check| check.group() == group).collect();
    let taken_otherwise = |check: &CheckId| {
        !check.is_core() && policy.strictness(*check) != Policy::default_strictness(*check)
    };
    let changed = checks.iter().filter(|check| taken_otherwise(check)).count();
    let changed = u32::try_from(changed).unwrap_or(u32::MAX);
    let any = changed > 0;
    let checks = checks.into_iter().map(|check| {
        let why = policy.relaxed.get(&check).cloned().unwrap_or_default();
        view! { <CheckView check strictness=policy.strictness(check) why /> }
    });
    view! {
        <details class="group" data-group=format!("{group:?}") open=any>
            <summary>
                <b>{text::group(language(), group)}</b>
                <span class="dim">
                    {any.then(|| tell(&Phrase::TakenOtherwise { count: changed }))}
                </span>
            </summary>
            <ul class="policy-checks">{checks.collect_view()}</ul>
        </details>
    }
    .into_any()
}

#[component]
fn CheckView(check: CheckId, strictness: Strictness, why: String) -> impl IntoView {
    let language = language();
    let said = text::check(language, check);
    let choice = if check.is_core() {
        view! {
            <p class="locked" title=trust(Trust::LockedMeaning)>
                {text::strictness(language, Strictness::Fail)}" · "
                <span class="token">{trust(Trust::Locked)}</span>
            </p>
        }
        .into_any()
    } else {
        view! { <Choice check strictness why title=said.title /> }.into_any()
    };
    view! {
        <li data-policy-check=check.code()>
            <div>
                <b>{said.title}</b>" "
                <code class="dim">{check.code()}</code>" "
                <span class="dim">{tell(&Phrase::Item { item: check.item() })}</span>
                <p class="dim">{said.meaning}</p>
            </div>
            {choice}
        </li>
    }
    .into_any()
}

/// How strictly, and why if that is laxer than by default.
#[component]
fn Choice(
    check: CheckId,
    strictness: Strictness,
    why: String,
    title: &'static str,
) -> impl IntoView {
    let language = language();
    let default = Policy::default_strictness(check);
    let chosen = RwSignal::new(strictness);
    let options = DEGREES.map(|(degree, code)| {
        let word = text::strictness(language, degree);
        let word = if degree == default {
            format!("{word} ({})", trust(Trust::Default))
        } else {
            word.to_owned()
        };
        // The default is the empty value, so that it leaves the address short.
        let value = if degree == default { "" } else { code };
        view! { <option value=value selected=degree == strictness>{word}</option> }
    });
    let choose = move |event| {
        let code = event_target_value(&event);
        let degree = DEGREES.iter().find(|(_, known)| *known == code).map(|(degree, _)| *degree);
        chosen.set(degree.unwrap_or(default));
    };
    let asks = Memo::new(move |_| is_laxer(check, chosen.get()));
    view! {
        <div class="degree">
            <select name=format!("is.{check}") aria-label=title on:change=choose>
                {options}
            </select>
            <input
                type="text"
                name=format!("why.{check}")
                value=why
                placeholder=trust(Trust::WhyRelaxed)
                aria-label=format!("{}: {title}", trust(Trust::WhyRelaxed))
                maxlength=HostAction::MAX_TEXT.to_string()
                required=asks
                autocomplete="off"
            />
        </div>
    }
}
