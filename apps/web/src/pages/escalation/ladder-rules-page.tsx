import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { ladderRulesRules } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Page } from '../../ui/page';
import { Actions, Card, Loaded, Notice, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { EndRuleDialog, SetRuleDialog, type LadderRule } from './ladder-rule-dialogs';
import { t } from './rungs';

type Open = Readonly<{ act: 'set' | 'end'; rule: LadderRule }> | 'new' | null;
/** The versions of one rule, newest first. */
type Group = readonly [LadderRule, ...LadderRule[]];

const groupsOf = (versions: readonly LadderRule[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const rule of versions) groups.set(rule.id, [rule, ...(groups.get(rule.id) ?? [])]);
  return [...groups.values()];
};

const phaseOf = ({ from, to }: LadderRule, today: string): 'inForce' | 'coming' | 'past' =>
  to !== null && (to < today || to < from) ? 'past' : from > today ? 'coming' : 'inForce';
const TONES = { inForce: 'green', coming: 'blue', past: 'grey' } as const;

const saysOf = ({ days, addressees, replyDays, source, seriousness }: LadderRule): string =>
  [
    t('daysLine', { n: days }),
    addressees.map((kind) => word('addressee', kind)).join(t('comma')),
    replyDays === null ? '' : t('replyDaysLine', { n: replyDays }),
    [word('source', source), word('seriousness', seriousness)].filter(Boolean).join(' ') || t('scopeAll'),
  ]
    .filter(Boolean)
    .join(' · ');

const RuleCard = ({ group, onOpen }: Readonly<{ group: Group; onOpen: (open: Open) => void }>): ReactNode => {
  const { today } = useSession().who;
  const [newest] = group;
  return (
    <Card title={`${word('rung', newest.step)} · ${newest.id}`}>
      <ul>
        {group.map((rule) => {
          const phase = phaseOf(rule, today);
          return (
            <li key={rule.version}>
              {saysOf(rule)} · {rule.version === 1 && rule.reason === '' ? t('byDefault') : t('version', { n: rule.version })}{' '}
              {rule.to === null
                ? t('period', { from: dayWords(rule.from) })
                : t('periodTo', { from: dayWords(rule.from), to: dayWords(rule.to) })}{' '}
              <Tag tone={TONES[phase]}>{t(phase)}</Tag> {rule.reason}
            </li>
          );
        })}
      </ul>
      <Actions>
        <Button onClick={() => onOpen({ act: 'set', rule: newest })} aria-label={t('ruleSetOf', { id: newest.id })}>
          {t('ruleSet')}
        </Button>
        {newest.to === null && (
          <Button look="danger" onClick={() => onOpen({ act: 'end', rule: newest })} aria-label={t('ruleEndOf', { id: newest.id })}>
            {t('ruleEnd')}
          </Button>
        )}
      </Actions>
    </Card>
  );
};

/** 督办阶梯规则: dated versions; what is overdue keeps its ladder. */
export default function LadderRulesPage(): ReactNode {
  const query = useQuery({ queryKey: ['findings', 'ladder-rules'], queryFn: () => read(ladderRulesRules()) });
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  return (
    <Page
      title={t('ladderTitle')}
      tools={
        <Button look="primary" onClick={() => setOpen('new')}>
          {t('ruleNew')}
        </Button>
      }
    >
      <p>
        <Link to="/admin">{t('ladderBack')}</Link>
      </p>
      <Notice>{t('ladderNote')}</Notice>
      <Loaded query={query}>
        {({ versions }) => groupsOf(versions).map((group) => <RuleCard key={group[0].id} group={group} onOpen={setOpen} />)}
      </Loaded>
      {open === 'new' && <SetRuleDialog rule={null} onClose={close} />}
      {open !== null && open !== 'new' && open.act === 'set' && <SetRuleDialog rule={open.rule} onClose={close} />}
      {open !== null && open !== 'new' && open.act === 'end' && <EndRuleDialog rule={open.rule} onClose={close} />}
    </Page>
  );
}
