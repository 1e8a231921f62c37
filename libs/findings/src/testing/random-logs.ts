import { addDays, localDate, localDateOf } from '@app/kernel';
import fc from 'fast-check';
import type { FindingEvent } from '../domain/finding.events';
import { at, UNITS } from './finding-builders';
import { anyHistory, history } from './random-histories';
import { RecordedLog, uuid } from './recorded-events';

export const MERGED_AT = at('2020-07-22', '12:00');
export const MERGED_ON = localDate('2020-07-18');
export type Logged = Readonly<{ id: number; event: FindingEvent }>;

/** Many findings at once, in the order of their recording, with a town merging into another between them. */
export const randomLog = (
  seed: number,
  claim: (event: FindingEvent, i: number) => FindingEvent = (event) => event,
): Readonly<{ log: RecordedLog; order: readonly (Logged | 'merger')[] }> => {
  const logged = fc
    .sample(anyHistory, { numRuns: 15, seed })
    .flatMap(({ past, steps }, id) => history(past, steps).map((event, i): Logged => ({ id, event: claim(event, id + i) })))
    .sort((a, b) => (a.event.data.at < b.event.data.at ? -1 : a.event.data.at > b.event.data.at ? 1 : a.id - b.id));
  const mergerAt = logged.findIndex(({ event }) => event.data.at > MERGED_AT);
  const order = [...logged.slice(0, mergerAt), 'merger' as const, ...logged.slice(mergerAt)];
  const log = new RecordedLog()
    .established(UNITS.county, '平度', 'pd', 'county')
    .established(UNITS.office, '督查办', 'pd/office', 'office')
    .established(UNITS.town, '北镇', 'pd/town-north')
    .established(UNITS.otherTown, '南镇', 'pd/town-south')
    .established(UNITS.department, '住建局', 'pd/dept-housing', 'department')
    .established(UNITS.otherDepartment, '水利局', 'pd/dept-water', 'department');
  const merger = { type: 'UnitMerged', data: { unitId: UNITS.town, into: UNITS.otherTown } } as const;
  const before = { at: MERGED_AT };
  for (const entry of order) {
    if (entry !== 'merger') log.finding(uuid(entry.id + 1), entry.event);
    else log.unit(merger);
  }
  const index = log.events.findIndex((event) => event.type === 'UnitMerged');
  const told = log.events[index];
  if (told !== undefined) log.events[index] = { ...told, metadata: { ...told.metadata, recordedAt: before.at, businessDate: MERGED_ON } };
  return { log, order };
};

/** What is claimed lies up to four days back, now and then two ahead. */
export const claimed = (event: FindingEvent, i: number): FindingEvent => {
  const back = [0, 3, 0, 1, 4, 0, 2, 0, -2][(i * 7) % 9] ?? 0;
  return { ...event, data: { ...event.data, on: addDays(localDateOf(event.data.at), -back) } } as FindingEvent;
};
