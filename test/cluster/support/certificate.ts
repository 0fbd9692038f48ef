import { join } from 'node:path';
import { run } from './process';

/** The files of a certificate for 127.0.0.1 and localhost that signs itself. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export async function makeCertificate(folder: string): Promise<Certificate> {
  const files = { certificate: join(folder, 'server.crt'), key: join(folder, 'server.key') };
  await run('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2',
    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost',
    '-keyout', files.key, '-out', files.certificate,
  ]);
  return files;
}
