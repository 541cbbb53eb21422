import type { ActWords } from './acts.ts';

/**
 * Words that thanks and an "ok" may hold besides and stay nothing but that. Fewer than may stand in small talk (FILLERS): no "please", no
 * "answer", no "now", and no "in advance", which is said by who waits for something.
 */
export const CLOSING_FILLERS: ActWords = {
  en: 'a,an,the,lot,lots,so,very,much,you,u,your,all,everyone,team,guys,again,really,many,oh,sir,madam,mate,dear,too,then,and,also,quick,kind,for … help,for helping,for … answer,for … reply,for … info,for … information,for everything,best regards,kind regards,regards,best wishes,yours sincerely',
  de: 'die,der,das,den,ihre,deine,schnelle,sehr,ihnen,dir,euch,viel,viele,vielen,herzlichen,besten,nochmal,nochmals,und,auch,dann,na,so,alle,zusammen,team,ganz,fur … hilfe,fur … antwort,fur … auskunft,fur … info,fur … infos,fur … information,fur alles,mit freundlichen grussen,freundliche grusse,viele grusse,liebe grusse,beste grusse,lg,mfg,vg',
  ru: 'вам,вас,тебе,большое,огромное,очень,и,ну,тогда,так,уже,всем,еще,ещё,раз,ребята,быстрый,за … помощь,за … ответ,за … информацию,за все,с уважением',
  es: 'la,el,lo,su,tu,muchas,muchisimas,mil,muy,a,ti,usted,ustedes,y,pues,entonces,ya,todos,equipo,rapida,amable,por … ayuda,por … respuesta,por … informacion,por todo,un saludo,saludos,saludos cordiales,atentamente',
  ro: 'va,iti,mult,multe,frumos,foarte,tuturor,si,atunci,mii,de,rapid,pentru … ajutor,pentru … raspuns,pentru … raspunsul,pentru … informatii,pentru tot,cu stima,cu respect,numai bine,toate cele bune',
  sv: 'sa,mycket,dig,er,och,da,tusen,igen,alla,snabba,for … hjalp,for … hjalpen,for … svaret,for … informationen,for allt,med vanlig halsning,vanliga halsningar,halsningar,mvh,hjartligt',
  ko: '정말,정말로,너무,너무너무,많이,아주,매우,모두,다,그럼,아,오,진짜,합니다,해요,드립니다,드려요,되세요,답변,답변 주셔서,도움,도와주셔서,빠른,친절한,잘',
  fa: 'خیلی,بسیار,شما,تو,واقعا,و,هم,همه,عزیز,جان,پس,یک,دنیا,سریع,زیاد,از شما,از … کمک*,بابت … کمک*,برای … کمک*,از … پاسخ*,بابت … پاسخ*,از … جواب*,بابت … جواب*,از … راهنمایی*,بابت … راهنمایی*,از لطف*,با احترام,با تشکر,است,بود',
};

/**
 * How we offer something or want a word back, in folded text, whatever the language: "ok" and "thanks" after it are an answer, and
 * something is to be done.
 */
export const OFFERS =
  /(?<!\p{L})(?:(?:i|we) (?:can|could|may|might|shall|would)|if you|would you|let (?:me|us) know|tell (?:me|us)|shall|confirm\p{L}*|(?:ich|wir) (?:kann|konn\p{L}*|wurde\p{L}*|soll\p{L}*)|(?:kann|konn\p{L}*|wurde\p{L}*|soll\p{L}*) (?:ich|wir)|wenn sie|falls|sagen sie|geben sie|melden sie|bestatig\p{L}*|могу|можем|могли бы|если|скажите|сообщите|подтверд\p{L}*|хотите|дайте знать|puedo|podemos|podri\p{L}*|si quiere\p{L}*|digame|diganos|avise\p{L}*|pot|putem|as putea|am putea|daca|spuneti|anuntati|(?:jag|vi) (?:kan|skulle)|(?:kan|ska) (?:jag|vi)|om (?:du|ni)|sag till|hor av|meddela|bekrafta|می ?توان\p{L}*|میتون\p{L}*|اگر|اگه|بفرمایید|بگویید|بگید|خبر بده\p{L}*|تایید)(?!\p{L})|드릴까|할까|시면|드릴 수|말씀해|알려|확인해/u;
