import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useSession, type Role } from '../../app/session';
import { word, wordsOf } from '../../i18n/words';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Checkbox, SelectField, TextField } from '../../ui/fields';
import { Empty, Loaded, Tag, Tools } from '../../ui/states';
import { AdminPage } from './admin-frame';
import { usePeople, usePosts, useShown, useUnits, type Post } from './data';
import { CreatePostDialog } from './post-acts';
import { PostCard } from './post-card';
import { ROLES, isClosed } from './posts';
import { c, t } from './texts';
import { isBelow } from './unit-tree';
import styles from './admin.module.css';

const PostsTable = ({ posts, onChoose }: Readonly<{ posts: readonly Post[]; onChoose: (id: string) => void }>): ReactNode => {
  const units = useUnits();
  const people = usePeople();
  const { today } = useSession().who;
  const { rows, more } = useShown(posts);
  const columns: readonly Column<Post>[] = [
    { key: 'unit', title: t('unit'), cell: ({ unitId }) => units.nameOf(unitId) },
    {
      key: 'title',
      title: t('post'),
      cell: (post) => (
        <button type="button" className={styles['name']} onClick={() => onChoose(post.id)}>
          {post.title}
        </button>
      ),
    },
    { key: 'roles', title: t('roles'), cell: ({ roles }) => roles.map((role) => word('role', role)).join(t('comma')) },
    {
      key: 'holder',
      title: t('holder'),
      cell: (post) =>
        isClosed(post, today) ? (
          <Tag>{t('postClosed')}</Tag>
        ) : post.holders.length === 0 ? (
          <Tag tone="amber">{t('vacant')}</Tag>
        ) : (
          post.holders.map(people.nameOf).join(t('comma'))
        ),
    },
    { key: 'substitute', title: t('substitute'), cell: ({ substitutes }) => substitutes.map(people.nameOf).join(t('comma')) },
    { key: 'receives', title: t('receives'), cell: ({ receives }) => (receives ? c('yes') : c('no')) },
  ];
  if (posts.length === 0) return <Empty>{t('nothingFound')}</Empty>;
  return <DeskTable caption={t('area.posts')} columns={columns} rows={rows} keyOf={({ id }) => id} more={more} />;
};

const Posts = ({ posts }: Readonly<{ posts: readonly Post[] }>): ReactNode => {
  const [params, setParams] = useSearchParams();
  const units = useUnits();
  const people = usePeople();
  const { today } = useSession().who;
  const [typed, setTyped] = useState('');
  const [role, setRole] = useState<Role | ''>('');
  const [onlyVacant, setOnlyVacant] = useState(params.has('vacant'));
  const chosen = posts.find(({ id }) => id === params.get('post'));
  if (chosen !== undefined) return <PostCard key={chosen.id} post={chosen} onBack={() => setParams({})} />;
  const within = units.byId.get(params.get('unit') ?? '');
  const text = typed.trim();
  const shown = posts.filter((post) => {
    const unit = units.byId.get(post.unitId);
    const names = [post.title, unit?.name ?? '', ...[...post.holders, ...post.substitutes].map(people.nameOf)];
    if (within !== undefined && (unit === undefined || !isBelow(unit, within))) return false;
    if (onlyVacant && (isClosed(post, today) || post.holders.length > 0)) return false;
    return (role === '' || post.roles.includes(role)) && (text === '' || names.some((name) => name.includes(text)));
  });
  return (
    <>
      <Tools>
        <TextField type="search" label={t('postSearch')} value={typed} onChange={setTyped} />
        <SelectField label={t('role')} value={role} onChange={setRole} options={wordsOf('role', ROLES)} placeholder={c('all')} />
        <Checkbox label={t('onlyVacant')} value={onlyVacant} onChange={setOnlyVacant} />
        {within !== undefined && <Button onClick={() => setParams({})}>{t('withinEnd', { unit: within.name })}</Button>}
      </Tools>
      <PostsTable key={`${typed}-${role}`} posts={shown} onChoose={(id) => setParams({ post: id })} />
    </>
  );
};

/** 岗位: work belongs to posts; people hold them from a day to a day, with A/B 角. */
export default function PostsPage(): ReactNode {
  const { query } = usePosts();
  const [params] = useSearchParams();
  const [isNew, setNew] = useState(false);
  return (
    <AdminPage
      title={t('area.posts')}
      tools={
        <Button look="primary" onClick={() => setNew(true)}>
          {t('postCreate')}
        </Button>
      }
    >
      <Loaded query={query}>{({ posts }) => <Posts posts={posts} />}</Loaded>
      {isNew && <CreatePostDialog unitId={params.get('unit') ?? ''} onClose={() => setNew(false)} />}
    </AdminPage>
  );
}
