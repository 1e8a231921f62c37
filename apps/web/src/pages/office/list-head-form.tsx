import { useState, type ReactNode } from 'react';
import type { ListWithZeros, SourceKind } from '../../api/generated/types.gen';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/lists.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/fields';
import { Actions, FormFault } from '../../ui/states';
import { useAct } from '../../ui/use-act';

const t = textsOf(zh);
const said = textsOf(common);
export const SOURCES: readonly SourceKind[] = ['upper', 'inspection', 'self', 'data', 'leader', 'other'];
type Source = Readonly<{ kind: SourceKind; name: string; batch: string | null; documentNumber: string | null }>;
export type ListHead = Readonly<{ title: string; source: Source; listDate: string }>;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Title, source and date of a list: of a new draft, or of one that is amended. */
export const ListHeadForm = ({ of, save }: Readonly<{ of?: ListWithZeros; save: (head: ListHead) => Promise<void> }>): ReactNode => {
  const [title, setTitle] = useState(of?.title ?? '');
  const [kind, setKind] = useState<SourceKind | ''>(SOURCES.find((one) => one === of?.source.kind) ?? 'inspection');
  const [name, setName] = useState(of?.source.name ?? '');
  const [batch, setBatch] = useState(of?.source.batch ?? '');
  const [documentNumber, setDocument] = useState(of?.source.documentNumber ?? '');
  const [listDate, setDate] = useState(of?.listDate ?? '');
  const { tried, busy, error, send } = useAct();
  const missing = (value: string, label: string): string | null => (tried && value.trim() === '' ? said('required', { label }) : null);
  const isComplete = title.trim() !== '' && name.trim() !== '' && kind !== '' && (kind !== 'upper' || batch.trim() !== '');
  return (
    <>
      <TextField label={t('listTitle')} value={title} onChange={setTitle} fault={missing(title, t('listTitle'))} />
      <SelectField
        label={t('sourceKind')}
        value={kind}
        onChange={setKind}
        options={SOURCES.map((one) => ({ value: one, label: wordOf(words, `source.${one}`) }))}
        placeholder={null}
      />
      <TextField
        label={t('sourceName')}
        hint={t('sourceNameHint')}
        value={name}
        onChange={setName}
        fault={missing(name, t('sourceName'))}
      />
      <TextField
        label={t('batch')}
        optional={kind !== 'upper'}
        value={batch}
        onChange={setBatch}
        fault={kind === 'upper' ? missing(batch, t('batch')) : null}
      />
      <TextField label={t('documentNumber')} optional value={documentNumber} onChange={setDocument} />
      <TextField label={t('listDate')} optional hint={t('listDateHint')} type="date" value={listDate} onChange={setDate} />
      <FormFault error={error} />
      <Actions>
        <Button
          look="primary"
          busy={busy}
          onClick={() =>
            send(isComplete, () =>
              save({
                title: title.trim(),
                source: {
                  kind: kind === '' ? 'other' : kind,
                  name: name.trim(),
                  batch: orNull(batch),
                  documentNumber: orNull(documentNumber),
                },
                listDate,
              }),
            )
          }
        >
          {said('save')}
        </Button>
      </Actions>
    </>
  );
};
