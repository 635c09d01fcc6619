// A person leaves: what goes and what stays is read, the passphrase and the name are asked again, and
// nothing is left but an empty machine; without script, on a phone, in both languages and themes.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { DESK, PHONE, enter, faults, launch, open, overflows, shot } from "../browser.mjs";
import { MAILS, PASSPHRASE, on } from "../site.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The page as it is looked at. */
async function looked(page, name) {
  assert.ok(!(await overflows(page)), `${name} is wider than its window`);
  assert.deepEqual(await faults(page), [], name);
  await shot(page, name);
}

/** The vaults that are on the disk. */
const vaults = async (site) =>
  (await readdir(path.join(site.data, "vaults"), { recursive: true })).filter((name) => name.endsWith("vault.db"));

test("an account is erased with its vault, and no browser is let in any more", () => on({}, async (site) => {
  const context = await open(browser, site);
  const page = await context.newPage();
  await page.goto(site.url);
  await page.fill("#login", "Camille");
  await page.fill("#passphrase", PASSPHRASE);
  await page.check("#watched");
  await page.getByRole("button", { name: "Créer mon compte" }).click();
  await page.waitForURL("**/import");
  await page.fill("#path", MAILS);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Compte rendu/ }).waitFor();
  assert.equal((await vaults(site)).length, 1);

  await page.goto(`${site.url}settings`);
  await page.getByRole("link", { name: "Effacer votre compte" }).click();
  await page.getByRole("heading", { name: /rien n’en reviendra/ }).waitFor();
  const state = await context.storageState();
  for (const [language, theme, size] of [["fr", "light", DESK], ["fr", "dark", PHONE], ["en", "light", PHONE], ["en", "dark", DESK]]) {
    const other = await open(browser, site, { language, theme, size, state });
    await other.addCookies([{ name: "lang", value: language, url: site.url }]);
    const look = await other.newPage();
    await look.goto(`${site.url}settings/erase`);
    assert.equal(await look.getAttribute("html", "lang"), language);
    await looked(look, `erase-${language}-${size.width}-${theme}`);
    await look.goto(`${site.url}erased`);
    await looked(look, `erased-${language}-${size.width}-${theme}`);
    await other.close();
  }

  await page.fill("#name", "Quelqu’un");
  await page.fill("#old", PASSPHRASE);
  await page.getByRole("button", { name: "Effacer mon compte" }).click();
  await page.getByRole("alert").waitFor();
  await looked(page, "erase-refused");
  await page.fill("#name", "camille");
  await page.fill("#old", PASSPHRASE);
  await page.getByRole("button", { name: "Effacer mon compte" }).click();
  await page.waitForURL("**/erased");
  await page.getByRole("heading", { name: "Votre compte et votre coffre sont effacés." }).waitFor();
  assert.equal((await vaults(site)).length, 0);
  assert.deepEqual((await context.cookies()).filter((cookie) => cookie.name.endsWith("session")), []);
  await page.getByRole("link", { name: "Revenir à l’entrée" }).click();
  await page.waitForURL("**/welcome");
  assert.deepEqual(context.outside, []);
  // The refusal's own status is told by the browser; nothing else is.
  assert.deepEqual(context.problems.filter((line) => !line.includes("422")), []);
  await context.close();
}));

test("without a passphrase, one who has just signed in leaves by the name alone, without script", () => on({ mails: MAILS }, async (site) => {
  const first = await open(browser, site);
  await enter(first, site);
  const state = await first.storageState();
  await first.close();
  const context = await open(browser, site, { language: "en", script: false, size: PHONE, state });
  const page = await context.newPage();
  await page.goto(`${site.url}settings/erase`);
  assert.equal(await page.locator("#old").count(), 0);
  await page.fill("#name", "demo");
  await page.locator("form[action='/settings/erase'] button").click();
  await page.waitForURL("**/erased");
  assert.equal((await vaults(site)).length, 0);
  await context.close();
}));
