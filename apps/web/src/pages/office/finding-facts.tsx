import type { ReactNode } from 'react';

import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Card, Facts, Tag } from '../../ui/states';
import type { Detail } from '../finding/detail';
import { dateTimeWords, dayWords } from '../../ui/time';
import styles from './office.module.css';

const t = textsOf(zh);

/** What was found, as the office reads it for triage. */
export const FindingFacts = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { place, source, upper, list, onTheSpot, items } = finding;
  return (
    <Card title={t('whatWasFound')}>
      <p className={styles['text']}>{finding.text}</p>
      <Facts
        of={[
          [t('stage'), <Tag key="stage">{wordOf(words, `stage.${finding.stage}`)}</Tag>],
          [t('subject'), `${wordOf(words, `subject.${finding.subject.kind}`)} ${finding.subject.label}`],
          [t('place'), [place.town.name, place.village?.name, place.text].filter(Boolean).join(' ')],
          [t('category'), finding.category.name],
          [t('seriousness'), wordOf(words, `seriousness.${finding.seriousness}`)],
          [
            t('source'),
            [wordOf(words, `source.${source.kind}`), source.name, source.batch, source.documentNumber].filter(Boolean).join(' · '),
          ],
          [
            t('upper'),
            upper === null
              ? null
              : [upper.authority, upper.batch, upper.number, upper.due && dayWords(upper.due)].filter(Boolean).join(' · '),
          ],
          [t('listRow'), list === null ? null : list.row],
          [t('team'), finding.team.name],
          [t('manner'), wordOf(words, `manner.${finding.manner}`)],
          [t('foundOn'), dayWords(finding.foundOn)],
          [t('filedAt'), `${dateTimeWords(finding.filedAt)} ${finding.filedBy.name}`],
          [t('responsibleUnit'), finding.responsibleUnit?.name],
          [t('projectOwner'), finding.projectOwner?.name],
          [t('basis'), finding.basis],
          [t('suggestedMeasure'), finding.suggestedMeasure],
          [
            t('onTheSpot'),
            onTheSpot === null
              ? null
              : t('onTheSpotSaid', { unit: onTheSpot.rectifyingUnit.name, person: onTheSpot.personPresent, text: onTheSpot.text }),
          ],
          [t('items'), items.length === 0 ? null : t('itemsCount', { n: items.length })],
        ]}
      />
    </Card>
  );
};
