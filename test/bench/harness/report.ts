import { limitVerdictOf, median, summaryOf, verdictOf, type LimitVerdict, type Verdict } from './statistics';
import type { BenchCase, Goal, Measure, Part, Run, Scale } from './types';

export type CaseReport = Readonly<{
  benchCase: BenchCase;
  scale: Scale;
  /** Rounds asked for; fewer were run when somebody stopped it. */
  rounds: number;
  stopped: boolean;
  runs: readonly Run[];
  notOpened: readonly Readonly<{ part: string; why: string }>[];
  date: string;
  machine: readonly string[];
  database: readonly string[];
  versions: readonly string[];
  load: Readonly<{ before: string; after: string }>;
  minutes: number;
}>;

const begin = (name: string): string => `<!-- bench ${name}: begin, written by npm run bench -->`;
const end = (name: string): string => `<!-- bench ${name}: end -->`;

/** Puts a case's section in place of its last one, or at the end of the page; everything else stays as it is. */
export const withSection = (page: string, name: string, section: string): string => {
  const block = `${begin(name)}\n\n${section.trim()}\n\n${end(name)}`;
  const [from, to] = [page.indexOf(begin(name)), page.indexOf(end(name))];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${block}\n`;
  return `${page.slice(0, from)}${block}${page.slice(to + end(name).length)}`;
};

const round = (value: number): string => Math.round(value).toLocaleString('en');
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
const ms = (value: number): string => (value < 10 ? value.toFixed(1) : round(value));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const takesPart = (measure: Measure, part: Part): boolean => measure.parts?.includes(part.id) !== false;

const rates = (runs: readonly Run[], measures: readonly Measure[], parts: readonly Part[]): string =>
  table(
    ['median (lowest–highest)', ...parts.map(({ title }) => title)],
    measures.map((measure) => [
      `${measure.title}, ${measure.unit}`,
      ...parts.map((part) => {
        if (!takesPart(measure, part)) return '';
        const summary = summaryOf(runs, measure.id, part.id);
        if (summary === null) return 'no figure';
        const thrownAway = summary.failed === 0 ? '' : `, ${summary.failed} thrown away`;
        return `${round(summary.median)} (${round(summary.min)}–${round(summary.max)}${thrownAway})`;
      }),
    ]),
  );

const latencies = (runs: readonly Run[], measures: readonly Measure[], parts: readonly Part[]): string => {
  const withLatency = measures.filter(({ id }) => runs.some((run) => run.measure === id && run.latency !== undefined));
  const cellOf = (measure: Measure, part: Part): string => {
    const own = runs.filter((run) => run.measure === measure.id && run.part === part.id);
    const known = own.flatMap(({ latency }) => latency ?? []);
    if (known.length === 0) return '';
    return `${ms(mean(known.map(({ p50 }) => p50)))} / ${ms(mean(known.map(({ p99 }) => p99)))}`;
  };
  if (withLatency.length === 0) return '';
  return table(
    ['milliseconds, p50 / p99', ...parts.map(({ title }) => title)],
    withLatency.map((measure) => [measure.title, ...parts.map((part) => cellOf(measure, part))]),
  );
};

const processorTime = (runs: readonly Run[], measures: readonly Measure[], parts: readonly Part[]): string => {
  const cellOf = (measure: Measure, part: Part): string => {
    const own = runs.filter((run) => run.measure === measure.id && run.part === part.id);
    const medianOf = (values: readonly number[]): readonly string[] => (values.length === 0 ? [] : [round(median(values))]);
    return [
      ...medianOf(own.flatMap(({ driverCpu }) => driverCpu ?? [])),
      ...medianOf(own.flatMap(({ serverCpu }) => serverCpu ?? [])),
    ].join(' + ');
  };
  return table(
    ['processor time per operation, µs, load process + server process', ...parts.map(({ title }) => title)],
    measures.map((measure) => [measure.title, ...parts.map((part) => cellOf(measure, part))]),
  );
};

/** Every other figure that the runs gave, a row for each measure and name. */
const figures = (runs: readonly Run[], measures: readonly Measure[], parts: readonly Part[]): string => {
  const rows = measures.flatMap((measure) => {
    const own = runs.filter((run) => run.measure === measure.id);
    const names = new Set(own.flatMap((run) => Object.keys(run.figures ?? {})));
    return [...names].map((name) => [
      `${measure.title}: ${name}`,
      ...parts.map((part) => {
        const values = own.filter((run) => run.part === part.id).flatMap((run) => run.figures?.[name] ?? []);
        return values.length === 0 ? '' : `${ms(median(values))} (${ms(Math.min(...values))}–${ms(Math.max(...values))})`;
      }),
    ]);
  });
  return rows.length === 0 ? '' : table(['median (lowest–highest)', ...parts.map(({ title }) => title)], rows);
};

const word = ({ atLeast }: Goal, met: boolean): string => (atLeast === null ? '' : met ? 'met' : '**not met**');
const goalRow = ({ goal, ratio, inMedian, inWorst }: Verdict): readonly string[] => [
  goal.text,
  goal.atLeast === null ? '' : `≥ ${goal.atLeast}`,
  ratio === null ? 'no figure' : ratio.median.toFixed(2),
  ratio === null ? '' : `${ratio.worst.toFixed(2)}–${ratio.best.toFixed(2)}`,
  word(goal, inMedian),
  word(goal, inWorst),
];

const limitRow = ({ limit, figure, inMedian, inWorst }: LimitVerdict): readonly string[] => [
  limit.text,
  `≤ ${limit.atMost}`,
  figure === null ? 'no figure' : ms(figure.median),
  figure === null ? '' : `${ms(figure.best)}–${ms(figure.worst)}`,
  inMedian ? 'kept' : '**not kept**',
  inWorst ? 'kept' : '**not kept**',
];

/** The section of one case, in markdown. */
export const sectionOf = (report: CaseReport): string => {
  const { benchCase, scale, runs } = report;
  const [parts, measures] = [benchCase.parts(scale), benchCase.measures(scale)];
  const done = new Set(runs.map((run) => run.round)).size;
  const verdicts = benchCase.goals.map((goal) => verdictOf(runs, goal));
  const limits = (benchCase.limits ?? []).map((limit) => limitVerdictOf(runs, limit));
  const reasons = [
    ...new Set(runs.flatMap(({ part, measure, failure }) => (failure === undefined ? [] : `${part}, ${measure}: ${failure}`))),
  ];
  const failures = [...report.notOpened.map(({ part, why }) => `${part} was not there: ${why}`), ...reasons];
  const blocks = [
    `## ${benchCase.title}`,
    scale === 'tiny' ? '**A trial with tiny counts: these figures mean nothing.**' : '',
    ...benchCase.notes,
    `${done} of ${report.rounds} rounds${report.stopped ? ', stopped by hand' : ''}, ${report.date}, ${report.minutes.toFixed(1)} minutes; load average ${report.load.before} before, ${report.load.after} after.`,
    [...report.machine, ...report.database, report.versions.join(', '), ...benchCase.settings].map((text) => `- ${text}`).join('\n'),
    verdicts.length === 0
      ? ''
      : table(
          ['goal: ratio within one round', 'wanted', 'median', 'lowest–highest', 'in the median', 'in the worst round'],
          verdicts.map(goalRow),
        ),
    limits.length === 0
      ? ''
      : table(['limit', 'at most', 'median', 'lowest–highest', 'in the median', 'in the worst round'], limits.map(limitRow)),
    rates(runs, measures, parts),
    figures(runs, measures, parts),
    latencies(runs, measures, parts),
    processorTime(runs, measures, parts),
    failures.length === 0
      ? ''
      : `No figure where a run failed or its check found something lost, doubled or out of order:\n\n${failures.map((text) => `- ${text}`).join('\n')}`,
  ];
  return blocks.filter((text) => text !== '').join('\n\n');
};
