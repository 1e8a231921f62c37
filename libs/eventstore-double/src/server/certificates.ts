import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { DoubleRefused } from './double-refused';

export type Certificates = Readonly<{ ca: Buffer; certificate: Buffer; key: Buffer }>;

export const caFileIn = (certDir: string): string => path.resolve(certDir, 'ca.crt');

const read = (certDir: string, file: string): Buffer => {
  const place = path.resolve(certDir, file);
  try {
    return readFileSync(place);
  } catch (cause) {
    throw new DoubleRefused(`无法读取证书文件 ${place}。`, `The certificate file ${place} cannot be read.`, { cause });
  }
};

/** `ca.crt`, `node.crt` and `node.key` of a folder. Errors: DoubleRefused when one cannot be read or they do not fit. */
export const certificatesIn = (certDir: string): Certificates => {
  const certificates = { ca: read(certDir, 'ca.crt'), certificate: read(certDir, 'node.crt'), key: read(certDir, 'node.key') };
  try {
    createSecureContext({ ca: certificates.ca, cert: certificates.certificate, key: certificates.key });
  } catch (cause) {
    throw new DoubleRefused(
      `${certDir} 中的证书不可用：ca.crt、node.crt 与 node.key 应为 PEM 格式，且私钥与证书相符。`,
      `The certificates in ${certDir} cannot be used: ca.crt, node.crt and node.key must be PEM, and the key must belong to the certificate.`,
      { cause },
    );
  }
  return certificates;
};
