// Starts the program on a folder of its own and an empty vault, and stops it again.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const program = process.env.MESINFOS ?? path.join(here, "../target/debug/mesinfos");

export const PASSPHRASE = "quatre pommes vertes";
/** A sample mailbox, written once for all tests of a file: `household`, or `mailbox` of so many. */
export async function sample(kind, argument) {
  const folder = await mkdtemp(path.join(tmpdir(), "mesinfos-mails-"));
  const mbox = path.join(folder, `${kind}.mbox`);
  await promisify(execFile)(path.join(path.dirname(program), "mesinfos-samples"), [kind, mbox, ...(argument ? [argument] : [])]);
  return mbox;
}

export const MAILS = path.join(here, "mails");

/** Runs a story on a server of its own, which is stopped whatever happens. */
export async function on(options, story) {
  const site = await start(options);
  try {
    await story(site);
  } finally {
    await site.stop();
  }
}

/** A running server: `url` ends in `/`; `enter` signs in once when there is a demonstration; `more`
 * are further arguments, `setup` the code that the first account then asks for. */
export async function start({ mails, home, port = 0, more = [] } = {}) {
  const data = await mkdtemp(path.join(tmpdir(), "mesinfos-e2e-"));
  // The person's home folder is inside: what a story puts there is removed with it.
  await home?.(data);
  const args = ["--data", data, "serve", "--listen", `127.0.0.1:${port}`, "--json", ...more];
  if (mails) args.push("--demo", mails);
  const env = { ...process.env, HOME: data, TZ: "Europe/Paris" };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (part) => (errors += part));
  const ready = await new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (part) => {
      out += part;
      if (out.includes("\n")) resolve(JSON.parse(out.split("\n")[0]));
    });
    child.on("exit", (code) => reject(new Error(`mesinfos ended with ${code}: ${errors}`)));
    child.on("error", reject);
  });
  const stop = async () => {
    if (child.exitCode !== null) return child.exitCode;
    const ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
    child.kill("SIGINT");
    const code = await ended;
    await rm(data, { recursive: true, force: true });
    return code;
  };
  return { url: ready.ready, enter: ready.enter, code: ready.code, setup: ready.setup, lmtp: ready.lmtp, data, stop, errors: () => errors };
}
