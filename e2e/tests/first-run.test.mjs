// An empty machine: the account, the first mails, signing out and in again; by keyboard, and without
// any script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, PHONE, faults, launch, open, overflows, shot } from "../browser.mjs";
import { MAILS, PASSPHRASE, on } from "../site.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("by keyboard alone, from nothing to one's mails", () => on({}, async (site) => {
  const context = await open(browser, site);
  const page = await context.newPage();
  await page.goto(site.url);
  assert.match(page.url(), /\/welcome$/);
  const keys = page.keyboard;
  const at = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  await keys.press("Tab");
  assert.equal(await at(), "Aller au contenu");
  await page.focus("#login");
  await keys.type("Camille");
  await keys.press("Tab");
  assert.equal(await at(), "passphrase");
  await keys.type(PASSPHRASE);
  await keys.press("Tab");
  assert.equal(await at(), "watched");
  await keys.press("Enter");
  await page.waitForURL("**/import");

  await page.focus("#path");
  await keys.type(MAILS);
  await keys.press("Enter");
  await page.waitForURL("**/import");
  await page.getByRole("heading", { name: /Compte rendu/ }).waitFor();
  assert.deepEqual(context.outside, []);
  assert.deepEqual(context.problems, []);
  await context.close();
  assert.equal(await site.stop(), 0, "Ctrl-C stops it cleanly");
}));

test("without any script", () => on({}, async (site) => {
  const context = await open(browser, site, { language: "en", script: false });
  const page = await context.newPage();
  await page.goto(site.url);
  await page.fill("#login", "Camille");
  await page.fill("#passphrase", PASSPHRASE);
  await page.getByRole("button", { name: "Create my account" }).click();
  await page.waitForURL("**/import");
  await page.setInputFiles("#files", [`${MAILS}/order.eml`, `${MAILS}/hostile.eml`]);
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByText("2 mails found").waitFor();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  await page.fill("#login", "camille");
  await page.fill("#passphrase", "not the passphrase");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.waitForTimeout(1100);
  await page.fill("#passphrase", PASSPHRASE);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await context.close();
}));

test("a link signs in once, by script or by its short code", () => on({ mails: MAILS }, async (site) => {
  const plain = await open(browser, site, { script: false });
  const page = await plain.newPage();
  await page.goto(`${site.url}enter`);
  await page.fill("#code", site.code.toUpperCase());
  await page.getByRole("button", { name: "Entrer" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  const late = await open(browser, site);
  const second = await late.newPage();
  await second.goto(site.enter);
  await second.getByRole("alert").waitFor();
  assert.ok(!second.url().includes("#"), "the token left the address");
  await plain.close();
  await late.close();
}));

test("axe finds nothing at the door, in any language, theme and width", () => on({}, async (site) => {
  for (const language of ["fr", "en"])
    for (const theme of ["light", "dark"])
      for (const size of [PHONE, DESK]) {
        const context = await open(browser, site, { language, theme, size });
        const page = await context.newPage();
        for (const [path, name] of [["welcome", "welcome"], ["enter", "enter"], ["nowhere", "not-found"]]) {
          await page.goto(site.url + path);
          const where = `${name}-${language}-${size.width}-${theme}`;
          assert.deepEqual(await faults(page), [], where);
          assert.ok(!(await overflows(page)), where);
          await shot(page, where);
        }
        await context.close();
      }
}));
