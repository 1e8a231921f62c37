import type { ListsAddData, ListsCorrectData, Manner, Seriousness, ShownRowContent, SubjectKind } from '../../api/generated/types.gen';
import { asPlans, type LegPlan } from './transfer-draft';

type NewRow = ListsAddData['body']['rows'][number];
type Changes = ListsCorrectData['body']['changes'];
type Rectification = NonNullable<ShownRowContent['rectification']>;

/** A row of a list as typed. The subject and the number of a row that is there stay as they are. */
export type RowDraft = Readonly<{
  number: string;
  text: string;
  category: string;
  subjectKind: SubjectKind;
  subjectName: string;
  townId: string;
  villageId: string;
  placeText: string;
  foundOn: string;
  manner: Manner;
  basis: string;
  seriousness: Seriousness;
  rectification: Rectification | '';
  measure: string;
  dueOn: string;
  legs: readonly LegPlan[];
}>;
export type RowFault = 'text' | 'category' | 'subjectName' | 'townId' | 'legs';

export const NEW_ROW: RowDraft = {
  number: '',
  text: '',
  category: '',
  subjectKind: 'household',
  subjectName: '',
  townId: '',
  villageId: '',
  placeText: '',
  foundOn: '',
  manner: 'on-site',
  basis: '',
  seriousness: 'ordinary',
  rectification: 'time-limited',
  measure: '',
  dueOn: '',
  legs: [],
};

export const rowDraftOf = (content: ShownRowContent): RowDraft => ({
  number: content.number ?? '',
  text: content.text,
  category: content.category,
  subjectKind: content.subject.kind,
  subjectName: content.subject.label,
  townId: content.place.townId,
  villageId: content.place.villageId ?? '',
  placeText: content.place.text,
  foundOn: content.foundOn ?? '',
  manner: content.manner,
  basis: content.basis ?? '',
  seriousness: content.seriousness,
  rectification: content.rectification ?? '',
  measure: content.measure ?? '',
  dueOn: content.dueOn ?? '',
  legs: asPlans(content.legs),
});

const blank = (text: string): boolean => text.trim() === '';
/** Legs may be missing altogether: such a row waits for triage (R27). */
export const rowFaults = (draft: RowDraft): readonly RowFault[] => {
  const { legs } = draft;
  const isSound =
    legs.length === 0 ||
    (legs.every((leg) => leg.unitId !== '') &&
      legs.filter((leg) => leg.leads).length === 1 &&
      new Set(legs.map((leg) => leg.line)).size === legs.length);
  const checks: readonly (readonly [RowFault, boolean])[] = [
    ['text', blank(draft.text)],
    ['category', draft.category === ''],
    ['subjectName', blank(draft.subjectName)],
    ['townId', draft.townId === ''],
    ['legs', !isSound],
  ];
  return checks.flatMap(([fault, holds]) => (holds ? [fault] : []));
};

const orNull = (text: string): string | null => (blank(text) ? null : text.trim());
const shared = (draft: RowDraft) => ({
  text: draft.text.trim(),
  category: draft.category,
  place: { townId: draft.townId, villageId: orNull(draft.villageId), text: draft.placeText.trim() },
  foundOn: orNull(draft.foundOn),
  basis: orNull(draft.basis),
  seriousness: draft.seriousness,
  rectification: draft.rectification === '' ? null : draft.rectification,
  measure: orNull(draft.measure),
  dueOn: orNull(draft.dueOn),
  legs: draft.legs.map(({ unitId, line, duty, leads }) => ({ unitId, line, duty, leads })),
});

export const newRowOf = (draft: RowDraft): NewRow => ({
  ...shared(draft),
  number: orNull(draft.number),
  manner: draft.manner,
  subject: { kind: draft.subjectKind, name: draft.subjectName.trim() },
});

/** Only what differs: a correction says what was corrected. */
export const changesOf = (before: ShownRowContent, draft: RowDraft): Changes => {
  const was: Readonly<Record<string, unknown>> = shared(rowDraftOf(before));
  return Object.fromEntries(Object.entries(shared(draft)).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(was[key])));
};
