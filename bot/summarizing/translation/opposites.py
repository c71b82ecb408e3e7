"""Verbs and their opposites in ten languages: what a translation may not turn round. Written for it.

A pair speaks only where one side of a translation has a word of one half and none of the other, and the other side the
other way about. A word that no half knows says nothing, so that a gap here lets a change pass and refuses nothing.
"""

# ruff: noqa: E501 - tables of words read best by line

import re
from collections.abc import Iterator

LANGUAGES = ("en", "fr", "es", "pt", "de", "ru", "ar", "zh", "ja", "ko")

_PAIRS = (
    (
        ("approve", r"approv|ratif|validat|endors|uphel|uphold", r"approuv|ratifi|valid|entérin", r"aprob|aprueb|ratific|valid", r"aprov|ratific|valid", r"billig|gebilligt|ratifizier|bestätig|zugestimmt|verabschiedet", r"одобр|утверд|ратифиц|подтверд", r"وافق|صادق|أقر|اعتمد|موافقة", r"批准|核准|认可|表决通过", r"承認|可決|批准|採択|了承", r"승인|가결|비준|채택"),
        ("reject", r"reject|annul|overturn|void|struck down|veto", r"rejet|annul|invalid|veto", r"rechaz|anul|invalid|vet[óa]", r"rejeit|anul|invalid|vet[oa]", r"ablehn|abgelehnt|lehn|verworf|verwarf|annullier|kippt|für ungültig", r"отклон|отверг|аннулир|вето", r"رفض|ألغ|أبطل|نقض|إلغاء", r"否决|拒绝|驳回|撤销|推翻|无效", r"否決|拒否|却下|棄却|無効|取り消", r"부결|거부|기각|무효|취소|거절"),
    ),
    (
        ("raise", r"rais|increas|expand|boost|add(?:s|ed|ing)?\b|doubl|rose\b|rise|grew|climb", r"augment|relev|accr|hauss|élarg|doubl|renforc|ajout", r"aument|elev|sub[eió]|increment|ampli|duplic|añad", r"aument|elev|sub[iíeo]|ampli|duplic|acrescent", r"erhöh|steiger|stieg|steig|ausweit|aufstock|stockt|verdoppel|anheb|angehob", r"увелич|повы[сш]|расшир|вырос|раст[её]т|удво|нара[сщ]", r"زاد|زيادة|رفع|يرفع|ارتفع|ارتفاع|توسيع|ضاعف|تعزيز|إضافة", r"提高|增加|上调|扩大|增至|上升|增长|翻倍|增派", r"引き上げ|増[やえ]|増額|拡大|増加|上昇|倍増|増派|増強|積み増", r"인상|증가|늘[리려렸어]|확대|상승|증액|증강"),
        ("cut", r"cut|reduc|lower|decreas|slash|scal\w+ (?:down|back)|shrink|trim|fell\b|fall(?:s|ing|en)?\b|drop|halv|withdr", r"réduc|rédui|diminu|baiss|abaiss|chut|recul|retir", r"reduc|recort|baj|disminu|rebaj|ca[íye]|retir", r"reduz|reduç|cort|baix|diminu|ca[íi]|retir", r"senk|gesenk|kürz|gekürz|reduzier|verringer|sank|sink|gesunken|halbier|fiel|zieh\w*\b.{0,90}\bab\b|abzieh|abgezogen", r"сниз|сниж|сокра|уменьш|упал|пад[ае]|урез|вывод|вывед|вывел", r"خفض|تخفيض|قلص|تقليص|انخف|تراجع|سحب", r"降低|减少|下调|削减|缩减|下降|减至|缩小|裁减|撤", r"引き下げ|減ら|減額|縮小|削減|減少|下落|低下|半減|撤退|撤収", r"인하|감소|줄[이였어]|축소|하락|삭감|감축|낮[추췄]|철수"),
    ),
    (
        ("withdraw", r"withdr|pull\w* (?:out|back)|remov|recall", r"retir|rappel", r"retir", r"retir", r"zieh\w*\b.{0,90}\bab\b|zog\w*\b.{0,90}\bab\b|abzieh|abgezogen|abzug", r"вывод|вывед|вывел|отзыва|отозва", r"سحب|انسحاب|انسحب", r"撤|召回", r"撤退|撤収|引き揚げ", r"철수|철군"),
        ("send", r"send|sent\b|deploy|dispatch|add(?:s|ed|ing)?\b|station", r"envo|enverr|déplo|dépêch|ajout", r"envi|envía|despl[ie]|añad", r"envi|destac|desloc|acrescent", r"entsend|entsandt|schick|verleg|stationier|stockt|aufstock", r"направ|отправ|размест|размещ|введ|ввел|добав", r"إرسال|أرسل|رسل|نشر|إضافة", r"派|部署", r"派遣|配備|派兵|増派", r"파견|배치|파병|증파"),
    ),
    (
        ("withdraw", r"withdr|pull\w* (?:out|back)|recall", r"retir|rappel", r"retir", r"retir", r"zieh\w*\b.{0,90}\bab\b|zog\w*\b.{0,90}\bab\b|abzieh|abgezogen|abzug", r"вывод|вывед|вывел|отзыва|отозва", r"سحب|انسحاب|انسحب", r"撤|召回", r"撤退|撤収|引き揚げ", r"철수|철군"),
        ("keep", r"keep|kept|retain|maintain|remain|stay", r"maint[ei]|gard(?:e|er|é)\b|rest(?:e|er|ent)\b", r"manten|mantien|mantuv|conserv|permane", r"mant[eêé]|mantiv|conserv|permane", r"behalt|behält|beibehalt|belass|bleib", r"сохран|остав|остан", r"إبقاء|بقي|الحفاظ|بقاء", r"保留|维持|保持|留", r"維持|残[しるすり]|駐留", r"유지|잔류|남[기겨]"),
    ),
    (
        ("fire", r"fir(?:ed|es|ing)\b|launch", r"tir(?:é|er|e|ent|s)\b|lanc", r"dispar|lanz", r"dispar|lanç", r"feuer|abgefeuert|gestartet", r"запус|выпус|обстрел", r"أطلق|إطلاق", r"发射|试射", r"発射|打ち上げ", r"발사|쐈"),
        ("intercept", r"intercept|shot down|shoot\w* down", r"intercept|abatt", r"intercept|derrib", r"intercet|intercept|abat|derrub", r"abgefang|abfang|abgewehrt|abgeschossen", r"перехват|перехвач|сбил|сбит", r"اعترض|اعتراض|أسقط", r"拦截|击落", r"迎撃|撃墜", r"요격|격추"),
    ),
    (
        ("build", r"build|built|construct|lay(?:s|ing)?\b|laid|erect|install", r"constru|install|érig|pos(?:e|er|é)\b", r"constru|instal|coloc", r"constru|instal|coloc|ergu", r"bau(?:t|en|te)?\b|gebaut|errich|anleg|angelegt|install", r"постро|строи|установ|возв[её]", r"بناء|بنى|تركيب|نصب|تشييد|زرع", r"修建|建造|设置|安装|铺设|埋设", r"設置|建設|敷設|整備|構築", r"설치|건설|구축|매설"),
        ("remove", r"remov|dismantl|demolish|clear(?:s|ed|ing)?\b", r"démantel|démantèl|démol|retir|enlev|enlèv", r"desmantel|retir|derrib|demol", r"desmantel|retir|remov|demol", r"abbau|abgebaut|abreiß|abgerissen|entfern|räum|geräumt", r"демонтир|снес|снос|разобра|убра|убер", r"إزالة|تفكيك|هدم|أزال", r"拆除|撤除|清除|移除", r"撤去|解体|取り壊|除去", r"철거|해체|제거"),
    ),
    (
        ("waive", r"waiv|forgiv|cancel|exempt|writ\w+ off", r"annul|effac|exonér|remis", r"condon|perdon|exim|exoner", r"perdo|isent|cancel", r"erlass|erläss|erließ|streich", r"спис|прост|освобо|аннулир", r"إعفا|أعف|إلغاء|شطب", r"免除|豁免|减免", r"免除|帳消し", r"면제|탕감"),
        ("demand", r"demand|claim|collect|recover|reclaim", r"réclam|exig|recouvr", r"reclam|exig|cobr", r"exig|reclam|cobr", r"forder|gefordert|verlang|eintreib", r"потреб|взыск|требу", r"طالب|مطالبة|تحصيل", r"索要|追讨|要求|催收", r"請求|取り立て|要求", r"청구|요구|징수"),
    ),
    (
        ("postpone", r"postpon|delay|put off|defer|push\w* back", r"report|repouss|ajourn|retard|différ", r"aplaz|pospon|pospus|posterg|retras|demor", r"adi(?:ou|ar|ad|am)|posterg|atras", r"verschieb|verschob|vertag|verzöger|aufgeschob", r"отлож|перенес|перенос|отсроч|задерж", r"أجل|تأجيل|إرجاء|أرجأ|تأخير", r"推迟|延期|延后|暂缓", r"延期|先送り|遅ら", r"연기|미루|미뤘|늦추|유예"),
        ("hasten", r"brought forward|bring\w* forward|moved? up|hasten|speed|accelerat", r"avanc|accél|anticip", r"adelant|anticip|aceler", r"antecip|adiant|aceler", r"vorverleg|vorgezog|vorzieh|beschleunig", r"ускор|приблиз|раньше срока", r"تقديم موعد|تعجيل|تسريع|عجل", r"提前|加快", r"前倒し|早め|繰り上げ", r"앞당|조기에"),
    ),
    (
        ("tighten", r"tighten|toughen|stiffen|harden|intensif|stepp?\w* up|extend", r"durci|renforc|intensif|resserr|prolong", r"endurec|reforz|refuerz|intensif|prorrog", r"endurec|reforç|intensif|prorrog|apert", r"verschärf|ausweit|verläng", r"ужесточ|усил|расшир|продл", r"تشديد|توسيع|تمديد|تكثيف", r"收紧|加强|强化|加大|延长", r"強化|厳格|厳し|延長", r"강화|연장|조이"),
        ("ease", r"eas(?:e|ed|es|ing)\b|relax|loosen|soften|lift(?:s|ed|ing)?\b", r"assoupli|allég|allèg|lev(?:er|é\w*|a|ant|era)\b|relâch|atténu", r"alivi|flexibil|relaj|levant|suaviz", r"alivi|flexibil|relax|levant|suaviz", r"locker|gelocker|aufheb|aufgehob|abschwäch|erleichter", r"ослаб|смягч|снят|снял|сним|облегч", r"تخفيف|خفف|رفع العقوبات", r"放松|放宽|解除|缓和|减轻", r"緩和|解除|緩め|軽減", r"완화|해제|경감"),
    ),
    (
        ("impose", r"impos|slap", r"impos|instaur", r"impon|impus|impuest|impondr", r"imp[oôu][ersn]|impost|impõ", r"verhäng|auferleg", r"ввел|введ|ввод|налож", r"فرض", r"施加|加征|征收", r"課[しすさ]|科[しすさ]|発動", r"부과|발동"),
        ("lift", r"lift|scrap|abolish|waiv", r"lev(?:er|é\w*|a|ant|era)\b|suppr|abol|exonér", r"levant|elimin|aboli|exim|condon", r"levant|elimin|aboli|isent|perdo", r"aufheb|aufgehob|abschaff|erlass", r"снял|снят|сним|отмен|спис", r"رفع|إلغاء|ألغ|إعفا|أعف", r"解除|取消|免除|撤销", r"解除|撤廃|免除|廃止", r"해제|철폐|면제|폐지"),
    ),
    (
        ("expel", r"expel|expuls|deport|kick\w* out", r"expuls", r"expuls|deport", r"expuls|deport", r"ausweis|ausgewies|weist\b.{0,60}\baus\b|wies\b.{0,60}\baus\b|abschieb|abgeschob", r"высл|высыл|депорт|выдвор", r"طرد|ترحيل|إبعاد", r"驱逐|遣返|逐出", r"追放|退去|送還", r"추방|송환"),
        ("summon", r"summon|invit|accredit|called in", r"convoqu|invit|accrédit", r"convoc|invit|acredit", r"convoc|convid|acredit", r"einbestell|bestellt\w*\b.{0,60}\bein\b|einlad|eingelad", r"вызв|вызыв|приглас", r"استدع|استقبل", r"召见|邀请|约见|接见", r"呼び出|召喚|招待|招い", r"초치|초청|초대"),
    ),
    (
        ("take in", r"receiv|took in|tak\w+ in|accept|admit|welcom|host", r"accueil|reç|accept|recev", r"recib|acog|acept|admit", r"receb|acolh|aceit|admit", r"aufnehm|aufgenommen|nahm\b.{0,60}\bauf\b|nimmt\b.{0,60}\bauf\b|empf[ai]ng|akzeptier|annehm|angenommen", r"принял|принима|прием|приём|соглас", r"استقبل|قبول|وافق", r"接收|接纳|接受|收容", r"受け入れ|受諾|承諾", r"수용|받아들|수락"),
        ("turn away", r"turn\w* (?:away|back)|refus|reject|expel", r"refus|refoul|rejet|expuls", r"rechaz|neg[aó]|niega|expuls|rehus|devolv", r"recus|rejeit|neg[ao]|expuls|devolv", r"abweis|abgewies|zurückweis|zurückgewies|verweiger|ablehn|abgelehn|lehn", r"отказ|отверг|отклон|выдвор", r"رفض|طرد", r"拒绝|拒收|遣返|驳回", r"拒否|拒[みむん]|追い返", r"거부|거절|돌려보"),
    ),
    (
        ("admit", r"admit|confirm|acknowledg|conced", r"admet|admis|reconna|reconnu|confirm", r"admit|reconoc|confirm", r"admit|reconhec|confirm", r"einräum|eingeräumt|räumt|zugeb|zugegeb|bestätig", r"призна|подтвер", r"اعترف|أقر|أكد", r"承认|证实|确认", r"認め|確認", r"인정|시인|확인"),
        ("deny", r"den(?:y|ie)|disput|refut|contest", r"dément|démenti|contest|nie(?:nt|r)?\b|nié|réfut", r"neg[óa]|niega|desm[ie]nt|refut|disput", r"neg[oa]|desment|contest|refut", r"bestreit|bestritt|dementier|leugn", r"опроверг|отриц|оспор", r"نفى|نفت|تنفي|ينفي|أنكر", r"否认|驳斥|反驳", r"否定|否認|反論", r"부인|반박"),
    ),
    (
        ("support", r"support|back(?:s|ed|ing)\b|endors|favou?r", r"soutien|souten|appui|appuy|favorable", r"apoy|respald", r"apoi", r"unterstütz|befürwort", r"поддерж", r"دعم|أيد|تأييد", r"支持|赞成", r"支持|賛成|支援", r"지지|찬성|지원"),
        ("oppose", r"oppos(?:e|es|ed|ing)\b|object(?:s|ed|ing)? to", r"oppose|opposé|opposer", r"opon|opus|opuest", r"op[õô]|opuser", r"widersetz|sich gegen", r"против", r"عارض|تعارض", r"反对", r"反対", r"반대"),
    ),
    (
        ("curb", r"curb|stem|stop|halt|prevent|contain|limit|curtail|combat|fight|reduc", r"frein|endigu|empêch|limit|lutt|enray|stopp|contenir|rédui", r"fren|conten|imped|detener|limit|combat|atajar|reduc", r"trav|conter|imped|limit|combat|fre[ai]|reduz", r"eindämm|brems|stopp|verhinder|begrenz|bekämpf|stemm", r"сдерж|останов|предотвра|огранич|пресе|борьб|сокра", r"للحد|الحد من|وقف|منع|كبح|مكافحة", r"遏制|阻止|限制|减少|打击|防止|制止", r"抑制|阻止|防[ぎぐ]|食い止め|制限|抑え", r"억제|막[기는]|차단|제한|방지|저지"),
        ("encourage", r"encourag|promot|foster|facilitat|spur|stimul", r"encourag|promouv|favoris|facilit|stimul", r"foment|promov|promuev|favorec|alent|facilit|estimul", r"foment|promov|incentiv|facilit|estimul|encoraj", r"förder|ermutig|erleichter|anreg", r"поощр|стимул|содейств|облегч", r"تشجيع|تعزيز|تسهيل|تحفيز", r"鼓励|促进|推动|便利|刺激", r"促進|奨励|後押し|促[しす]", r"장려|촉진|독려"),
    ),
    (
        ("begin", r"start|begin|began|begun|launch|resum|open(?:s|ed|ing)?\b|restor|reopen|establish", r"commenc|débu|entam|lanc|repr[ei]|repren|ouvr|ouvert|rouvr|rétabl|relanc|inaugur|établi", r"comenz|comienz|empez|empiez|inici|lanz|reanud|abri|abre|reabr|restable|inaugur|estable", r"começ|inici|lanç|retom|abr[eiu]|reabr|restabel|inaugur|estabelec", r"beginn|begann|begonn|start|eröffn|wieder auf|wiederauf|aufgenommen|aufnehm|aufnahm|öffn|geöffn", r"нача|начн|начин|запус|возобнов|откры|откро|восстан|устан", r"بدأ|بدء|استأنف|استئناف|ستأنف|فتح|إطلاق|أطلق|افتتح|إعادة", r"开始|启动|恢复|重启|开放|开启|重开|开通|建立|设立", r"開始|始[めま]|再開|開[きくい]|発足|着手|開設|回復|樹立", r"시작|개시|재개|착수|열[었린기]|개설|복원|개방|수립"),
        ("end", r"end(?:s|ed|ing)\b|suspend|halt|clos(?:e|ed|es|ing|ure)\b|stop|br(?:eak|oke)\w* off|sever|terminat|cancel", r"termin|suspen|cess|mettre fin|mis fin|met fin|un terme|arrêt|ferm|romp|rupture|annul|fin\b|achev|conclu|interromp", r"termin|suspend|finaliz|cerr|cierr|romp|ruptura|cancel|fin\b|ces[aóe]|interrump|conclu", r"termin|suspend|encerr|fech|romp|cancel|fim\b|cess|interromp|conclu", r"beend|ende\b|endet|ausgesetz|aussetz|setzt\w*\b.{0,60}\baus\b|schlie[sß]|schloss|geschloss|abbrech|abgebroch|brach\b|absag|abgesag|stopp|unterbr|einstell|eingestell", r"заверш|законч|приостан|прекра|закры|закро|разор|отмен|останов|прерв|прерыв", r"انته|أنه|إنهاء|تعليق|علق|وقف|أوقف|إغلاق|أغلق|قطع|ألغ|إلغاء|اختتم|توقف", r"结束|中止|暂停|关闭|终止|中断|取消|停止|断绝", r"終[わえ]|終了|停止|中断|閉鎖|打ち切|中止|断絶|閉[じめ]|休止", r"종료|끝[나났내냈]|중단|폐쇄|중지|취소|단절|닫"),
    ),
    (
        ("join", r"join|acced", r"rejoin|adhér|intégr|associ", r"adhir|adhier|ingres|incorpor|se un[ei]|sum[aóe]", r"aderi|ader[ei]|ingress", r"beitret|beitritt|beigetret|tritt\b.{0,60}\bbei\b|trat\b.{0,60}\bbei\b|anschlie|schlie[sß]t sich|schloss sich|angeschloss", r"вступ|присоедин", r"انضم|انضمام|نضم", r"加入|入盟", r"加盟|加入", r"가입|합류"),
        ("leave", r"leav|left\b|quit|withdr|exit", r"quitt|retir|sort", r"abandon|sal[ie]|retir", r"abandon|sai|saí|retir|deix", r"austret|austritt|ausgetret|verl[aä]ss|verließ|tritt\b.{0,60}\baus\b", r"вышл|выход|выйд|покин", r"انسحب|انسحاب|غادر|خروج|خرج|نسحب", r"退出|脱离|离开", r"脱退|離脱|撤退", r"탈퇴|이탈|떠나"),
    ),
    (
        ("release", r"releas|free(?:d|s|ing)\b|liberat", r"libér|relâch", r"liber|excarcel|suelt|solt", r"libert|solt", r"freigelass|freilass|ließ\w*\b.{0,60}\bfrei\b|freigeb|befrei", r"освобо|отпус", r"أفرج|إفراج|سراح", r"释放|获释", r"釈放|解放", r"석방|풀려나|풀어"),
        ("detain", r"detain|arrest|jail|captur|imprison|kidnap|abduct", r"arrêt[éea]|arrêtèr|déten|emprison|captur|enlev|enlèv|incarcér", r"detuv|deten|arrest|encarcel|captur|secuestr", r"det[eêi][vnm]|prend|preso|prision|captur|sequestr", r"festgenomm|festnehm|nahm\w*\b.{0,60}\bfest\b|verhaft|inhaftier|gefangen|entführ", r"задерж|арест|захват|похит", r"احتجز|اعتقل|سجن|اختطف|خطف", r"拘留|逮捕|扣押|关押|扣留|绑架|抓捕", r"拘束|逮捕|拘留|収監|拉致|拘禁", r"구금|체포|억류|구속|납치"),
    ),
    (
        ("buy", r"buy|bought|purchas|import(?!an)", r"achet|achat|import(?!an)", r"compr[aóoe]|import(?!an)", r"compr[aoe]|import(?!ân|an)", r"kauf|gekauft|import|einfuhr|einführ|erw[ei]rb|beschaff", r"куп|закуп|покуп|импорт|приобр", r"شراء|اشتر|استيراد|ستورد|شتري", r"购买|进口|采购|购入", r"購入|輸入|買[いうっ]|調達", r"구매|구입|수입|매입"),
        ("sell", r"sell|sold|sale|export", r"vend|vente|export", r"vend|vent[ae]|export", r"vend|export", r"verkauf|export|ausfuhr|ausführ", r"прода|экспорт", r"بيع|باع|تصدير|صدير", r"出售|出口|销售", r"売却|輸出|売[りるっ]|販売", r"판매|수출|매각"),
    ),
    (
        ("welcome", r"welcom|prais|hail|commend|applaud", r"salu|félicit|lou[ae]", r"celebr|elogi|salud|felicit", r"salud|elogi|louv|congratul|felicit", r"begrü[sß]|lobt|gelobt|würdig", r"приветств|похвал|высоко оцен", r"رحب|ترحيب|أشاد|أثنى", r"欢迎|赞赏|称赞|赞扬", r"歓迎|称賛|評価|称え", r"환영|찬사|높이 평가|칭찬"),
        ("condemn", r"condemn|denounc|critici|deplor|regret|lament", r"condamn|dénonc|critiqu|déplor|regrett|fustig", r"conden|denunci|critic|deplor|lament|censur", r"conden|denunci|critic|deplor|lament|repudi", r"verurteil|kritisier|bedauer|anprang|beklag", r"осуд|осужд|критик|раскритик|сожал", r"أدان|إدانة|ندد|انتقد|استنكر|أسف", r"谴责|批评|遗憾|痛斥|抨击", r"非難|批判|遺憾|糾弾", r"규탄|비난|비판|유감"),
    ),
    (
        ("agree", r"reach\w* (?:an? )?(?:\w+ )?(?:agreement|deal)|agreed|sign(?:s|ed|ing)\b", r"conven|convin|accord conclu|sign[aeé]|d['’]accord", r"acord|firm[aóe]|convin", r"acord|assin|concord", r"einig(?:t|en|te)|geeinigt|unterzeichn|vereinbar", r"договори|соглас|подпис", r"اتفق|وقع|توقيع|توصل", r"达成|签署|商定", r"合意|署名|調印", r"합의|서명|체결"),
        ("fail", r"fail|broke down|collaps|without (?:an? )?(?:agreement|deal)", r"échou|échec|sans accord|rompu", r"fracas|sin acuerdo|rompi", r"fracass|sem acordo|romp", r"scheiter|gescheiter|ohne einigung", r"провал|сорва|безрезульт", r"فشل|انهار|دون اتفاق", r"破裂|失败|未能", r"決裂|失敗|不調|物別れ", r"결렬|실패|무산"),
    ),
    (
        ("more", r"more than|over \d|at least|above|exceed", r"plus de|au moins|dépass|supérieur", r"más de|al menos|por lo menos|superior", r"mais de|pelo menos|ao menos|superior", r"mehr als|über \d|mindestens|wenigstens", r"более|больше|не менее|свыше|как минимум", r"أكثر من|على الأقل|يزيد|تجاوز", r"超过|至少|以上|多于|逾", r"以上|超|少なくとも|上回", r"이상|넘[는은게어]|최소|초과|적어도"),
        ("fewer", r"less than|fewer than|under \d|below|at most", r"moins de|au plus|inférieur", r"menos de|como máximo|inferior", r"menos de|no máximo|inferior", r"weniger als|unter \d|höchstens", r"(?<!не )менее|(?<!не )меньше|не более|максимум", r"أقل من|على الأكثر|لا يتجاوز", r"不足|少于|不到|以下|至多|最多", r"以下|未満|下回|足らず", r"이하|미만|못 미"),
    ),
)  # fmt: skip
"""Each half: its name, and how its words begin in each of `LANGUAGES`, where words have beginnings; else what they
hold. German verbs that part are looked for with their prefix behind them."""

_WHOLE = frozenset({"ar", "zh", "ja", "ko"})


def _compiled(half: tuple[str, ...]) -> tuple[str, dict[str, re.Pattern[str]]]:
    name, *cells = half
    patterns = {
        language: re.compile(f"(?:{cell})" if language in _WHOLE else rf"(?<!\w)(?:{cell})", re.IGNORECASE)
        for language, cell in zip(LANGUAGES, cells, strict=True)
    }
    return name, patterns


OPPOSITES = tuple((_compiled(one), _compiled(other)) for one, other in _PAIRS)


def turned(original: str, language: str, said: str, into: str) -> Iterator[tuple[str, str]]:
    """What the text `said`, in `into`, turns into its opposite, as (what `original` says, what is said)."""
    if language not in LANGUAGES or into not in LANGUAGES:
        return
    for first, second in OPPOSITES:
        for (was, mine), (now, other) in ((first, second), (second, first)):
            before = mine[language].search(original) and not other[language].search(original)
            if before and other[into].search(said) and not mine[into].search(said):
                yield was, now
