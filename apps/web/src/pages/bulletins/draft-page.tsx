import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { read, write } from '../../api/calls';
import { bulletinDraftsAll, bulletinsIssue, bulletinsPaper, bulletinsPreview } from '../../api/generated/sdk.gen';
import type { BulletinDraftShown, BulletinSaid } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Checkbox, SelectField, TextArea, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { saveFile } from '../../ui/save-file';
import { Actions, Card, FormFault, Loaded, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { useAddress } from '../../ui/use-address';
import { IssueView } from './issue-view';
import { KeptNote, useKeptDraft } from './kept-draft';
import { issueWords, kindWord, KINDS, own, SECTIONS, t, type Kind } from './words';
import styles from './bulletins.module.css';

const LONGEST = 4_000;
type Period = Readonly<{ kind: Kind; from: string; to: string }>;

/** The words of the issue; its figures and its number are not for choosing. */
const Draft = ({ period, of, saved }: Readonly<{ period: Period; of: BulletinSaid; saved: BulletinDraftShown | null }>): ReactNode => {
  const [title, setTitle] = useState(saved?.title ?? of.title);
  const [texts, setTexts] = useState({ ...of.texts, ...saved?.texts });
  const [copies, setCopies] = useState(saved?.copies.join('\n') ?? '');
  const [ranked, setRanked] = useState(saved?.ranked ?? false);
  const [confirming, setConfirming] = useState(false);
  const paper = useAct();
  const issue = useAct();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const isComplete = title.trim() !== '' && texts.overall.trim() !== '';
  const lines = copies.split('\n').map((line) => line.trim());
  const body = { ...period, title: title.trim(), texts, copies: lines.filter((line) => line !== ''), ranked };
  // Of the words only those of a person are kept: the others follow from the figures of the day.
  const written = Object.fromEntries(
    SECTIONS.flatMap((section) => (texts[section] === of.texts[section] ? [] : [[section, texts[section]]])),
  );
  const isOwnTitle = body.title !== '' && body.title !== of.title;
  const keeping = useKeptDraft(
    { ...period, texts: written, copies: body.copies, ranked, ...(isOwnTitle ? { title: body.title } : {}) },
    saved,
  );
  const onPaper = (): void =>
    paper.send(isComplete, async () => {
      saveFile((await write((headers) => bulletinsPaper({ body, headers, parseAs: 'blob' }))) as Blob, t('previewFile'));
    });
  const send = (): void =>
    issue.send(isComplete, async () => {
      const { bulletinId } = await write((headers) => bulletinsIssue({ body, headers }));
      await queries.invalidateQueries({ queryKey: ['bulletins'] });
      say(t('sent'));
      void navigate(`/bulletins/${bulletinId}`);
    });
  return (
    <>
      <Card title={issueWords(of)}>
        <p>{t('textHint')}</p>
        <TextField label={t('heading')} value={title} onChange={setTitle} maxLength={80} />
        {SECTIONS.map((section) => (
          <TextArea
            key={section}
            label={own(`section.${section}`)}
            optional={section !== 'overall'}
            value={texts[section]}
            onChange={(said) => setTexts({ ...texts, [section]: said })}
            maxLength={LONGEST}
            rows={4}
          />
        ))}
        <TextArea label={t('copies')} hint={t('copiesHint')} optional value={copies} onChange={setCopies} rows={2} />
        <Checkbox label={t('ranked')} value={ranked} onChange={setRanked} />
        {!isComplete && (
          <Notice tone="red" alert>
            {t('incomplete')}
          </Notice>
        )}
        <KeptNote {...keeping} />
        <FormFault error={paper.error} />
        <Actions>
          <Button look="primary" onClick={() => isComplete && setConfirming(true)}>
            {t('send')}
          </Button>
          <Button busy={paper.busy} onClick={onPaper}>
            {t('previewPaper')}
          </Button>
        </Actions>
      </Card>
      <h2>{t('preview')}</h2>
      <IssueView of={{ ...of, title, texts, ranked }} />
      {confirming && (
        <Dialog title={t('sendTitle', { issue: issueWords(of) })} onClose={() => setConfirming(false)}>
          <p>{t('sendNote')}</p>
          <FormFault error={issue.error} />
          <Actions>
            <Button look="primary" busy={issue.busy} onClick={send}>
              {t('send')}
            </Button>
            <Button onClick={() => setConfirming(false)}>{t('cancel')}</Button>
          </Actions>
        </Dialog>
      )}
    </>
  );
};

/** Figures of a period as they would be frozen, and the draft upon them. */
const Drafted = ({ period }: Readonly<{ period: Period }>): ReactNode => {
  const query = useQuery({
    queryKey: ['bulletins', 'preview', period],
    queryFn: async () => {
      const { content } = await write((headers) => bulletinsPreview({ body: period, headers }));
      const { drafts } = await read(bulletinDraftsAll());
      const saved = drafts.find(({ kind, from, to }) => kind === period.kind && from === period.from && to === period.to);
      return { content, saved: saved ?? null };
    },
    // What is typed rests on it.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  return <Loaded query={query}>{({ content, saved }) => <Draft period={period} of={content} saved={saved} />}</Loaded>;
};

/** 起草: which kind and period, the words, a look at it, and out. */
export default function DraftPage(): ReactNode {
  const { who } = useSession();
  const { get, set } = useAddress();
  const kind = KINDS.find((one) => one === get('kind')) ?? 'bulletin';
  const [from, setFrom] = useState(get('from'));
  const [to, setTo] = useState(get('to'));
  const [asked, setAsked] = useState<Period | null>(from !== '' && to !== '' ? { kind, from, to } : null);
  return (
    <Page title={t('draftTitle')} tools={<LinkButton to="/bulletins">{t('toList')}</LinkButton>}>
      <Card>
        <div className={styles['two']}>
          <SelectField
            label={t('kind')}
            options={KINDS.map((value) => ({ value, label: kindWord(value) }))}
            value={kind}
            onChange={(value) => set({ kind: value })}
          />
          <TextField type="date" label={t('from')} max={who.today} value={from} onChange={setFrom} />
          <TextField type="date" label={t('to')} hint={t('periodHint')} min={from} max={who.today} value={to} onChange={setTo} />
        </div>
        <Actions>
          <Button disabled={from === '' || to === ''} onClick={() => from !== '' && to !== '' && setAsked({ kind, from, to })}>
            {t('load')}
          </Button>
        </Actions>
      </Card>
      {asked !== null && <Drafted key={`${asked.kind}/${asked.from}/${asked.to}`} period={asked} />}
    </Page>
  );
}
