import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { eventStoreOf, Readers, scenarioPath } from '@app/core';
import { openEventStore } from '@app/event-store';
import type { Settings } from '@app/settings';
import type { Scenario } from '../../../../seeds/kit/scenario';
import { generateLarge } from '../../../../seeds/large';
import { tellPingdu } from '../../../../seeds/pingdu';
import { openAccounts } from '../../../../seeds/pingdu/accounts';
import { z } from 'zod';
import { CommandFailure, type Command } from '../command';

type Told = Readonly<{ scenario: Scenario; names: ReadonlyMap<string, string> }>;

/** A demo begins with nothing: what is left of another one cannot be taken out of a store where nothing is ever removed. */
const mustBeEmpty = async (settings: Settings): Promise<void> => {
  if (settings.eventStore.backend === 'postgres') return;
  const store = openEventStore(eventStoreOf(settings));
  try {
    if ((await store.head()) === 0n) return;
  } finally {
    await store.close();
  }
  throw new CommandFailure({
    zh: 'EVENTSTORE_URL 的事件库里已有事件；演示场景须载入空库。',
    en: 'The event store of EVENTSTORE_URL holds events already; the demo is loaded into an empty one.',
  });
};

const pingdu = async (settings: Settings): Promise<Told> => {
  await mustBeEmpty(settings);
  const told = await tellPingdu(settings, (text) => console.log(text));
  for (const refusal of told.scenario.refusals) console.error(`场景中有一步未被接受 · a step was refused: ${refusal}`);
  return told;
};

/** How far a large scenario has come, so that it goes on there. */
const progressSchema = z.object({ findings: z.number(), seed: z.number(), days: z.number() });
const progressFile = (settings: Settings): string => path.join(settings.dataDir, 'large-seed.json');
const storedDays = (settings: Settings, findings: number, seed: number): number | null => {
  let text: string;
  try {
    text = readFileSync(progressFile(settings), 'utf8');
  } catch {
    return null;
  }
  const begun = progressSchema.parse(JSON.parse(text));
  if (begun.findings === findings && begun.seed === seed) return begun.days;
  throw new CommandFailure({
    zh: `此处已开始载入 --findings ${String(begun.findings)} --seed ${String(begun.seed)} 的场景，须以同样的参数继续。`,
    en: `A scenario of --findings ${String(begun.findings)} --seed ${String(begun.seed)} was begun here; go on with the same.`,
  });
};

const wholeNumber = (text: string | undefined, name: string, least: number): number => {
  const n = Number(text);
  if (text !== undefined && Number.isSafeInteger(n) && n >= least) return n;
  throw new CommandFailure({
    zh: `${name} 应为不小于 ${String(least)} 的整数。`,
    en: `${name} takes a whole number from ${String(least)}.`,
  });
};

const REPORT_EVERY_S = 2;
const large = async (args: readonly string[], settings: Settings): Promise<Told> => {
  const { values } = parseArgs({ args: [...args], options: { findings: { type: 'string' }, seed: { type: 'string', default: '1' } } });
  const findings = wholeNumber(values.findings, '--findings', 1);
  const seed = wholeNumber(values.seed, '--seed', 0);
  const begun = storedDays(settings, findings, seed);
  if (begun === null) await mustBeEmpty(settings);
  const remember = (days: number): void => {
    writeFileSync(progressFile(settings), `${JSON.stringify({ findings, seed, days })}\n`);
  };
  remember(begun ?? 0);
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
  };
  process.once('SIGINT', interrupt);
  let last = 0;
  try {
    const told = await generateLarge({
      findings,
      seed,
      settings,
      stored: begun ?? 0,
      onStored: remember,
      signal: stop.signal,
      onProgress: ({ day, seconds, ...so }) => {
        if (seconds - last < REPORT_EVERY_S) return;
        last = seconds;
        console.log(`${day} · 问题 findings ${String(so.findings)} · 事件 events ${String(so.events)} · ${seconds.toFixed(0)} s`);
      },
    });
    const readers = told.scenario.get<Readers>(Readers);
    await readers.policies.passOver();
    console.log(`事件 ${String(told.events)}，正在生成读模型 · events ${String(told.events)}, making the read models`);
    await readers.rebuild();
    return told;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new CommandFailure({
      zh: '已中断；以同样的参数再次运行即从中断处继续。',
      en: 'Interrupted; the same command goes on where it stopped.',
    });
  } finally {
    process.off('SIGINT', interrupt);
  }
};

/** Loads a demo scenario into an empty instance, whose clock then goes on from the scenario's end. */
export const command: Command = {
  summary: { zh: '载入演示场景（只用于新实例）', en: 'load a demo scenario, into a new instance only' },
  usage: 'pingdu | large --findings N [--seed N]',
  run: async ([name, ...args], settings) => {
    if (name !== 'pingdu' && name !== 'large')
      throw new CommandFailure({ zh: '请写明场景：pingdu 或 large。', en: 'Name the scenario: pingdu or large.' });
    const started = performance.now();
    const { scenario, names } = name === 'pingdu' ? await pingdu(settings) : await large(args, settings);
    const accounts = await openAccounts(scenario, names, settings.dataDir);
    const base = scenario.clock.now();
    await scenario.close();
    // Written last: whoever finds this file finds a whole demo. Real time is what the scenario's clock is anchored to.
    writeFileSync(scenarioPath(settings.dataDir), `${JSON.stringify({ base, startedAt: new Date().toISOString() })}\n`);
    console.log(`演示账号（密码只显示这一次，另存于 DATA_DIR/demo-accounts.json）· demo accounts, shown once:`);
    for (const { login, password, unit, post } of accounts) console.log(`  ${login.padEnd(16)} ${password}   ${unit} ${post}`);
    console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  },
};
