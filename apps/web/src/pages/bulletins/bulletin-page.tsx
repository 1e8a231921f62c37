import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { read } from '../../api/calls';
import { bulletinsFile, bulletinsOne } from '../../api/generated/sdk.gen';
import type { BulletinShown } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button, LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { saveFile } from '../../ui/save-file';
import { Actions, Card, Facts, FormFault, Loaded, Notice, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useAct } from '../../ui/use-act';
import { CorrectDialog } from './correct-dialog';
import { IssueView } from './issue-view';
import { figureWord, issueWords, kindWord, own, t } from './words';
import styles from './bulletins.module.css';

const Files = ({ of: { content } }: Readonly<{ of: BulletinShown }>): ReactNode => {
  const { busy, error, send } = useAct();
  const save = (format: 'pdf' | 'docx'): void =>
    send(true, async () => {
      const file = await read(bulletinsFile({ path: { id: content.bulletinId, format }, parseAs: 'blob' }));
      saveFile(file as Blob, t('fileName', { issue: `${kindWord(content.kind)}${issueWords(content)}`, format }));
    });
  return (
    <>
      <Actions>
        {(['pdf', 'docx'] as const).map((format) => (
          <Button key={format} busy={busy} onClick={() => save(format)}>
            {own(`file.${format}`)}
          </Button>
        ))}
        <a href={`/api/bulletins/${content.bulletinId}/file/html`} target="_blank" rel="noreferrer">
          {own('file.html')}
        </a>
      </Actions>
      <FormFault error={error} />
    </>
  );
};

/** What became known since; the issue itself stays as it was. */
const Corrections = ({ of }: Readonly<{ of: BulletinShown }>): ReactNode => (
  <Card title={t('corrections')}>
    <p>{t('correctionsNote')}</p>
    <ul>
      {of.corrections.map((correction) => (
        <li key={correction.revision}>
          {correction.lines.map((line) => (
            <div key={`${line.scope}/${line.id}/${line.figure}`}>
              {t('correctionLine', { ...line, figure: figureWord(line.scope, line.figure) })}
            </div>
          ))}
          <div className={styles['small']}>
            {t('correctionWhy', {
              reason: correction.reason,
              at: dateTimeWords(correction.correctedAt),
              name: correction.correctedBy.name,
            })}{' '}
            {correction.printedIn === null ? (
              <Tag>{t('notPrinted')}</Tag>
            ) : (
              <Link to={`/bulletins/${correction.printedIn}`}>{t('printedIn')}</Link>
            )}
          </div>
        </li>
      ))}
    </ul>
  </Card>
);

const Issue = ({ of }: Readonly<{ of: BulletinShown }>): ReactNode => {
  const { has } = useSession();
  const [correcting, setCorrecting] = useState(false);
  const { content } = of;
  return (
    <>
      <Card title={content.title}>
        <Facts
          of={[
            [own('facts.kind'), kindWord(content.kind)],
            [own('facts.period'), t('span', { from: dayWords(content.period.from), to: dayWords(content.period.to) })],
            [own('facts.unit'), content.unit.name],
            [own('facts.issued'), t('by', { at: dateTimeWords(of.issuedAt), name: of.issuedBy.name })],
            [own('facts.copies'), content.copies.join(t('comma'))],
            [
              own('facts.previous'),
              content.previous && <Link to={`/bulletins/${content.previous.bulletinId}`}>{content.previous.label}</Link>,
            ],
            [own('facts.hash'), <code className={styles['hash']}>{of.contentHash}</code>],
          ]}
        />
        <Files of={of} />
        {has('office', 'office-head') && (
          <Actions>
            <Button onClick={() => setCorrecting(true)}>{t('correct')}</Button>
          </Actions>
        )}
      </Card>
      {of.partial && <Notice>{t('partial')}</Notice>}
      {of.corrections.length > 0 && <Corrections of={of} />}
      <IssueView of={content} />
      {correcting && <CorrectDialog of={of} onClose={() => setCorrecting(false)} />}
    </>
  );
};

/** One issue as it was published, with every number leading to its list. */
export default function BulletinPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['bulletins', 'one', id], queryFn: () => read(bulletinsOne({ path: { id } })) });
  const title = query.data === undefined ? t('title') : `${kindWord(query.data.content.kind)} ${issueWords(query.data.content)}`;
  return (
    <Page title={title} tools={<LinkButton to="/bulletins">{t('toList')}</LinkButton>}>
      <Loaded query={query}>{(of) => <Issue of={of} />}</Loaded>
    </Page>
  );
}
