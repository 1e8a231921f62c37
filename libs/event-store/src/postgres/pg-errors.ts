const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** SQLSTATE classes: connection, resources (disk, connections), operator intervention (shutdown), system error, read-only server. */
const UNAVAILABLE = /^(08|53|57P|58|25006)/;
const REFUSED_VALUE = /^(22|23)/;
const IN_THE_WAY = /^(40|55P03)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** True when the server could not be asked or would not answer; what was asked may or may not have been done. */
export const isUnavailable = (error: unknown): boolean => {
  const code = codeOf(error);
  if (error instanceof RangeError || error instanceof TypeError) return false;
  // Errors without a SQLSTATE come from the socket or from the client's own timeouts.
  return code === undefined || !SQLSTATE.test(code) || UNAVAILABLE.test(code);
};

/** True for deadlocks and serialisation failures: the same work may succeed when repeated. */
export const isTransient = (error: unknown): boolean => IN_THE_WAY.test(codeOf(error) ?? '');

/** True when a value itself is refused, so that repeating is useless. */
export const isRefusedValue = (error: unknown): boolean => REFUSED_VALUE.test(codeOf(error) ?? '');
