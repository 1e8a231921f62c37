import type { ReactNode } from 'react';
import type { Seriousness } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { RadioGroup, TextArea, TextField } from '../../ui/fields';
import { ACCEPTED_AS, type AcceptanceDraft, SERIOUSNESS } from './acceptance-draft';
import styles from './office.module.css';

const t = textsOf(zh);
type Props = Readonly<{ value: AcceptanceDraft; onChange: (value: AcceptanceDraft) => void; fault: string | null }>;

const Stages = ({ value, onChange }: Props): ReactNode => {
  const put = (at: number, change: Partial<AcceptanceDraft['stages'][number]>): void =>
    onChange({ ...value, stages: value.stages.map((stage, i) => (i === at ? { ...stage, ...change } : stage)) });
  return (
    <>
      {value.stages.map((stage, at) => (
        <fieldset key={at} className={styles['leg']}>
          <legend>{t('stageN', { n: at + 1 })}</legend>
          <TextField label={t('stageText')} value={stage.text} onChange={(text) => put(at, { text })} />
          <TextField label={t('stageCheckOn')} type="date" value={stage.checkOn} onChange={(checkOn) => put(at, { checkOn })} />
          {value.stages.length > 1 && (
            <Button
              look="plain"
              onClick={() => onChange({ ...value, stages: value.stages.filter((_, i) => i !== at) })}
              aria-label={t('stageRemoveN', { n: at + 1 })}
            >
              {t('remove')}
            </Button>
          )}
        </fieldset>
      ))}
      <p>
        <Button onClick={() => onChange({ ...value, stages: [...value.stages, { text: '', checkOn: '' }] })}>{t('stageAdd')}</Button>
      </p>
    </>
  );
};

/** 研判成立: as what it is to be put right, and how serious it is. */
export const AcceptancePart = ({ value, onChange, fault }: Props): ReactNode => (
  <>
    <RadioGroup
      label={t('acceptedAs')}
      value={value.rectification}
      onChange={(rectification) =>
        onChange({
          ...value,
          rectification,
          stages: rectification === 'staged' && value.stages.length === 0 ? [{ text: '', checkOn: '' }] : value.stages,
        })
      }
      options={ACCEPTED_AS.map((kind) => ({ value: kind, label: wordOf(words, `rectification.${kind}`) }))}
      fault={fault}
    />
    {value.rectification === 'staged' && <Stages value={value} onChange={onChange} fault={null} />}
    <RadioGroup<Seriousness>
      label={t('seriousness')}
      value={value.seriousness}
      onChange={(seriousness) => seriousness !== '' && onChange({ ...value, seriousness })}
      options={SERIOUSNESS.map((one) => ({ value: one, label: wordOf(words, `seriousness.${one}`) }))}
    />
    <TextArea label={t('acceptReason')} optional value={value.reason} onChange={(reason) => onChange({ ...value, reason })} />
  </>
);
