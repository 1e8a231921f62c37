import { useRef, type FormEvent, type ReactNode } from 'react';
import common from '../../i18n/zh/common.json';
import { textsOf } from '../../i18n/texts';
import { newKey } from '../../api/new-key';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Actions, FormFault } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { useRungsChanged } from './rungs';

const words = textsOf(common);

/** One act on the ladder as a form in a dialog; the same again after a broken connection is the same act. */
export const RungDialog = ({
  title,
  note,
  submit,
  danger = false,
  faults,
  send,
  onClose,
  children,
}: Readonly<{
  title: string;
  note?: ReactNode;
  submit: string;
  danger?: boolean;
  /** Null where a field has none. */
  faults: readonly (string | null)[];
  send: (key: string) => Promise<unknown>;
  onClose: () => void;
  children: (isTried: boolean) => ReactNode;
}>): ReactNode => {
  const act = useAct();
  const changed = useRungsChanged();
  const key = useRef(newKey());
  const run = (event: FormEvent): void => {
    event.preventDefault();
    act.send(
      faults.every((fault) => fault === null),
      async () => {
        await send(key.current);
        await changed();
        onClose();
      },
    );
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form noValidate onSubmit={run}>
        {note !== undefined && <p>{note}</p>}
        {children(act.tried)}
        <FormFault error={act.error} />
        <Actions>
          <Button type="submit" look={danger ? 'danger' : 'primary'} busy={act.busy}>
            {submit}
          </Button>
          <Button onClick={onClose}>{words('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
