import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { read } from '../../api/calls';
import { escalationOfFinding } from '../../api/generated/sdk.gen';
import type { LadderOfFinding } from '../../api/generated/types.gen';
import { Card, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import type { Detail } from './detail';

const t = textsOf(zh);
type Ladder = LadderOfFinding['ladders'][number];
type Rung = LadderOfFinding['rungs'][number];
const TONES = { proposed: 'amber', issued: 'blue', declined: 'grey', lapsed: 'grey' } as const;

const Step = ({ step, rung }: Readonly<{ step: Ladder['steps'][number]; rung: Rung | undefined }>): ReactNode => (
  <li>
    <strong>{word('rung', step.step)}</strong> {t('ladderStep', { n: step.days, day: dayWords(step.reachedOn) })}{' '}
    <small>{t('ladderRule', { id: step.rule.id, version: step.rule.version })}</small>{' '}
    {rung !== undefined && <Tag tone={TONES[rung.state]}>{word('rung-state', rung.state)}</Tag>}{' '}
    {rung?.decidedBy != null && rung.decidedAt !== null && t('ladderDecided', { name: rung.decidedBy.name, day: dayWords(rung.decidedAt) })}
  </li>
);

const One = ({ ladder, rungs }: Readonly<{ ladder: Ladder; rungs: readonly Rung[] }>): ReactNode => (
  <>
    <p>
      {t('ladderOf', { unit: ladder.unit.name, due: dayWords(ladder.dueOn) })}{' '}
      {ladder.halted !== null && <Tag>{word('rung-ground', ladder.halted)}</Tag>}{' '}
      {ladder.next !== null && t('ladderNext', { step: word('rung', ladder.next.step), day: dayWords(ladder.next.on) })}
    </p>
    <ol>
      {ladder.steps.map((step) => (
        <Step
          key={step.step}
          step={step}
          rung={rungs.find(({ rung, legId, dueAt }) => rung === step.step && legId === ladder.legId && dueAt === ladder.dueAt)}
        />
      ))}
    </ol>
  </>
);

/** 督办阶梯: what an overdue leg has gone through, what comes next and when, by which rule. Nothing while no due time was missed. */
export const Ladders = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { findingId } = finding;
  const { data } = useQuery({
    queryKey: ['findings', findingId, 'ladder'],
    queryFn: () => read(escalationOfFinding({ path: { id: findingId } })),
  });
  if (data === undefined || data.ladders.length === 0) return null;
  return (
    <Card title={t('ladder')}>
      {data.ladders.map((ladder) => (
        <One key={`${ladder.legId} ${ladder.unit.id} ${ladder.dueAt}`} ladder={ladder} rungs={data.rungs} />
      ))}
      {data.rungs.length > 0 && (
        <p>
          <Link to="/escalation">{t('ladderAll')}</Link>
        </p>
      )}
    </Card>
  );
};
