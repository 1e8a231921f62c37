import { FindingReader, UnitBurdenQueries } from '@app/findings';
import { addDays, Clock, localDateOf, type LocalDate } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { checkCriteria, type CaseFigures } from '../domain/criteria';
import type { CriterionCheck, RemovalCriterion, SupervisionSubject } from '../domain/supervision.types';

const NOTHING = { byOthers: 0, bySelf: 0 };
const NO_BURDEN = { open: NOTHING, overdue: NOTHING, relapsed: NOTHING };

/** The figures of this moment beside the criteria of a case. */
@Injectable()
export class CaseFigureService {
  constructor(
    @Inject(UnitBurdenQueries) private readonly burdens: UnitBurdenQueries,
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async check(subject: SupervisionSubject, criteria: readonly RemovalCriterion[]): Promise<readonly CriterionCheck[]> {
    const asOf = localDateOf(this.clock.now());
    return checkCriteria(criteria, await this.figuresOf(subject, criteria, asOf), asOf);
  }

  /** A unit is held to everything it owes, whoever found it: the case ends when the work is done. */
  private async figuresOf(subject: SupervisionSubject, criteria: readonly RemovalCriterion[], asOf: LocalDate): Promise<CaseFigures> {
    if (subject.kind === 'finding') {
      const { state } = await this.findings.load(subject.findingId);
      const cleared = state.phase === 'cleared' || state.phase === 'ended';
      return { open: 0, overdue: 0, relapsesSince: () => 0, cleared };
    }
    const days = [...new Set(criteria.flatMap((one) => (one.kind === 'no-relapse-for' ? [one.days] : [])))];
    const relapses = new Map<LocalDate, number>();
    let burden = days.length === 0 ? await this.burdens.of(subject.unitId, asOf, asOf) : NO_BURDEN;
    for (const n of days) {
      const since = addDays(asOf, 1 - n);
      burden = await this.burdens.of(subject.unitId, asOf, since);
      relapses.set(since, burden.relapsed.byOthers + burden.relapsed.bySelf);
    }
    const { open, overdue } = burden;
    return {
      open: open.byOthers + open.bySelf,
      overdue: overdue.byOthers + overdue.bySelf,
      relapsesSince: (day) => relapses.get(day) ?? 0,
      cleared: null,
    };
  }
}
