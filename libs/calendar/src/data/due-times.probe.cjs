/**
 * Prints a digest of every year's working days and of due times, worked out in the time zone of this process.
 * The test that runs it in several zones lies beside it; a time zone cannot be changed inside a running test.
 */
const { createHash } = require('node:crypto');
const { readFileSync, existsSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const libs = path.resolve(__dirname, '../../..');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const lib = /^@app\/([a-z-]+)$/.exec(request);
  if (lib !== null) return path.join(libs, lib[1], 'src/index.ts');
  const [parent] = rest;
  if (request.startsWith('.') && parent?.filename) {
    const file = path.resolve(path.dirname(parent.filename), `${request}.ts`);
    if (existsSync(file)) return file;
  }
  return resolve.call(this, request, ...rest);
};
require.extensions['.ts'] = (module, file) => {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};

const { addDays, daysBetween, instantAt, instantFromMs, localDate, localDateOf, localTimeOf, weekday } = require(
  path.join(libs, 'kernel/src/index.ts'),
);
const { calendarFrom, dueAfter } = require(path.join(libs, 'worktime/src/index.ts'));
const { builtInYears } = require('./published-years.ts');

const calendar = calendarFrom(builtInYears);
const digest = createHash('sha256');
for (let day = localDate('2016-01-01'); day < '2036-01-01'; day = addDays(day, 1)) {
  digest.update(`${day}${calendar.isWorkingDay(day) ? 'w' : '-'}${calendar.nameOf(day) ?? ''}`);
}
// China's clocks were set forward in the summers of 1986 to 1991: a day of birth or of a decree of then is a day, in every zone.
const FIRST = localDate('1986-01-01');
let n = 0;
for (let day = FIRST; day < '1992-01-01'; day = addDays(day, 1), n += 1) {
  const same = [localDate(day), addDays(addDays(day, 1), -1), addDays(FIRST, n)].concat(
    ['00:00', '00:30', '01:30', '12:00', '17:30', '23:59'].map((time) => {
      const at = instantAt(day, time);
      return localTimeOf(at) === time ? localDateOf(at) : `${day} is not at ${time}`;
    }),
  );
  if (same.some((one) => one !== day) || daysBetween(FIRST, day) !== n || weekday(day) !== (n + 3) % 7)
    throw new Error(`${day} is not itself`);
  digest.update(`${day}${same.join()}`);
}
if (n !== 2191) throw new Error(`six years of ${n} days`);
// A step that is no whole number of hours or days meets every hour of the day, the hours that clocks skip or repeat among them.
for (let ms = Date.parse('2016-01-01T00:00:00Z'); ms < Date.parse('2035-11-01T00:00:00Z'); ms += 43.7 * 3_600_000) {
  for (const unit of ['working', 'natural']) {
    const due = dueAfter({ deliveredAt: instantFromMs(Math.round(ms)), days: 15, unit, calendar, rule: { id: 'r', version: 1 } });
    digest.update(`${due.at}${String(due.provisional)}`);
  }
}
process.stdout.write(digest.digest('hex'));
