import { judge } from './judge';
import { runCampaign } from './campaign';
import { Instance } from './instance';
import { killing } from './killer';
import { boundOf } from './seeds';

const close = async (instance: Instance): Promise<void> => {
  await instance.stop();
  instance.remove();
};

/** A campaign outside of the tests, for `npm run soak -- --crashes N --seed S`. Exit code 1 when anything was found. */
const main = async (): Promise<number> => {
  const [kills = 50, seed = 1] = process.argv.slice(2).map(Number);
  console.log(`${kills} kills from seed ${seed}; the demo is being loaded`);
  const instance = await Instance.open();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close(instance).then(() => process.exit(130)));
  try {
    const { record, summary } = await runCampaign({ seed, instance, trouble: killing(kills), say: console.log });
    const violations = judge(record);
    console.log(`\n${summary}`);
    for (const { kind, detail } of violations.slice(0, 50)) console.log(`  ${kind}: ${detail}`);
    if (violations.length > 0) {
      console.log(`${violations.length} found; again: npm run soak -- --crashes ${kills} --seed ${seed}\n${instance.lastWords()}`);
      return 1;
    }
    console.log(boundOf(kills));
    return 0;
  } finally {
    await close(instance);
  }
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
