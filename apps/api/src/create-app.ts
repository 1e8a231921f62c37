import { readFile } from 'node:fs/promises';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { Clock } from '@app/kernel';
import type { Settings } from '@app/settings';
import { StandardSchemaValidationPipe, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ApiModule } from './api.module';
import { completed, operationName } from './platform/api-document';
import { refuseAddress, refuseUnstorable } from './platform/storable-input';
import { Routes } from './security/routes';
import { PIECE_LIMIT, PIECE_TYPE } from './uploads/piece';

/** JSON bodies: a finding with two thousand items fits, a flood does not. Files go by multipart with their own limit. */
const JSON_LIMIT = 4 * 1024 * 1024;

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;
const PAGE_POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** The whole api, not yet listening. `clock` and `beside` (modules run in the same process) are for scenarios and tests. */
export const createApp = async (settings: Settings, clock?: Clock, beside: readonly Type[] = []): Promise<NestFastifyApplication> => {
  const https = settings.tls === null ? null : { cert: await readFile(settings.tls.certFile), key: await readFile(settings.tls.keyFile) };
  const adapter = new FastifyAdapter({
    bodyLimit: JSON_LIMIT,
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    routerOptions: { maxParamLength: 200 },
    // A request log would hold addresses; what happened stands in the events and in the security log.
    logger: false,
    // Answered before any hook could add them.
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) =>
      refuseAddress(error, reply.headers(SECURITY_HEADERS)),
    ...(https === null ? {} : { https }),
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(settings, clock, beside), adapter, {
    logger: settings.logLevel === 'debug' || settings.logLevel === 'trace' ? ['error', 'warn', 'log', 'debug'] : ['error', 'warn'],
    // Fastify would close idle connections only; event streams stay open.
    forceCloseConnections: true,
    abortOnError: false,
    // Fastify's own parser reads JSON; Nest's would take web forms too, which no route wants.
    bodyParser: false,
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 1, fields: 20, fileSize: settings.uploadMaxBytes, fieldSize: 64 * 1024 } });
  const server = app.getHttpAdapter().getInstance();
  server.addContentTypeParser(PIECE_TYPE, { parseAs: 'buffer', bodyLimit: PIECE_LIMIT }, (_request, piece, done) => done(null, piece));
  server.addHook('preValidation', refuseUnstorable).addHook('onSend', async (request, reply) => {
    void reply.headers(SECURITY_HEADERS);
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    if (!reply.hasHeader('content-security-policy')) void reply.header('content-security-policy', PAGE_POLICY);
    if (request.protocol === 'https') void reply.header('strict-transport-security', 'max-age=31536000');
  });
  app.setGlobalPrefix('api');
  app.useGlobalPipes(new StandardSchemaValidationPipe({ errorHttpStatusCode: 400 }));
  describe(app);
  return app;
};

const describe = (app: NestFastifyApplication): void => {
  const description = new DocumentBuilder()
    .setTitle('清零 Qingling')
    .setDescription(
      '检查发现问题的登记、一案双转、整改、复核、销号。写操作须带 Idempotency-Key；错误为 application/problem+json。' +
        ' Findings: filed, transferred two ways, rectified, verified, cleared. Writes need an Idempotency-Key; errors are problem+json.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('ql_session')
    .addBearerAuth()
    .build();
  const document = (): OpenAPIObject =>
    completed(SwaggerModule.createDocument(app, description, { operationIdFactory: operationName }), app.get(Routes).all());
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
};
