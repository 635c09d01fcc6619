// Passkeys: asks the server for a challenge and the browser for its answer, then posts a form like
// any other. Without this file the passphrase remains.
"use strict";
{
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") : undefined;
  // What the authenticator answers to this is another secret for each passkey: it opens the vault.
  const prf = { eval: { first: new TextEncoder().encode("mesinfos: the key of a vault") } };
  const secretOf = (credential) => text(credential.getClientExtensionResults().prf?.results?.first) ?? "";

  const ask = async (address, fields) => {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const plain = (credential) => {
    const r = credential.response;
    const names = ["attestationObject", "clientDataJSON", "authenticatorData", "signature", "userHandle"];
    const response = Object.fromEntries(names.filter((n) => r[n]).map((n) => [n, text(r[n])]));
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  };
  const fill = (form, fields) => {
    for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
    form.submit();
  };

  const enter = async (form) => {
    const { ceremony, options } = await ask("/sign-in/passkey/ask", {});
    const publicKey = { ...options, challenge: bytes(options.challenge), extensions: { prf } };
    const credential = await navigator.credentials.get({ publicKey });
    fill(form, { ceremony, credential: plain(credential), secret: secretOf(credential) });
  };

  const make = async (form) => {
    const { ceremony, options } = await ask("/settings/passkeys/ask", { csrf: form.elements.csrf.value });
    const known = (options.excludeCredentials ?? []).map((c) => ({ ...c, id: bytes(c.id) }));
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known,
      extensions: { ...options.extensions, prf },
    };
    const made = await navigator.credentials.create({ publicKey });
    let secret = secretOf(made);
    // Most authenticators answer only when asked a second time.
    if (!secret && made.getClientExtensionResults().prf?.enabled) {
      const again = await navigator.credentials.get({
        publicKey: {
          challenge: crypto.getRandomValues(new Uint8Array(32)),
          rpId: options.rp.id,
          allowCredentials: [{ id: made.rawId, type: "public-key" }],
          userVerification: "required",
          extensions: { prf },
        },
      });
      secret = secretOf(again);
    }
    fill(form, { ceremony, credential: plain(made), secret });
  };

  const begin = (form, act) => {
    const why = form.querySelector("[data-why]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      why.hidden = true;
      // Dismissed, timed out, or the server is away: the page says so, the passphrase remains.
      act(form).catch(() => (why.hidden = false));
    });
  };
  // A bare IP address has no passkeys, nor has a page that the browser does not trust.
  if (window.PublicKeyCredential && /[a-z]/i.test(location.hostname)) {
    document.querySelectorAll("form[data-passkey=enter]").forEach((form) => begin(form, enter));
    document.querySelectorAll("form[data-passkey=make]").forEach((form) => begin(form, make));
    document.querySelectorAll("[data-passkey=none]").forEach((p) => (p.hidden = true));
  }
}
