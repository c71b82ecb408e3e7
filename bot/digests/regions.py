"""Parts of the world, so that a digest does not tell of one of them only.

Groups after the United Nations' M49 regions, with the Middle East and Central Asia as newsrooms cut them.
"""

from functools import cache

_REGIONS = {
    "Africa": (
        "DZA AGO BEN BWA BFA BDI CPV CMR CAF TCD COM COG COD CIV DJI GNQ ERI SWZ ETH GAB GMB GHA GIN GNB KEN "
        "LSO LBR LBY MDG MWI MLI MRT MUS MAR MOZ NAM NER NGA RWA STP SEN SYC SLE SOM ZAF SSD SDN TZA TGO TUN "
        "UGA ESH ZMB ZWE AU ECOWAS"
    ),
    "Americas": (
        "ATG ARG BHS BRB BLZ BOL BRA CAN CHL COL CRI CUB DMA DOM ECU SLV GRD GTM GUY HTI HND JAM MEX NIC PAN "
        "PRY PER KNA LCA VCT SUR TTO USA URY VEN PRI GRL OAS CARICOM MERCOSUR"
    ),
    "East Asia": "CHN HKG MAC TWN JPN PRK KOR MNG",
    "South-East Asia": "BRN KHM IDN LAO MYS MMR PHL SGP THA TLS VNM ASEAN",
    "South and Central Asia": "AFG BGD BTN IND KAZ KGZ MDV NPL PAK LKA TJK TKM UZB TALIBAN SCO",
    "Middle East": (
        "BHR EGY IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR ARE YEM HAMAS HEZBOLLAH HOUTHI GCC ARAB_LEAGUE"
    ),
    "Europe": (
        "ALB AND AUT BEL BIH BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN ISL IRL ITA XKX LVA LIE LTU LUX MLT "
        "MCO MNE NLD MKD NOR POL PRT ROU SMR SRB SVK SVN ESP SWE CHE GBR VAT EU OSCE"
    ),
    "Russia and its neighbours": "ARM AZE BLR GEO MDA RUS UKR",
    "Oceania": "AUS FJI KIR MHL FSM NRU NZL PLW PNG WSM SLB TON TUV VUT COK NIU NCL PYF",
}


@cache
def _by_code() -> dict[str, str]:
    return {code: region for region, codes in _REGIONS.items() for code in codes.split()}


def region_of(code: str) -> str | None:
    """The region of an actor's code; None for those of the whole world (UN) and unknown ones."""
    return _by_code().get(code)
