import { pinyin } from 'pinyin-pro';

/** First letters of the pinyin, lower case; letters and digits stay as they are. `大泽山镇` → `dzsz`. */
export const initialsOf = (text: string, name: 'unit' | 'person' = 'unit'): string =>
  pinyin(text, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    nonZh: 'consecutive',
    ...(name === 'person' ? { surname: 'head' as const } : {}),
  })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
