import { PAUSE_REASONS } from '@app/findings';
import {
  localDate,
  type CategoryCode,
  type EvidenceId,
  type FindingId,
  type LegId,
  type LocalDate,
  type PersonId,
  type SubjectId,
  type UnitId,
} from '@app/kernel';
import { z } from 'zod';

/** Shapes of the write requests. Unknown fields are refused; the brands are given here, at the edge, once. */
export const text = (max = 2000) => z.string().trim().min(1).max(max);
export const id = <T extends string>() =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,80}$/, 'an identifier')
    .transform((v) => v as T);
export const uuid = <T extends string>() => z.uuid().transform((v) => v as T);
export const day = z.string().transform((value, context): LocalDate => {
  try {
    return localDate(value);
  } catch {
    context.addIssue({ code: 'custom', message: '应为 YYYY-MM-DD · expected YYYY-MM-DD' });
    return z.NEVER;
  }
});
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((v) => v ?? null);
/** The business date somebody claims for the act; today when absent. */
const act = { on: day.optional() };

export const unitId = id<UnitId>();
export const legId = id<LegId>();
export const findingId = uuid<FindingId>();
/** A number in an address: a stage, an instruction. */
export const stageNumber = z.coerce.number().int().min(1).max(1000);
export const evidenceIds = z.array(uuid<EvidenceId>()).max(100).default([]);

export const SERIOUSNESS = ['ordinary', 'serious', 'major'] as const;
export const MANNERS = ['documents', 'on-site', 'household', 'data', 'unannounced'] as const;
export const SOURCES = ['upper', 'inspection', 'self', 'data', 'leader', 'other'] as const;
export const SUBJECTS = ['household', 'person', 'project', 'village', 'unit', 'facility', 'other'] as const;

/** What identifies a person is sealed on arrival and never leaves in full except by a recorded reading. */
export const subjectRequest = z.strictObject({
  kind: z.enum(SUBJECTS),
  name: text(100),
  idNumber: z.string().max(30).optional(),
  phone: z.string().max(30).optional(),
  bankCard: z.string().max(40).optional(),
  sensitive: z.boolean().default(false),
});
export const itemRequest = z.strictObject({ subject: subjectRequest, text: text(500) });

const source = z.strictObject({
  kind: z.enum(SOURCES),
  name: text(200),
  batch: orNull(text(100)),
  documentNumber: orNull(text(100)),
});
const place = z.strictObject({ townId: unitId, villageId: orNull(unitId), text: z.string().trim().max(300).default('') });

/** 立行立改 with the filing (R10): whose rectification, who of them was there, and the second inspector beside the filer. */
const witnessedOnTheSpot = z.strictObject({
  /** Absent: the village, or the town, of the place. */
  rectifyingUnitId: unitId.optional(),
  personPresent: text(60),
  secondInspector: id<PersonId>(),
  text: text(),
});

export const fileRequest = z
  .strictObject({
    ...act,
    place,
    subject: subjectRequest.optional(),
    /** Instead of `subject`: the key of a household or person of the village, from its package. */
    subjectKey: id<SubjectId>().optional(),
    category: id<CategoryCode>(),
    text: text(),
    kind: z.enum(['finding', 'task']).default('finding'),
    source: source.optional(),
    manner: z.enum(MANNERS).optional(),
    teamId: unitId.optional(),
    foundOn: day.optional(),
    basis: orNull(text(500)),
    seriousness: z.enum(SERIOUSNESS).default('ordinary'),
    suggestedMeasure: orNull(text(1000)),
    responsibleUnitId: orNull(unitId),
    projectOwnerId: orNull(unitId),
    upper: orNull(z.strictObject({ authority: text(100), batch: text(100), number: text(60), due: orNull(day) })),
    items: z.array(itemRequest).max(2000).default([]),
    capturedAt: orNull(z.iso.datetime({ offset: true })),
    lateEntry: orNull(z.strictObject({ documentNumber: text(100), reason: text(500) })),
    onTheSpot: orNull(witnessedOnTheSpot),
  })
  .refine(({ subject, subjectKey }) => (subject === undefined) !== (subjectKey === undefined), {
    path: ['subject'],
    message: 'subject 与 subjectKey 须有且只有一个 · expected either subject or subjectKey',
  });
/** The head of the team takes over what was put down as rectified on the spot. */
export const spotAcceptanceRequest = z.strictObject({ ...act });

export const correctRequest = z.strictObject({
  ...act,
  reason: text(500),
  changes: z.strictObject({
    place: place.optional(),
    category: id<CategoryCode>().optional(),
    text: text().optional(),
    basis: text(500).optional(),
    seriousness: z.enum(SERIOUSNESS).optional(),
    suggestedMeasure: text(1000).optional(),
    responsibleUnitId: unitId.optional(),
    projectOwnerId: unitId.optional(),
    manner: z.enum(MANNERS).optional(),
  }),
});
export const itemsRequest = z.strictObject({ ...act, items: z.array(itemRequest).min(1).max(2000) });
export const commentRequest = z.strictObject({ ...act, text: text(), legId: orNull(legId) });
export const withdrawRequest = z.strictObject({ ...act, reason: text(1000), documentNumber: orNull(text(100)) });
export const dismissRequest = z.strictObject({ ...act, reason: text(1000), teamNote: orNull(text(1000)) });
export const linkRequest = z.strictObject({ ...act, to: findingId, reason: text(1000) });

const stages = z.array(z.strictObject({ text: text(500), checkOn: day })).max(20);
export const acceptRequest = z.strictObject({
  ...act,
  rectification: z.enum(['immediate', 'time-limited', 'staged']),
  seriousness: z.enum(SERIOUSNESS),
  reason: orNull(text(1000)),
  stages: stages.default([]),
});
const leg = z.strictObject({
  legId,
  unitId,
  line: z.enum(['territorial', 'sectoral', 'owner']),
  duty: z.enum(['acts', 'guides']),
  leads: z.boolean(),
});
export const transferRequest = z.strictObject({
  ...act,
  /** Absent: what the category's rule proposes. */
  legs: z.array(leg).max(3).optional(),
  assisting: z.array(unitId).max(30).default([]),
  copies: z.array(unitId).max(30).default([]),
  overruledBecause: orNull(text(500)),
  singleLegBecause: orNull(text(500)),
  independent: orNull(z.strictObject({ unitId, clearer: id<PersonId>(), authorisedBy: text(200) })),
});
/** Before triage the acceptance may come along, so that both are seen before either is sent. */
export const transferPreviewRequest = transferRequest.extend({ acceptance: orNull(acceptRequest.omit({ on: true })) });
export const splitRequest = z.strictObject({ ...act, towns: z.array(unitId).min(2).max(60) });
export const jointRulingRequest = z.strictObject({
  ...act,
  text: text(),
  participants: z.array(text(100)).min(2).max(30),
  leadingLegId: legId,
});

export const plainRequest = z.strictObject({ ...act });
export const returnRequest = z.strictObject({
  ...act,
  ground: z.enum(['not-our-duty', 'wrong-place', 'not-true', 'already-rectified', 'duplicate', 'delimit']),
  text: text(),
});
export const objectionRequest = z.strictObject({ ...act, text: text() });
export const rulingRequest = z.strictObject({
  ...act,
  ruling: z.enum(['stays', 'moved', 'untrue']),
  toUnitId: orNull(unitId),
  reason: text(),
  teamNote: orNull(text()),
});
export const assignRequest = z.strictObject({ ...act, villageId: orNull(unitId), assignee: text(100) });
export const planRequest = z.strictObject({ ...act, measures: text(), responsible: text(100), targetOn: day });
export const progressRequest = z.strictObject({
  ...act,
  text: text(),
  basicallyComplete: orNull(z.strictObject({ remains: text(), by: day })),
});
export const extensionRequest = z.strictObject({ ...act, reason: text(), progress: text(), until: day });
export const extensionRulingRequest = z.discriminatedUnion('granted', [
  z.strictObject({ ...act, granted: z.literal(true), until: day, reason: text() }),
  z.strictObject({ ...act, granted: z.literal(false), reason: text() }),
]);
export const pauseRequest = z.strictObject({ ...act, reason: z.enum(PAUSE_REASONS), text: text(), until: day });
export const pauseRulingRequest = z.discriminatedUnion('granted', [
  z.strictObject({ ...act, granted: z.literal(true), until: day, text: text() }),
  z.strictObject({ ...act, granted: z.literal(false), reason: text() }),
]);
export const answersRequest = z.strictObject({
  ...act,
  answers: z
    .array(z.strictObject({ itemId: z.uuid(), answer: z.enum(['done', 'untrue', 'cannot']), basis: orNull(text(500)) }))
    .min(1)
    .max(2000),
});
export const guidanceRequest = z.strictObject({ ...act, text: text() });
export const reportRequest = z.strictObject({
  ...act,
  text: text(),
  measures: text(),
  effect: text(),
  completedOn: day,
  evidence: evidenceIds,
});
export const firstReviewRequest = z.strictObject({ ...act, passed: z.boolean(), reason: orNull(text()) });
export const signRequest = z.strictObject({ ...act, lateEntry: orNull(z.strictObject({ documentNumber: text(100), reason: text(500) })) });
export const opinionRequest = z.strictObject({ ...act, agrees: z.boolean(), text: text() });
export const onTheSpotRequest = z.strictObject({
  ...act,
  rectifyingUnitId: unitId,
  personPresent: text(60),
  inspectors: z.array(id<PersonId>()).min(1).max(10),
  text: text(),
  /** Evidence that was added to the finding before this act. */
  evidence: evidenceIds,
});
export const reviewRequest = z.discriminatedUnion('result', [
  z.strictObject({ ...act, result: z.literal('passed'), text: text() }),
  z.strictObject({ ...act, result: z.literal('sent-back'), reason: text(), alsoReopen: z.array(legId).max(3).default([]) }),
]);
export const verifyRequest = z.strictObject({ ...act, method: z.enum(['on-site', 'documents', 'data', 'sample']), text: text() });
export const clearRequest = z.strictObject({ ...act, text: text() });
export const revokeRequest = z.strictObject({ ...act, reason: text(), level: text(100), legIds: z.array(legId).max(3).default([]) });
export const lookBackRequest = z.strictObject({
  ...act,
  round: text(100),
  result: z.enum(['holds', 'not-thorough', 'relapse']),
  text: text(),
});
export const stageRequest = z.strictObject({ ...act, text: text() });
export const stagesRequest = z.strictObject({ ...act, stages: stages.min(1), reason: text(500) });
export const instructionRequest = z.strictObject({
  ...act,
  text: text(),
  toUnits: z.array(unitId).min(1).max(10),
  replyBy: orNull(day),
  rectifyBy: orNull(day),
});
export const replyRequest = z.strictObject({ ...act, text: text() });
export const upperAnswerRequest = z.strictObject({
  ...act,
  answer: z.enum(['dismissed', 'merged', 'extended', 'other']),
  documentNumber: text(100),
  text: text(),
  due: orNull(day),
});
export const upperClearanceRequest = z.strictObject({ ...act, documentNumber: text(100), text: text() });

export type Body<S extends z.ZodType> = z.output<S>;
