import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** As package.json of this checkout says it; built and unbuilt sources lie at different depths below it. */
export const productVersion = (from: string = __dirname): string => {
  const file = path.join(from, 'package.json');
  if (existsSync(file)) {
    const content = JSON.parse(readFileSync(file, 'utf8')) as Readonly<{ name?: string; version?: string }>;
    if (content.name === 'qingling' && content.version !== undefined) return content.version;
  }
  return path.dirname(from) === from ? 'unknown' : productVersion(path.dirname(from));
};
