import { useRef, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import zh from '../../i18n/zh/field.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { findingsReadingDetail } from '../../api/generated/sdk.gen';
import { newKey } from '../../api/new-key';
import { useOnline } from '../../app/online';
import type { Work } from '../../offline/draft';
import { phone, usePhone } from '../../offline/phone';
import { Button } from '../../ui/button';
import { RadioGroup, TextArea } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Card, Empty, Facts, Fault, Loading, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { EvidencePair, type ShownEvidence } from './evidence-pair';
import styles from './field.module.css';
import { OutboxLine, savedWords } from './outbox-line';
import { PhotosPart } from './photos-part';
import { StoreCard } from './store-card';

const t = textsOf(zh);
type Result = Extract<Work, { kind: 'verification' }>['result'];

type Shown = Readonly<{
  findingId: string;
  number: string;
  revision: number;
  subject: string;
  category: string;
  stage: string;
  text: string;
  evidence: readonly ShownEvidence[];
}>;

/** From the server while there is a network, else as the phone took it along. */
const useShown = (findingId: string) => {
  const isOnline = useOnline();
  const { packages } = usePhone();
  const query = useQuery({
    queryKey: ['finding', findingId, 'verify'],
    queryFn: () => read(findingsReadingDetail({ path: { id: findingId } })),
    enabled: isOnline,
  });
  const kept = packages.flatMap(({ content }) => content.findings).find((one) => one.findingId === findingId);
  const { data } = query;
  const there: Shown | null =
    data === undefined
      ? null
      : {
          findingId,
          number: data.number,
          revision: data.revision,
          subject: data.subject.label,
          category: data.category.name,
          stage: data.stage,
          text: data.text,
          evidence: data.evidence.filter(({ removed }) => !removed),
        };
  const here: Shown | null =
    kept === undefined
      ? null
      : { ...kept, subject: `${kept.subject.label} ${kept.subject.code ?? ''}`.trim(), category: kept.category.name, stage: kept.stage };
  return { shown: there ?? here, query, isWaiting: isOnline && query.isPending };
};

const VerifyForm = ({ shown, redoing }: Readonly<{ shown: Shown; redoing: string | null }>): ReactNode => {
  const before = redoing === null ? null : phone.draft(redoing);
  const old = before?.work.kind === 'verification' ? before.work : null;
  // What is decided rests on what was shown first; a newer version is pointed out, never taken over in silence.
  const [seen, setSeen] = useState(shown);
  const [result, setResult] = useState<Result | ''>(old?.result ?? '');
  const [text, setText] = useState(old?.text ?? '');
  const [isTried, setIsTried] = useState(false);
  const draftId = useRef(redoing ?? newKey());
  const { drafts } = usePhone();
  const navigate = useNavigate();
  const say = useToast();
  const photos = drafts.find((one) => one.draftId === draftId.current)?.photos ?? [];
  const keep = async (): Promise<string> => {
    const { findingId, number, revision } = seen;
    const work: Work = {
      kind: 'verification',
      findingId,
      number,
      seen: revision,
      result: result === '' ? 'passed' : result,
      text: text.trim(),
    };
    return (await phone.type(draftId.current, work)).draftId;
  };
  const save = async (): Promise<void> => {
    setIsTried(true);
    if (result === '' || text.trim() === '') return;
    await phone.submit(await keep());
    say(savedWords());
    void navigate('/mine');
  };
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {shown.revision !== seen.revision && (
        <Notice tone="amber" alert>
          <div className={styles['line']}>
            <span>{t('changedHere')}</span>
            <Button onClick={() => setSeen(shown)}>{t('showNew')}</Button>
          </div>
        </Notice>
      )}
      <Card title={`${seen.subject} · ${seen.category}`}>
        <Facts
          of={[
            [t('finding'), seen.text],
            [t('stageNow'), wordOf(words, `stage.${seen.stage}`)],
          ]}
        />
        <p className={styles['soft']}>{seen.number}</p>
      </Card>
      <EvidencePair findingId={seen.findingId} evidence={seen.evidence} />
      <RadioGroup<Result>
        label={t('result')}
        value={result}
        onChange={setResult}
        options={[
          { value: 'passed', label: t('passed') },
          { value: 'sent-back', label: t('sent-back') },
        ]}
        fault={isTried && result === '' ? t('resultNeeded') : null}
      />
      <TextArea
        label={result === 'sent-back' ? t('sentBackText') : t('passedText')}
        value={text}
        onChange={setText}
        rows={3}
        maxLength={2000}
        fault={isTried && text.trim() === '' ? t('textNeeded') : null}
      />
      <PhotosPart label={t('verifyPhoto')} phase="after" photos={photos} draftFor={keep} />
      <div className={styles['foot']}>
        <Button type="submit" look="primary" wide>
          {t('verifySave')}
        </Button>
      </div>
    </form>
  );
};

/** 现场复核: before and after beside each other, the result, a photo. Without a network it waits on the phone. */
export default function VerifyPage(): ReactNode {
  const { findingId = '' } = useParams();
  const [search] = useSearchParams();
  const { mode } = usePhone();
  const { shown, query, isWaiting } = useShown(findingId);
  const isReady = mode !== 'locked' && !isWaiting;
  return (
    <Page title={t('verifyTitle')}>
      <div className={styles['touch']}>
        <OutboxLine />
        {mode === 'locked' && <StoreCard />}
        {shown !== null && isReady && <VerifyForm key={findingId} shown={shown} redoing={search.get('draft')} />}
        {isWaiting && <Loading />}
        {shown === null &&
          isReady &&
          (query.isError ? <Fault error={query.error} again={() => void query.refetch()} /> : <Empty>{t('verifyNot')}</Empty>)}
      </div>
    </Page>
  );
}
