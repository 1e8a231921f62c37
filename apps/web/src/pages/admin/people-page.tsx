import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { TextField } from '../../ui/fields';
import { Empty, Loaded, Tools } from '../../ui/states';
import { AdminPage } from './admin-frame';
import { usePeople, usePosts, useShown, useUnits, type Person, type Post } from './data';
import { phaseOf } from './period';
import { RegisterDialog } from './person-acts';
import { PersonCard } from './person-card';
import { t } from './texts';
import styles from './admin.module.css';

const peopleLike = (people: readonly Person[], typed: string): readonly Person[] => {
  const text = typed.trim().toLowerCase();
  return people.filter(({ name, initials }) => name.includes(text) || initials.startsWith(text));
};

const PeopleTable = ({ people, onChoose }: Readonly<{ people: readonly Person[]; onChoose: (id: string) => void }>): ReactNode => {
  const { nameOf } = useUnits();
  const { posts } = usePosts();
  const { today } = useSession().who;
  const { rows, more } = useShown(people);
  const heldBy = (id: string): readonly Post[] => posts.filter(({ holders }) => holders.includes(id));
  const columns: readonly Column<Person>[] = [
    {
      key: 'name',
      title: t('personName'),
      cell: ({ id, name }) => (
        <button type="button" className={styles['name']} onClick={() => onChoose(id)}>
          {name}
        </button>
      ),
    },
    {
      key: 'posts',
      title: t('postsHeld'),
      cell: ({ id }) => heldBy(id).map((post) => <div key={post.id}>{t('postOf', { unit: nameOf(post.unitId), title: post.title })}</div>),
    },
    { key: 'phone', title: t('phone'), cell: ({ phoneMasked }) => phoneMasked ?? t('noPhone') },
    {
      key: 'more',
      title: t('area.secondments'),
      cell: ({ secondments, charges }) => (
        <>
          {secondments
            .filter((one) => phaseOf(one, today) === 'now')
            .map((one) => (
              <div key={`s-${one.toUnit}`}>{t('secondedTo', { unit: nameOf(one.toUnit) })}</div>
            ))}
          {charges
            .filter((one) => phaseOf(one, today) === 'now')
            .map((one) => (
              <div key={`c-${one.unitId}`}>{t('inChargeOf', { unit: nameOf(one.unitId) })}</div>
            ))}
        </>
      ),
    },
  ];
  if (people.length === 0) return <Empty>{t('nothingFound')}</Empty>;
  return <DeskTable caption={t('area.people')} columns={columns} rows={rows} keyOf={({ id }) => id} more={more} />;
};

const People = ({ people }: Readonly<{ people: readonly Person[] }>): ReactNode => {
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const chosen = people.find(({ id }) => id === params.get('person'));
  if (chosen !== undefined) return <PersonCard key={chosen.id} person={chosen} onBack={() => setParams({})} />;
  return (
    <>
      <Tools>
        <TextField type="search" label={t('personSearch')} hint={t('narrowHint')} value={typed} onChange={setTyped} />
      </Tools>
      <PeopleTable key={typed} people={peopleLike(people, typed)} onChoose={(id) => setParams({ person: id })} />
    </>
  );
};

/** 人员: registered once; posts, secondments and towns with dates; telephone numbers masked. */
export default function PeoplePage(): ReactNode {
  const { query } = usePeople();
  const [isNew, setNew] = useState(false);
  return (
    <AdminPage
      title={t('area.people')}
      tools={
        <Button look="primary" onClick={() => setNew(true)}>
          {t('register')}
        </Button>
      }
    >
      <Loaded query={query}>{({ people }) => <People people={people} />}</Loaded>
      {isNew && <RegisterDialog onClose={() => setNew(false)} />}
    </AdminPage>
  );
}
