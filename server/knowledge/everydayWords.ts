import { SynonymTable } from './synonymTable.ts';

/**
 * Words that mean the same in what clients ask everywhere, across the languages we speak. What is sold and asked of it
 * stands in the consultation's own words; these are the matters of service that articles are written about.
 */
const GROUPS = `
gift card,gift cards,gift voucher,gift certificate,подарочная карта,подарочной карты,подарочную карту,подарочные карты,подарочный сертификат,기프트카드,기프트 카드,상품권,card cadou,carduri cadou,cardul cadou,voucher cadou,کارت هدیه,presentkort,presentkortet,geschenkkarte,geschenkgutschein,tarjeta regalo,tarjetas regalo,tarjeta de regalo,cheque regalo
receipt,till receipt,кассовый чек,чек,영수증,bon fiscal,chitanta,رسید,kvitto,kassenbon,kassenzettel,quittung,recibo,ticket de compra
insurance,страховка,страховки,страхование,보험,asigurare,asigurarea,بیمه,forsakring,versicherung,seguro
installation,mounting,fitting,установка,монтаж,설치,montaj,instalare,نصب,montering,montage,einbau,instalacion,montaje
recycling,recycle,утилизация,переработка,재활용,수거,reciclare,بازیافت,atervinning,entsorgung,entsorgen,reciclaje,reciclar
loyalty points,bonus points,loyalty card,bonus card,бонусы,баллы,бонусная карта,포인트,적립금,puncte de fidelitate,card de fidelitate,امتیاز,باشگاه مشتریان,bonuspoang,poangkort,bonuspunkte,treuepunkte,kundenkarte,puntos,tarjeta de fidelizacion
valid,validity,expire,expires,expiry,действует,действительна,действителен,срок действия,유효,유효기간,valabil,valabila,valabilitate,expira,اعتبار,معتبر,giltig,galler,giltigt,giltighetstid,gultig,gultigkeit,verfallt,valido,valida,validez,caduca,caducidad
stolen,theft,украли,украден,кража,도난,furat,furt,دزدیده,سرقت,stulen,stold,gestohlen,diebstahl,robado,robo
children,kids,child,kid,дети,детей,ребенок,ребенка,아이,어린이,copii,copil,copilul,کودک,کودکان,بچه,barn,kinder,kind,ninos,nino,hijo
password,passcode,пароль,пароля,비밀번호,parola,parolei,رمز عبور,گذرواژه,losenord,passwort,kennwort,contrasena,clave
account,аккаунт,учетная запись,учетную запись,계정,contul,حساب کاربری,konto,kontot,cuenta
cancel,cancellation,cancelling,call off,отменить,отмена,отмены,취소,anula,anulez,anulare,لغو,avbryta,avboka,avbokning,saga upp,stornieren,stornierung,kundigen,kundigung,absagen,cancelar,cancelacion,anular
refund,refunds,money back,reimburse,reimbursement,возврат денег,деньги назад,вернуть деньги,환불,ramburs,rambursare,banii inapoi,بازپرداخت,aterbetalning,pengarna tillbaka,erstattung,ruckerstattung,geld zuruck,reembolso,devolucion del dinero
parcel,package,shipment,посылка,посылку,택배,소포,colet,coletul,بسته,مرسوله,paket,paketet,sendung,paquete,envio
complaint,complaints,complain,жалоба,жалобу,пожаловаться,불만,민원,reclamatie,plangere,شکایت,klagomal,beschwerde,reklamation,queja,reclamacion
customer service,support team,служба поддержки,поддержка,고객센터,고객 센터,serviciu clienti,relatii clienti,پشتیبانی,خدمات مشتریان,kundtjanst,kundendienst,kundenservice,atencion al cliente
opening hours,business hours,часы работы,режим работы,영업시간,영업 시간,program,orar,ساعت کاری,ساعات کاری,oppettider,offnungszeiten,horario
address,адрес,주소,adresa,نشانی,ادرس,adress,adresse,anschrift,direccion
newsletter,mailing list,рассылка,рассылки,뉴스레터,خبرنامه,nyhetsbrev,boletin
privacy,personal data,data protection,персональные данные,конфиденциальность,개인정보,confidentialitate,date personale,حریم خصوصی,اطلاعات شخصی,integritet,personuppgifter,datenschutz,privacidad,datos personales
student,students,студент,студентов,학생,대학생,دانشجو,studenti,estudiante,estudiantes
job,jobs,vacancy,vacancies,career,careers,work for you,вакансия,вакансии,работа у вас,채용,일자리,locuri de munca,استخدام,jobb,lediga jobb,stellenangebot,stellenangebote,empleo,trabajo,vacante
late,delayed,delay,задержка,опоздание,задерживается,지연,늦어,intarziere,intarziat,تاخیر,forsenad,forsening,verspatet,verspatung,retraso,retrasado
photos,pictures,photo,picture,images,фото,фотографии,снимки,사진,poze,fotografii,عکس,bilder,foton,fotos,imagenes
move,transfer,migrate,copy over,перенести,перенос,переместить,이전,옮기,mut,mutare,transfer,انتقال,flytta,overfora,ubertragen,umziehen,mitnehmen,transferir,trasladar,pasar
keep my number,port my number,number portability,porting,перенос номера,сохранить номер,번호이동,번호 이동,portarea numarului,portare,pastrez numarul,ترابرد,ترابردپذیری,flytta numret,nummerflytt,behalla numret,rufnummernmitnahme,rufnummermitnahme,nummer mitnehmen,portabilidad,conservar mi numero
broken,faulty,defective,сломан,сломалась,сломался,неисправен,고장,stricat,defect,خراب,trasig,trasigt,kaputt,defekt,roto,averiado,estropeado
lost,lose,losing,потерял,потеряла,потерян,утеря,утерян,분실,잃어버렸,pierdut,pierderea,گم,گم شده,borttappad,forlorad,tappat,verloren,verlust,perdido,perdida,perdi
buy,purchase,bought,purchased
begin,start,commence
end,finish,stop
free,free of charge,gratis,no charge,бесплатно,бесплатная,무료,gratuit,رایگان,kostenlos,kostenfrei,gratuito
help,assist,assistance,support
fast,quick,quickly,soon
kaufen,erwerben,bestellen
beginnen,anfangen,starten
beenden,aufhoren,abschliessen
erlaubt,gestattet,zulassig,durfen
erforderlich,notwendig,notig,benotigen,brauchen
bekommen,erhalten,kriegen
`;

/** The everyday words, compiled; made once. */
export function everydayWords(): SynonymTable {
  made ??= new SynonymTable(
    GROUPS.trim()
      .split('\n')
      .map((line) => line.split(',')),
  );
  return made;
}

let made: SynonymTable | undefined;
