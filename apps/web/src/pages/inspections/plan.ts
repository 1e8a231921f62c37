import type { InspectionAnswer } from '../../api/generated/types.gen';
import { c, t } from './words';

export const SOURCES = ['upper', 'inspection', 'leader', 'data', 'self', 'other'] as const;
export const MANNERS = ['unannounced', 'household', 'on-site', 'documents', 'data'] as const;

/** The whole plan as it is typed; empty text is "not given". */
export type Plan = Readonly<{
  teamId: string;
  members: readonly string[];
  villages: readonly string[];
  from: string;
  to: string;
  sourceKind: (typeof SOURCES)[number] | '';
  sourceName: string;
  batch: string;
  documentNumber: string;
  manner: (typeof MANNERS)[number] | '';
  note: string;
}>;
export type Faults = Readonly<Partial<Record<keyof Plan, string>>>;

export const emptyPlan = (today: string, teamId: string): Plan => ({
  teamId,
  members: [],
  villages: [],
  from: today,
  to: today,
  sourceKind: 'inspection',
  sourceName: '',
  batch: '',
  documentNumber: '',
  manner: 'unannounced',
  note: '',
});

export const planOf = (task: InspectionAnswer): Plan => ({
  teamId: task.team.id,
  members: task.members.map(({ id }) => id),
  villages: task.villages.map(({ id }) => id),
  from: task.from,
  to: task.to,
  sourceKind: task.source.kind,
  sourceName: task.source.name,
  batch: task.source.batch ?? '',
  documentNumber: task.source.documentNumber ?? '',
  manner: task.manner,
  note: task.note ?? '',
});

const MOST_DAYS = 92;
const MOST_VILLAGES = 60;

/** What is missing or cannot be; the server decides the rest. */
export const faultsOf = (plan: Plan, today: string): Faults => {
  const days = (Date.parse(plan.to) - Date.parse(plan.from)) / 86_400_000;
  const required = (value: string, label: string): string | null => (value.trim() === '' ? c('required', { label }) : null);
  const found: Readonly<Record<string, string | null>> = {
    teamId: required(plan.teamId, t('team')),
    members: plan.members.length === 0 ? t('membersMissing') : null,
    villages:
      plan.villages.length === 0
        ? t('villagesMissing')
        : plan.villages.length > MOST_VILLAGES
          ? t('villagesMany', { n: MOST_VILLAGES })
          : null,
    from: required(plan.from, t('from')),
    to:
      required(plan.to, t('to')) ??
      (plan.to < plan.from
        ? t('daysReversed')
        : plan.to < today
          ? t('daysPast')
          : days >= MOST_DAYS
            ? t('daysMany', { n: MOST_DAYS })
            : null),
    sourceKind: required(plan.sourceKind, t('source')),
    sourceName: required(plan.sourceName, t('sourceName')),
    manner: required(plan.manner, t('manner')),
  };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault !== null));
};

export const bodyOf = (plan: Plan) => ({
  teamId: plan.teamId,
  members: [...plan.members],
  villages: [...plan.villages],
  from: plan.from,
  to: plan.to,
  source: {
    kind: plan.sourceKind || ('inspection' as const),
    name: plan.sourceName.trim(),
    batch: plan.batch.trim() || null,
    documentNumber: plan.documentNumber.trim() || null,
  },
  manner: plan.manner || ('unannounced' as const),
  note: plan.note.trim() || null,
});
