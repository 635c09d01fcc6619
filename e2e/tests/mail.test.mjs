// A hostile mail and an honest one, in a real browser: nothing runs, nothing leaves the machine.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, PHONE, enter, faults, launch, open, overflows, shot } from "../browser.mjs";
import { MAILS, on } from "../site.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The addresses of the mails, found as a person finds them: numbers near each other in time. */
async function addresses(page, site) {
  await page.goto(`${site.url}import`);
  await page.getByRole("heading", { name: /Compte rendu|Report/ }).waitFor();
  const found = {};
  for (const word of ["Solène", "visible"]) {
    await page.goto(`${site.url}search?q=${word}`);
    found[word] = await page.locator("main a[href^='/mail/']").first().getAttribute("href");
  }
  return found;
}

test("a hostile mail runs nothing and asks for nothing", () => on({ mails: MAILS }, async (site) => {
  const context = await open(browser, site);
  const page = await enter(context, site);
  const { visible } = await addresses(page, site);
  const pages = [visible, `${visible}?as=text`, `${visible}/body`];
  for (const address of pages) {
    const answer = await page.goto(new URL(address, site.url).href);
    assert.equal(answer.status(), 200, address);
    await page.waitForTimeout(600);
    for (const frame of page.frames()) {
      assert.equal(await frame.evaluate(() => globalThis.PWNED), undefined, address);
    }
    assert.equal(new URL(page.url()).pathname, new URL(address, site.url).pathname, "it went nowhere");
  }
  await page.goto(new URL(visible, site.url).href);
  const frame = page.frames().find((f) => f.url().includes("/body"));
  await frame.getByText("Texte visible du mail.").waitFor();
  assert.equal(await frame.locator("form, input, script, iframe, object, svg").count(), 0);
  assert.equal(await frame.locator("[id]").count(), 0, "the mail names nothing");
  const cover = await frame.getByText("plein écran").evaluate((e) => getComputedStyle(e).position);
  assert.equal(cover, "static");
  assert.equal(await page.locator("main img").count(), 0, "subject and sender are text");

  // Its page, its drawing and its false picture are only saved, under harmless names.
  for (const link of await page.locator("a[href*='/part/']").all()) {
    const address = await link.getAttribute("href");
    if (address.endsWith("/open")) continue;
    const answer = await context.request.get(new URL(address, site.url).href);
    assert.match(answer.headers()["content-disposition"], /^attachment; filename="[^"/\\<>]+"/);
    const opened = await context.request.get(new URL(`${address}/open`, site.url).href);
    assert.match(opened.headers()["content-disposition"], /^attachment; /, "saved, not opened");
  }
  assert.deepEqual(context.outside, []);
  assert.deepEqual(context.problems, []);
  await context.close();
}));

test("an honest mail shows its own picture, its attachments and the words of its facts", () => on({ mails: MAILS }, async (site) => {
  const context = await open(browser, site, { script: false });
  const page = await context.newPage();
  await page.goto(`${site.url}enter`);
  await page.fill("#code", site.code);
  await page.getByRole("button", { name: "Entrer" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  const { Solène: order } = await addresses(page, site);
  await page.goto(new URL(order, site.url).href);
  const frame = page.frames().find((f) => f.url().includes("/body"));
  await frame.getByText("Bouilloire").waitFor();
  await page.getByText("un mouchard").waitFor();
  await page.locator(".margin a", { hasText: "87,60" }).first().click();
  await frame.waitForURL(/#f-/);
  const lit = frame.locator("mark:target");
  assert.match(await lit.textContent(), /87,60/);
  await shot(page, "mail-fr-1280-light-lit");

  await page.goto(`${new URL(order, site.url).href}?pictures=1`);
  await page.waitForTimeout(500);
  assert.equal(context.outside.length, 1, "asked for, the pictures are loaded, and nothing else");
  await context.close();
}));

test("axe finds nothing on the page of a mail", () => on({ mails: MAILS }, async (site) => {
  const first = await open(browser, site);
  const { Solène, visible } = await addresses(await enter(first, site), site);
  const state = await first.storageState();
  await first.close();
  for (const language of ["fr", "en"])
    for (const [theme, size] of [["light", DESK], ["dark", PHONE], ["dark", DESK], ["light", PHONE]]) {
      const context = await open(browser, site, { language, theme, size, state });
      const page = await context.newPage();
      for (const [name, address] of [["mail", Solène], ["mail-hostile", visible]]) {
        const answer = await page.goto(new URL(address, site.url).href);
        assert.equal(answer.status(), 200, address);
        const where = `${name}-${language}-${size.width}-${theme}`;
        assert.deepEqual(await faults(page), [], where);
        assert.ok(!(await overflows(page)), where);
        await shot(page, where);
      }
      await context.close();
    }
}));
