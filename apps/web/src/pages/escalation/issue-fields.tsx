import { useState, type ReactNode } from 'react';
import { wordsOf } from '../../i18n/words';
import { CheckGroup, TextArea, TextField } from '../../ui/fields';
import { KINDS, missing, t, type Rung } from './rungs';

/** What is said with a rung that goes out, alone or with others: as proposed until it is changed. */
export const useIssueFields = ({ addressees: proposed, proposedReplyBy }: Rung, draft: string) => {
  const [addressees, setAddressees] = useState<readonly (typeof KINDS)[number][]>([...new Set(proposed.map(({ kind }) => kind))]);
  const [text, setText] = useState(draft);
  const [replyBy, setReplyBy] = useState(proposedReplyBy ?? '');
  const faults = { addressees: missing(addressees, t('addressees')), text: missing(text, t('text')) };
  const fields = (isTried: boolean): ReactNode => (
    <>
      <CheckGroup
        label={t('addressees')}
        options={wordsOf('addressee', KINDS)}
        value={addressees}
        onChange={setAddressees}
        fault={isTried ? faults.addressees : null}
      />
      <TextArea label={t('text')} value={text} onChange={setText} rows={6} maxLength={4000} fault={isTried ? faults.text : null} />
      <TextField type="date" label={t('replyBy')} optional value={replyBy} onChange={setReplyBy} />
    </>
  );
  return {
    said: { addressees: [...addressees], text: text.trim(), replyBy: replyBy === '' ? null : replyBy },
    faults: Object.values(faults),
    fields,
  };
};
