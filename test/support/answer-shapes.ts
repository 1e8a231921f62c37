import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Operation = Readonly<{ responses: Readonly<Record<string, { content?: Readonly<Record<string, unknown>> }>> }>;
type Document = Readonly<{ paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>;

const ID = 'openapi';
const escaped = (part: string): string => part.replace(/~/g, '~0').replace(/\//g, '~1');

/** Holds every successful answer against the shape that the api's own document gives for it. */
export class AnswerShapes {
  private readonly checks = new Map<string, ValidateFunction | null>();
  private constructor(
    private readonly ajv: Ajv2020,
    private readonly document: Document,
    private readonly templates: readonly (readonly [RegExp, string])[],
  ) {}

  static async of(app: NestFastifyApplication): Promise<AnswerShapes> {
    const document = (await app.inject({ url: '/api/openapi.json' })).json<Document>();
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    addFormats(ajv);
    ajv.addSchema(document, ID);
    // Fixed parts before parameters: /findings/export.xlsx is no finding.
    const templates = Object.keys(document.paths)
      .sort((a, b) => (a.replace(/\{\w+\}/g, '~') < b.replace(/\{\w+\}/g, '~') ? -1 : 1))
      .map((path) => [new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`), path] as const);
    return new AnswerShapes(ajv, document, templates);
  }

  /** What is wrong with the answer, or null. */
  faultOf(method: string, url: string, status: number, body: unknown): string | null {
    const address = url.split('?')[0] ?? url;
    const path = this.templates.find(([pattern]) => pattern.test(address))?.[1];
    const operation = path === undefined ? undefined : this.document.paths[path]?.[method.toLowerCase()];
    if (path === undefined || operation === undefined) return null;
    const response = Object.keys(operation.responses).find((given) => given === String(status)) ?? null;
    if (response === null) return `${method} ${path}: answers ${status}, which the document does not name`;
    const check = this.check(path, method.toLowerCase(), response, operation);
    if (check === null) return `${method} ${path}: answers JSON, for which the document has no shape`;
    return check(body) ? null : `${method} ${path}: ${this.ajv.errorsText(check.errors)}`;
  }

  private check(path: string, method: string, status: string, operation: Operation): ValidateFunction | null {
    const key = `${method} ${path} ${status}`;
    const known = this.checks.get(key);
    if (known !== undefined) return known;
    const pointer = `#/paths/${escaped(path)}/${method}/responses/${status}/content/application~1json/schema`;
    const hasShape = operation.responses[status]?.content?.['application/json'] !== undefined;
    const made = hasShape ? this.ajv.compile({ $ref: `${ID}${pointer}` }) : null;
    this.checks.set(key, made);
    return made;
  }
}
