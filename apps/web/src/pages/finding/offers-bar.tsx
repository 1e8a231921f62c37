import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Actions, Card, Empty, Fault, Loading } from '../../ui/states';
import { useOffers, type Detail } from './detail';
import { hasForm, isGrave, type FormCommand } from './actions';
import type { Offer } from './actions/fields';
import { reasonsOf, sorted } from './actions/offers';
import styles from './finding.module.css';

const t = textsOf(zh);
type Open = (command: FormCommand | 'AddEvidence', legId: string | null) => void;
type Named = Readonly<{ finding: Detail; offer: Offer }>;

/** "报完成 · 大泽山镇" where several legs could be meant. */
const nameOf = ({ finding, offer }: Named): string => {
  const name = word('command', offer.command);
  const leg = finding.legs.find(({ legId }) => legId === offer.legId);
  return leg === undefined || finding.legs.length < 2 ? name : t('commandOfLeg', { name, unit: leg.unit.name });
};

const OfferButton = ({ finding, offer, main, onOpen }: Named & Readonly<{ main: boolean; onOpen: Open }>): ReactNode => {
  const { command, legId } = offer;
  if (command === 'TransferFinding') {
    return (
      <LinkButton to={`/triage/${finding.findingId}`} look={main ? 'primary' : 'default'}>
        {nameOf({ finding, offer })}
      </LinkButton>
    );
  }
  if (command !== 'AddEvidence' && !hasForm(command)) return null;
  return (
    <Button look={main ? 'primary' : 'default'} onClick={() => onOpen(command, legId)}>
      {nameOf({ finding, offer })}
    </Button>
  );
};

const WhyNot = ({
  finding,
  refused,
  onClose,
}: Readonly<{ finding: Detail; refused: readonly Offer[]; onClose: () => void }>): ReactNode => (
  <Dialog title={t('whyNot')} onClose={onClose}>
    <dl className={styles['whyNot']}>
      {reasonsOf(refused).map(([reason, offers]) => (
        <div key={reason}>
          <dt>{reason}</dt>
          {offers.map((offer) => (
            <dd key={`${offer.command} ${offer.legId ?? ''}`}>{nameOf({ finding, offer })}</dd>
          ))}
        </div>
      ))}
    </dl>
    <Actions>
      <Button onClick={onClose}>{t('close')}</Button>
    </Actions>
  </Dialog>
);

/** What I may do now, the most important first; of the rest, why not. */
export const OffersBar = ({ finding, onOpen }: Readonly<{ finding: Detail; onOpen: Open }>): ReactNode => {
  const query = useOffers(finding.findingId);
  const [asks, setAsks] = useState(false);
  const [all, setAll] = useState(false);
  if (query.data === undefined) {
    return (
      <Card title={t('offers')}>{query.isPending ? <Loading /> : <Fault error={query.error} again={() => void query.refetch()} />}</Card>
    );
  }
  const { main, more, refused } = sorted(query.data.offers);
  const isLong = main.length > 0 && more.length > 0;
  return (
    <Card title={t('offers')}>
      {main.length + more.length === 0 && <Empty>{t('noOffers')}</Empty>}
      <Actions>
        {main.map((offer, at) => (
          <OfferButton
            key={`${offer.command} ${offer.legId ?? ''}`}
            finding={finding}
            offer={offer}
            main={at === 0 && !isGrave(offer.command)}
            onOpen={onOpen}
          />
        ))}
        {(!isLong || all) &&
          more.map((offer) => (
            <OfferButton key={`${offer.command} ${offer.legId ?? ''}`} finding={finding} offer={offer} main={false} onOpen={onOpen} />
          ))}
        {isLong && (
          <Button look="plain" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('fewerOffers') : t('moreOffers', { n: more.length })}
          </Button>
        )}
        {refused.length > 0 && (
          <Button look="plain" onClick={() => setAsks(true)}>
            {t('whyNot')}
          </Button>
        )}
      </Actions>
      {asks && <WhyNot finding={finding} refused={refused} onClose={() => setAsks(false)} />}
    </Card>
  );
};
