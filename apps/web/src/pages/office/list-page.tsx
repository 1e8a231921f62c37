import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { read, write } from '../../api/calls';
import { listsAmend, listsReadingOne } from '../../api/generated/sdk.gen';
import type { ListsReadingOneResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import zh from '../../i18n/zh/lists.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { DeskProgress } from '../../ui/desk-progress';
import { Dialog } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Actions, Card, Facts, Loaded, Notice, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { useUnits } from './directory';
import { DiscardDialog, ExportDialog, IssueDialog } from './list-dialogs';
import { ListHeadForm } from './list-head-form';
import { ListProgress, ListZeros } from './list-progress';
import { ListRows } from './list-rows';
import { isBeingIssued } from './list-state';
import styles from './office.module.css';

const t = textsOf(zh);
type List = ListsReadingOneResponse;
type Opened = 'issue' | 'discard' | 'amend' | 'export' | null;
const ASKS_AGAIN_MS = 1_500;

/** The issuing goes on behind; whoever comes back to the page finds it here. */
const Issuing = ({ list }: Readonly<{ list: List }>): ReactNode => {
  const { filed, issued } = list.counts;
  const said = t('issuing', { filed, issued });
  return (
    <Notice>
      <p>{said}</p>
      <DeskProgress share={filed / Math.max(issued, 1)} label={said} />
      <p className={styles['soft']}>{t('issuingLeave')}</p>
    </Notice>
  );
};

const Head = ({ list }: Readonly<{ list: List }>): ReactNode => {
  const { nameOf } = useUnits();
  const { source, counts } = list;
  return (
    <Card>
      <Facts
        of={[
          [t('status'), <Tag key="status">{t(`status.${list.status}`)}</Tag>],
          [t('number'), list.number],
          [
            t('source'),
            [wordOf(words, `source.${source.kind}`), source.name, source.batch, source.documentNumber].filter(Boolean).join(' · '),
          ],
          [t('listDate'), dayWords(list.listDate)],
          [t('issuer'), nameOf(list.issuingUnitId)],
          [t('issuedAt'), list.issuedAt && dateTimeWords(list.issuedAt)],
          ...list.supplementsIssued.map(
            (one) =>
              [
                t('supplementN', { n: one.supplement }),
                t('supplementSaid', { number: one.number, rows: one.rows, day: dayWords(one.issuedAt) }),
              ] as const,
          ),
          [t('progress'), counts.issued === 0 ? null : <ListProgress key="progress" counts={counts} />],
          [
            t('inDetail'),
            counts.issued === 0
              ? null
              : t('detail', {
                  transferred: counts.transferred,
                  signedFor: counts.signedFor,
                  open: counts.open,
                  outside: counts.outside,
                  relapses: counts.relapses,
                }),
          ],
          [t('zeros'), (list.zeros ?? []).length === 0 ? null : <ListZeros key="zeros" zeros={list.zeros} />],
        ]}
      />
    </Card>
  );
};

const ListDesk = ({ list }: Readonly<{ list: List }>): ReactNode => {
  const { has, who } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const [opened, open] = useState<Opened>(null);
  const { listId, status, counts } = list;
  const isMine = has('office', 'office-head') && who.acting?.unit.id === list.issuingUnitId && status !== 'discarded';
  const isSupplement = status === 'issued';
  const close = (): void => open(null);
  const done = (said: string): void => {
    say(said);
    close();
    void queries.invalidateQueries({ queryKey: ['findings'] });
  };
  return (
    <>
      {isBeingIssued(list) && <Issuing list={list} />}
      <Head list={list} />
      <Actions>
        {isMine && counts.waiting > 0 && (
          <Button look="primary" onClick={() => open('issue')}>
            {t(isSupplement ? 'issueSupplement' : 'issue')}
          </Button>
        )}
        {isMine && <LinkButton to={`/imports?list=${listId}`}>{t('importRows')}</LinkButton>}
        {isMine && !isSupplement && <Button onClick={() => open('amend')}>{t('amend')}</Button>}
        {isSupplement && <Button onClick={() => open('export')}>{t('export')}</Button>}
        {isMine && !isSupplement && (
          <Button look="danger" onClick={() => open('discard')}>
            {t('discard')}
          </Button>
        )}
      </Actions>
      <ListRows list={list} isMine={isMine} />
      {opened === 'issue' && <IssueDialog list={list} onClose={close} onDone={done} />}
      {opened === 'export' && <ExportDialog listId={listId} onClose={close} />}
      {opened === 'discard' && (
        <DiscardDialog
          list={list}
          onClose={close}
          onDone={(said) => {
            done(said);
            void navigate('/lists');
          }}
        />
      )}
      {opened === 'amend' && (
        <Dialog title={t('amend')} onClose={close}>
          <ListHeadForm
            of={list}
            save={async ({ title, source, listDate }) => {
              const body = { changes: { title, source, ...(listDate === '' ? {} : { listDate }) } };
              await write((headers) => listsAmend({ path: { id: listId }, body, headers }), { seen: list.revision });
              done(t('amended'));
            }}
          />
        </Dialog>
      )}
    </>
  );
};

/** One list: its rows with what became of them, edited while it is a draft, issued, followed, supplemented. */
export default function ListPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['findings', 'list', id],
    queryFn: () => read(listsReadingOne({ path: { id } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isBeingIssued(state.data) ? ASKS_AGAIN_MS : false),
  });
  return (
    <Page title={query.data?.title ?? t('list')} tools={<LinkButton to="/lists">{t('toLists')}</LinkButton>}>
      <Loaded query={query}>{(list) => <ListDesk list={list} key={id} />}</Loaded>
    </Page>
  );
}
