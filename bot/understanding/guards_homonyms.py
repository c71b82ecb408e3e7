"""Everyday words that are written like the name of a state or capital, told apart by what stands beside them.

One name for each entry, folded as the scanner has it; what stands before or after it shows the everyday word. Words
that never change around the name are phrases of `bot/evaluation/names/blockers.txt` instead. Never the other way about:
a name that has none of these beside it is taken as one.
"""

# ruff: noqa: E501 - tables of words read best by line

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Homonym:
    """`before` ends where the name begins, `after` begins where it ends, both folded; `written` is the name as it
    stands there. Each that is given shows `what` it is instead. `alone`: so does that nothing else in the text names it.
    """

    what: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    written: re.Pattern[str] | None = None
    alone: bool = False

    def holds(self, before: str, after: str, written: str, *, named: bool) -> bool:
        """Whether the word is the everyday one here; `named`: whether other words of the text name the same actor."""
        beside = (self.before and self.before.search(before)) or (self.after and self.after.match(after))
        return bool(beside or (self.written and self.written.fullmatch(written)) or (self.alone and not named))


def _word(what: str, before: str = "", after: str = "", written: str = "", *, alone: bool = False) -> Homonym:
    return Homonym(
        what,
        re.compile(rf"(?:{before})$") if before else None,
        re.compile(rf"(?:{after})") if after else None,
        re.compile(written) if written else None,
        alone,
    )


_FINANCE = (
    "محلل|تقرير|دعم|عجز|نظام|مدير|مستشار|سوق|وضع|خبير|استقرار|فساد|مركز|قطاع|مبلغ|عبء|فائض|عام|ربع|انهيار|تعويض|مقابل|"
    "انضباط|اصلاح|ضغط|جانب|تحويل|نشاط|شح|ضمان|انقاذ|التزام|تعاف|تعافي|مستوي|تمويل|احتيال|تحليل|تدقيق|وسيط|اداء|تعاون|حافز|مورد|بيان|ملف"
)
"""Nouns that the Arabic for "financial" stands behind, folded."""
_MEASURE = r"(?: \d| متر| سنتيمتر| كيلومتر| مليمتر| يبلغ| يصل| يتراوح| يزيد| الدائره| الانبوب| الارض)"

HOMONYMS: dict[str, Homonym] = {
    # Arabic, folded
    "كابل": _word(
        "a cable",
        r"(?:مد|تمديد|قطع|انقطاع|اصلاح|صيانه|طول|تعطل|انقطع|شبكه|خط|وصله|سرقه) |ال",
        r" (?:ال)?(?:بحري|كهرب|انترنت|اتصال|الياف|ليفي|ضوئي|نحاسي|بيانات|شحن|طاقه|تلفزيون|هاتف|جديد|جهد|رئيسي)|"
        r" (?:تحت البحر|عالي|بطول|من الالياف)",
    ),
    "مالي": _word("financial", rf"(?:^|\s)[وفبلك]{{0,2}}(?:ال|لل)?(?:{_FINANCE}) (?:ال)?"),
    "ماليه": _word("financial", alone=True),
    "ماليين": _word("financial", alone=True),
    "مسقط": _word("a birthplace", after=r" (?:راس|الراس)"),
    "سيول": _word(
        "floods",
        r"(?:اجتاحت|جرفت|جراء|خطر|مخاطر|مجري|تسببت|تسببت في|امطار و|فيضانات و) |ال",
        r" (?:جارفه|عارمه|مدمره|قويه|و(?:ال)?فيضان|و(?:ال)?امطار|جرفت|اجتاحت|غمرت)",
    ),
    "قاهره": _word("compelling", r"(?:قوه|ظروف|اسباب) "),
    "القاهره": _word("compelling", r"(?:القوه|الظروف|الاسباب) "),
    "قطر": _word("a diameter", r"(?:نصف|انصاف) |ال", _MEASURE),
    "قطرها": _word("a diameter", after=_MEASURE),
    "قطره": _word("a diameter, or a drop", alone=True),
    "بنين": _word("boys", r"(?:مدرسه|مدارس|ثلاثه|اربعه|خمسه|سته|تعليم|كليه|ثانويه) |ال|لل", r" و(?:ال)?بنات"),
    "المغرب": _word("sunset", r"(?:صلاه|اذان|وقت|قبيل) "),
    # Russian
    "чад": _word("fumes", r"(?:угарный|кухонный|дым и|густой|едкий|стоял|стоит) ", r" (?:от|стоял|рассеялся|и дым|кухни)"),
    "чада": _word("fumes", r"(?:дыма и|много) ", r" (?:от|кухни)"),
    "того": _word(
        "of that",
        r"(?:кроме|более|помимо|после|до|для|из|у|от|вместо|ради|без|с|вместе с|против|около|больше|не|ни|и|а) ",
        r"[,.:;]| (?:же|ли|бы|кто|что|чтобы|как|времени|года|дня|человека|самого|факта|периода|требу\w+|стоит|рода|"
        r"количества|числа|места|случая|уровня|и|не) |$",
    ),
    "перу": _word("somebody's pen", r"(?:его|ее|чьему|своему|моему|нашему|их) ", r" (?:автора|писателя|пушкина|принадлеж)"),
    "катар": _word("catarrh", r"(?:хронический|острый) ", r" (?:верхних|дыхательных|желудка|горла|кишечника)"),
    "панаму": _word("a hat", r"(?:надел|надела|надеть|носить|белую|соломенную) "),
    "панама": _word("a hat", after=r" (?:от солнца|из соломки)| (?:pour l'ete|protegeu|de paille)|-hut"),
    # Korean
    "수단": _word(
        "means",
        r"(?:[적은는한할될인운]|모든|교통|운송|통신|생계|결제|지불|협상|압박|억지|방어|공격|보복|타격|대응|외교|군사|정책|유일|최후|다른|어떤|"
        r"마지막|가능|핵심|주요) ",
        r"(?:을|이|은|으로|들|과|도)? ?(?:강구|동원|총동원|사용|활용|쓰|써|쓸|끊|삼|될|되|없|아니|가운데|중 하나|방법|모색|마련|확보|제한|간주)|들",
    ),
    "인도": _word(
        "handing over, or a pavement",
        r"(?:범죄인|용의자를|신병을|피의자를|시신을|유해를|포로를|차도와|죄수를|무기를|상품) ",
        r"(?:를 구분|에 주차|와 차도| 조약| 청구| 절차|받|했|하기로|할 것|될 것|됐|되었|턱|블록)",
    ),
    "오만": _word("arrogance", r"(?:지나친|극도의) ", r"(?:한 |하고 |과 편견|함|방자|하다|하게|불손)"),
    "파리": _word("a fly", r"(?:날아다니는|초|모기와) ", r"(?:가 날|를 잡|떼|채|약| 한 마리| 떼|와 모기)"),
    "도하": _word("crossing a river", r"(?:강을|하천을) ", r"(?:했|하다|하던|작전| 작전|훈련| 훈련|하는|할 )"),
    "가나": _word("going, or letters in their order", r"(?:어디|어딜|언제|어디를) ", r"(?:다순|다라)"),
    "아이티": _word("IT", after=r" (?:기업|업계|산업|업체|강국|분야|서비스|기술|인프라|전문|회사)"),
    "말리": _word("holding back, or drying", after=r"(?:는 |던 |지 |려 |고 |며 |러 |기 )"),
    "부탄": _word("butane", after=r" ?(?:가스|까스)"),
    "통가": _word("whole leather", after=r"(?:죽|리)"),
    "소피아": _word("somebody", after=r" (?:로렌|코폴라|부텔라|씨|양|왕비|공주)"),
    # Chinese and Japanese
    "苏丹": _word("a sultan", r"(?:文莱|奥斯曼|马来西亚|阿曼|柔佛|雪兰莪)", r"(?:哈桑|卡布斯|陛下|殿下|依布拉欣)"),
    "マリ": _word("part of a longer word", after=r"[ァ-ヶー]"),
    "ローマ": _word("Latin letters", after=r"字"),
    "スイス": _word("smoothly", after=r"イ"),
    "ソフィア": _word("somebody", after=r"(?:さん|ちゃん|王妃|・)"),
    # Latin letters, folded
    "pole": _word("a pole of the earth or a battery", r"\b(?:die|beide|beiden|zwei|magnetischen|entgegengesetzte) ", r" (?:der erde|der batterie|des magnet)"),
    "sofia": _word("somebody", r"\b(?:reine|konigin|prinzessin|princesse|reina|infanta|princesa|rainha|queen) ", r" (?:coppola|vergara|loren|kenin|goggia|carson|rotaru)"),
    "софия": _word("somebody", r"(?:королева|принцесса|певица|актриса) ", r" (?:ротару|коппола|верга\w+|лорен)"),
    "santiago": _word("somebody, or the saint", r"\b(?:camino de|caminho de|apostol|orden de) ", r" (?:de compostela|abascal|pena\b|bernabeu|calatrava)"),
    "el salvador": _word("a saviour", written="[Ee]l salvador"),
    "la paz": _word("peace", written="[Ll]a paz"),
    "asuncion": _word("taking office, or the feast", after=r" (?:del mando|del cargo|de la virgen|de maria|presidencial|de poder|de responsab)"),
    "assuncao": _word("somebody, or the feast", r"nossa senhora da ", r" (?:cristas|esteves|de maria)"),
    "cuba": _word("a barrel, or a drink", r"\b(?:una|uma) ", r" (?:libre|de vino|de vinho|de agua|de roble)"),
    "lima": _word("a lime, or a file", r"\b(?:jugo de|zumo de|suco de) ", r" (?:limon|y el limon|de unas|e a lixa|beans?\b|duarte|barreto)|-bohne"),
    "vitoria": _word("a victory", alone=True),
    "victoria": _word("a victory", r"\b(?:una|su|reina|rainha|konigin|reine|queen|primera|gran) ", r" (?:electoral|beckham|azarenka)"),
    "berne": _word("at half-mast, or low", r"\ben "),
    "vienne": _word("come what may", after=r" que "),
    "athen": _word("coals to Newcastle", r"\beulen nach "),
    "spanisch": _word("strange", r"\bkommt (?:mir|ihm|ihr|uns|ihnen|manchen|vielen) "),
}  # fmt: skip
