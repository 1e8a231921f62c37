import type { Finished } from './campaign';

/** Another one each time, or the one that `CRASH_SEED` names. */
export const seedOf = (): number => {
  const named = Number(process.env['CRASH_SEED']);
  return Number.isInteger(named) && named > 0 ? named : Math.floor(Math.random() * 1_000_000_000);
};

/** With no failure in n trials the true rate is below 3/n, with 95 % confidence. */
export const boundOf = (kills: number): string =>
  `0 failures in ${kills} kills: with 95 % confidence fewer than ${(300 / kills).toFixed(2)} % of kills fail`;

export const toldOf = ({ summary }: Finished, seed: number): string => `\nfrom seed ${seed}: ${summary}\n`;
