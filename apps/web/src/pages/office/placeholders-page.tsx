import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { read, write } from '../../api/calls';
import { placeholdersAll, placeholdersRegister, placeholdersSettle, placeholdersWithdraw } from '../../api/generated/sdk.gen';
import type { PlaceholderShown, SourceKind } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/placeholders.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Dialog } from '../../ui/dialog';
import { SelectField, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Empty, Fault, FormFault, Loading, Notice, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { usePages } from '../../ui/use-pages';
import { UnitField } from './unit-fields';
import { useAct } from '../../ui/use-act';
import { Tabs } from '../../ui/tabs';

const t = textsOf(zh);
const said = textsOf(common);
const SOURCES: readonly SourceKind[] = ['upper', 'inspection', 'self', 'data', 'leader', 'other'];
const STATUSES = ['open', 'settled', 'withdrawn'] as const;
const GROUNDS = ['mistaken', 'declassified', 'source-withdrew'] as const;
type Ground = (typeof GROUNDS)[number];
type DialogProps = Readonly<{ onClose: () => void; onDone: (said: string) => void }>;

/** No field takes words: what is classified has no place here (R39). */
const RegisterDialog = ({ onClose, onDone }: DialogProps): ReactNode => {
  const [unitId, setUnit] = useState('');
  const [source, setSource] = useState<SourceKind | ''>('');
  const { tried, busy, error, send } = useAct();
  const submit = (): void =>
    send(unitId !== '' && source !== '', async () => {
      const body = { unitId, source: source === '' ? ('other' as const) : source };
      const { number } = await write((headers) => placeholdersRegister({ body, headers }));
      onDone(t('registered', { number: number ?? '' }));
    });
  return (
    <Dialog title={t('register')} onClose={onClose}>
      <Notice tone="amber">{t('noContent')}</Notice>
      <UnitField
        label={t('unit')}
        kinds={['town', 'department', 'company', 'office']}
        value={unitId}
        onChange={setUnit}
        fault={tried && unitId === '' ? said('required', { label: t('unit') }) : null}
      />
      <SelectField
        label={t('source')}
        value={source}
        onChange={setSource}
        options={SOURCES.map((one) => ({ value: one, label: wordOf(words, `source.${one}`) }))}
        fault={tried && source === '' ? said('required', { label: t('source') }) : null}
      />
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('register')}
        </Button>
      </Actions>
    </Dialog>
  );
};

const EndDialog = ({
  of,
  how,
  onClose,
  onDone,
}: DialogProps & Readonly<{ of: PlaceholderShown; how: 'settle' | 'withdraw' }>): ReactNode => {
  const [documentNumber, setDocument] = useState('');
  const [ground, setGround] = useState<Ground | ''>('');
  const { tried, busy, error, send } = useAct();
  const needsDocument = how === 'settle' || ground === 'source-withdrew';
  const submit = (): void =>
    send((how === 'settle' || ground !== '') && (!needsDocument || documentNumber.trim() !== ''), async () => {
      const path = { id: of.placeholderId };
      const seen = of.revision;
      if (how === 'settle') await write((headers) => placeholdersSettle({ path, body: { documentNumber }, headers }), { seen });
      else if (ground !== '') {
        const body = { ground, documentNumber: documentNumber.trim() === '' ? null : documentNumber };
        await write((headers) => placeholdersWithdraw({ path, body, headers }), { seen });
      }
      onDone(t(how === 'settle' ? 'settled' : 'withdrawn', { number: of.number }));
    });
  return (
    <Dialog title={t(how === 'settle' ? 'settleOf' : 'withdrawOf', { number: of.number })} onClose={onClose}>
      {how === 'withdraw' && (
        <SelectField
          label={t('ground')}
          value={ground}
          onChange={setGround}
          options={GROUNDS.map((one) => ({ value: one, label: t(`ground.${one}`) }))}
          fault={tried && ground === '' ? said('required', { label: t('ground') }) : null}
        />
      )}
      <TextField
        label={t('documentNumber')}
        optional={!needsDocument}
        value={documentNumber}
        onChange={setDocument}
        fault={tried && needsDocument && documentNumber.trim() === '' ? said('required', { label: t('documentNumber') }) : null}
      />
      <FormFault error={error} />
      <Actions>
        <Button look={how === 'settle' ? 'primary' : 'danger'} busy={busy} onClick={submit}>
          {t(how)}
        </Button>
      </Actions>
    </Dialog>
  );
};

type Open = Readonly<{ how: 'register' }> | Readonly<{ how: 'settle' | 'withdraw'; of: PlaceholderShown }>;

/** 线下办理: what is classified keeps its place in the count and nothing else. */
export default function PlaceholdersPage(): ReactNode {
  const [search] = useSearchParams();
  const status = STATUSES.find((one) => one === search.get('status')) ?? 'open';
  const { has } = useSession();
  const isOffice = has('office', 'office-head');
  const [open, setOpen] = useState<Open | null>(null);
  const queries = useQueryClient();
  const say = useToast();
  const list = usePages(
    ['findings', 'placeholders', status],
    (after) => read(placeholdersAll({ query: { status, ...(after === undefined ? {} : { after }) } })),
    ({ placeholders }) => placeholders,
  );
  const done = (text: string): void => {
    say(text);
    setOpen(null);
    void queries.invalidateQueries({ queryKey: ['findings'] });
  };
  const columns: readonly Column<PlaceholderShown>[] = [
    { key: 'number', title: t('number'), cell: (row) => row.number },
    { key: 'unit', title: t('unit'), cell: (row) => row.unit.name },
    { key: 'source', title: t('source'), cell: (row) => wordOf(words, `source.${row.source}`) },
    { key: 'on', title: t('registeredOn'), cell: (row) => <time dateTime={row.registeredOn}>{dayWords(row.registeredOn)}</time> },
    { key: 'by', title: t('registeredBy'), cell: (row) => row.registeredBy.name },
    {
      key: 'state',
      title: t('state'),
      cell: (row) =>
        row.status === 'open' ? (
          <Tag tone="blue">{t('status.open')}</Tag>
        ) : (
          [
            row.settledOn !== null && t('settledOn', { day: dayWords(row.settledOn), document: row.documentNumber ?? '' }),
            row.withdrawnOn !== null &&
              t('withdrawnOn', { day: dayWords(row.withdrawnOn), ground: wordOf(zh, `ground.${row.withdrawalGround ?? ''}`) }),
          ].filter(Boolean)
        ),
    },
    ...(isOffice && status === 'open'
      ? [
          {
            key: 'acts',
            title: t('acts'),
            cell: (row: PlaceholderShown) => (
              <>
                <Button onClick={() => setOpen({ how: 'settle', of: row })} aria-label={t('settleOf', { number: row.number })}>
                  {t('settle')}
                </Button>{' '}
                <Button
                  look="plain"
                  onClick={() => setOpen({ how: 'withdraw', of: row })}
                  aria-label={t('withdrawOf', { number: row.number })}
                >
                  {t('withdraw')}
                </Button>
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title={t('title')}
      tools={
        isOffice && (
          <Button look="primary" onClick={() => setOpen({ how: 'register' })}>
            {t('register')}
          </Button>
        )
      }
    >
      <Notice>{t('about')}</Notice>
      <Tabs
        label={t('state')}
        items={STATUSES.map((one) => ({ to: `/placeholders?status=${one}`, label: t(`status.${one}`), current: one === status }))}
      />
      {list.isPending ? (
        <Loading />
      ) : list.error !== null ? (
        <Fault error={list.error} again={() => void list.refetch()} />
      ) : list.rows.length === 0 ? (
        <Empty>{t('empty')}</Empty>
      ) : (
        <DeskTable
          caption={t('title')}
          columns={columns}
          rows={list.rows}
          keyOf={(row) => row.placeholderId}
          more={list.more}
          loadingMore={list.loadingMore}
        />
      )}
      {open?.how === 'register' && <RegisterDialog onClose={() => setOpen(null)} onDone={done} />}
      {open !== null && open.how !== 'register' && <EndDialog of={open.of} how={open.how} onClose={() => setOpen(null)} onDone={done} />}
    </Page>
  );
}
