import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { antdTheme } from './antd-theme.mjs';

/**
 * Ant Design writes its styles at run time, which `style-src 'self'` forbids. Here they are written at build instead: the style
 * module of each component imports a stylesheet made of its own hooks, so that a page loads the styles of what it shows, and the
 * functions that would have made them at run time are cut out of the bundle.
 */
const require = createRequire(import.meta.url);
const ANTD = path.dirname(require.resolve('antd/package.json'));
const VIRTUAL = 'virtual:antd/';
const MAKERS = new Set(['genStyleHooks', 'genComponentStyleHook', 'genSubStyleComponent']);
const STYLE_MODULE = /[\\/]antd[\\/]es[\\/]([a-z_-]+(?:[\\/][a-z-]+)*)[\\/]style[\\/]([a-zA-Z-]+)\.js$/;
/** A file that makes hooks; its neighbours only help. */
const MAKES = new RegExp(`= \\(?(0, \\w+\\.)?(${[...MAKERS].join('|')})\\)?\\(|default \\(?(${[...MAKERS].join('|')})\\)?\\(`);

/** Class prefixes that the components of a folder use: `ant-btn` for button. */
const prefixesOf = (folder) => {
  const found = readdirSync(path.join(ANTD, 'es', folder), { recursive: true })
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(path.join(ANTD, 'es', folder, file), 'utf8').matchAll(/getPrefixCls\(['"]([a-z-]+)['"]/g)])
    .map(([, prefix]) => prefix);
  return [...new Set(found.length > 0 ? found : [folder])];
};

/** The hooks of one style file, each with the prefix it is called with: `input/style/search` with `ant-input-search`. */
const hooksOf = (folder, file) => {
  const prefixes = prefixesOf(folder);
  const main = prefixes.includes(folder) ? folder : prefixes[0];
  const own = file === 'index' ? [main] : prefixes.filter((prefix) => prefix.endsWith(file.toLowerCase()));
  return Object.entries(require(path.join(ANTD, 'lib', folder, 'style', file)))
    .filter(([name, value]) => typeof value === 'function' && (name === 'default' || /^use[A-Z]|^[A-Z].*Style$/.test(name)))
    .flatMap(([name, hook]) => (own.length > 0 ? own : [main]).map((prefix) => ({ name, hook, prefixCls: `ant-${prefix}` })));
};

/** One stylesheet, without what `shared` has already. Without a file: what all components share. */
const styleSheet = (hooks, shared) => {
  const { createElement } = require('react');
  const { renderToString } = require('react-dom/server');
  const { createCache, extractStyle, StyleProvider } = require('@ant-design/cssinjs');
  const { ConfigProvider } = require('antd');
  const cache = createCache();
  for (const { name, hook, prefixCls } of hooks) {
    const isComponent = /^[A-Z]/.test(name) || hook.displayName !== undefined || /StyledComponent/.test(hook.name);
    const Part = isComponent ? hook : (given) => (hook(given.prefixCls, given.prefixCls), null);
    const themed = createElement(ConfigProvider, { theme: { ...antdTheme, zeroRuntime: false } }, createElement(Part, { prefixCls }));
    renderToString(createElement(StyleProvider, { cache }, themed));
  }
  for (const key of shared) cache.cache.delete(key);
  const text = extractStyle(cache, { plain: true }).replace(/\.data-ant-cssinjs-cache-path\{content:"[^"]*";\}/, '');
  return { text, keys: [...cache.cache.keys()] };
};

let base = null;
const sheetOf = (name) => {
  base ??= styleSheet([{ name: 'useToken', hook: () => require('antd').theme.useToken() }], []);
  if (name === 'base') return base.text;
  const at = name.lastIndexOf('/');
  return styleSheet(hooksOf(name.slice(0, at), name.slice(at + 1)), base.keys).text;
};

/** `genStyleHooks('Button', styles, tokens)` → `genStyleHooks('Button')`: what nobody refers to any more is shaken off. */
const withoutStyles = (code, parse) => {
  const cuts = [];
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(visit);
    if (node.type === 'CallExpression' && MAKERS.has(node.callee.name) && node.arguments.length > 1)
      cuts.push([node.arguments[0].end, node.arguments.at(-1).end]);
    else Object.values(node).forEach(visit);
  };
  visit(parse(code).body);
  return cuts.reverse().reduce((text, [from, to]) => text.slice(0, from) + text.slice(to), code);
};

const here = (file) => path.join(import.meta.dirname, file);
/** Modules of antd that would write styles at run time, and what stands in for them. */
const STAND_INS = [
  [/[\\/]antd[\\/]es[\\/]theme[\\/]util[\\/]genStyleUtils\.js$/, here('antd-style-hooks.js')],
  [/[\\/]@rc-component[\\/]util[\\/]es[\\/]Dom[\\/]dynamicCSS\.js$/, here('no-dynamic-css.js')],
];

/** @returns {import('vite').Plugin} */
export const antdStyles = () => ({
  name: 'antd-styles',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (source.startsWith(VIRTUAL)) return { id: `\0${source}`, moduleSideEffects: true };
    if (importer === undefined || !/genStyleUtils|dynamicCSS/.test(source)) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return STAND_INS.find(([pattern]) => pattern.test(found?.id ?? ''))?.[1] ?? found;
  },
  load(id) {
    return id.startsWith(`\0${VIRTUAL}`) ? sheetOf(id.slice(VIRTUAL.length + 1).replace(/\.css$/, '')) : null;
  },
  transform(code, id) {
    const [, folder, file] = STYLE_MODULE.exec(id) ?? [];
    if (folder === undefined || !MAKES.test(code)) return null;
    const sheets = ['base', `${folder}/${file}`].map((name) => `import '${VIRTUAL}${name}.css';`).join('');
    return { code: sheets + withoutStyles(code, (text) => this.parse(text)), map: null };
  },
});
