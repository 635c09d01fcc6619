// Bringing mail from the page: a file that is sent with its progress, an import stopped and gone on
// with, Thunderbird when the person agrees, Apple Mail and Takeout in one archive.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open } from "../browser.mjs";
import { MAILS, PASSPHRASE, on, sample } from "../site.mjs";

let browser, household;
before(async () => {
  browser = await launch();
  household = await sample("household");
});
after(() => browser.close());

/** A new person on an empty machine, on the page that brings mail. */
async function arrive(site) {
  const context = await open(browser, site);
  const page = await context.newPage();
  await page.goto(site.url);
  await page.fill("#login", "Camille");
  await page.fill("#passphrase", PASSPHRASE);
  await page.getByRole("button", { name: "Créer mon compte" }).click();
  await page.waitForURL("**/import");
  return { context, page };
}

const report = (page) => page.getByRole("heading", { name: /Compte rendu/ }).waitFor({ timeout: 150_000 });

test("a file that is dropped is sent with its progress, and home follows", () => on({}, async (site) => {
  const { context, page } = await arrive(site);
  // The network is slowed down, so that the progress is seen.
  const slow = await context.newCDPSession(page);
  await slow.send("Network.enable");
  await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 900_000 });
  const bytes = (await readFile(household)).toString("base64");
  const dropped = await page.evaluateHandle((base64) => {
    const raw = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([raw], "foyer.mbox"));
    return data;
  }, bytes);
  await page.dispatchEvent("form[data-drop]", "drop", { dataTransfer: dropped });
  await page.getByText(/Envoi\s: \d+\s%, \d+ sur 2 Mo\./).waitFor();
  await report(page);
  await page.getByRole("heading", { name: /\d+ mails lus\s: \d+ acteurs, \d+ achats/ }).waitFor();
  await page.getByRole("link", { name: "Voir l’accueil" }).click();
  await page.getByText("encore garantis").waitFor();

  // The same again adds nothing.
  await page.goto(`${site.url}import`);
  await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await page.setInputFiles("#files", household);
  await page.getByRole("button", { name: "L’envoyer" }).click();
  await page.locator("tr", { hasText: "Déjà là, comptés une fois" }).waitFor({ timeout: 30_000 });
  assert.match(await page.locator("tr", { hasText: "Lus et compris" }).innerText(), /\s0$/);
  await context.close();
}));

test("an import is stopped and gone on with from the page", async () => {
  const large = await sample("mailbox", "5000");
  await on({}, async (site) => {
    const { context, page } = await arrive(site);
    await page.fill("#path", large);
    await page.keyboard.press("Enter");
    await page.getByText(/[1-9][\d\s]*mails? lus?/).first().waitFor();
    await page.getByText("Voir l’accueil grandir").waitFor();
    await page.getByRole("button", { name: "Arrêter" }).click();
    await page.getByText("La lecture s’est arrêtée avant la fin").waitFor();
    const first = await page.locator("caption").first().innerText();
    assert.ok(Number(first.replace(/\D/g, "")) < 5000, first);
    await page.getByRole("button", { name: "Reprendre où elle en était" }).click();
    await report(page);
    await page.goto(site.url);
    const counted = await page.locator("#mail").innerText();
    assert.match(counted, /^[\d\s]+ mails/);
    await page.goto(`${site.url}import`);
    assert.equal(await page.getByText("s’est arrêtée").count(), 0);
    await context.close();
  });
});

test("Thunderbird is found when the person agrees, and only then", async () => {
  const home = async (folder) => {
    const box = path.join(folder, ".thunderbird/x1y2.default/Mail/pop.exemple");
    await mkdir(box, { recursive: true });
    await writeFile(path.join(folder, ".thunderbird/profiles.ini"), "[Profile0]\nName=Camille\nIsRelative=1\nPath=x1y2.default\n");
    await writeFile(path.join(box, "Inbox"), await readFile(household));
  };
  await on({ home }, async (site) => {
    const { context, page } = await arrive(site);
    assert.equal(await page.getByText("Profil Camille").count(), 0, "nothing is looked for before");
    await page.getByRole("link", { name: "Chercher Thunderbird" }).click();
    await page.getByText("Profil Camille : une boîte").waitFor();
    await page.getByRole("button", { name: "Le lire Camille" }).click();
    await report(page);
    await page.getByRole("heading", { name: /mails lus/ }).waitFor();
    await context.close();
  });
});

test("Apple Mail and Takeout are read, labels and all", () => on({}, async (site) => {
  const folder = await mkdtemp(path.join(tmpdir(), "mesinfos-kinds-"));
  const mail = await readFile(path.join(MAILS, "order.eml"));
  await writeFile(path.join(folder, "12.emlx"), Buffer.concat([Buffer.from(`${mail.length}\n`), mail, Buffer.from("<?xml version=\"1.0\"?><plist></plist>\n")]));
  const takeout = (id, label) => `From ${id}@xxx Tue Oct 27 18:00:00 +0000 2026\nX-Gmail-Labels: ${label}\nFrom: Ada <ada@exemple.example>\nTo: camille@foyer.example\nSubject: ${id}\nDate: Tue, 27 Oct 2026 18:00:00 +0000\nMessage-ID: <${id}@exemple.example>\n\nBonjour, ${id}.\n\n`;
  await writeFile(path.join(folder, "Tous les messages.mbox"), takeout("un", "Boîte de réception") + takeout("deux", "Spam") + takeout("trois", "Corbeille"));
  const { context, page } = await arrive(site);
  await page.fill("#path", folder);
  await page.keyboard.press("Enter");
  await report(page);
  await page.getByText("4 mails trouvés").waitFor();
  assert.match(await page.locator("tr", { hasText: "Indésirables et corbeille" }).innerText(), /2$/);
  await page.goto(`${site.url}search?q=EV-402118`);
  await page.locator(".hits a").first().waitFor();
  await context.close();
}));
