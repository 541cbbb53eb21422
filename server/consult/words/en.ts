import type { WordTable } from './table.ts';

export const en: WordTable = {
  intents: {
    stock:
      'in stock,available,availability,do you have,have you got,you got,is there,are there,do you sell,do you carry,do you stock,sell,left,any left,got any,have any,how many … have,how many … left,where can i buy,where can i get,which store*,what store*,can i buy,can i get',
    price:
      'the damage,you charge,do you want for,asking for it,how much are,how much r,how much do you ask,price*,~how much,cost*,what does … cost,how expensive,discount*,promo*,on sale,sale,cheaper today,set me back,going for,go for,how much for,how much is',
    hours:
      'open,opening,opens,close,closes,closing,closed,hours,working hours,opening hours,what time,until when,till when,holiday*',
    address:
      'address*,where are you,where is … store,where is … shop,located,location,how do i get to,how to get,directions,find you,phone number of,call the store,parking,whereabouts,where … branch,where are,phone number',
    analogue:
      'similar,something like,like it,alternative*,instead,analog*,comparable,equivalent,replacement for,something else,substitute*,anything like,like the,along the lines',
    backWhen:
      'back in stock,when will … be available,when … available again,restock*,back when,when do you get,when will you have,back in,when will you get,when … arrive in store,expected,coming back,come back,back again,in again,restocking,get more,getting more,arriving',
    hold: 'reserve,hold,keep one,put aside,set aside,reservation,book one,keep it for me,save one',
    compare:
      'compare,comparison,versus,vs,difference between,differ,which is better,better than,which one is better,or the',
    search:
      'recommend*,suggest*,looking for,which phone*,what phone*,show me,any phone*,phones with,phone with,phones under,best,good … under,list of',
    compatibility:
      'fit,fits,compatible,compatibility,work with,works with,suit,suits,will it charge,go with,goes with,use with,case for,charger for,cover for,cable for,for my,which charger,what charger,charger do i need,go on',
    tariff:
      'tariff*,plan,plans,subscription*,data plan,mobile plan,package*,which plan,monthly,per month,a month,sim only',
    roaming: 'roaming*,abroad,overseas,travel*,trip,going to,vacation,on holiday in,when i am in,in a foreign',
    keepNumber:
      'keep* my number,keep* your number,moving my number,transfer your number,move your number,transferring … number,bring my number,bring your number,take my number,port your number,number transfer*,port my number,porting,transfer my number,port in,move my number,same number,switch … number',
    lostSim:
      'lost my sim,lost sim,puk,sim blocked,block my sim,sim stolen,replace my sim,new sim,sim card lost,pin code,pin',
    orderStatus:
      'my order,order number,order status,track*,where is my order,where is my package,parcel,has my order,~order',
    delivery: 'deliver*,shipping,ship to,ship,pickup,pick up,collect in store,courier,click and collect',
    payment:
      'instalment*,installment*,pay in,payment*,credit,finance,financing,leasing,pay by,pay with,card payment,cash,apple pay,monthly payments,paypal',
    warranty: 'warranty,guarantee*,under warranty,warrantee',
    repairPrice:
      'screen repair,new screen,repair cost,repair price,cost to repair,cost to fix,fix … screen,replace … screen,screen replacement,battery replacement,replace … battery,repair … screen,cracked,broken screen,fix my,how much … repair,how much … fix,repair,new battery,fix … display,repair … display,new display,replace … display,smashed,shattered,broke my screen,screen is broken,battery swap,change … battery',
    repairStatus:
      'repair ready,my repair,repair status,is my phone ready,phone repaired yet,is it repaired,repair number',
    return:
      'days … refund,get a refund,refund policy,refund period,refunded,return,returns,returning,exchange,send … back,bring back,bring it back,bring … back,take … back,hand … back,take back,changed my mind,give it back,give back,give … back,swap',
    defective:
      'defect*,faulty,does not work,doesn t work,stopped working,dead,refund,money back,not working,broken,claim,complain*,won t turn on',
    tradeIn:
      'would i get for,what would i get,i get for,you pay for my,trade in,trade-in,tradein,sell my old,my old phone,buy back,buyback,worth,old phone for,get for my,what do i get for,would you give,what will you give,for my old,for my used,part exchange,part-exchange,take my old,give me for',
    howTo:
      'how do i,how can i,how to,transfer … data,data transfer,mov* … data,move … data,moving … data,no network,no signal,no service,no reception,without signal,no internet,set up,setup,activate,reset,configure,turn on,turn off,enable,disable',
    human:
      'human,real person,a person,operator,speak to,talk to,agent,someone call,manager,quote for,invoice,company quote,bulk order,call me,representative,speak with,send a quote,a quote,for the company,for our company,someone real',
    greeting: 'hello,hi,hey,good morning,good evening,good afternoon,thanks,thank you',
  },
  attributes: {
    battery: 'battery,batteries,battery capacity,battery size,mah,accumulator,how big is the battery',
    display: 'display,screen,screen size,display size,inch,inches,diagonal,how big is the screen,size of the screen',
    resolution: 'resolution',
    displayTech: 'display technology,screen technology,screen type,display type,amoled,oled,lcd,panel',
    refresh: 'refresh rate,hz,hertz',
    storage: 'storage,internal memory,rom,capacity,disk space,how much memory,gigabytes of memory,gb of storage',
    ram: 'ram,working memory',
    nfc: 'nfc,contactless,tap to pay,google pay',
    esim: 'esim,e-sim,e sim,electronic sim',
    fiveG: '5g',
    fourG: '4g,lte',
    network: 'network,networks,bands,frequencies,network bands',
    dualSim: 'dual sim,dual-sim,two sim,2 sim,two sims,second sim,dualsim',
    colour: 'colour*,color*',
    weight: 'weight,weigh*,heavy,how heavy,grams',
    dimensions: 'dimension*,height,width,thick*,depth,how tall,how wide',
    ip: 'waterproof,water resistant,water-resistant,ip rating,ip67,ip68,water resistance,splash,dust',
    port: 'port,usb c,usb-c,usbc,lightning,connector,charging port,plug,socket',
    wireless: 'wireless charging,charge wirelessly,qi,magsafe,inductive charging',
    camera: 'camera*,megapixel*,mp,photo*',
    soc: 'processor,chip,chipset,soc,snapdragon,cpu',
    gpu: 'gpu,graphics',
    released: 'released,release date,come out,came out,launch*,what year,which year,how old is',
    bluetooth: 'bluetooth',
    wifi: 'wifi,wi-fi,wi fi,wlan',
    sdcard: 'sd card,sd-card,micro sd,microsd,memory card,expandable,card slot',
    jack: 'headphone jack,3.5mm,3.5 mm,jack,audio jack,headphone socket',
    fingerprint: 'fingerprint*,touch id',
    radio: 'fm radio,radio',
    gps: 'gps',
    infrared: 'ir blaster,infrared',
    removable: 'removable battery,replaceable battery,battery removable,swap the battery',
    os: 'operating system,android version,ios version,os',
    power: 'watt,watts,wattage,how powerful,power output',
    length: 'how long is the cable,cable length,length',
    modelNumber: 'model number*,part number',
    dataGb: 'how much data,data allowance,gigabytes,data included',
    minutes: 'how many minutes,minutes included,call minutes',
    sms: 'sms,text messages,texts',
    priceMonth: 'monthly fee,monthly price,per month,a month',
    extraGb: 'extra gigabyte,extra gb,additional gb,additional data,extra data,refuel*,extra gig',
    contract: 'contract,commitment,minimum term,contract length',
  },
  categories: {
    phone: 'phone,phones,smartphone*,mobile,mobiles,handset*',
    tablet: 'tablet*',
    headphones: 'headphone*,earbud*,earphone*,headset*,buds',
    watch: 'watch,watches,smartwatch*',
    charger: 'charger*,power adapter*,adapter*,charging cable*,power supply',
    case: 'case,cases,cover*,bumper',
    cable: 'cable*',
    accessory: 'accessory,accessories',
    speaker: 'speaker*',
    tariff: 'tariff*,plan,plans',
    glass: 'screen protector*,protective glass,tempered glass',
    powerbank: 'power bank*,powerbank*,portable charger*,battery pack*,external battery',
    memory: 'memory card*,sd card*,microsd*,micro sd*',
    kids: 'kid,kids,child,children,childrens,junior',
  },
  atMost:
    'under,below,up to,less than,max,maximum,at most,not more than,no more than,within,cheaper than,budget,budget of,i have,until',
  atLeast: 'over,above,more than,at least,from,minimum,bigger than,larger than,min',
  cheap: 'cheap,cheapest,lowest price,least expensive,budget',
  best: 'best,biggest,largest,highest,most,good,big,large,long',
  yesNo: 'does,do,is,has,have,can,will,are',
  today: 'today,now,right now,tonight,this evening',
  tomorrow: 'tomorrow',
  dayAfter: 'day after tomorrow',
  or: 'or,vs,versus,and,with,than',
  countries: {
    GB: 'uk,england,britain,london',
    US: 'usa,america,states,the states,u s',
    AE: 'emirates,uae,dubai',
    TR: 'turkey,istanbul,antalya',
    EU: 'europe,eu',
  },
  minutes: 'minute*,min,mins',
  gigabytes: 'gb,gig,gigs,gigabyte*,giga',
  messages: 'sms,texts,messages',
  days: 'day,days',
  weeks: 'week*',
  months: 'month*',
  years: 'year*',
  unlimited: 'unlimited',
  ago: 'ago',
  small:
    'what,whats,which,how,the,a,an,of,for,does,do,did,is,are,have,has,had,you,your,i,im,me,my,we,it,its,this,that,these,there,in,on,at,to,and,or,with,from,by,about,please,can,could,would,will,want,need,like,get,give,tell,know,buy,any,some,one,new,hello,hi,thanks,right,still,also,just,store,shop,much,many,if,but,not,no,yes,so,as,be,was,when,where,who,why,than,then,today,tomorrow,now,phone,phones,smartphone,mobile,piece,pieces,model,version,stock,price,cost,costs,available,size,big,large,long,good,better,best,charge,support,supports,come,comes,really,looking,under,over,between,compare,difference,old,year,years,month,months,ago,bought,broke,broken,screen,u,ur,pls,plz,guys,hey,yo,thx,cheers,mate,lads,gonna,wanna,gotta,actually,maybe,stores,shops,branch,branches,place,anywhere,somewhere,else,only,even,whats,wheres,whens,hows,didnt,dont,ok,okay,got,getting,set,coming,quick,wondering,someone,anyone,kinda,sorta,atm,rn,tonight,find,show,us,our,they,them,both,each,lot,bit,take,takes,nah,yeah,yep,nope,dunno,thing,things,stuff,anybody,somebody,using,use,uses,used,does,works,far,fast,quick',
};
