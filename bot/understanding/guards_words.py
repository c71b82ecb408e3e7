"""Word lists of the guards, and the reader of such lists."""


def words(listed: str) -> frozenset[str]:
    """The words of a block of text, separated by white space."""
    return frozenset(listed.split())


FIRST_NAMES = words(
    """
    michael denzel kerry booker jim jerry robert hank eddie deandre vernon barbara jeremy mike harold dinah isaiah
    walter james john william thomas anatole jack julie peter paul david mary martin joe george steve stephen chris
    kevin brian mark scott richard charles donald ronald daniel matthew anthony andrew jennifer jessica sarah karen
    lisa nancy betty margaret susan dorothy tom dan ben sam alex max leo adam eric ryan jason jeff gary larry frank
    raymond gregory joshua dennis patrick justin brandon samuel benjamin aaron henry douglas kyle ethan carl arthur
    lawrence dylan jesse bryan bruce gabriel alan juan wayne roy ralph randy vincent russell bobby johnny bradley
    philip logan bobbie denise shirley kendrick serena ashley kyla chelsea ronnie connie leroy
    """
)
"""Given names before which a country's name is a surname (Michael Jordan, Denzel Washington)."""

GIVEN = words(
    "chad jordan georgia paris israel kenya sydney london jamaica india milan florence vienna malta cuba rio finn"
)
"""Names of places that are given names too (Chad Smith, Paris Hilton)."""

AFTER_PLACE = words(
    """
    River Valley Street Ends End Talks Agrees Says Warns Rejects Signs King Queen President Prime Minister Army Troops
    Police Government Court Deal Club Agreement Summit Attacks Attack Airport Climate Accord Parliament Votes Urges
    Seeks Calls Wants Sends Hosts Leader Foreign Moves Backs Denies Plans Faces Orders Opens Offers Kills Hits Strikes
    Mayor Peace Conference Treaty Embassy Border Junta Opposition Rebels Election Elections Meets Visits Crisis Suspends
    Accuses Condemns Declares Bans Bars Threatens Launches Holds Welcomes Praises Tells Asks
    """
)
"""Capitalised words that follow a country in headline case, and are nobody's surname."""

VENUES = frozenset({"geneva", "vienna", "davos", "lausanne", "montreux", "new york", "new york city", "strasbourg"})
VENUES |= {"the hague", "zurich", "helsinki", "reykjavik"}
"""Cities where others meet: "in Geneva" does not make Switzerland a party."""

PRIVATE = words(
    """
    journal newspaper magazine tabloid researcher researchers scientist scientists company companies firm firms bank
    retailer carmaker automaker brewer airline stocks shares markets economy player players striker captain coach boxer
    singer actor actress author novelist film movie band cuisine restaurant food wine accent descent origin language
    literature poet swimmer sprinter golfer cyclist tennis football soccer cricket rugby team club league championship
    driver drivers chef designer supermodel bulldog shepherd conglomerate giant maker manufacturer insurer
    """
)
"""What follows a nationality when no state is meant: "a French carmaker" does not make France a party."""

TEAMS = words(
    """
    Expos Jays Raptors Canadiens Senators Canucks Oilers Flames Leafs Redskins Wizards Nationals Capitals Mystics
    Commanders United City Rovers Rangers Celtic Hotspur Albion Wanderers Giants Lions Tigers Bulldogs
    """
)
"""Names of clubs that follow their city."""

BRUSSELS = words(
    """
    brussels bruxelles bruselas bruxelas brussel брюссель брюсселя брюсселе брюсселю брюсселем بروكسل 布鲁塞尔
    布魯塞爾 ブリュッセル 브뤼셀
    """
)
"""The city that stands for the European Union, folded."""
