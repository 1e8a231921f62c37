import { instantFromMs, localDateOf, msOf, type Instant, type UnitId } from '@app/kernel';
import { calendarFrom } from '@app/worktime';
import fc from 'fast-check';
import { clerk, clockOf, decline, DUE, follow, issue, officeHead, propose, TOWN, worldOf } from '../testing/ladder-builders';
import type { EscalationEvent } from './escalation.events';
import { RUNGS, type LegClock, type Rung } from './escalation.types';
import { reachedAt } from './ladder-rules';
import type { LadderCommand } from './ladder.commands';
import { ladderDecider } from './ladder.decider';

const HOUR = 3_600_000;
const calendar = calendarFrom([]);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant('sweep' as const) },
  { weight: 3, arbitrary: fc.constantFrom('a day', 'an hour back', 'thirty days' as const) },
  { weight: 3, arbitrary: fc.constantFrom('issue', 'decline' as const) },
  { weight: 3, arbitrary: fc.constantFrom('submit', 'send back', 'send back later', 'extend', 'stand', 'run', 'move', 'close' as const) },
  { weight: 1, arbitrary: fc.constant('repeat' as const) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One leg with its clock, and the ladder that follows it; every event with the server's time of its decision. */
class Play {
  now: Instant = instantFromMs(msOf(DUE) - HOUR);
  clock: LegClock = clockOf({ missed: false });
  state = ladderDecider.initial;
  readonly events: EscalationEvent[] = [];
  private last: LadderCommand | null = null;

  send(command: LadderCommand): void {
    this.last = command;
    for (const event of ladderDecider.decide(command, this.state)) {
      this.state = ladderDecider.evolve(this.state, event);
      this.events.push(event);
    }
  }

  /** The policy looks whenever the clock may have changed, and after every proposal. */
  private look(): void {
    this.clock = { ...this.clock, missed: this.clock.missed || this.now >= this.clock.dueAt };
    this.send({ ...follow(this.clock), at: this.now, on: localDateOf(this.now) });
  }

  private sweep(): void {
    this.look();
    for (const rung of RUNGS) {
      const days = this.state.ladders.at(-1)?.steps.find((planned) => planned.step === rung)?.days;
      const earliest = days === undefined ? null : reachedAt(this.clock.dueOn, days, calendar);
      const { dueAt } = this.state.ladders.at(-1) ?? this.clock;
      this.send(propose(rung, { dueAt, clock: this.clock, earliest }, this.now));
      this.look();
    }
  }

  private changeClock(part: Partial<LegClock>): void {
    if (this.clock.state === 'closed') return;
    const dueAt = part.dueAt ?? this.clock.dueAt;
    const moved = dueAt !== this.clock.dueAt || (part.unitId !== undefined && part.unitId !== this.clock.unitId);
    this.clock = { ...this.clock, ...part, dueAt, dueOn: localDateOf(dueAt), missed: moved ? false : this.clock.missed };
    this.look();
  }

  private decideOn(what: 'issue' | 'decline', rung: Rung): void {
    const ladder = this.state.ladders.at(-1);
    if (ladder?.rungs[rung]?.state !== 'proposed' || this.clock.state !== 'running') return;
    const data = { dueAt: ladder.dueAt, world: worldOf({ clock: this.clock, standingUnit: ladder.unitId }) };
    const by = rung === 'urging' ? clerk : officeHead;
    const command = what === 'issue' ? issue(rung, by, data) : decline(rung, by, data);
    this.send({ ...command, at: this.now, on: localDateOf(this.now) });
  }

  do(what: Step, rung: Rung): void {
    const later = (days: number): Instant => instantFromMs(msOf(this.clock.dueAt) + days * 24 * HOUR);
    const on: Readonly<Record<Step, () => void>> = {
      sweep: () => this.sweep(),
      'a day': () => (this.now = instantFromMs(msOf(this.now) + 24 * HOUR)),
      'an hour back': () => (this.now = instantFromMs(msOf(this.now) - HOUR)),
      'thirty days': () => (this.now = instantFromMs(msOf(this.now) + 30 * 24 * HOUR)),
      issue: () => this.decideOn('issue', rung),
      decline: () => this.decideOn('decline', rung),
      submit: () => this.changeClock({ state: 'done' }),
      'send back': () => this.changeClock({ state: 'running' }),
      'send back later': () => this.changeClock({ state: 'running', dueAt: later(2) }),
      extend: () => this.changeClock({ dueAt: later(10) }),
      stand: () => this.changeClock({ state: 'standing' }),
      run: () => this.changeClock({ state: 'running' }),
      move: () => this.changeClock({ state: 'running', unitId: `${this.clock.unitId}x` as UnitId, dueAt: later(20) }),
      close: () => this.changeClock({ state: 'closed' }),
      repeat: () => {
        if (this.last?.type === 'FollowLeg' || this.last?.type === 'ProposeRung') this.send(this.last);
      },
    };
    on[what]();
  }
}

/** What is wrong with a story; nothing should be. */
const faults = (events: readonly EscalationEvent[]): readonly string[] => {
  const standing = new Map<string, string>();
  const found: string[] = [];
  for (const event of events) {
    if (!('rung' in event.data)) continue;
    const { dueAt, unitId, rung, at } = event.data;
    const key = `${unitId} ${dueAt} ${rung}`;
    const before = standing.get(key) ?? 'nothing';
    if (event.type === 'RungProposed') {
      const days = { urging: 1, 'supervision-letter': 7, interview: 15, listing: 15 }[rung];
      if (at < reachedAt(localDateOf(dueAt), days, calendar)) found.push(`${key} before its time`);
      if (before !== 'nothing' && before !== 'RungLapsed') found.push(`${key} proposed after ${before}`);
    } else if (before !== 'RungProposed') found.push(`${key} ${event.type} after ${before}`);
    standing.set(key, event.type);
  }
  // What went out or was declined is the effect of a rung: of one missed due time there is one, whatever lapsed before it.
  for (const type of ['RungIssued', 'RungDeclined'] as const) {
    const keys = events.flatMap((event) => (event.type === type ? [`${event.data.unitId} ${event.data.dueAt} ${event.data.rung}`] : []));
    if (new Set(keys).size < keys.length) found.push(`${type} twice`);
  }
  return found;
};

describe('In whatever order things happen to a leg', () => {
  it('each rung of each missed due time stands at most once and never before its time', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.constantFrom(...RUNGS)), { maxLength: 60 }), (story) => {
        const play = new Play();
        for (const [what, rung] of story) play.do(what, rung);
        expect(faults(play.events)).toStrictEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('nothing is forgotten: once swept, every rung whose time has come is proposed or decided, and none without a ground is open', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.constantFrom(...RUNGS)), { maxLength: 40 }), (story) => {
        const play = new Play();
        for (const [what, rung] of [...story, ['sweep', 'urging'] as const]) play.do(what, rung);
        const ladder = play.state.ladders.at(-1);
        const mine = ladder?.dueAt === play.clock.dueAt && ladder.unitId === play.clock.unitId ? ladder.rungs : {};
        const running = play.clock.state === 'running';
        for (const [rung, days] of [
          ['urging', 1],
          ['supervision-letter', 7],
          ['interview', 15],
          ['listing', 15],
        ] as const) {
          const reached = running && play.now >= reachedAt(play.clock.dueOn, days, calendar);
          const state = mine[rung]?.state ?? 'lapsed';
          if (reached) expect(state).not.toBe('lapsed');
          if (play.clock.state === 'done' || play.clock.state === 'closed') expect(state).not.toBe('proposed');
        }
        expect(play.state.ladders.filter(({ halted }) => halted === null).length).toBeLessThanOrEqual(1);
        expect(play.clock.unitId.startsWith(TOWN)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
