// Refusing with one key, seeing that it holds, undoing it; a letter that waits for its answer: by
// keyboard on a desk, without script on a phone. axe looks at each page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, enter, faults, launch, open, overflows, shot } from "../browser.mjs";
import { MAILS, on } from "../site.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

async function looked(page, name) {
  assert.deepEqual(await faults(page), [], name);
  assert.equal(await overflows(page), false, `${name} is wider than its window`);
  await shot(page, name);
}

async function ready(page, site) {
  await page.goto(`${site.url}import`);
  await page.getByRole("heading", { name: /Compte rendu/ }).waitFor({ timeout: 120_000 });
}

test("one key refuses the letters of a shop, one undoes it", () => on({ mails: MAILS }, async (site) => {
  const context = await open(browser, site);
  const page = await enter(context, site);
  await ready(page, site);
  await page.goto(`${site.url}actors`);
  await page.getByRole("link", { name: "Électro Vauban" }).click();
  await looked(page, "actor-before");
  await page.keyboard.press("r");
  await page.waitForURL("**/refuse?**");
  await page.getByText("masqué").first().waitFor();
  await looked(page, "refuse");
  await page.keyboard.press("r");
  await page.waitForURL("**/actor/**");
  await page.getByText("C’est noté").waitFor();
  await looked(page, "actor-refused");
  await page.goto(`${site.url}refusals`);
  await page.getByRole("heading", { name: "les lettres d’Électro Vauban" }).waitFor();
  await looked(page, "refusals");
  await page.goto(`${site.url}search?q=automne`);
  await page.getByText("refusé").first().waitFor();
  await page.goBack();
  await page.getByRole("button", { name: /Rétablir/ }).first().click();
  await page.getByText("Vous n’avez rien refusé").waitFor();
  assert.deepEqual(context.outside, []);
  assert.deepEqual(context.problems, []);
  await context.close();
}));

test("a letter on a phone, in the dark, without script", () => on({ mails: MAILS }, async (site) => {
  const first = await open(browser, site);
  await ready(await enter(first, site), site);
  const state = await first.storageState();
  await first.close();
  const context = await open(browser, site, { script: false, size: PHONE, theme: "dark", state });
  const page = await context.newPage();
  await page.goto(`${site.url}actors`);
  await page.getByRole("link", { name: "Électro Vauban" }).click();
  await page.getByRole("button", { name: /Voir ce qu’ils savent/ }).click();
  await page.waitForURL("**/rights/**");
  await page.getByText("en application de l’article 15", { exact: false }).first().waitFor();
  await shot(page, "letter-phone");
  await page.getByRole("button", { name: "Je l’ai envoyée" }).click();
  await page.getByText("réponse due le").waitFor();
  assert.equal(await overflows(page), false);
  await page.goto(`${site.url}advice`);
  assert.equal(await overflows(page), false);
  await shot(page, "advice-phone");
  await context.close();
}));
