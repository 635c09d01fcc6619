// A real Chromium, contexts in each language, theme and width, and a watch on what leaves the machine.
import { chromium } from "playwright-core";
import axe from "axe-core";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 900 };

/** Starts it, with `more` arguments. */
export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}

/** A browser context; `context.outside` lists every address asked for that is not the site's own. */
export async function open(browser, site, { language = "fr", theme = "light", size = DESK, script = true, state } = {}) {
  const context = await browser.newContext({
    locale: language === "fr" ? "fr-FR" : "en-GB",
    colorScheme: theme,
    viewport: size,
    javaScriptEnabled: script,
    reducedMotion: "reduce",
    storageState: state,
  });
  context.outside = [];
  context.problems = [];
  await context.route("**/*", (route) => {
    const address = route.request().url();
    if (address.startsWith(site.url) || address.startsWith("data:")) return route.continue();
    context.outside.push(address);
    return route.abort();
  });
  context.on("page", (page) => {
    page.on("pageerror", (error) => context.problems.push(`${page.url()}: ${error.message}`));
    page.on("console", (line) => {
      if (line.type() === "error") context.problems.push(`${page.url()}: ${line.text()}`);
    });
    page.on("dialog", (dialog) => {
      context.problems.push(`${page.url()}: a dialog, ${dialog.message()}`);
      dialog.dismiss();
    });
  });
  return context;
}

/** Signs a context in with a link made for it. */
export async function enter(context, site, link) {
  const page = await context.newPage();
  await page.goto(link ?? site.enter);
  await page.waitForURL((url) => !url.pathname.startsWith("/enter"));
  return page;
}

/** What axe finds, one line each. The frame of a mail holds somebody else's markup and is left out. */
export async function faults(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      iframes: false,
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
}

/** Whether the page is wider than its window. */
export function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
}

/** Keeps a picture in `shots/` when SHOTS is set. */
export async function shot(page, name) {
  if (!process.env.SHOTS) return;
  await mkdir(path.join(here, "shots"), { recursive: true });
  await page.screenshot({ path: path.join(here, "shots", `${name}.png`), fullPage: true });
}
