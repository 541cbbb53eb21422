import MailComposer from 'nodemailer/lib/mail-composer/index.js';

/** A letter that was taken and could not be delivered to everybody after all. */
export interface Undelivered {
  /** The name of this server. */
  name: string;
  /** From of the report: a mailbox here. */
  mailbox: string;
  /** MAIL FROM of the letter; the report goes there. */
  sender: string;
  recipients: { address: string; status: string; reason: string }[];
  arrivedAt: Date;
  /** Header lines of the letter. */
  headers: string;
}

/** A delivery status notification (RFC 3464) for the sender; it is sent from the null sender, so that nothing answers it. */
export async function composeReport({
  name,
  mailbox,
  sender,
  recipients,
  arrivedAt,
  headers,
}: Undelivered): Promise<Buffer> {
  const words = recipients.map(({ address, reason }) => `<${address}>: ${reason}`).join('\n');
  const status = [
    `Reporting-MTA: dns; ${name}`,
    `Arrival-Date: ${arrivedAt.toUTCString().replace('GMT', '+0000')}`,
    ...recipients.flatMap((one) => [
      '',
      `Final-Recipient: rfc822; ${one.address}`,
      'Action: failed',
      `Status: ${one.status}`,
      `Diagnostic-Code: smtp; 550 ${one.status} ${one.reason}`,
    ]),
  ].join('\r\n');
  const part = (type: string, content: string) => ({
    contentType: type,
    content,
    contentDisposition: 'inline' as const,
    filename: false as const,
  });
  const composer = new MailComposer({
    from: { name: 'Mail Delivery System', address: mailbox },
    to: sender,
    subject: 'Undelivered Mail Returned to Sender',
    headers: { 'Auto-Submitted': 'auto-replied' },
    text: `This is the mail system at ${name}.\n\nYour letter could not be delivered to:\n\n${words}\n`,
    textEncoding: 'quoted-printable',
    attachments: [part('message/delivery-status', `${status}\r\n`), part('text/rfc822-headers', headers)],
    newline: '\r\n',
  }).compile();
  composer.setHeader('Content-Type', 'multipart/report; report-type=delivery-status');
  return composer.build();
}
