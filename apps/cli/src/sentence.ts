import { isUnavailable } from '@app/event-store';
import { DomainError } from '@app/kernel';
import { SettingsError } from '@app/settings';
import { CommandFailure } from './command';

/** What went wrong, for a person; null for a fault of the program, which keeps its stack. */
export const sentenceFor = (error: unknown): string | null => {
  // By its name: the read store is not loaded for every command.
  if (error instanceof CommandFailure || (error instanceof Error && error.name === 'ForeignStore')) return error.message;
  if (error instanceof SettingsError) return `设置有误 · Wrong settings\n${error.message}`;
  if (error instanceof DomainError) return `${error.sentence.zh} · ${error.sentence.en}`;
  if (error instanceof Error && error.name === 'StoreUnavailable')
    return '事件库现在不可用，稍后再试。 · The event store cannot be used for now; try again later.';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED' || code === '57P03')
    return '数据库没有运行，请先 npm start。 · The database is not running: npm start first.';
  if (code === 'ENOSPC' || code === '53100') return '磁盘空间不足。 · The disk is full.';
  return isUnavailable(error)
    ? '数据库连接中断，命令未完成，可以再次执行。 · The connection to the database was lost; the command did not finish and may be run again.'
    : null;
};
