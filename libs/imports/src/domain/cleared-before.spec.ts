import { localDate } from '@app/kernel';
import { clearedBefore, type StatusCell } from './cleared-before';

const dates = { listDate: localDate('2020-07-06'), date1904: false };
const cell = (title: string, text: string, value: StatusCell['value'] = text): StatusCell => ({ title, field: null, value, text });
const cleared = (...cells: readonly StatusCell[]) => clearedBefore(cells, dates);

describe('A row that says it was cleared before', () => {
  it.each(['是', '已销号', '√', '办结'])('says so by a closed word: %s', (word) => {
    expect(cleared(cell('是否销号', word))).toStrictEqual({ on: null, said: `是否销号：${word}` });
  });
  it.each(['否', '未销号', '待销号', '申请销号', '拟销号', '/', '基本完成', '正在办理', '不予销号'])('does not by %s', (word) => {
    expect(cleared(cell('是否销号', word))).toBeNull();
  });
  it('gives the day of the clearance, else the day of completion', () => {
    expect(cleared(cell('销号日期', '2019-12-01'))?.on).toBe('2019-12-01');
    expect(cleared(cell('销号日期', '2019-12-01', { day: localDate('2019-12-01') }))?.on).toBe('2019-12-01');
    expect(cleared(cell('是否销号', '是'), cell('完成时间', '2019年11月30日'))?.on).toBe('2019-11-30');
    expect(cleared(cell('是否销号', '是'), cell('销号日期', '2019-12-01'))).toStrictEqual({
      on: '2019-12-01',
      said: '是否销号：是；销号日期：2019-12-01',
    });
  });
  it('is none where its columns contradict each other', () => {
    expect(cleared(cell('是否销号', '否'), cell('销号日期', '2019-12-01'))).toBeNull();
    expect(cleared(cell('是否销号', '否'), cell('整改状态', '已销号'))).toBeNull();
  });
  it('is told by a column of progress only in the words of the clearance, never by a claim', () => {
    expect(cleared(cell('整改状态', '已销号'))).toStrictEqual({ on: null, said: '整改状态：已销号' });
    for (const claim of ['已完成', '整改到位', '已整改', '完成', '100%']) expect(cleared(cell('整改状态', claim))).toBeNull();
    expect(cleared(cell('完成时间', '2019-11-30'))).toBeNull();
    expect(cleared()).toBeNull();
  });
  it('goes by what a person said that a column means', () => {
    expect(clearedBefore([{ ...cell('情况', '是'), field: 'cleared' }], dates)).toStrictEqual({ on: null, said: '情况：是' });
    expect(clearedBefore([{ ...cell('是否销号', '是'), field: 'remark' }], dates)).toBeNull();
  });
});
