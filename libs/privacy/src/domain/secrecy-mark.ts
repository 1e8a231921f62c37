export type SecrecyMark = '秘密' | '机密' | '绝密';

/** With a star (`秘密★10年`, `绝密★`), as a level (`密级：机密`), or with a term at the head of a line (`机密 5年`). */
const STARRED = /([秘机绝])\s*密\s*[★☆✩✭⭐]/u;
const LEVEL = /密\s*级\s*[:：]?\s*([秘机绝])\s*密/u;
const TERMED = /(?<![\p{Script=Han}])([秘机绝])\s*密\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:年|个月)/u;

const MARKS: Readonly<Record<string, SecrecyMark>> = { 秘: '秘密', 机: '机密', 绝: '绝密' };

/** The mark of secrecy that a text bears (R39), null when none. `内部文件` and talk about secrets are no marks. */
export const secrecyMark = (text: string): SecrecyMark | null => {
  const plain = text.normalize('NFKC');
  const [, level = ''] = STARRED.exec(plain) ?? LEVEL.exec(plain) ?? TERMED.exec(plain) ?? [];
  return MARKS[level] ?? null;
};
