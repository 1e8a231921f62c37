/** The first day a ZIP can tell, at midnight. */
const DOS_TIME = 0;
const DOS_DAY = (1 << 5) | 1;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;

/**
 * The same archive with one fixed time for every entry: whoever wrote it put in the clock and the time zone of the machine. Changes
 * `archive` in its place. Throws RangeError when it is no plain ZIP without a comment.
 */
export const withFixedTimes = (archive: Buffer): Buffer => {
  const end = archive.length - END_SIZE;
  if (end < 0 || archive.readUInt32LE(end) !== END) throw new RangeError('not a plain archive');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new RangeError('not a plain archive');
    const local = archive.readUInt32LE(at + 42);
    for (const place of [at + 12, local + 10]) {
      archive.writeUInt16LE(DOS_TIME, place);
      archive.writeUInt16LE(DOS_DAY, place + 2);
    }
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return archive;
};
