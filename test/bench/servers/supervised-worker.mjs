/** The product's worker kept running by the product's own supervisor; tells its parent the pid of each that was started, and when it is ready. */
import { setInterval } from 'node:timers';
import { Supervised } from '../../../apps/launcher/lib/supervisor.mjs';
import { placesIn } from '../../../apps/launcher/lib/places.mjs';

const { DATA_DIR } = process.env;
let running = null;
const instance = { places: { ...placesIn(DATA_DIR), logs: DATA_DIR }, setPid: (_, pid) => (running = pid) };
const worker = new Supervised('worker', { env: { ...process.env }, instance, say: () => undefined });
let told = null;
setInterval(() => {
  if (!worker.ready || told === running) return;
  told = running;
  process.send?.({ pid: running });
}, 20);
process.on('message', () => void worker.stop().then(() => process.exit(0)));
process.on('disconnect', () => void worker.stop().then(() => process.exit(0)));
worker.start();
