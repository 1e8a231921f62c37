/** PDF counts in points. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

export const PAGE = { width: mm(210), height: mm(297) } as const;
/** 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm. */
export const AREA = { left: mm(28), top: mm(37), width: mm(156), height: mm(225), right: mm(28 + 156), bottom: mm(37 + 225) } as const;

/** 二号, 三号, 四号, 小四, 五号. */
export const SIZE = { title: 22, body: 15.75, minor: 14, table: 12, note: 10.5 } as const;

export const LINES_A_PAGE = 22;
export const CHARACTERS_A_LINE = 28;
/** Twenty-two lines fill the area: the first begins at its upper edge, the last ends at its lower one. */
export const LINE = (AREA.height - SIZE.body) / (LINES_A_PAGE - 1);
/** Twenty-eight characters fill a line. */
export const CHARACTER = AREA.width / CHARACTERS_A_LINE;

/** Where the foot of a Chinese character lies below its upper edge, in parts of its size. */
export const BASELINE = 0.88;
export const RED = '#e60012';
export const BLACK = '#000000';
