import { isCovered } from './fonts';
import { MISSING_TYPE } from './words';

/** Nothing to see on paper, and nothing lost without them: controls, joiners, marks of direction, selectors of variants. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;

/**
 * Text as the fonts can show it. A character without a shape becomes a mark that everybody sees, never an empty box, and is told to
 * `missing`, in the order of reading.
 */
export const printable = (text: string, missing: string[]): string => {
  const seen = text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/\t/g, '\u3000');
  let shown = '';
  for (const character of seen.normalize('NFC')) {
    if (character === '\n' || isCovered(character)) shown += character;
    else if (character.replace(INVISIBLE, '') !== '') {
      missing.push(character);
      shown += MISSING_TYPE;
    }
  }
  return shown;
};
