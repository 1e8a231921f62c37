import { writeFileSync } from 'node:fs';
import { eventStoreOf, scenarioPath } from '@app/core';
import { openEventStore } from '@app/event-store';
import type { Settings } from '@app/settings';
import { tellPingdu } from '../../../../seeds/pingdu';
import { openAccounts } from '../../../../seeds/pingdu/accounts';
import { CommandFailure, type Command } from '../command';

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

/** Loads a demo scenario into an empty instance, whose clock then goes on from the scenario's end. */
export const command: Command = {
  summary: { zh: '载入演示场景（只用于新实例）', en: 'load a demo scenario, into a new instance only' },
  usage: 'pingdu',
  run: async ([name], settings) => {
    if (name !== 'pingdu') throw new CommandFailure({ zh: '请写明场景：pingdu。', en: 'Name the scenario: pingdu.' });
    await mustBeEmpty(settings);
    const started = performance.now();
    const { scenario, names } = await tellPingdu(settings, (text) => console.log(text));
    const accounts = await openAccounts(scenario, names, settings.dataDir);
    for (const refusal of scenario.refusals) console.error(`场景中有一步未被接受 · a step was refused: ${refusal}`);
    const base = scenario.clock.now();
    await scenario.close();
    // Written last: whoever finds this file finds a whole demo. Real time is what the scenario's clock is anchored to.
    writeFileSync(scenarioPath(settings.dataDir), `${JSON.stringify({ base, startedAt: new Date().toISOString() })}\n`);
    console.log(`演示账号（密码只显示这一次，另存于 DATA_DIR/demo-accounts.json）· demo accounts, shown once:`);
    for (const { login, password, unit, post } of accounts) console.log(`  ${login.padEnd(16)} ${password}   ${unit} ${post}`);
    console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  },
};
