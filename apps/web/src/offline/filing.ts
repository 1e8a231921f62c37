import type { FindingsFileData } from '../api/generated/types.gen';

/** Either whom it is about, or the key of somebody the village's roster knows. */
type Body = Omit<FindingsFileData['body'], 'subject'> &
  Readonly<{ subject?: NonNullable<FindingsFileData['body']['subject']>; subjectKey?: string }>;
export type Source = Readonly<{
  kind: NonNullable<Body['source']>['kind'];
  name: string;
  batch: string | null;
  documentNumber: string | null;
}>;
export type Manner = NonNullable<Body['manner']>;
export type SubjectKind = 'household' | 'person' | 'project' | 'village' | 'unit' | 'facility' | 'other';

/** Whom it is about: typed by name, or picked from the village's roster by its masked label and code. */
export type ChosenSubject = Readonly<{ kind: SubjectKind; name: string; subjectKey: string | null; code: string | null }>;
export type Spot = Readonly<{ personPresent: string; secondInspector: string; text: string }>;

/** What the form of 报问题 holds. */
export type FileForm = Readonly<{
  townId: string;
  townName: string;
  villageId: string | null;
  villageName: string | null;
  teamId: string | null;
  teamName: string | null;
  foundOn: string;
  source: Source | null;
  manner: Manner;
  subject: ChosenSubject;
  category: Readonly<{ code: string; name: string }> | null;
  text: string;
  spot: Spot | null;
}>;

const PERSONAL: ReadonlySet<SubjectKind> = new Set(['household', 'person']);

/** As the server shows it: 王**. */
export const maskedName = (name: string): string => {
  const [first] = [...name.trim()];
  return first === undefined ? '' : `${first}**`;
};
export const labelOf = ({ kind, name, code }: ChosenSubject): string => {
  const label = PERSONAL.has(kind) ? maskedName(name) : name.trim();
  return code === null ? label : `${label} ${code}`;
};

/** As it may stay on the phone once it was sent. */
export const maskedSubject = (subject: ChosenSubject): ChosenSubject =>
  PERSONAL.has(subject.kind) ? { ...subject, name: maskedName(subject.name), subjectKey: null } : subject;

export type FormFault = 'place' | 'subject' | 'category' | 'text' | 'personPresent' | 'secondInspector' | 'before' | 'after';

/** What is still missing; photos are counted by phase because 立行立改 needs one of each (R10). */
export const faultsOf = (form: FileForm, photos: Readonly<{ before: number; after: number }>): readonly FormFault[] => {
  const { spot } = form;
  const missing: readonly (readonly [FormFault, boolean])[] = [
    ['place', form.townId === ''],
    ['subject', form.subject.name.trim() === ''],
    ['category', form.category === null],
    ['text', form.text.trim() === ''],
    ['personPresent', spot !== null && spot.personPresent.trim() === ''],
    ['secondInspector', spot !== null && spot.secondInspector === ''],
    ['before', spot !== null && photos.before === 0],
    ['after', spot !== null && photos.after === 0],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([fault]) => fault);
};

/** `capturedAt`: when it was put down, where that was without a network (R16). */
export const filingBody = (form: FileForm, capturedAt: string | null): Body => {
  const { category, source, teamId, subject, spot } = form;
  if (category === null) throw new RangeError('a filing needs its category');
  const { kind, name, subjectKey } = subject;
  return {
    place: { townId: form.townId, villageId: form.villageId },
    ...(subjectKey === null ? { subject: { kind, name: name.trim() } } : { subjectKey }),
    category: category.code,
    text: form.text.trim(),
    manner: form.manner,
    foundOn: form.foundOn,
    ...(source === null ? {} : { source }),
    ...(teamId === null ? {} : { teamId }),
    ...(spot === null ? {} : { onTheSpot: spot }),
    capturedAt,
  };
};

type KnownFinding = Readonly<{
  findingId: string;
  number: string;
  stage: string;
  text: string;
  category: Readonly<{ code: string; name: string }>;
  subject: Readonly<{ label: string; subjectKey?: string | null }>;
}>;

/** Open already: the same subject and category. Two households of one surname look the same; the person decides. */
export const openTwins = <T extends KnownFinding>(findings: readonly T[], { subject, category }: FileForm): readonly T[] => {
  if (category === null || subject.name.trim() === '') return [];
  const label = PERSONAL.has(subject.kind) ? maskedName(subject.name) : subject.name.trim();
  return findings.filter(
    (known) =>
      known.category.code === category.code &&
      (subject.subjectKey === null ? known.subject.label === label : known.subject.subjectKey === subject.subjectKey),
  );
};
