import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { supervisionRulesRetire, supervisionRulesRules, supervisionRulesSet } from '../../api/generated/sdk.gen';
import type { SupervisionRules } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button, LinkButton } from '../../ui/button';
import { CheckGroup, SelectField, TextArea, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Card, Loaded, Notice, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { StepDialog } from './step-dialog';
import { c, missing, own, t, wholeOf } from './words';
import styles from './supervision.module.css';

type Version = SupervisionRules['versions'][number];
type Which = Pick<Version, 'ruleId' | 'of' | 'measure'>;
const KINDS = ['household', 'project', 'person', 'village'] as const;
const UNITS = ['town', 'department'] as const;
const MEASURES = ['open', 'overdue', 'relapsed'] as const;

const nameOf = ({ of, measure }: Which): string => t('ruleOf', { of: own('of', of), measure: own('measure', measure) });
/** What no rule looks at yet. */
const lacking = (rules: readonly Which[]): readonly Which[] =>
  UNITS.flatMap((of) => MEASURES.map((measure) => ({ ruleId: `${of}-${measure}`, of, measure }))).filter(
    (one) => !rules.some((rule) => rule.ruleId === one.ruleId || (rule.of === one.of && rule.measure === one.measure)),
  );

/** `adds`: one of these, set for the first time; its numbers begin as those of `rule`, but nobody's threshold is taken over. */
const SetDialog = ({ rule, adds, onClose }: Readonly<{ rule: Version; adds?: readonly Which[]; onClose: () => void }>): ReactNode => {
  const { today } = useSession().who;
  const [chosen, setChosen] = useState(adds?.[0]?.ruleId ?? '');
  const which = adds?.find(({ ruleId }) => ruleId === chosen) ?? rule;
  const [threshold, setThreshold] = useState(adds === undefined ? String(rule.threshold) : '');
  const [minimum, setMinimum] = useState(String(rule.minimum));
  const [windowDays, setWindowDays] = useState(String(rule.windowDays));
  const [kinds, setKinds] = useState<readonly (typeof KINDS)[number][]>(rule.kinds);
  const [peerFactor, setPeerFactor] = useState(rule.peerFactor === null ? '' : String(rule.peerFactor));
  const [quietDays, setQuietDays] = useState(String(rule.quietDays));
  const [from, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const decimal = (text: string, least: number): number | null =>
    /^\d{1,4}(\.\d{1,2})?$/.test(text) && Number(text) >= least ? Number(text) : null;
  const numbers = {
    threshold: decimal(threshold, 0.01),
    minimum: wholeOf(minimum, 10, 1_000_000),
    windowDays: wholeOf(windowDays, 7, 366),
    quietDays: wholeOf(quietDays, 0, 366),
    peerFactor: peerFactor === '' ? 0 : decimal(peerFactor, 1),
  };
  const faults = {
    kinds: kinds.length === 0 ? t('kindsMissing') : null,
    from: missing(from, t('ruleStart')),
    reason: missing(reason, t('reason')),
  };
  const { threshold: many, minimum: least, windowDays: window, quietDays: quiet, peerFactor: factor } = numbers;
  const complete = Object.values(faults).every((fault) => fault === null);
  const body =
    complete && many !== null && least !== null && window !== null && quiet !== null && factor !== null
      ? {
          of: which.of,
          measure: which.measure,
          threshold: many,
          minimum: least,
          windowDays: window,
          kinds: [...kinds],
          peerFactor: factor === 0 ? null : factor,
          quietDays: quiet,
          from,
          reason: reason.trim(),
        }
      : null;
  return (
    <StepDialog
      title={adds === undefined ? t('ruleSetOf', { id: rule.ruleId }) : t('ruleAdd')}
      submit={t('ruleSet')}
      body={body}
      send={(content, headers) => supervisionRulesSet({ path: { ruleId: which.ruleId }, body: content, headers })}
      done={t('ruleSaved')}
      onClose={onClose}
    >
      {(isTried) => {
        const wrong = (n: number | null): string | null => (isTried && n === null ? t('numberInvalid') : null);
        return (
          <>
            {adds === undefined ? (
              <p>{nameOf(rule)}</p>
            ) : (
              <SelectField
                label={t('ruleWhich')}
                value={chosen}
                onChange={setChosen}
                placeholder={null}
                options={adds.map((one) => ({ value: one.ruleId, label: nameOf(one) }))}
              />
            )}
            <div className={styles['two']}>
              <TextField label={t('threshold')} inputMode="decimal" value={threshold} onChange={setThreshold} fault={wrong(many)} />
              <TextField label={t('minimum')} inputMode="numeric" value={minimum} onChange={setMinimum} fault={wrong(least)} />
              <TextField label={t('windowDays')} inputMode="numeric" value={windowDays} onChange={setWindowDays} fault={wrong(window)} />
              <TextField label={t('quietDays')} inputMode="numeric" value={quietDays} onChange={setQuietDays} fault={wrong(quiet)} />
              <TextField
                label={t('peerFactor')}
                optional
                inputMode="decimal"
                value={peerFactor}
                onChange={setPeerFactor}
                fault={wrong(factor)}
              />
              <TextField
                type="date"
                label={t('ruleStart')}
                min={today}
                value={from}
                onChange={setFrom}
                fault={isTried ? faults.from : null}
              />
            </div>
            <CheckGroup
              label={t('kinds')}
              options={KINDS.map((value) => ({ value, label: own('kind', value) }))}
              value={kinds}
              onChange={setKinds}
              fault={isTried ? faults.kinds : null}
            />
            <TextArea label={t('reason')} value={reason} onChange={setReason} maxLength={500} fault={isTried ? faults.reason : null} />
          </>
        );
      }}
    </StepDialog>
  );
};

const RetireDialog = ({ rule, onClose }: Readonly<{ rule: Version; onClose: () => void }>): ReactNode => {
  const [to, setTo] = useState(useSession().who.today);
  const [reason, setReason] = useState('');
  const faults = { to: missing(to, t('ruleEnd')), reason: missing(reason, t('reason')) };
  return (
    <StepDialog
      title={t('ruleRetireOf', { id: rule.ruleId })}
      submit={t('ruleRetire')}
      danger
      body={faults.to === null && faults.reason === null ? { to, reason: reason.trim() } : null}
      send={(body, headers) => supervisionRulesRetire({ path: { ruleId: rule.ruleId }, body, headers })}
      done={t('ruleSaved')}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField type="date" label={t('ruleEnd')} value={to} onChange={setTo} fault={isTried ? faults.to : null} />
          <TextArea label={t('reason')} value={reason} onChange={setReason} maxLength={500} fault={isTried ? faults.reason : null} />
        </>
      )}
    </StepDialog>
  );
};

const saysOf = (rule: Version): string =>
  [
    t('ruleSays', { measure: own('measure', rule.measure), threshold: rule.threshold, minimum: rule.minimum, window: rule.windowDays }),
    t('ruleKinds', { kinds: rule.kinds.map((kind) => own('kind', kind)).join(t('comma')) }),
    ...(rule.peerFactor === null ? [] : [t('rulePeers', { factor: rule.peerFactor })]),
    t('ruleQuiet', { days: rule.quietDays }),
  ].join(t('semicolon'));

const RuleCard = ({ versions, inForce }: Readonly<{ versions: readonly Version[]; inForce: number | null }>): ReactNode => {
  const [open, setOpen] = useState<'set' | 'retire' | null>(null);
  const last = versions.at(-1);
  if (last === undefined) return null;
  const close = (): void => setOpen(null);
  return (
    <Card title={nameOf(last)}>
      <ul className={styles['lines']}>
        {[...versions].reverse().map((rule) => (
          <li key={rule.version}>
            {t('ruleVersion', { n: rule.version })} {t('ruleFrom', { from: dayWords(rule.from) })}{' '}
            {rule.to !== null && t('ruleTo', { to: dayWords(rule.to) })}{' '}
            {rule.version === inForce && <Tag tone="green">{t('ruleInForce')}</Tag>}
            <div>{saysOf(rule)}</div>
            {rule.reason !== '' && <div className={styles['soft']}>{t('ruleReason', { reason: rule.reason })}</div>}
          </li>
        ))}
      </ul>
      <Actions>
        <Button onClick={() => setOpen('set')} aria-label={t('ruleSetOf', { id: last.ruleId })}>
          {t('ruleSet')}
        </Button>
        {last.to === null && (
          <Button look="danger" onClick={() => setOpen('retire')} aria-label={t('ruleRetireOf', { id: last.ruleId })}>
            {t('ruleRetire')}
          </Button>
        )}
      </Actions>
      {open === 'set' && <SetDialog rule={last} onClose={close} />}
      {open === 'retire' && <RetireDialog rule={last} onClose={close} />}
    </Card>
  );
};

const Rules = ({ inForce, versions }: SupervisionRules): ReactNode => {
  const [isAdding, setAdding] = useState(false);
  const ids = [...new Set(versions.map(({ ruleId }) => ruleId))];
  const last = ids.flatMap((id) => versions.findLast(({ ruleId }) => ruleId === id) ?? []);
  const adds = lacking(last);
  const [first] = last;
  return (
    <>
      {ids.map((id) => (
        <RuleCard
          key={id}
          versions={versions.filter(({ ruleId }) => ruleId === id)}
          inForce={inForce.find(({ ruleId }) => ruleId === id)?.version ?? null}
        />
      ))}
      {adds.length > 0 && (
        <Actions>
          <Button onClick={() => setAdding(true)}>{t('ruleAdd')}</Button>
        </Actions>
      )}
      {isAdding && first !== undefined && <SetDialog rule={first} adds={adds} onClose={() => setAdding(false)} />}
    </>
  );
};

/** 挂牌规则: dated versions of when a unit is proposed. */
export default function SupervisionRulesPage(): ReactNode {
  const query = useQuery({ queryKey: ['supervision', 'rules'], queryFn: () => read(supervisionRulesRules()) });
  return (
    <Page title={t('rulesTitle')} tools={<LinkButton to="/admin">{c('back')}</LinkButton>}>
      <Notice>{t('rulesNote')}</Notice>
      <Loaded query={query}>{(rules) => <Rules {...rules} />}</Loaded>
    </Page>
  );
}
