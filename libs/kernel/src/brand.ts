/** A string or number that may not be mixed up with another of the same primitive type. */
export type Brand<T, B extends string> = T & { readonly __brand: B };

/** A moment on the server's clock: ISO 8601 in UTC with milliseconds, `2020-07-06T01:30:00.000Z`. */
export type Instant = Brand<string, 'Instant'>;
/** A calendar day in Asia/Shanghai: `2020-07-06`. Never a Date: a day has no time and no zone. */
export type LocalDate = Brand<string, 'LocalDate'>;

export type FindingId = Brand<string, 'FindingId'>;
export type LegId = Brand<string, 'LegId'>;
export type ItemId = Brand<string, 'ItemId'>;
export type EvidenceId = Brand<string, 'EvidenceId'>;
export type SubjectId = Brand<string, 'SubjectId'>;
export type ListId = Brand<string, 'ListId'>;
export type UnitId = Brand<string, 'UnitId'>;
export type PersonId = Brand<string, 'PersonId'>;
export type PostId = Brand<string, 'PostId'>;
export type AccountId = Brand<string, 'AccountId'>;
export type CategoryCode = Brand<string, 'CategoryCode'>;
/** SHA-256 of a file's bytes, lower-case hex. */
export type FileHash = Brand<string, 'FileHash'>;
/** The identity of one command; event ids follow from it, so a repeated command cannot be stored twice. */
export type CommandId = Brand<string, 'CommandId'>;
