import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { CommandDialog, EvidenceDialog, type FormCommand } from './actions';
import { Album } from './album';
import { Comments } from './comments';
import { Deadlines } from './deadlines';
import { useDetail, type Detail } from './detail';
import { Basics, Head } from './head';
import { Instructions } from './instructions';
import { Items } from './items';
import { Ladders } from './ladder';
import { LegCard } from './leg-card';
import { OffersBar } from './offers-bar';
import { Outcome } from './outcome';
import { Papers } from './papers';
import { Relations } from './relations';
import { Timeline } from './timeline-card';
import styles from './finding.module.css';

const t = textsOf(zh);
type Opened = Readonly<{ command: FormCommand | 'AddEvidence'; legId: string | null }>;

const Legs = ({ finding }: Readonly<{ finding: Detail }>): ReactNode =>
  finding.legs.length === 0 ? null : (
    <section aria-labelledby="legs">
      <h2 id="legs" className={styles['title']}>
        {t('legs')}
      </h2>
      <div className={styles['legs']}>
        {finding.legs.map((leg) => (
          <LegCard key={leg.legId} finding={finding} leg={leg} />
        ))}
      </div>
    </section>
  );

const Found = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = (): void => setOpened(null);
  return (
    <>
      <Head finding={finding} />
      <OffersBar finding={finding} onOpen={(command, legId) => setOpened({ command, legId })} />
      <Legs finding={finding} />
      <Items finding={finding} />
      <Instructions finding={finding} />
      <Deadlines finding={finding} />
      <Ladders finding={finding} />
      <Papers finding={finding} />
      <Album finding={finding} />
      <Basics finding={finding} />
      <Outcome finding={finding} />
      <Relations finding={finding} />
      <Comments finding={finding} />
      <Timeline finding={finding} />
      {opened !== null &&
        (opened.command === 'AddEvidence' ? (
          <EvidenceDialog at={{ finding, legId: opened.legId }} onClose={close} />
        ) : (
          <CommandDialog at={{ finding, legId: opened.legId }} command={opened.command} onClose={close} />
        ))}
    </>
  );
};

/** One finding: where it stands, whose turn it is, how its due times came about, what was done, what I may do now. */
export default function FindingPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useDetail(id);
  const number = query.data?.number;
  return (
    <Page title={number === undefined ? t('title') : t('numbered', { number })}>
      <Loaded query={query}>{(finding) => <Found key={finding.findingId} finding={finding} />}</Loaded>
    </Page>
  );
}
