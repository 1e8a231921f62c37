/** A random UUID. Not `crypto.randomUUID`, which browsers withhold from pages without HTTPS. */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, at) =>
    (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0'),
  );
  return [0, 4, 6, 8, 10].map((from, at, starts) => hex.slice(from, starts[at + 1]).join('')).join('-');
};
