import type { BotWords } from './table.ts';

export const de: BotWords = {
  name: 'Bot',
  hello: 'Hallo, ich bin der Bot des Geschäfts. Was möchten Sie wissen?',
  passedOn:
    'Das lasse ich lieber eine Kollegin oder einen Kollegen beantworten. Ihre Nachricht wartet dort; die Antwort kommt hier.',
  sorry:
    'Das tut mir leid. Ich habe Ihre Nachricht an eine Kollegin oder einen Kollegen weitergegeben; die Antwort kommt hier.',
  welcome: 'Gern geschehen!',
  goodbye: 'Auf Wiedersehen!',
  nobodyNow: 'Im Moment ist niemand da.',
  passing: 'Ich habe das an eine Kollegin oder einen Kollegen weitergegeben; die Antwort kommt hier.',
  waitingBefore: 'Vor Ihnen warten: {n}.',
  youAreNext: 'Sie sind als Nächstes dran.',
  usualWait: 'Die Wartezeit beträgt meist etwa {time}.',
  sayAgain: 'Ich bin nicht sicher, ob ich Sie richtig verstanden habe. Können Sie es anders sagen?',
  noSecrets: 'Bitte schicken Sie hier niemals Kartennummern oder Einmalcodes.',
  allRight: 'In Ordnung.',
  offerHold: 'Soll ich {store} bitten, eines für Sie zurückzulegen? Antworten Sie einfach „ja“.',
  offerTell: 'Soll ich Ihnen hier schreiben, sobald es wieder da ist? Antworten Sie einfach „ja“.',
  whichStore: 'In welcher Filiale? {list}',
  holdAsked: 'Ich habe {store} gebeten, {product} für Sie zurückzulegen. Bis {time} erfahren Sie hier, ob das geht.',
  holdAskedLater:
    'Ich habe {store} gebeten, {product} für Sie zurückzulegen. Dort wird {opens} geöffnet; bis {time} erfahren Sie hier, ob das geht.',
  holdYes: '{store} hält {product} bis {time} für Sie zurück.',
  holdNo: 'Leider kann {store} {product} nicht für Sie zurücklegen.',
  holdOver:
    'Die Frist ist um: {store} hält {product} nicht mehr für Sie zurück. Schreiben Sie hier, wenn Sie es noch möchten.',
  holdUnanswered: '{store} hat noch nicht bestätigt, {product} zurückzulegen. Ich habe erinnert.',
  tellSet: 'Ich schreibe Ihnen hier, sobald {product} wieder da ist.',
  isBack: '{product} ist wieder vorrätig: {list}.',
  askPhone: 'Unter welcher Nummer dürfen wir anrufen?',
  callSet: 'Sie werden bis {time} unter {phone} angerufen.',
  leaveContact: 'Hinterlassen Sie hier Ihre Telefonnummer oder E-Mail-Adresse; wir melden uns dort bei Ihnen.',
  contactKept: 'Danke. Wir melden uns bis {time} unter {contact} bei Ihnen.',
  claimAsk:
    'Damit sich gleich jemand darum kümmern kann, schicken Sie bitte: um welches Gerät es geht, die IMEI (*#06# wählen), was nicht stimmt, Fotos und was Sie sich von uns wünschen.',
  claimMissing: 'Danke. Es fehlt noch: {list}. Wenn Sie es nicht haben, schreiben Sie das einfach.',
  claimKept: 'Danke, alles ist weitergegeben; die Antwort kommt hier bis {time}.',
  device: 'das Gerät',
  imei: 'die IMEI',
  defect: 'was nicht stimmt',
  photos: 'Fotos',
  remedy: 'was Sie sich von uns wünschen',
};
