import { ROLES, type Role } from '@app/kernel';

/**
 * Who may do what: every route of the api stands here once. A line says which roles pass the door, and whether what lies behind
 * is a finding or a list that must also be within sight (else 404, as if it did not exist).
 * The body is one that the route accepts, so that the question of sight is reached.
 */
export type Line = Readonly<{
  roles: readonly Role[] | 'everybody' | 'public';
  object: 'finding' | 'list' | null;
  body?: unknown;
  /** The answer does not end. */
  stream?: true;
}>;

export const PEOPLE = ROLES.filter((role) => role !== 'system');
export type Person = Exclude<Role, 'system'>;

/** Where somebody stands towards the finding's town: in it, above it, beside it, or in a unit that has no part in it. */
export const RELATIONS = ['own', 'parent', 'sibling', 'foreign'] as const;
export type Relation = (typeof RELATIONS)[number];
export const UNIT_OF: Readonly<Record<Relation, string>> = { own: 'dazeshan', parent: 'pd', sibling: 'jiudian', foreign: 'water' };

type Sight = Readonly<Record<Relation, boolean>>;
const BY_UNIT: Sight = { own: true, parent: true, sibling: false, foreign: false };
const EVERYTHING: Sight = { own: true, parent: true, sibling: true, foreign: true };
/** A leader's post gives no sight; answering for the town does, and only the first one does. */
const BY_CHARGE: Sight = { own: true, parent: false, sibling: false, foreign: false };
const NOTHING: Sight = { own: false, parent: false, sibling: false, foreign: false };
export const SEES: Readonly<Record<Person, Sight>> = {
  inspector: BY_UNIT,
  'team-head': BY_UNIT,
  office: EVERYTHING,
  'office-head': EVERYTHING,
  clerk: BY_UNIT,
  deputy: BY_UNIT,
  head: BY_UNIT,
  leader: BY_CHARGE,
  'independent-verifier': EVERYTHING,
  auditor: EVERYTHING,
  admin: NOTHING,
};

const OFFICE = ['office', 'office-head'] as const;
const UNIT = ['clerk', 'deputy', 'head'] as const;
const FILERS = ['inspector', 'team-head', ...OFFICE, ...UNIT] as const;
const READERS = [...FILERS, 'leader', 'independent-verifier', 'auditor'] as const;
const REVIEWERS = [...OFFICE, 'independent-verifier'] as const;

const open: Line = { roles: 'public', object: null };
const everybody: Line = { roles: 'everybody', object: null };
const admin: Line = { roles: ['admin'], object: null };
const only = (roles: readonly Role[]): Line => ({ roles, object: null });
const finding = (roles: Line['roles'], body?: unknown): Line => ({ roles, object: 'finding', body });
const list = (roles: Line['roles'], body?: unknown): Line => ({ roles, object: 'list', body });

const text = '依据现场核查';
const reason = { reason: text };
const said = { text };
const plain = {};
const subject = { kind: 'household', name: '周样一' };
const later = '2020-07-31';

export const TABLE: Readonly<Record<string, Line>> = {
  // ── door ──
  'GET /health': open,
  'GET /health/ready': open,
  'GET /metrics': open,
  'POST /session': open,
  'GET /session': everybody,
  'DELETE /session': everybody,
  'PUT /session/post': everybody,
  'PUT /account/password': everybody,
  'GET /security-log': only(['auditor']),

  // ── what everybody may look up ──
  'GET /units': everybody,
  'GET /units/:unitId/posts': everybody,
  'GET /categories': everybody,
  'GET /calendar': everybody,
  'GET /rules': everybody,

  // ── administration ──
  'GET /admin/accounts': admin,
  'POST /admin/accounts': admin,
  'POST /admin/accounts/:accountId/password-resets': admin,
  'PUT /admin/accounts/:accountId/unlocking': admin,
  'PUT /admin/accounts/:accountId/withdrawal': admin,
  'GET /admin/accounts/:accountId/devices': admin,
  'PUT /admin/devices/:deviceId/withdrawal': admin,
  'GET /admin/tokens': admin,
  'POST /admin/tokens': admin,
  'PUT /admin/tokens/:tokenId/revocation': admin,
  'GET /admin/units': admin,
  'GET /admin/units/:unitId/holdings': admin,
  'POST /admin/units': admin,
  'PUT /admin/units/:unitId/name': admin,
  'PUT /admin/units/:unitId/synonyms': admin,
  'PUT /admin/units/:unitId/parent': admin,
  'PUT /admin/units/:unitId/successor': admin,
  'PUT /admin/units/:unitId/dissolution': admin,
  'GET /admin/people': admin,
  'POST /admin/people': admin,
  'PUT /admin/people/:personId': admin,
  'POST /admin/people/:personId/phone-readings': only(['admin', ...OFFICE, 'leader']),
  'POST /admin/people/:personId/secondments': admin,
  'PUT /admin/people/:personId/secondments/:unitId/end': admin,
  'POST /admin/people/:personId/towns': admin,
  'PUT /admin/people/:personId/towns/:unitId/end': admin,
  'GET /admin/posts': admin,
  'POST /admin/posts': admin,
  'PUT /admin/posts/:postId': admin,
  'PUT /admin/posts/:postId/closure': admin,
  'POST /admin/posts/:postId/holdings': admin,
  'PUT /admin/posts/:postId/holdings/:personId/end': admin,
  'POST /admin/posts/:postId/substitutes': admin,
  'PUT /admin/posts/:postId/substitutes/:personId/end': admin,
  'GET /admin/categories': admin,
  'POST /admin/categories': admin,
  'PUT /admin/categories/:code': admin,
  'POST /admin/categories/:code/departments': admin,
  'PUT /admin/categories/:code/retirement': admin,
  'PUT /admin/calendar/:year': admin,
  'GET /admin/calendar/:year/moved-deadlines': only(['admin', ...OFFICE]),
  'POST /admin/calendar/:year/previews': only(['admin', ...OFFICE]),
  'PUT /admin/rules/:ruleId': admin,
  'PUT /admin/rules/:ruleId/retirement': admin,

  // ── reading findings ──
  'GET /findings': only(READERS),
  'GET /findings/export.xlsx': only(READERS),
  'GET /legs': only(READERS),
  'GET /inbox': only(READERS),
  'GET /acts/mine': only(READERS),
  'GET /events/stream': { ...only(READERS), stream: true },
  'GET /findings/:id': finding(READERS),
  'GET /findings/:id/timeline': finding(READERS),
  'GET /findings/:id/offers': finding(READERS),
  'GET /findings/:id/similar': finding(READERS),
  'POST /findings/twins': only(FILERS),
  'POST /findings/:id/subjects/:subjectId/reveal': finding(FILERS, { field: 'phone', purpose: '电话核实' }),

  // ── filing and record ──
  'POST /findings': only(FILERS),
  'PATCH /findings/:id': finding(FILERS, { reason: text, changes: { text } }),
  'POST /findings/:id/items': finding(FILERS, { items: [{ subject, text }] }),
  'PUT /findings/:id/withdrawal': finding(FILERS, reason),
  'POST /findings/:id/comments': finding('everybody', said),
  'POST /findings/:id/evidence': finding('everybody', plain),
  'POST /findings/:id/evidence/uploads': finding('everybody', { uploadId: '7b1c9f0e-1111-4222-8333-444455556666', phase: 'after' }),
  'GET /findings/:id/evidence/:evidenceId': finding('everybody'),
  'DELETE /findings/:id/evidence/:evidenceId': finding('everybody', reason),

  'POST /uploads': everybody,
  'GET /uploads/:uploadId': everybody,
  'PATCH /uploads/:uploadId': everybody,

  // ── inspections; whether a task is within sight: inspections.e2e-spec ──
  'GET /inspections': only(READERS),
  'GET /inspections/today': only(READERS),
  'GET /inspections/:inspectionId': only(READERS),
  'POST /inspections': only(['team-head', ...OFFICE]),
  'PUT /inspections/:inspectionId': only(['team-head', ...OFFICE]),
  'PUT /inspections/:inspectionId/end': only(['team-head', ...OFFICE]),
  'GET /villages/:unitId/package': only(['inspector', 'team-head']),

  // ── devices ──
  'GET /devices': everybody,
  'POST /devices': everybody,
  'GET /devices/:deviceId': open,
  'DELETE /devices/:deviceId': everybody,
  'GET /devices/:deviceId/secret': everybody,

  // ── the office ──
  'PUT /findings/:id/acceptance': finding([...OFFICE, 'team-head'], { rectification: 'time-limited', seriousness: 'ordinary' }),
  'PUT /findings/:id/dismissal': finding(OFFICE, reason),
  'PUT /findings/:id/link': finding(OFFICE, { to: '7b1c9f0e-1111-4222-8333-444455556666', reason: text }),
  'GET /findings/:id/proposal': finding([...OFFICE, 'team-head']),
  'PUT /findings/:id/transfer': finding([...OFFICE, 'team-head'], plain),
  'POST /findings/:id/transfer-previews': finding([...OFFICE, 'team-head'], plain),
  'PUT /findings/:id/split': finding(OFFICE, { towns: ['dazeshan', 'jiudian'] }),
  'PUT /findings/:id/joint-ruling': finding(OFFICE, { text, participants: ['大泽山镇', '市住建局'], leadingLegId: 'T' }),
  'PUT /findings/:id/legs/:legId/extension/ruling': finding(OFFICE, { granted: false, reason: text }),
  'PUT /findings/:id/legs/:legId/return/ruling': finding([...OFFICE, 'leader'], { ruling: 'stays', reason: text }),
  'PUT /findings/:id/stages': finding(OFFICE, { stages: [{ text, checkOn: later }], reason: text }),
  'PUT /findings/:id/stages/:stage': finding(OFFICE, said),
  'POST /findings/:id/upper-answers': finding(OFFICE, { answer: 'other', documentNumber: '督办〔2020〕1号', text }),
  'PUT /findings/:id/upper-clearance': finding(OFFICE, { documentNumber: '督办〔2020〕1号', text }),

  // ── the units ──
  'PUT /findings/:id/legs/:legId/receipt': finding(UNIT, plain),
  'PUT /findings/:id/legs/:legId/return': finding(UNIT, { ground: 'not-our-duty', text }),
  'PUT /findings/:id/legs/:legId/return/objection': finding(UNIT, said),
  'PUT /findings/:id/legs/:legId/assignment': finding(UNIT, { assignee: '网格员' }),
  'PUT /findings/:id/legs/:legId/plan': finding(UNIT, { measures: text, responsible: '包村干部', targetOn: later }),
  'POST /findings/:id/legs/:legId/progress': finding(UNIT, said),
  'PUT /findings/:id/legs/:legId/extension': finding(UNIT, { reason: text, progress: text, until: later }),
  'PUT /findings/:id/legs/:legId/item-answers': finding(UNIT, {
    answers: [{ itemId: '7b1c9f0e-1111-4222-8333-444455556666', answer: 'done' }],
  }),
  'POST /findings/:id/legs/:legId/guidance': finding(UNIT, said),
  'PUT /findings/:id/legs/:legId/report': finding(UNIT, { text, measures: text, effect: text, completedOn: '2020-07-06' }),
  'PUT /findings/:id/legs/:legId/first-review': finding(UNIT, { passed: true }),
  'PUT /findings/:id/legs/:legId/signature': finding(['deputy', 'head', ...OFFICE], plain),
  'PUT /findings/:id/legs/:legId/opinion': finding(UNIT, { agrees: true, text }),
  'PUT /findings/:id/legs/:legId/on-the-spot': finding(['inspector', 'team-head'], {
    rectifyingUnitId: 'dazeshan',
    personPresent: '周样一',
    inspectors: ['p-inspector', 'p-inspector-b'],
    text,
  }),
  'PUT /findings/:id/on-the-spot/acceptance': finding(['team-head'], plain),
  'PUT /findings/:id/instructions/:seq/reply': finding([...UNIT, ...OFFICE], said),

  // ── review, clearance, afterwards ──
  'PUT /findings/:id/legs/:legId/review': finding(['inspector', 'team-head', 'deputy', 'head', ...REVIEWERS], { result: 'passed', text }),
  'PUT /findings/:id/verification': finding(['inspector', 'team-head', ...REVIEWERS], { method: 'on-site', text }),
  'PUT /findings/:id/clearance': finding([...REVIEWERS, 'leader'], said),
  'PUT /findings/:id/clearance/revocation': finding(['office-head', 'leader'], { reason: text, level: '县级' }),
  'POST /findings/:id/look-backs': finding(['inspector', 'team-head', ...OFFICE], { round: '第一轮', result: 'holds', text }),
  'POST /findings/:id/instructions': finding(['leader'], { text, toUnits: ['dazeshan'] }),

  // ── lists ──
  'GET /lists': only(READERS),
  'GET /lists/numbers/:unitId/:year': only([...OFFICE, 'auditor']),
  'GET /lists/numbers/findings/:year/gaps': only([...OFFICE, 'auditor']),
  'GET /lists/:id': list(READERS),
  'GET /lists/:id/rows': list(READERS),
  'POST /lists': only(OFFICE),
  'PATCH /lists/:id': only(OFFICE),
  'DELETE /lists/:id': only(OFFICE),
  'POST /lists/:id/rows': only(OFFICE),
  'PATCH /lists/:id/rows/:rowId': only(OFFICE),
  'DELETE /lists/:id/rows/:rowId': only(OFFICE),
  'PUT /lists/:id/issue': only(OFFICE),
  'POST /lists/:id/supplements': only(OFFICE),

  // ── handled offline ──
  'GET /placeholders': only(READERS),
  'POST /placeholders': only(OFFICE),
  'PUT /placeholders/:id/settlement': only(OFFICE),
  'PUT /placeholders/:id/withdrawal': only(OFFICE),

  // ── figures ──
  'GET /clearance/board': only(READERS),
  'GET /clearance/list': only(READERS),
  'GET /clearance/office': only([...OFFICE, 'leader', 'auditor']),
  'GET /clearance/overview': only(READERS),
  'GET /clearance/trend': only(READERS),
  'GET /clearance/comparison': only(READERS),

  // ── imports ──
  'GET /imports': only(OFFICE),
  'POST /imports': only(OFFICE),
  'GET /imports/:id': only(OFFICE),
  'GET /imports/:id/rows': only(OFFICE),
  'GET /imports/:id/rejected.xlsx': only(OFFICE),
  'PUT /imports/:id/mapping': only(OFFICE),
  'POST /imports/:id/commit': only(OFFICE),
  'DELETE /imports/:id': only(OFFICE),
};
