import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { read } from '../../api/calls';
import { noticeFilesFile, noticesReadingOne } from '../../api/generated/sdk.gen';
import type { NoticeDetail } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { saveFile } from '../../ui/save-file';
import { Actions, Card, Facts, FormFault, Loaded, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useAct } from '../../ui/use-act';
import { Course } from './course';
import { Paper, ReferenceLink } from './paper';
import { kindWord, own, t, TONES } from './words';
import styles from './notices.module.css';

const Files = ({ of }: Readonly<{ of: NoticeDetail }>): ReactNode => {
  const { busy, error, send } = useAct();
  const save = (format: 'pdf' | 'docx', copy: 'unit' | 'file', name: string): void =>
    send(true, async () => {
      const file = await read(noticeFilesFile({ path: { id: of.noticeId, format }, query: { copy }, parseAs: 'blob' }));
      saveFile(file as Blob, name);
    });
  return (
    <>
      <Actions>
        {(['pdf', 'docx'] as const).map((format) => (
          <Button key={format} busy={busy} onClick={() => save(format, 'unit', t('fileName', { number: of.number, format }))}>
            {own(`file.${format}`)}
          </Button>
        ))}
        {of.offers.deliver && (
          <Button busy={busy} onClick={() => save('pdf', 'file', t('archiveName', { number: of.number }))}>
            {own('file.archive')}
          </Button>
        )}
        <a href={`/api/notices/${of.noticeId}/file/html`} target="_blank" rel="noreferrer">
          {own('file.html')}
        </a>
      </Actions>
      <FormFault error={error} />
    </>
  );
};

const signed = ({ signature, signedAt, signedBy, signDueAt }: NoticeDetail): ReactNode => (
  <>
    <Tag tone={TONES[signature]}>{own(`signature.${signature}`)}</Tag>{' '}
    {signedAt !== null && signedBy !== null && t('signedBy', { name: signedBy.name, at: dateTimeWords(signedAt) })}
    {signature === 'unsigned' && t('signDue', { at: dateTimeWords(signDueAt) })}
  </>
);

const Issued = ({ of }: Readonly<{ of: NoticeDetail }>): ReactNode => (
  <>
    <Card title={kindWord(of.kind)}>
      <Facts
        of={[
          [t('number'), of.number],
          [t('unit'), of.unit.name],
          [t('issuer'), of.issuer.name],
          [t('issuedOn'), dayWords(of.issuedOn)],
          [own('facts.by'), of.issuedBy.name],
          [own('facts.signed'), signed(of)],
          [own('facts.corrects'), of.corrects && <ReferenceLink to={of.corrects} />],
          [
            own('facts.corrections'),
            of.corrections.length === 0 ? null : (
              <ul>
                {of.corrections.map((correction) => (
                  <li key={correction.noticeId}>
                    <ReferenceLink to={correction} />
                  </li>
                ))}
              </ul>
            ),
          ],
          [own('facts.hash'), <code className={styles['hash']}>{of.contentHash}</code>],
        ]}
      />
      <Files of={of} />
    </Card>
    <Course of={of} />
    <Paper of={of.content} title={t('content')} />
  </>
);

/** One notice as it was issued, on paper too, and what became of it. */
export default function NoticePage(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['notices', 'one', id], queryFn: () => read(noticesReadingOne({ path: { id } })) });
  const title = query.data === undefined ? t('title') : t('reference', { kind: kindWord(query.data.kind), number: query.data.number });
  return (
    <Page title={title} tools={<LinkButton to="/notices">{t('toList')}</LinkButton>}>
      <Loaded query={query}>{(of) => <Issued of={of} />}</Loaded>
    </Page>
  );
}
