// HTTPS by the program itself: with certificate files, and with a certificate that it asks of an
// ACME authority (Pebble, Let's Encrypt's own test server).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import https from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { launch, open } from "../browser.mjs";
import { certificates } from "../certificates.mjs";
import { PASSPHRASE, on } from "../site.mjs";

const NAME = "coffre.mesinfos.test";

async function inFolder(story) {
  const folder = await mkdtemp(path.join(tmpdir(), "mesinfos-https-"));
  try {
    await story(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One answer over HTTPS, its chain verified against `ca` and the name. */
const get = (port, ca, address = "/") =>
  new Promise((resolve, reject) => {
    const asked = { host: "127.0.0.1", port, path: address, servername: NAME, ca, headers: { host: `${NAME}:${port}` }, agent: false };
    https.get(asked, (answer) => {
      let body = "";
      answer.on("data", (part) => (body += part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    }).on("error", reject);
  });

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

test("with its own certificate: sign up, a cookie for HTTPS only, and no way back to HTTP", () =>
  inFolder(async (folder) => {
    const { ca, certificate, key, hash } = certificates(folder, [NAME]);
    await on({ more: ["--tls-cert", certificate, "--tls-key", key] }, async (site) => {
      const { port } = new URL(site.url);
      const answer = await get(port, readFileSync(ca), "/welcome");
      assert.equal(answer.status, 200);
      assert.match(answer.headers["strict-transport-security"], /^max-age=31536000/);
      await assert.rejects(get(port, undefined), /certificate/, "nobody else's authority vouches for it");

      const browser = await launch([
        `--host-resolver-rules=MAP ${NAME} 127.0.0.1`,
        `--ignore-certificate-errors-spki-list=${hash}`,
      ]);
      const url = `https://${NAME}:${port}/`;
      const context = await open(browser, { url });
      const page = await context.newPage();
      await page.goto(url);
      await page.fill("#login", "Camille");
      await page.fill("#passphrase", PASSPHRASE);
      await page.check("#sealed");
      await page.fill("#setup", site.setup);
      await page.getByRole("button", { name: "Créer mon compte" }).click();
      await page.getByRole("heading", { name: /Gardez ces codes/ }).waitFor();
      const cookie = (await context.cookies(url)).find((c) => c.name === "__Host-session");
      assert.ok(cookie.secure && cookie.httpOnly && cookie.path === "/", JSON.stringify(cookie));
      assert.deepEqual(context.outside, []);
      assert.deepEqual(context.problems, []);

      // The browser was told: even a link to plain HTTP is asked for over HTTPS.
      await context.unroute("**/*");
      const second = await page.goto(`http://${NAME}:${port}/import`);
      assert.equal(new URL(second.url()).protocol, "https:");
      assert.equal(second.status(), 200);
      await browser.close();
    });
  }));

test("with a certificate asked of an ACME authority", () =>
  inFolder(async (folder) => {
    const { ca, certificate, key } = certificates(folder, ["localhost"]);
    const [site_port, acme, management, dns, names] = await Promise.all(Array.from({ length: 5 }, freePort));
    const config = {
      pebble: {
        listenAddress: `127.0.0.1:${acme}`,
        managementListenAddress: `127.0.0.1:${management}`,
        certificate,
        privateKey: key,
        httpPort: 1,
        tlsPort: site_port,
        ocspResponderURL: "",
        externalAccountBindingRequired: false,
      },
    };
    await writeFile(path.join(folder, "pebble.json"), JSON.stringify(config));
    const children = [
      spawn("pebble-challtestsrv", ["-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01", `127.0.0.1:${dns}`,
        "-http01", "", "-https01", "", "-tlsalpn01", "", "-management", `127.0.0.1:${names}`], { stdio: "ignore" }),
      spawn("pebble", ["-config", path.join(folder, "pebble.json"), "-dnsserver", `127.0.0.1:${dns}`],
        { stdio: "ignore", env: { ...process.env, PEBBLE_VA_NOSLEEP: "1" } }),
    ];
    const authority = readFileSync(ca);
    const root = async () => {
      for (let i = 0; ; i++) {
        try {
          return await new Promise((resolve, reject) => {
            https.get({ host: "localhost", port: management, path: "/roots/0", ca: authority, agent: false }, (answer) => {
              let body = "";
              answer.on("data", (part) => (body += part));
              answer.on("end", () => resolve(body));
            }).on("error", reject);
          });
        } catch (error) {
          if (i > 50) throw error;
          await new Promise((next) => setTimeout(next, 200));
        }
      }
    };
    try {
      const issuer = await root();
      const more = ["--acme", NAME, "--acme-directory", `https://localhost:${acme}/dir`, "--acme-ca", ca];
      await on({ port: site_port, more }, async (site) => {
        let answer;
        for (let i = 0; !answer; i++) {
          answer = await get(site_port, issuer, "/welcome").catch((error) => {
            if (i > 150) throw new Error(`no certificate: ${error.message}\n${site.errors()}`);
          });
          if (!answer) await new Promise((next) => setTimeout(next, 200));
        }
        assert.equal(answer.status, 200);
        assert.match(answer.headers["strict-transport-security"], /max-age/);
      });
    } finally {
      for (const child of children) child.kill();
    }
  }));
