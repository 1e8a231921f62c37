/** Positions on the wire have room between them, as the byte offsets of a real log have. */
const SPREAD = 100n;

export const toWire = (position: bigint): bigint => position * SPREAD;

/** The last stored position that is not beyond this one: a subscription goes on after it. */
export const atOrBefore = (wire: bigint): bigint => wire / SPREAD;

/** The last stored position before this one: a read from here on begins after it. */
export const before = (wire: bigint): bigint => (wire === 0n ? 0n : (wire - 1n) / SPREAD);

/** The first stored position that is not before this one: a read backwards begins before it. */
export const atOrAfter = (wire: bigint): bigint => (wire + SPREAD - 1n) / SPREAD;
