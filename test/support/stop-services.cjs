const KEY = Symbol.for('qingling.test-services');

module.exports = async () => {
  const held = globalThis[KEY];
  if (held === undefined) return;
  held.users -= 1;
  if (held.users > 0 || held.child === null) return;
  const { child } = held;
  held.child = null;
  child.ref();
  await new Promise((resolve) => {
    // A server that will not stop must not hold up the results; what it leaves is a folder of temporary files.
    const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
    child.stdin.end();
  });
};
