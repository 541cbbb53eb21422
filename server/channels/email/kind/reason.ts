/** Why a letter was refused, in one stable word. */
export type BounceReason =
  | 'authfailure'
  | 'badreputation'
  | 'blocked'
  | 'contenterror'
  | 'exceedlimit'
  | 'expired'
  | 'failedstarttls'
  | 'filtered'
  | 'hasmoved'
  | 'hostunknown'
  | 'mailboxfull'
  | 'mailererror'
  | 'mesgtoobig'
  | 'networkerror'
  | 'norelaying'
  | 'notaccept'
  | 'notcompliantrfc'
  | 'onhold'
  | 'policyviolation'
  | 'rejected'
  | 'requireptr'
  | 'securityerror'
  | 'spamdetected'
  | 'speeding'
  | 'suspend'
  | 'syntaxerror'
  | 'systemerror'
  | 'systemfull'
  | 'toomanyconn'
  | 'undefined'
  | 'userunknown'
  | 'virusdetected';

export interface Refusal {
  /** What the refusing server wrote, whitespace in one. */
  text: string;
  /** RFC 3463 status, empty when none was written. */
  status: string;
  /** SMTP reply code, empty when none was written. */
  replyCode: string;
  /** The SMTP command it answered, upper case, empty when unknown. */
  command: string;
}

/**
 * Names the reason of a refusal from its words first, because servers put any code on anything, then from its enhanced
 * status (RFC 3463 and the IANA registry), then from the reply code.
 */
export function bounceReason({ text, status, replyCode, command }: Refusal): BounceReason {
  const said = byWords(text);
  const coded = byStatus(status, replyCode);
  // After DATA the recipient had been accepted: "unknown user" there is a filter that speaks of the user.
  if (said === 'userunknown' && command === 'DATA' && !/^5\.1\.[13-6]$/.test(status)) return 'filtered';
  if (said === 'userunknown' && coded !== null && sureCodes.has(coded)) return coded;
  // A limit of the mailbox and one of the server are told in the same words; only the code knows which.
  if (said === 'exceedlimit' && coded !== 'exceedlimit') return 'mesgtoobig';
  if (said && coded && weakWords.has(said) && !/^[45]\.(\d\.0|7\.1)$/.test(status)) return coded;
  if (said) return said;
  if (command === 'DATA' && (coded === 'userunknown' || coded === 'filtered')) return 'filtered';
  if (coded) return coded;
  if (command === 'MAIL' && replyCode.startsWith('5')) return 'rejected';
  if (command === 'RCPT' && replyCode === '550' && text !== '') return 'userunknown';
  if (command === 'EHLO' || command === 'HELO' || command === 'CONN') return 'blocked';
  if (status === '' && replyCode === '' && text === '') return 'undefined';
  return status.startsWith('4') ? 'undefined' : 'onhold';
}

/** A hard bounce says that the address will never work: no such user or host, moved for good, accepts no mail. */
export function isHard(reason: BounceReason, status: string): boolean {
  if (status.startsWith('4')) return false;
  return reason === 'userunknown' || reason === 'hostunknown' || reason === 'hasmoved' || reason === 'notaccept';
}

/** Codes that say more than the words "unknown user" do. */
const sureCodes = new Set<BounceReason>(['mailboxfull', 'mesgtoobig']);

/** What servers also say when the code knows better. */
const weakWords = new Set<BounceReason>([
  'filtered',
  'rejected',
  'systemerror',
  'contenterror',
  'syntaxerror',
  'mailererror',
]);

function byWords(text: string): BounceReason | null {
  if (text === '') return null;
  const head = text.slice(0, 2_000);
  for (const [reason, pattern] of words) if (pattern.test(head)) return reason;
  return null;
}

/** In order: what is said plainly and rarely meant otherwise stands first. */
const words: [BounceReason, RegExp][] = [
  ['networkerror', /(host|name) not found, try again|name service error.{0,90}(try again|timeout)/i],
  ['hostunknown', /account or domain may not exist/i],
  ['filtered', /\bRCP-P2\b|recipient preferences|email preferences of the person/i],
  [
    'rejected',
    /sender( e-?mail)? address (was )?(reject|refus|denied)|sender verif|domain of sender address|sender domain/i,
  ],
  [
    'userunknown',
    /not listed in (the )?(domino|public|address|local|name|directory)|(ex)?recipnotfound|no mailbox here by that name/i,
  ],
  ['securityerror', /resolver\.rst\.(not)?auth/i],
  ['expired', /queue\.expired|retry time not reached|retry timeout exceeded/i],
  ['mesgtoobig', /resolver\.rst\.(recip|send)sizelimit/i],
  ['contenterror', /too many "?received"? headers/i],
  ['networkerror', /(^|: |\()connection refused|connect to .{0,90}(no route|unreachable|reset by)/i],
  ['speeding', /receiving mail (too quickly|at a rate)/i],
  ['systemerror', /internal (system|server|software|configuration) (error|failure)|local configuration error/i],
  [
    'mailboxfull',
    /(mailbox|account|inbox|mail ?box|user|recipient|maildrop|storage|mail system|disk).{0,40}(is |are |was |over |exceeded ?)?(full|over ?quota|quota exceed|over the limit|over.{0,20}(storage|quota|size limit)|exceed(s|ed)? ?(its |the |their )?(storage|quota|allotment|space|limit|mail ?box))|over ?quota|quota (exceed|violat|is full|is reached)|exceed(s|ed|ing)? .{0,30}(quota|storage (limit|allocation))|mailbox ?(exceeds|size limit)|mailbox full|full mailbox|insufficient (disk )?space|not enough (storage|disk) space|out of (storage|disk) space|disc quota|disk quota|user has (exhausted|too many messages)|no more space|account .{0,30}over quota|mailfolder is full|box ?full|maildir .{0,20}(overdrawn|over)|delivery would (exceed|overflow)|boîte.{0,20}pleine|postfach.{0,20}voll|buzón.{0,20}lleno|ящик.{0,20}переполнен|メールボックス.{0,20}(一杯|いっぱい|満)|4\.2\.2 .{0,40}quota/i,
  ],
  [
    'virusdetected',
    /virus|infected|malware|potentially executable|attachment (type|name) .{0,30}(not allowed|blocked|refused)|banned (file|name)|dangerous attachment|was found to contain|messages? with (executables|potentially)/i,
  ],
  [
    'norelaying',
    /(not|in)secure mail relay|relay(ing)? (access )?(denied|not (allowed|permitted)|prohibited|refused|is not|forbidden)|(unable|not (allowed|permitted|authorized|able)|refuse[ds]?|won'?t|can(no|')t|does not|denied|prohibited).{0,30}\brelay|no relay|we do not relay|relaying mail|must be authenticated to relay|not a (local|gateway)|not local.{0,20}gateway|you'?re not allowed to relay|that domain isn'?t in my list|as a relay|not an open relay|no valid route.{0,20}relay|blocked relay|relay .{0,15}restrict/i,
  ],
  [
    'authfailure',
    /\b(dmarc|dkim|domainkeys?|spf)\b|sender policy framework|sender ?id|(is )?not authorized to send (mail )?(for|from|on behalf)|unauthenticated (email|mail|sender)|fails? (to pass )?authentication checks|authentication checks?.{0,20}fail|email rejected per|mail requires.{0,20}authentication of (the )?sender/i,
  ],
  [
    'requireptr',
    /\bptr\b|reverse (dns|lookup|name|ip|address|mapping)|(no|without|missing|invalid|bad|lack).{0,20}(reverse|rdns)|rdns|fcrdns|ip(v6)? sending guidelines|(cannot|can't|unable to) (find|resolve) .{0,30}(your )?(hostname|reverse|ip address)|client host rejected: cannot find your|unresolvable (relay|host|ip)|dns (lookup|resolution) .{0,40}(connecting|your) ip|matching (forward|reverse)/i,
  ],
  [
    'badreputation',
    /(bad|poor|low|very low) reputation|reputation of (the|your)|sender ?score|(ip|domain)('s)? reputation|senderbase|due to .{0,30}reputation/i,
  ],
  [
    'spamdetected',
    /\bspam(my|assassin|cop filter|-like)?\b(?!.{0,20}(block|list|haus|cop|bl\b))|unsolicited (bulk |commercial )?((e-?)?mail|message)|junk (mail|e-?mail)|considered (to be )?(bulk|unsolicited)|blacklisted url|\b(ubed?|uce)\b|(message|content|mail).{0,30}(looks|appears|scored|classified|identified|detected|considered|rejected).{0,30}(spam|unwanted|unsolicited|junk)|phishing|suspicious (activity|content)|bulk mail/i,
  ],
  [
    'blocked',
    /(\bip\b|\bip address|host|client|server|network|connection|dialup|dial-up|dynamic|sender ip|mx).{0,60}(\bblock|black ?list|blocklist|deny ?list|banned|listed|denied|refused|rejected|not (allowed|permitted|accepted))|(black|block|deny)[ -]?list|\brbl\b|\bdnsbl\b|spamhaus|spamcop|barracuda|sorbs|abuseat|cbl\.|(?<!not )listed (in|at|on|by)|blocked (by|using|for|from|due)|messages? from .{0,60}(weren'?t sent|blocked|refused|not accepted)|part of (their|your) network is on our block list|poor sender|connect(ion)? (was )?(refused|rejected|dropped|closed) .{0,20}(by|from) .{0,30}(policy|admin)|banned sending ip|access (from|denied).{0,60}\bip\b|dynamic(ally)? (ip|assigned)|residential|unusual (rate|sending)|client host .{0,30}(rejected|blocked)|helo command rejected|invalid (uri|helo)|bad (helo|ehlo)|too many (unwanted|spam) messages|(refused|rejected) .{0,20}(connection|to talk)|refused to talk to me|greylist|gray-?list|no access from mail server|your (server|ip|network|host) .{0,30}(listed|blocked|banned|blacklisted|not)|we have limits for how many messages|temporarily (deferred|blocked) due to|connections? will not be accepted|service (refused?|not (available|allowed)) .{0,20}(from|to|for) (your|this)|veuillez essayer plus tard|go away|you are not allowed to connect|all mail servers must|temporary rejected|not (on|in) .{0,10}whitelist/i,
  ],
  [
    'failedstarttls',
    /starttls|must issue a starttls|tls (is )?required|tls handshake|certificate (verify|has expired)/i,
  ],
  [
    'toomanyconn',
    /too many (connections?|concurrent|sessions?|smtp sessions)|connection (rate|count) limit|simultaneous (sessions|connections)|max(imum)? (number of )?(smtp )?connections/i,
  ],
  [
    'speeding',
    /rate limit|ratelimit|throttl|too (much|many) (mail|e?mails?|messages?|requests).{0,40}(from|in|too|per)|sending (rate|too (fast|quickly))|too (fast|quickly)|message(s)? (rate|per) |hourly|slow down|rate (exceeded|control)|please slow|maximum rate/i,
  ],
  [
    'hasmoved',
    /has (been )?moved|no longer (work|with us|at this)|address .{0,30}(has )?changed|replaced by|moved to/i,
  ],
  [
    'suspend',
    /(account|mailbox|user|recipient|address|domain|e-?mail|box).{0,40}(suspend|disabled|deactivated|inactive|frozen|locked|terminated|expired|closed|has been (discontinued|cancel|restrict))|(suspend|disabled|inactive|deactivat|frozen|locked|terminated|dormant) .{0,15}(account|mailbox|user|recipient|address|e-?mail)|(not|no longer) (an )?active|is (currently )?(disabled|suspended|inactive|not active)|temporarily (disabled|locked|suspended|inactive)|boite du destinataire archivee|account (not available|is unavailable|not activated)|invalid\/inactive|unconfirmed/i,
  ],
  [
    'hostunknown',
    /(host|domain|hostname|domain name).{0,40}(unknown|not (found|exist|registered|known|be found|valid)|does(n'?t| not) exist|no such|invalid|is unrouteable|unrouteable|lookup failed|non-?exist|could not be found)|(unknown|no such|non-?existent|invalid|unrouteable|unrout?able|bad|illegal) (mail )?(host|domain|destination|server|dns)|nxdomain|no mx (record|host)|mx .{0,30}(not found|does not exist)|(cannot|could ?n[o']t|unable to|couldn't) (find|resolve|route|locate|look up).{0,40}(host|domain|mx|mail ?exchange|destination|dns)|no (route|address|mail (server|exchange)).{0,30}(for (domain|host)|host)|unrouteable (mail )?domain|unrouteable address|domain does not exist|account or domain may not exist|domain (must|may) .{0,20}(resolve|exist)|destination server not found|recipient'?s? domain|name or service not known|no dns .{0,20}(a|mx)|all relevant mx records point to non-?existent|dns error|address .{0,20}no mail hosts|5\.1\.2 .{0,30}(bad destination|host)|not a (registered|valid) (gateway|domain)/i,
  ],
  [
    'userunknown',
    /(user|recipient|mailbox|account|address|addressee|customer|subscriber|login|destination|mail ?drop|person|email|id|inbox|alias|employee|name)(?:es|s)?\b.{0,60}(unknown|not (found|exist|known|valid|listed|recognized|a (valid|local|user|known)|present|registered|have|our|in|here|be found)|does(n'?t| not) (exist|have|match)|do not exist|don'?t (exist|have)|isn'?t (valid|listed|known)|is(n'?t| not)( a)? (valid|known|listed|recognized)|invalid|no longer (valid|exists?|in|available)|no such|undeliverable|rejected: (undeliverable|user|unknown)|couldn'?t be found|could ?not be found|wasn'?t found|was not found|non-?exist|is incorrect|misspelled|no mailbox|cannot be found|unavailable|not (correct|permitted to receive)|does not|unrouteable|no longer)|(unknown|no such|non-?existent|invalid|undeliverable|unrouteable|bad|illegal|incorrect|wrong|undefined|not a (valid|known|local)) .{0,15}(local[- ]?part|user|recipient|mailbox|account|address|addressee|person|alias|subscriber|destination|in virtual|id\b)|no (user|mailbox|account|valid (recipient|host|user|cert)|one|person|recipient|matches|such)|(couldn'?t|cannot|could not|can'?t|unable to|not able to) (be )?(find|verify|locate|found|deliver).{0,20}(user|recipient|mailbox|account|address)|this (user|address|account|recipient|mailbox).{0,30}(not|doesn'?t|no)|not our customer|we (do not|don'?t) have|is not (a )?(known|valid|listed|local|our)|no account|user doesn|empfänger.{0,30}(unbekannt|nicht)|unbekannt|inexistant|adresse.{0,20}(inconnue|invalide|n'existe)|inconnu|desconocid|no existe|sconosciut|не существует|не найден|unrouteable address|宛先.{0,20}(不明|見つかりません)|address(ee)? .{0,10}unknown|\bRCP-P1\b|mailbox unavailable|nobody by that name|delivery error: dd (this user|sorry)|not in (my|our) (domain|directory)|does not (like|live|receive).{0,20}(recipient|here|mail)|5\.1\.1\b/i,
  ],
  [
    'exceedlimit',
    /message size exceeds (fixed )?(maximum|limit)|message.{0,20}exceed(s|ed)? (the )?(maximum|size|fixed)|(max(imum)?|fixed) message size|size limit exceeded|exceeds (the )?(size|administrative) limit|too large for (the )?(recipient|mailbox|destination)|message (is )?too (large|big|long)|message length exceeds|exceeded .{0,20}(message size|maximum|max\b)|mail size (limit|exceed)|message file too big|attachment.{0,15}too (large|big)|larger than the (current )?(system )?limit/i,
  ],
  [
    'expired',
    /(delivery|retry|retries|message|queue|lifetime|time|mail).{0,40}(expired|time ?out exceeded|timed? out|too (long|old)|in queue too|limit exceeded|has been in (the )?(mail)? ?queue)|(retry|delivery) (time|timeout|period|attempts?) .{0,30}(exceed|expire|out)|could not be delivered (for|within|after) .{0,20}(hour|day|minute)|has (not )?been .{0,20}(queue|undeliver).{0,30}(day|hour)|unable to deliver .{0,20}(in|for) \d+ (minute|hour|day)|too (long|many) .{0,15}(retries|attempts|tries|on the queue)|connection timed out|connection (expired|timeout)|undeliverable .{0,20}(after|for) .{0,20}(day|hour)|giving up|will no longer be retried|was not (reachable|delivered) within|delivery time expired|i gave up|unable to contact for|been trying/i,
  ],
  [
    'networkerror',
    /host not found, try again|(connection|connect|network|session).{0,40}(refused|reset|lost|dropped|failed|unreachable|closed|error|timed out|broken|abort)|no route to host|network (is )?unreachable|network error|(could not|couldn'?t|cannot|unable to|can'?t|wasn'?t able to|not able to) (connect|establish|contact|reach|talk)|lost connection|name (service|server) error|too many hops|mail (forwarding )?loop|hop count (exceeded|excessive)|loop(s)? back to (myself|itself|me)|loop (detected|count)|temporary (lookup|name|dns|server) (failure|error)|dns (timeout|failure|temporar)|malformed (dns|name server)|unresolvable|server (is )?(not responding|down|unreachable)|host (is )?(down|unreachable|not reachable)|couldn't find any host|did not respond|was unreachable|routing loop|maximum hop|address family mismatch|broken pipe|read (error|timeout)|all hosts|unable to connect|host or domain name not found. name service error .{0,80}(try again|timeout)/i,
  ],
  ['mesgtoobig', /too (big|large)|size (limit|exceed|restrict)|exceed.{0,30}(size|limit|bytes)|message size/i],
  [
    'systemfull',
    /(mail ?(server|system)|system|server|file ?system|disk).{0,30}(full|no space|out of (disk )?space|overflow)|insufficient system (storage|resources)|no space left|requested mail action aborted: exceeded storage/i,
  ],
  [
    'securityerror',
    /authentication (required|turned on|failed|failure|credentials|not enabled)|(smtp )?auth(orization)? (required|failed|is required)|must (be )?authenticat|not authenticated|unauthenticated|sorry, you don'?t authenticate|please (authenticate|turn on smtp)|your network.{0,20}(insecure|security)|domain .{0,20}(certificate|encryption)|need to authenticate|insecure (password|mechanism)|verification failure|account not subscribed|access denied, bad/i,
  ],
  [
    'syntaxerror',
    /syntax error|(bad|unrecognized|unknown|invalid|unimplemented) (command|sequence|parameter|argument)|command (not (implemented|recognized|understood)|unrecognized|out of|line)|parameter|improper use of smtp|nested mail command/i,
  ],
  [
    'notcompliantrfc',
    /rfc ?\d{3,4}|not (rfc|compliant)|(duplicate|multiple|missing|malformed|invalid|more than one|bare) .{0,20}(header|from|message-id|subject|line ?feed|lf|date)|violat.{0,20}rfc|line (too long|length)|messages?( |-)id .{0,15}(missing|invalid)|8-?bit .{0,30}(not|header)|non-?ascii/i,
  ],
  [
    'contenterror',
    /(header|body|content|mime|charset|encoding|attachment|subject).{0,40}(error|not (allowed|acceptable|permitted)|reject|denied|invalid|malformed|refused|unsupported|bad|improper|prohibited)|improper mime|message (header|content|body).{0,30}(reject|size)|routing loop/i,
  ],
  [
    'notaccept',
    /(does not|do not|doesn'?t|don'?t|not|never) accept(s|ing)? (any |incoming |e?-?)*mail|smtp (protocol )?(error|returns permanent)|no (smtp )?(service|mail) (here|accepted)|nullmx|null mx|no service|does not receive mail|host .{0,30}not accept mail/i,
  ],
  [
    'policyviolation',
    /polic(y|ies)|protocol (violation|error)|(not allowed|prohibited|forbidden|denied|rejected|refused|violat).{0,30}(by|due to|per|for|according to).{0,30}(polic|admin|rule|local|site|reason)|violation|administrative(ly)? (prohibit|limit|denied|block)|closed system|unacceptable|not (allowed|permitted) (by|to) (policy|this|send)|local policy|by administrator|security polic|content restriction|prohibited by (the )?(administrator|recipient)|transport\.rules/i,
  ],
  [
    'rejected',
    /sender.{0,60}(reject|refus|denied|invalid|not (allowed|exist|accepted|valid|found|verif|authorized|permitted|deliverable|local)|unknown|does not exist|block|must|undeliverable|domain)|(reject|refus|denied|invalid|unknown|bad|block|unverified).{0,20}sender|mail ?from.{0,40}(reject|denied|invalid|not|refus|domain)|from (address|domain).{0,30}(invalid|reject|denied|not|must)|<>( |:)?.{0,20}(invalid|sender|reject)|access denied|returned mail not accepted|you are not (authorized|allowed)|permission denied|(domain|address) (of )?sender.{0,30}|envelope blocked|cannot accept.{0,20}(null|from)|empty (envelope )?sender|administrative prohibition|message refused|recipient preferences|not (authorized|permitted|allowed) to send|delivery not authorized/i,
  ],
  [
    'filtered',
    /(refused|rejected|denied|blocked|filter|filtered|restrict).{0,60}(recipient|preferences|user|destination|mailbox|filter)|(recipient|user|destination).{0,40}(refus|reject|denied|filter|block|restrict|does not want|not want|only accepts)|\bRCP-P2\b|due to recipient|user reject|you have been blocked|list-?only|not allowed to (post|send)|requested action not taken|message (filter|blocked)|unable to relay for|extended mail filter|unknown user|because the recipient/i,
  ],
  [
    'mailererror',
    /command (failed|died|time limit|output)|x-unix|exit(ed)? (code|status|with)|status \d+ (died|returned)|procmail|mailer (error|exited)|pipe to \||local delivery (failed|agent)|returned unexpected|exit \d+|unknown mailer|can'?t create (output|temp)|delivery agent/i,
  ],
  [
    'systemerror',
    /(internal|local|system|server|software|configuration|config|temporary|database|ldap|fatal|unexpected).{0,40}(error|failure|problem|fault|misconfig|trouble|unavailable)|(can'?t|cannot|unable to|could not) (open|create|write|access|read|chdir|lock|stat|get|process|accept|complete)|aliasing.{0,10}(broken|loop)|mail (system|server) (error|config|problem)|service (currently |temporarily )?(unavailable|not available)|temporar(y|ily)|try again later|unavailable|timeout waiting|proxy (session|error)|resources|recipient rejected: temporarily|maildir|out of memory|service permits|interrupted system call|no (room|adapter)/i,
  ],
];

function byStatus(status: string, replyCode: string): BounceReason | null {
  const exact = statuses[status.replace(/^[45]\./, '')];
  if (exact) return exact;
  if (replyCode === '552' || replyCode === '452') return 'mailboxfull';
  if (replyCode === '421' && status === '') return 'expired';
  return null;
}

/** RFC 3463 and the IANA registry of enhanced status codes, without the class. */
const statuses: Record<string, BounceReason> = {
  '1.0': 'userunknown',
  '1.1': 'userunknown',
  '1.2': 'hostunknown',
  '1.3': 'userunknown',
  '1.4': 'filtered',
  '1.6': 'hasmoved',
  '1.7': 'rejected',
  '1.8': 'rejected',
  '1.9': 'systemerror',
  '1.10': 'userunknown',
  '1.351': 'userunknown',
  '2.0': 'filtered',
  '2.1': 'suspend',
  '2.2': 'mailboxfull',
  '2.3': 'exceedlimit',
  '2.4': 'filtered',
  '3.0': 'systemerror',
  '3.1': 'systemfull',
  '3.2': 'notaccept',
  '3.3': 'systemerror',
  '3.4': 'mesgtoobig',
  '3.5': 'systemerror',
  '4.1': 'networkerror',
  '4.2': 'networkerror',
  '4.3': 'systemerror',
  '4.4': 'hostunknown',
  '4.5': 'systemfull',
  '4.6': 'networkerror',
  '4.7': 'expired',
  '5.1': 'syntaxerror',
  '5.2': 'syntaxerror',
  '5.3': 'syntaxerror',
  '5.4': 'syntaxerror',
  '5.5': 'syntaxerror',
  '6.0': 'contenterror',
  '6.1': 'contenterror',
  '6.9': 'contenterror',
  '7.1': 'rejected',
  '7.2': 'filtered',
  '7.5': 'securityerror',
  '7.7': 'securityerror',
  '7.8': 'securityerror',
  '7.13': 'suspend',
  '7.17': 'hasmoved',
  '7.20': 'authfailure',
  '7.21': 'authfailure',
  '7.22': 'authfailure',
  '7.23': 'authfailure',
  '7.24': 'authfailure',
  '7.25': 'requireptr',
  '7.26': 'authfailure',
  '7.27': 'notaccept',
  '7.28': 'speeding',
};

/**
 * A status for a refusal that carried none. The detail 9xx is assigned to nobody by IANA, so it says that Parley derived
 * it from the words.
 */
export function derivedStatus(reason: BounceReason, temporary: boolean): string {
  return `${temporary ? 4 : 5}.0.${derivedDetails[reason] ?? 900}`;
}

const derivedDetails: Partial<Record<BounceReason, number>> = {
  onhold: 901,
  syntaxerror: 902,
  norelaying: 909,
  filtered: 910,
  userunknown: 911,
  hostunknown: 912,
  hasmoved: 916,
  rejected: 918,
  suspend: 921,
  mailboxfull: 922,
  exceedlimit: 923,
  systemerror: 930,
  systemfull: 931,
  notaccept: 932,
  mesgtoobig: 934,
  mailererror: 939,
  networkerror: 944,
  speeding: 945,
  toomanyconn: 945,
  expired: 947,
  contenterror: 960,
  securityerror: 970,
  blocked: 971,
  virusdetected: 971,
  policyviolation: 972,
  badreputation: 975,
  failedstarttls: 976,
  notcompliantrfc: 974,
  authfailure: 970,
  requireptr: 973,
  spamdetected: 980,
};
