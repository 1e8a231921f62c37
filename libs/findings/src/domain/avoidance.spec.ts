import * as fc from 'fast-check';
import { DomainError, type Actor, type PersonId, type Role, type UnitId } from '@app/kernel';
import {
  ACTORS,
  allPassed,
  at,
  aWorld,
  happened,
  L1,
  L2,
  order,
  someEvidence,
  submission,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from '../testing/finding-builders';
import { clearFinding, verifyFinding } from './decisions/clearance';
import { rectifyOnTheSpot } from './decisions/on-the-spot';
import { firstReviewLeg, reportLeg, signLeg } from './decisions/report';
import { passLeg, sendLegBack } from './decisions/review';
import type { World } from './finding.commands';
import type { FindingEvent } from './finding.events';
import { evolve } from './finding.evolve';
import { absent, type FindingState } from './finding.state';

/**
 * R9 against an oracle of its own: people move between units, are seconded, fill in for one another and units merge,
 * in any order, while a town and a department rectify. Whatever their roles, nobody of a unit that rectified gets through.
 */
const [TOWN, DEPARTMENT, OFFICE, TEAM] = [UNITS.town, UNITS.department, UNITS.office, UNITS.team];
const PLACES: readonly UnitId[] = [TOWN, DEPARTMENT, OFFICE, TEAM, UNITS.otherTown];
const PEOPLE = Array.from({ length: 8 }, (_, i) => `p${String(i)}` as PersonId);

type Step =
  | Readonly<{ do: 'move' | 'second'; who: number; to: number }>
  | Readonly<{ do: 'delegate'; who: number; for: number }>
  | Readonly<{ do: 'merge'; from: number; into: number }>
  | Readonly<{ do: 'rectify'; who: number; leg: 0 | 1 }>
  | Readonly<{ do: 'on-the-spot'; who: number; from: number }>
  | Readonly<{ do: 'pass' | 'send-back'; who: number; leg: 0 | 1 }>
  | Readonly<{ do: 'verify' | 'clear'; who: number }>;

const who = fc.nat({ max: PEOPLE.length - 1 });
const place = fc.nat({ max: PLACES.length - 1 });
const leg = fc.constantFrom<0 | 1>(0, 1);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('move' as const, 'second' as const), who, to: place }),
    fc.record({ do: fc.constant('delegate' as const), who, for: who }),
    fc.record({ do: fc.constant('merge' as const), from: place, into: place }),
    fc.record({ do: fc.constant('rectify' as const), who, leg }),
    fc.record({ do: fc.constant('on-the-spot' as const), who, from: place }),
    fc.record({ do: fc.constantFrom('pass' as const, 'send-back' as const), who, leg }),
    fc.record({ do: fc.constantFrom('verify' as const, 'clear' as const), who }),
  ),
  { minLength: 8, maxLength: 60 },
);

/** What is true of people and units, kept apart from the code under test: lists of facts, searched from scratch each time. */
class Oracle {
  readonly unitOf = new Map<PersonId, UnitId>(PEOPLE.map((p, i) => [p, PLACES[i % 4] ?? OFFICE]));
  readonly secondedFrom = new Map<PersonId, UnitId>();
  readonly fillsInFor = new Map<PersonId, PersonId>();
  private readonly mergers: (readonly [from: UnitId, into: UnitId])[] = [];
  private readonly rectified: (readonly [unit: UnitId, person: PersonId | null])[] = [];

  /** Where a unit's people are now, following one merger after another. */
  now(unit: UnitId): UnitId {
    let at = unit;
    for (let merged = this.mergers.find(([from]) => from === at); merged !== undefined; merged = this.mergers.find(([from]) => from === at))
      at = merged[1];
    return at;
  }
  merge(from: UnitId, into: UnitId): void {
    if (this.now(from) === this.now(into) || this.now(from) !== from) return;
    this.mergers.push([from, this.now(into)]);
  }
  succession(): World['succession'] {
    return Object.fromEntries(this.mergers);
  }
  records(unit: UnitId, person: PersonId | null): void {
    this.rectified.push([unit, person]);
  }
  /** For somebody who acts for the office, whichever unit they come from. */
  mustAvoid(person: PersonId): boolean {
    const own = [OFFICE, this.unitOf.get(person), this.secondedFrom.get(person)].flatMap((u) => (u === undefined ? [] : [this.now(u)]));
    return this.rectified.some(([unit, by]) => by === person || own.includes(this.now(unit)));
  }
}

/** Everybody holds every role: only avoidance can stop them. The unit acted for is chosen by the attacker. */
const ALL_ROLES: readonly Role[] = ['inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head'];
const actorOf = (oracle: Oracle, person: PersonId, actingFor: UnitId): Actor => {
  const home = oracle.unitOf.get(person) ?? OFFICE;
  const seconded = oracle.secondedFrom.get(person);
  return {
    personId: person,
    unitId: actingFor,
    postId: null,
    roles: ALL_ROLES,
    inPlaceOf: oracle.fillsInFor.get(person) ?? null,
    ownUnits: [...new Set([actingFor, home, ...(seconded === undefined ? [] : [seconded])])],
  };
};

const NOW = at('2020-07-15');
const START: readonly FindingEvent[] = [
  ...underWork({ accepted: { rectification: 'immediate' } }),
  happened('EvidenceAdded', { evidence: someEvidence('E1') }, ACTORS.inspector, NOW),
  happened('EvidenceAdded', { evidence: someEvidence('E0', { phase: 'before' }) }, ACTORS.inspector, NOW),
];

class Attempt {
  readonly oracle = new Oracle();
  state: FindingState = START.reduce(evolve, absent);
  refused = 0;

  private get world(): World {
    return aWorld({ succession: this.oracle.succession() });
  }
  /** Null when it was refused. */
  private try(decide: (state: FindingState) => readonly FindingEvent[]): readonly FindingEvent[] | null {
    try {
      const events = decide(this.state);
      this.state = events.reduce(evolve, this.state);
      return events;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refused += error.code === 'avoidance' ? 1 : 0;
      return null;
    }
  }
  /** Done by somebody who must avoid: there must be no event. Done by somebody who need not: never refused for it. */
  private guarded(person: PersonId, decide: (state: FindingState) => readonly FindingEvent[]): void {
    const must = this.oracle.mustAvoid(person);
    const before = this.refused;
    const events = this.try(decide);
    if (must && events !== null && events.length > 0) throw new Error(`${person} got through avoidance`);
    if (!must && this.refused > before) throw new Error(`${person} was kept out without need`);
  }

  take(step: Step): void {
    const { oracle, world } = this;
    const person = 'who' in step ? ((PEOPLE[step.who] ?? 'p0') as PersonId) : null;
    const legId = 'leg' in step && step.leg === 1 ? L2 : L1;
    const over = { world };
    const office = (p: PersonId) => actorOf(oracle, p, OFFICE);
    switch (step.do) {
      case 'move':
        oracle.unitOf.set(person!, PLACES[step.to]!);
        oracle.secondedFrom.delete(person!);
        return;
      case 'second':
        oracle.secondedFrom.set(person!, oracle.secondedFrom.get(person!) ?? oracle.unitOf.get(person!)!);
        oracle.unitOf.set(person!, PLACES[step.to]!);
        return;
      case 'delegate':
        oracle.fillsInFor.set(person!, PEOPLE[step.for]!);
        return;
      case 'merge':
        return oracle.merge(PLACES[step.from]!, PLACES[step.into]!);
      case 'rectify': {
        const unit = legId === L1 ? TOWN : DEPARTMENT;
        if (oracle.now(oracle.unitOf.get(person!)!) !== oracle.now(unit)) return;
        const by = actorOf(oracle, person!, oracle.unitOf.get(person!)!);
        const stranger: Actor = { ...by, personId: 'stranger' as PersonId, inPlaceOf: null };
        const evidence = [someEvidence('E1').evidenceId];
        const told = { legId, text: '完成', measures: '措施', effect: '', completedOn: '2020-07-10' as never, evidence };
        if (this.try((s) => reportLeg(order('ReportLeg', told, by, NOW, over), s))?.length) oracle.records(unit, person);
        this.try((s) => firstReviewLeg(order('FirstReviewLeg', { legId, passed: true, reason: null }, stranger, NOW, over), s));
        if (this.try((s) => signLeg(order('SignLeg', { legId, lateEntry: null }, by, NOW, over), s))?.length) oracle.records(unit, person);
        return;
      }
      case 'on-the-spot': {
        const from = PLACES[step.from]!;
        const by = actorOf(oracle, person!, oracle.unitOf.get(person!)!);
        const inspectors = [person!, 'second' as PersonId];
        const told = { legId: L1, rectifyingUnitId: from, personPresent: '在场人', inspectors, text: '当场整改', evidence: [] };
        if (!this.try((s) => rectifyOnTheSpot(order('RectifyOnTheSpot', told, by, NOW, over), s))?.length) return;
        oracle.records(from, null);
        oracle.records(TOWN, null);
        return;
      }
      case 'pass':
        return this.guarded(person!, (s) => passLeg(order('PassLeg', { legId, text: '' }, office(person!), NOW, over), s));
      case 'send-back':
        return this.guarded(person!, (s) =>
          sendLegBack(order('SendLegBack', { legId, reason: '不实', alsoReopen: [] }, office(person!), NOW, over), s),
        );
      case 'verify':
        return this.guarded(person!, (s) =>
          verifyFinding(order('VerifyFinding', { method: 'on-site', text: '核实' }, office(person!), NOW, over), s),
        );
      case 'clear':
        return this.guarded(person!, (s) => clearFinding(order('ClearFinding', { text: '' }, office(person!), NOW, over), s));
    }
  }
}

/** Whatever happened before: the work is finished, and then everybody tries every door. */
const FINISH: readonly Step[] = [
  ...[0, 1].flatMap((leg) => PEOPLE.map((_, who): Step => ({ do: 'rectify', who, leg: leg as 0 | 1 }))),
  ...[0, 1].flatMap((leg) => PEOPLE.map((_, who): Step => ({ do: 'pass', who, leg: leg as 0 | 1 }))),
  ...PEOPLE.map((_, who): Step => ({ do: 'verify', who })),
  ...PEOPLE.map((_, who): Step => ({ do: 'clear', who })),
];

describe('avoidance (R9)', () => {
  it('holds over every history of people, secondments, delegations and mergers, and keeps nobody out without need', () => {
    const outcomes = { cleared: 0, refused: 0 };
    fc.assert(
      fc.property(steps, (history) => {
        const attempt = new Attempt();
        for (const step of [...history, ...FINISH]) attempt.take(step);
        outcomes.refused += attempt.refused;
        outcomes.cleared += attempt.state.phase === 'cleared' ? 1 : 0;
      }),
      { numRuns: 400, seed: 20200706 },
    );
    // The property says something only where both ends were met.
    expect(outcomes.cleared).toBeGreaterThan(50);
    expect(outcomes.refused).toBeGreaterThan(1000);
  });

  it('moves with the person: who rectified in the town may not clear after a transfer to the office', () => {
    const state = [...allPassed(), verified()].reduce(evolve, absent);
    const moved: Actor = { ...ACTORS.office, personId: ACTORS.townClerk.personId };
    expect(() => clearFinding(order('ClearFinding', { text: '' }, moved, NOW), state)).toThrow('avoidance');
  });

  it('a finding on the managing office itself is cleared through the independent unit and the authorised person', () => {
    const officeLeg = { ...TOWN_LEG, unitId: OFFICE, line: 'sectoral' as const };
    const independent = { unitId: UNITS.independent, clearer: ACTORS.leader.personId, authorisedBy: '市委领导小组会议纪要〔2020〕9号' };
    const filed = underWork({ transferred: { legs: [officeLeg], independent } });
    let state = [...filed, ...submission(officeLeg)].reduce(evolve, absent);
    const go = (events: readonly FindingEvent[]): void => {
      state = events.reduce(evolve, state);
    };
    const pass = (by: Actor) => passLeg(order('PassLeg', { legId: L1, text: '' }, by, NOW), state);
    const verify = (by: Actor) => verifyFinding(order('VerifyFinding', { method: 'documents', text: '查阅资料' }, by, NOW), state);
    const clear = (by: Actor) => clearFinding(order('ClearFinding', { text: '同意' }, by, NOW), state);
    expect(() => pass(ACTORS.secondOffice)).toThrow('not-the-authorised-clearer');
    go(pass(ACTORS.verifier));
    expect(() => verify(ACTORS.officeHead)).toThrow('not-the-authorised-clearer');
    go(verify(ACTORS.verifier));
    expect(() => clear(ACTORS.officeHead)).toThrow('not-the-authorised-clearer');
    expect(() => clear(ACTORS.verifier)).toThrow('not-the-authorised-clearer');
    expect(() => clear({ ...ACTORS.leader, ownUnits: [UNITS.county, OFFICE] })).toThrow('avoidance');
    go(clear(ACTORS.leader));
    expect(state.phase).toBe('cleared');
  });
});
