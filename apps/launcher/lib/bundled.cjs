/**
 * Loads what was bundled, with the code that V8 compiled of it when it was built. Another release of Node refuses that code and
 * compiles anew: slower, and otherwise the same. `node bundled.cjs NAME` writes the compiled code.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

const readIfThere = (file) => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};

/** By file of the bundle and line in it: which line of which source. */
const known = new Map();
const sourceOf = (file, line) => {
  if (!known.has(file)) {
    const text = readIfThere(`${file}.lines`);
    const { sources, lines } = text === undefined ? { sources: [], lines: [] } : JSON.parse(text.toString());
    const table = new Map();
    for (let i = 0; i < lines.length; i += 3) table.set(lines[i], `${sources[lines[i + 1]]}:${lines[i + 2]}`);
    known.set(file, table);
  }
  return known.get(file).get(line);
};

/** A trace names the sources as they were written; the table is read when there is a trace to write. */
const traceOf = (error, sites) => {
  const steps = sites.map((site) => {
    const file = site.getFileName();
    const source = file?.startsWith(__dirname + path.sep) ? sourceOf(file, site.getLineNumber()) : undefined;
    return source === undefined ? `${site}` : `${site}`.replace(`${file}:${site.getLineNumber()}:${site.getColumnNumber()}`, source);
  });
  return [Error.prototype.toString.call(error), ...steps.map((step) => `    at ${step}`)].join('\n');
};

/** → what the entry `name` exports; `scripts` gets each file with its script. */
const load = (name, scripts = new Map()) => {
  const modules = new Map();
  const take = (file) => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    // Plain ASCII, and kept as such.
    const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
    const cachedData = readIfThere(`${file}.${name}.code`);
    const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
    scripts.set(file, script);
    const module = { exports: {}, filename: file };
    modules.set(file, module);
    const outside = createRequire(file);
    const inside = (id) => (id.startsWith('./') ? take(path.join(__dirname, id)) : outside(id));
    script.runInThisContext().call(module.exports, module.exports, Object.assign(inside, outside), module, file, __dirname);
    return module.exports;
  };
  Error.prepareStackTrace = traceOf;
  // As in later releases of Node: without it `pg` loads everything about fetch to find out where it runs.
  globalThis.navigator ??= { userAgent: `Node.js/${process.versions.node.split('.')[0]}` };
  return take(path.join(__dirname, `${name}.js`));
};

module.exports = { load };

if (require.main === module) {
  const name = process.argv[2];
  const scripts = new Map();
  load(name, scripts);
  for (const [file, script] of scripts) writeFileSync(`${file}.${name}.code`, script.createCachedData());
  process.exit(0);
}
