import type { Value, Values } from '../finding/actions/fields';

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

const valueOf = (value: unknown): Value | null => {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value as Value;
  return null;
};

/** A form begins with what was said before: the other way round of a form's `data`. */
export const valuesOf = (data: Data): Values => {
  const { basicallyComplete, lateEntry, passed, reason, every } = data;
  const plain = Object.entries({ ...data, ...(isData(every) ? every : {}) }).flatMap(([name, value]) => {
    const held = valueOf(value);
    return held === null ? [] : [[name, held] as const];
  });
  return {
    ...Object.fromEntries(plain),
    ...(basicallyComplete === undefined ? {} : { basically: basicallyComplete === null ? 'no' : 'yes' }),
    ...(isData(basicallyComplete) ? { remains: String(basicallyComplete['remains']), by: String(basicallyComplete['by']) } : {}),
    ...(isData(lateEntry) ? { documentNumber: String(lateEntry['documentNumber']), lateReason: String(lateEntry['reason']) } : {}),
    ...(passed === true && typeof reason === 'string' ? { remark: reason } : {}),
  };
};
