import type { Settings } from '@app/settings';

/** The launcher hands the address over; a process started by itself needs DATABASE_URL. */
export const databaseUrlOf = ({ databaseUrl }: Pick<Settings, 'databaseUrl'>): string => {
  if (databaseUrl !== null) return databaseUrl;
  throw new Error('DATABASE_URL is not set: start through `npm start`, or set it');
};
