/** SQLSTATE classes: connection, resources (disk, connections), operator intervention (shutdown), system error, read-only server. */
const UNAVAILABLE = /^(08|53|57P|58|25006)/;
const REFUSED_VALUE = /^(22|23)/;
const IN_THE_WAY = /^(40|55P03)/;
/** Of the operating system, like ECONNREFUSED. */
const ERRNO = /^E[A-Z]{3,}$/;
/**
 * What the driver and TypeORM say without a code. The last three come where a connection was lost between two statements of one
 * transaction, and where this process is ending and has closed its connections already.
 */
const DRIVER =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout|Cannot use a pool|Driver not Connected|Query runner already released|Database connection provided by a query runner was already released)/i;

/** TypeORM wraps the driver's error. */
const driverErrorOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'driverError' in error ? error.driverError : error;

const codeOf = (error: unknown): string => {
  const driver = driverErrorOf(error);
  return typeof driver === 'object' && driver !== null && 'code' in driver && typeof driver.code === 'string' ? driver.code : '';
};

/** True when the server could not be asked or would not answer; what was asked may or may not have been done. */
export const isUnavailable = (error: unknown): boolean => {
  const code = codeOf(error);
  if (code !== '') return UNAVAILABLE.test(code) || ERRNO.test(code);
  const driver = driverErrorOf(error);
  return driver instanceof Error && DRIVER.test(driver.message);
};

/** True for deadlocks and serialisation failures: the same work may succeed when repeated. */
export const isTransient = (error: unknown): boolean => IN_THE_WAY.test(codeOf(error));

/** True when a value itself is refused, so that repeating is useless. */
export const isRefusedValue = (error: unknown): boolean => REFUSED_VALUE.test(codeOf(error));
