import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import common from '../../../i18n/zh/common.json';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { word } from '../../../i18n/words';
import { useSession } from '../../../app/session';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Actions, FormFault, Notice } from '../../../ui/states';
import { ChangedSince, useNews } from './changed-since';
import { askedFields, faultsOf, isTouched } from './faults';
import { FieldControl } from './field-control';
import { draftOf, dropDraft, keepDraft } from './drafts';
import type { Occasion, Values } from './fields';
import { PersonalFound } from './personal-found';
import { firstValues, FORMS, type FormCommand } from './registry';
import { useSending } from './use-sending';

const t = textsOf(zh);
const words = textsOf(common);

/** Nothing that was typed is lost by a slip: closing asks first, and what is put aside is there again. */
const Leaving = ({ stay, aside, discard }: Readonly<{ stay: () => void; aside: () => void; discard: () => void }>): ReactNode => (
  <Notice tone="amber" alert>
    <p>{t('leaving')}</p>
    <Actions>
      <Button look="primary" onClick={stay}>
        {t('stay')}
      </Button>
      <Button onClick={aside}>{t('aside')}</Button>
      <Button look="danger" onClick={discard}>
        {t('discard')}
      </Button>
    </Actions>
  </Notice>
);

type Props = Readonly<{ at: Occasion; command: FormCommand; onClose: () => void }>;

/**
 * The form of any command. What is typed lives in here, apart from what is read: a finding that changes meanwhile shows a notice,
 * and a decision taken on an older state is shown what changed before it is sent again.
 */
export const CommandDialog = ({ at, command, onClose }: Props): ReactNode => {
  const { who } = useSession();
  const { finding, legId } = at;
  const key = { personId: who.person.id, findingId: finding.findingId, command, legId };
  const spec = FORMS[command];
  const [first] = useState<Values>(() => firstValues(command, at));
  const [draft, setDraft] = useState<Values | null>(() => draftOf(key));
  const [values, setValues] = useState<Values>(draft ?? first);
  const [tried, setTried] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const sending = useSending(at, command, () => {
    dropDraft(key);
    onClose();
  });
  const fields = spec.fields(at);
  const faults = faultsOf(fields, values, finding.evidence);
  const leg = finding.legs.find((known) => known.legId === legId);
  const name = word('command', command);
  const change = (next: Values): void => {
    setValues(next);
    keepDraft(key, next);
    sending.edited();
  };
  const form = useRef<HTMLFormElement>(null);
  const submit = async (redact: boolean): Promise<void> => {
    setTried(true);
    if (Object.keys(faults).length > 0) {
      // The faults are shown with the next painting.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus());
      return;
    }
    await sending.send(values, redact);
    // What was refused, and what to do about it, stands at the end of a long form.
    form.current?.scrollIntoView({ block: 'end' });
  };
  const discard = (): void => {
    dropDraft(key);
    onClose();
  };
  const close = (): void => (isTouched(values, first) ? setLeaving(true) : discard());
  const news = useNews(finding.findingId, sending.seen, spec.rests === true ? null : who.person.id);
  return (
    <Dialog title={leg === undefined ? name : t('titleOfLeg', { name, unit: leg.unit.name })} onClose={close}>
      <form
        ref={form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit(false);
        }}
      >
        {spec.note !== undefined && <p>{spec.note}</p>}
        {draft !== null && (
          <Notice>
            <p>{t('draftFound')}</p>
            <Button
              onClick={() => {
                setDraft(null);
                setValues(first);
                dropDraft(key);
              }}
            >
              {t('draftDrop')}
            </Button>
          </Notice>
        )}
        {fields.length > 0 &&
          askedFields(fields, values).map((field) => (
            <FieldControl
              key={field.name}
              field={field}
              at={at}
              values={values}
              fault={tried ? (faults[field.name] ?? null) : null}
              onChange={(value) => change({ ...values, [field.name]: value })}
            />
          ))}
        {news.length > 0 && (
          <Notice tone="amber" alert>
            <p>{spec.rests === true ? t('changedRests') : t('changedMeanwhile')}</p>
            <ChangedSince lines={news} />
            <Button onClick={sending.look}>{t('looked')}</Button>
          </Notice>
        )}
        {sending.code === 'personal-data-found' ? <PersonalFound error={sending.error} /> : <FormFault error={sending.error} />}
        {tried && Object.keys(faults).length > 0 && (
          <Notice tone="red" alert>
            {t('incomplete', { n: Object.keys(faults).length })}
          </Notice>
        )}
        {leaving ? (
          <Leaving stay={() => setLeaving(false)} aside={onClose} discard={discard} />
        ) : (
          <Actions>
            {sending.code === 'personal-data-found' ? (
              <Button look="primary" busy={sending.busy} onClick={() => void submit(true)}>
                {t('maskAndSend')}
              </Button>
            ) : (
              <Button type="submit" look={spec.grave === true ? 'danger' : 'primary'} busy={sending.busy}>
                {sending.busy ? words('sending') : t('submit', { name })}
              </Button>
            )}
            <Button onClick={close}>{words('cancel')}</Button>
          </Actions>
        )}
      </form>
    </Dialog>
  );
};
