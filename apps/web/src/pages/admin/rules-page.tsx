import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { calendarRules } from '../../api/generated/sdk.gen';
import type { CalendarRulesResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { Actions, Card, Loaded, Notice, Tag } from '../../ui/states';
import { AdminPage } from './admin-frame';
import { useCategories } from './data';
import { periodWords, phaseOf } from './period';
import { RetireRuleDialog, SetRuleDialog } from './rule-acts';
import { daysWords, kindWords, ruleGroups, scopeWords, type RuleGroup } from './rules';
import { ownWord, t } from './texts';
import styles from './admin.module.css';

type Open = Readonly<{ act: 'set' | 'retire'; group: RuleGroup }> | 'new' | null;
const TONES = { now: 'green', coming: 'blue', past: 'grey' } as const;

const RuleCard = ({
  group,
  reasons,
  onOpen,
}: Readonly<{ group: RuleGroup; reasons: ReadonlyMap<string, string>; onOpen: (open: Open) => void }>): ReactNode => {
  const { today } = useSession().who;
  const { nameOf } = useCategories();
  return (
    <Card title={`${kindWords(group.kind)} · ${group.current === null ? t('ruleNone') : daysWords(group.current)}`}>
      <ul className={styles['lines']}>
        {group.versions.map((rule) => {
          const phase = phaseOf(rule, today);
          const reason = reasons.get(`${rule.id}@${String(rule.version)}`);
          return (
            <li key={rule.version}>
              <span>
                <strong>{daysWords(rule)}</strong> {t('ruleFor', { scope: scopeWords(rule, nameOf) })} {periodWords(rule)}
                {reason !== undefined && <span className={styles['detail']}> {t('ruleReason', { reason })}</span>}
              </span>
              <span>
                {t('version', { n: rule.version })} <Tag tone={TONES[phase]}>{ownWord('phase', phase)}</Tag>
              </span>
            </li>
          );
        })}
      </ul>
      <p className={styles['detail']}>{t('ruleId', { id: group.id })}</p>
      <Actions>
        <Button onClick={() => onOpen({ act: 'set', group })} aria-label={t('ruleSetOf', { id: group.id })}>
          {t('ruleSet')}
        </Button>
        {group.current !== null && (
          <Button look="danger" onClick={() => onOpen({ act: 'retire', group })} aria-label={t('ruleRetireOf', { id: group.id })}>
            {t('ruleRetire')}
          </Button>
        )}
      </Actions>
    </Card>
  );
};

const Rules = ({ inForce, versions, onOpen }: CalendarRulesResponse & Readonly<{ onOpen: (open: Open) => void }>): ReactNode => {
  const { today } = useSession().who;
  const reasons = new Map(versions.map(({ id, version, reason }) => [`${id}@${String(version)}`, reason]));
  return ruleGroups(inForce, today).map((group) => <RuleCard key={group.id} group={group} reasons={reasons} onOpen={onOpen} />);
};

/** 时限规则: dated versions; due times that were given stand. */
export default function RulesPage(): ReactNode {
  const query = useQuery({ queryKey: ['admin', 'rules'], queryFn: () => read(calendarRules()) });
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  return (
    <AdminPage
      title={t('area.rules')}
      tools={
        <Button look="primary" onClick={() => setOpen('new')}>
          {t('ruleNew')}
        </Button>
      }
    >
      <Notice>{t('rulesHint')}</Notice>
      <Loaded query={query}>{(data) => <Rules {...data} onOpen={setOpen} />}</Loaded>
      {open === 'new' && <SetRuleDialog group={null} onClose={close} />}
      {open !== null && open !== 'new' && open.act === 'set' && <SetRuleDialog group={open.group} onClose={close} />}
      {open !== null && open !== 'new' && open.act === 'retire' && <RetireRuleDialog group={open.group} onClose={close} />}
    </AdminPage>
  );
}
