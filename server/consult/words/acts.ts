import type { SpokenLanguage } from '../languages.ts';

/** Phrases of each language (see WordTable) by which a message is known as something else than a question of knowledge. */
export type ActWords = Readonly<Record<SpokenLanguage, string>>;

/** Said by who is unhappy with how they were treated. */
export const COMPLAINTS: ActWords = {
  en: 'waited … minute*,waited … hour*,waiting … hour*,waiting … minute*,waiting … week*,waiting … days,waited … week*,waited … days,nobody help*,nobody has help*,no one help*,nobody answer*,no one answer*,nobody replies,nobody picks up,no one picks up,nobody … pick*,nobody cares,nobody came,still no answer,still no reply,no answer from,third time i,second time i,fourth time i,tenth time i,rude,impolite,unfriendly,arrogant,treat me,treated me,treats me,treat … customers,treat … clients,disrespect*,charged me twice,charged twice,charged … times,overcharged,wrong amount,paid twice,is garbage,is rubbish,is crap,is trash,is a joke,disappoint*,worst service,bad service,poor service,terrible service,never again,never buy,lied to me,lied to us,cheated,ignored me,ignore me,ignoring me,no apology,waste of time,wasted my time,you promised,promised me,my money back and,want … money back,still flickers,still broken,still not fixed,wait for my money,waiting for my money,waiting for my refund,complain about',
  de: 'minuten … gewartet,stunden … gewartet,wochen … gewartet,gewartet und niemand,wochen warte*,tagen warte*,stunden warte*,niemand … geholfen,keiner … geholfen,niemand hilft,niemand antwort*,keiner antwort*,niemand geht ran,keiner geht ran,immer noch keine antwort,noch keine antwort,noch immer keine,drittes mal,dritte mal,zweite mal dass,zum wiederholten,unfreundlich*,unhoflich*,frech,frechheit,unverschamt*,respektlos*,behandelt mich,behandelt man,behandeln sie mich,doppelt abgebucht,zweimal abgebucht,doppelt berechnet,doppelt bezahlt,zu viel abgebucht,ist schrott,ist mull,ist mist,ist ein witz,enttausch*,schlechter service,schlechteste*,nie wieder,belogen,angelogen,ignoriert,zeitverschwendung,haben mir versprochen,hat mir versprochen,warte … auf mein geld,auf mein geld,will mein geld zuruck,immer noch kaputt,beschwer*',
  ru: 'ждал … минут*,ждала … минут*,ждали … минут*,ждал … час*,ждала … час*,ждали … час*,прождал*,жду … недел*,ждем … недел*,жду … дней,жду … день,жду … час*,минут ждал*,часа ждал*,никто … не подошел,никто … не помог,никто … не отвечает,никто … не ответил,никто … не берет,никакого ответа,до сих пор нет ответа,до сих пор не ответ*,нет ответа,третий раз,второй раз пишу,который раз,десятый раз,нахамил*,хам,хамит,хамят,грубо ответ*,грубо разговар*,грубил*,грубит*,грубый,нагрубил*,невежлив*,хамств*,относитесь,обслужива* плохо,отвратительн*,безобрази*,дважды сняли,сняли дважды,дважды списал*,списали дважды,с меня дважды,сняли лишн*,двойн* списани*,барахло,хлам,разочарован*,больше никогда,никогда больше,обманул*,соврал*,проигнорир*,игнорир*,трата времени,мне обещали,обещал мне,вы обещали,жду … деньги,жду … денег,где мои деньги,верните мои деньги,жалоб*,жалуюсь,пожаловаться',
  es: 'espere … minutos,espere … horas,esperado … minutos,esperando … horas,esperando … minutos,semanas esperando,dias esperando,horas esperando,minutos esperando,llevo … esperando,nadie me atend*,nadie me ayud*,nadie … atiende,nadie contesta,nadie responde,nadie me contest*,nadie me respond*,nadie coge,sin respuesta,todavia no … respond*,ninguna respuesta,tercera vez,segunda vez que,enesima vez,groser*,maleducad*,mal educad*,antipatic*,tratan asi,me trat*,falta de respeto,cobraron dos veces,cobrado dos veces,cobraron doble,cobrado de mas,cargo doble,doble cargo,es una basura,es basura,es una porqueria,es una broma,decepcion*,mal servicio,pesimo*,nunca mas,me mintieron,me enganaron,me ignor*,perdida de tiempo,me prometi*,esperando mi dinero,quiero mi dinero,mi dinero de vuelta,verguenza,vergonzos*,una queja,quejarme,me quejo',
  ro: 'asteptat … minute,asteptat … ore,astept de … minute,astept de … ore,astept de … saptamani,astept de … zile,astept banii,nimeni nu m a ajutat,nimeni nu ne a ajutat,nimeni nu … ajut*,nimeni nu … raspund*,nimeni nu raspunde,nimeni nu … atent*,niciun raspuns,nici un raspuns,tot nu … raspuns,a treia oara,a doua oara cand,a zecea oara,nepolitico*,obraznic*,nesimtit*,grosolan*,necivilizat*,ma tratati,m ati tratat,lipsa de respect,luat … de doua ori,taxat de doua ori,platit de doua ori,incasat de doua ori,e un gunoi,este un gunoi,e o gluma,dezamagit*,dezamagire*,servicii proaste,serviciu prost,niciodata nu mai,m ati mintit,m a mintit,ma ignorati,pierdere de timp,mi ati promis,mi a promis,vreau banii inapoi,rusine,reclamatie*,ma plang',
  sv: 'vantade … minuter,vantade … timmar,vantat … minuter,vantat … timmar,vantat … veckor,vantat … dagar,vantat pa mina pengar,ingen hjalpte,ingen hjalper,ingen har hjalpt,ingen svarar,ingen svarade,ingen har svarat,inget svar,fortfarande inget svar,inte fatt svar,tredje gangen,andra gangen jag,otrevlig*,ofork*,ohovlig*,nonchalant*,behandla* mig,respektlos*,pengarna tva ganger,dragit … tva ganger,debiterat … tva ganger,betalat tva ganger,dubbelt betal*,dubbeldebiter*,ar skrap,ar skit,ar ett skamt,besviken,besvikna,dalig service,usel service,aldrig mer,aldrig igen,ljog for,ljugit,ignorer*,sloseri med tid,lovade mig,ni lovade,vill ha mina pengar,mina pengar tillbaka,en skam,skandal*,klagomal*,klaga pa',
  ko: '분 기다렸*,분이나 기다*,시간 기다렸*,시간이나 기다*,시간째 기다*,주째,일째 기다*,기다리고 있는데,기다렸는데,아무도 안,아무도 도와*,아무도 … 안,아무도 … 않*,아무도 답*,답이 없*,답장이 없*,답변이 없*,대답이 없*,연락이 없*,전화를 안 받*,전화 안 받*,몇 번째,세 번째,불친절*,무례*,싸가지*,무시하*,무시당*,이런 대우,두 번 빠져*,두번 빠져*,두 번 결제*,두번 결제*,이중 결제*,이중결제*,쓰레기*,실망*,서비스가 엉망*,엉망*,다시는 안,거짓말*,속았*,시간 낭비,약속했잖*,환불을 기다*,너무하네*,너무하시*,불만*,항의*',
  fa: 'دقیقه … منتظر,ساعت … منتظر,هفته … منتظر,روز … منتظر,منتظر پول*,هیچ کس کمک*,هیچکس کمک*,هیچ کس … کمک*,هیچ کس جواب*,هیچکس جواب*,کسی جواب ن*,کسی کمک ن*,کسی پاسخ ن*,جوابی نگرفت*,هنوز جواب*,بار سوم,سومین بار,چندمین بار,بی ادب*,بی احترام*,بی ادبانه,توهین*,بدرفتار*,برخورد بد,رفتار بد,دو بار از حساب*,دوبار از حساب*,دو بار پول,دوبار پول,دو بار کم,آشغال*,اشغال,ناامید شد*,ناراضی*,دیگر هیچ وقت,دروغ گفت*,گول زد*,نادیده,وقت تلف*,قول دادید,قول داده بود*,پولم را پس,پولم هستم,خجالت*,شکایت*,گلایه*',
};

/** Said by who needs one of us, whether it is asked or told: an appointment of theirs, a call, work, something to sell to us. */
export const MATTERS: ActWords = {
  en: 'in your opinion,your personal opinion,do you personally,you personally,phone do you use,which do you use,what do you use,would you have bought,your favourite,your favorite,go down to,knock off,lower the price,get my email,got my email,received my email,get my message,received my message,read my message,my appointment,the appointment,make an appointment,book an appointment,late for,be late,running late,come at … instead,come at … rather,reschedul*,postpone my,write to me,write me at,send it to my,mail me at,my office address,my home address,contact me at,reach me at,call me,others pay more,pay me more,hiring,vacancy,vacancies,looking for a job,looking for work,job opening*,work for you,apply for a job,apply for the job,my cv,my resume,we offer,our services,seo,marketing agency,promote your,partnership,wrong chat,wrong number,tell me a joke,a joke,the weather,weather in,do you love,promised … discount',
  de: 'deine meinung,ihre meinung,deiner meinung,ihrer meinung,wurdest du kaufen,wurden sie selbst,benutzt du,benutzen sie selbst,personlich kaufen,hattest du gekauft,nachlassen,preis nachlass,meine mail bekommen,meine e-mail bekommen,meine nachricht bekommen,mail erhalten,e-mail erhalten,nachricht erhalten,mein termin,meinem termin,meinen termin,termin verschieben,termin absagen,termin vereinbaren,termin machen,zu spat zu,verspate mich,komme … spater,komme … zu spat,schreiben sie mir,schreib mir,meine buroadresse,meine privatadresse,rufen sie mich,ruf mich,noch mitarbeiter,suchen sie mitarbeiter,suchen sie leute,stellen sie ein,jobs bei,suche arbeit,suche einen job,bewerbung*,bewerbe mich,bewerben bei,meinen lebenslauf,wir bieten,unsere dienstleist*,suchmaschinenoptim*,seo,zusammenarbeit,kooperation,falsche nummer,falscher chat,verwahlt,einen witz,das wetter,wenn ich dafur,haben … rabatt versprochen,hat … rabatt versprochen',
  ru: 'ваше мнение,по вашему мнению,лично вы,вы сами пользуетесь,сами пользуетесь,а у вас самих,вы бы купили,бы себе взяли,себе бы взяли,мое письмо,мое сообщение,скиньте,сбросьте цену,уступите,уступить,мою запись,моя запись,моей записи,на запись,записаться,запишите меня,перенести запись,перенести встречу,перенести визит,опоздаю,опаздыва*,задержусь,задерживаюсь,напишите мне,пишите мне,рабочий адрес,домашний адрес,перезвоните,дают больше,предлагают больше,ищу работу,ваканси*,нужны … продавцы,нужны сотрудник*,нужны работник*,устроиться к вам,мое резюме,мы предлагаем,наши услуги,продвижени*,сотрудничеств*,рекламное агентство,ошибся номер*,ошиблась номер*,не тот чат,анекдот*,расскажи шутку,погода,обещал* скидк*',
  es: 'tu opinion,su opinion,en tu opinion,usas tu,usa usted,que usas tu,comprarias tu,tu favorito,te comprarias,mi correo,mi mensaje,hacer un descuento,hacen un descuento,rebajar*,mi cita,la cita,pedir cita,llegar tarde,llego tarde,llegare tarde,aplazar la,escribanme,escribeme,escribame,direccion de mi,llamenme,llameme,llamame,otros pagan,pagan mas,busco trabajo,busco empleo,vacantes,vacante,estan contratando,mi curriculum,ofrecemos,nuestros servicios,seo,colaboracion,numero equivocado,chat equivocado,un chiste,el tiempo en,me prometi* … descuento',
  ro: 'parerea ta,parerea dumneavoastra,dupa parerea,folositi voi,folosesti tu,ti-ai lua tu,v-ati lua,ai lua tu,preferatul tau,mailul meu,mesajul meu,emailul meu,lasati la pret,lasa la pret,reducere de,la programare,programarea mea,programarea de,sa intarzii,voi intarzia,intarzii la,intarziere la,scrieti mi,scrie mi,adresa de la,sunati ma,suna ma,altii dau,altii platesc,angajati,faceti angajari,caut de lucru,caut un loc de munca,caut loc de munca,locuri de munca,post vacant,cv ul,va oferim,oferim servicii,serviciile noastre,seo,colaborare,gresit numarul,numar gresit,o gluma,vremea,mi ati promis',
  sv: 'din asikt,er asikt,tycker du sjalv,anvander du sjalv,har du sjalv,du sjalv kopt,sjalv kopt,din favorit,sjalv valt,mitt mejl,mitt mail,mitt meddelande,sanka priset,pruta,min tid,min bokade,bokad tid,boka om,boka en tid,blir sen,blir forsenad,kommer sent,kommer for sent,skriv till mig,jobbadress*,hemadress*,ring mig,andra betalar,soker ni folk,soker ni personal,letar efter jobb,soker jobb,lediga jobb,lediga tjanster,mitt cv,vi erbjuder,vara tjanster,seo,samarbete,fel nummer,fel chatt,ett skamt,vadret,lovade … rabatt',
  ko: '사장님은,개인적으로,본인은,직접 쓰시*,뭐 쓰세요,폰 쓰세요,쓰시나요,쓰시는 폰,메일 받*,메시지 받*,메일을 받*,깎아*,좀 더 싸게,예약 시간,예약을 … 바꾸*,예약 변경,예약 취소,늦을 것,늦을거*,늦을게*,늦겠*,주소로 연락*,제게 연락,전화해 주*,다른 데는,더 쳐*,직원 구하*,채용*,일자리*,구직*,알바*,이력서*,저희는 … 제공,제휴*,잘못 보냈*,잘못 걸*,농담*,날씨*',
  fa: 'نظر شخصی,نظر خودت,خودتون چی,خودت چی,شخصا,خودتون کدوم,خودت کدوم,ایمیل من,پیام من را,پیامم,ایمیلم,ارزان تر بدهید,قرارم,قرار ملاقات,نوبتم,نوبت من,دیر می رسم,دیر میرسم,آدرس محل کار*,ادرس محل کار*,به من بنویسید,با من تماس,زنگ بزنید,جای دیگر بیشتر,استخدام*,دنبال کار,کار می گردم,رزومه*,ما ارائه می*,خدمات ما,سئو,همکاری با,اشتباه گرفت*,شماره اشتباه,جوک*,هوا چطور*,آب و هوا',
};

/** Said by who only tells something. Where something is asked besides, that is what the message is. */
export const STORIES: ActWords = {
  en: 'already sent,i sent you,have sent you,i emailed you,i spoke with,i spoke to,i talked to,we spoke,standing in front,in front of the store,on my way,think about it,come back to you,get back to you,let you know,my name is,sat on',
  de: 'schon geschickt,bereits geschickt,schon gesendet,bereits gesendet,habe mit … gesprochen,kommt … vorbei,komme … vorbei,gleich da,auf dem weg,vor dem laden,vor dem geschaft,uberlege es mir,uberlege mir,denke daruber nach,melde mich,mein name ist',
  ru: 'уже отправ*,уже присла*,уже посла*,говорил* с,общал* с,разговаривал* с,стою у магазина,стою перед,уже еду,скоро буду,подъезжаю,подумаю,меня зовут,очень довол*,не туда,не вам',
  es: 'ya … mande,ya … envie,ya … mandado,ya … enviado,hable con,hablamos con,me equivoque,delante de la tienda,frente a la tienda,de camino,estoy llegando,ya llego,lo voy a pensar,lo pensare,me lo pienso,voy a pensarlo,mi nombre es,me llamo,muy content*',
  ro: 'v am trimis,am trimis deja,trimis deja,am vorbit cu,am gresit,in fata magazinului,sunt pe drum,ajung imediat,ma mai gandesc,ma gandesc,numele meu,ma numesc,foarte multumit*',
  sv: 'redan skickat,har skickat,pratade med,pratat med,talade med,fel person,utanfor butiken,framfor butiken,pa vag,snart framme,fundera,tanka pa saken,aterkommer,jag heter,mitt namn,valdigt nojd,jattenojd',
  ko: '이미 보냈*,벌써 보냈*,보냈어요,보냈습니다,통화했*,이야기했*,가는 중,가고 있*,가게 앞*,매장 앞에,생각해 볼*,생각해볼*,제 이름은,만족합니다,만족해요,떠나요',
  fa: 'قبلا فرستاد*,قبلا ارسال*,فرستادم,ارسال کردم,صحبت کردم,حرف زدم,جلوی مغازه,جلوی فروشگاه,در راهم,دارم می آیم,فکر می کنم,فکر میکنم,خبر می دهم,خبر میدهم,اسم من,نام من,خیلی راضی',
};

/** Thanks; a word of them makes small talk a "you are welcome". */
export const THANKS: ActWords = {
  en: 'thx,tnx,ty,tks,thank,thanks,thankyou,cheers,appreciate*,appreciated',
  de: 'dank,danke,dankeschon,vielen dank,merci,vielmals,bedank*',
  ru: 'спасибо*,спс,благодар*,пасиб*,сенкс',
  es: 'gracias,agradec*',
  ro: 'mersi,multumesc*,multumim,merci,ms',
  sv: 'tack,tackar,tusen tack',
  ko: '감사*,고마*,땡큐',
  fa: 'ممنون*,مرسی*,سپاس*,متشکر*,تشکر*,دمت گرم,دستت درد,دستتون درد',
};

export const FAREWELLS: ActWords = {
  en: 'bye,goodbye,bye bye,see you,see ya,cu,good night,have a nice day,have a good day,nice evening,take care',
  de: 'tschuss,tschuess,tschau,ciao,auf wiedersehen,wiedersehen,bis dann,bis bald,bis morgen,gute nacht,schonen tag,schonen abend,schones wochenende',
  ru: 'пока,до свидания,до встречи,всего доброго,всего хорошего,хорошего дня,хорошего вечера,спокойной ночи,доброй ночи,удачи',
  es: 'adios,hasta luego,hasta pronto,hasta manana,chao,chau,buenas noches,buen dia,feliz dia,nos vemos',
  ro: 'la revedere,pa,papa,o zi buna,o zi frumoasa,noapte buna,pe curand,numai bine,seara buna',
  sv: 'hej da,hejda,adjo,vi ses,ha det,ha det bra,god natt,trevlig kvall,trevlig dag,trevlig helg,ha det gott',
  ko: '안녕히 계세요,안녕히 계십시오,안녕히계세요,수고하세요,수고하십시오,좋은 하루,좋은 저녁,잘 있어요',
  fa: 'خداحافظ*,خدانگهدار*,خدا نگهدار,بای,شب بخیر,روز خوش,شب خوش,فعلا,بدرود',
};

export const GREETINGS: ActWords = {
  en: 'hello,hi,hey,hiya,yo,good morning,good afternoon,good evening,good day,greetings,howdy,morning',
  de: 'hallo,hi,hey,guten tag,guten morgen,guten abend,moin,servus,gruss gott,gruezi,gruss dich,tag',
  ru: 'здравствуй*,привет*,добрый день,доброе утро,добрый вечер,доброго дня,доброго времени суток,приветствую,хай,день добрый',
  es: 'hola,buenos dias,buenas tardes,buenas,saludos,que tal',
  ro: 'buna,buna ziua,buna dimineata,buna seara,salut,salutare,neata,servus,hei',
  sv: 'hej,hejsan,hallo,halla,tjena,god morgon,god kvall,god dag,tja,tjo',
  ko: '안녕,안녕하세요,안녕하십니까,하이,여보세요,좋은 아침',
  fa: 'سلام*,درود,وقت بخیر,صبح بخیر,عصر بخیر,روز بخیر,روزبخیر',
};

/** Agreement, praise and laughter, and the small words around all of these. */
export const ACKNOWLEDGEMENTS: ActWords = {
  en: 'ok,okay,k,kk,okey,alright,all right,all clear,got it,understood,i see,fine,good,great,perfect,super,cool,nice,wonderful,excellent,awesome,lovely,fantastic,amazing,sounds good,no problem,np,haha*,hehe*,lol,wow,yay,you are the best,you re the best,best,brilliant,very helpful,helpful,helped a lot,love it,well done,no thanks,no thank you,nothing else,that is all,thats all,that s all',
  de: 'ok,okay,oki,alles klar,klar,verstanden,verstehe,gut,sehr gut,super,toll,prima,perfekt,wunderbar,klasse,spitze,passt,einverstanden,in ordnung,freut mich,haha*,lol,nein danke,das war s,das wars,kein problem,macht nichts,schon',
  ru: 'ок,окей,ok,хорошо,ладно,понятно,понял*,поняла,ясно,отлично,супер,класс,прекрасно,замечательно,здорово,круто,договорились,принято,ага,угу,хаха*,лол,нет спасибо,больше ничего,все понятно,это все,всё,молодцы,лучшие',
  es: 'ok,vale,okay,okey,perfecto,genial,estupendo,excelente,muy bien,bien,de acuerdo,entendido,entiendo,claro,listo,super,jaja*,no gracias,nada mas,eso es todo,sin problema,fenomenal',
  ro: 'ok,okay,bine,foarte bine,perfect,super,excelent,minunat,inteles,am inteles,inteleg,e in regula,in regula,de acord,haha*,nu multumesc,asta e tot,nicio problema,grozav,tare,misto',
  sv: 'ok,okej,okey,bra,jattebra,perfekt,toppen,super,utmarkt,fint,kanon,forstar,jag forstar,uppfattat,inga problem,nej tack,det var allt,haha*,harligt,grymt,skont',
  ko: '네,넵,넹,예,응,오케이,ㅇㅋ,알겠*,알겠습니다,알았*,좋아요,좋네요,좋습니다,완벽*,최고*,그렇군요,그래요,굿,괜찮아요,됐어요,ㅎㅎ*,ㅋㅋ*,ㅋ,ㅎ',
  fa: 'باشه,اوکی,اوکیه,خوبه,عالی*,خیلی خوب,بسیار خوب,فهمیدم,متوجه شدم,حله,چشم,قبوله,درسته,افرین,آفرین,نه ممنون,نه مرسی,همین بود,هههه*',
};

/** Words that small talk may hold besides. */
export const FILLERS: ActWords = {
  en: 'a,an,the,lot,lots,so,very,much,you,u,your,for,help,helping,answer,reply,info,information,quick,everything,all,again,advance,in,and,there,everyone,team,guys,have,day,weekend,evening,then,now,to,it,that,is,i,ve,really,many,oh,yes,sir,madam,mate,dear,just,was,be,bot,please,too,also,super,kind,of,later,soon,me,my,friend',
  de: 'fur,die,der,das,den,schnelle,schnell,hilfe,antwort,auskunft,info,infos,information,sehr,ihnen,dir,euch,sie,ihre,deine,viel,viele,vielen,herzlichen,besten,nochmal,nochmals,und,auch,dann,ist,ja,na,so,im,voraus,alles,an,alle,zusammen,tag,team,ganz,ich,mal,wir,bis,schone',
  ru: 'вам,вас,тебе,большое,огромное,за,помощь,ответ,информацию,быстрый,все,всё,очень,и,да,ну,тогда,так,уже,я,это,заранее,всем,день,вечер,еще,ещё,раз,что,вы,ребята,большое',
  es: 'por,la,el,lo,su,tu,ayuda,respuesta,informacion,muchas,muchisimas,mil,muy,a,ti,usted,ustedes,todo,todos,y,que,de,pues,entonces,es,si,ya,rapida,dia,tarde,un,buen,amable,equipo,nada',
  ro: 'pentru,ajutor,raspuns,raspunsul,informatii,info,va,iti,mult,multe,frumos,foarte,tot,tuturor,si,da,atunci,e,este,mii,de,anticipat,ziua,o,la,eu,am,zi',
  sv: 'sa,mycket,for,hjalpen,svaret,svar,hjalp,informationen,dig,er,du,ni,det,da,och,snabba,allt,alla,ar,bra,ha,en,ja,jag,i,forhand,tusen,pa,igen',
  ko: '정말,너무,많이,아주,매우,도움,답변,덕분에,모두,다,그럼,아,오,진짜,빠른,친절한,합니다,해요,드립니다,드려요,주셔서,되세요,보내세요,잘',
  fa: 'خیلی,بسیار,از,شما,تو,که,کمک,کمکتان,کمکتون,پاسخ,پاسختان,جواب,جوابتان,راهنمایی,لطف,لطفتان,زیاد,واقعا,و,هم,بابت,برای,همه,همکاران,عزیز,جان,است,بود,پس,را,بله,اره,کنم,می,داشته,باشید,یک,دنیا',
};
