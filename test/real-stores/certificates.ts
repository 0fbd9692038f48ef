import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes an authority in a folder, and a certificate of it that serves and connects, as cert-manager writes them: tls.crt, tls.key, ca.crt. */
export function makeCertificates(folder: string, name: string, alternatives: readonly string[] = []): void {
  mkdirSync(folder, { recursive: true });
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const names = alternatives.length === 0 ? '' : `subjectAltName=${alternatives.map((each) => `DNS:${each}`).join(',')}\n`;
  writeFileSync(join(folder, 'usage'), `extendedKeyUsage=serverAuth,clientAuth\n${names}`);
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '1', '-subj', '/CN=test authority');
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'tls.key', '-out', 'request', '-subj', `/CN=${name}`);
  openssl('x509', '-req', '-in', 'request', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'tls.crt', '-days', '1', '-extfile', 'usage');
  ['ca.key', 'request', 'usage'].forEach((file) => rmSync(join(folder, file)));
}
