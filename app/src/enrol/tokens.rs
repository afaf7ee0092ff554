//! The tokens of a cluster: what they are still good for, and how to end that.

use leptos::prelude::*;
use trustboard_model::view::{TokenRow, TokenState};

use crate::component::{Moment, Sign, SignMark, Until, admin, language, tell_admin};
use crate::text::{self, AdminPhrase, AdminWord};

const COLUMNS: [(AdminWord, bool); 5] = [
    (AdminWord::TokenMade, false),
    (AdminWord::TokenState, false),
    (AdminWord::TokenUsesLeft, true),
    (AdminWord::TokenUntil, false),
    (AdminWord::TokenAction, false),
];

fn heading((column, number): (AdminWord, bool)) -> impl IntoView {
    view! { <th scope="col" class=number.then_some("number")>{admin(column)}</th> }
}

/// The table, the newest first.
#[component]
pub(super) fn Tokens(tokens: Memo<Vec<TokenRow>>) -> impl IntoView {
    move || {
        let tokens = tokens.get();
        if tokens.is_empty() {
            return view! { <p class="dim" data-blank="empty">{admin(AdminWord::NoTokens)}</p> }
                .into_any();
        }
        let rows: Vec<_> = tokens.into_iter().map(|token| view! { <Row token /> }).collect();
        view! {
            <div class="table-region" role="region" aria-label=admin(AdminWord::TokensTitle) tabindex="0">
                <table class="tokens">
                    <thead><tr>{COLUMNS.map(heading)}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Row(token: TokenRow) -> impl IntoView {
    let (sign, word) = match token.state {
        TokenState::Good => (Sign::Good, AdminWord::TokenGood),
        TokenState::UsedUp => (Sign::None, AdminWord::TokenUsedUp),
        TokenState::Expired => (Sign::None, AdminWord::TokenExpired),
        TokenState::Revoked(_) => (Sign::Bad, AdminWord::TokenRevoked),
    };
    let by = token.created_by.map(|by| text::actor(language(), &by));
    let left = tell_admin(&AdminPhrase::UsesLeft { left: token.uses_left, of: token.uses });
    let revoke = (token.state == TokenState::Good).then(|| {
        view! {
            <form method="post" action="/api/ui/revoke-token">
                <input type="hidden" name="token" value=token.id.to_string() />
                <button type="submit" class="danger">{admin(AdminWord::RevokeToken)}</button>
            </form>
        }
    });
    view! {
        <tr data-token=token.id.to_string()>
            <th scope="row">
                <Moment at=token.created_at />
                {by.map(|by| view! { " · "<bdi>{by}</bdi> })}
                <small class="dim id">{token.id.to_string()}</small>
            </th>
            <td><span class="mark-word"><SignMark sign /><span>{admin(word)}</span></span></td>
            <td class="number">{left}</td>
            <td><Until at=token.expires_at /></td>
            <td>{revoke}</td>
        </tr>
    }
    .into_any()
}
