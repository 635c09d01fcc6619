// Three years of a household's mails: each number of home is followed to what it counts, things are
// found, mistakes are corrected in place and undone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, enter, launch, open, overflows, shot } from "../browser.mjs";
import { sample, start } from "../site.mjs";

let browser, site, context, page;
before(async () => {
  site = await start({ mails: await sample("household") });
  browser = await launch();
  context = await open(browser, site);
  page = await enter(context, site);
  await page.goto(`${site.url}import`);
  await page.getByRole("heading", { name: /Compte rendu/ }).waitFor({ timeout: 60_000 });
});
after(async () => {
  assert.deepEqual(context?.outside, []);
  assert.deepEqual(context?.problems, []);
  await browser?.close();
  await site?.stop();
});

/** `1 234,56 €` in cents; other currencies are left to their own sums. */
const cents = (text) => Math.round(Number(text.replace(/[^\d,-]/g, "").replace(",", ".")) * 100);
const number = (text) => Number(text.replace(/[^\d]/g, ""));
const goto = (address) => page.goto(new URL(address, site.url).href);

/** Clicks a link of home and waits until its page has come. */
const follow = (link) => Promise.all([page.waitForURL((url) => url.pathname !== "/"), link.click()]);

/** The rows of all pages of a list. */
async function rows() {
  const all = [];
  const links = await page.locator(".pager a").evaluateAll((all) => all.map((a) => a.href));
  const last = Math.max(1, ...links.map((a) => Number(new URL(a).searchParams.get("page") ?? 1)));
  const list = new URL(page.url());
  for (let number = 1; number <= last; number++) {
    list.searchParams.set("page", number);
    if (number > 1) await page.goto(list.href);
    const found = await page.locator("main tbody tr").evaluateAll((trs) =>
      trs.map((tr) => [...tr.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim()).join(" | ")));
    all.push(...found);
  }
  return all;
}

/** The sum at the end of a row, in cents: what is left after a refund stands under the price. */
const sumOf = (row) => {
  const sums = row.split(" | ").at(-1).match(/\d[\d ]*,\d\d €/g);
  return sums ? cents(sums.at(-1)) : 0;
};
/** What is read there, its spaces all alike. */
const read = async (what) => (await what.innerText()).replace(/[\s\u202f\u00a0]+/g, " ").trim();

test("each number of home's sentence leads to a list that adds up to it", async () => {
  await goto("/");
  const [spent, merchants, things, guaranteed] = await page.locator("h1 > a").allTextContents();
  const note = await page.locator("#n1").innerText();
  const [before, refunded, left] = note.match(/\d[\d\s\u202f\u00a0]*,\d\d\s?€/g).map(cents);
  assert.equal(before - refunded, left, "the note is the sum");
  assert.equal(left, cents(spent));

  await follow(page.getByRole("link", { name: "Voir la somme" }));
  const orders = (await rows()).filter((row) => !row.includes("£"));
  assert.equal(orders.length, number(note.match(/^\D*(\d+)/)[1]), "as many orders as the note says");
  assert.equal(orders.map(sumOf).reduce((a, b) => a + b), cents(spent), "the list adds up");

  await goto("/");
  await follow(page.locator("#n2 a"));
  assert.equal((await rows()).length, number(merchants));

  const units = (row) => Number(row.match(/× (\d+)/)?.[1] ?? 1);
  const gone = /\| (rendu|remboursé|annulé) \|/;
  await goto("/");
  await follow(page.locator("#n3 a"));
  const kept = (await rows()).filter((row) => !gone.test(row));
  assert.equal(kept.map(units).reduce((a, b) => a + b), number(things));
  assert.match(await page.locator("h1").innerText(), new RegExp(`^${number(things)} objets`));

  await goto("/");
  await follow(page.locator("#n4 a"));
  const running = await rows();
  assert.equal(running.map(units).reduce((a, b) => a + b), number(guaranteed));
  assert.ok(!running.some((row) => /abonnement|tomme|œufs/i.test(row)), "what is consumed is not counted");

  // What stands beside: its list has the same number and the same sums.
  await goto("/");
  const beside = await page.locator("#n1 a[href*='show=b']").evaluateAll((all) =>
    all.map((a) => ({ address: a.href, words: a.innerText, sums: a.nextSibling.textContent })));
  assert.ok(beside.length >= 2, "bookings and bills");
  for (const { address, words, sums } of beside) {
    await page.goto(address);
    const lede = await read(page.locator("h1"));
    assert.equal(number(lede.split(" ")[0]), number(words));
    const sum = cents(sums.match(/\d[\d\s\u202f\u00a0]*,\d\d/)[0]);
    assert.equal(cents(lede.split(" : ")[1]), sum, lede);
    assert.equal((await rows()).map(sumOf).reduce((a, b) => a + b), sum, lede);
  }
});

test("a sum leads to its mails, and those to the very words", async () => {
  await goto("/orders?show=counted");
  await page.locator("main tbody a").first().click();
  await page.getByText("Les deux nombres sont égaux").waitFor();
  const total = await page.locator(".sum .total .num").innerText();
  await page.locator("a.src", { hasText: total.replace(/\s/g, " ") }).first().click();
  const mark = page.frameLocator("iframe.paper").locator("mark:target").first();
  assert.equal(cents(await mark.innerText()), cents(total));
});

test("a word gives the card of the thing, whatever its accents and filters", async () => {
  await goto("/search");
  await page.locator("#q").fill("LAVÉ-linge");
  await page.keyboard.press("Enter");
  const card = page.locator("article.decide");
  await card.getByText("Lave-linge").first().waitFor();
  assert.match(await read(card), /549,00 €, Électro Vauban, acheté le/);
  assert.match(await read(card), /garanti jusqu’au .* art\. L217-3/);
  assert.match(await page.locator(".hits mark").first().innerText(), /lave-linge/i);
  await shot(page, "search-lave-linge");

  await card.getByRole("link", { name: "Il est en panne" }).click();
  await page.getByRole("link", { name: "Préparer le dossier" }).click();
  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { name: "Preuve d’achat" }).waitFor();
  assert.match(await page.locator(".words").first().innerText(), /Lave-linge/, "the mail's words are in the file");
  assert.ok(!(await page.locator(".top").isVisible()), "no rail on paper");
  await page.emulateMedia({ media: null });

  for (const [q, holds, holdsNot] of [
    ["montant:>300 acteur:vauban", /Vauban/, /Delta/],
    ["lave-linge après:2025-06-01", /Lave-linge/, /2023/],
    ["lave-linge avant:2000", /Rien ne répond/, /€/],
    ["vauban", /Acteurs\s+.*Électro Vauban/s, /Rien ne répond/],
  ]) {
    await goto(`/search?q=${encodeURIComponent(q)}`);
    const text = await page.locator("main").innerText();
    assert.match(text, holds, q);
    assert.doesNotMatch(text, holdsNot, q);
  }
});

test("a line is written right in its place, and the key u undoes it", async () => {
  await goto("/orders?show=counted");
  await page.locator("main tbody a").nth(3).click();
  const order = page.url();
  const name = await page.locator("main tbody th a").first().innerText();
  await page.locator("a.edit").first().click();
  await page.locator("#name").fill("Tout autre chose");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Votre parole l’emporte").waitFor();
  await page.getByRole("link", { name: "Tout autre chose", exact: true }).waitFor();
  await page.locator("main").focus();
  await page.keyboard.press("u");
  await page.waitForURL((url) => !url.search.includes("corrected"));
  await page.getByRole("link", { name, exact: true }).first().waitFor();
  assert.equal(new URL(page.url()).pathname, new URL(order).pathname);
});

test("two orders become one, a mail leaves an order, and both are undone", async () => {
  await goto("/orders?show=counted");
  await page.locator("main tbody a").nth(2).click();
  const before = await page.locator(".hits > li").count();
  await page.getByRole("link", { name: "Réunir avec une autre commande" }).click();
  await page.getByRole("button", { name: /C’est la même/ }).first().click();
  await page.getByText("Votre parole l’emporte").waitFor();
  const joined = await page.locator(".hits > li").count();
  assert.ok(joined > before, "its mails came along");

  await page.getByRole("button", { name: /Ce mail est d’une autre commande/ }).last().click();
  await page.getByText("Votre parole l’emporte").waitFor();
  assert.equal(await page.locator(".hits > li").count(), joined - 1);

  await goto("/corrections");
  for (const left of [2, 1]) {
    assert.ok((await page.getByRole("button", { name: /^Défaire/ }).count()) >= left);
    await page.getByRole("button", { name: /^Défaire/ }).first().click();
    await page.waitForURL("**/corrections");
  }
});

test("one's own address is confirmed in one click", async () => {
  await goto("/settings");
  await page.getByRole("link", { name: "Vos adresses" }).click();
  await page.getByRole("heading", { name: "Cette adresse est-elle à vous ?" }).waitFor();
  await page.getByRole("button", { name: /C’est à moi camille/ }).click();
  await page.getByRole("heading", { name: "Une adresse est à vous." }).waitFor();
  await page.getByRole("button", { name: "Défaire" }).click();
  await page.getByRole("heading", { name: "Cette adresse est-elle à vous ?" }).waitFor();
});

test("by keyboard alone: search, walk, open", async () => {
  await goto("/");
  await page.keyboard.press("/");
  await page.waitForURL("**/search");
  await page.locator("#q").fill("facture");
  await page.keyboard.press("Enter");
  await page.waitForURL("**q=facture**");
  await page.locator("main").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/(mail|order|thing)\//);
});

test("at 200 % and on a narrow phone nothing is wider than its window", async () => {
  const state = await context.storageState();
  for (const size of [{ width: 640, height: 450 }, PHONE, { width: 320, height: 640 }]) {
    const other = await open(browser, site, { size, state });
    const narrow = await other.newPage();
    for (const path of ["/", "/actors", "/purchases", "/orders", "/search?q=lampe", "/due", "/offers", "/collect", "/import", "/settings/addresses"]) {
      await narrow.goto(new URL(path, site.url).href);
      assert.ok(!(await overflows(narrow)), `${path} at ${size.width}`);
    }
    await other.close();
  }
});
