//! First run: the account of the person whose machine this is. There is no default passphrase.

use super::{frame, go, is_empty, let_in};
use crate::door::passphrase::{self, Weak};
use crate::pages::Frame;
use crate::{Error, Guest, Reach, State, show as render};
use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mesinfos_vault::Mode;
use mesinfos_vault::directory::NewAccount;

/// `/welcome`.
#[derive(Template)]
#[template(path = "door/welcome.html")]
struct Page {
    frame: Frame,
    login: String,
    sealed: bool,
    /// On one's own machine the vault is attended unless one says otherwise; elsewhere it is asked.
    is_here: bool,
    /// The key of the sentence that says what is missing.
    refused: Option<&'static str>,
}

/// Shown once after a sealed vault is made.
#[derive(Template)]
#[template(path = "door/codes.html")]
struct Codes {
    frame: Frame,
    codes: Vec<String>,
}

pub(super) async fn show(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
) -> Result<Response, Error> {
    if !is_empty(&state).await? {
        return Ok(go("/sign-in", []));
    }
    page(&state, &guest, String::new(), false, None)
}

fn page(
    state: &State,
    guest: &Guest,
    login: String,
    sealed: bool,
    refused: Option<&'static str>,
) -> Result<Response, Error> {
    let frame = frame(state, guest, "/welcome", "welcome");
    let is_here = *state.reach() == Reach::Loopback;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page { frame, login, sealed, is_here, refused };
    Ok((status, render(&page)?).into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct New {
    login: String,
    passphrase: String,
    #[serde(default)]
    mode: String,
    /// What `serve` printed, where others than the owner can reach this page first.
    #[serde(default)]
    setup: String,
}

pub(super) async fn create(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
    Form(form): Form<New>,
) -> Result<Response, Error> {
    if !is_empty(&state).await? {
        return Ok(go("/sign-in", []));
    }
    let sealed = form.mode == "sealed";
    if let Some(why) = missing(&state, &guest, &form)? {
        return page(&state, &guest, form.login, sealed, Some(why));
    }
    let (locale, now) = (guest.locale.code(), state.now_us());
    let (account, codes) = state
        .hash(move |store| {
            let new = NewAccount {
                login: &form.login,
                name: form.login.trim(),
                locale,
                passphrase: Some(&form.passphrase),
                mode: if sealed { Mode::Sealed } else { Mode::Watched },
            };
            let (account, codes) = store.create_account(&new, now)?;
            if sealed {
                store.unseal(account.person, &form.passphrase)?;
            }
            Ok((account, codes))
        })
        .await?;
    let entered = let_in(&state, &guest, account.person, "first account", "/import").await?;
    if codes.is_empty() {
        return Ok(entered);
    }
    let codes = Codes { frame: frame(&state, &guest, "/welcome", "codes"), codes };
    let mut response = render(&codes)?.into_response();
    let cookies = entered.headers().get_all(axum::http::header::SET_COOKIE).iter().cloned();
    response.headers_mut().extend(cookies.map(|c| (axum::http::header::SET_COOKIE, c)));
    Ok(response)
}

/// What stands against this account, as the key of a sentence.
fn missing(state: &State, guest: &Guest, form: &New) -> Result<Option<&'static str>, Error> {
    if !state.is_set_up_by(&form.setup) {
        // Counted, and never said to be right: only wrong codes come here.
        state.tries().begin(guest.nameless(), state.seconds())?;
        return Ok(Some("welcome-setup-wrong"));
    }
    if form.login.trim().is_empty() || form.login.chars().count() > 100 {
        return Ok(Some("welcome-no-login"));
    }
    if !matches!(form.mode.as_str(), "watched" | "sealed") {
        return Ok(Some("welcome-no-mode"));
    }
    let weak = passphrase::judge(&form.passphrase, &[&form.login]).err();
    Ok(weak.map(Weak::key))
}
