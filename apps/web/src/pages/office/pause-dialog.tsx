import type { ReactNode } from 'react';
import { write } from '../../api/calls';
import { reviewRuleOnPause } from '../../api/generated/sdk.gen';
import zh from '../../i18n/zh/reviews.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { dateTimeWords, dayWords } from '../../ui/time';
import type { Entry } from './queue';
import { UntilRuling } from './until-ruling';

const t = textsOf(zh);

/** 批暂停: granted until a day on the strength of something, or refused with a reason. */
export const PauseDialog = ({ entry, onClose }: Readonly<{ entry: Entry; onClose: () => void }>): ReactNode => (
  <UntilRuling
    entry={entry}
    onClose={onClose}
    title={t('pauseOf', { number: entry.number })}
    done={t('pauseDone', { number: entry.number })}
    nothing={t('noPauseAsked')}
    askedOf={({ findingId: id }, { legId, pause }) =>
      pause == null || pause.granted
        ? null
        : {
            until: pause.until,
            facts: [
              [t('pauseAskedUntil'), dayWords(pause.until)],
              [t('pauseReason'), word('pause', pause.reason)],
              [t('pauseText'), pause.text],
              [t('askedAt'), dateTimeWords(pause.since)],
            ],
            words: { grant: t('grantPause'), until: t('pausedUntil'), grantedBecause: t('pauseBasis') },
            rule: (ruling, seen) => {
              const body = ruling.granted ? ruling : { granted: false as const, reason: ruling.text };
              return write((headers) => reviewRuleOnPause({ path: { id, legId }, body, headers }), { seen });
            },
          }
    }
  />
);
