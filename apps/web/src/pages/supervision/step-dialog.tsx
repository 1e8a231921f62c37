import { useRef, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { write, type WriteHeaders } from '../../api/calls';
import { newKey } from '../../api/new-key';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Actions, FormFault } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { c } from './words';

type Props<B> = Readonly<{
  title: string;
  submit: string;
  danger?: boolean;
  /** Null while something is missing. */
  body: B | null;
  /** The revision that the decision rests on. */
  seen?: number;
  send: (body: B, headers: WriteHeaders) => ReturnType<Parameters<typeof write>[0]>;
  done: string;
  onClose: () => void;
  children: (isTried: boolean) => ReactNode;
}>;

/** One step of a case as a form in a dialog; the same said again is the same act. */
export const StepDialog = <B,>({ title, submit, danger = false, body, seen, send, done, onClose, children }: Props<B>): ReactNode => {
  const { tried, busy, error, send: act } = useAct();
  const keys = useRef(new Map<string, string>());
  const queries = useQueryClient();
  const say = useToast();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    act(body !== null, async () => {
      if (body === null) return;
      const said = JSON.stringify(body);
      const key = keys.current.get(said) ?? newKey();
      keys.current.set(said, key);
      await write((headers) => send(body, headers), { key, seen: seen ?? null });
      await queries.invalidateQueries({ queryKey: ['supervision'] });
      say(done);
      onClose();
    });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form noValidate onSubmit={onSubmit}>
        {children(tried)}
        <FormFault error={error} />
        <Actions>
          <Button type="submit" look={danger ? 'danger' : 'primary'} busy={busy}>
            {submit}
          </Button>
          <Button onClick={onClose}>{c('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
