import { useState, type ReactNode } from 'react';
import { LinkButton, Button } from '../../ui/button';
import { word } from '../../i18n/words';
import { Actions, Card, Facts, Tag } from '../../ui/states';
import { useUnits, type Unit } from './data';
import { periodWords } from './period';
import { ownWord, t } from './texts';
import { DissolveDialog, EstablishDialog, MergeDialog, MoveDialog, RenameDialog, SynonymsDialog } from './unit-acts';
import styles from './admin.module.css';

const ACTS = ['rename', 'synonyms', 'move', 'below', 'merge', 'dissolve'] as const;
type Act = (typeof ACTS)[number];

const LABELS: Readonly<Record<Act, string>> = {
  rename: t('rename'),
  synonyms: t('synonymsChange'),
  move: t('move'),
  below: t('establishBelow'),
  merge: t('merge'),
  dissolve: t('dissolve'),
};

const ActOf = ({ act, unit, onClose }: Readonly<{ act: Act; unit: Unit; onClose: () => void }>): ReactNode => {
  switch (act) {
    case 'rename':
      return <RenameDialog unit={unit} onClose={onClose} />;
    case 'synonyms':
      return <SynonymsDialog unit={unit} onClose={onClose} />;
    case 'move':
      return <MoveDialog unit={unit} onClose={onClose} />;
    case 'below':
      return <EstablishDialog parentId={unit.id} onClose={onClose} />;
    case 'merge':
      return <MergeDialog unit={unit} onClose={onClose} />;
    case 'dissolve':
      return <DissolveDialog unit={unit} onClose={onClose} />;
  }
};

/** A unit with its dates, and what may be done about it. */
export const UnitCard = ({ unit, onChoose }: Readonly<{ unit: Unit; onChoose: (id: string | null) => void }>): ReactNode => {
  const { nameOf } = useUnits();
  const [act, setAct] = useState<Act | null>(null);
  const { parentId, mergedInto } = unit;
  return (
    <div className={styles['card2']}>
      <div className={styles['backOnPhone']}>
        <Button onClick={() => onChoose(null)}>{t('backToTree')}</Button>
      </div>
      <Card title={unit.name}>
        <Facts
          of={[
            [t('kind'), word('unit-kind', unit.kind)],
            [
              t('state'),
              <Tag key="state" tone={unit.status === 'active' ? 'green' : 'grey'}>
                {ownWord('unit-status', unit.status)}
              </Tag>,
            ],
            [t('dates'), periodWords(unit)],
            [
              t('parent'),
              parentId === null ? null : (
                <button key="up" type="button" className={styles['name']} onClick={() => onChoose(parentId)}>
                  {nameOf(parentId)}
                </button>
              ),
            ],
            [
              t('successor'),
              mergedInto === null ? null : (
                <button key="into" type="button" className={styles['name']} onClick={() => onChoose(mergedInto)}>
                  {nameOf(mergedInto)}
                </button>
              ),
            ],
            [t('synonyms'), unit.synonyms.join(t('comma'))],
            [t('code'), unit.id],
          ]}
        />
        {unit.status === 'active' && (
          <Actions>
            {ACTS.filter((one) => unit.kind !== 'county' || !['move', 'merge', 'dissolve'].includes(one)).map((one) => (
              <Button key={one} look={one === 'merge' || one === 'dissolve' ? 'danger' : 'default'} onClick={() => setAct(one)}>
                {LABELS[one]}
              </Button>
            ))}
          </Actions>
        )}
        <Actions>
          <LinkButton to={`/admin/posts?unit=${unit.id}`} look="plain">
            {t('unitPosts')}
          </LinkButton>
        </Actions>
      </Card>
      {act !== null && <ActOf act={act} unit={unit} onClose={() => setAct(null)} />}
    </div>
  );
};
