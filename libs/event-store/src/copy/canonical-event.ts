import type { RecordedEvent } from '../event-store.port';

/** JSON with the keys of every object in one order and no blanks, so that equal values give equal texts whatever store they come from. */
const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
};

/**
 * Everything that a copy must keep, as one line: stream, revision, id, type, version, data, metadata. The position is not in it:
 * each store gives its own.
 */
export const canonicalEvent = ({ stream, revision, id, type, version, data, metadata }: RecordedEvent): string =>
  `${canonicalJson([stream, revision.toString(), id.toLowerCase(), type, version, data, metadata])}\n`;
