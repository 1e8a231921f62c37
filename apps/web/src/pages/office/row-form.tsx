import { useState, type ReactNode } from 'react';
import type { Manner, Seriousness, SubjectKind } from '../../api/generated/types.gen';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/lists.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { SelectField, TextArea, TextField, type Option } from '../../ui/fields';
import { Actions, FormFault, Notice } from '../../ui/states';
import { ACCEPTED_AS, SERIOUSNESS } from './acceptance-draft';
import { useCategories, useUnits } from './directory';
import { rowFaults, type RowDraft, type RowFault } from './row-draft';
import { LegsEditor } from './transfer-part';
import { UnitField } from './unit-fields';
import { useAct } from '../../ui/use-act';
import styles from './office.module.css';

const t = textsOf(zh);
const said = textsOf(common);
const SUBJECTS: readonly SubjectKind[] = ['household', 'person', 'project', 'village', 'unit', 'facility', 'other'];
const MANNERS: readonly Manner[] = ['on-site', 'household', 'documents', 'data', 'unannounced'];
const named = <T extends string>(codes: readonly T[], of: string): readonly Option<T>[] =>
  codes.map((value) => ({ value, label: wordOf(words, `${of}.${value}`) }));

type Props = Readonly<{
  start: RowDraft;
  /** A row that is there keeps its number and its subject; what is changed needs a reason. */
  isCorrection: boolean;
  save: (draft: RowDraft, reason: string) => Promise<void>;
}>;

export const RowForm = ({ start, isCorrection, save }: Props): ReactNode => {
  const [row, setRow] = useState(start);
  const [reason, setReason] = useState('');
  const { options: categories } = useCategories();
  const { options } = useUnits();
  const { tried, busy, error, send } = useAct();
  const faults = rowFaults(row);
  const put = (changes: Partial<RowDraft>): void => setRow((known) => ({ ...known, ...changes }));
  const faultOf = (fault: RowFault, label: string): string | null => (tried && faults.includes(fault) ? said('required', { label }) : null);
  return (
    <div className={styles['fields']}>
      {!isCorrection && <TextField label={t('rowNumber')} optional value={row.number} onChange={(number) => put({ number })} />}
      <SelectField
        label={t('category')}
        value={row.category}
        onChange={(category) => put({ category })}
        options={categories}
        fault={faultOf('category', t('category'))}
      />
      <div className={styles['wideField']}>
        <TextArea label={t('text')} value={row.text} onChange={(text) => put({ text })} fault={faultOf('text', t('text'))} />
      </div>
      {!isCorrection && (
        <>
          <SelectField
            label={t('subjectKind')}
            value={row.subjectKind}
            onChange={(subjectKind) => subjectKind !== '' && put({ subjectKind })}
            options={named(SUBJECTS, 'subject')}
            placeholder={null}
          />
          <TextField
            label={t('subjectName')}
            autoComplete="off"
            value={row.subjectName}
            onChange={(subjectName) => put({ subjectName })}
            fault={faultOf('subjectName', t('subjectName'))}
          />
        </>
      )}
      <UnitField
        label={t('town')}
        kinds={['town']}
        value={row.townId}
        onChange={(townId) => put({ townId, villageId: '' })}
        fault={faultOf('townId', t('town'))}
      />
      <SelectField
        label={t('village')}
        optional
        value={row.villageId}
        onChange={(villageId) => put({ villageId })}
        options={row.townId === '' ? [] : options(['village'], row.townId)}
      />
      <TextField label={t('placeText')} optional value={row.placeText} onChange={(placeText) => put({ placeText })} />
      <TextField label={t('foundOn')} optional type="date" value={row.foundOn} onChange={(foundOn) => put({ foundOn })} />
      {!isCorrection && (
        <SelectField
          label={t('manner')}
          value={row.manner}
          onChange={(manner) => manner !== '' && put({ manner })}
          options={named(MANNERS, 'manner')}
          placeholder={null}
        />
      )}
      <SelectField<Seriousness>
        label={t('seriousness')}
        value={row.seriousness}
        onChange={(seriousness) => seriousness !== '' && put({ seriousness })}
        options={named(SERIOUSNESS, 'seriousness')}
        placeholder={null}
      />
      <SelectField
        label={t('rectification')}
        value={row.rectification}
        onChange={(rectification) => put({ rectification })}
        options={named(ACCEPTED_AS, 'rectification')}
        hint={row.rectification === 'staged' ? t('stagedHint') : undefined}
      />
      <TextField label={t('dueOn')} optional hint={t('dueOnHint')} type="date" value={row.dueOn} onChange={(dueOn) => put({ dueOn })} />
      <TextField label={t('basis')} optional value={row.basis} onChange={(basis) => put({ basis })} />
      <TextField label={t('measure')} optional value={row.measure} onChange={(measure) => put({ measure })} />
      <div className={styles['wideField']}>
        <h3>{t('legs')}</h3>
        {row.legs.length === 0 && <Notice tone="amber">{t('legsMissing')}</Notice>}
        <LegsEditor value={row.legs} onChange={(legs) => put({ legs })} />
        {tried && faults.includes('legs') && (
          <Notice tone="red" alert>
            {t('legsWrong')}
          </Notice>
        )}
        {isCorrection && (
          <TextArea
            label={t('reason')}
            value={reason}
            onChange={setReason}
            fault={tried && reason.trim() === '' ? said('required', { label: t('reason') }) : null}
          />
        )}
        <FormFault error={error} />
        <Actions>
          <Button
            look="primary"
            busy={busy}
            onClick={() => send(faults.length === 0 && (!isCorrection || reason.trim() !== ''), () => save(row, reason))}
          >
            {said('save')}
          </Button>
        </Actions>
      </div>
    </div>
  );
};
