import * as absence from '../absence/api.ts';
import * as acknowledgement from '../acknowledgement/api.ts';
import * as alerts from '../alerts/api.ts';
import * as assist from '../assist/api.ts';
import * as bot from '../bot/api.ts';
import * as calls from '../calls/api.ts';
import * as catalogue from '../catalogue/api.ts';
import * as channels from '../channels/api.ts';
import * as clients from '../clients/api.ts';
import * as consult from '../consult/api.ts';
import * as knowledge from '../knowledge/api.ts';
import * as learning from '../learning/api.ts';
import * as presence from '../presence/api.ts';
import * as promises from '../promises/api.ts';
import * as ratings from '../ratings/api.ts';
import * as realtime from '../realtime/api.ts';
import * as reasons from '../reasons/api.ts';
import * as reports from '../reports/api.ts';
import * as requests from '../requests/api.ts';
import * as routing from '../routing/api.ts';
import * as search from '../search/api.ts';
import * as shop from '../shop/api.ts';
import * as targets from '../targets/api.ts';
import * as threads from '../threads/api.ts';
import * as unsubscribe from '../unsubscribe/api.ts';
import * as users from '../users/api.ts';
import * as wall from '../wall/api.ts';
import * as week from '../week/api.ts';
import { on, type Route } from './endpoint.ts';
import * as system from './system.ts';

/**
 * All that anyone can ask of Parley over HTTP, under /api/v1, and who may. Roles have permissions in permissions.ts;
 * which threads a consultant sees says realtime/audience.ts; the sockets' words are in realtime/socket.ts and channels/chat.
 */
export const routes: Route[] = [
  on('get', '/me', 'signedIn', users.me),
  on('patch', '/me', 'signedIn', users.editMe),
  on('delete', '/me/sessions', 'signedIn', users.signOutEverywhere),
  on('get', '/api-keys', 'signedIn', users.apiKeys),
  on('post', '/api-keys', 'signedIn', users.makeApiKey),
  on('delete', '/api-keys/:id', 'signedIn', users.revokeApiKey),

  on('get', '/users', 'users.read', users.colleagues),
  on('get', '/users/accounts', 'users.manage', users.accounts),
  on('patch', '/users/:id', 'users.manage', users.edit),
  on('get', '/invitations', 'users.manage', users.invitations),
  on('post', '/invitations', 'users.manage', users.makeInvitation),
  on('delete', '/invitations/:id', 'users.manage', users.withdrawInvitation),
  on('get', '/start', 'anyone', users.start),
  on('get', '/invitations/by-token/:token', 'anyone', users.invitationByToken),
  on('post', '/invitations/accept', 'anyone', users.accept),
  on('get', '/teams', 'users.read', users.teams),
  on('post', '/teams', 'users.manage', users.makeTeam),
  on('patch', '/teams/:id', 'users.manage', users.editTeam),
  on('delete', '/teams/:id', 'users.manage', users.dropTeam),

  on('get', '/shop', 'anyone', shop.read),
  on('patch', '/shop', 'settings.manage', shop.edit),
  on('get', '/shop/logo', 'anyone', shop.logo),
  on('put', '/shop/logo', 'settings.manage', shop.saveLogo),
  on('delete', '/shop/logo', 'settings.manage', shop.removeLogo),

  on('get', '/channels', 'channels.read', channels.list),
  on('post', '/channels', 'channels.manage', channels.make),
  on('get', '/channels/:id', 'channels.read', channels.read),
  on('patch', '/channels/:id', 'channels.manage', channels.edit),
  on('delete', '/channels/:id', 'channels.manage', channels.remove),
  on('post', '/channels/:id/test', 'channels.manage', channels.test),
  on('get', '/channels/:id/health', 'channels.read', channels.health),
  on('get', '/channels/:id/mailbox', 'channels.manage', channels.compare),
  on('get', '/channels/:id/quarantine', 'channels.manage', channels.heldBack),
  on('get', '/channels/:id/quarantine/:receiptId/raw', 'channels.manage', channels.heldBackRaw),
  on('post', '/channels/:id/quarantine/:receiptId/retry', 'channels.manage', channels.retryHeldBackNow),

  on('get', '/threads', 'threads.read', threads.list),
  on('get', '/threads/counts', 'threads.read', threads.counts),
  on('get', '/threads/:id', 'threads.read', threads.read),
  on('get', '/threads/:id/messages', 'threads.read', threads.messages),
  on('post', '/threads/:id/messages', 'threads.write', threads.write),
  on('delete', '/threads/:id/messages/:mid/delivery', 'threads.write', threads.undo),
  on('put', '/threads/:id/assignment', 'threads.write', threads.assign),
  on('delete', '/threads/:id/assignment', 'threads.write', threads.unassign),
  on('put', '/threads/:id/closure', 'threads.write', threads.close),
  on('delete', '/threads/:id/closure', 'threads.write', threads.reopen),
  on('put', '/threads/:id/snooze', 'threads.write', threads.snooze),
  on('delete', '/threads/:id/snooze', 'threads.write', threads.reopen),
  on('put', '/threads/:id/tags/:tag', 'threads.write', threads.tag),
  on('delete', '/threads/:id/tags/:tag', 'threads.write', threads.untag),
  on('put', '/threads/:id/bot', 'threads.write', threads.handToBot),
  on('delete', '/threads/:id/bot', 'threads.write', threads.takeFromBot),
  on('put', '/threads/:id/read', 'threads.read', threads.seen),
  on('get', '/threads/:id/draft', 'threads.write', threads.draft),
  on('put', '/threads/:id/draft', 'threads.write', threads.keepDraft),
  on('delete', '/threads/:id/draft', 'threads.write', threads.dropDraft),
  on('put', '/threads/:id/client', 'threads.write', threads.ofClient),
  on('post', '/threads/:id/merge', 'threads.write', threads.merge),
  on('delete', '/threads/:id/merges/:moveId', 'threads.write', threads.unmerge),
  on('post', '/threads/:id/split', 'threads.write', threads.split),
  on('delete', '/threads/:id/splits/:moveId', 'threads.write', threads.unsplit),
  on('post', '/threads/:id/rewriting', 'threads.write', assist.reword),
  on('post', '/threads/:id/summary', 'threads.read', assist.summary),
  on('get', '/threads/:id/proposals', 'threads.read', assist.proposals),
  on('post', '/messages/:id/translation', 'threads.read', assist.translate),
  on('get', '/tags', 'threads.read', threads.tags),
  on('get', '/messages/:id/raw', 'threads.read', threads.raw),
  on('get', '/messages/:id/images', 'threads.read', threads.image),
  on('post', '/messages/:id/delivery/retry', 'threads.write', threads.retry),
  on('post', '/uploads', 'threads.write', threads.uploads),
  on('get', '/attachments/:id', 'threads.read', threads.attachment),

  on('get', '/clients', 'clients.read', clients.list),
  on('get', '/clients/:id', 'clients.read', clients.read),
  on('patch', '/clients/:id', 'clients.write', clients.edit),
  on('post', '/clients/:id/identities', 'clients.write', clients.addAddress),
  on('put', '/clients/:id/identities/:identityId/rating-stop', 'clients.write', clients.stopAsking),
  on('delete', '/clients/:id/identities/:identityId/rating-stop', 'clients.write', clients.askAgain),
  on('get', '/clients/:id/timeline', 'clients.read', clients.timeline),
  on('post', '/clients/:id/merge', 'clients.write', clients.merge),
  on('delete', '/clients/:id/merge/:mergeId', 'clients.write', clients.unmerge),

  on('get', '/promises', 'threads.read', promises.list),
  on('post', '/promises', 'threads.write', promises.make),
  on('patch', '/promises/:id', 'threads.write', promises.edit),
  on('put', '/promises/:id/confirmation', 'threads.write', promises.confirm),
  on('put', '/promises/:id/outcome', 'threads.write', promises.settle),
  on('delete', '/promises/:id/outcome', 'threads.write', promises.reopen),
  on('get', '/threads/:id/way', 'threads.read', routing.way),
  on('get', '/threads/:id/requests', 'threads.read', requests.ofThread),
  on('post', '/threads/:id/requests', 'threads.write', requests.ask),
  on('get', '/requests', 'threads.read', requests.list),
  on('put', '/requests/:id/answer', 'threads.write', requests.answer),
  on('delete', '/requests/:id', 'threads.write', requests.cancel),

  on('get', '/calls', 'threads.read', calls.list),
  on('post', '/calls', 'threads.write', calls.log),
  on('put', '/calls/:id/note', 'threads.write', calls.note),
  on('delete', '/calls/:id', 'threads.write', calls.drop),
  on('post', '/calls/events/:id', 'anyone', calls.happened),

  on('get', '/absences', 'users.read', absence.list),
  on('post', '/absences', 'signedIn', absence.make),
  on('get', '/absences/:id', 'signedIn', absence.read),
  on('patch', '/absences/:id', 'signedIn', absence.edit),
  on('delete', '/absences/:id', 'signedIn', absence.end),
  on('get', '/presence', 'users.read', presence.list),
  on('get', '/presence/spans', 'signedIn', presence.spans),
  on('get', '/presence/days', 'signedIn', presence.days),
  on('get', '/week/silent', 'threads.read', week.silent),
  on('put', '/me/presence', 'signedIn', presence.say),
  on('get', '/acknowledgement', 'users.read', acknowledgement.read),
  on('put', '/acknowledgement', 'settings.manage', acknowledgement.save),
  on('get', '/routing', 'users.read', routing.settings),
  on('put', '/routing', 'settings.manage', routing.saveSettings),
  on('get', '/routing/profiles', 'users.read', routing.profiles),
  on('put', '/routing/profiles/:userId', 'settings.manage', routing.saveProfileOf),

  on('get', '/calendars', 'users.read', targets.calendars),
  on('put', '/calendars/:kind/:holderId', 'settings.manage', targets.setCalendar),
  on('delete', '/calendars/:kind/:holderId', 'settings.manage', targets.dropCalendar),
  on('get', '/targets', 'threads.read', targets.targets),
  on('post', '/targets', 'settings.manage', targets.makeTarget),
  on('put', '/targets/:seriesId', 'settings.manage', targets.changeTarget),
  on('delete', '/targets/:seriesId', 'settings.manage', targets.endTarget),
  on('get', '/webhook', 'settings.manage', alerts.webhook),
  on('put', '/webhook', 'settings.manage', alerts.setWebhook),
  on('delete', '/webhook', 'settings.manage', alerts.dropWebhook),
  on('get', '/notifications', 'signedIn', alerts.list),
  on('put', '/notifications/read', 'signedIn', alerts.seenAll),
  on('put', '/notifications/:id/read', 'signedIn', alerts.seen),
  on('get', '/articles', 'knowledge.read', knowledge.list),
  on('post', '/articles', 'knowledge.write', knowledge.create),
  on('post', '/articles/import', 'knowledge.write', knowledge.importFile),
  on('get', '/articles/:id', 'knowledge.read', knowledge.read),
  on('patch', '/articles/:id', 'knowledge.write', knowledge.edit),
  on('delete', '/articles/:id', 'knowledge.write', knowledge.remove),
  on('get', '/articles/:id/versions', 'knowledge.read', knowledge.versions),
  on('put', '/articles/:id/versions/:version', 'knowledge.write', knowledge.restore),
  on('get', '/imports/:id', 'knowledge.read', knowledge.importState),
  on('post', '/article-images', 'knowledge.write', knowledge.addImage),
  on('get', '/article-images/:id', 'knowledge.read', knowledge.image),
  on('get', '/articles/:id/passages', 'knowledge.read', knowledge.passages),
  on('get', '/synonyms', 'knowledge.read', knowledge.synonymList),
  on('post', '/synonyms', 'knowledge.write', knowledge.makeSynonym),
  on('patch', '/synonyms/:id', 'knowledge.write', knowledge.editSynonym),
  on('delete', '/synonyms/:id', 'knowledge.write', knowledge.removeSynonym),

  on('post', '/messages/:id/wrong', 'threads.write', learning.report),
  on('get', '/wrong-answers', 'knowledge.write', learning.wrong),
  on('put', '/wrong-answers/:id/resolution', 'knowledge.write', learning.resolve),
  on('get', '/gaps', 'knowledge.write', learning.gaps),
  on('post', '/gaps/:id/article', 'knowledge.write', learning.write),
  on('delete', '/gaps/:id', 'knowledge.write', learning.dismiss),
  on('get', '/reports/demand', 'reports.read', learning.demand),

  on('get', '/stores', 'catalogue.read', catalogue.stores),
  on('post', '/stores/import', 'catalogue.write', catalogue.importStores),
  on('get', '/stores/:id', 'catalogue.read', catalogue.store),
  on('get', '/products', 'catalogue.read', catalogue.products),
  on('get', '/products/facets', 'catalogue.read', catalogue.facets),
  on('post', '/products/import', 'catalogue.write', catalogue.importProducts),
  on('get', '/products/:id', 'catalogue.read', catalogue.product),
  on('get', '/products/:id/alternatives', 'catalogue.read', catalogue.alternatives),
  on('get', '/products/:id/old-prices', 'catalogue.read', catalogue.oldPrices),
  on('get', '/catalogue-feeds', 'catalogue.write', catalogue.feedList),
  on('post', '/catalogue-feeds', 'catalogue.write', catalogue.makeFeed),
  on('patch', '/catalogue-feeds/:id', 'catalogue.write', catalogue.editFeed),
  on('delete', '/catalogue-feeds/:id', 'catalogue.write', catalogue.removeFeed),
  on('post', '/catalogue-feeds/:id/run', 'catalogue.write', catalogue.runFeed),
  on('post', '/offers/import', 'catalogue.write', catalogue.importOffers),
  on('get', '/rules', 'catalogue.read', catalogue.rules),
  on('post', '/rules/import', 'catalogue.write', catalogue.importRules),

  on('post', '/consult', 'consult', consult.consult),
  on('get', '/consults', 'consult', consult.recent),
  on('patch', '/consults/:id', 'consult', consult.edit),
  on('post', '/consults/:id/sending', 'threads.write', consult.send),
  on('get', '/clients/:id/reply-channels', 'clients.read', consult.channels),
  on('post', '/threads/:id/suggestions', 'threads.read', consult.suggestions),
  on('put', '/suggestions/:id/outcome', 'threads.write', consult.settle),
  on('get', '/bot/settings', 'users.read', bot.settings),
  on('put', '/bot/settings', 'settings.manage', bot.saveSettings),
  on('get', '/lookups', 'settings.manage', consult.lookups),
  on('put', '/lookups/:kind', 'settings.manage', consult.putLookup),

  on('get', '/search', 'threads.read', search.search),

  on('get', '/wall-links', 'live.read', wall.list),
  on('post', '/wall-links', 'live.read', wall.make),
  on('delete', '/wall-links/:id', 'live.read', wall.revoke),
  on('get', '/wall/:token', 'anyone', wall.read),
  on('get', '/wall/:token/stream', 'anyone', wall.stream),
  on('get', '/ratings/:token', 'anyone', ratings.read),
  on('put', '/ratings/:token', 'anyone', ratings.rate),
  on('get', '/unsubscribe/:token', 'anyone', unsubscribe.ask),
  on('post', '/unsubscribe/:token', 'anyone', unsubscribe.confirm),
  on('get', '/ratings', 'reports.read', ratings.list),
  on('get', '/rating-settings', 'users.read', ratings.settings),
  on('put', '/rating-settings', 'settings.manage', ratings.saveSettings),
  on('get', '/reasons', 'threads.read', reasons.list),
  on('put', '/reasons', 'settings.manage', reasons.save),
  on('get', '/threads/:id/reasons', 'threads.read', reasons.ofThread),
  on('put', '/threads/:id/reasons/:reasonId', 'threads.write', reasons.settle),
  on('get', '/reports/reasons', 'reports.read', reasons.report),
  on('get', '/reports/reasons/threads', 'reports.read', reasons.reportThreads),
  on('get', '/reports/live', 'live.read', reports.live),
  on('get', '/reports/response-times', 'reports.read', reports.responseTimes),
  on('get', '/reports/response-times/mine', 'signedIn', reports.myResponseTimes),
  on('get', '/reports/response-times/mine/waits', 'signedIn', reports.myWaits),
  on('get', '/reports/response-times/waits', 'reports.read', reports.waits),
  on('get', '/reports/work', 'reports.read', reports.work),
  on('get', '/reports/work/mine', 'signedIn', reports.myWork),
  on('get', '/reports/work/mine/threads', 'signedIn', reports.myWorkThreads),
  on('get', '/reports/work/threads', 'reports.read', reports.workThreads),
  on('get', '/reports/promises', 'reports.read', promises.report),
  on('get', '/reports/volume', 'reports.read', reports.volume),
  on('get', '/reports/volume/waiting', 'reports.read', reports.stillWaiting),
  on('get', '/report-schedules', 'reports.read', reports.schedules),
  on('post', '/report-schedules', 'reports.read', reports.newSchedule),
  on('put', '/report-schedules/:id', 'reports.read', reports.editSchedule),
  on('delete', '/report-schedules/:id', 'reports.read', reports.endSchedule),
  on('get', '/feed', 'signedIn', realtime.feed),
  on('get', '/openapi.json', 'anyone', system.openApi),
];

/** Only with PARLEY_TEST. */
export const testRoutes: Route[] = [on('post', '/test/clock', 'anyone', system.moveClock)];
