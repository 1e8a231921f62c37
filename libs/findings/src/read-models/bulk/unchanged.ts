import type { LegId } from '@app/kernel';
import type { Assignment, Core, FindingState } from '../../domain/finding.state';
import { isCountedClock } from '../figures/figure-fold';

type Fields = Readonly<Record<string, unknown>>;

/** All fields are the same ones, or `alike` says that those which differ count alike. */
const sameFields = (a: object, b: object, alike: (key: string) => boolean): boolean => {
  const [before, next] = [a as Fields, b as Fields];
  for (const key in next) if (before[key] !== next[key] && !alike(key)) return false;
  for (const key in before) if (!(key in next)) return false;
  return true;
};

const sameClocks = (a: Core['deadlines'], b: Core['deadlines']): boolean => {
  for (const key in b) if (a[key] !== b[key] && isCountedClock(key)) return false;
  for (const key in a) if (!(key in b) && isCountedClock(key)) return false;
  return true;
};

/** What `lean` leaves out. */
const NOT_IN_CORE: ReadonlySet<string> = new Set([
  'text',
  'basis',
  'suggestedMeasure',
  'items',
  'evidence',
  'instructions',
  'knocked',
  'lookedBack',
]);
const NOT_IN_WORK: ReadonlySet<string> = new Set(['stages', 'rectifiers']);

const sameCore = (a: Core, b: Core): boolean =>
  a === b || sameFields(a, b, (key) => NOT_IN_CORE.has(key) || (key === 'deadlines' && sameClocks(a.deadlines, b.deadlines)));

const sameLegs = (a: Assignment['legs'], b: Assignment['legs']): boolean =>
  sameFields(a, b, (id) => {
    const [before, next] = [a[id as LegId], b[id as LegId]];
    return before !== undefined && next !== undefined && sameFields(before, next, (key) => key === 'extension');
  });

const sameWork = (a: Assignment | null, b: Assignment | null): boolean =>
  a === b || (a !== null && b !== null && sameFields(a, b, (key) => NOT_IN_WORK.has(key) || (key === 'legs' && sameLegs(a.legs, b.legs))));

/** The event between the two states changed nothing of what `lean` keeps, so that what follows from that need not be looked at again. */
export const countsAlike = (before: FindingState, next: FindingState): boolean => {
  if (before === next) return true;
  if (before.phase === 'absent' || next.phase === 'absent' || before.phase !== next.phase) return false;
  return sameFields(
    before,
    next,
    (key) =>
      (key === 'core' && sameCore(before.core, next.core)) ||
      (key === 'work' && 'work' in before && 'work' in next && sameWork(before.work, next.work)),
  );
};
