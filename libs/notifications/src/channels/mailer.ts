import { readFileSync } from 'node:fs';
import type { MailSettings } from '@app/settings';
import { createTransport } from 'nodemailer';
import type { Outcome } from '../outbox/outbox';

export type Letter = Readonly<{
  /** The same for every attempt, so that who receives it twice can tell. */
  id: string;
  to: string;
  subject: string;
  text: string;
}>;

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

const optionsOf = ({ url, caFile }: MailSettings) => {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password never travels, and no number of a finding, where anybody can read along, unless the settings say so.
    requireTLS: !secure && searchParams.get('tls') !== 'off',
    ignoreTLS: searchParams.get('tls') === 'off',
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...(caFile === undefined ? {} : { tls: { ca: readFileSync(caFile) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
};

type SmtpFailure = Readonly<{ code?: string; responseCode?: number }>;

/** Refused for what they are; anything else, a wrong password too, is the settings' fault or passes, and is tried again. */
const OF_THE_LETTER = new Set(['EENVELOPE', 'EMESSAGE']);

/** What the server said as a code; its words may hold addresses. */
const failureOf = (error: unknown): Outcome => {
  const { code = 'unknown', responseCode } = (error instanceof Error ? error : {}) as SmtpFailure;
  if (responseCode === undefined || !OF_THE_LETTER.has(code)) {
    return { end: 'failed', error: `smtp-${code.toLowerCase().replace(/[^a-z]/g, '')}`, permanent: false };
  }
  return { end: 'failed', error: `smtp-${String(responseCode)}`, permanent: responseCode >= 500 };
};

/** Hands letters to the mail server of the settings, one connection each. */
export class Mailer {
  constructor(private readonly settings: MailSettings) {}

  async send({ id, to, subject, text }: Letter): Promise<Outcome> {
    const transport = createTransport(optionsOf(this.settings));
    const domain = /@([^\s<>@]+)>?$/.exec(this.settings.from)?.[1] ?? 'localhost';
    try {
      await transport.sendMail({
        messageId: `<${id}@${domain}>`,
        from: this.settings.from,
        to,
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { end: 'sent' };
    } catch (error) {
      return failureOf(error);
    } finally {
      transport.close();
    }
  }
}
