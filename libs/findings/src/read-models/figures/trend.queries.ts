import { addDays, type LocalDate } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Basis } from './figure-fold';
import { rowScopes, type Sight } from './figure-reach';
import { basisOf, isUnitScope, type BoardScope } from './figure-scopes';
import { shownPercent } from './rates';

/** As many points as a line can be read by. */
export const MOST_POINTS = 120;
export const TREND_STEPS = ['day', 'week'] as const;
export type TrendStep = (typeof TREND_STEPS)[number];
const DAYS_OF: Readonly<Record<TrendStep, number>> = { day: 1, week: 7 };

export type TrendPoint = Readonly<{
  /** The last day of the step. */
  day: LocalDate;
  open: number;
  /** Findings cleared, or legs passed. */
  cleared: number;
  /** 销号率 or 整改通过率 without immediate ones (R35); no percentage below ten (R36). */
  rate: Readonly<{ numerator: number; denominator: number; percent: string | null }>;
  overdue: number;
}>;
export type Trend = Readonly<{
  scope: BoardScope;
  id: string;
  basis: Basis;
  step: TrendStep;
  partial: boolean;
  points: readonly TrendPoint[];
}>;
export type TrendAsked = Readonly<{
  scope: BoardScope;
  id: string;
  from: LocalDate;
  to: LocalDate;
  step: TrendStep;
  basis?: Basis;
  subtree: boolean;
}>;

type Key = 'open' | 'cleared' | 'numerator' | 'denominator' | 'overdue';
const KEYS_OF: Readonly<Record<'findings' | 'legs', Readonly<Record<string, readonly Key[]>>>> = {
  findings: {
    open: ['open'],
    open_immediate: ['open'],
    cleared: ['cleared', 'numerator'],
    cleared_immediate: ['cleared'],
    base: ['denominator'],
    running_by_due: ['overdue'],
  },
  legs: {
    open: ['open'],
    open_immediate: ['open'],
    passed: ['cleared', 'numerator'],
    passed_immediate: ['cleared'],
    legs: ['denominator'],
    running_by_due: ['overdue'],
  },
};

/** The ends of the steps, the last of them `to`. */
export const stepEnds = ({ from, to, step }: Pick<TrendAsked, 'from' | 'to' | 'step'>): readonly LocalDate[] => {
  const ends: LocalDate[] = [];
  for (let day = to; day >= from && ends.length < MOST_POINTS; day = addDays(day, -DAYS_OF[step])) ends.unshift(day);
  return ends;
};

/** The key figures of one row of a board over many days, in one reading of its counters. */
@Injectable()
export class TrendQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Null where the row is not for this reader. */
  async trend(asked: TrendAsked, sight: Sight): Promise<Trend | null> {
    const { scope, id, step } = asked;
    const basis = basisOf(asked);
    const scopes = await rowScopes(this.dataSource, asked, sight, basis);
    if (scopes === null) return null;
    const days = stepEnds(asked);
    const keys = KEYS_OF[isUnitScope(scope) ? 'legs' : 'findings'];
    const [first] = days;
    if (first === undefined) return null;
    // What is due on a day counts from that day on, or from the day it was counted at all: the later of the two.
    const moves = await this.dataSource.query<{ measure: string; day: LocalDate; n: number }[]>(
      `select measure, greatest(day, key_day, $4) as day, sum(delta)::int as n from figure_counter
       where basis = $1 and scope = any($2) and measure = any($3) and day <= $5 and key_day <= $5 group by 1, 2 order by 2, 1`,
      [basis, scopes, Object.keys(keys), first, asked.to],
    );
    const sums: Record<Key, number> = { open: 0, cleared: 0, numerator: 0, denominator: 0, overdue: 0 };
    let next = 0;
    const points = days.map((day): TrendPoint => {
      for (let move = moves[next]; move !== undefined && move.day <= day; move = moves[++next]) {
        for (const key of keys[move.measure] ?? []) sums[key] += move.n;
      }
      const { open, cleared, numerator, denominator, overdue } = sums;
      return { day, open, cleared, rate: { numerator, denominator, percent: shownPercent({ numerator, denominator }) }, overdue };
    });
    const partial = !isUnitScope(scope) && !scopes.includes(`${scope}:${id}`);
    return { scope, id, basis, step, partial, points };
  }
}
