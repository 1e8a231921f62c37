import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { adminPostsClose, adminPostsReleaseSubstitute, adminPostsVacate } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import { dayWords } from '../../ui/time';
import { Actions, Card, Facts, Notice } from '../../ui/states';
import { usePeople, useUnits, type Post } from './data';
import { EndDialog } from './end-dialog';
import { PeriodList } from './period-list';
import { ChangePostDialog, FillDialog } from './post-acts';
import { isClosed } from './posts';
import { c, t } from './texts';
import styles from './admin.module.css';

type Open = 'change' | 'hold' | 'substitute' | 'close';
type Ending = Readonly<{ what: 'holder' | 'substitute'; personId: string }>;

/** One post: its roles, who holds it and who fills in (A/B 角), each with their days. */
export const PostCard = ({ post, onBack }: Readonly<{ post: Post; onBack: () => void }>): ReactNode => {
  const units = useUnits();
  const people = usePeople();
  const { today } = useSession().who;
  const [open, setOpen] = useState<Open | null>(null);
  const [ending, setEnding] = useState<Ending | null>(null);
  const close = (): void => setOpen(null);
  const isOver = isClosed(post, today);
  const path = { postId: post.id };
  return (
    <div className={styles['card2']}>
      <div>
        <Button onClick={onBack}>{t('backToList')}</Button>
      </div>
      <Card title={t('postOf', { unit: units.nameOf(post.unitId), title: post.title })}>
        {post.closedAfter !== null && <Notice tone="grey">{t('postClosedAfter', { day: dayWords(post.closedAfter) })}</Notice>}
        <Facts
          of={[
            [t('roles'), post.roles.map((role) => word('role', role)).join(t('comma')) || t('noRoles')],
            [t('receives'), post.receives ? c('yes') : c('no')],
            [t('code'), post.id],
          ]}
        />
        {!isOver && (
          <Actions>
            <Button onClick={() => setOpen('change')}>{t('postChange')}</Button>
            <Button look="danger" onClick={() => setOpen('close')}>
              {t('postClose')}
            </Button>
          </Actions>
        )}
      </Card>
      <Card title={t('holdings')}>
        <PeriodList
          rows={post.holdings}
          keyOf={({ personId }) => personId}
          nameOf={({ personId }) => people.nameOf(personId)}
          endLabel={t('vacate')}
          onEnd={({ personId }) => setEnding({ what: 'holder', personId })}
        />
        {!isOver && (
          <Actions>
            <Button onClick={() => setOpen('hold')}>{t('hold')}</Button>
          </Actions>
        )}
      </Card>
      <Card title={t('substitutes')}>
        <p className={styles['detail']}>{t('substitutesHint')}</p>
        <PeriodList
          rows={post.substitutions}
          keyOf={({ personId }) => personId}
          nameOf={({ personId }) => people.nameOf(personId)}
          endLabel={t('release')}
          onEnd={({ personId }) => setEnding({ what: 'substitute', personId })}
        />
        {!isOver && (
          <Actions>
            <Button onClick={() => setOpen('substitute')}>{t('substituteName')}</Button>
          </Actions>
        )}
      </Card>
      {open === 'change' && <ChangePostDialog post={post} onClose={close} />}
      {open === 'hold' && <FillDialog post={post} as="holder" onClose={close} />}
      {open === 'substitute' && <FillDialog post={post} as="substitute" onClose={close} />}
      {open === 'close' && (
        <EndDialog
          title={t('postCloseOf', { title: post.title })}
          submit={t('postClose')}
          consequence={t('postCloseConsequence')}
          send={(body, key) => write((headers) => adminPostsClose({ path, body, headers }), { key })}
          onClose={close}
        />
      )}
      {ending !== null && (
        <EndDialog
          title={t(ending.what === 'holder' ? 'vacateOf' : 'releaseOf', { name: people.nameOf(ending.personId), title: post.title })}
          submit={t(ending.what === 'holder' ? 'vacate' : 'release')}
          consequence={t(ending.what === 'holder' ? 'vacateConsequence' : 'releaseConsequence')}
          send={(body, key) => {
            const end = ending.what === 'holder' ? adminPostsVacate : adminPostsReleaseSubstitute;
            return write((headers) => end({ path: { ...path, personId: ending.personId }, body, headers }), { key });
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </div>
  );
};
