// Passkeys with Chromium's own virtual authenticator: made in settings, used at the door, removed;
// and what they open of a sealed vault.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, launch, open } from "../browser.mjs";
import { PASSPHRASE, on } from "../site.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** An authenticator in the browser's page, as a phone's lock would be. */
async function authenticator(context, page, hasPrf) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  const verified = (isUserVerified) =>
    devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  const credentials = async () =>
    (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  return { verified, credentials };
}

/** First run, then a passkey made in settings. */
async function withPasskey(site, { hasPrf, mode }, story) {
  const context = await open(browser, site);
  const page = await context.newPage();
  const device = await authenticator(context, page, hasPrf);
  await page.goto(site.url);
  await page.fill("#login", "Camille");
  await page.fill("#passphrase", PASSPHRASE);
  await page.check(`#${mode}`);
  await page.getByRole("button", { name: "Créer mon compte" }).click();
  await page.waitForLoadState();
  await page.goto(`${site.url}settings`);
  await page.fill("#passkey-name", "Mon téléphone");
  await page.fill("#passkey-old", PASSPHRASE);
  await page.getByRole("button", { name: "Créer une clé d’accès" }).click();
  await page.getByText("La clé d’accès est prête.").waitFor();
  assert.equal((await device.credentials()).length, 1);
  assert.deepEqual(await faults(page), []);
  await story({ context, page, device });
  assert.deepEqual(context.outside, []);
  await context.close();
}

const signOut = async (page) => {
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await page.waitForURL("**/sign-in");
};
const use = (page) => page.getByRole("button", { name: "Utiliser une clé d’accès" }).click();

test("a passkey signs in without a name or a passphrase, until it is removed", () => on({}, (site) =>
  withPasskey(site, { hasPrf: false, mode: "watched" }, async ({ page, device, context }) => {
    await signOut(page);
    assert.deepEqual(await faults(page), []);
    await use(page);
    await page.waitForURL("**/import"); // Home, where nothing was brought yet.
    await page.goto(`${site.url}settings`);
    await page.getByText(/Mon téléphone/).first().waitFor();
    assert.equal(await page.getByText("jamais utilisée").count(), 0);

    // A lock that its owner did not undo signs nobody in.
    await signOut(page);
    await device.verified(false);
    await use(page);
    await page.getByText("Aucune clé d’accès n’a été donnée.").waitFor();
    await device.verified(true);
    await use(page);
    await page.waitForURL("**/import"); // Home, where nothing was brought yet.

    await page.goto(`${site.url}settings`);
    await page.getByText("Supprimer Mon téléphone").click();
    await page.locator("details[open] input[type=password]").fill(PASSPHRASE);
    await page.locator("details[open]").getByRole("button", { name: "Supprimer" }).click();
    await page.getByText("La clé d’accès est supprimée.").waitFor();
    await signOut(page);
    await use(page);
    await page.getByText("Cette clé d’accès n’ouvre rien ici.").waitFor();
    assert.ok(context.problems.every((p) => p.includes("401")), context.problems.join("\n"));
  })));

test("with the PRF extension a passkey opens a sealed vault by itself", () => on({}, (site) =>
  withPasskey(site, { hasPrf: true, mode: "sealed" }, async ({ page, context }) => {
    await page.getByText("ouvre le coffre", { exact: false }).first().waitFor();
    await signOut(page);
    await use(page);
    await page.waitForURL("**/import"); // Home, where nothing was brought yet.
    await page.goto(`${site.url}actors`);
    assert.equal(new URL(page.url()).pathname, "/actors", "the vault is open");
    assert.deepEqual(context.problems, []);
  })));

test("without it a passkey signs in, and the passphrase opens the vault", () => on({}, (site) =>
  withPasskey(site, { hasPrf: false, mode: "sealed" }, async ({ page }) => {
    await page.getByText("connecte sans ouvrir le coffre").waitFor();
    await signOut(page);
    await use(page);
    await page.waitForURL(/\/unseal/);
    await page.fill("#passphrase", PASSPHRASE);
    await page.getByRole("button", { name: "Ouvrir le coffre" }).click();
    await page.waitForURL("**/import"); // Home, where nothing was brought yet.
  })));

test("a passkey is not made without the passphrase in use", () => on({}, async (site) => {
  const context = await open(browser, site, { language: "en" });
  const page = await context.newPage();
  await authenticator(context, page, false);
  await page.goto(site.url);
  await page.fill("#login", "Camille");
  await page.fill("#passphrase", PASSPHRASE);
  await page.getByRole("button", { name: "Create my account" }).click();
  await page.waitForURL("**/import");
  await page.goto(`${site.url}settings`);
  await page.fill("#passkey-name", "Phone");
  await page.fill("#passkey-old", "not the passphrase");
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.getByText("That is not the current passphrase.").waitFor();
  assert.equal(await page.getByText("never used").count(), 0);
  await context.close();
}));

test("without scripts, or at a bare address, the page says what remains", () => on({}, async (site) => {
  const plain = await open(browser, site, { script: false });
  const page = await plain.newPage();
  await page.goto(site.url);
  await page.fill("#login", "Camille");
  await page.fill("#passphrase", PASSPHRASE);
  await page.getByRole("button", { name: "Créer mon compte" }).click();
  await page.waitForURL("**/import");
  await page.goto(`${site.url}settings`);
  await page.getByText("Pour créer une clé d’accès").waitFor();
  assert.equal(await page.locator("#passkey-name").isVisible(), false);
  await plain.close();
}));
