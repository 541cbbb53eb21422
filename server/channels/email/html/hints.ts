/** What the markup of a mail program says about a piece of a letter. */
export type Hint =
  /** Inside it, text is quoted one level deeper. */
  | 'quote'
  /** It and everything below it is the letter that was answered. */
  | 'cut'
  /** The line that names who is quoted. */
  | 'attribution'
  /** The writer's signature. */
  | 'signature'
  /** Never shown to a reader. */
  | 'hidden';

/**
 * Reads the marks that mail programs leave on the elements of a reply: Gmail, Outlook (desktop, web, mobile), Apple
 * Mail, Yahoo, Thunderbird, Proton, Yandex, Mail.ru, AOL, Zimbra, Zoho, Roundcube, Tutanota, QQ, NetEase, Samsung, K-9, Spark, GMX, Lotus, BlackBerry and others.
 */
export function hintOf(name: string, attributes: Record<string, string>): Hint | null {
  const style = (attributes.style ?? '').toLowerCase().replace(/\s+/g, '');
  if (/display:none|mso-hide:all|visibility:hidden/.test(style)) return 'hidden';
  if (name === 'blockquote') return isIndent(style) ? null : 'quote';
  if (name === 'includetail') return 'quote';
  const mark = `${attributes.class ?? ''} ${attributes.id ?? ''} ${attributes.name ?? ''}`;
  if (name === 'hr') return /\b(stopSpelling|zwchr)\b/.test(mark) ? 'cut' : null;
  if (mark === '  ' && style === '' && !('data-signatureblock' in attributes)) return null;
  if (signatureMark.test(mark) || 'data-signatureblock' in attributes || 'data-smartmail' in attributes)
    return 'signature';
  if (attributionMark.test(mark)) return 'attribution';
  if (cutMark.test(mark) || isOutlookRule(style)) return 'cut';
  if (quoteMark.test(mark) || (name === 'div' && isBarred(style))) return 'quote';
  return null;
}

const signatureMark =
  /(^|\s)(gmail_signature|gmail_signature_prefix|composer_signature|k9mail-signature|messageSignatureSection|cm_signature|missive_signature|front-signature|mail-app-auto-default-signature|spark_signature|yandex-signature|moz-signature|Signature|ms-outlook-mobile-signature|AppleMailSignature|lineBreakAtBeginningOfSignature|protonmail_signature_block(-user|-proton)?|tutanota_signature|zmail_signature|x_Signature)(\s|$)/;
const attributionMark = /(^|\s)(gmail_attr|moz-cite-prefix|reply-intro|tutanota_attribution)(\s|$)/;
const cutMark =
  /(^|\s)(x_)?(OutlookMessageHeader|divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|ms-outlook-mobile-reference-message|yahoo_quoted|isReplyContent|zmail_extra|_originalContent|mail-app-auto-quote|ntes-pcmail-quote|ntes-mailmaster-quote|messageReplySection|ms-outlook-mobile-body-separator-line|sh-quoted-content|replySplit|divtagdefaultwrapper_reply|QQMailOriginal)(\s|$)|yahoo_quoted_\d|AOLMsgPart|(^|\s)(x_)?divRpF\d|bloop_original_html/;
const quoteMark =
  /(^|\s)(protonmail_quote|tutanota_quote|includetail|qmbox|mailru-blockquote|quote|missive_quote|yandex-quote|cite-block)(\s|$)/;

/** Gmail and Outlook indent with a bare blockquote; only a bar at its side makes it a quotation. */
function isIndent(style: string): boolean {
  return /border:(none|0)/.test(style) && !/border-left:(?!none|0)/.test(style);
}

/** Lotus, GMX and others quote by a bar at the left of a block instead of a blockquote. */
function isBarred(style: string): boolean {
  return (
    /border-left:[^;]*(solid|px|pt)/.test(style) &&
    !/border-left:(none|0)/.test(style) &&
    !/border:[^;]*solid/.test(style) &&
    /(padding|margin)/.test(style)
  );
}

/** The grey or blue line that desktop Outlook and Windows Mail draw above the header of the answered letter. */
function isOutlookRule(style: string): boolean {
  return (
    /border-top:solid#(b5c4df|e1e1e1|c4c4c4)1\.0pt/.test(style) ||
    (/border-top-color:rgb\(229,229,229\)/.test(style) && /border-top-style:solid/.test(style)) ||
    /border-top:1px?solid(rgb\(229,229,229\)|#e5e5e5);?padding-top:5px|padding-top:5px;border-top-color/.test(style)
  );
}
