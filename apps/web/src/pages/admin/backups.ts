import type { BackupsListResponse } from '../../api/generated/types.gen';

export type Backups = BackupsListResponse;
export type Backup = Backups['backups'][number];

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1.5 GB`, as people know it from their files. */
export const sizeWords = (bytes: number): string => {
  let at = 0;
  let size = bytes;
  for (; size >= 1024 && at < UNITS.length - 1; at += 1) size /= 1024;
  return `${size >= 10 || at === 0 ? String(Math.round(size)) : size.toFixed(1)} ${UNITS[at] ?? ''}`;
};

/** How far the work is, 0 to 1; null while that is not known. */
export const shareOf = (work: NonNullable<Backups['underWay']>): number | null => {
  const { progress } = work;
  return progress === null || progress.total === null || progress.total === 0 ? null : Math.min(1, progress.done / progress.total);
};
