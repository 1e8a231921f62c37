import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { officeAccept, officeProposal, officeTransfer, transferPreviewsPreview } from '../../api/generated/sdk.gen';
import type { OfficeProposalResponse, TransferPreview as Preview } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/office.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Actions, FormFault, Loaded, Notice } from '../../ui/states';
import { acceptanceFault, acceptanceOf, type AcceptanceDraft } from './acceptance-draft';
import { AcceptancePart } from './acceptance-part';
import type { Detail } from '../finding/detail';
import { bodyOf, draftOf, faultsOf, isAsOffered, type TransferDraft } from './transfer-draft';
import { TransferPart } from './transfer-part';
import { TransferPreview } from './transfer-preview';

const t = textsOf(zh);
type Props = Readonly<{ finding: Detail; office: string; onDone: (said: string) => void }>;

const Form = ({ finding, office, onDone, proposal }: Props & Readonly<{ proposal: OfficeProposalResponse }>): ReactNode => {
  const isUntriaged = finding.stage === 'untriaged';
  const [acceptance, setAcceptance] = useState<AcceptanceDraft>({
    rectification: finding.onTheSpot === null ? 'time-limited' : 'immediate',
    seriousness: finding.seriousness,
    reason: '',
    stages: [],
  });
  const { single } = proposal;
  const offered = (as: string | null): TransferDraft =>
    draftOf(
      { ...proposal, single: single === null ? null : wordOf(zh, `single.${single}`) },
      as === 'immediate' ? t('immediateOne') : null,
    );
  const [transfer, setTransfer] = useState(() => offered(isUntriaged ? acceptance.rectification : finding.rectification));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const previewRef = useRef<HTMLDivElement>(null);
  const isStale = preview !== null && preview.revision !== finding.revision;
  useEffect(() => {
    if (preview !== null) previewRef.current?.focus();
  }, [preview]);

  const rectification = isUntriaged ? acceptance.rectification : finding.rectification;
  const isParent = finding.children.length > 0;
  const isSingleByNature = rectification === 'immediate' || finding.kind === 'task' || finding.parentId !== null || isParent;
  const at = { proposed: proposal.legs, isSingleByNature, isParent, office };
  const accepted = isUntriaged ? acceptanceFault(acceptance) : null;
  const faults = faultsOf(transfer, at);
  const id = finding.findingId;

  const accept = (value: AcceptanceDraft): void => {
    // Legs that nobody touched follow the kind of rectification.
    if (value.rectification !== acceptance.rectification && isAsOffered(transfer, offered(acceptance.rectification)))
      setTransfer(offered(value.rectification));
    setAcceptance(value);
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const look = (): void => {
    setTried(true);
    if (accepted !== null || faults.length > 0) return;
    void attempt(async () => {
      const body = { ...bodyOf(transfer, at), acceptance: isUntriaged ? acceptanceOf(acceptance) : null };
      setPreview(await write((headers) => transferPreviewsPreview({ path: { id }, body, headers })));
    });
  };
  const send = (): void =>
    void attempt(async () => {
      const body = acceptanceOf(acceptance);
      const seen =
        isUntriaged && body !== null
          ? (await write((headers) => officeAccept({ path: { id }, body, headers }), { seen: finding.revision })).revision
          : finding.revision;
      await write((headers) => officeTransfer({ path: { id }, body: bodyOf(transfer, at), headers }), { seen });
      onDone(t('transferred', { number: finding.number }));
    });

  if (preview !== null)
    return (
      <div ref={previewRef} tabIndex={-1}>
        <TransferPreview preview={preview} />
        {isStale && <Notice tone="amber">{t('changedSincePreview')}</Notice>}
        <FormFault error={error} />
        <Actions>
          <Button onClick={() => setPreview(null)}>{t('changeIt')}</Button>
          {isStale ? (
            <Button look="primary" busy={busy} onClick={look}>
              {t('lookAgain')}
            </Button>
          ) : (
            <Button look="primary" busy={busy} onClick={send}>
              {isUntriaged ? t('acceptAndTransfer') : t('transferNow')}
            </Button>
          )}
        </Actions>
      </div>
    );
  return (
    <>
      {isUntriaged && (
        <AcceptancePart value={acceptance} onChange={accept} fault={tried && accepted !== null ? t(`accept.${accepted}`) : null} />
      )}
      <h3>{t('transferTitle')}</h3>
      <TransferPart value={transfer} onChange={setTransfer} proposed={proposal.legs} office={office} isSingleByNature={isSingleByNature} />
      {tried && faults.length > 0 && (
        <Notice tone="red" alert>
          {faults.map((fault) => (
            <p key={fault}>{t(`transfer.${fault}`)}</p>
          ))}
        </Notice>
      )}
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={look}>
          {t('seeDeadlines')}
        </Button>
      </Actions>
    </>
  );
};

/** Acceptance and transfer in one go: first the deadlines are computed and shown, then both are sent. */
export const AcceptAndTransfer = (props: Props): ReactNode => {
  const id = props.finding.findingId;
  const query = useQuery({
    queryKey: ['finding', id, 'proposal'],
    queryFn: () => read(officeProposal({ path: { id } })),
    staleTime: Infinity,
  });
  return <Loaded query={query}>{(proposal) => <Form {...props} proposal={proposal} />}</Loaded>;
};
