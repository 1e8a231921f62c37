/** The thread of `Apart`. */
const { parentPort } = require('node:worker_threads');
require('../bench/typescript.cjs');
require('reflect-metadata');
const { FAULTS } = require('./faults.ts');
const { simulate } = require('./simulate.ts');
const { PARTS } = require('./worker-host.ts');

parentPort.on('message', ({ fault, ...measure }) => {
  simulate(measure, fault === undefined ? PARTS : { ...PARTS, ...FAULTS[fault] }).then(
    (judged) => parentPort.postMessage({ judged }),
    (error) => parentPort.postMessage({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
