/**
 * Names the service behind a picture that only reports the reading; null for a picture to look at.
 * A tracker is known by its host and path, or by being too small or too hidden to be seen.
 *
 * @param url absolute http(s) address of the picture
 * @param attributes of its element
 */
export function trackerName(url: string, attributes: Record<string, string | undefined>): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed) return 'unknown';
  const place = `${parsed.hostname}${parsed.pathname}`.slice(0, 1_000).toLowerCase();
  for (const [name, pattern] of known) if (pattern.test(place)) return name;
  return isUnseen(attributes) ? parsed.hostname : null;
}

function isUnseen({ width, height, style }: Record<string, string | undefined>): boolean {
  const tiny = (value: string | undefined) => value !== undefined && /^\s*[01](px)?\s*$/i.test(value);
  if (tiny(width) && (tiny(height) || height === undefined)) return true;
  if (tiny(height) && width === undefined) return true;
  const css = (style ?? '').toLowerCase().replace(/\s+/g, '');
  if (/display:none|visibility:hidden|opacity:0(;|$|\.0)/.test(css)) return true;
  return /(^|;)width:[01](px)?(;|!|$)/.test(css) && /(^|;)height:[01](px)?(;|!|$)/.test(css);
}

const known: [string, RegExp][] = [
  ['Mailchimp', /list-manage\.com\/track\/|mandrillapp\.com\/track\//],
  ['SendGrid', /(sendgrid\.net|\.ct\.sendgrid\.net).*\/(wf\/open|o\/)|\/wf\/open/],
  ['Mailgun', /mailgun\.(org|net)\/o\/|email\.[\w.-]+\/o\/e[jn]/],
  ['Amazon SES', /awstrack\.me\/|\.r\.[\w-]+\.awstrack/],
  [
    'HubSpot',
    /(hubspotemail|hubspotlinks|hs-sites|t\.hubspot|track\.hubspot|hsforms)[\w.-]*\/(cto|e\d|__ptq)|track\.hubspot\.com\/__ptq/,
  ],
  ['Salesforce', /(exacttarget|exct|salesforce|pardot)[\w.-]*\/(open|r\/|l\/)|\/open\.aspx/],
  ['Klaviyo', /trk\.klaviyomail\.com\/o|klaviyo[\w.-]*\/o\//],
  ['Brevo', /(sendinblue|sendibt|brevo|sibtracking|sib\d*)[\w.-]*\/(tr\/op|op\/|open)/],
  ['Mailjet', /mjt\.lu\/oo\/|mailjet\.com\/oo/],
  ['Postmark', /pstmrk\.it\/open|click\.pstmrk/],
  ['SparkPost', /(sparkpost|e\.sparkpost|spgo\.io)[\w.-]*\/q\//],
  ['Campaign Monitor', /(createsend\d*|cmail\d*)\.com\/t\/[\w-]+-o/],
  ['Constant Contact', /rs6\.net\/on\.jsp|constantcontact\.com\/on\.jsp/],
  ['Mixmax', /track\.mixmax\.com|email\.mixmax\.com/],
  ['Streak', /mailfoogae\.appspot\.com/],
  ['Yesware', /(t|app)\.yesware\.com|yesware\.com\/t\//],
  ['Mailtrack', /mailtrack\.io\/trace|mltrk\.io/],
  ['Superhuman', /r\.superhuman\.com/],
  ['Boomerang', /mailstat\.us\/tr/],
  ['Intercom', /via\.intercom\.io\/o|intercom-mail[\w.-]*\/(via\/)?o/],
  ['Zendesk', /zendesk\.com\/.*\/(open|track)/],
  ['Google Analytics', /google-analytics\.com\/(collect|__utm)|doubleclick\.net/],
  ['Facebook', /facebook\.com\/(tr|email_open_log_pic)/],
  ['LinkedIn', /linkedin\.com\/emimp|px\.ads\.linkedin/],
  ['Yandex', /(mc|click|sender)\.yandex\.(ru|com|net)\/(watch|px|pixel)/],
  ['Mail.ru', /top-fwz\d*\.mail\.ru|rs\.mail\.ru\/pixel/],
  ['UniSender', /unisender\.com\/[\w/]*track|stats?\.unisender/],
  ['Bananatag', /bl-1\.com|bananatag/],
  ['Litmus', /emltrk\.com/],
  ['Movable Ink', /movable-ink-\d+\.com\/p\/(rp|cp)/],
  ['Customer.io', /customeriomail\.com\/e\/o|track\.customer\.io/],
  ['ActiveCampaign', /(activehosted|acemln\w?)\.com\/.*(open|lt\.php)/],
  ['GetResponse', /getresponse\.com\/open|gr8\.com\/open/],
  ['Sailthru', /sailthru\.com\/img\/|link\.[\w.-]+\/img\/[0-9a-f]{20,}/],
  ['Iterable', /iterable[\w.-]*\/o\?|links\.[\w.-]+\/e\/eo/],
];
