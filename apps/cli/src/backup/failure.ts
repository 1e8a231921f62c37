import { BackupRefused } from '@app/backup';
import { CommandFailure } from '../command';

/** Gives what a library refused the form in which commands fail. */
export const asFailure = (error: unknown): never => {
  throw error instanceof BackupRefused ? new CommandFailure(error.sentence) : error;
};

/** Never an argument, which every user of the machine can read. */
export const passphrase = (): string | null => process.env['BACKUP_PASSPHRASE'] || null;

export const oneFolder = (positionals: readonly string[], usage: string): string => {
  const [folder, ...rest] = positionals;
  if (folder !== undefined && folder !== '' && rest.length === 0) return folder;
  throw new CommandFailure({ zh: `用法：${usage}`, en: `usage: ${usage}` });
};
