import zh from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';

const t = textsOf(zh);

/** A refusal of the api (problem+json), or a broken connection (`code: 'network'`, status 0). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    /** What the api adds: `issues` of a form, `changed` of a stale revision … */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${zh}`);
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' && value !== '' ? value : otherwise);

export const refusedBy = (status: number, body: unknown): Refused => {
  const problem = isRecord(body) ? body : {};
  return new Refused(
    status,
    textOr(problem['code'], 'unknown'),
    textOr(problem['zh'], t('errorUnknown')),
    textOr(problem['en'], ''),
    problem,
  );
};
export const unreachable = (): Refused =>
  new Refused(0, 'network', t('errorNetwork'), 'The server cannot be reached. What was entered is kept.');

export const asRefused = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused(0, 'unknown', t('errorUnknown'), error instanceof Error ? error.message : '');
