/** 王** : the surname's first character, whatever the length of the name. */
export const maskName = (name: string): string => {
  const [first] = [...name.trim()];
  return first === undefined ? '' : `${first}**`;
};

const keepEnds = (text: string, head: number, tail: number): string =>
  text.length <= head + tail
    ? '*'.repeat(text.length)
    : `${text.slice(0, head)}${'*'.repeat(text.length - head - tail)}${text.slice(-tail)}`;

/** 370***********1234 */
export const maskIdNumber = (id: string): string => keepEnds(id.trim(), 3, 4);
/** 138****5678 */
export const maskPhone = (phone: string): string => keepEnds(phone.trim(), 3, 4);
/** 6222***********0123 */
export const maskBankCard = (card: string): string => keepEnds(card.trim(), 4, 4);
