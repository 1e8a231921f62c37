import { addDays, instantFromMs, localDateOf, msOf, type Instant, type LocalDate } from '@app/kernel';

/** A command of a day's last moments is stored a little later under that day. */
const SETTLES_AFTER_MS = 10 * 60_000;

/** The last day to which nothing is recorded any more, so that its figures are final. */
export const lastClosedDay = (now: Instant): LocalDate => addDays(localDateOf(instantFromMs(msOf(now) - SETTLES_AFTER_MS)), -1);
