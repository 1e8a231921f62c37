import { useEffect, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { categoriesList } from '../../api/generated/sdk.gen';
import { useOnline } from '../../app/online';
import { useSession } from '../../app/session';
import type { Draft } from '../../offline/draft';
import { faultsOf, type FormFault } from '../../offline/filing';
import { phone, usePhone } from '../../offline/phone';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Loading, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { CategoryPart } from './category-part';
import styles from './field.module.css';
import { FilledPart } from './filled-part';
import { OutboxLine, savedWords } from './outbox-line';
import { PhotosPart } from './photos-part';
import { SpotPart } from './spot-part';
import { StoreCard } from './store-card';
import { SubjectPart } from './subject-part';
import { TwinsPart, useTwins, type Twin } from './twins-part';
import { beginning, draftToResume, useKeptForm } from './use-file-form';
import { useToday, useUnits, useVillagePackage } from './use-field';

const t = textsOf(zh);
const FAULT_TEXT: Readonly<Record<FormFault, string>> = {
  place: t('faultPlace'),
  subject: t('faultSubject'),
  category: t('faultCategory'),
  text: t('faultText'),
  personPresent: t('faultPersonPresent'),
  secondInspector: t('faultSecondInspector'),
  before: t('faultBefore'),
  after: t('faultAfter'),
};

type FormProps = Readonly<{ resumed: Draft | null; start: ReturnType<typeof beginning>; isField: boolean }>;

const FileFindingForm = ({ resumed, start, isField }: FormProps): ReactNode => {
  const { who } = useSession();
  const isOnline = useOnline();
  const { form, photos, change, keep, letGo, draftId } = useKeptForm(resumed, start);
  const { content } = useVillagePackage(form.villageId, isField);
  const online = useQuery({
    queryKey: ['categories'],
    queryFn: () => read(categoriesList()),
    enabled: isOnline && content === null,
    staleTime: 3_600_000,
  });
  const [begunBefore] = useState(resumed?.draftId ?? null);
  const [isTried, setIsTried] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const navigate = useNavigate();
  const say = useToast();
  const twins = useTwins(form, content);
  const count = (phase: 'before' | 'after'): number => photos.filter((photo) => photo.phase === phase).length;
  const faults = faultsOf(form, { before: count('before'), after: count('after') });
  const faultText = (fault: FormFault): string | null => (isTried && faults.includes(fault) ? FAULT_TEXT[fault] : null);
  const categories = content?.categories ?? online.data?.categories.filter(({ retiredAfter }) => retiredAfter === null) ?? [];
  const members = (content?.teamMembers ?? []).filter(({ id }) => id !== who.person.id);

  const done = (words: string): void => {
    say(words);
    setIsTried(false);
    letGo(start);
    if (isField) void navigate('/today');
    else window.scrollTo(0, 0);
  };
  const save = async (): Promise<void> => {
    setIsTried(true);
    if (faults.length > 0 || isSaving) {
      // The first thing that is missing takes the focus, once the page has marked it.
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('[aria-invalid="true"], fieldset [role="alert"]')?.scrollIntoView({ block: 'center' }),
      );
      return;
    }
    setIsSaving(true);
    await phone.submit(await keep());
    setIsSaving(false);
    done(savedWords());
  };
  const addTo = async ({ findingId, number }: Twin): Promise<void> => {
    const kept = await keep();
    await phone.type(kept, {
      kind: 'addition',
      findingId,
      number,
      text: form.text.trim() === '' ? (form.category?.name ?? number) : form.text.trim(),
    });
    await phone.submit(kept);
    done(`${t('additionOf', { number })} · ${savedWords()}`);
  };
  const restart = async (): Promise<void> => {
    if (draftId !== null) await phone.discard(draftId);
    letGo(start);
  };
  return (
    <form
      className={`${styles['form']} ${styles['touch']}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {begunBefore !== null && draftId === begunBefore && (
        <Notice>
          <div className={styles['line']}>
            <span>{t('resumed')}</span>
            <Button onClick={() => void restart()}>{t('restart')}</Button>
          </div>
        </Notice>
      )}
      <FilledPart form={form} onChange={change} fault={faultText('place')} />
      <SubjectPart
        subject={form.subject}
        roster={content?.roster ?? []}
        onChange={(subject) => change({ subject })}
        fault={faultText('subject')}
      />
      <CategoryPart
        categories={categories}
        recent={content?.recentCategories ?? []}
        chosen={form.category}
        onChange={(category) => change({ category })}
        fault={faultText('category')}
      />
      <TwinsPart twins={twins} onAdd={(twin) => void addTo(twin)} />
      <TextArea
        label={t('text')}
        value={form.text}
        onChange={(text) => change({ text })}
        rows={3}
        maxLength={2000}
        fault={faultText('text')}
      />
      <PhotosPart label={t('photosBefore')} phase="before" photos={photos} draftFor={keep} fault={faultText('before')} />
      {isField && (
        <SpotPart
          spot={form.spot}
          members={members}
          onChange={(spot) => change({ spot })}
          faults={{ personPresent: faultText('personPresent'), secondInspector: faultText('secondInspector') }}
        />
      )}
      {form.spot !== null && (
        <PhotosPart label={t('photosAfter')} phase="after" photos={photos} draftFor={keep} fault={faultText('after')} />
      )}
      <div className={styles['foot']}>
        <Button type="submit" look="primary" wide busy={isSaving}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
};

/** 报问题. Inspectors work from the package of the village, also without a network; everybody else files online. */
export default function FilePage(): ReactNode {
  const { who, has } = useSession();
  const state = usePhone();
  const isOnline = useOnline();
  const isField = has('inspector', 'team-head');
  const [search] = useSearchParams();
  const today = useToday(isField && isOnline);
  const villageId = search.get('village') ?? today.data?.villages[0]?.id ?? state.packages[0]?.content.village.id ?? null;
  const village = useVillagePackage(villageId, isField);
  const towns = useUnits('town', null, !isField);
  const isWaiting = isField
    ? state.mode === 'starting' || (isOnline && (today.isPending || (village.content === null && village.taking.isFetching)))
    : towns.isPending;
  const ownTown = towns.data?.find(({ id }) => id === who.acting?.unit.id) ?? null;
  const asked = search.get('draft');
  // Inspectors are known to their phone already; everybody else files with what the page holds.
  useEffect(() => {
    if (!isField) void phone.belongsTo(who);
  }, [isField, who]);
  return (
    <Page title={t('fileTitle')}>
      <OutboxLine />
      {isField && state.wiped && <StoreCard />}
      {isField && state.mode === 'locked' ? (
        <StoreCard />
      ) : isWaiting ? (
        <Loading />
      ) : (
        <FileFindingForm
          key={`${state.mode} ${asked ?? ''}`}
          resumed={draftToResume(state.drafts, asked)}
          start={beginning(who, village.content, ownTown)}
          isField={isField}
        />
      )}
    </Page>
  );
}
