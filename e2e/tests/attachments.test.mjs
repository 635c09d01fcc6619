// Attachments in a real browser: what can be shown is shown where it can do nothing, what could act is
// only saved.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { enter, launch, open, shot } from "../browser.mjs";
import { on } from "../site.mjs";

let browser, folder;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "mesinfos-parts-"));
  await writeFile(path.join(folder, "one.eml"), await mail());
});
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

const EVIL = "<script>parent.PWNED = top.PWNED = globalThis.PWNED = 1</script>";

/** A mail with a real PDF and a real picture, both made by the browser, and what an attacker would add. */
async function mail() {
  const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
  await page.setContent("<h1>Facture F-2026-7</h1>");
  const parts = [
    ["application/pdf", "facture.pdf", await page.pdf()],
    ["image/png", "photo.png", await page.screenshot()],
    ["text/plain; charset=utf-8", "note.txt", Buffer.from(`Réglé le 3 mai. ${EVIL}\n`)],
    ["text/html; charset=utf-8", "page.html", Buffer.from(`<h1>Page</h1>${EVIL}`)],
    ["image/svg+xml", "dessin.svg", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="parent.PWNED=1">${EVIL}</svg>`)],
    ["application/xhtml+xml", "x.xhtml", Buffer.from(`<html xmlns="http://www.w3.org/1999/xhtml"><body>${EVIL}</body></html>`)],
    ["application/pdf", "faux.pdf", Buffer.from(`<html>${EVIL}</html>`)],
  ];
  await page.close();
  const written = parts.map(([kind, name, content]) =>
    `--b\r\nContent-Type: ${kind}\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`);
  return `From: Atelier <atelier@exemple.example>\r\nTo: camille@foyer.example\r\nSubject: Vos pieces jointes\r\nDate: Tue, 27 Oct 2026 19:04:12 +0100\r\nMessage-ID: <parts@exemple.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nVoici, jointes.\r\n${written.join("")}--b--\r\n`;
}

/** The mail's page. */
async function arrive(site) {
  const context = await open(browser, site);
  const page = await enter(context, site);
  await page.goto(`${site.url}import`);
  await page.getByRole("heading", { name: /Compte rendu/ }).waitFor();
  await page.goto(`${site.url}search?q=jointes`);
  await page.locator("main a[href^='/mail/']").first().click();
  await page.getByText("facture.pdf").first().waitFor();
  return { context, page };
}

/** Follows "Ouvrir" of an attachment to the page that it opens. */
async function opened(context, page, name) {
  const link = page.getByRole("link", { name: `Ouvrir à l’abri ${name}` });
  const [popup] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await popup.waitForLoadState();
  return popup;
}

test("a PDF, a picture and a text are shown, each shut in", () => on({ mails: folder }, async (site) => {
  const { context, page } = await arrive(site);
  await shot(page, "mail-attachments-fr-1280-light");

  const picture = await opened(context, page, "photo.png");
  assert.equal(await picture.locator("img").evaluate((img) => img.naturalWidth), 320);

  const text = await opened(context, page, "note.txt");
  assert.match(await text.locator("body").innerText(), /Réglé le 3 mai\. <script>/);

  assert.deepEqual(context.outside, []);

  await context.unroute("**/*"); // The viewer is an extension: its pages have addresses of their own.
  const pdf = await opened(context, page, "facture.pdf");
  // The browser's own viewer, in a frame of its own: shut in, a PDF is shown all the same.
  const viewer = () => pdf.frames().some((frame) => frame.url().startsWith("chrome-extension://"));
  for (let i = 0; i < 300 && !viewer(); i++) await pdf.waitForTimeout(100);
  assert.ok(viewer(), pdf.frames().map((frame) => frame.url()).join(" "));

  for (const shown of [pdf, picture, text]) {
    const answer = await context.request.get(shown.url());
    assert.match(answer.headers()["content-security-policy"], /default-src 'none'.*; sandbox$/);
    assert.equal(answer.headers()["x-content-type-options"], "nosniff");
    assert.equal(await shown.evaluate(() => globalThis.PWNED), undefined);
  }
  await context.close();
}));

test("a page, a drawing and what is not what it says are only saved", () => on({ mails: folder }, async (site) => {
  const { context, page } = await arrive(site);
  const mailPage = page.url();
  for (const name of ["page.html", "dessin.svg", "x.xhtml", "faux.pdf"]) {
    // What says that it is a PDF is offered; its content, which is none, is then saved all the same.
    const links = await page.getByRole("link", { name: `Ouvrir à l’abri ${name}` }).count();
    assert.equal(links, name === "faux.pdf" ? 1 : 0, name);
    const save = page.getByRole("link", { name: `Enregistrer ${name}` });
    const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
    assert.equal(download.suggestedFilename(), name);
    assert.ok((await readFile(await download.path(), "utf8")).includes(EVIL), "as it came");
    // Typed by hand, its address saves it too.
    const address = new URL(await save.getAttribute("href"), site.url).href;
    const by = await Promise.all([
      page.waitForEvent("download"),
      page.goto(`${address}/open`).catch(() => null),
    ]);
    assert.equal(by[0].suggestedFilename(), name);
  }
  assert.equal(page.url(), mailPage, "nothing was opened in its place");
  assert.equal(await page.evaluate(() => globalThis.PWNED), undefined);
  await context.close();
}));
