import { useRef, useState, type ReactNode } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '../../api/new-key';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { CheckGroup } from '../../ui/fields';
import { Actions, FormFault, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { c, t } from './texts';

type Props = Readonly<{
  title: string;
  /** The word on the button: what is done. */
  submit: string;
  /** What follows from it. A step with consequences is ticked before it is taken. */
  consequence?: ReactNode;
  danger?: boolean;
  /** Faults of the fields; null where there is none. */
  faults?: readonly (string | null)[];
  /** What is sent: the same again after a broken connection is the same act. */
  body: unknown;
  send: (key: string) => Promise<unknown>;
  /** What is said when it is done. */
  done?: string;
  onClose: () => void;
  /** Instead of closing, where the answer is shown. */
  onDone?: () => void;
  children?: (isTried: boolean) => ReactNode;
}>;

/** One act of administration as a form in a dialog; refusals show beside its button, in both languages. */
export const ActDialog = ({
  title,
  submit,
  consequence,
  danger = false,
  faults = [],
  body,
  send,
  done = c('done'),
  onClose,
  onDone = onClose,
  children,
}: Props): ReactNode => {
  const [isTried, setTried] = useState(false);
  const [ticked, setTicked] = useState<readonly 'sure'[]>([]);
  const keys = useRef(new Map<string, string>());
  const queries = useQueryClient();
  const say = useToast();
  const mustTick = consequence !== undefined;
  const sending = useMutation({
    mutationFn: async () => {
      const said = JSON.stringify(body);
      const key = keys.current.get(said) ?? newKey();
      keys.current.set(said, key);
      await send(key);
      await Promise.all(['admin', 'units', 'categories'].map((area) => queries.invalidateQueries({ queryKey: [area] })));
    },
    onSuccess: () => {
      say(done);
      onDone();
    },
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const isReady = faults.every((fault) => fault === null) && (!mustTick || ticked.length > 0);
          if (isReady && !sending.isPending) sending.mutate();
        }}
      >
        {children?.(isTried)}
        {mustTick && (
          <>
            <Notice tone={danger ? 'red' : 'amber'}>{consequence}</Notice>
            <CheckGroup
              label={t('sureLabel')}
              options={[{ value: 'sure', label: t('sure') }]}
              value={ticked}
              onChange={setTicked}
              fault={isTried && ticked.length === 0 ? t('sureMissing') : null}
            />
          </>
        )}
        <FormFault error={sending.error} />
        <Actions>
          <Button type="submit" look={danger ? 'danger' : 'primary'} busy={sending.isPending}>
            {submit}
          </Button>
          <Button onClick={onClose}>{c('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
