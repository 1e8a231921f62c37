import { hash } from 'node:crypto';

/** The same text for the same value, whatever the order its keys were written in; what is undefined is left out. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`)
    .join(',')}}`;
};

/** SHA-256 in lower-case hex over plain data, also after a store has put its keys in another order. */
export const contentHashOf = (value: unknown): string => hash('sha256', canonical(value));
