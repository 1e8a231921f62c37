import { useState, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import actions from '../../i18n/zh/actions.json';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { word, wordsOf } from '../../i18n/words';
import { write } from '../../api/calls';
import { selectionsJudge } from '../../api/generated/sdk.gen';
import type { SampledShown, SelectionAnswer } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { RadioGroup, TextArea } from '../../ui/fields';
import { Actions, Card, Facts, FormFault, Loaded, Notice, Tag } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { Album } from '../finding/album';
import { useDetail } from '../finding/detail';
import type { Method } from './selection';
import { RowName } from './row-name';
import styles from './selections.module.css';

const t = textsOf(zh);
const a = textsOf(actions);
const METHODS = ['on-site', 'documents', 'data'] as const;
type Verdict = 'passed' | 'failed';

/** What the unit claims and shows: before and after, beside each other. */
const Proof = ({ findingId }: Readonly<{ findingId: string }>): ReactNode => (
  <Loaded query={useDetail(findingId)}>
    {(finding) => (
      <>
        <Facts
          of={finding.legs.flatMap(({ unit, report }) =>
            report === null
              ? []
              : [[unit.name, t('reported', { measures: report.measures, effect: report.effect, text: report.text })] as const],
          )}
        />
        <Album finding={finding} />
      </>
    )}
  </Loaded>
);

const Judging = ({ id, row }: Readonly<{ id: string; row: SampledShown }>): ReactNode => {
  const [verdict, setVerdict] = useState<Verdict | ''>('');
  const [method, setMethod] = useState<Method | ''>('');
  const [text, setText] = useState('');
  const { tried, busy, error, send } = useAct();
  const queries = useQueryClient();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (verdict === '' || method === '') return send(false, () => Promise.resolve());
    const body = { passed: verdict === 'passed', method, text: text.trim() };
    send(body.text !== '', async () => {
      await write((headers) => selectionsJudge({ path: { id, findingId: row.findingId }, body, headers }));
      await queries.invalidateQueries({ queryKey: ['selections'] });
    });
  };
  return (
    <form noValidate onSubmit={submit}>
      <RadioGroup
        label={t('verdict')}
        value={verdict}
        onChange={setVerdict}
        fault={tried && verdict === '' ? a('choose', { label: t('verdict') }) : null}
        options={[
          { value: 'passed', label: t('samplePasses') },
          { value: 'failed', label: t('sampleFails') },
        ]}
      />
      <RadioGroup
        label={a('method')}
        value={method}
        onChange={setMethod}
        fault={tried && method === '' ? a('choose', { label: a('method') }) : null}
        options={wordsOf('method', METHODS)}
      />
      <TextArea
        label={t('seen')}
        value={text}
        onChange={setText}
        maxLength={2_000}
        fault={tried && text.trim() === '' ? a('required', { label: t('seen') }) : null}
      />
      {verdict === 'failed' && <Notice tone="amber">{t('failsNote')}</Notice>}
      <FormFault error={error} />
      <Actions>
        <Button type="submit" look={verdict === 'failed' ? 'danger' : 'primary'} busy={busy}>
          {t('judge')}
        </Button>
      </Actions>
    </form>
  );
};

const TONES = { open: 'amber', passed: 'green', failed: 'red' } as const;

const Sample = ({ selection, row, n }: Readonly<{ selection: SelectionAnswer; row: SampledShown; n: number }>): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const verdict = row.sample ?? 'open';
  return (
    <section className={styles['sample']} aria-label={t('sampleN', { n })}>
      <h3>
        {t('sampleN', { n })} <Tag tone={TONES[verdict]}>{t(`verdict.${verdict}`)}</Tag>
      </h3>
      <RowName row={row} />
      {row.said !== null && (
        <p>
          {row.said} <span className={styles['soft']}>{[word('method', row.method), row.judgedBy?.name].filter(Boolean).join(' · ')}</span>
        </p>
      )}
      <Actions>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('closeSample') : t('openSample')}
        </Button>
      </Actions>
      {isOpen && <Proof findingId={row.findingId} />}
      {isOpen && verdict === 'open' && selection.state === 'sampling' && <Judging id={selection.selectionId} row={row} />}
    </section>
  );
};

/** 抽查: which rows were drawn, how, and what somebody saw of each; nothing is verified before all of them passed. */
export const SamplePart = ({ selection }: Readonly<{ selection: SelectionAnswer }>): ReactNode => {
  const { counts, sample, seed } = selection;
  if (sample === null) return null;
  return (
    <Card title={t('sample')}>
      <p>{t('sampleSize', { of: counts.rows - counts.refused - counts.leftOut, n: counts.sample })}</p>
      <details>
        <summary className={styles['summary']}>{t('howDrawn')}</summary>
        <p>{t('drawnBy')}</p>
        {seed !== null && <p className={styles['seed']}>{t('seed', { seed })}</p>}
      </details>
      {selection.state === 'sampling' && <p role="status">{t('sampleLeft', { n: counts.sampleOpen, of: counts.sample })}</p>}
      {sample.map((row, at) => (
        <Sample key={row.findingId} selection={selection} row={row} n={at + 1} />
      ))}
    </Card>
  );
};
