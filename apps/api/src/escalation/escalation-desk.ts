import { CalendarService } from '@app/calendar';
import {
  ESCALATION_ERRORS,
  HandleLadder,
  HandleRungsTogether,
  type LadderIntent,
  type RungOutcome,
  type RungsTogether,
  type RungSight,
} from '@app/escalation';
import { refusalOf } from '@app/findings';
import { idFrom, localDateOf, type Actor, type FindingId, type LegId, type LocalDate, type UnitId } from '@app/kernel';
import { isWithin, type DirectoryView } from '@app/organisation';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FindingAccess } from '../findings/finding-access';
import { ProblemError } from '../platform/problem';
import type { Writing } from '../platform/writing';
import { ReaderContext } from '../reading/reader-context';
import type { Reading } from './escalation.answers';

export type LadderWritten = Readonly<{ revision: string; position: string; changed: boolean }>;
/** What became of each, in the order of the request; those without a refusal stand on one notice. */
export type RungsWritten = Readonly<{ position: string; issued: number; rungs: readonly RungOutcome[] }>;

const UNKNOWN = refusalOf('rung-not-found', ESCALATION_ERRORS['rung-not-found']);
const keyOf = ({ findingId, legId, dueAt }: Pick<RungOutcome, 'findingId' | 'legId' | 'dueAt'>): string => `${findingId} ${legId} ${dueAt}`;

/** What somebody may see of the ladder now, and what they want done with a rung. */
@Injectable()
export class EscalationDesk {
  constructor(
    private readonly bus: CommandBus,
    private readonly readers: ReaderContext,
    private readonly calendar: CalendarService,
    private readonly access: FindingAccess,
  ) {}

  /** Units see what was issued to them; leaders everything of their towns; the office and auditors all. */
  async reading(actor: Actor): Promise<Reading & Readonly<{ sight: RungSight }>> {
    const { scope, view, now } = await this.readers.of(actor);
    const sight: RungSight = scope.all
      ? { all: true, issuedOf: [], everythingOf: [] }
      : { all: false, issuedOf: unitsUnder(view, scope.paths), everythingOf: unitsUnder(view, scope.leaderPaths) };
    return { actor, view, today: localDateOf(now), calendar: this.calendar.calendar(), sight };
  }

  /** A finding that the reader may not know of is none. */
  mustKnow(findingId: FindingId, by: Actor): Promise<void> {
    return this.access.mustKnow(findingId, by);
  }

  async send(findingId: FindingId, legId: LegId, intent: LadderIntent, writing: Writing, on?: LocalDate): Promise<LadderWritten> {
    const { commandId, by, since } = writing;
    await this.access.mayTry(findingId, by, since);
    const ack = await this.bus.execute(new HandleLadder(findingId, legId, intent, { commandId, by, on, expected: writing.seen() }));
    writing.tag(ack.revision);
    return { revision: String(ack.revision), position: String(ack.position), changed: ack.changed };
  }

  /** Findings that somebody may not know of are refused as if there were none; the rest goes on. */
  async sendTogether(wanted: RungsTogether, { commandId, by, since }: Writing, on?: LocalDate): Promise<RungsWritten> {
    const known: RungsTogether['rungs'][number][] = [];
    for (const rung of wanted.rungs) if (await this.knows(rung.findingId, by, since)) known.push(rung);
    const id = idFrom(commandId, 'rungs-together');
    const { position, outcomes } =
      known.length === 0
        ? { position: 0n, outcomes: [] }
        : await this.bus.execute(new HandleRungsTogether(id, { ...wanted, rungs: known }, { commandId, by, on }));
    const told = new Map(outcomes.map((outcome) => [keyOf(outcome), outcome]));
    const rungs = wanted.rungs.map((rung) => told.get(keyOf(rung)) ?? { ...rung, refusal: UNKNOWN });
    return { position: String(position), issued: rungs.filter(({ refusal }) => refusal === null).length, rungs };
  }

  private async knows(findingId: FindingId, by: Actor, since: number): Promise<boolean> {
    try {
      await this.access.mayTry(findingId, by, since);
      return true;
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }
}

const unitsUnder = (view: DirectoryView, paths: readonly string[]): readonly UnitId[] =>
  paths.length === 0 ? [] : view.allUnits().flatMap((unit) => (paths.some((root) => isWithin(unit.path, root)) ? [unit.id] : []));
