import type { ReactNode } from 'react';
import type { Duty, Line } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { RadioGroup, SelectField, TextArea, TextField } from '../../ui/fields';
import { Notice } from '../../ui/states';
import { useHolders, type UnitKind } from './directory';
import {
  DUTIES,
  isOverruled,
  LINES,
  needsIndependent,
  withLeg,
  withNewLeg,
  withoutLeg,
  type LegPlan,
  type TransferDraft,
} from './transfer-draft';
import { UnitField, UnitsField } from './unit-fields';
import styles from './office.module.css';

const t = textsOf(zh);
/** Which kinds of unit may stand on which line. */
export const KINDS_OF_LINE: Readonly<Record<Line, readonly UnitKind[]>> = {
  territorial: ['town'],
  sectoral: ['department', 'office'],
  owner: ['company', 'department', 'town'],
};
const ASSISTING: readonly UnitKind[] = ['department', 'town', 'company'];

export type TransferProps = Readonly<{
  value: TransferDraft;
  onChange: (value: TransferDraft) => void;
  proposed: readonly LegPlan[];
  /** The managing office, which must not verify itself. */
  office: string;
  isSingleByNature: boolean;
}>;

type LegsProps = Readonly<{ value: readonly LegPlan[]; onChange: (legs: readonly LegPlan[]) => void }>;

const LegFields = ({ leg, at, value, onChange }: LegsProps & Readonly<{ leg: LegPlan; at: number }>): ReactNode => {
  const put = (changes: Partial<LegPlan>): void => onChange(withLeg(value, at, changes));
  return (
    <fieldset className={styles['leg']}>
      <legend>{t('legN', { n: at + 1, line: wordOf(words, `line.${leg.line}`) })}</legend>
      <div className={styles['legFields']}>
        <SelectField
          label={t('line')}
          value={leg.line}
          onChange={(line) => line !== '' && put({ line })}
          options={LINES.map((line) => ({ value: line, label: wordOf(words, `line.${line}`) }))}
          placeholder={null}
        />
        <UnitField label={t('unit')} kinds={KINDS_OF_LINE[leg.line]} value={leg.unitId} onChange={(unitId) => put({ unitId })} />
        <SelectField<Duty>
          label={t('duty')}
          value={leg.duty}
          onChange={(duty) => duty !== '' && put({ duty })}
          options={DUTIES.map((duty) => ({ value: duty, label: wordOf(words, `duty.${duty}`) }))}
          placeholder={null}
        />
        <Button look="plain" onClick={() => onChange(withoutLeg(value, at))} aria-label={t('legRemoveN', { n: at + 1 })}>
          {t('remove')}
        </Button>
      </div>
    </fieldset>
  );
};

/** Legs as unit, line and duty, and which of them leads. */
export const LegsEditor = ({ value, onChange }: LegsProps): ReactNode => (
  <>
    {value.map((leg, at) => (
      <LegFields key={at} leg={leg} at={at} value={value} onChange={onChange} />
    ))}
    {value.length < LINES.length && (
      <p>
        <Button onClick={() => onChange(withNewLeg(value))}>{t('legAdd')}</Button>
      </p>
    )}
    {value.length > 1 && (
      <RadioGroup
        label={t('leads')}
        value={value.find((leg) => leg.leads)?.line ?? ''}
        onChange={(line) => {
          const at = value.findIndex((leg) => leg.line === line);
          onChange(withLeg(value, at, { leads: true }));
        }}
        options={value.map(({ line }) => ({ value: line, label: wordOf(words, `line.${line}`) }))}
      />
    )}
  </>
);

const IndependentFields = ({ value, onChange }: Pick<TransferProps, 'value' | 'onChange'>): ReactNode => {
  const { independent } = value;
  const put = (changes: Partial<TransferDraft['independent']>): void => onChange({ ...value, independent: { ...independent, ...changes } });
  const people = useHolders(independent.clearerUnitId);
  return (
    <fieldset className={styles['leg']}>
      <legend>{t('independent')}</legend>
      <Notice tone="amber">{t('independentWhy')}</Notice>
      <UnitField label={t('independentUnit')} kinds={['independent']} value={independent.unitId} onChange={(unitId) => put({ unitId })} />
      <UnitField
        label={t('clearerUnit')}
        kinds={['independent', 'county']}
        value={independent.clearerUnitId}
        onChange={(clearerUnitId) => put({ clearerUnitId, clearer: '' })}
      />
      <SelectField label={t('clearer')} value={independent.clearer} onChange={(clearer) => put({ clearer })} options={people} />
      <TextField label={t('authorisedBy')} value={independent.authorisedBy} onChange={(authorisedBy) => put({ authorisedBy })} />
    </fieldset>
  );
};

/** 交办: the legs as proposed, editable; who assists, who gets a copy; reasons where the rules want one. */
export const TransferPart = ({ value, onChange, proposed, office, isSingleByNature }: TransferProps): ReactNode => (
  <>
    {proposed.length === 0 && <Notice tone="amber">{t('noProposal')}</Notice>}
    <LegsEditor value={value.legs} onChange={(legs) => onChange({ ...value, legs })} />
    {isOverruled(value, proposed) && (
      <TextArea
        label={t('overruledBecause')}
        hint={t('overruledHint')}
        value={value.overruledBecause}
        onChange={(overruledBecause) => onChange({ ...value, overruledBecause })}
      />
    )}
    {value.legs.length === 1 && (
      <TextArea
        label={t('singleLegBecause')}
        optional={isSingleByNature}
        value={value.singleLegBecause}
        onChange={(singleLegBecause) => onChange({ ...value, singleLegBecause })}
      />
    )}
    {needsIndependent(value, office) && <IndependentFields value={value} onChange={onChange} />}
    <UnitsField
      label={t('assisting')}
      optional
      kinds={ASSISTING}
      value={value.assisting}
      onChange={(assisting) => onChange({ ...value, assisting })}
    />
    <UnitsField label={t('copies')} optional kinds={ASSISTING} value={value.copies} onChange={(copies) => onChange({ ...value, copies })} />
  </>
);
