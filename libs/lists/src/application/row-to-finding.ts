import { legIdOf, type FindingIntent, type LegPlan } from '@app/findings';
import type { ListId, LocalDate, UnitId } from '@app/kernel';
import type { ListRow, ListSource } from '../domain/list.types';

/** The list as far as its findings need to know it. */
export type IssuedFrame = Readonly<{ listId: ListId; issuingUnitId: UnitId; source: ListSource; listDate: LocalDate }>;

const planOf = (row: ListRow): readonly LegPlan[] => {
  const legs = row.townIds.length > 1 ? row.legs.filter((leg) => leg.line !== 'territorial') : row.legs;
  const led = legs.some((leg) => leg.leads);
  return legs.map((leg, at) => ({ ...leg, leads: led ? leg.leads : at === 0, legId: legIdOf(leg.line) }));
};

export const fileIntent = (row: ListRow, frame: IssuedFrame, number: string): Extract<FindingIntent, { type: 'FileFinding' }> => {
  const { source } = frame;
  const leading = row.legs.find((leg) => leg.leads) ?? row.legs[0];
  const upper =
    source.kind === 'upper' && row.number !== null
      ? { authority: source.name, batch: source.batch ?? '', number: row.number, due: row.dueOn }
      : null;
  return {
    type: 'FileFinding',
    data: {
      number,
      kind: row.kind,
      source,
      manner: row.manner,
      teamId: frame.issuingUnitId,
      foundOn: row.foundOn ?? frame.listDate,
      place: row.place,
      subject: row.subject,
      category: row.category,
      text: row.text,
      basis: row.basis,
      seriousness: row.seriousness,
      suggestedMeasure: row.measure,
      responsibleUnitId: leading?.unitId ?? null,
      projectOwnerId: row.projectOwnerId,
      selfFound: source.kind === 'self',
      upper,
      list: { listId: frame.listId, row: row.number ?? row.rowId, due: row.dueOn },
      parentId: null,
      relapseOf: null,
      items: [],
      capturedAt: null,
      lateEntry: null,
    },
  };
};

export const acceptIntent = (row: ListRow): FindingIntent => ({
  type: 'AcceptFinding',
  data: { rectification: row.rectification ?? 'time-limited', seriousness: row.seriousness, reason: null, stages: [] },
});

/** Without legs when the towns' children carry all of it. `proposed`: what the category's rule would have done. */
export const transferIntent = (row: ListRow, proposed: readonly LegPlan[] | null): FindingIntent => {
  const legs = planOf(row);
  const key = (plan: readonly LegPlan[]): string =>
    plan
      .map((l) => `${l.unitId}/${l.line}/${l.duty}/${String(l.leads)}`)
      .sort()
      .join();
  return {
    type: 'TransferFinding',
    data: {
      legs,
      assisting: row.assisting,
      copies: [],
      proposed,
      overruledBecause: proposed === null || key(proposed) === key(legs) ? null : '按问题清单所列单位交办',
      singleLegBecause: legs.length === 1 ? '问题清单只列一个责任单位' : null,
      independent: null,
    },
  };
};
