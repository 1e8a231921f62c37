/**
 * Writes a golden file for each stored event type and version that has none yet, from the richest example in the store:
 *   node test/contracts/capture-events.cjs postgres://…
 * Never rewrites a file. Run it on a demo database: what it writes is committed.
 */
const fs = require('node:fs');
const path = require('node:path');
const { Client } = require('pg');

const FOLDER = path.join(__dirname, 'events');
const url = process.argv[2] ?? process.env.DATABASE_URL;

const main = async () => {
  if (url === undefined) throw new Error('say which database: node test/contracts/capture-events.cjs postgres://…');
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `select distinct on (type, version) type, version, data from events order by type, version, length(data::text) desc, "position"`,
  );
  await client.end();
  let written = 0;
  for (const { type, version, data } of rows) {
    const file = path.join(FOLDER, `${type}.v${version}.json`);
    if (fs.existsSync(file)) continue;
    fs.writeFileSync(file, `${JSON.stringify({ type, version, data }, null, 2)}\n`);
    written += 1;
  }
  console.log(`${written} written, ${rows.length - written} were there`);
};

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
