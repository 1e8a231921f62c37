import { UnitBurdenQueries } from '@app/findings';
import { ExaminationQueries, type Examined } from '@app/inspections';
import { addDays, Clock, idFrom, localDateOf, SYSTEM, type CommandId, type LocalDate, type UnitId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { evaluate, windowOf, type UnitFigures } from '../domain/evaluation';
import type { ExaminedKind, SupervisionRule } from '../domain/supervision-rule.types';
import type { Grounds, SupervisionSubject } from '../domain/supervision.types';
import { SupervisionQueries } from '../read-models/supervision.queries';
import { HandleSupervision, supervisionIdOf } from './handle-supervision';

const summed = (rows: readonly Examined[]): Readonly<{ total: number; bySelf: number }> =>
  rows.reduce((sum, { total, bySelf }) => ({ total: sum.total + total, bySelf: sum.bySelf + bySelf }), { total: 0, bySelf: 0 });
const byKind = (rows: readonly Examined[]): UnitFigures['examined'] => {
  const of = (kind: ExaminedKind) => summed(rows.filter((row) => row.kind === kind));
  return { household: of('household'), project: of('project'), person: of('person'), village: of('village') };
};
const WORDS: Readonly<Record<Grounds['measure'], string>> = { open: '未销号问题', overdue: '超期未整改问题', relapsed: '反弹问题' };

const reasonOf = ({ of, measure, numerator, denominator, per100, threshold, from, to }: Grounds): string =>
  `${from} 至 ${to} ${of === 'department' ? '检查组在全县' : ''}检查 ${String(denominator)} 个对象，他查${WORDS[measure]} ${String(numerator)} 件，` +
  `每百个对象 ${String(per100)} 件，达到规则的 ${String(threshold)} 件。`;

/**
 * Sets each unit's findings against what was examined, as of the end of yesterday, and proposes what a rule says: the machine puts
 * nothing on the list. As often as it likes: a day and a rule propose a unit once.
 */
@Injectable()
export class DailyEvaluation {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(UnitBurdenQueries) private readonly burdens: UnitBurdenQueries,
    @Inject(ExaminationQueries) private readonly examinations: ExaminationQueries,
    @Inject(SupervisionQueries) private readonly queries: SupervisionQueries,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** How many times a rule found a unit over its threshold. Errors: what stores throw. */
  async run(): Promise<number> {
    const asOf = addDays(localDateOf(this.clock.now()), -1);
    let found = 0;
    for (const rule of await this.queries.rulesInForce(asOf)) found += await this.apply(rule, asOf);
    return found;
  }

  private async apply(rule: SupervisionRule, asOf: LocalDate): Promise<number> {
    const { ruleId, version, quietDays } = rule;
    const over = evaluate(rule, await this.figures(rule, asOf), asOf);
    for (const { unitId, grounds } of over) {
      const subject: SupervisionSubject = { kind: 'unit', unitId };
      const origin = { kind: 'rule', ruleId, version } as const;
      const data = { subject, origin, reason: reasonOf(grounds), grounds, quietDays };
      const commandId = idFrom('supervision-rule', ruleId, version, asOf, unitId) as CommandId;
      const intent = { type: 'ProposeListing', data } as const;
      await this.bus.execute(new HandleSupervision(supervisionIdOf(subject), intent, { by: SYSTEM, commandId }));
    }
    return over.length;
  }

  private async figures(rule: SupervisionRule, asOf: LocalDate): Promise<readonly UnitFigures[]> {
    const since = windowOf(rule, asOf);
    const view = await this.directory.view();
    const burdens = await this.burdens.ofKinds([rule.of], asOf, since);
    const examined = await this.examinations.totals(since, asOf);
    // What was examined in a town that was merged since counts for its successor, as its open findings do (R14).
    const within = (town: UnitId) => byKind(examined.filter(({ townId }) => view.currentOf(townId) === town));
    // Nobody tells in which department's field something was examined.
    const everywhere = byKind(examined);
    return [...burdens].flatMap(([unitId, found]) => {
      if (view.unit(unitId)?.status !== 'active') return [];
      return [{ unitId, found, examined: rule.of === 'town' ? within(unitId) : everywhere }];
    });
  }
}
