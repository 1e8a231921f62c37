/**
 * A case is a file `test/bench/cases/<name>.bench.ts` that exports `benchCase`. It names parts (ours and peers), measures
 * that every part is put through in turn, and goals over the figures. Each part is a process of its own (the load) with,
 * where it needs one, a server in another process; all of them live as long as the case and only one works at a time.
 */
export type BenchCase = Readonly<{
  name: string;
  title: string;
  /** What a reader must know to read the figures; markdown, one paragraph each. */
  notes: readonly string[];
  /** What was set and is not written elsewhere: pool sizes, payload, writers. */
  settings: readonly string[];
  /** npm packages whose versions belong beside the figures. */
  packages: readonly string[];
  parts: (scale: Scale) => readonly Part[];
  measures: (scale: Scale) => readonly Measure[];
  goals: readonly Goal[];
  limits?: readonly Limit[];
}>;

/** `tiny` proves that the code runs; its figures mean nothing. */
export type Scale = 'full' | 'tiny';

export type Part = Readonly<{
  id: string;
  title: string;
  /** Given a database of its own on the one PostgreSQL server of the run; it arrives as `databaseUrl`. */
  database?: boolean;
  /** A module that exports `start: StartServer`; what it says arrives at the driver as `server`. */
  server?: Child;
  /** A module that exports `open: OpenDriver`. */
  driver: Child;
  /** Default 120 s. */
  openWithinMs?: number;
}>;
/** `module` is a path from test/bench. */
export type Child = Readonly<{ module: string; options?: Options }>;
export type Options = Readonly<Record<string, unknown>>;

export type Measure = Readonly<{
  id: string;
  title: string;
  unit: string;
  /** Name of the work in the drivers, and what it is told. */
  work: string;
  params: Options;
  /** Parts that take part; default all. */
  parts?: readonly string[];
  /** Default 60 s. */
  withinMs?: number;
}>;

/** Figures are rates: more is better. */
export type Goal = Readonly<{
  text: string;
  measure: string;
  part: string;
  /** The same measure of this part, times `atLeast`, is to be reached. */
  over: string;
  /** Null where the ratio is worth telling and nothing is wanted of it. */
  atLeast: number | null;
}>;

/** A figure of one part that is to stay small: less is better. */
export type Limit = Readonly<{
  text: string;
  measure: string;
  part: string;
  /** Its name among the `figures` of an outcome. */
  figure: string;
  atMost: number;
}>;

/** What one run found. */
export type Outcome = Readonly<{
  count: number;
  seconds: number;
  /** Milliseconds of single operations, where the work has any. */
  latency?: Readonly<{ p50: number; p99: number }>;
  /** Anything else worth telling, by name and unit: `peak memory, MB`. */
  figures?: Figures;
}>;
export type Figures = Readonly<Record<string, number>>;

export type OpenContext = Readonly<{ options: Options; databaseUrl: string | null; server: unknown }>;
/**
 * `check` comes after the time was taken. A run that lost, doubled or mixed up anything throws, in the work or in the check,
 * and has no figure.
 */
export type Work = (params: Options) => Promise<Outcome & Readonly<{ check?: () => Promise<void> }>>;
export type Driver = Readonly<{
  works: Readonly<Record<string, Work>>;
  close: () => Promise<void>;
}>;
export type OpenDriver = (context: OpenContext) => Promise<Driver>;
export type StartServer = (context: Omit<OpenContext, 'server'>) => Promise<Readonly<{ answer: unknown; close: () => Promise<void> }>>;

/** One run of one measure on one part. */
export type Run = Readonly<{
  round: number;
  measure: string;
  part: string;
  rate: number | null;
  /** Why there is no figure. */
  failure?: string;
  latency?: Readonly<{ p50: number; p99: number }>;
  figures?: Figures;
  /** Microseconds of processor time per operation, in the load process and in the server process. */
  driverCpu?: number;
  serverCpu?: number;
}>;
