import type { FindingIntent, FindingState, Leg } from '@app/findings';
import { addDays, localDateOf, type Actor, type Instant, type LegId, type SeededRandom } from '@app/kernel';
import {
  ACTORS,
  DEPARTMENT_LEG,
  filing,
  GUIDING_LEG,
  someEvidence,
  TOWN_LEG,
  UNITS,
} from '../../libs/findings/src/testing/finding-builders';

/** What somebody does next with a finding; the rules may refuse it. */
export type Act = Readonly<{ intent: FindingIntent; by: Actor }>;

const TEXT = '说明';
const HOUR_MS = 3_600_000;
const PROOF = someEvidence('e0', { phase: 'document' });
const { office, secondOffice, officeHead, inspector, leader } = ACTORS;

type People = Readonly<{ clerk: Actor; second: Actor; deputy: Actor; head: Actor }>;
const TOWN: People = {
  clerk: ACTORS.townClerk,
  second: ACTORS.secondTownClerk,
  deputy: ACTORS.townDeputy,
  head: ACTORS.townHead,
};
const DEPARTMENT: People = {
  clerk: ACTORS.departmentClerk,
  second: ACTORS.secondDepartmentClerk,
  deputy: ACTORS.departmentDeputy,
  head: ACTORS.departmentHead,
};
const OTHER: People = {
  clerk: ACTORS.otherDepartmentClerk,
  second: { ...ACTORS.otherDepartmentClerk, personId: 'other-clerk-two' as Actor['personId'] },
  deputy: ACTORS.otherDepartmentDeputy,
  head: { ...ACTORS.otherDepartmentDeputy, roles: ['head'] },
};
const peopleOf = (leg: Leg): People => (leg.unitId === UNITS.town ? TOWN : leg.unitId === UNITS.department ? DEPARTMENT : OTHER);

type Chance = readonly [weight: number, act: () => Act | null];
const oneOf = (random: SeededRandom, chances: readonly Chance[]): Act | null => {
  let left = random.next() * chances.reduce((sum, [weight]) => sum + weight, 0);
  return chances.find(([weight]) => (left -= weight) < 0)?.[1]() ?? null;
};
const act = (by: Actor, intent: FindingIntent): Act => ({ by, intent });
const nothing = (): null => null;

export const firstAct = (random: SeededRandom, n: number, now: Instant): Act => {
  const upper = random.chance(0.08)
    ? { authority: '省', batch: '1', number: String(n), due: addDays(localDateOf(now), 10 + random.below(60)) }
    : null;
  const source = upper === null ? filing().source : { ...filing().source, kind: 'upper' as const };
  return act(upper === null ? inspector : office, {
    type: 'FileFinding',
    data: filing({ number: `QL-${n}`, foundOn: localDateOf(now), upper, source }),
  });
};

const soon = (random: SeededRandom, now: Instant, days: number) => addDays(localDateOf(now), 1 + random.below(days));

const onLeg = (random: SeededRandom, leg: Leg, now: Instant, proved: boolean): Act | null => {
  const { legId } = leg;
  const { clerk, second, deputy, head } = peopleOf(leg);
  const ask = (): Act =>
    act(clerk, { type: 'AskExtension', data: { legId, reason: TEXT, progress: TEXT, until: addDays(leg.due.day, 1 + random.below(30)) } });
  const report = (): Act =>
    proved
      ? act(clerk, {
          type: 'ReportLeg',
          data: { legId, text: TEXT, measures: TEXT, effect: TEXT, completedOn: localDateOf(now), evidence: [PROOF.evidenceId] },
        })
      : act(clerk, { type: 'AddEvidence', data: { evidence: PROOF } });
  const pauses = (): Act =>
    act(clerk, {
      type: 'AskPause',
      data: { legId, reason: random.pick(['season', 'litigation']), text: TEXT, until: soon(random, now, 30) },
    });
  const giveBack = (): Act => act(clerk, { type: 'ReturnLeg', data: { legId, ground: 'not-our-duty', text: TEXT } });
  const granted = (): Act => {
    const until = leg.extension?.until ?? addDays(leg.due.day, 3);
    return act(random.pick([office, officeHead, leader]), { type: 'GrantExtension', data: { legId, until, reason: TEXT } });
  };
  switch (leg.stage) {
    case 'delivered':
      return oneOf(random, [
        [5, () => act(clerk, { type: 'SignForLeg', data: { legId } })],
        [1, giveBack],
        [2, report],
        [3, nothing],
      ]);
    case 'working':
      if (leg.duty === 'guides') {
        return leg.guided
          ? null
          : oneOf(random, [
              [3, () => act(clerk, { type: 'GiveGuidance', data: { legId, text: TEXT } })],
              [2, nothing],
            ]);
      }
      if (leg.extension !== null) {
        return oneOf(random, [
          [4, granted],
          [1, () => act(office, { type: 'RefuseExtension', data: { legId, reason: TEXT } })],
          [1, nothing],
        ]);
      }
      if (leg.pause !== undefined) {
        const { until, granted: pausedNow } = leg.pause;
        if (pausedNow)
          return oneOf(random, [
            [1, () => act(clerk, { type: 'ResumeLeg', data: { legId } })],
            [3, nothing],
          ]);
        return oneOf(random, [
          [5, () => act(random.pick([office, officeHead, leader]), { type: 'GrantPause', data: { legId, until, text: TEXT } })],
          [1, () => act(office, { type: 'RefusePause', data: { legId, reason: TEXT } })],
        ]);
      }
      return oneOf(random, [
        [5, report],
        [2, pauses],
        [2, ask],
        [1, giveBack],
        [3, () => act(clerk, { type: 'RecordProgress', data: { legId, text: TEXT, basicallyComplete: null } })],
      ]);
    case 'under-return': {
      const ruling = random.pick(['stays', 'stays', 'moved'] as const);
      const toUnitId = ruling === 'moved' ? UNITS.otherDepartment : null;
      const rules = (by: Actor): Act => act(by, { type: 'RuleOnReturn', data: { legId, ruling, toUnitId, reason: TEXT, teamNote: null } });
      return oneOf(random, [
        [4, () => rules(office)],
        [1, () => rules(leader)],
        [2, nothing],
      ]);
    }
    case 'reported':
      return act(second, { type: 'FirstReviewLeg', data: { legId, passed: !random.chance(0.1), reason: TEXT } });
    case 'first-reviewed':
      return act(random.pick([deputy, head]), { type: 'SignLeg', data: { legId, lateEntry: null } });
    case 'submitted':
      return oneOf(random, [
        [6, () => act(office, { type: 'PassLeg', data: { legId, text: TEXT } })],
        [2, () => act(office, { type: 'SendLegBack', data: { legId, reason: TEXT, alsoReopen: [] } })],
        [2, () => act(DEPARTMENT.clerk, { type: 'GiveOpinion', data: { legId: DEPARTMENT_LEG.legId, agrees: true, text: TEXT } })],
        [2, nothing],
      ]);
    case 'passed':
      return null;
  }
};

const transfer = (random: SeededRandom): Act => {
  const legs = random.pick([
    [TOWN_LEG, DEPARTMENT_LEG],
    [TOWN_LEG, DEPARTMENT_LEG],
    [TOWN_LEG, GUIDING_LEG],
    [TOWN_LEG, GUIDING_LEG],
    [TOWN_LEG],
  ]);
  const rest = { assisting: [], copies: [], proposed: null, overruledBecause: null, independent: null };
  return act(office, { type: 'TransferFinding', data: { legs, singleLegBecause: '镇街自办', ...rest } });
};

const accept = (random: SeededRandom, now: Instant): Act => {
  const rectification = random.pick(['immediate', 'time-limited', 'time-limited', 'time-limited', 'staged'] as const);
  const stages = rectification === 'staged' ? [30, 75].map((days) => ({ text: TEXT, checkOn: addDays(soon(random, now, 20), days) })) : [];
  const seriousness =
    rectification === 'immediate' ? 'ordinary' : random.pick(['ordinary', 'ordinary', 'ordinary', 'serious', 'major'] as const);
  return act(office, { type: 'AcceptFinding', data: { rectification, seriousness, reason: TEXT, stages } });
};

const instruct = (random: SeededRandom, now: Instant): Act =>
  act(leader, {
    type: 'GiveInstruction',
    data: {
      text: TEXT,
      toUnits: [UNITS.town],
      replyBy: random.chance(0.5) ? soon(random, now, 20) : null,
      rectifyBy: random.chance(0.5) ? soon(random, now, 40) : null,
    },
  });

/** What happens to a finding next, by how it stands. Null: for now nobody does anything. */
export const nextAct = (random: SeededRandom, state: FindingState, now: Instant): Act | null => {
  switch (state.phase) {
    case 'absent':
    case 'ended':
      return null;
    case 'filed':
      return oneOf(random, [
        [20, () => accept(random, now)],
        [1, () => act(inspector, { type: 'WithdrawFinding', data: { reason: TEXT, documentNumber: null } })],
        [1, () => act(office, { type: 'DismissFinding', data: { reason: TEXT, teamNote: TEXT } })],
        [6, nothing],
      ]);
    case 'accepted':
      return transfer(random);
    case 'cleared':
    case 'long-term':
      return random.chance(0.05)
        ? act(officeHead, { type: 'RevokeClearance', data: { reason: TEXT, level: TEXT, legIds: [TOWN_LEG.legId] as LegId[] } })
        : null;
    case 'assigned': {
      const { core, work } = state;
      const open = Object.values(work.legs).filter(({ stage }) => stage !== 'passed');
      const stage = work.stages.find(({ passed }) => !passed);
      const instruction = core.instructions.find(({ reply }) => reply === null);
      const wait = Object.values(core.evidence).some(({ removed }) => !removed);
      const works = (): Act | null => (open.length === 0 ? null : onLeg(random, random.pick(open), now, wait));
      const closes = (): Act | null =>
        open.length > 0
          ? works()
          : work.verified === null
            ? act(secondOffice, { type: 'VerifyFinding', data: { method: 'on-site', text: TEXT } })
            : act(officeHead, { type: 'ClearFinding', data: { text: TEXT } });
      return oneOf(random, [
        [30, closes],
        [stage === undefined ? 0 : 6, () => act(office, { type: 'PassStage', data: { stage: stage?.stage ?? 1, text: TEXT } })],
        [
          stage === undefined ? 0 : 1,
          () => act(office, { type: 'RescheduleStages', data: { stages: [{ text: TEXT, checkOn: soon(random, now, 90) }], reason: TEXT } }),
        ],
        [1, () => instruct(random, now)],
        [
          instruction === undefined ? 0 : 8,
          () => act(TOWN.clerk, { type: 'ReplyToInstruction', data: { seq: instruction?.seq ?? 1, text: TEXT } }),
        ],
        [
          core.upper === null ? 0 : 2,
          () =>
            act(office, {
              type: 'RecordUpperAnswer',
              data: { answer: 'extended', documentNumber: `省〔2026〕${random.below(1_000)}号`, text: TEXT, due: soon(random, now, 60) },
            }),
        ],
      ]);
    }
  }
};

/** Until the next act: an hour or two, a day or two, weeks; some are left lying. Null: for good. */
export const waitMs = (random: SeededRandom): number | null => {
  if (random.chance(0.01)) return null;
  return random.pick([2, 2, 6, 24, 24, 24, 72, 24 * 7, 24 * 12]) * HOUR_MS * (0.2 + random.next());
};
