/** Cases of supervision over HTTP: what is answered, and what a leader sends. */

export type ShownCase = {
  number: string | null;
  supervisionId: string;
  state: string;
  subject: { id: string };
  days: number;
  reports: Record<string, unknown>;
  removalAsked: boolean;
};
export type CaseDetail = {
  cases: {
    round: number;
    state: string;
    proposed: { reason: string; grounds: Record<string, unknown> | null; origin: { kind: string } };
    reportList: { period: number; missed: boolean; given: { onTime: boolean } | null }[];
    removals: { asked: { checks: { met: boolean | null; figure: number | null }[] }; decided: { approved: boolean } | null }[];
    days: number;
  }[];
  may: Record<string, boolean>;
  today: { met: boolean | null; figure: number | null }[];
};

/** A plan that holds for 大泽山镇 in July. */
export const plan = (over: Readonly<Record<string, unknown>> = {}) => ({
  reason: '问题多发，挂牌督办。',
  leaderId: 'p-leader-dazeshan',
  rectifierId: 'p-dazeshan-head',
  measures: '逐户排查，每周调度。',
  deadline: '2020-08-31',
  cadence: { every: 5, unit: 'working' },
  criteria: [
    { kind: 'open-at-most', n: 2 },
    { kind: 'no-overdue' },
    { kind: 'no-relapse-for', days: 30 },
    { kind: 'stated', text: '建立长效机制' },
  ],
  ...over,
});
