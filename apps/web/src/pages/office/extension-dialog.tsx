import type { ReactNode } from 'react';
import { write } from '../../api/calls';
import { reviewRuleOnExtension } from '../../api/generated/sdk.gen';
import zh from '../../i18n/zh/reviews.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { dateTimeWords, dayWords } from '../../ui/time';
import type { Entry } from './queue';
import { UntilRuling } from './until-ruling';

const t = textsOf(zh);

/** 批延期: granted with a date, or refused, with a reason (R35). */
export const ExtensionDialog = ({ entry, onClose }: Readonly<{ entry: Entry; onClose: () => void }>): ReactNode => (
  <UntilRuling
    entry={entry}
    onClose={onClose}
    title={t('extensionOf', { number: entry.number })}
    done={t('extensionDone', { number: entry.number })}
    nothing={t('nothingAsked')}
    askedOf={({ findingId: id }, { legId, extension, extensions }) =>
      extension == null
        ? null
        : {
            until: extension.until,
            facts: [
              [t('askedUntil'), dayWords(extension.until)],
              [t('askedBecause'), extension.reason],
              [t('askedAt'), dateTimeWords(extension.askedAt)],
              [t('grantedBy'), word('extender', extension.level)],
              [t('extensionsBefore'), extensions === 0 ? null : String(extensions)],
            ],
            words: { grant: t('grant'), until: t('until'), grantedBecause: t('reason') },
            rule: ({ text: reason, ...ruling }, seen) => {
              const body = { ...ruling, reason };
              return write((headers) => reviewRuleOnExtension({ path: { id, legId }, body, headers }), { seen });
            },
          }
    }
  />
);
