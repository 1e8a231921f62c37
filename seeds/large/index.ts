import { eventStoreOf } from '@app/core';
import { bulkInto, EventStore, PostgresBulkSink, type BulkSink, type RecordedEvent } from '@app/event-store';
import { instantAt, type LocalDate } from '@app/kernel';
import type { Settings } from '@app/settings';
import { DirectTeller, type Stretch } from '../direct/direct-teller';
import { Scenario } from '../kit/scenario';
import { makeFiles } from '../pingdu/files';
import { establishPingdu } from '../pingdu/organisation';
import { readTowns } from '../pingdu/places';
import { FIRST_DAY, randomOf, type Measure } from './large-cases';
import type { Story } from './large-stories';
import { tellLarge } from './tell-large';

export type { Measure } from './large-cases';

/** How far the telling has come. */
export type LargeProgress = Readonly<{ day: LocalDate; findings: number; events: number; seconds: number; open: number }>;

export type LargeOptions = Measure &
  Readonly<{
    settings: Settings;
    /** Other shares of the stories than usual. */
    stories?: readonly Story[];
    onProgress?: (progress: LargeProgress) => void;
    /** Days that an earlier run of the same measure has stored. */
    stored?: number;
    /** Hears of every day that is stored, by its count. */
    onStored?: (days: number) => void;
    signal?: AbortSignal;
  }>;

const EVENTS_AT_ONCE = 10_000;

/** The organisation the scenario happens in, told by command: a thousand steps, whatever the measure. */
export const openLarge = async (
  settings: Settings,
  { seed }: Measure,
): Promise<Readonly<{ scenario: Scenario; names: ReadonlyMap<string, string> }>> => {
  const scenario = await Scenario.open(settings, instantAt(FIRST_DAY, '08:00'));
  await scenario.settle();
  const names = await establishPingdu(scenario, randomOf(seed, 'organisation'), readTowns());
  return { scenario, names };
};

const sinkFor = (settings: Settings, store: EventStore): BulkSink => {
  const options = eventStoreOf(settings);
  return typeof options === 'object' && 'url' in options ? new PostgresBulkSink(options.url) : bulkInto(store);
};

/** Stores stretches one after the other, while the next one is told. */
class Writer {
  private writing: Promise<void> = Promise.resolve();
  constructor(private readonly sink: BulkSink) {}

  /** Waits until the stretch before this one is stored. */
  async add({ beside, events }: Stretch, stored: () => void): Promise<void> {
    await this.writing;
    this.writing = this.write(beside, events).then(stored);
    // Heard with the next stretch, or at the end.
    this.writing.catch(() => undefined);
  }
  end(): Promise<void> {
    return this.writing;
  }

  private async write(beside: Stretch['beside'], events: readonly RecordedEvent[]): Promise<void> {
    await beside();
    for (let at = 0; at < events.length; at += EVENTS_AT_ONCE) await this.sink.append(events.slice(at, at + EVENTS_AT_ONCE));
  }
}

/**
 * Tells the large scenario in this process and stores its events in bulk, in the order of their time. Needs a new instance, or one in
 * which the same measure was broken off. `scenario` is left open, its clock at the end, read models and policies where they were.
 */
export const generateLarge = async (
  options: LargeOptions,
): Promise<Readonly<{ scenario: Scenario; names: ReadonlyMap<string, string>; events: number }>> => {
  const { settings, stories, stored = 0, onProgress, onStored, signal } = options;
  const started = performance.now();
  const { scenario, names } = await openLarge(settings, options);
  const files = await makeFiles(scenario);
  const teller = await DirectTeller.beside(scenario);
  const sink = sinkFor(settings, scenario.get<EventStore>(EventStore));
  const writer = new Writer(sink);
  let [days, events, findings] = [0, 0, 0];
  try {
    await tellLarge({
      teller,
      calendar: scenario.calendar,
      files,
      measure: options,
      ...(stories === undefined ? {} : { stories }),
      evening: async (day, timeline) => {
        signal?.throwIfAborted();
        teller.forgetWhatIsOver(timeline);
        const stretch = teller.collect();
        days += 1;
        events += stretch.events.length;
        findings += stretch.events.filter(({ type }) => type === 'FindingFiled').length;
        const upTo = days;
        if (upTo > stored) await writer.add(stretch, () => onStored?.(upTo));
        onProgress?.({ day, findings, events, seconds: (performance.now() - started) / 1_000, open: teller.open });
      },
    });
    await writer.end();
  } catch (error) {
    await writer.end().catch(() => undefined);
    await scenario.close();
    throw error;
  } finally {
    await sink.close();
  }
  if (teller.refusals.length > 0) throw new Error(`the story is refused: ${teller.refusals.slice(0, 40).join('; ')}`);
  return { scenario, names, events };
};
