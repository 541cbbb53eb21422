/** A letter as read from its bytes: plain data, so that it can cross from a worker. */
export interface Letter {
  /** Top headers in order; names in lower case, values unfolded, encoded words decoded. */
  headers: LetterHeader[];
  subject: string | null;
  from: Mailbox[];
  sender: Mailbox | null;
  replyTo: Mailbox[];
  to: Mailbox[];
  cc: Mailbox[];
  /** With angle brackets; null when missing, empty or malformed. */
  messageId: string | null;
  /** Message-IDs of In-Reply-To, as written. */
  inReplyTo: string[];
  /** Message-IDs of References, newest first, bounded. */
  references: string[];
  date: Date | null;
  text: string | null;
  /** Its parts, with partBreak between them. */
  html: string | null;
  attachments: LetterAttachment[];
  /** Content type of the whole letter, `multipart/report`. */
  type: string;
  /** Parameters of that content type, lower-case names (`report-type`). */
  typeParams: Record<string, string>;
  /** The machine-readable parts of a report and the letter it speaks of. */
  reports: ReportPart[];
  /** How it is signed or encrypted, shown as what it is. */
  secured: 'smimeSigned' | 'smimeEncrypted' | 'pgpSigned' | 'pgpEncrypted' | null;
  /** The method of a calendar part (`REQUEST`, `REPLY`, `CANCEL`); null when there is none. */
  calendarMethod: string | null;
}

export interface LetterHeader {
  name: string;
  value: string;
}

export interface Mailbox {
  name: string;
  /** As written; may be no valid address. */
  address: string;
}

export interface LetterAttachment {
  name: string;
  type: string;
  content: Uint8Array;
  contentId: string | null;
  inline: boolean;
}

export interface ReportPart {
  kind: 'deliveryStatus' | 'feedback' | 'disposition' | 'returned';
  text: string;
}
