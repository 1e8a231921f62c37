import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type MadeCertificates = Readonly<{
  /** Holds ca.crt, node.crt and node.key. */
  dir: string;
  caFile: string;
  drop: () => Promise<void>;
}>;

/** A new authority and a server certificate of it for localhost, 127.0.0.1 and ::1, good for two days; made by `openssl`. */
export const makeCertificates = async (): Promise<MadeCertificates> => {
  const dir = await mkdtemp(path.join(tmpdir(), 'qingling-certificates-'));
  const openssl = (...args: readonly string[]): Promise<unknown> => run('openssl', [...args], { cwd: dir });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=Test authority');
  await openssl('req', ...newKey, '-keyout', 'node.key', '-out', 'node.csr', '-subj', '/CN=Test node');
  await writeFile(path.join(dir, 'node.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\nextendedKeyUsage=serverAuth,clientAuth\n');
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', '2', '-days', '2', '-extfile', 'node.ext'];
  await openssl('x509', '-req', '-in', 'node.csr', ...signed, '-out', 'node.crt');
  return { dir, caFile: path.join(dir, 'ca.crt'), drop: () => rm(dir, { recursive: true, force: true }) };
};
