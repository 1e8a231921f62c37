import { bigramsOf, normalText } from './bigrams';
import { initialsOf, searchColumns, searchQuery } from './search-text';

describe('The text people search in', () => {
  it('is the same in any width and case and with any spaces', () => {
    expect(normalText(' ＱＬ-2020－000123　大泽山 ')).toBe('ql-2020-000123大泽山');
  });

  it('falls into pairs of neighbouring characters', () => {
    expect(bigramsOf('建新未拆旧')).toStrictEqual(['建新', '新未', '未拆', '拆旧']);
    expect(bigramsOf('旧')).toStrictEqual([]);
  });

  it('knows the initials of names', () => {
    expect(initialsOf('大泽山镇')).toBe('dzsz');
    expect(initialsOf('王**')).toBe('w');
    expect(initialsOf('B区3号')).toBe('qh');
  });

  it('never lets a hit reach from one field into the next', () => {
    const { haystack } = searchColumns(['云山镇'], ['旧房未拆']);
    expect(haystack.includes('镇旧')).toBe(false);
    expect(haystack.includes('未拆')).toBe(true);
  });

  it('asks for initials only when nothing but letters were typed', () => {
    expect(searchQuery('dzs')?.initials).toStrictEqual({ grams: [' dz', ' zs'], like: '%dzs%' });
    expect(searchQuery('大泽')?.initials).toBe(null);
    expect(searchQuery('100%')?.text.like).toBe('%100\\%%');
    expect(searchQuery('大')).toBe(null);
  });
});
