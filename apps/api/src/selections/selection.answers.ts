import type { Refusal, ShownRow } from '@app/findings';
import type { DirectoryView } from '@app/organisation';
import type { RowState, SampleVerdict, SelectionCounts, SelectionJob, SelectionRow, SelectionState } from '@app/selections';

type Named = Readonly<{ id: string; name: string }>;

export type SelectionSummary = Readonly<{
  selectionId: string;
  title: string;
  /** A step of a unit or of the office; `Prepared` where rows came with commands of their own. */
  step: SelectionJob['step'];
  state: SelectionState;
  evenIfChanged: boolean;
  openedBy: Named;
  runBy: Named | null;
  counts: SelectionCounts;
  /** Of the preview while it is being prepared, of the run afterwards. */
  progress: Readonly<{ done: number; total: number }>;
  createdAt: string;
  changedAt: string;
}>;

export type SelectedRowShown = Readonly<{
  /** Go on after this one. */
  n: number;
  findingId: string;
  legId: string | null;
  /** Null where the reader may not see the finding, and before it can be read. */
  number: string | null;
  text: string | null;
  town: string | null;
  state: RowState;
  leftOut: boolean;
  /** Data of its own in place of what is common. */
  own: Readonly<Record<string, unknown>> | null;
  /** Types of the events that would come of it; once it is done, that came of it. */
  events: readonly string[];
  refusal: Refusal | null;
  /** Of the finding, as the preview saw it. */
  revision: string | null;
  /** Of the finding after the row was done, and the position that a read can wait for. */
  result: Readonly<{ revision: string; position: string }> | null;
  sample: SampleVerdict | null;
}>;

export type SampledShown = SelectedRowShown & Readonly<{ method: string | null; said: string | null; judgedBy: Named | null }>;

export type SelectionAnswer = SelectionSummary &
  Readonly<{
    /** What is common to all rows; null where rows came with their own. */
    data: Readonly<Record<string, unknown>> | null;
    /** The drawn sample of verifying in bulk; null for every other step and before it is drawn. */
    sample: readonly SampledShown[] | null;
    /** Whoever has the rows and this draws the same sample; null where none is drawn. */
    seed: string | null;
  }>;
export type SelectionRowsShown = Readonly<{ rows: readonly SelectedRowShown[]; next: number | null }>;

const person = (view: DirectoryView, id: SelectionJob['actor']['personId']): Named => ({ id, name: view.person(id)?.name ?? id });

const dataOf = (said: SelectionJob['said']): Readonly<Record<string, unknown>> | null =>
  said === null ? null : { ...said.data, ...(said.on === undefined ? {} : { on: said.on }) };

export const summaryOf = (job: SelectionJob, counts: SelectionCounts, view: DirectoryView): SelectionSummary => ({
  selectionId: job.selectionId,
  title: job.title,
  step: job.step,
  state: job.state,
  evenIfChanged: job.evenIfChanged,
  openedBy: person(view, job.actor.personId),
  runBy: job.runner === null ? null : person(view, job.runner.personId),
  counts,
  progress: { done: job.state === 'preparing' ? counts.looked : counts.rows - counts.waiting, total: counts.rows },
  createdAt: job.createdAt,
  changedAt: job.changedAt,
});

export const commonOf = (job: SelectionJob): SelectionAnswer['data'] => dataOf(job.said);

export const rowShown = (row: SelectionRow, finding: ShownRow | undefined): SelectedRowShown => ({
  n: row.n,
  findingId: row.findingId,
  legId: row.legId,
  number: finding?.number ?? null,
  text: finding?.text ?? null,
  town: finding?.town_name ?? null,
  state: row.state,
  leftOut: row.leftOut,
  own: dataOf(row.own),
  events: row.events,
  refusal: row.refusal,
  revision: row.revision,
  result: row.doneRevision === null || row.donePosition === null ? null : { revision: row.doneRevision, position: row.donePosition },
  sample: row.verdict,
});

export const sampledShown = (row: SelectionRow, finding: ShownRow | undefined, view: DirectoryView): SampledShown => ({
  ...rowShown(row, finding),
  method: row.verdictMethod,
  said: row.verdictText,
  judgedBy: row.verdictBy === null ? null : person(view, row.verdictBy.personId),
});
