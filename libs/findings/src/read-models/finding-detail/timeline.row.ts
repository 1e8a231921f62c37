import type { FindingId } from '@app/kernel';
import type { FindingEvent } from '../../domain/finding.events';

export type TimelineRow = Readonly<{
  position: string;
  finding_id: string;
  number: string;
  revision: number;
  event_id: string;
  type: FindingEvent['type'];
  at: string;
  on_day: string;
  person_id: string;
  unit_id: string;
  unit_name: string;
  post_id: string | null;
  in_place_of: string | null;
  leg_id: string | null;
  params: Readonly<Record<string, unknown>>;
}>;

/** Ciphertexts and storage keys are nobody's reading. */
const NEVER_SHOWN: ReadonlySet<string> = new Set(['sealed', 'hash']);
type Shown<T> = T extends string | number
  ? T
  : T extends readonly (infer U)[]
    ? readonly Shown<U>[]
    : T extends object
      ? { readonly [K in Exclude<keyof T, 'sealed' | 'hash'>]: Shown<T[K]> }
      : T;
export const withoutSecrets = <T>(value: T): Shown<T> => shownPart(value) as Shown<T>;
const shownPart = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shownPart);
  if (typeof value !== 'object' || value === null) return value;
  const shown: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) if (!NEVER_SHOWN.has(key)) shown[key] = shownPart(inner);
  return shown;
};

/** Items are shown beside the timeline; hundreds of them would drown it. */
const COUNTED: ReadonlySet<string> = new Set(['items', 'answers']);
const IN_COLUMNS: ReadonlySet<string> = new Set(['at', 'on', 'by']);
const paramsOf = (event: FindingEvent): Readonly<Record<string, unknown>> => {
  const params: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(event.data)) {
    if (!IN_COLUMNS.has(key)) params[key] = COUNTED.has(key) && Array.isArray(value) ? value.length : shownPart(value);
  }
  return params;
};

export type Telling = Readonly<{ eventId: string; revision: number; position: string; number: string; unitName: string }>;

export const timelineRowOf = (findingId: FindingId, event: FindingEvent, told: Telling): TimelineRow => {
  const { at, on, by } = event.data;
  return {
    position: told.position,
    finding_id: findingId,
    number: told.number,
    revision: told.revision,
    event_id: told.eventId,
    type: event.type,
    at,
    on_day: on,
    person_id: by.personId,
    unit_id: by.unitId,
    unit_name: told.unitName,
    post_id: by.postId,
    in_place_of: by.inPlaceOf,
    leg_id: 'legId' in event.data ? event.data.legId : null,
    params: paramsOf(event),
  };
};
