import { fold } from './fold.ts';

/** Words that carry grammar and not the matter, by ISO 639-1 language, folded. Question words are among them. */
export const STOP_WORDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: `a about above after again against all also am an and any are as at be because been before being below between
      both but by can could did do does doing don down during each few for from further had has have having he her here
      hers him his how i if in into is it its itself just let me more most my no nor not now of off on once only or
      other our out over own please same she should so some such than that the their them then there these they this
      those through to too under until up us very was we were what when where which while who whom why will with would
      you your hi hello thanks im ive id its isn aren doesn didn won t s re ve ll`,
    de: `aber alle als also am an auch auf aus bei bin bis bist bitte da dann das dass dein dem den der des dich die dies
      diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es euch fur hab habe haben hallo
      hat hatte hier ich ihm ihn ihr ihre im in ist ja jede jeder jetzt kann kannst konnen konnte man mein meine meinem
      meinen meiner mich mir mit muss nach nein nicht noch nur ob oder ohne schon sehr sein seine sich sie sind so soll
      sollte uber um und uns unser unter vom von vor war waren warum was weil welche welcher welches wem wen wenn wer
      werden wie wieder will wir wird wo worden wurde wurden zu zum zur gibt`,
    es: `a al algo ante antes aqui como con contra cual cuales cuando cuanto cuanta de del desde donde dos el ella ellas ellos en
      entre era es esa ese eso esta estan estar este esto estos estas ha hay han hasta hola la las le les lo los mas me mi mis mucho
      muy ni no nos o os para pero por porque puede puedo que quien se sea ser si sido sin sobre son su sus tambien te tengo
      tener tiene tienen tu tus un una uno unos y ya yo favor gracias`,
    ro: `a ai al ale ar are as asta ati au avea aveti avem aici buna ca cand care cat cata cate ce cea cei cel cele cu cum da daca
      dar de deci din dintre doar dupa ea ei el ele este eu fi fie fost iar il imi in intre isi la le lor lui mai mea mei mele
      meu mi ne nici noi nostru nu o or ori pe pentru poate pot prin sa sau se si sint sunt spre sub sunteti ta tau te ti tot un una unde
      unei unor unui va vi voi vreau vrea multumesc salut`,
    ru: `а без бы был была были было быть в вам вас весь во вот все всего вы где да даже для до его ее если есть еще же за
      здесь здравствуйте и из или им их к как какая какие какой ко когда кто ли либо мне может можно мой моя мы на над надо
      наш не него нее нет ни них но ну о об однако он она они оно от очень по под при привет пожалуйста с сейчас со
      так также такой там те тем то того тоже той только том ты у уж уже хочу чего чей чем что чтобы чье эта эти это этот я
      скажите подскажите у вас меня мы бывает`,
    sv: `alla allt att av bli blir da de dem den denna deras dess dessa det detta dig din dina ditt dock du efter eller
      en er ett fanns finns for fran far ha hade han har hej hon hos hur i icke inte ja jag kan kunde man med men mig
      min mina mitt mot mycket ni nu nar och om oss pa sa sig sin sina ska skulle som till tack upp ur ut utan vad var
      vara vart vem vi vid vilka vilken vilket gar kostar nagon nagot`,
    fa: `و در به از که این ان را با است برای یک تا بر هم می ها های شما من ما او ایا چه چی چند چطور چگونه کجا کدام کی چرا اگر یا نیز
      باشد بود شد شود کرد کند کنم کنید هست هستند دارد دارم دارید دارند خود همه هر پس اما ولی نه بله سلام لطفا ممنون ای اش ام ات تر ترین`,
    fr: `a ai au aux avec ce ces cette dans de des du elle en est et eu il ils je la le les leur lui ma mais me meme mes moi
      mon ne nos notre nous on ou par pas pour qu que qui quel quelle sa se ses son sont sur ta te tes toi ton tu un une
      vos votre vous y comment quand pourquoi combien`,
    it: `a ad agli ai al alla alle anche che chi ci come con da dal dalla de dei del della delle di dove e ed era fra gli ha
      hanno ho i il in io la le lei lo loro lui ma mi mio ne nei nella no noi non nostro o per perche piu quale quando
      quanto questa questo se sei si sono su sua sul suo tra tu un una uno vi voi`,
    nl: `aan als bij dan dat de den der deze die dit door een en er heb heeft het hij hoe ik in is je kan maar me meer met
      mij mijn naar niet nog nu of om omdat onder ons ook op over te tot u uit van veel voor waar was wat we wel wie
      wij wordt ze zich zijn zo`,
    pt: `a ao aos as com como da das de do dos e ela ele em entre era essa esse esta este eu foi ha isso ja lhe mais mas me
      meu minha muito na nao nas no nos o os ou para pela pelo por qual quando que quem se sem ser seu sua tem um uma
      voce`,
    tr: `acaba ama bana ben bir biz bu cok da daha de degil diye en gibi hangi hem her icin ile ise kac kadar ki kim
      mi mu ne neden nedir nerede nasil o olan olarak oldugu olduklari olduktan on onun sey siz su ve veya ya`,
    ar: `في من على الی عن ان هذا هذه ذلک التی الذی هو هی ما ماذا متی این کیف لماذا هل کم ای و او ثم لا لم لن قد کان کانت کل مع
      بعد قبل بین عند حتی اذا`,
    el: `ο η το οι τα του της των τον την και κι να σε με για απο που πως πωσ τι ειναι ηταν δεν μη θα στο στη στην στον στα στις
      ενα μια ενας ποιο ποια ποιος ποσο ποσα ποτε αν αλλα οπως`,
    hi: `के का की है में से को और पर इस यह वह एक हैं था थी थे ने कि जो तो भी क्या कौन कब कहाँ कैसे किस कितने कितना लिए साथ कर हो गया नहीं`,
    th: `ที่ และ ใน ของ เป็น มี ได้ ว่า จะ ไม่ ให้ กับ คือ อะไร ใคร เมื่อ อย่าง ไร`,
    vi: `va la cua co cho trong mot nhung duoc voi cac khong nay khi den tu ra o gi nao ai bao nhieu the da se boi vi`,
    uk: `а або але б був була були в вас ви від він вона вони все де для до є за з і із й її його ж як яка який які коли
      між ми мій на не ні о по при про та так те ти у хто це ці чи що я`,
    pl: `a aby ale bo by byc byl byla bylo co czy dla do go i ich ile ja jak jaka jaki jakie je jej jest juz kiedy kto ktora
      ktory ma mi mnie moj na nie o od oraz po sa sie ta tak te tego tez to tu ty w we z za ze`,
  }).map(([language, words]) => [language, new Set(words.split(/\s+/).map(fold))]),
);
