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
    child.once('exit', resolve);
    child.stdin.end();
  });
};
