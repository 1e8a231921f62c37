import { setImmediate as breathe } from 'node:timers/promises';
import { LegSheetQueries, scopeOf, type SheetLeg, type VisibilityScope } from '@app/findings';
import { ImportFiles, openFile } from '@app/imports';
import { Clock, DomainError, localDateOf, type CategoryCode } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import { rejectRoundTrip } from '../domain/round-trip.errors';
import { gathered, type GatheredRow } from './gathered-rows';
import { isSecret } from './is-secret';
import { JudgeRows, type Judging } from './judge-rows';
import { readFilled } from './read-filled';
import { RoundTripFiles } from './round-trip-files';
import type { RoundTripJob } from './round-trip-job';
import { RoundTripStore } from './round-trip-store';
import { RowCodes } from './row-codes';

const BATCH = 50;

/** First half of a round trip: the workbook becomes rows that a person can look at, cell by cell. Changes nothing. */
@Injectable()
export class PreviewRoundTrip {
  constructor(
    @Inject(RoundTripStore) private readonly store: RoundTripStore,
    @Inject(RoundTripFiles) private readonly files: ImportFiles,
    @Inject(LegSheetQueries) private readonly legs: LegSheetQueries,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(RowCodes) private readonly codes: RowCodes,
    @Inject(JudgeRows) private readonly judging: JudgeRows,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Starts from nothing each time. Quiet when it was stopped. */
  async run(job: RoundTripJob, signal: AbortSignal): Promise<void> {
    const { roundTripId } = job;
    await this.store.clearRows(roundTripId);
    try {
      const exportedAt = await this.read(job, signal);
      if (exportedAt === null) return;
      const counts = await this.store.counts(roundTripId);
      if (await this.store.move(roundTripId, ['reading'], 'ready', { exportedAt, counts })) await this.files.drop(roundTripId);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.store.clearRows(roundTripId);
      await this.files.drop(roundTripId);
      await this.store.move(roundTripId, ['reading'], 'refused', { failure: { code: error.code, ...error.sentence } });
    }
  }

  /** Null when it was stopped on the way. */
  private async read({ roundTripId, fileName, actor }: RoundTripJob, signal: AbortSignal): Promise<string | null> {
    const sheets = await openFile(await this.files.read(roundTripId), fileName, 'xlsx', isSecret, signal);
    const today = localDateOf(this.clock.now());
    const sent = readFilled(sheets, today);
    if (sent.identity.unitId !== actor.unitId) return rejectRoundTrip('workbook-foreign');
    const rows = gathered(sent, this.codes);
    const view = await this.directory.view();
    const scope = scopeOf(actor, view, today);
    for (let from = 0; from < rows.length; from += BATCH) {
      if (signal.aborted) return null;
      const part = rows.slice(from, from + BATCH);
      const judging: Judging = { by: actor, today, book: sent.identity, known: await this.known(part, scope, view) };
      const judged = await this.judging.judge(part, from, judging);
      if (!(await this.store.addRows(roundTripId, judged, from + part.length, rows.length))) return null;
      await breathe();
    }
    return sent.exportedAt;
  }

  private async known(rows: readonly GatheredRow[], scope: VisibilityScope, view: DirectoryView): Promise<Judging['known']> {
    const found = await this.legs.byNumbers(scope, [...new Set(rows.map(({ number }) => number))]);
    const byKey = new Map<string, SheetLeg>(found.map((leg) => [`${leg.number} ${leg.leg.legId}`, leg]));
    const categoryName = (code: string): string => view.category(code as CategoryCode)?.name ?? code;
    return { leg: (number, legId) => byKey.get(`${number} ${legId}`), categoryName };
  }
}
