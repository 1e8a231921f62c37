import type { ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { Button } from './button';
import { Actions } from './states';

const t = textsOf(common);

/** Below rows that come by keyset pages: the next one, until there is none. */
export const More = ({ more, busy }: Readonly<{ more: (() => void) | undefined; busy: boolean }>): ReactNode =>
  more !== undefined && (
    <Actions>
      <Button onClick={more} busy={busy}>
        {t('more')}
      </Button>
    </Actions>
  );
