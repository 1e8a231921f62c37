import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { adminPeopleEndCharge, adminPeopleEndSecondment } from '../../api/generated/sdk.gen';
import { Button, LinkButton } from '../../ui/button';
import { Actions, Card, Facts } from '../../ui/states';
import { usePosts, useUnits, type Person } from './data';
import { EndDialog } from './end-dialog';
import { PeriodList } from './period-list';
import { ChargeDialog, CorrectDialog, PhoneDialog, SecondDialog } from './person-acts';
import { t } from './texts';
import styles from './admin.module.css';

type Open = 'correct' | 'phone' | 'second' | 'charge';
type Ending = Readonly<{ what: 'secondment' | 'charge'; unitId: string }>;

const Held = ({ person }: Readonly<{ person: Person }>): ReactNode => {
  const { posts } = usePosts();
  const { nameOf } = useUnits();
  const held = posts.filter(({ holders }) => holders.includes(person.id));
  const filledIn = posts.filter(({ substitutes }) => substitutes.includes(person.id));
  const link = (id: string, label: string): ReactNode => (
    <div key={`${id}-${label}`}>
      <LinkButton to={`/admin/posts?post=${id}`} look="plain">
        {label}
      </LinkButton>
    </div>
  );
  if (held.length + filledIn.length === 0) return t('nonePost');
  return [
    ...held.map(({ id, unitId, title }) => link(id, t('postOf', { unit: nameOf(unitId), title }))),
    ...filledIn.map(({ id, unitId, title }) => link(id, t('substituteOf', { unit: nameOf(unitId), title }))),
  ];
};

/** One person: name, masked number, secondments and towns with their days. */
export const PersonCard = ({ person, onBack }: Readonly<{ person: Person; onBack: () => void }>): ReactNode => {
  const { nameOf } = useUnits();
  const [open, setOpen] = useState<Open | null>(null);
  const [ending, setEnding] = useState<Ending | null>(null);
  const close = (): void => setOpen(null);
  return (
    <div className={styles['card2']}>
      <div>
        <Button onClick={onBack}>{t('backToList')}</Button>
      </div>
      <Card title={person.name}>
        <Facts
          of={[
            [t('phone'), person.phoneMasked ?? t('noPhone')],
            [t('postsHeld'), <Held key="held" person={person} />],
            [t('code'), person.id],
          ]}
        />
        <Actions>
          <Button onClick={() => setOpen('correct')}>{t('correct')}</Button>
          {person.phoneMasked !== null && <Button onClick={() => setOpen('phone')}>{t('phoneRead')}</Button>}
        </Actions>
      </Card>
      <Card title={t('secondments')}>
        <PeriodList
          rows={person.secondments}
          keyOf={({ toUnit }) => toUnit}
          nameOf={({ fromUnit, toUnit }) => t('secondment', { from: nameOf(fromUnit), to: nameOf(toUnit) })}
          endLabel={t('secondEnd')}
          onEnd={({ toUnit }) => setEnding({ what: 'secondment', unitId: toUnit })}
        />
        <Actions>
          <Button onClick={() => setOpen('second')}>{t('second')}</Button>
        </Actions>
      </Card>
      <Card title={t('charges')}>
        <PeriodList
          rows={person.charges}
          keyOf={({ unitId }) => unitId}
          nameOf={({ unitId }) => nameOf(unitId)}
          endLabel={t('chargeEnd')}
          onEnd={({ unitId }) => setEnding({ what: 'charge', unitId })}
        />
        <Actions>
          <Button onClick={() => setOpen('charge')}>{t('charge')}</Button>
        </Actions>
      </Card>
      {open === 'correct' && <CorrectDialog person={person} onClose={close} />}
      {open === 'phone' && <PhoneDialog person={person} onClose={close} />}
      {open === 'second' && <SecondDialog person={person} onClose={close} />}
      {open === 'charge' && <ChargeDialog person={person} onClose={close} />}
      {ending !== null && (
        <EndDialog
          title={t(ending.what === 'secondment' ? 'secondEndOf' : 'chargeEndOf', { name: person.name, unit: nameOf(ending.unitId) })}
          submit={t(ending.what === 'secondment' ? 'secondEnd' : 'chargeEnd')}
          consequence={t(ending.what === 'secondment' ? 'secondEndConsequence' : 'chargeEndConsequence')}
          send={(body, key) => {
            const path = { personId: person.id, unitId: ending.unitId };
            const end = ending.what === 'secondment' ? adminPeopleEndSecondment : adminPeopleEndCharge;
            return write((headers) => end({ path, body, headers }), { key });
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </div>
  );
};
