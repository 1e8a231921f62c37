import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { word, wordsOf } from '../../../i18n/words';
import { write } from '../../../api/calls';
import { evidenceAdd } from '../../../api/generated/sdk.gen';
import type { EvidencePhase, FindingsReadingDetailResponse } from '../../../api/generated/types.gen';
import { CheckGroup, FileField, SelectField } from '../../../ui/fields';
import { FormFault } from '../../../ui/states';
import styles from './actions.module.css';

const t = textsOf(zh);
export const PHASES = ['before', 'after', 'document', 'screenshot', 'statement'] as const;
type Finding = FindingsReadingDetailResponse;

/** Sends files to the finding one after the other; each is evidence as soon as it arrived. */
export const EvidenceUpload = ({
  finding,
  legId,
  onAdded,
}: Readonly<{ finding: Finding; legId: string | null; onAdded: (evidenceIds: readonly string[]) => void }>): ReactNode => {
  const [phase, setPhase] = useState<EvidencePhase>('after');
  const [sending, setSending] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const send = async (files: readonly File[]): Promise<void> => {
    setError(null);
    const added: string[] = [];
    try {
      for (const [at, file] of files.entries()) {
        setSending(t('uploading', { name: file.name, at: at + 1, of: files.length }));
        const path = { id: finding.findingId };
        const body = { phase, ...(legId === null ? {} : { legId }), file };
        const { evidenceId } = await write((headers) => evidenceAdd({ path, body, headers }));
        added.push(evidenceId);
      }
    } catch (failure) {
      setError(failure);
    }
    await queries.invalidateQueries({ queryKey: ['finding', finding.findingId] });
    setSending(null);
    if (added.length > 0) onAdded(added);
  };
  return (
    <div className={styles['upload']}>
      <SelectField
        label={t('uploadPhase')}
        placeholder={null}
        options={wordsOf('phase', PHASES)}
        value={phase}
        onChange={(value) => setPhase(value === '' ? 'after' : value)}
      />
      <FileField label={t('upload')} hint={t('uploadHint')} multiple onFiles={(files) => void send(files)} />
      <div role="status">{sending}</div>
      <FormFault error={error} />
    </div>
  );
};

type Props = Readonly<{
  label: string;
  hint?: string | undefined;
  fault: string | null;
  finding: Finding;
  legId: string | null;
  value: readonly string[];
  onChange: (ids: readonly string[]) => void;
}>;

/** Files of the finding to lean on; what is missing is added here. */
export const EvidencePicker = ({ label, hint, fault, finding, legId, value, onChange }: Props): ReactNode => {
  const options = finding.evidence
    .filter(({ removed }) => !removed)
    .map(({ evidenceId, phase, name }) => ({ value: evidenceId, label: t('evidenceOption', { phase: word('phase', phase), name }) }));
  return (
    <div className={styles['picker']}>
      <CheckGroup
        label={label}
        fault={fault}
        options={options}
        value={value}
        onChange={onChange}
        {...(hint === undefined ? {} : { hint })}
      />
      <EvidenceUpload finding={finding} legId={legId} onAdded={(added) => onChange([...value, ...added])} />
    </div>
  );
};
