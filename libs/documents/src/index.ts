export type * from './official-document';
export { contentHash } from './content-hash';
export { renderPdf } from './pdf/render-pdf';
export { renderHtml, STYLE_SOURCE } from './html';
export { renderDocx } from './docx/render-docx';
