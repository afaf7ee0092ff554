//! What the host says of itself: claims, and marked as such.

use leptos::prelude::*;
use trustboard_model::facts::HostFacts;

use crate::component::{language, say};
use crate::text::{self, Ui};

/// The claims.
#[component]
pub(super) fn Facts(facts: HostFacts) -> impl IntoView {
    let lines = lines(facts).into_iter().map(|(word, value)| {
        let value = match value {
            Some(value) => view! { <bdi>{value}</bdi> }.into_any(),
            None => view! { <span class="dim">{say(Ui::NotKnown)}</span> }.into_any(),
        };
        view! { <div><dt>{say(word)}</dt><dd>{value}</dd></div> }
    });
    view! {
        <section class="card claims" id="facts">
            <h2>{say(Ui::Facts)}</h2>
            <p class="dim">{say(Ui::FactsHint)}</p>
            <dl class="facts">{lines.collect_view()}</dl>
        </section>
    }
}

/// Label and value. What a host did not say is shown as not known; what only some have (a problem,
/// an absent log) is left out when there is none.
fn lines(facts: HostFacts) -> Vec<(Ui, Option<String>)> {
    let yes_or_no = |yes: bool| say(if yes { Ui::Yes } else { Ui::No }).to_owned();
    let mut lines = vec![
        (Ui::Hostname, Some(facts.hostname)),
        (Ui::OperatingSystem, facts.os_name.or(facts.os_id)),
        (Ui::Kernel, facts.kernel),
        (Ui::AgentVersion, Some(facts.agent_version)),
        (Ui::SecureBootVariable, facts.secure_boot_variable.map(yes_or_no)),
        (Ui::MachineId, facts.machine_id),
        (Ui::BootId, facts.boot_id),
    ];
    if let Some(tpm) = facts.tpm {
        let banks: Vec<_> = tpm.active_banks.iter().map(|bank| bank.name()).collect();
        lines.extend([
            (Ui::TpmVersion, Some(tpm.family)),
            (Ui::TpmMaker, Some(tpm.manufacturer)),
            (Ui::TpmModel, Some(tpm.model)),
            (Ui::TpmFirmware, Some(tpm.firmware)),
            (
                Ui::TpmInterfaceLabel,
                Some(text::tpm_interface(language(), tpm.interface).to_owned()),
            ),
            (Ui::ActiveBanks, (!banks.is_empty()).then(|| banks.join(", "))),
        ]);
    }
    let problem = facts.tpm_problem.map(|problem| problem.text);
    let rare = [(Ui::TpmProblem, problem), (Ui::LogAbsent, facts.log_absent)];
    lines.extend(rare.into_iter().filter(|(_, value)| value.is_some()));
    lines
}
