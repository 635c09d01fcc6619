// Certificates for tests, by the openssl program: an authority of our own, and what it signs.
import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const openssl = (...args) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "ignore"] });
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** Makes an authority and a certificate for `names` in `folder`; the paths, and the key's hash as
 * Chromium wants it. */
export function certificates(folder, names) {
  const at = (name) => path.join(folder, name);
  openssl("req", "-x509", ...KEY, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-days", "2",
    "-subj", "/CN=Authority of a test", "-addext", "basicConstraints=critical,CA:TRUE");
  openssl("req", ...KEY, "-keyout", at("site.key"), "-out", at("site.csr"), "-subj", `/CN=${names[0]}`);
  writeFileSync(at("site.ext"), `subjectAltName=${names.map((n) => `DNS:${n}`).join(",")}\n`);
  openssl("x509", "-req", "-in", at("site.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"),
    "-CAcreateserial", "-days", "2", "-extfile", at("site.ext"), "-out", at("site.pem"));
  const own = new X509Certificate(readFileSync(at("site.pem")));
  const spki = own.publicKey.export({ type: "spki", format: "der" });
  const hash = createHash("sha256").update(spki).digest("base64");
  return { ca: at("ca.pem"), certificate: at("site.pem"), key: at("site.key"), hash };
}
