import { useRef, useState, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { newKey } from '../../api/new-key';
import { findingsReadingDetail, leadersInstruct } from '../../api/generated/sdk.gen';
import type { FindingsReadingDetailResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { CheckGroup, TextArea, TextField } from '../../ui/fields';
import { Actions, FormFault, Loaded, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { addressees, ENDED } from './instruction';
import { t } from './words';

type Detail = FindingsReadingDetailResponse;
type Given = Readonly<{ units: string; due: string }>;
type FormProps = Readonly<{ detail: Detail; findingId: string; today: string; onDone: (given: Given) => void; onClose: () => void }>;

const detailOf = (findingId: string): Promise<Detail> => read(findingsReadingDetail({ path: { id: findingId } }));

const Form = ({ detail, findingId, today, onDone, onClose }: FormProps): ReactNode => {
  const offered = addressees(detail);
  const [text, setText] = useState('');
  const [units, setUnits] = useState<readonly string[]>(offered.filter(({ chosen }) => chosen).map(({ id }) => id));
  const [replyBy, setReplyBy] = useState('');
  const [rectifyBy, setRectifyBy] = useState('');
  const [isTried, setTried] = useState(false);
  // The same words sent again are the same act; other words are another.
  const keys = useRef(new Map<string, string>());
  const faults = {
    text: text.trim() === '' ? t('instructNoText') : null,
    units: units.length === 0 ? t('instructNoUnit') : null,
    replyBy: replyBy !== '' && replyBy < today ? t('instructEarly') : null,
    rectifyBy: rectifyBy !== '' && rectifyBy < today ? t('instructEarly') : null,
  };
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: async (): Promise<Given> => {
      const body = { text: text.trim(), toUnits: [...units], replyBy: replyBy || null, rectifyBy: rectifyBy || null };
      const said = JSON.stringify(body);
      const key = keys.current.get(said) ?? newKey();
      keys.current.set(said, key);
      await write((headers) => leadersInstruct({ path: { id: findingId }, body, headers }), { key });
      // What was decided is read back: where no date was given, the rule says by when.
      const given = (await detailOf(findingId)).instructions.at(-1);
      void queries.invalidateQueries({ queryKey: ['finding', findingId] });
      return {
        units: given?.units.map(({ name }) => name).join(t('comma')) ?? '',
        due: given === undefined ? '' : dateTimeWords(given.replyDue.at),
      };
    },
    onSuccess: onDone,
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.values(faults).every((fault) => fault === null) && !sending.isPending) sending.mutate();
      }}
    >
      <p>{detail.text}</p>
      <TextArea
        label={t('instructText')}
        hint={t('instructHint')}
        value={text}
        onChange={setText}
        fault={isTried ? faults.text : null}
        maxLength={2000}
      />
      <CheckGroup
        label={t('instructUnits')}
        options={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={units}
        onChange={setUnits}
        fault={isTried ? faults.units : null}
      />
      <TextField
        type="date"
        label={t('instructReplyBy')}
        hint={t('instructReplyHint')}
        optional
        min={today}
        value={replyBy}
        onChange={setReplyBy}
        fault={isTried ? faults.replyBy : null}
      />
      <TextField
        type="date"
        label={t('instructRectifyBy')}
        optional
        min={today}
        value={rectifyBy}
        onChange={setRectifyBy}
        fault={isTried ? faults.rectifyBy : null}
      />
      <FormFault error={sending.error} />
      <Actions>
        <Button type="submit" look="primary" busy={sending.isPending}>
          {t('instructSend')}
        </Button>
        <Button onClick={onClose}>{t('close')}</Button>
      </Actions>
    </form>
  );
};

/** 批示: a sentence to the units that act, with a day to reply by; then which unit has it and by when it must reply. */
export const InstructionDialog = ({
  findingId,
  number,
  onClose,
}: Readonly<{ findingId: string; number: string; onClose: () => void }>): ReactNode => {
  const { today } = useSession().who;
  const [given, setGiven] = useState<Given | null>(null);
  const detail = useQuery({ queryKey: ['finding', findingId, 'detail'], queryFn: () => detailOf(findingId) });
  return (
    <Dialog title={t('instructOn', { number })} onClose={onClose}>
      {given !== null ? (
        <>
          <Notice tone="green" alert>
            {t('instructDone', given)}
          </Notice>
          <Actions>
            <Button look="primary" onClick={onClose}>
              {t('close')}
            </Button>
          </Actions>
        </>
      ) : (
        <Loaded query={detail}>
          {(data) =>
            ENDED.has(data.status) ? (
              <Notice tone="amber">{t('instructEnded')}</Notice>
            ) : (
              <Form detail={data} findingId={findingId} today={today} onDone={setGiven} onClose={onClose} />
            )
          }
        </Loaded>
      )}
    </Dialog>
  );
};
