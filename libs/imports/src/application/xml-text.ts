const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The five entities of XML and numbered characters; anything else stands for itself. */
export const unescapeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(x?)([0-9a-f]+)|(lt|gt|quot|apos|amp));/gi, (whole: string, hex?: string, code?: string, name?: string) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
        const point = Number.parseInt(code ?? '', hex === '' ? 10 : 16);
        return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
      })
    : text;

/** Text as a spreadsheet keeps it: control characters are written `_x000D_`. */
export const unescapeCellText = (xml: string): string => {
  const text = unescapeXml(xml);
  return text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/g, (_: string, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
};

/** An attribute's value in the inside of a tag, unescaped; null when it is not there. */
export const attributeOf = (tag: string, name: string): string | null => {
  const match = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return match === null ? null : unescapeXml(match[1] ?? match[2] ?? '');
};

/** The inside of each tag of this name, in order, whatever its prefix. */
export const tagsIn = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*)?>`, 'g'))].map((match) => match[1] ?? '');

/** Comments go, and CDATA becomes text like any other. */
export const plainXml = (xml: string): string =>
  xml.includes('<!')
    ? xml
        .replace(/<!--[\s\S]*?-->/g, '')
        .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_: string, text: string) =>
          text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
        )
    : xml;

/** All texts inside a string item or a rich text, without the guides to pronunciation. */
export const textsWithin = (xml: string): string => {
  const spoken = xml.includes('rPh') ? xml.replace(/<(?:\w+:)?rPh[\s>][\s\S]*?<\/(?:\w+:)?rPh>/g, '') : xml;
  let text = '';
  for (const match of spoken.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?(?:\/>|>([^<]*)<\/(?:\w+:)?t>)/g)) text += match[1] ?? '';
  return unescapeCellText(text);
};
