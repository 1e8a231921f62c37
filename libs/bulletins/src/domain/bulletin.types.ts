import type { Brand, LocalDate, UnitId } from '@app/kernel';

/** The kind and how many of it there have been: `monthly-3`. It is the number itself, so that no two issues can have the same one. */
export type BulletinId = Brand<string, 'BulletinId'>;
/** 工作简报 of any period · 月调度表 · 季度通报 · 半年督查报告 · 年度考核表. */
export const BULLETIN_KINDS = ['bulletin', 'monthly', 'quarterly', 'half-yearly', 'annual'] as const;
export type BulletinKind = (typeof BULLETIN_KINDS)[number];
/** Both days included. */
export type BulletinPeriod = Readonly<{ from: LocalDate; to: LocalDate }>;

/** 一、总体情况 二、镇街情况 三、部门情况 四、存在问题 五、下步要求. */
export const BULLETIN_SECTIONS = ['overall', 'towns', 'departments', 'problems', 'next'] as const;
export type BulletinSection = (typeof BULLETIN_SECTIONS)[number];
export type BulletinTexts = Readonly<Record<BulletinSection, string>>;

/** Boards whose numbers are frozen; towns and departments count legs, the others findings (R31). */
export const FROZEN_SCOPES = ['county', 'town', 'department', 'list', 'source', 'category'] as const;
export type FrozenScope = (typeof FROZEN_SCOPES)[number];

/** A rate as what it rests on, never as a percentage. */
export type Share = Readonly<{ numerator: number; denominator: number }>;
export type Measures = Readonly<{ figures: Readonly<Record<string, number>>; rates: Readonly<Record<string, Share>> }>;
/** 整改清零 rectified, 销号清零 cleared; with the day it was reached and the day it was lost (R37). */
export type FrozenZero = Readonly<{ kind: 'rectified' | 'cleared'; reached: LocalDate; lost: LocalDate | null }>;
export type FrozenRow = Measures &
  Readonly<{
    id: string;
    /** As it was called at the issue. */
    name: string;
    zeros: readonly FrozenZero[];
    /** 无问题 (R37). */
    nothingFiled: boolean;
    /** The same row of the issue before this one; null where it was not in it. */
    before: Measures | null;
  }>;
export type FrozenTable = Readonly<{
  scope: FrozenScope;
  rows: readonly FrozenRow[];
  /** Rows with the fewest open that the table has no room for. */
  leftOut: number;
}>;
export type FrozenFigures = Readonly<{
  tables: readonly FrozenTable[];
  /** R31: never added together. */
  footnote: Readonly<{ townLegs: number; departmentLegs: number; findings: number }>;
  /** 历史结转, beside the rates (R29). */
  carryOvers: number;
}>;

/** One frozen number and what is known of it since. */
export type CorrectionLine = Readonly<{ scope: FrozenScope; id: string; name: string; figure: string; was: number; is: number }>;
/** A correction line as a later issue prints it. */
export type PrintedCorrection = CorrectionLine &
  Readonly<{
    bulletinId: BulletinId;
    /** Of the correction in the stream of its issue. */
    revision: number;
    label: string;
    asOf: LocalDate;
    reason: string;
  }>;

/** Everything that an issue says; its files follow from this alone. */
export type BulletinContent = Readonly<{
  bulletinId: BulletinId;
  kind: BulletinKind;
  /** Of the issue; numbers begin anew with it. */
  year: number;
  /** 第n期 of its kind in its year. */
  number: number;
  /** 总第n期 of its kind. */
  total: number;
  title: string;
  unit: Readonly<{ id: UnitId; name: string }>;
  signer: string;
  copies: readonly string[];
  /** Figures are those recorded by the end of `to` (R15). */
  period: BulletinPeriod;
  /** Of the event store, decimal digits: the log up to here gives these figures. */
  position: string;
  template: Readonly<{ id: string; version: number }>;
  /** Places by the first rate, among rows of at least ten (R36); off unless asked for. */
  ranked: boolean;
  texts: BulletinTexts;
  figures: FrozenFigures;
  previous: Readonly<{ bulletinId: BulletinId; label: string; asOf: LocalDate }> | null;
  /** What became known of earlier issues of this kind since the last one. */
  corrections: readonly PrintedCorrection[];
}>;
