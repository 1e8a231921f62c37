import type { SubjectId, UnitId } from '@app/kernel';
import type { RowContent, RowSubject } from '@app/lists';
import type { PersonalFields } from '@app/privacy';
import { maskName } from '../../../privacy/src/plain';
import { hasErrors, type DraftRow } from '../domain/draft-row';

/** What must be sealed before the row may be stored; null where nothing is personal. */
export type ToBeSealed = Readonly<{ subjectId: SubjectId; fields: PersonalFields }> | null;

/** Named handlers only (R40): minors, illness, disability. */
const SENSITIVE = /(残疾|重病|大病|慢性病|精神|癌|尿毒|艾滋|未成年|孤儿|儿童|学生|辍学|事实无人抚养)/;

const isPerson = (draft: DraftRow): boolean => draft.subject?.kind === 'household' || draft.subject?.kind === 'person';
const labelOf = (name: string): string =>
  name
    .split(/[、,]/)
    .map((one) => maskName(one.replace(/户$/, '')))
    .join('、');

export const toBeSealed = (draft: DraftRow, subjectId: SubjectId): ToBeSealed => {
  if (draft.subject === null || !isPerson(draft)) return null;
  const numbers = Object.fromEntries([...draft.personal].reverse().map(({ kind, value }) => [kind, value]));
  return { subjectId, fields: { name: draft.subject.name, ...numbers } };
};

/** Null when the row cannot be filed. `sealed` is what `toBeSealed` became. */
export const contentOf = (
  draft: DraftRow,
  kind: RowContent['kind'],
  county: UnitId,
  sealed: Readonly<{ subjectId: SubjectId; sealed: string }> | null,
): RowContent | null => {
  if (hasErrors(draft) || draft.category === null) return null;
  const [town] = draft.townIds;
  const placeText = draft.placeText;
  const subject: RowSubject =
    draft.subject === null
      ? { kind: 'other', subjectId: null, label: placeText === '' ? '未列明' : placeText.slice(0, 100), sealed: null, sensitive: false }
      : {
          kind: draft.subject.kind,
          subjectId: sealed?.subjectId ?? null,
          label: isPerson(draft) ? labelOf(draft.subject.name) : draft.subject.name,
          sealed: sealed?.sealed ?? null,
          sensitive: isPerson(draft) && SENSITIVE.test(draft.text),
        };
  return {
    kind,
    number: draft.number,
    text: draft.text,
    category: draft.category,
    subject,
    place: { townId: town === undefined || draft.townIds.length > 1 ? county : town, villageId: draft.villageId, text: placeText },
    townIds: draft.townIds,
    foundOn: draft.foundOn,
    manner: draft.manner ?? 'on-site',
    basis: draft.basis,
    seriousness: draft.seriousness,
    rectification: draft.rectification,
    measure: draft.measure,
    dueOn: draft.dueOn,
    legs: draft.legs.map((leg) => ({ ...leg, duty: 'acts' })),
    assisting: draft.assisting,
    projectOwnerId: draft.projectOwnerId,
    quoted: draft.quoted,
  };
};

const COMPARED = {
  text: '问题表述',
  category: '类别',
  place: '地点',
  foundOn: '发现日期',
  basis: '依据',
  seriousness: '严重程度',
  rectification: '整改类型',
  measure: '整改措施',
  dueOn: '整改时限',
  legs: '责任单位',
  assisting: '配合单位',
  projectOwnerId: '业主单位',
} as const satisfies Partial<Record<keyof RowContent, string>>;

/** Names of the fields in which a row differs from what was filed; the subject is told apart by its label. */
export const differences = (now: RowContent, filed: RowContent): readonly string[] => {
  const fields = (Object.keys(COMPARED) as (keyof typeof COMPARED)[]).filter(
    (key) => JSON.stringify(now[key]) !== JSON.stringify(filed[key]),
  );
  return [...fields.map((key) => COMPARED[key]), ...(now.subject.label === filed.subject.label ? [] : ['涉及对象'])];
};
