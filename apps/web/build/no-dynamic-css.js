/** The page's policy forbids style elements made at run time; what they would have held lies in stylesheets. */
export const injectCSS = () => null;
export const removeCSS = () => undefined;
export const updateCSS = () => null;
export const clearContainerCache = () => undefined;
