import { CommandRunner, type RecordedEvent } from '@app/event-store';
import { HandleFinding, type FindingIntent, type LegPlan } from '@app/findings';
import { DomainError, idFrom, localDateOf, yearOf, type Actor, type CommandId, type FindingId, type LegId } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import type { Policy } from '@app/read-store';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ListIssued, SupplementIssued } from '../domain/list.events';
import { missingIn, type ListRow } from '../domain/list.types';
import { listStream } from './list-stream';
import { NumberRegister } from './number-register';
import { acceptIntent, fileIntent, transferIntent, type IssuedFrame } from './row-to-finding';

type Issued = Readonly<{ event: RecordedEvent; by: Actor; frame: IssuedFrame; view: DirectoryView; year: number }>;
const LEG_ID = { territorial: 'T', sectoral: 'S', owner: 'O' } as const;
/** By the year of the issuing, so that a repetition after New Year asks for the same number. */
const seriesOf = ({ year }: Issued): string => `QL-${String(year)}`;
const takingOf = ({ event }: Issued, part: string): string => idFrom(event.id, 'number', part);
/** Rows that are worked on at the same time: enough to hide waiting, few enough to leave the store to others. */
const AT_ONCE = 4;

/**
 * Issuing accepts, transfers and dates every row that is complete (R27); a row with something missing is filed and waits for triage.
 * Every command id follows from the event and the row, so that a crash half-way repeats nothing.
 */
@Injectable()
export class ListIssuingPolicy implements Policy {
  readonly name = 'list-issuing';
  readonly handles = ['ListIssued', 'SupplementIssued'] as const;
  private readonly log = new Logger('list-issuing');

  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(NumberRegister) private readonly numbers: NumberRegister,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const { listId, rowIds, by, at } = event.data as (ListIssued | SupplementIssued)['data'];
    const { state } = await this.runner.load(listStream(listId));
    if (state.status === 'absent') return;
    const { issuingUnitId, source, listDate } = state;
    const issued: Issued = {
      event,
      // The product does it in the name of whoever issued.
      by: { ...by, roles: ['system'] },
      frame: { listId, issuingUnitId, source, listDate },
      view: await this.directory.view(),
      year: yearOf(localDateOf(at)),
    };
    const queue = rowIds.flatMap((rowId) => state.rows.get(rowId) ?? []);
    for (let from = 0; from < queue.length; from += AT_ONCE) {
      await Promise.all(queue.slice(from, from + AT_ONCE).map((row) => this.carryOut(row, issued)));
    }
  }

  private async carryOut(row: ListRow, issued: Issued): Promise<void> {
    try {
      await this.file(row, issued);
      if (missingIn(row).length > 0) return;
      await this.send(row, issued, 'accept', acceptIntent(row));
      if (row.townIds.length > 1) await this.split(row, issued);
      await this.send(row, issued, 'transfer', transferIntent(row, this.proposed(row, issued)));
    } catch (error) {
      // What the rules refuse is somebody's to decide: the row shows that it is not filed, or its finding waits for triage.
      if (!(error instanceof DomainError)) throw error;
      this.log.warn(`row ${row.rowId}: ${error.code}`);
    }
  }

  private async file(row: ListRow, issued: Issued): Promise<void> {
    const number = await this.numberFor(issued, row.rowId, row.findingId);
    const settle = (outcome: 'used' | 'void', because: string | null): Promise<void> =>
      this.numbers.settle(seriesOf(issued), takingOf(issued, row.rowId), outcome, because);
    try {
      await this.send(row, issued, 'file', fileIntent(row, issued.frame, number));
      await settle('used', null);
    } catch (error) {
      if (error instanceof DomainError) await settle('void', error.code);
      throw error;
    }
  }

  private async split(row: ListRow, issued: Issued): Promise<void> {
    const children = [];
    for (const townId of row.townIds) {
      const findingId = idFrom(row.findingId, 'child', townId) as FindingId;
      children.push({ findingId, townId, number: await this.numberFor(issued, `${row.rowId}/${townId}`, findingId) });
    }
    await this.send(row, issued, 'split', { type: 'SplitFinding', data: { children } });
  }

  private async numberFor(issued: Issued, part: string, findingId: FindingId): Promise<string> {
    const n = await this.numbers.take(seriesOf(issued), takingOf(issued, part), `finding-${findingId}`);
    return `${seriesOf(issued)}-${String(n).padStart(6, '0')}`;
  }

  private proposed(row: ListRow, { view, frame }: Issued): readonly LegPlan[] | null {
    const town = view.unit(row.place.townId)?.kind === 'town' ? row.place.townId : null;
    if (view.category(row.category) === undefined || row.townIds.length > 1) return null;
    const { legs } = view.proposal(row.category, town, frame.listDate);
    return legs.length === 0 ? null : legs.map((leg) => ({ ...leg, legId: LEG_ID[leg.line] as LegId }));
  }

  private async send(row: ListRow, { event, by }: Issued, step: string, intent: FindingIntent): Promise<void> {
    const commandId = idFrom(event.id, this.name, row.rowId, step) as CommandId;
    await this.bus.execute(new HandleFinding(row.findingId, intent, { commandId, by, causationId: event.id }));
  }
}
