// Every page that links lead to: axe finds nothing, nothing is wider than its window, nothing leaves
// the machine; in both languages, both themes, on a phone and on a desk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, PHONE, enter, faults, launch, open, overflows, shot } from "../browser.mjs";
import { MAILS, on, sample } from "../site.mjs";

let browser, household;
before(async () => {
  browser = await launch();
  household = await sample("household");
});
after(() => browser.close());

/** Filters and order change the rows of a list, not its making: one address stands for all. */
const SAME = ["sort", "page", "kind", "since", "year", "merchant", "actor", "category", "folder", "over", "fact", "show"];

/** One address of each shape (`/mail/1`, `/mail/2` are one), found by following links from home. */
async function crawl(page, site) {
  const seen = new Map();
  const shape = (url) => url.pathname.replace(/\d+/g, "N") + [...url.searchParams.keys()].filter((key) => !SAME.includes(key)).sort().join("&");
  const todo = [new URL(site.url)];
  while (todo.length && seen.size < 60) {
    const url = todo.shift();
    const kind = shape(url);
    if (seen.has(kind)) continue;
    seen.set(kind, url.pathname + url.search);
    const answer = await page.goto(url.href);
    assert.equal(answer.status(), 200, url.href);
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.href));
    for (const link of links) {
      const next = new URL(link);
      next.hash = "";
      const skip = /\/(language|original|part|body)(\/|$)/.test(next.pathname);
      // Remote pictures are asked for by a person, never by a crawl.
      if (next.origin === url.origin && !skip && !next.searchParams.has("pictures")) todo.push(next);
    }
  }
  return [...seen.values()];
}

test("every page, as it is looked at", () => on({ mails: process.env.MAILS ?? household }, async (site) => {
  const first = await open(browser, site);
  const page = await enter(first, site);
  await page.goto(`${site.url}import`);
  await page.getByRole("heading", { name: /Compte rendu/ }).waitFor({ timeout: 120_000 });
  const addresses = await crawl(page, site);
  for (const path of ["/", "/actors", "/purchases", "/search", "/import", "/settings", "/help"])
    assert.ok(addresses.includes(path), `${path} is linked to`);
  const state = await first.storageState();
  assert.deepEqual(first.problems, []);
  await first.close();
  const wrong = [];
  // Axe looks once in each theme, language and width; what it finds hangs on no pair of them.
  for (const [language, theme, size, looks] of [
    ["fr", "light", DESK, true], ["fr", "dark", PHONE], ["en", "dark", PHONE, true], ["en", "dark", DESK], ["en", "light", PHONE],
  ]) {
    const context = await open(browser, site, { language, theme, size, state });
    await context.addCookies([{ name: "lang", value: language, url: site.url }]);
    const page = await context.newPage();
    for (const address of addresses) {
      await page.goto(new URL(address, site.url).href);
      const where = `${address} ${language} ${theme} ${size.width}`;
      if (await overflows(page)) wrong.push(`${where}: wider than its window`);
      await shot(page, `page${address.replace(/[^a-z0-9]+/gi, "-")}-${language}-${size.width}-${theme}`);
      // Rows are made alike: axe looks at the first of each table and list.
      await page.evaluate(() => {
        const more = "main tbody tr:nth-child(n+6), main ul > li:nth-child(n+6), main option:nth-child(n+6)";
        for (const row of document.querySelectorAll(more)) row.remove();
      });
      if (looks) wrong.push(...(await faults(page)).map((fault) => `${where}: ${fault}`));
      const lang = await page.getAttribute("html", "lang");
      if (lang !== language) wrong.push(`${where}: in ${lang}`);
    }
    wrong.push(...context.outside.map((address) => `asked for ${address}`), ...context.problems);
    await context.close();
  }
  assert.deepEqual([...new Set(wrong)], []);
}));

test("the pages work without any script", () => on({ mails: MAILS }, async (site) => {
  const context = await open(browser, site, { script: false, size: PHONE });
  const page = await context.newPage();
  await page.goto(`${site.url}enter`);
  await page.fill("#code", site.code);
  await page.getByRole("button", { name: "Entrer" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await page.getByRole("link", { name: "Chercher", exact: true }).click();
  await page.waitForURL("**/search**");
  await page.locator("main input[name=q]").fill("Solène");
  await page.locator("main input[name=q]").press("Enter");
  await page.locator("main a[href^='/mail/']").first().click();
  await page.waitForURL("**/mail/**");
  await page.getByRole("link", { name: "English" }).click();
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await context.close();
}));
