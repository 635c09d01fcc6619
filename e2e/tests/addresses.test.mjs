// An address for one shop: made in one click, written to by that shop and by a stranger, paused; on a
// desk with scripts, on a phone in the dark without. axe looks at each page.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, test } from "node:test";
import { PHONE, enter, faults, launch, open, overflows, shot } from "../browser.mjs";
import { MAILS, on } from "../site.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const POST = ["--mail-domain", "exemple.fr", "--lmtp", "127.0.0.1:0"];

/** Delivers a mail by LMTP; the reply to the first word that was refused, or to the mail. */
async function deliver(site, to, from) {
  const socket = net.connect(Number(site.lmtp.split(":").pop()), "127.0.0.1");
  let heard = "";
  socket.on("data", (part) => (heard += part));
  const reply = async () => {
    for (;;) {
      const end = heard.match(/^\d{3} .*\r\n/m);
      if (end) {
        const said = heard.slice(0, end.index + end[0].length);
        heard = heard.slice(said.length);
        return said;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const ask = (line) => {
    socket.write(`${line}\r\n`);
    return reply();
  };
  await reply();
  await ask("LHLO mx.example");
  await ask(`MAIL FROM:<info@${from}.example>`);
  let said = await ask(`RCPT TO:<${to}>`);
  if (said.startsWith("250")) {
    await ask("DATA");
    said = await ask(
      `From: ${from} <info@${from}.example>\r\nTo: ${to}\r\nSubject: Votre commande chez ${from}\r\n` +
        "Date: Mon, 5 Jan 2026 10:00:00 +0100\r\n\r\nVotre commande est confirmee.\r\n.",
    );
  }
  socket.end();
  return said;
}

async function looked(page, name) {
  assert.deepEqual(await faults(page), [], name);
  assert.equal(await overflows(page), false, `${name} is wider than its window`);
  await shot(page, name);
}

/** Looks again until the page says so. */
async function until(page, address, words) {
  for (let left = 100; left > 0; left--) {
    await page.goto(address);
    if ((await page.textContent("main")).includes(words)) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`${address} never says ${words}`);
}

async function story(site, context, name) {
  const page = await enter(context, site);
  const list = `${site.url}addresses`;
  await page.goto(list);
  await looked(page, `${name}-empty`);
  await page.getByLabel("Pour qui").fill("mirabelle");
  await page.getByRole("button", { name: "Créer une adresse" }).click();
  await page.waitForURL("**/addresses?made=**");
  const address = await page.locator("main output").first().textContent();
  assert.match(address, /^mirabelle\.[a-z0-9]{5}@exemple\.fr$/);
  await looked(page, `${name}-made`);
  assert.match(await deliver(site, address, "mirabelle"), /^250/);
  await until(page, list, "· un mail");
  assert.match(await deliver(site, address, "casino"), /^250/);
  await until(page, list, "y écrit aussi");
  await looked(page, `${name}-leak`);
  await page.getByRole("link", { name: "Voir ce mail" }).click();
  await page.getByText("Votre commande chez casino").first().waitFor();
  await page.goto(list);
  await page.getByRole("button", { name: /Mettre en pause/ }).click();
  await page.getByText("en pause").first().waitFor();
  assert.match(await deliver(site, address, "casino"), /^550 5\.2\.1 .*paused/);
  await page.getByRole("button", { name: /Rouvrir/ }).click();
  assert.match(await deliver(site, address, "mirabelle"), /^250/);
  await page.goto(`${site.url}addresses/tell`);
  await page.getByText(address).first().waitFor({ state: "attached" });
  await looked(page, `${name}-tell`);
  assert.deepEqual(context.outside, []);
  assert.deepEqual(context.problems, []);
}

test("an address for one shop, and the stranger who writes there", () => on({ mails: MAILS, more: POST }, async (site) => {
  const context = await open(browser, site);
  await story(site, context, "addresses");
  await context.close();
}));

test("the same on a phone, in the dark", () => on({ mails: MAILS, more: POST }, async (site) => {
  const context = await open(browser, site, { size: PHONE, theme: "dark" });
  await story(site, context, "addresses-phone");
  await context.close();
}));

test("an actor's own page makes one in one click, without script", () => on({ mails: MAILS, more: POST }, async (site) => {
  const first = await open(browser, site);
  const begun = await enter(first, site);
  await begun.goto(`${site.url}import`);
  await begun.getByRole("heading", { name: /Compte rendu/ }).waitFor({ timeout: 120_000 });
  const state = await first.storageState();
  await first.close();
  const context = await open(browser, site, { script: false, size: PHONE, state });
  const page = await context.newPage();
  await page.goto(`${site.url}actors`);
  await page.getByRole("link", { name: "Électro Vauban" }).click();
  await page.getByRole("button", { name: "lui donner une adresse à lui" }).click();
  await page.waitForURL("**/addresses?made=electro-vauban.**");
  await page.getByText("Voici l’adresse pour").waitFor();
  assert.equal(await overflows(page), false);
  await shot(page, "addresses-actor");
  await context.close();
}));
