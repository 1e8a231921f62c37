import type { Instant, LocalDate } from './brand';

/** Asia/Shanghai has had a fixed offset since 1992; every instant this product handles is later. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export const instant = (iso: string): Instant => {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${iso}`);
  return new Date(ms).toISOString() as Instant;
};
export const instantFromMs = (ms: number): Instant => new Date(ms).toISOString() as Instant;
export const msOf = (at: Instant): number => Date.parse(at);

/** Before 16:00 UTC it is the same day in Shanghai: most of what people do, told by the text alone. */
const ON_THE_SAME_DAY = /^\d{4}-\d\d-\d\dT(?:0\d|1[0-5]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** The day in Shanghai on which an instant falls. */
export const localDateOf = (at: Instant): LocalDate =>
  ON_THE_SAME_DAY.test(at)
    ? (at.slice(0, 10) as LocalDate)
    : (new Date(msOf(at) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as LocalDate);
/** The wall-clock time in Shanghai, `HH:MM`. */
export const localTimeOf = (at: Instant): string => new Date(msOf(at) + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16);
/** The instant of a Shanghai wall-clock time; `time` is `HH:MM`. */
export const instantAt = (day: LocalDate, time: string): Instant =>
  instantFromMs(Date.parse(`${day}T${time}:00.000Z`) - SHANGHAI_OFFSET_MS);
/** The last millisecond of a Shanghai day. */
export const endOfDay = (day: LocalDate): Instant => instantFromMs(Date.parse(`${addDays(day, 1)}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS - 1);

export const localDate = (text: string): LocalDate => {
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) {
    throw new RangeError(`not a day: ${text}`);
  }
  return text as LocalDate;
};
export const addDays = (day: LocalDate, n: number): LocalDate =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + n * DAY_MS).toISOString().slice(0, 10) as LocalDate;
/** 0 = Sunday … 6 = Saturday. */
export const weekday = (day: LocalDate): number => new Date(Date.parse(`${day}T00:00:00.000Z`)).getUTCDay();
export const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));
/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: LocalDate, b: LocalDate): number =>
  Math.round((Date.parse(`${b}T00:00:00.000Z`) - Date.parse(`${a}T00:00:00.000Z`)) / DAY_MS);

/** The server's clock. Production reads the machine; the demo and the tests bring their own (never reachable from production wiring). */
export abstract class Clock {
  abstract now(): Instant;
  /** False while nobody can tell what time it is: then nothing may happen just because its hour has come. */
  isSure(): boolean {
    return true;
  }
}
