import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import type { OfferedCommand } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { LinkButton } from '../../ui/button';
import { RadioGroup } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Card, Loaded, Notice, Tag, Tools } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { Album } from '../finding/album';
import { useDetail, useOffers, type Detail } from '../finding/detail';
import { AcceptAndTransfer } from './accept-and-transfer';
import { FindingFacts } from './finding-facts';
import { DismissForm, LinkForm, SplitForm, type LinkTarget } from './other-outcomes';
import { useQueue } from './queue';
import { nextAfter, placeIn } from './queue-places';
import { SimilarFindings } from './similar-findings';
import styles from './office.module.css';

const t = textsOf(zh);
const OUTCOMES = ['transfer', 'split', 'link', 'dismiss'] as const;
type Outcome = (typeof OUTCOMES)[number];
/** The first step of each outcome, as the api offers it before triage and after. */
const FIRST_STEP: Readonly<Record<Outcome, readonly [OfferedCommand, OfferedCommand]>> = {
  transfer: ['AcceptFinding', 'TransferFinding'],
  split: ['AcceptFinding', 'SplitFinding'],
  link: ['LinkFinding', 'LinkFinding'],
  dismiss: ['DismissFinding', 'DismissFinding'],
};

const Decision = ({ finding, onDone }: Readonly<{ finding: Detail; onDone: (said: string) => void }>): ReactNode => {
  const { findingId: id, stage } = finding;
  const { who } = useSession();
  const [outcome, setOutcome] = useState<Outcome>('transfer');
  const [target, setTarget] = useState<LinkTarget | null>(null);
  const { data: offered } = useOffers(id);
  const refusalOf = (of: Outcome): string | null =>
    offered?.offers.find(({ command }) => command === FIRST_STEP[of][stage === 'untriaged' ? 0 : 1])?.refusal?.zh ?? null;
  const refusal = refusalOf(outcome);
  return (
    <>
      <SimilarFindings
        findingId={id}
        onLink={
          refusalOf('link') === null
            ? (one) => {
                setTarget(one);
                setOutcome('link');
              }
            : null
        }
      />
      <Card title={t('decision')}>
        <RadioGroup
          label={t('outcome')}
          value={outcome}
          onChange={(one) => one !== '' && setOutcome(one)}
          options={OUTCOMES.map((one) => ({ value: one, label: t(`outcome.${one}`) }))}
        />
        {refusal !== null ? (
          <Notice tone="amber">{refusal}</Notice>
        ) : (
          <>
            {outcome === 'transfer' && <AcceptAndTransfer finding={finding} office={who.acting?.unit.id ?? ''} onDone={onDone} />}
            {outcome === 'split' && <SplitForm finding={finding} onDone={onDone} />}
            {outcome === 'link' && <LinkForm finding={finding} target={target} onTarget={setTarget} onDone={onDone} />}
            {outcome === 'dismiss' && <DismissForm finding={finding} onDone={onDone} />}
          </>
        )}
      </Card>
    </>
  );
};

const Triaged = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => (
  <Card title={t('decision')}>
    <p>
      {t('alreadyTriaged')} <Tag tone="blue">{wordOf(words, `stage.${finding.stage}`)}</Tag>
    </p>
    <LinkButton to={`/findings/${finding.findingId}`}>{t('openFinding')}</LinkButton>
  </Card>
);

/** One finding at the office's desk; when it is decided, the next one of the queue opens. */
export default function TriageFindingPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useDetail(id);
  const queue = useQueue(['triage', 'transfer']);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const entries = queue.data?.entries ?? [];
  const place = placeIn(entries, id);
  const next = nextAfter(entries, id);
  const done = (said: string): void => {
    say(said);
    void queries.invalidateQueries({ queryKey: ['finding', id] });
    void queries.invalidateQueries({ queryKey: ['findings'] });
    void navigate(next === null ? '/triage' : `/triage/${next}`);
  };
  return (
    <Page
      title={query.data === undefined ? t('title') : t('triageOf', { number: query.data.number })}
      tools={
        <Tools>
          {place !== null && <span>{t('placeInQueue', place)}</span>}
          <Link className={styles['rowLink']} to={`/findings/${id}`}>
            {t('openFinding')}
          </Link>
          <LinkButton to="/triage">{t('toQueue')}</LinkButton>
          {next !== null && <LinkButton to={`/triage/${next}`}>{t('skip')}</LinkButton>}
        </Tools>
      }
    >
      <Loaded query={query}>
        {(finding) => (
          <div className={styles['two']} key={id}>
            <div className={styles['column']}>
              <FindingFacts finding={finding} />
              {finding.evidence.length === 0 ? <Notice>{t('noEvidence')}</Notice> : <Album finding={finding} />}
            </div>
            <div className={styles['column']}>
              {finding.stage === 'untriaged' || finding.stage === 'accepted' ? (
                <Decision finding={finding} onDone={done} />
              ) : (
                <Triaged finding={finding} />
              )}
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
