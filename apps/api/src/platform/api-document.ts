import { STAGES, STATUSES } from '@app/findings';
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import type { Route } from '../security/routes';
import shapes from './answers.json';

/** A form of plain fields and one `file`, which no schema pipe sees. */
export const FormBody = (fields: z.ZodObject): MethodDecorator => {
  const { properties = {}, required = [] } = z.toJSONSchema(fields, { io: 'input', unrepresentable: 'any' });
  const schema = {
    type: 'object',
    required: [...required, 'file'],
    properties: { ...properties, file: { type: 'string', format: 'binary' } },
  };
  return applyDecorators(ApiConsumes('multipart/form-data'), ApiBody({ schema: schema as never }));
};

const header = (name: string, required: boolean, description: string): object => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});
const WRITE_HEADERS = [
  header(
    'Idempotency-Key',
    true,
    '每次操作各用一个，8 到 200 个字符；重发用同一个。 One per act, 8 to 200 characters; repeat it when sending again.',
  ),
  header(
    'If-Match',
    false,
    '所见版本的 ETag；复核、核查、销号、裁定必须带。 ETag of what was seen; required to review, verify, clear and rule.',
  ),
];
const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'zh', 'en'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: '程序看 code。 What programs look at.' },
    detail: { type: 'string' },
    zh: { type: 'string' },
    en: { type: 'string' },
  },
} as const;
const REFUSED = {
  description: '拒绝：code 与中英文说明。 A refusal: its code and a sentence in both languages.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Who may, by the route's own words. */
const rolesOf = ({ access }: Route): string =>
  access === 'public' ? '不需登录 public' : access === null ? '关闭 closed' : (access.roles?.join(', ') ?? '已登录 whoever is signed in');

const ANSWERS: Readonly<Record<string, object>> = shapes.answers;

/** Names operations for generated clients: `findings_file`, `session_signIn`. */
export const operationName = (controller: string, method: string): string => {
  const resource = controller.replace(/Controller$/, '');
  return `${resource.charAt(0).toLowerCase()}${resource.slice(1)}_${method}`;
};

/** The shape of a successful answer, under whichever success status the route has. */
const withAnswer = (operation: { operationId?: string | undefined; responses: object }): void => {
  const schema = ANSWERS[operation.operationId ?? ''];
  if (schema === undefined) return;
  for (const [status, response] of Object.entries(operation.responses as Record<string, { content?: object }>))
    if (/^2/.test(status)) response.content ??= { 'application/json': { schema } };
};

/** What every route has in common and no route says of itself: headers of writes, refusals, and who may. */
export const completed = (document: OpenAPIObject, routes: readonly Route[]): OpenAPIObject => {
  for (const route of routes) {
    const path = document.paths[`/api${route.path.replace(/:(\w+)/g, '{$1}')}`];
    const operation = path?.[route.method.toLowerCase() as 'get'];
    if (operation === undefined) continue;
    if (route.access !== null && route.access !== 'public') operation.summary ??= route.access.note;
    operation.description = [operation.description, `角色 roles: ${rolesOf(route)}`].filter((part) => part !== undefined).join('\n\n');
    withAnswer(operation);
    operation.responses['default'] = REFUSED;
    if (route.method !== 'GET' && route.access !== 'public')
      operation.parameters = [...(operation.parameters ?? []), ...(WRITE_HEADERS as never[])];
  }
  const words = {
    FindingStatus: { type: 'string', enum: [...STATUSES] },
    FindingStage: { type: 'string', enum: [...STAGES] },
    Problem: PROBLEM,
    ...shapes.components,
  };
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...(words as object) } };
  return document;
};
