/** Stands in for antd's own: the classes are the same, the styles lie in stylesheets made at build. */
const KEY = 'css-var-root';

export const genStyleHooks = () => () => ['', KEY];
export const genComponentStyleHook = () => () => '';
export const genSubStyleComponent = () => () => null;
export const genCssVar = (antCls, component) => {
  const prefix = `--${antCls.replace(/\./g, '')}-${component}-`;
  return [(name) => `${prefix}${name}`, (name, fallback) => (fallback ? `var(${prefix}${name}, ${fallback})` : `var(${prefix}${name})`)];
};
