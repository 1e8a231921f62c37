import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { STYLE_SOURCE } from '@app/documents';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * No script and no style but our own files, and the one style of a document: a notice is looked at before it is issued, in a frame that
 * has this policy too. `style-src-attr`: charts and pop-ups place themselves by the style attribute.
 */
export const WEB_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${STYLE_SOURCE}`,
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const YEAR_S = 31_536_000;

/**
 * The built web application at `/`: its files by name, and its one page for every other address, so that a link to a finding opens.
 * Files below assets/ carry their hash in the name and never change; all else is asked for anew.
 */
export const serveWeb = async (app: NestFastifyApplication, webDir: string): Promise<void> => {
  if (!existsSync(path.join(webDir, 'index.html'))) return;
  const files = new Set(
    readdirSync(webDir, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.vite'))
      .map((entry) => path.relative(webDir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
  );
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, { root: webDir, serve: false, preCompressed: true, decorateReply: true });
  fastify.get('/*', (request, reply) => {
    const asked = decodeURIComponent(request.url.split('?')[0] ?? '/').slice(1);
    if (asked === 'api' || asked.startsWith('api/')) return reply.callNotFound();
    const file = files.has(asked) ? asked : 'index.html';
    // A file that is gone with an older version is not the page.
    if (file === 'index.html' && asked.startsWith('assets/')) return reply.callNotFound();
    const isFixed = file.startsWith('assets/');
    return reply
      .header('content-security-policy', WEB_POLICY)
      .header('permissions-policy', 'camera=(self), geolocation=(), microphone=()')
      .sendFile(file, { cacheControl: true, maxAge: isFixed ? YEAR_S * 1000 : 0, immutable: isFixed });
  });
};
