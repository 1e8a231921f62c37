import { BadCursor } from '@app/findings';
import { ProblemError } from '../platform/problem';

/** A cursor of another list is the reader's mistake, not ours. */
export const orBadCursor = async <T>(page: Promise<T>): Promise<T> => {
  try {
    return await page;
  } catch (error) {
    if (!(error instanceof BadCursor)) throw error;
    throw new ProblemError(400, 'cursor-invalid', {
      zh: 'cursor 应为同一列表上一页返回的 next。',
      en: 'The cursor must be the `next` of the same list in the same order.',
    });
  }
};
