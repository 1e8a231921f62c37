import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Serif stands where the form asks for 仿宋 and, made heavier, 小标宋; sans where it asks for 黑体. */
export type Face = 'serif' | 'sans';
const FILES: Readonly<Record<Face, string>> = { serif: 'NotoSerifSC-Regular.ttf', sans: 'NotoSansSC-Medium.ttf' };
/** Beside src/ in the sources and, copied by the build, beside the compiled files. */
const FOLDER = path.join(__dirname, '..', 'fonts');

const once = <T>(load: () => T): (() => T) => {
  let loaded: T | undefined;
  return () => (loaded ??= load());
};

/** Six megabytes that most processes never need: read when the first document is made. */
const LOADED: Readonly<Record<Face, () => Buffer>> = {
  serif: once(() => readFileSync(path.join(FOLDER, FILES.serif))),
  sans: once(() => readFileSync(path.join(FOLDER, FILES.sans))),
};
const characters = once(() => new Set(readFileSync(path.join(FOLDER, 'characters.txt'), 'utf8').replace(/\n$/, '')));

export const fontOf = (face: Face): Buffer => LOADED[face]();
/** Both fonts have a shape for it. */
export const isCovered = (character: string): boolean => characters().has(character);
