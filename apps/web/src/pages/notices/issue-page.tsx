import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { read, write } from '../../api/calls';
import { noticePeoplePeople, noticesIssue, noticesPreview } from '../../api/generated/sdk.gen';
import type { NoticePreviewAnswer, NoticesIssueData } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { CheckGroup, RadioGroup, SelectField, TextArea, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Card, FormFault, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { useUnits } from '../../ui/use-units';
import { Legs } from './legs';
import { Paper } from './paper';
import { Photos } from './photos';
import { choices, t, typed } from './words';
import styles from './notices.module.css';

type Body = NoticesIssueData['body'];
const BY_HAND = ['rectification-notice', 'assignment'] as const;
const MOST_PHOTOS = 24;
const EMPTY = { text: '', from: '', to: '', feedbackBy: '', feedback: '', recheck: '', signer: '', copies: '' };

const useIssuers = () => useQuery({ queryKey: ['notices', 'people'], queryFn: () => read(noticePeoplePeople()) });

/** A notice is put together, looked at, and only then issued. */
export default function IssuePage(): ReactNode {
  const [kind, setKind] = useState<Body['kind'] | ''>('rectification-notice');
  const [unit, setUnit] = useState('');
  const [legs, setLegs] = useState<readonly string[]>([]);
  const [requirements, setRequirements] = useState<Readonly<Record<string, string>>>({});
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const [inspectors, setInspectors] = useState<readonly string[]>([]);
  const [said, setSaid] = useState(EMPTY);
  const [preview, setPreview] = useState<NoticePreviewAnswer | null>(null);
  const looking = useAct();
  const issuing = useAct();
  const toast = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const towns = useUnits('town').data ?? [];
  const departments = useUnits('department').data ?? [];
  // Whoever may hold a leg: the company that built it, and the office where it is responsible itself.
  const companies = useUnits('company').data ?? [];
  const offices = useUnits('office').data ?? [];
  const people = useIssuers().data?.people ?? [];
  const changes = useRef(0);
  /** Whatever is changed afterwards, also while the preview is on its way, was not looked at. */
  const changing =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value);
      changes.current += 1;
      setPreview(null);
    };
  const say = (field: keyof typeof EMPTY) => changing((value: string) => setSaid((now) => ({ ...now, [field]: value })));
  const needsInspectors = kind === 'rectification-notice' && inspectors.length < 2;
  const isComplete = kind !== '' && unit !== '' && legs.length > 0 && !needsInspectors;
  const findings = [...new Set(legs.map((leg) => leg.split(' ')[0] ?? ''))];
  /** A finding that was taken off the notice takes its photos with it. */
  const annex = photos.filter((photo) => findings.includes(photo.split(' ')[0] ?? ''));
  const bodyOf = (): Body => ({
    kind: kind === '' ? 'rectification-notice' : kind,
    unitId: unit,
    legs: legs.map((leg) => {
      const [findingId = '', legId = ''] = leg.split(' ');
      return { findingId, legId, requirement: typed(requirements[leg] ?? '') };
    }),
    photos: annex.map((photo) => {
      const [findingId = '', evidenceId = ''] = photo.split(' ');
      return { findingId, evidenceId };
    }),
    text: typed(said.text),
    signer: typed(said.signer),
    copies: said.copies
      .split(/[\u3001\uFF0C,]/)
      .map((copy) => copy.trim())
      .filter((copy) => copy !== ''),
    inspectors: kind === 'rectification-notice' ? [...inspectors] : [],
    inspectedFrom: typed(said.from),
    inspectedTo: typed(said.to),
    feedbackBy: typed(said.feedbackBy),
    feedback: typed(said.feedback),
    recheck: typed(said.recheck),
  });
  const look = (event: FormEvent): void => {
    event.preventDefault();
    looking.send(isComplete, async () => {
      const asked = changes.current;
      const shown = await write((headers) => noticesPreview({ body: bodyOf(), headers }));
      if (changes.current !== asked) return;
      // What would be asked for where nothing was typed stands there to be changed.
      const filled = shown.content.rows.map(({ findingId, legId, requirement }) => [`${findingId} ${legId}`, requirement] as const);
      setRequirements((now) => ({ ...now, ...Object.fromEntries(filled) }));
      setPreview(shown);
    });
  };
  const issue = (): void =>
    issuing.send(preview !== null, async () => {
      const { noticeId, number } = await write((headers) => noticesIssue({ body: bodyOf(), headers }));
      await queries.invalidateQueries({ queryKey: ['notices'] });
      toast(t('issued', { number: number ?? '' }));
      await navigate(`/notices/${noticeId}`);
    });
  const named = (of: (typeof people)[number]) => ({ value: of.id, label: t('person', { name: of.name, unit: of.unit }) });
  const { tried } = looking;
  return (
    <Page title={t('newTitle')} tools={<LinkButton to="/notices">{t('toList')}</LinkButton>}>
      <form noValidate onSubmit={look}>
        <Card title={t('stepWhat')}>
          <RadioGroup label={t('kind')} options={choices('kind', BY_HAND)} value={kind} onChange={changing(setKind)} />
          <SelectField
            label={t('unit')}
            options={[...towns, ...departments, ...companies, ...offices].map(({ id, name }) => ({ value: id, label: name }))}
            value={unit}
            onChange={changing((value: string) => {
              setUnit(value);
              setLegs([]);
            })}
            fault={tried && unit === '' ? t('unitFirst') : null}
          />
        </Card>
        <Card title={t('stepFindings')}>
          <p>{t('stepFindingsNote')}</p>
          {unit === '' ? (
            <p>{t('unitFirst')}</p>
          ) : (
            <Legs
              key={unit}
              unit={unit}
              chosen={legs}
              onChange={changing(setLegs)}
              requirements={requirements}
              onRequirement={(key, text) => changing(setRequirements)({ ...requirements, [key]: text })}
            />
          )}
          {tried && legs.length === 0 && (
            <Notice tone="red" alert>
              {t('findingsMissing')}
            </Notice>
          )}
        </Card>
        {findings.length > 0 && (
          <Card title={t('stepPhotos')}>
            <p>{t('stepPhotosNote', { max: MOST_PHOTOS })}</p>
            <Photos findings={findings} chosen={annex} onChange={changing(setPhotos)} />
          </Card>
        )}
        <Card title={t('stepWords')}>
          {kind === 'rectification-notice' && (
            <CheckGroup
              label={t('inspectors')}
              hint={t('inspectorsHint')}
              options={people.filter(({ inspects }) => inspects).map(named)}
              value={inspectors}
              onChange={changing(setInspectors)}
              fault={tried && needsInspectors ? t('inspectorsMissing') : null}
            />
          )}
          <TextArea label={t('text')} hint={t('textHint')} optional value={said.text} onChange={say('text')} maxLength={4000} />
          <div className={styles['two']}>
            <TextField label={t('inspectedFrom')} optional type="date" value={said.from} onChange={say('from')} />
            <TextField label={t('inspectedTo')} optional type="date" value={said.to} onChange={say('to')} />
            <TextField
              label={t('feedbackBy')}
              hint={t('feedbackByHint')}
              optional
              type="date"
              value={said.feedbackBy}
              onChange={say('feedbackBy')}
            />
            <SelectField
              label={t('signer')}
              placeholder={t('signerMe')}
              options={people.filter(({ signs }) => signs).map(named)}
              value={said.signer}
              onChange={say('signer')}
            />
          </div>
          <TextArea label={t('feedback')} optional value={said.feedback} onChange={say('feedback')} maxLength={1000} />
          <TextArea label={t('recheck')} optional value={said.recheck} onChange={say('recheck')} maxLength={1000} />
          <TextField label={t('copies')} hint={t('copiesHint')} optional value={said.copies} onChange={say('copies')} />
          <FormFault error={looking.error} />
          <Actions>
            <Button type="submit" busy={looking.busy}>
              {t('preview')}
            </Button>
          </Actions>
        </Card>
      </form>
      {preview !== null && (
        <>
          <Notice>{t('previewNote')}</Notice>
          <Paper of={preview.content} title={t('previewTitle', { title: preview.document.title })} />
          <Card title={t('previewPage')}>
            <iframe className={styles['page']} title={t('previewPage')} srcDoc={preview.html} sandbox="" />
          </Card>
          <FormFault error={issuing.error} />
          <Actions>
            <Button look="primary" busy={issuing.busy} onClick={issue}>
              {t('issueNow')}
            </Button>
          </Actions>
        </>
      )}
    </Page>
  );
}
