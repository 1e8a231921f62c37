import { InOwnProcess, type Holder } from './children';
import type { BenchDatabase } from './database';
import type { BenchCase, Measure, Outcome, Part, Run, Scale } from './types';

const RUN_WITHIN_MS = 60_000;
/** Filling a history takes longer than a run. */
const OPEN_WITHIN_MS = { full: 120_000, tiny: 90_000 } as const;

type OpenPart = Readonly<{ part: Part; driver: Holder; server: Holder | null }>;
export type CaseRuns = Readonly<{ runs: readonly Run[]; notOpened: readonly Readonly<{ part: string; why: string }>[] }>;

const within = async <T>(ms: number, what: string, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

const openPart = async (part: Part, database: BenchDatabase, make: (name: string) => Holder): Promise<OpenPart> => {
  const start = (role: string): Holder => make(`${part.id} ${role}`);
  const databaseUrl = part.database === true ? await database.create() : null;
  const server = part.server === undefined ? null : start('server');
  const context = { databaseUrl, options: part.server?.options ?? {}, server: null };
  const answer = server === null || part.server === undefined ? null : await server.open('server', part.server.module, context);
  const driver = start('driver');
  await driver.open('driver', part.driver.module, { databaseUrl, options: part.driver.options ?? {}, server: answer });
  return { part, driver, server };
};

const measureOnce = async (
  { driver, server }: OpenPart,
  measure: Measure,
): Promise<Readonly<{ outcome: Outcome; driverCpu: number; serverCpu: number | undefined }>> => {
  const cpus = async (): Promise<readonly [number, number | undefined]> => [await driver.cpu(), await server?.cpu()];
  const before = await cpus();
  const outcome = await driver.work(measure.work, measure.params);
  const after = await cpus();
  await driver.check();
  const perOperation = 1e6 / outcome.count;
  return {
    outcome,
    driverCpu: (after[0] - before[0]) * perOperation,
    serverCpu: after[1] === undefined || before[1] === undefined ? undefined : (after[1] - before[1]) * perOperation,
  };
};

/** There and back: what comes first in one round comes last in the next. */
const orderOf = (parts: readonly OpenPart[], round: number): readonly OpenPart[] => (round % 2 === 1 ? parts : [...parts].reverse());

/**
 * Puts every part through every measure, `rounds` times over, part by part within a measure, so that what the machine does
 * meanwhile strikes all of them alike. Stops after the run in hand when `signal` aborts.
 */
export const runCase = async (
  benchCase: BenchCase,
  options: Readonly<{
    rounds: number;
    scale: Scale;
    database: BenchDatabase;
    signal: AbortSignal;
    say: (text: string) => void;
    /** Where drivers and servers live; default: each in a process of its own. */
    hold?: (name: string) => Holder;
  }>,
): Promise<CaseRuns> => {
  const { rounds, scale, database, signal, say } = options;
  const measures = benchCase.measures(scale);
  const holders: Holder[] = [];
  const make = (name: string): Holder => {
    const one = (options.hold ?? ((called) => new InOwnProcess(called)))(name);
    holders.push(one);
    return one;
  };
  const notOpened: { part: string; why: string }[] = [];
  const runs: Run[] = [];
  const open: OpenPart[] = [];
  try {
    for (const part of benchCase.parts(scale)) {
      if (signal.aborted) break;
      say(`${benchCase.name}: ${part.title} …`);
      try {
        open.push(await within(part.openWithinMs ?? OPEN_WITHIN_MS[scale], part.title, openPart(part, database, make)));
      } catch (error) {
        notOpened.push({ part: part.id, why: firstLine(error) });
        say(`  ${firstLine(error)}`);
      }
    }
    // Round 0 warms up and is forgotten.
    for (let round = scale === 'tiny' ? 1 : 0; round <= rounds && !signal.aborted; round += 1) {
      for (const measure of measures) {
        for (const one of orderOf(open, round)) {
          const { id, title } = one.part;
          if (signal.aborted || measure.parts?.includes(id) === false) continue;
          const base = { round, measure: measure.id, part: id };
          let run: Run;
          try {
            const { outcome, driverCpu, serverCpu } = await within(
              measure.withinMs ?? RUN_WITHIN_MS,
              measure.title,
              measureOnce(one, measure),
            );
            const { latency, figures } = outcome;
            run = {
              ...base,
              rate: outcome.count / outcome.seconds,
              driverCpu,
              ...(latency === undefined ? {} : { latency }),
              ...(figures === undefined ? {} : { figures }),
              ...(serverCpu === undefined ? {} : { serverCpu }),
            };
          } catch (error) {
            run = { ...base, rate: null, failure: firstLine(error) };
          }
          const figure = run.rate === null ? `no figure: ${run.failure}` : `${Math.round(run.rate).toLocaleString('en')} ${measure.unit}`;
          const more = Object.entries(run.figures ?? {}).map(([name, value]) => `, ${name} ${Math.round(value).toLocaleString('en')}`);
          say(`${round === 0 ? 'warm-up' : `round ${round}/${rounds}`} · ${measure.title} · ${title}: ${figure}${more.join('')}`);
          if (round > 0) runs.push(run);
        }
      }
    }
  } finally {
    // Loads before their servers: a client whose server is gone may wait for it.
    const isServer = ({ name }: Holder): boolean => name.endsWith(' server');
    await Promise.all(holders.filter((one) => !isServer(one)).map((one) => one.close()));
    await Promise.all(holders.filter(isServer).map((one) => one.close()));
  }
  return { runs, notOpened };
};
