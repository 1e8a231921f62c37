import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase, type StartPostgres } from './database';
import { load, machine, versionsOf } from './machine';
import { sectionOf, withSection } from './report';
import { runCase } from './run';
import { limitVerdictOf, verdictOf, type LimitVerdict, type Verdict } from './statistics';
import type { BenchCase, Run } from './types';

export type BenchArguments = Readonly<{
  only: readonly string[] | null;
  /** Of the parts and measures, only these; the page is then left alone. */
  parts: readonly string[] | null;
  measures: readonly string[] | null;
  rounds: number;
  tiny: boolean;
  /** A server to use instead of starting one. */
  database?: string;
  /** Folder of the server that is started. */
  data: string;
  out: string;
  /** Every single run, for a closer look. */
  json?: string;
  startPostgres: StartPostgres;
}>;

const CASES = path.resolve(__dirname, '..', 'cases');
const EMPTY_PAGE = '# Benchmarks\n';
const SUFFIX = '.bench.ts';

const casesNamed = async (only: readonly string[] | null): Promise<readonly BenchCase[]> => {
  const names = readdirSync(CASES)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
  const unknown = (only ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`没有这个用例 · no case ${unknown.join(', ')}; there are ${names.join(', ')}`);
  const chosen = names.filter((name) => only === null || only.includes(name));
  return Promise.all(
    chosen.map(async (name) => ((await import(path.join(CASES, `${name}${SUFFIX}`))) as Readonly<{ benchCase: BenchCase }>).benchCase),
  );
};

const narrowed = (benchCase: BenchCase, { parts, measures }: BenchArguments): BenchCase => {
  const isChosen = ({ id }: Readonly<{ id: string }>, chosen: readonly string[] | null): boolean => chosen?.includes(id) !== false;
  return {
    ...benchCase,
    parts: (scale) => benchCase.parts(scale).filter((part) => isChosen(part, parts)),
    measures: (scale) => benchCase.measures(scale).filter((measure) => isChosen(measure, measures)),
    limits: (benchCase.limits ?? []).filter((limit) => isChosen({ id: limit.measure }, measures) && isChosen({ id: limit.part }, parts)),
    goals: benchCase.goals.filter(
      (goal) => isChosen({ id: goal.measure }, measures) && isChosen({ id: goal.part }, parts) && isChosen({ id: goal.over }, parts),
    ),
  };
};

const writeSection = (file: string, name: string, section: string): void => {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : EMPTY_PAGE;
  writeFileSync(file, withSection(page, name, section));
};

const verdictLine = ({ goal, ratio, inMedian, inWorst }: Verdict): string => {
  const figures = ratio === null ? 'no figure' : `${ratio.median.toFixed(2)}, worst ${ratio.worst.toFixed(2)}`;
  if (goal.atLeast === null) return `        ${goal.text}: ${figures}`;
  return `${inMedian ? (inWorst ? 'met    ' : 'median ') : 'NOT MET'} ${goal.text}: ≥ ${goal.atLeast}, was ${figures}`;
};

const limitLine = ({ limit, figure, inMedian, inWorst }: LimitVerdict): string => {
  const said = figure === null ? 'no figure' : `${figure.median.toFixed(1)}, worst ${figure.worst.toFixed(1)}`;
  return `${inMedian ? (inWorst ? 'kept    ' : 'median  ') : 'NOT KEPT'} ${limit.text}: ≤ ${limit.atMost}, was ${said}`;
};

/** → 0, or 1 when any run had no figure. */
export const bench = async (args: BenchArguments): Promise<number> => {
  const cases = await casesNamed(args.only);
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    console.error(
      '正在停止，已测得的结果会保留；再按一次立即退出 · stopping after this run, what was measured is kept; press again to leave at once',
    );
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  const scale = args.tiny ? 'tiny' : 'full';
  const all: Record<string, readonly Run[]> = {};
  const database = await openDatabase({ url: args.database, data: args.data, startPostgres: args.startPostgres });
  try {
    for (const benchCase of cases.map((one) => narrowed(one, args))) {
      if (stop.signal.aborted) break;
      const [before, from] = [load(), performance.now()];
      const say = (text: string): void => console.error(text);
      const { runs, notOpened } = await runCase(benchCase, { rounds: args.rounds, scale, database, signal: stop.signal, say });
      all[benchCase.name] = runs;
      if (runs.length === 0 && stop.signal.aborted) break;
      const section = sectionOf({
        benchCase,
        scale,
        rounds: args.rounds,
        stopped: stop.signal.aborted,
        runs,
        notOpened,
        date: new Date().toISOString().slice(0, 10),
        machine: machine(),
        database: database.settings,
        versions: versionsOf(benchCase.packages),
        load: { before, after: load() },
        minutes: (performance.now() - from) / 60_000,
      });
      if (args.parts === null && args.measures === null) writeSection(args.out, benchCase.name, section);
      for (const goal of benchCase.goals) say(verdictLine(verdictOf(runs, goal)));
      for (const limit of benchCase.limits ?? []) say(limitLine(limitVerdictOf(runs, limit)));
    }
  } finally {
    await database.close();
    if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(all, null, 1)}\n`);
  }
  console.log(args.out);
  return Object.values(all).some((runs) => runs.some(({ rate }) => rate === null)) ? 1 : 0;
};
