/** What the bot says of itself and of what it arranges, in one language; `{name}` is filled in. Facts come from rows only. */
export interface BotWords {
  name: string;
  hello: string;
  /** Nothing we know answers: a sentence for a client, who need not know of knowledge bases. */
  passedOn: string;
  /** To who complains. */
  sorry: string;
  /** To thanks, and to a farewell. */
  welcome: string;
  goodbye: string;
  nobodyNow: string;
  /** A person was asked for, or is needed: no apology for not knowing. */
  passing: string;
  waitingBefore: string;
  youAreNext: string;
  usualWait: string;
  sayAgain: string;
  noSecrets: string;
  allRight: string;
  offerHold: string;
  offerTell: string;
  whichStore: string;
  holdAsked: string;
  holdAskedLater: string;
  holdYes: string;
  holdNo: string;
  holdOver: string;
  holdUnanswered: string;
  tellSet: string;
  isBack: string;
  askPhone: string;
  callSet: string;
  leaveContact: string;
  contactKept: string;
  claimAsk: string;
  claimMissing: string;
  claimKept: string;
  device: string;
  imei: string;
  defect: string;
  photos: string;
  remedy: string;
}
