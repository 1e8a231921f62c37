import type { RecordedEvent } from '@app/event-store';
import { HandleFinding, legIdOf, type FindingIntent, type LegPlan } from '@app/findings';
import { DomainError, idFrom, localDateOf, yearOf, type Actor, type CommandId, type FindingId, type UnitId } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import type { Policy } from '@app/read-store';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ListIssued, SupplementIssued } from '../domain/list.events';
import { missingIn, type ListRow } from '../domain/list.types';
import { ListReader } from './list-reader';
import { findingNumber, findingSeries } from './finding-number';
import { NumberRegister } from './number-register';
import { acceptIntent, fileIntent, transferIntent, type IssuedFrame } from './row-to-finding';

type Issued = Readonly<{ event: RecordedEvent; by: Actor; frame: IssuedFrame; view: DirectoryView; year: number }>;
type Step = 'file' | 'accept' | 'split' | 'transfer';
type Refused = Readonly<{ step: Step; code: string }>;
/** By the year of the issuing, so that a repetition after New Year asks for the same number. */
const seriesOf = ({ year }: Issued): string => findingSeries(year);
const takingOf = ({ event }: Issued, part: string): string => idFrom(event.id, 'number', part);
/** One child per town where there are several (R6); none yet where the row waits for triage. */
const childrenOf = (row: ListRow): readonly Readonly<{ townId: UnitId; findingId: FindingId }>[] =>
  row.townIds.length < 2 || missingIn(row).length > 0
    ? []
    : row.townIds.map((townId) => ({ townId, findingId: idFrom(row.findingId, 'child', townId) as FindingId }));
/** Rows that take their numbers together. */
const CHUNK = 50;
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
    @Inject(ListReader) private readonly lists: ListReader,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(NumberRegister) private readonly numbers: NumberRegister,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const { listId, rowIds, by, at } = event.data as (ListIssued | SupplementIssued)['data'];
    const { state } = await this.lists.load(listId);
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
    const found = await this.lists.rows(listId, new Set(rowIds));
    const rows = rowIds.flatMap((rowId) => found.get(rowId) ?? []);
    for (let from = 0; from < rows.length; from += CHUNK) await this.chunk(rows.slice(from, from + CHUNK), issued);
  }

  /** Numbers first, all at once; then the rows, a few at a time. */
  private async chunk(rows: readonly ListRow[], issued: Issued): Promise<void> {
    const wanted = rows.flatMap((row) => [
      { commandId: takingOf(issued, row.rowId), takenFor: `finding-${row.findingId}` },
      ...childrenOf(row).map(({ townId, findingId }) => ({
        commandId: takingOf(issued, `${row.rowId}/${townId}`),
        takenFor: `finding-${findingId}`,
      })),
    ]);
    const taken = await this.numbers.takeAll(seriesOf(issued), wanted);
    const numbers = (part: string): string => findingNumber(seriesOf(issued), taken.get(takingOf(issued, part)) ?? 0);
    const voided = new Set<string>();
    const queue = [...rows];
    const lane = async (): Promise<void> => {
      for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
        const refused = await this.carryOut(row, issued, numbers);
        for (const { step, code } of refused) {
          const ids = [...(step === 'file' ? [row.rowId] : []), ...childrenOf(row).map(({ townId }) => `${row.rowId}/${townId}`)].map(
            (part) => takingOf(issued, part),
          );
          for (const id of ids) voided.add(id);
          if (ids.length > 0) await this.numbers.settleAll(seriesOf(issued), ids, 'void', code);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    const used = wanted.map((w) => w.commandId).filter((id) => !voided.has(id));
    await this.numbers.settleAll(seriesOf(issued), used, 'used');
  }

  /** Which step was refused, if any. What the rules refuse is somebody's to decide: the row is not filed, or its finding waits for triage. */
  private async carryOut(row: ListRow, issued: Issued, numbers: (part: string) => string): Promise<readonly Refused[]> {
    let step: Step = 'file';
    try {
      await this.send(row, issued, step, fileIntent(row, issued.frame, numbers(row.rowId)));
      if (missingIn(row).length > 0) return [];
      step = 'accept';
      await this.send(row, issued, step, acceptIntent(row));
      const children = childrenOf(row).map((child) => ({ ...child, number: numbers(`${row.rowId}/${child.townId}`) }));
      step = 'split';
      if (children.length > 0) await this.send(row, issued, step, { type: 'SplitFinding', data: { children } });
      step = 'transfer';
      await this.send(row, issued, step, transferIntent(row, this.proposed(row, issued)));
      return [];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.warn(`row ${row.rowId}, ${step}: ${error.code}`);
      return step === 'transfer' ? [] : [{ step, code: error.code }];
    }
  }

  private proposed(row: ListRow, { view, frame }: Issued): readonly LegPlan[] | null {
    const town = view.unit(row.place.townId)?.kind === 'town' ? row.place.townId : null;
    if (view.category(row.category) === undefined || row.townIds.length > 1) return null;
    const { legs } = view.proposal(row.category, town, frame.listDate);
    return legs.length === 0 ? null : legs.map((leg) => ({ ...leg, legId: legIdOf(leg.line) }));
  }

  private async send(row: ListRow, { event, by }: Issued, step: Step, intent: FindingIntent): Promise<void> {
    const commandId = idFrom(event.id, this.name, row.rowId, step) as CommandId;
    await this.bus.execute(new HandleFinding(row.findingId, intent, { commandId, by, causationId: event.id }));
  }
}
