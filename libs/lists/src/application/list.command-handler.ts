import { CommandRunner } from '@app/event-store';
import { Clock, DomainError, localDateOf, stampOf, yearOf } from '@app/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Directory } from '@app/organisation';
import type { ListCommand } from '../domain/list.commands';
import { reject } from '../domain/list.errors';
import type { RowContent } from '../domain/list.types';
import { HandleList, type ListAck } from './handle-list';
import { listStream } from './list-stream';
import { NumberRegister } from './number-register';
import { RowClaims } from './row-claims';

type Elsewhere = ListAck['elsewhere'];

@CommandHandler(HandleList)
export class ListCommandHandler implements ICommandHandler<HandleList> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(NumberRegister) private readonly numbers: NumberRegister,
    @Inject(RowClaims) private readonly claims: RowClaims,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(request: HandleList): Promise<ListAck> {
    const { intent } = request;
    if (intent.type === 'IssueList') return this.issue(request);
    if (intent.type === 'AddRows') {
      await this.mustRefer(intent.data.rows);
      return this.addRows(request, intent);
    }
    if (intent.type === 'CorrectRow') await this.mustRefer([intent.data.changes]);
    const ack = await this.run(request, intent);
    if (intent.type === 'RemoveRow') await this.claims.release(request.listId, [intent.data.rowId]);
    if (intent.type === 'DiscardList') await this.claims.release(request.listId, 'all');
    return ack;
  }

  /** 问清〔2020〕3号: per issuing unit and year in Shanghai. What is refused after the number was taken leaves an explained gap. */
  private async issue(request: HandleList): Promise<ListAck> {
    const { listId, options } = request;
    const { state } = await this.runner.load(listStream(listId));
    // Refusals that need no number come first, so that they leave no gap.
    if (state.status !== 'draft' || state.rows.size === 0) return this.run(request, { type: 'IssueList', data: { number: '-' } });
    const year = yearOf(localDateOf(this.clock.now()));
    const series = `问清-${state.issuingUnitId}-${String(year)}`;
    const n = await this.numbers.take(series, options.commandId, `list-${listId}`);
    try {
      const ack = await this.run(request, { type: 'IssueList', data: { number: `问清〔${String(year)}〕${String(n)}号` } });
      await this.numbers.settle(series, options.commandId, 'used');
      return ack;
    } catch (error) {
      if (error instanceof DomainError) await this.numbers.settle(series, options.commandId, 'void', error.code);
      throw error;
    }
  }

  /** What a row names must exist: an issued row is carried out without anybody looking again. */
  private async mustRefer(rows: readonly Partial<RowContent>[]): Promise<void> {
    const view = await this.directory.view();
    for (const { category, place, townIds = [], legs = [], assisting = [], projectOwnerId } of rows) {
      if (category !== undefined && view.category(category) === undefined) reject('row-category-invalid', { category });
      const places = place === undefined ? [] : [place.townId, place.villageId];
      const units = [...places, ...townIds, ...legs.map((leg) => leg.unitId), ...assisting, projectOwnerId];
      for (const unit of units)
        if (unit !== null && unit !== undefined && view.unit(unit) === undefined) reject('row-unit-invalid', { unit });
    }
  }

  private async addRows(request: HandleList, intent: Extract<HandleList['intent'], { type: 'AddRows' }>): Promise<ListAck> {
    const { rows } = intent.data;
    const { elsewhere, fresh } = await this.claims.claim(
      request.listId,
      rows.map((row) => row.rowId),
    );
    const taken = new Set(elsewhere.map((row) => row.rowId));
    try {
      return await this.run(request, { type: 'AddRows', data: { rows: rows.filter((row) => !taken.has(row.rowId)) } }, elsewhere);
    } catch (error) {
      if (error instanceof DomainError) await this.claims.release(request.listId, fresh);
      throw error;
    }
  }

  private async run(
    { listId, options }: HandleList,
    intent: Pick<ListCommand, 'type' | 'data'>,
    elsewhere: Elsewhere = [],
  ): Promise<ListAck> {
    const at = this.clock.now();
    const on = options.on ?? localDateOf(at);
    // The intent is one member of the union; spreading loses that, the value does not.
    const command = { ...intent, by: options.by, at, on } as ListCommand;
    const ack = await this.runner.run({
      ...listStream(listId),
      command,
      commandId: options.commandId,
      expected: options.expected,
      act: { at, on, by: stampOf(options.by) },
    });
    return { ...ack, listId, elsewhere };
  }
}
