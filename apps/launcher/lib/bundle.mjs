import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { BUNDLED, mainOf, ROOT } from './places.mjs';
import { Refusal } from './refusal.mjs';
import { runOwn } from './tasks.mjs';

const LOADER = 'bundled.cjs';
const OWN = path.join(ROOT, 'dist') + path.sep;

/** Loaded when first used: most lives of a process see no workbook, no document on paper, no picture and no EventStoreDB. */
const ON_DEMAND = [
  ...['@eventstore/db-client', '@grpc/grpc-js', 'csv-parse', 'docx', 'exceljs', 'file-type', 'nodemailer', 'pdfkit', 'pinyin-pro'],
  ...['qrcode', 'sharp', 'yauzl'],
];
const isOnDemand = (name) => ON_DEMAND.some((start) => name === start || name.startsWith(`${start}/`));

/**
 * Stay where they are: what holds machine code, what a package asks for in case somebody installed it, and what makes documents: three
 * megabytes that every process would keep in memory.
 */
const OUTSIDE = ['sharp', '@node-rs/argon2', 'swagger-ui-dist', 'pg-native', 'class-validator', 'class-transformer', 'docx', 'pdfkit'];
const isOutside = (name) => name.endsWith('.node') || name.startsWith('@nestjs/microservices') || OUTSIDE.includes(name);

/** What the compiler writes for an import, at the start of a line. */
const IMPORT = /^const (\w+) = ((?:__importDefault\()?require\("([^"]+)"\)\)?);$/gm;
const onDemand = (code) =>
  code.replace(IMPORT, (line, name, load, from) => (isOnDemand(from) ? `const ${name} = __onDemand(() => ${load});` : line));

/** Modules that ask where they lie are told where they lay: data, tables and threads are found beside their own files. */
const placed = (code, file, folder) => {
  if (!/\b__(dirname|filename)\b/.test(code) || /^(import|export)\b/m.test(code)) return code;
  const from = JSON.stringify(path.relative(folder, file).split(path.sep).join('/'));
  const [directive = ''] = /^\s*(['"])use strict\1;?/.exec(code) ?? [];
  return `${directive};var __filename = __placed(${from}), __dirname = __placed(${from}, '..');${code.slice(directive.length)}`;
};

/** A package written as an ES module is made a CommonJS one anew for whoever asks, name by name; so all of ours ask one file. */
const ONCE = '\0once:';
const once = {
  name: 'once',
  async resolveId(name, importer) {
    if (!importer?.startsWith(OWN) || /^(\.|node:)/.test(name) || isOutside(name)) return null;
    const found = await this.resolve(name, importer, { skipSelf: true });
    return found === null || found.external ? found : `${ONCE}${found.id}`;
  },
  load: (id) =>
    id.startsWith(ONCE) ? { code: `module.exports = require(${JSON.stringify(id.slice(ONCE.length))});`, moduleType: 'js' } : null,
};

const rewrite = (folder) => ({
  name: 'rewrite',
  /** With the way back to the source as it was written. */
  load: (id) =>
    id.startsWith(OWN) && existsSync(`${id}.map`)
      ? { code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) }
      : null,
  transform: (code, id) => {
    if (id.startsWith('\0')) return null;
    const next = placed(id.startsWith(OWN) ? onDemand(code) : code, id, folder);
    return next === code ? null : { code: next, map: null };
  },
});

const PREAMBLE = [
  "const __placed = (...from) => require('node:path').join(__dirname, ...from);",
  'const __onDemand = (load) => { let loaded; return new Proxy({}, { get: (_, name) => (loaded ??= load())[name] }); };',
].join(' ');

/** V8 keeps a text of plain ASCII in half the memory; in strings, patterns and names the escape means the same. */
const ascii = (code) => code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * For traces of errors: `sources`, and for each line made from one of our own its number, that of the source and the line in it.
 * A whole source map would take more memory to read than everything else together.
 */
const linesOf = (code, map, folder) => {
  const places = new SourceMap(map);
  const sources = new Map();
  const lines = code.split('\n').flatMap((text, line) => {
    const { originalSource, originalLine } = places.findEntry(line, text.search(/\S|$/));
    if (originalSource === undefined) return [];
    const source = path.relative(ROOT, path.resolve(folder, originalSource)).split(path.sep).join('/');
    if (!/^(apps|libs)\//.test(source)) return [];
    if (!sources.has(source)) sources.set(source, sources.size);
    return [line + 1, sources.get(source), originalLine + 1];
  });
  return { sources: [...sources.keys()], lines };
};

/** Not loaded: a package that nobody installed. Everything else that is said is a reason to stop. */
const refuse = (level, log) => {
  if (level === 'warn' && log.code === 'UNRESOLVED_IMPORT') return;
  if (level === 'warn') throw new Refusal('打包失败。', `Bundling failed: ${log.message}`);
};

/**
 * The processes that run all the time, each with everything it needs in a few files, and the code V8 compiled of them: a start then
 * looks for some files instead of three thousand.
 */
export const bundle = async ({ onPid } = {}) => {
  const folder = path.dirname(mainOf(BUNDLED[0]));
  // Not there before the packages are installed, when this file is read.
  const { rolldown } = await import('rolldown');
  const input = Object.fromEntries(BUNDLED.map((app) => [`${app}-all`, path.join(ROOT, 'dist', 'apps', app, 'src', 'start.js')]));
  const whole = await rolldown({ input, platform: 'node', external: isOutside, plugins: [once, rewrite(folder)], onLog: refuse });
  const options = { dir: folder, format: 'cjs', sourcemap: 'hidden', dynamicImportInCjs: false, banner: PREAMBLE, comments: false };
  const { output } = await whole.generate({ ...options, entryFileNames: '[name].js', chunkFileNames: 'part-[hash].js' });
  await whole.close();
  mkdirSync(folder, { recursive: true });
  for (const { fileName, code, map } of output.filter(({ type }) => type === 'chunk')) {
    writeFileSync(path.join(folder, fileName), ascii(code));
    writeFileSync(path.join(folder, `${fileName}.lines`), JSON.stringify(linesOf(code, map, folder)));
  }
  copyFileSync(path.join(import.meta.dirname, LOADER), path.join(folder, LOADER));
  for (const app of BUNDLED) {
    writeFileSync(mainOf(app), `require('./${LOADER}').load('${app}-all').start();\n`);
    const { code, output: said } = await runOwn(path.join(folder, LOADER), [`${app}-all`], { onPid });
    if (code !== 0) throw new Refusal('打包失败。', `The bundled ${app} cannot be loaded: ${said}`);
  }
};
