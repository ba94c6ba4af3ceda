"""Makes examples of what people say to robots, and the plans that follow from it.

    python gen.py OUT.jsonl LISTS SEED SPLIT [--normal COMMAND]

A line is one robot's capability list with eight instructions in English or Spanish:
{"prefix": the prompt's constant part, "pairs": [[instruction, plan, language, category], …],
"capabilities": […] as in an instruction set}. The same seed gives the same file.

SPLIT train: phrases, words and capabilities to learn from; in_distribution: a fresh sample of the
same; templates: phrases, joiners and wrappings held out; unseen: capabilities, verbs, places and
colours held out too.

COMMAND reads instructions, one a line, and writes each in the normal form that the runtime's own
front of language gives it; a model is trained on what it will see.
"""

import argparse
import json
import os
import random
import re
import subprocess
import unicodedata

import phrases as P
from extras import EXTRAS

R = random.Random(0)
SPLIT = "train"
PAIRS = 8


def chance(share):
    return R.random() < share


def pick(items, weights=None):
    return R.choices(items, weights)[0] if weights else R.choice(items)


def phrase(halves):
    """One of the learnt phrases, or of the held-out ones where the split asks for them."""
    learnt, held = halves
    return pick(held) if SPLIT in ("templates", "unseen") and held and chance(0.85) else pick(learnt)


def word(learnt, held):
    return pick(held) if SPLIT == "unseen" and held and chance(0.7) else pick(learnt)


def choose(text):
    """Settles the {a|b} of a phrase."""
    while match := re.search(r"\{([^{}]*\|[^{}]*)\}", text):
        text = text[: match.start()] + pick(match.group(1).split("|")) + text[match.end() :]
    return re.sub(r" +", " ", text).strip()


# ------------------------------------------------------------------------------- Spanish moods
TU, USTED, INFINITIVE, SUBJUNCTIVE, SUBJUNCTIVE_USTED, PRESENT, VOS = range(7)
CLITIC = r"(?:melo|noslo|selo|te|se|me|nos|lo|la|le|les|los|las)"
PRESENTS = dict(ve="vas", di="dices", pon="pones", haz="haces", ven="vienes", ten="tienes", sal="sales", da="das", sé="eres", estate="te estás", vete="te vas", detente="te detienes", date="te das", dame="me das", ponte="te pones", dinos="nos dices", dile="le dices", diles="les dices", ponme="me pones", ponla="la pones", ponlo="lo pones", ponle="le pones", hazme="me haces")
VOSES = dict(ir="andá", irte="andate", decir="decí", dar="da", ver="ve")


def without_accents(text):
    kept = "".join(c for c in unicodedata.normalize("NFD", text) if c != "\u0301")
    return unicodedata.normalize("NFC", kept)


def split_clitic(verb):
    """muévase -> (mueva, se); the accent is what shows that a pronoun hangs on a command."""
    match = re.fullmatch(r"(\w+?)(" + CLITIC + ")", verb)
    if match and re.search("[áéíóú]", match.group(1)):
        return without_accents(match.group(1)), match.group(2)
    return verb, ""


def subjunctive(usted):
    verb, _, rest = usted.partition(" ")
    if verb in ("estese", "estate"):
        out = "te estés"
    elif verb == "dé":
        out = "des"
    elif verb.startswith("no"):
        return usted
    else:
        stem, clitic = ("", "se") if verb == "dese" else split_clitic(verb)
        clitic = {"se": "te ", "selo": "te lo ", "melo": "me lo ", "noslo": "nos lo "}.get(clitic, clitic and clitic + " ")
        out = clitic + ("des" if verb == "dese" else stem + "s")
    return out + (" " + rest if rest else "")


def present(tu):
    verb, _, rest = tu.partition(" ")
    if verb in PRESENTS:
        out = PRESENTS[verb]
    else:
        stem, clitic = split_clitic(verb)
        clitic = {"melo": "me lo ", "noslo": "nos lo "}.get(clitic, clitic and clitic + " ")
        out = clitic + stem + "s"
    return out + (" " + rest if rest else "")


def vos(infinitive):
    verb, _, rest = infinitive.partition(" ")
    match = re.fullmatch(r"(\w*?)([aeií])r(" + CLITIC + ")?", without_accents(verb))
    if verb in VOSES:
        out = VOSES[verb]
    elif match:
        stem, vowel, clitic = match.group(1), match.group(2), match.group(3) or ""
        out = stem + (vowel if clitic else dict(a="á", e="é", i="í")[vowel]) + clitic
    else:
        out = verb
    return out + (" " + rest if rest else "")


def mood(text, wanted):
    """Settles the <tú/usted/infinitive> of a phrase."""

    def settled(match):
        forms = match.group(1).split("/")
        tu, usted, infinitive = (forms + forms[-1:] * 2)[:3]
        if wanted == TU:
            return tu
        if wanted == USTED:
            return usted
        if wanted == INFINITIVE:
            return infinitive
        if wanted == SUBJUNCTIVE:
            return subjunctive(usted)
        if wanted == SUBJUNCTIVE_USTED:
            return usted
        return present(tu) if wanted == PRESENT else vos(infinitive)

    return re.sub(r"<([^<>]*)>", settled, text)


DOUBLED = {"grip": "gripping", "stop": "stopping", "drop": "dropping", "let": "letting", "put": "putting", "get": "getting", "grab": "grabbing", "set": "setting", "shut": "shutting", "swim": "swimming", "spin": "spinning", "run": "running", "sit": "sitting", "cut": "cutting", "plug": "plugging", "wag": "wagging", "hop": "hopping", "dig": "digging", "nip": "nipping", "pop": "popping", "step": "stepping", "nab": "nabbing", "mop": "mopping"}


def gerund(text):
    first, _, rest = text.partition(" ")
    if not first.isalpha():
        return "doing this: " + text
    ing = DOUBLED.get(first) or (first[:-1] if first.endswith("e") and not first.endswith("ee") else first) + "ing"
    return ing + (" " + rest if rest else "")


# ------------------------------------------------------------------------------------- numbers
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "x x twenty thirty forty fifty sixty seventy eighty ninety".split()
UNOS = "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve".split()
DIECES = "x x veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
CIENTOS = "x ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split()


def in_words(n, lang):
    if lang == "en":
        if n < 20:
            return ONES[n]
        if n < 100:
            return TENS[n // 10] + (pick("- ") + ONES[n % 10] if n % 10 else "")
        hundreds, rest = divmod(n, 100)
        if hundreds >= 10:
            return pick(["a", "one"]) + " thousand" if n == 1000 else str(n)
        return pick(["a", "one"] if hundreds == 1 else [ONES[hundreds]]) + " hundred" + (pick([" and ", " "]) + in_words(rest, lang) if rest else "")
    if n < 30:
        return UNOS[n]
    if n == 100:
        return "cien"
    if n < 100:
        return DIECES[n // 10] + (" y " + in_words(n % 10, lang) if n % 10 else "")
    hundreds, rest = divmod(n, 100)
    if hundreds >= 10:
        return "mil" if n == 1000 else str(n)
    return CIENTOS[hundreds] + (" " + in_words(rest, lang) if rest else "")


def plain(value):
    return f"{round(value, 3):.3f}".rstrip("0").rstrip(".")


UNITS = {  # unit: factor to SI, English, Spanish; the first of each may stand against the digits
    "m": (1, ["m", "m", "meters", "meters", "metres", "metres", "mtrs"], ["m", "m", "metros", "metros", "mts"]),
    "cm": (0.01, ["cm", "cm", "centimeters", "centimetres"], ["cm", "cm", "centímetros", "centimetros"]),
    "mm": (0.001, ["mm", "millimetres", "millimeters"], ["mm", "milímetros"]),
    "dm": (0.1, ["dm", "decimetres"], ["dm", "decímetros"]),
    "ft": (0.3048, ["ft", "feet", "feet"], ["pies", "pies"]),
    "in": (0.0254, ["in", "inches", "inches"], ["pulgadas", "pulgadas"]),
    "yd": (0.9144, ["yards", "yards"], ["yardas", "yardas"]),
    "deg": (1, ["deg", "degrees", "degrees", "degrees", "°"], ["°", "grados", "grados", "grados", "º"]),
    "rad": (57.29578, ["rad", "radians", "radians"], ["rad", "radianes", "radianes"]),
    "s": (1, ["s", "seconds", "seconds", "secs", "sec"], ["s", "segundos", "segundos", "segs", "seg"]),
    "min": (60, ["min", "minutes", "minutes", "mins"], ["min", "minutos", "minutos"]),
    "h": (3600, ["h", "hours"], ["h", "horas"]),
}
SINGULAR = {"meters": "meter", "metres": "metre", "centimeters": "centimeter", "centimetres": "centimetre", "feet": "foot", "inches": "inch", "yards": "yard", "seconds": "second", "minutes": "minute", "hours": "hour", "degrees": "degree", "radians": "radian", "metros": "metro", "pies": "pie", "pulgadas": "pulgada", "yardas": "yarda", "segundos": "segundo", "minutos": "minuto", "horas": "hora", "grados": "grado", "radianes": "radián", "centímetros": "centímetro", "mins": "min", "secs": "sec", "segs": "seg"}
SHORT = {"m", "cm", "mm", "dm", "ft", "in", "s", "min", "h", "°", "º", "deg", "rad"}


def drawn(kind):
    if kind == "m":
        unit = pick(["m", "cm", "ft", "in", "mm", "dm", "yd"], [68, 16, 6, 3, 2, 1, 1])
        value = {
            "m": lambda: pick([R.randint(1, 10), R.randint(1, 10), R.randint(1, 19) / 2, R.randint(1, 99) / 10, R.randint(5, 999) / 100, R.randint(1, 8) + 0.25, pick([12, 15, 20, 25, 40, 50, 100])], [30, 20, 16, 14, 10, 5, 5]),
            "cm": lambda: pick([R.randint(1, 30) * 5, R.randint(5, 300), R.randint(1, 20) * 10]),
            "ft": lambda: pick([R.randint(1, 20), R.randint(1, 9) + 0.5]),
            "in": lambda: R.randint(1, 40),
            "mm": lambda: R.randint(1, 50) * 50,
            "dm": lambda: R.randint(1, 30),
            "yd": lambda: R.randint(1, 10),
        }[unit]()
    elif kind == "deg":
        unit = "rad" if chance(0.04) else "deg"
        value = pick([1.57, 3.14, 0.5, 1, 2, 1.5708, 0.79]) if unit == "rad" else pick([pick([15, 30, 45, 60, 90, 120, 135, 180, 270, 360]), R.randint(1, 36) * 10, R.randint(1, 360), R.randint(1, 24) * 15, pick([400, 500, 720, 1000])], [40, 22, 20, 14, 4])
    elif kind == "s":
        unit = pick(["s", "min", "h"], [76, 22, 2])
        value = pick([R.randint(1, 10), R.randint(1, 60), R.randint(1, 12) * 5, R.randint(1, 30) * 10, R.randint(1, 19) / 2]) if unit == "s" else pick([R.randint(1, 10), R.randint(1, 30), R.randint(1, 9) / 2], [6, 2, 2]) if unit == "min" else R.randint(1, 3)
    else:
        unit, value = "", pick([R.randint(1, 10), R.randint(1, 5), R.randint(1, 100), R.randint(1, 40) * 5], [50, 25, 15, 10])
    return value, unit


def number(value, lang):
    """A number as people write it, and whether the unit comes before its half."""
    whole = int(value)
    if value == whole and chance(0.4) and whole <= 1000:
        return in_words(whole, lang), ""
    fraction = round(value - whole, 3)
    if fraction in (0.5, 0.25, 0.75) and chance(0.5):
        if lang == "en":
            part = {0.5: "half", 0.25: "quarter", 0.75: "three quarters"}[fraction]
            if not whole:
                return {0.5: pick(["half a", "a half", "half of a"]), 0.25: pick(["a quarter of a", "quarter of a"]), 0.75: "three quarters of a"}[fraction], "single"
            return pick([in_words(whole, lang), str(whole)]) + " and " + ("" if fraction == 0.75 else "a ") + part, ""
        if not whole:
            return {0.5: "medio", 0.25: "un cuarto de", 0.75: "tres cuartos de"}[fraction], "single"
        return pick([in_words(whole, lang), str(whole)]), {0.5: " y medio", 0.25: " y cuarto", 0.75: " y tres cuartos"}[fraction]
    digits = plain(value)
    if value != whole and chance(0.25):
        after = digits.split(".")[1]
        if lang == "en":
            return in_words(whole, lang) + " point " + " ".join(ONES[int(c)] for c in after), ""
        return in_words(whole, lang) + pick([" coma ", " punto "]) + (in_words(int(after), lang) if after[0] != "0" else " ".join(UNOS[int(c)] for c in after)), ""
    if lang == "es" and chance(0.5):
        digits = digits.replace(".", ",")
    return digits, ""


def quantity(kind, lang):
    """What is said, and the number in SI and degrees, or as it is for a count."""
    if kind == "s" and chance(0.05):
        return (pick(["a couple of seconds", "a couple seconds"]), 2) if lang == "en" else ("un par de segundos", 2)
    if kind == "m" and chance(0.03):
        return (pick(["a couple of metres", "a couple meters"]), 2) if lang == "en" else ("un par de metros", 2)
    if kind == "s" and chance(0.08):
        return pick([("a minute", 60), ("half a minute", 30), ("a minute and a half", 90), ("a full minute", 60), ("a quarter of a minute", 15), ("one minute", 60), ("a sec", 1)] if lang == "en" else [("un minuto", 60), ("medio minuto", 30), ("un minuto y medio", 90), ("minuto y medio", 90), ("un cuarto de minuto", 15), ("un minutito", 60), ("un segundo", 1)])
    if kind == "m" and chance(0.06):
        return pick([("a metre", 1), ("one meter", 1), ("half a metre", 0.5), ("a metre and a half", 1.5), ("a foot", 0.305)] if lang == "en" else [("un metro", 1), ("medio metro", 0.5), ("un metro y medio", 1.5), ("metro y medio", 1.5), ("un metrito", 1)])
    if kind == "n" and chance(0.02):
        return ("a dozen" if lang == "en" else "una docena de", 12)
    value, unit = drawn(kind)
    said, trailing = number(value, lang)
    if not unit:
        return said if trailing == "" else plain(value), value
    factor, english, spanish = UNITS[unit]
    name = pick(english if lang == "en" else spanish)
    words = not said[0].isdigit()
    if words and name in SHORT:
        name = (english if lang == "en" else spanish)[1 if unit not in ("m", "cm", "rad", "°") else 2]
        if name in SHORT:
            name = {"m": ("meters", "metros"), "cm": ("centimeters", "centímetros"), "deg": ("degrees", "grados"), "min": ("minutes", "minutos"), "s": ("seconds", "segundos"), "mm": ("millimetres", "milímetros"), "h": ("hours", "horas")}.get(unit, (english[-1], spanish[-1]))[lang == "es"]
    if trailing == "single" or value == 1:
        name = SINGULAR.get(name, name)
        trailing = "" if trailing == "single" else trailing
    if trailing and value < 2:
        name = SINGULAR.get(name, name)
    if value == 1 and words and lang == "es" and name in ("pulgada", "yarda", "hora"):
        said = "una"
    space = "" if name in ("°", "º") or (name in SHORT and not words and chance(0.5)) else " "
    return said + space + name + trailing, value * factor


# --------------------------------------------------------------------------------------- names
def invented():
    return "".join(pick("bcdfghjklmnprstvz") + pick("aeiou") + (pick("lnrs") if chance(0.3) else "") for _ in range(R.randint(2, 3)))


PLACE_WORDS = dict(  # other words for a place, in English and Spanish
    kitchen=(["the kitchenette", "the cooking area"], ["la cocinita"]), office=(["the study room", "the bureau"], ["el despacho"]), lab=(["the laboratory"], ["el lab"]), hall=(["the hallway", "the corridor"], ["el corredor"]), hallway=(["the hall", "the corridor", "the passage"], ["el corredor"]), garage=(["the car port", "where the car is"], ["la cochera"]), bedroom=(["the master bedroom", "where i sleep"], ["la habitación", "el cuarto", "la recámara", "la alcoba"]), entrance=(["the front door", "the way in"], ["la puerta de entrada"]), warehouse=(["the storehouse", "the depot"], ["el depósito", "la bodega"]), door=(["the front door", "the doorway"], ["la puerta principal"]), table=(["the big table"], ["la mesita"]), window=(["the windows"], ["el ventanal"]), garden=(["the yard", "the back garden"], ["el huerto"]), workshop=(["the shop floor", "the tool room"], ["el tallercito"]), reception=(["the front desk", "the reception desk"], ["la entrada de visitas"]), elevator=(["the lift"], ["el elevador"]), lift=(["the elevator"], ["el elevador"]), stairs=(["the staircase"], ["la escalera"]), living_room=(["the lounge", "the sitting room", "the front room"], ["la sala", "la sala de estar", "el cuarto de estar"]), desk=(["my desk", "the writing desk"], ["la mesa de trabajo"]), exit=(["the way out"], ["la puerta de salida"]), sofa=(["the couch", "the settee"], ["el sillón"]), fridge=(["the refrigerator", "the icebox"], ["el frigorífico", "el refrigerador"]), parking=(["the car park", "the parking lot"], ["el parking", "el estacionamiento"]), bathroom=(["the loo", "the toilet", "the restroom", "the washroom"], ["el aseo", "el lavabo", "el servicio"]), dining_room=(["the dining area"], ["la sala de comer"]), cafeteria=(["the coffee shop", "the café"], ["el café", "la cantina"]), lobby=(["the foyer"], ["el hall"]), basement=(["the cellar"], ["el subsuelo"]), yard=(["the courtyard", "the garden"], ["el corral"]), storage=(["the store room", "the closet"], ["el cuarto de trastos"]), terrace=(["the patio"], ["la azotea"]), loading_bay=(["the loading dock", "where the trucks load"], ["la zona de carga"]), bed=(["my bed"], ["la camita"]), pool=(["the swimming pool"], ["la alberca", "la pileta"]), shelf=(["the shelves", "the rack"], ["el estante", "la repisa"]), gate=(["the fence door"], ["el portón"]), barn=(["the stable"], ["el establo"]), shop=(["the store"], ["el comercio"]), nursery=(["the baby's room"], ["la habitación del bebé"]), meeting_room=(["the conference room"], ["la sala de juntas"]), gym=(["the fitness room"], ["la sala de deporte"]))
NUMBERED = [("bay", "la bahía"), ("zone", "la zona"), ("point", "el punto"), ("room", "la sala"), ("room", "la habitación"), ("station", "la estación"), ("shelf", "el estante"), ("table", "la mesa"), ("aisle", "el pasillo"), ("rack", "la estantería"), ("gate", "la puerta"), ("line", "la línea"), ("cell", "la celda"), ("desk", "el puesto")]
DOCK_PLACES = [("charger", "el cargador"), ("base", "la base"), ("home", "casa"), ("dock", "el muelle"), ("charging_station", "la estación de carga")]


def shorn(spanish):
    return re.sub(r"^(el|la|los|las) ", "", spanish)


def written(name):
    style = R.random()
    name = name.replace("_", " ") if style < 0.75 else name.replace(" ", "_")
    return without_accents(name) if chance(0.1) else name


def place(spanish_list):
    """(as listed, said in English, said in Spanish)"""
    r = R.random()
    if r < 0.14:
        en, es = pick(NUMBERED)
        mark = pick([str(R.randint(1, 12)), pick("ABCDEF"), pick("ABC") + str(R.randint(1, 9))])
        listed = f"{shorn(es)} {mark}" if spanish_list else f"{en} {mark}"
        return written(listed), f"{en} {mark.lower() if chance(0.5) else mark}", f"{es} {mark.lower() if chance(0.5) else mark}"
    if r < 0.20:
        name = invented()
        return name, pick(["", "the "]) + name, pick(["", "", "el ", "la "]) + name
    if r < 0.25:
        en, es = pick(DOCK_PLACES)
    else:
        en, es = word(P.PLACES, P.PLACES_HELD)
    listed = shorn(es) if spanish_list else en
    english, spanish = "the " + en.replace("_", " "), es
    if en == "home":
        english = "home"
    if chance(0.15):
        english = english.removeprefix("the ")
    if chance(0.04):  # a Spanish speaker with an English list, and the other way round
        english, spanish = spanish, english.removeprefix("the ")
    return written(listed), english, spanish


def words_of(choice):
    """The words that a listed place is known by."""
    return {w for name in choice for w in without_accents(re.sub(r"[_']", " ", name.lower())).split() if w not in ("the", "el", "la", "los", "las", "de", "i", "is", "where")}


PLACE_KEYS = {shorn(es): en for en, es in [*P.PLACES, *P.PLACES_HELD, *DOCK_PLACES]} | {en.replace("_", " "): en for en, _ in [*P.PLACES, *P.PLACES_HELD, *DOCK_PLACES]}
PLACE_KEYS = {without_accents(name): key for name, key in PLACE_KEYS.items()}


def key_of(choice):
    return PLACE_KEYS.get(without_accents(choice[0].replace("_", " ")))


def reworded(c, one, lang):
    """A place in other words, where no other place of the list could be meant by them."""
    key = key_of(one)
    others = [choice for choice in c["choices"] if choice is not one]
    near = set().union(*(words_of(choice) for choice in others)) if others else set()
    listed = {key_of(choice) for choice in others}
    ways = []
    if key in PLACE_WORDS:
        ways += PLACE_WORDS[key][lang == "es"]
    if key in P.MEANT and not listed & set(P.MEANT[key][2].split()) and not (c.get("docks") and key in ("charger", "charging_station")):
        ways += P.MEANT[key][lang == "es"]
    ways = [way for way in ways if not words_of((way,)) & near]
    return pick(ways) if ways else one[1 if lang == "en" else 2]


def colour(spanish_list):
    if chance(0.04):
        name = invented()
        return name, name, name
    en, es = word(P.COLOURS, P.COLOURS_HELD)
    said = P.FEMININE.get(es, es) if chance(0.5) else es
    return (es if spanish_list else en), (es if chance(0.03) else en), (en if chance(0.02) else said)


def speech(lang):
    if chance(0.55):
        return pick(P.SAYS[lang])
    if chance(0.1):
        return invented() + " " + invented()
    return " ".join(pick(P.SAY_WORDS[lang]) for _ in range(R.randint(1, 6)))


# ------------------------------------------------------------------------------ capability lists
DECLARED = {  # units a parameter declares, how often, and what descriptions say of them
    "m": (["m", "cm", "ft", "mm", "in"], [84, 9, 4, 2, 1], {"cm": [", distance in centimetres", ", in cm", ", en centímetros"], "ft": [", distance in feet", ", en pies"]}),
    "deg": (["deg", "rad"], [93, 7], {"rad": [", angle in radians", ", en radianes"]}),
    "s": (["s", "min"], [93, 7], {"min": [", in minutes", ", en minutos"]}),
}
EXTRA_BY_ID = {f"x{i}": extra for i, extra in enumerate(EXTRAS)}
SENSES = [f for f, extra in EXTRA_BY_ID.items() if extra["verbs"][0][0] in ("look", "read", "listen")]


def function(f):
    if f in EXTRA_BY_ID:
        return EXTRA_BY_ID[f]
    if f in P.SPLIT:
        base, verbs, descs = P.SPLIT[f]
        return {**P.BASE[base], "verbs": (verbs, []), "descs": descs}
    return P.BASE[f]


def choices(kind, function_choices, spanish_list):
    if kind == "choice":
        return [((es if spanish_list else en), en, es) for en, es in function_choices]
    found, names = [], set()
    if kind == "place" and chance(0.2):
        en, es = pick(NUMBERED)
        for mark in R.sample(["1", "2", "3", "4", "A", "B", "C"], R.randint(2, 3)):
            found.append((written(f"{shorn(es)} {mark}" if spanish_list else f"{en} {mark}"), f"{en} {mark}", f"{es} {mark}"))
            names |= {found[-1][0].lower(), f"{en} {mark}"}
    for _ in range(R.randint(2, 7) - len(found)):
        one = place(spanish_list) if kind == "place" else colour(spanish_list)
        keys = {one[0].lower(), one[1].removeprefix("the "), shorn(one[2])}
        if not keys & names:
            names |= keys
            found.append(one)
    return found


def capabilities():
    renamed = chance(0.55)
    spanish_list = chance(0.35)
    rover = ["drive", "turn", "goto", "dock", "wait", "grip", "release", "lamp", "say", "stop"]
    r = R.random()
    if r < 0.4:
        ids = [f for f in rover if not chance(0.08)]
    elif r < 0.75:
        ids = R.sample(rover, R.randint(3, 9))
    else:
        ids = R.sample(rover, R.randint(1, 4))
    extras = [f for f, e in EXTRA_BY_ID.items() if not e["held"] or SPLIT == "unseen"]
    count = pick([0, 1, 2, 3, 4], [38, 24, 18, 13, 7]) if r < 0.75 else R.randint(2, 6)
    ids += R.sample(extras, count)
    if r < 0.75 and chance(0.2):  # a rover with a camera and a microphone
        ids += [f for f in SENSES if f not in ids]
    if SPLIT == "unseen":
        ids += [f for f, e in EXTRA_BY_ID.items() if e["held"] and f not in ids and chance(0.3)]
    if chance(0.06):
        ids = [f for f in ids if f not in ("drive", "turn")] + ["forward", "backward", "left", "right"]
    if r >= 0.4 or chance(0.2):
        R.shuffle(ids)
    made, used = [], set()
    for f in ids:
        d = function(f)
        if f in P.BASE and not renamed:
            verb = f
        else:
            verb = word(*d["verbs"])
        nameless = chance(0.1)  # then only its description says what it does
        if nameless:
            verb = invented()
        if verb in used:
            continue
        used.add(verb)
        one = dict(f=f, verb=verb, kind=d["kind"], desc="")
        if d["kind"]:
            one["param"] = pick(d["params"]) if renamed or f not in P.BASE else d["params"][0]
        if d["kind"] in ("place", "colour", "choice"):
            one["choices"] = choices(d["kind"], d.get("choices"), spanish_list)
        if d["kind"] in DECLARED:
            units, shares, notes = DECLARED[d["kind"]]
            one["unit"] = pick(units, shares)
        if chance(0.9) or nameless or f not in P.BASE:
            one["desc"] = pick(d["descs"])
            if one.get("unit") in ("cm", "ft", "rad", "min") and chance(0.7):
                one["desc"] += pick(notes[one["unit"]])
        made.append(one)
    for c in made:
        c["docks"] = any(other["f"] == "dock" for other in made)
    if chance(0.08):
        verb = invented()
        made.insert(R.randint(0, len(made)), dict(f="named", verb=verb, kind=pick([None, "n"]), param=pick(["n", "level", "x"]), desc=pick(["", "custom action", "extra", "special"])))
    return made


def line(c):
    kind = c["kind"]
    if not kind:
        inside = ""
    elif "choices" in c:
        inside = f"({c['param']} {'|'.join(name for name, *_ in c['choices'])})"
    elif kind == "text":
        inside = f"({c['param']} text)"
    elif kind == "n":
        inside = f"({c['param']})"
    else:
        inside = f"({c['param']} {c['unit']})"
    return c["verb"] + inside + (": " + c["desc"] if c["desc"] else "")


def prefix(made):
    return "Can:\n" + "".join(line(c) + "\n" for c in made) + "Sense: battery %\n"


# ------------------------------------------------------------------------------------- clauses
class Clause:
    """A part of an instruction: its words, with Spanish moods still open, and what is to be done."""

    def __init__(self, text, action, other=None):
        self.text, self.action = re.sub(r" +", " ", text).strip(), action
        self.other = other  # (words that replace the value, the action then)

    def said(self, lang, wanted=TU):
        return mood(self.text, wanted) if lang == "es" else self.text


def put(text, value, lang):
    """Puts a value for @, with Spanish's contractions."""
    text = text.replace("@", value)
    if lang == "es":
        text = re.sub(r"\ba el ", "al ", text)
        text = re.sub(r"\bde el ", "del ", text)
        text = re.sub(r"\b(el|la) (el|la|los|las) ", r"\2 ", text)
    return text


def act(c, value):
    return c["verb"] if value is None else f"{c['verb']} {value}"


def measured(c, value, negative=False):
    """The action with a number in the unit that its parameter declares."""
    return act(c, ("-" if negative else "") + plain(abs(value) / UNITS[c["unit"]][0] if c.get("unit") else abs(value)))


def clause(c, lang):
    f, kind = c["f"], c["kind"]
    if f == "named":
        text = pick(["{do|run|execute|perform|} ", "", "do a ", "please "]) if lang == "en" else pick(["<haz/haga/hacer> ", "<ejecuta/ejecute/ejecutar> ", "", "<activa/active/activar> "])
        text = choose(text + " " + c["verb"])
        if not kind:
            return Clause(text, act(c, None))
        said, value = quantity("n", lang)
        return Clause(text + " " + pick(["with ", "at ", "to ", "", ""] if lang == "en" else ["con ", "a ", "", ""]) + said, act(c, plain(value)))
    d = function(f)
    if kind == "m" and f in ("drive", "forward", "backward"):
        back = f == "backward" or (f == "drive" and chance(0.32))
        said, value = quantity("m", lang)
        again, other = quantity("m", lang)
        negative = back and f == "drive"
        text = choose(phrase((P.BACK if back else d)[lang]))
        return Clause(put(text, said, lang), measured(c, value, negative), (again, measured(c, other, negative)))
    if f in ("turn", "left", "right"):
        return turn(c, d, lang)
    if f == "lamp" and any(en == "off" for _, en, _ in c["choices"]) and chance(0.2):
        listed = next(name for name, en, _ in c["choices"] if en == "off")
        return Clause(choose(phrase(P.LAMP_OFF[lang])), act(c, listed))
    text = phrase(d[lang])
    if not kind:
        return Clause(choose(text), act(c, None))
    if kind == "text":
        said = speech(lang)
        return Clause(choose(text).replace("@", said), act(c, '"' + said + '"'))
    if "choices" in c:
        one, two = pick(c["choices"]), pick(c["choices"])
        index = 1 if lang == "en" else 2
        name = reworded(c, one, lang) if kind == "place" and chance(0.28) else one[index]
        text = choose(text)
        if kind == "choice" and lang == "en" and one[1].startswith("the "):
            text = text.replace("the @", "@")
        other = None
        if one[0] != two[0]:
            again = two[index]
            if kind == "place":
                again = pick([again, "to " + again] if lang == "en" else [again, re.sub(r"^a el ", "al ", "a " + again)])
            other = (again, act(c, two[0]))
        return Clause(put(text, name, lang), act(c, one[0]), other)
    said, value = quantity(kind, lang)
    again, other = quantity(kind, lang)
    negative = False
    if text.startswith("^"):
        text = choose(text[1:])
        negative = "^" in text
        text = text.replace("^", "")
    text = choose(text)
    if kind == "n" and lang == "en" and value == 1:
        text = text.replace("@ times", pick(["once", "one time", "1 time"]))
        text = re.sub(r"@ (\w+?)s\b", lambda m: pick(["a ", "one ", "1 "]) + m[1], text)
        said = said.replace("one", pick(["one", "1"]))
    if kind == "n" and lang == "en" and value == 2 and chance(0.5):
        text = text.replace("@ times", "twice")
    if kind == "n" and lang == "es" and value == 1:
        text = text.replace("@ veces", pick(["una vez", "1 vez"]))
        text = re.sub(r"@ (\w+?[aeo])s\b", lambda m: ("una " if m[1].endswith(("a", "ión")) else "un ") + m[1], text)
    return Clause(put(text, said, lang), measured(c, value, negative), (again, measured(c, other, negative)))


def turn(c, d, lang):
    f = c["f"]
    if chance(0.36):
        options = phrase(P.TURNS[lang])
        text, value = options
        if (f == "left" and value < 0) or (f == "right" and value > 0):
            return turn(c, d, lang)
        other = None
        one_sided = re.search("left|right|izquierda|derecha", text)
        if abs(value) == 90 and one_sided and f == "turn":
            words = ("left", "right") if lang == "en" else ("a la izquierda", "a la derecha")
            other = (words[value > 0], measured(c, value, value > 0))
        return Clause(choose(text), measured(c, value, value < 0 and f == "turn"), other)
    said, value = quantity("deg", lang)
    again, second = quantity("deg", lang)
    right = f == "right" or (f == "turn" and chance(0.5))
    side = choose((P.RIGHT if right else P.LEFT)[lang])
    text = choose(phrase(d[lang]))
    if f == "turn" and chance(0.07):
        text, side, right = choose("{turn|rotate|spin} @") if lang == "en" else "<gira/gire/girar> @", "", False
    negative = right and f == "turn"
    other = (again, measured(c, second, negative))
    if f == "turn" and side and chance(0.4):
        words = ("left", "right") if lang == "en" else ("a la izquierda", "a la derecha")
        opposite = words[not right]
        other = (pick([opposite, f"{said} {opposite}", f"{opposite} {said}"]), measured(c, value, not negative))
    return Clause(put(text.replace("#", side), said, lang), measured(c, value, negative), other)


SIDES = dict(en=("left", "right"), es=("izquierda", "derecha"))
SI = dict(m="m", deg="deg", s="s")


def brief(c, lang):
    """A quantity, as a rule without its unit where the parameter has the usual one."""
    kind = c["kind"]
    if c.get("unit") != SI.get(kind) or chance({"m": 0.5, "deg": 0.3, "s": 0.75}.get(kind, 1)):
        return quantity(kind, lang)
    value = {
        "m": lambda: pick([R.randint(1, 10), R.randint(1, 19) / 2, R.randint(1, 99) / 10], [60, 25, 15]),
        "deg": lambda: pick([pick([30, 45, 60, 90, 90, 90, 180]), R.randint(1, 36) * 5]),
        "s": lambda: pick([R.randint(1, 10), R.randint(1, 12) * 5]),
    }[kind]()
    said, trailing = number(value, lang)
    said = {"un": "uno", "veintiún": "veintiuno"}.get(said, said) if lang == "es" and not trailing else said
    return (plain(value) if trailing == "single" else said + trailing), value


def bare(c, lang):
    """A clause as short as people make it in a row of clauses."""
    f = c["f"]
    back = f == "backward" or f == "drive" and chance(0.33)
    name = "back" if back else {"forward": "drive", "left": "turn", "right": "turn"}.get(f, f)
    if name not in P.BARE[lang] or chance(0.12):
        return clause(c, lang)
    if name in ("drive", "back"):
        said, value = brief(c, lang)
        text = choose(phrase(P.BARE[lang][name]))
        return Clause(put(text, said, lang), measured(c, value, back and f == "drive"))
    if name == "turn":
        right = f == "right" or f == "turn" and chance(0.5)
        side = SIDES[lang][right]
        if chance(0.22):
            return Clause(choose(phrase(P.BARE[lang]["turned"])).replace("#", side), measured(c, 90, right and f == "turn"))
        said, value = brief(c, lang)
        text = choose(phrase(P.BARE[lang]["turn"])).replace("#", side)
        return Clause(put(text, said, lang), measured(c, value, right and f == "turn"))
    text = choose(phrase(P.BARE[lang][name]))
    if not c["kind"]:
        return Clause(text, act(c, None))
    if "choices" in c:
        one = pick(c["choices"])
        said = one[1 if lang == "en" else 2]
        if name == "goto" and chance(0.15):
            said = reworded(c, one, lang)
        elif name == "goto" and lang == "en" and chance(0.4):
            said = said.removeprefix("the ")
        if name == "lamp":
            if one[1] == "off" and chance(0.5):
                return Clause(choose(phrase(P.LAMP_OFF[lang])), act(c, one[0]))
            if lang == "es" and re.search("luz|lámpara", text):
                said = P.FEMININE.get(said, said)
        return Clause(put(text.replace("%", "@"), said, lang), act(c, one[0]))
    said, value = brief(c, lang)
    return Clause(put(text, said, lang), measured(c, value))


def in_a_row(clauses, lang, wanted):
    """Clauses with little or nothing between them."""
    mark = phrase((P.ROW, [", ", "; ", ". "]))
    if mark == ", then " and lang == "es":
        mark = ", luego "
    if mark == "\u2192":
        mark = pick([" -> ", ", "])
    said = [one.said(lang, wanted) for one in clauses]
    if len(said) > 1 and chance(0.25):
        said[-2:] = [said[-2] + pick([" and ", ", and ", " then ", " and then "] if lang == "en" else [" y ", ", y ", " y luego ", " luego "]) + said[-1]]
    return re.sub(r"\b(then|luego) (?:then|luego|después) ", r"\1 ", mark.join(said))


MOTION = ("drive", "turn", "goto", "forward", "backward", "left", "right")


def sequence(made, lang, wanted):
    moving = [c for c in made if c["f"] in MOTION]
    chosen = [pick(moving) if moving and chance(0.5) else pick(made) for _ in range(pick([2, 3, 4, 5, 6], [26, 36, 22, 11, 5]))]
    spoken = [c for c in chosen if c["kind"] == "text"][:1]
    chosen = [c for c in chosen if c["kind"] != "text"] + spoken
    clauses = [bare(c, lang) if chance(0.85) else clause(c, lang) for c in chosen]
    return in_a_row(clauses, lang, wanted), plan([c.action for c in clauses])


# -------------------------------------------------------------------------------- instructions
ASK, REFUSE = "ask", "refuse"


def filled(template, parts, lang, wanted, **more):
    """Puts clauses for {1} and {2}, a mood of their own behind a colon."""

    def part(match):
        own = int(match.group(2)) if match.group(2) and match.group(2) != "g" else wanted
        said = parts[int(match.group(1)) - 1]
        said = said.said(lang, own) if isinstance(said, Clause) else said
        return gerund(said) if match.group(2) == "g" else said

    text = re.sub(r"\{(\d)(?::(\w))?\}", part, template)
    for key, value in more.items():
        text = text.replace("{" + key + "}", value)
    return text


def joined(clauses, lang, wanted):
    text = clauses[0].said(lang, wanted)
    for one in clauses[1:]:
        joint = phrase(P.THEN[lang])
        if joint.strip() == "before you":
            joint = " and then "
        if "," not in joint and lang == "es" and chance(0.02):
            joint = ", "
        text += joint + one.said(lang, wanted)
    if len(clauses) > 2 and chance(0.1):
        text = pick(P.FIRST[lang]) + text
    return text


def percent(lang):
    value = pick([R.randint(1, 19) * 5, R.randint(2, 98)], [3, 1])
    if value == 50 and chance(0.5):
        return pick(["half", "50 percent"] if lang == "en" else ["la mitad", "50 por ciento"]), value
    said = in_words(value, lang) if chance(0.25) else str(value)
    unit = pick([" percent", " per cent", " percent"] if lang == "en" else [" por ciento"])
    if said[0].isdigit() and chance(0.6):
        unit = pick(["%", "%", " %", ""])
    return said + unit, value


def condition(lang):
    low = chance(0.6)
    said, value = percent(lang)
    state = put(choose(phrase((P.IF_LOW if low else P.IF_HIGH)[lang])), said, lang)
    opposite = put(choose(phrase((P.IF_HIGH if low else P.IF_LOW)[lang])), said, lang)
    sign = "<" if low else ">"
    return state, opposite, f" if battery{sign}{value}", f" if battery{'>' if low else '<'}{value}"


def plan(actions, suffix=""):
    return "; ".join(a + suffix for a in actions)


def conditional(made, lang, wanted):
    """Of several clauses before an "if" only the last would depend on it, so there is one."""
    make = bare if chance(0.3) else clause

    def clauses(template, part, shares):
        before = template.find(part) < max(template.find("{c}"), template.find("{n}"))
        count = 1 if before else pick(range(1, len(shares) + 1), shares)
        return [make(pick(made), lang) for _ in range(count)]

    state, opposite, suffix, reverse = condition(lang)
    if chance(0.5):
        template = phrase(P.OTHERWISE[lang])
        first, second = clauses(template, "{1}", [75, 22, 3]), clauses(template, "{2}", [85, 15])
        text = filled(template, [joined(first, lang, wanted), joined(second, lang, wanted)], lang, wanted, c=state, n=opposite)
        return text, plan([c.action for c in first], suffix) + "; " + plan([c.action for c in second], reverse)
    template = phrase(P.CONDITIONAL[lang])
    first = clauses(template, "{1}", [75, 22, 3])
    text = filled(template, [joined(first, lang, wanted)], lang, wanted, c=state, n=opposite)
    actions = [c.action for c in first]
    if chance(0.15):  # something before that holds anyway
        before = clause(pick(made), lang)
        return before.said(lang, wanted) + phrase(P.THEN[lang]) + text, before.action + "; " + plan(actions, suffix)
    return text, plan(actions, suffix)


def stranger(c):
    """A place or colour that is not on the list of c, nor near one that is, or None."""
    known = set().union(*(words_of(one) for one in c["choices"]))
    keys = {key_of(one) for one in c["choices"]}
    for _ in range(50):
        one = place(False) if c["kind"] == "place" else colour(False)
        parts = words_of(one)
        near = PLACE_WORDS.get(key_of(one), ([], []))
        near = {word for way in [*near[0], *near[1]] for word in words_of((way,))}
        if parts & known or one[1] == "off" or near & known or set(P.MEANT.get(key_of(one), ([], [], ""))[2].split()) & keys:
            continue
        if c["kind"] == "place" and one[0] in dict(DOCK_PLACES):
            continue
        return one
    return None


def corrected(made, lang, wanted):
    for _ in range(20):
        last = clause(pick(made), lang)
        if last.other:
            break
    before = [clause(pick(made), lang) for _ in range(pick([0, 1, 2], [70, 22, 8]))]
    r = R.random()
    named = [c for c in made if c["kind"] in ("place", "colour")]
    if r < 0.08:
        text = joined([*before, last], lang, wanted) + phrase(P.CANCEL[lang])
        return text, ASK
    if r < 0.22 and named:  # to a place or colour that the robot does not know
        c = pick(named)
        unknown = stranger(c)
        if unknown:
            name = unknown[1 if lang == "en" else 2]
            if c["kind"] == "place" and chance(0.5):
                name = "to " + name if lang == "en" else put("a @", name, lang)
            elif chance(0.3):
                name = clause({**c, "choices": [unknown]}, lang).said(lang, wanted)
            text = joined([*before, clause(c, lang)], lang, wanted) + phrase(P.CORRECT[lang]).replace("{wait,|}", pick(["wait,", ""])).replace("@", name)
            return text, ASK
    if r < 0.38 or not last.other:  # another order in its place
        new = clause(pick(made), lang) if chance(0.7) else bare(pick(made), lang)
        joint = phrase((P.INSTEAD if chance(0.5) else P.CORRECT)[lang]).replace("{wait,|}", pick(["wait,", ""]))
        text = joined([*before, last], lang, wanted) + joint.replace("@", new.said(lang, wanted))
        return text, plan([*(c.action for c in before), new.action])
    words, action = last.other
    text = joined([*before, last], lang, wanted) + phrase(P.CORRECT[lang]).replace("{wait,|}", pick(["wait,", ""])).replace("@", words)
    if r > 0.92:  # and something after
        after = clause(pick(made), lang)
        return text + phrase(P.THEN[lang]) + after.said(lang, wanted), plan([*(c.action for c in before), action, after.action])
    if r > 0.85 and lang == "en":
        text = f"{last.said(lang)}? {pick(['no', 'nope', 'nah'])}. {words}"
        return text, action
    return text, plan([*(c.action for c in before), action])


def negated(made, lang, wanted):
    two = clause(pick(made), lang)
    if chance(0.28):
        text = phrase(P.DONT[lang])
        if lang == "es":
            text = re.sub(r"@(\d)", lambda m: two.said(lang, SUBJUNCTIVE if m[1] == "4" else INFINITIVE), text)
        else:
            text = text.replace("@", two.said(lang))
        return text, REFUSE
    one = clause(pick(made), lang)
    if lang == "en" and chance(0.2):
        text = pick(["{1} without {2:g}", "without {2:g}, {1}", "{1} instead of {2:g}", "rather than {2:g}, {1}", "{1}, no {2:g}"])
    else:
        text = phrase(P.BUT_NOT[lang])
    if chance(0.25) and one.other:  # not this value, that one
        words, action = one.other
        text = pick(["{1}, not {w}", "not {w}, {1}", "{1} and not {w}", "no, not {w}! {1}", "{1} rather than {w}"] if lang == "en" else ["{1}, no {w}", "{1} y no {w}", "no {w}, {1}", "{1} en vez de {w}"])
        return filled(text, [one], lang, wanted, w=words), one.action
    text = text.replace(":4}", ":3}")
    return filled(text, [one, two], lang, wanted), one.action


def often(template, count, lang, text):
    if lang == "en":
        ways = [in_words(count, lang) + " times", in_words(count, lang) + " times", f"{count} times"] + (["twice"] * 3 if count == 2 else ["thrice"] if count == 3 and chance(0.2) else [])
    else:
        ways = [in_words(count, lang) + " veces", in_words(count, lang) + " veces", f"{count} veces"] + (["un par de veces"] if count == 2 else [])
    return template.replace("{n}", pick(ways)).replace("{d}", str(count)).replace("@", text)


def repeated(made, lang, wanted):
    able = [c for c in made if c["kind"] != "n"] or made
    count = pick([2, 3, 4, 5, 6], [50, 30, 12, 5, 3])
    shaping = {"drive", "turn"} <= {c["f"] for c in made}
    r = R.random()
    if shaping and r < 0.08:
        start, count = pick(P.SHAPES[lang])
        drive, turning = (next(c for c in made if c["f"] == f) for f in ("drive", "turn"))
        make = pick([bare, clause])
        clauses = [make(drive, lang), make(turning, lang)]
        text = often(phrase(P.WHOLE[lang]).replace("@.", "@,"), count, lang, joined(clauses, lang, wanted))
        if not re.match(r"\w+ (?:times|veces)|do |haz |repite|repeat", text):
            text = start + text
        return text, plan([c.action for c in clauses] * count)
    if r < 0.62:  # one thing
        clauses = [pick([bare, clause, clause])(pick(able), lang)]
        template = phrase(P.AGAIN[lang]) if count == 2 and chance(0.45) else phrase(P.TIMES[lang])
        text = often(template, count, lang, clauses[0].said(lang, wanted))
    elif r < 0.87:  # several, all of them
        clauses = [pick([bare, clause, clause])(pick(able), lang) for _ in range(pick([2, 3], [75, 25]))]
        count = min(count, 12 // len(clauses))
        said = joined(clauses, lang, wanted) if chance(0.7) else in_a_row(clauses, lang, wanted)
        if count == 2 and chance(0.25):
            text = said + pick([", ", ", ", " and then ", ". "] if lang == "en" else [", ", ", ", " y luego ", ". "]) + said
        else:
            template = phrase(P.WHOLE_AGAIN[lang]) if count == 2 and chance(0.45) else phrase(P.WHOLE[lang])
            text = often(template, count, lang, said)
    else:  # only the last of two
        first, last = clause(pick(made), lang), clause(pick(able), lang)
        count = min(count, 4)
        joint = pick([", then ", ". then ", ", and after that "] if lang == "en" else [", luego ", ". después ", ", y después "])
        text = first.said(lang, wanted) + joint + often(pick(["@ {n}", "{n} @"][:1]), count, lang, last.said(lang, wanted))
        return text, plan([first.action] + [last.action] * count)
    actions = [c.action for c in clauses] * count
    if len(actions) < 10 and chance(0.15):
        after = clause(pick(made), lang)
        joint = pick([", then ", " and after that ", ". then "] if lang == "en" else [", luego ", " y después ", ". después "])
        return text + joint + after.said(lang, wanted), plan([*actions, after.action])
    return text, plan(actions)


def turned_round(made, lang, wanted):
    one, two = clause(pick(made), lang), clause(pick(made), lang)
    return filled(phrase(P.REVERSED[lang]), [one, two], lang, wanted), plan([one.action, two.action])


def straightforward(made, lang, wanted):
    clauses = [clause(pick(made), lang) for _ in range(pick([1, 2, 3, 4], [50, 27, 16, 7]))]
    return joined(clauses, lang, wanted), plan([c.action for c in clauses])


def alike(made):
    """What several places of a robot share: the shelf of shelf A and shelf B."""
    nouns = {}
    for c in made:
        if c["f"] == "goto":
            for _, en, es in c["choices"]:
                if re.search(r" (?:\d+|[A-Ca-c]\d?|[D-F])$", en):
                    nouns.setdefault((en.rsplit(" ", 1)[0], es.rsplit(" ", 1)[0]), []).append(en)
    return [noun for noun, places in nouns.items() if len(places) > 1]


def missing(made, lang, wanted):
    nouns = alike(made)
    if nouns and chance(0.5):
        en, es = pick(nouns)
        text = choose(phrase(P.BASE["goto"][lang]))
        return mood(put(text, "the " + en if lang == "en" else es, lang), wanted), ASK
    can = [f for f in P.MISSING if any(c["f"] == f for c in made)]
    if can and chance(0.78):
        text = choose(phrase(P.MISSING[pick(can)][lang]))
        if chance(0.15):
            other = clause(pick(made), lang)
            text = text + phrase(P.THEN[lang]) + other.text if chance(0.5) else other.text + phrase(P.THEN[lang]) + text
        return mood(text, wanted), ASK
    counted = [c for c in made if c["kind"] in ("n", "m", "s", "deg") and c["f"] in EXTRA_BY_ID]
    if counted and chance(0.4):  # an order of another robot without its number
        c = pick(counted)
        text = choose(phrase(function(c["f"])[lang]).replace("^", ""))
        if chance(0.5):
            text = re.sub(r" *(?:to|at|by|for|up to|hasta|a|durante|de)? *@( (?:times|veces|degrees|grados|ml|percent))?", "", text)
        else:
            text = text.replace("@", pick(["some", "a bit", "a few"] if lang == "en" else ["un poco", "algo", "unas cuantas"]))
        if text.strip():
            return mood(text, wanted), ASK
    return mood(choose(phrase(P.VAGUE[lang])), wanted), ASK


# Capabilities so near to each other that who has one is not told that the other is impossible
NEAR = [("unload", "release"), ("unload", "open_tray"), ("load", "grip"), ("lock", "door"), ("lock", "close_tray"), ("unlock", "door"), ("unlock", "open_tray"), ("scan_code", "scan"), ("polish", "mop"), ("polish", "vacuum"), ("bow", "wave"), ("timer", "wait"), ("drive_mode", "speed"), ("stir", "heat_up")]
ID_OF = {extra["verbs"][0][0]: f for f, extra in EXTRA_BY_ID.items()}


def content(text):
    return {w for w in re.findall(r"\w+", without_accents(text.lower())) if len(w) > 3 and w not in ("this", "that", "your", "with", "some", "please", "from", "esto", "para", "todo", "todos")}


def impossible(made, lang):
    """What no robot here can do, and what is not in the words of this one's capabilities either."""
    own = set()
    for c in made:
        if c["f"] in EXTRA_BY_ID:
            d = function(c["f"])
            own |= content(" ".join([*d["verbs"][0], *d["descs"], *d[lang][0], *d[lang][1]]).replace("_", " "))
    while content(text := phrase(P.IMPOSSIBLE[lang])) & own:
        pass
    return choose(text)


def foreign(made):
    """A capability that this robot lacks."""
    have = {c["f"] for c in made}
    have |= {"dock"} if have & {"goto"} else set()
    have |= {"stop"} if have & {"wait", "stop"} else set()
    verbs = {c["verb"] for c in made}
    alike = {"x4": {"x5"}, "x6": {"x7"}, "x7": {"x6", "x8"}, "x8": {"x7"}}
    for f in list(have):
        have |= alike.get(f, set())
    for one, two in NEAR:
        one, two = ID_OF.get(one, one), ID_OF.get(two, two)
        have |= {two} if one in have else {one} if two in have else set()
    if have & {"left", "right"}:
        have.add("turn")
    if have & {"forward", "backward"}:
        have.add("drive")
    lacking = [f for f in [*list(P.BASE) * 3, *EXTRA_BY_ID] if f not in have and (f not in EXTRA_BY_ID or not EXTRA_BY_ID[f]["held"] or SPLIT == "unseen")]
    f = pick(lacking)
    d = function(f)
    if set(d["verbs"][0]) & verbs:
        return None
    c = dict(f=f, verb="x", kind=d["kind"], param="p", desc="", unit={"m": "m", "deg": "deg", "s": "s"}.get(d["kind"]))
    if d["kind"] in ("place", "colour", "choice"):
        c["choices"] = choices(d["kind"], d.get("choices"), chance(0.3))
    return c


def unable(made, lang, wanted):
    r = R.random()
    if r < 0.5:
        c = foreign(made)
        if c and c.get("choices", True):
            text = clause(c, lang)
            if chance(0.2):
                other = clause(pick(made), lang)
                return joined([text, other] if chance(0.5) else [other, text], lang, wanted), REFUSE
            return text.said(lang, wanted), REFUSE
    chosen = [c for c in made if c["kind"] in ("place", "colour")]
    if r < 0.72 and chosen:
        c = pick(chosen)
        one = stranger(c)
        if one:
            return clause({**c, "choices": [one]}, lang).said(lang, wanted), REFUSE
    if r < 0.78:
        return mood(choose(phrase(P.WRONG_UNIT[lang])), wanted), REFUSE
    text = mood(impossible(made, lang), wanted)
    if chance(0.15):
        other = clause(pick(made), lang).said(lang, wanted)
        text = text + phrase(P.THEN[lang]) + other if chance(0.4) else other + phrase(P.THEN[lang]) + text
    return text, REFUSE


def idle(made, lang, wanted):
    if chance(0.08):
        text = " ".join(pick([invented(), pick(P.SAY_WORDS[lang]), invented()]) for _ in range(R.randint(1, 5)))
        return text, REFUSE
    if chance(0.2):
        return phrase(P.TALK[lang]) + pick(["", ".", "!", "..."]), REFUSE
    if chance(0.12):  # a question about what it can do, or of what somebody did
        one = clause(pick(made), lang).text
        if lang == "en":
            text = pick(["what happens if you {1}?", "why did you {1}?", "did you {1}?", "do you know how to {1}?", "have i told you to {1}?", "when did you {1}?", "who told you to {1}?", "would you ever {1}?", "how often do you {1}?", "i used to {1}", "yesterday i had to {1}", "my brother can {1}", "is it dangerous to {1}?", "what if you {1}?"]).replace("{1}", one)
        else:
            text = pick(["¿qué pasa si te pido {2}?", "¿sabes {2}?", "¿quién te dijo que tenías que {2}?", "¿es peligroso {2}?", "ayer tuve que {2}", "mi hermano sabe {2}", "¿te gusta {2}?", "¿cuándo te mandé {2}?", "¿eres capaz de {2}?", "antes solía {2}"]).replace("{2}", mood(one, INFINITIVE))
        return text, REFUSE
    text = phrase(P.IDLE[lang])
    index = 1 if lang == "en" else 2
    if "@" in text:
        text = put(text, place(False)[index] if not (known := [c for c in made if c["kind"] == "place"]) else pick(pick(known)["choices"])[index], lang)
    if "%" in text:
        text = text.replace("%", colour(False)[index] if not (known := [c for c in made if c["kind"] == "colour"]) else pick(pick(known)["choices"])[index])
    return text, REFUSE


KINDS = [  # share, category, maker, whether wrapped in politeness and talk
    (35, "plain", straightforward),
    (13, "sequence", sequence),
    (9, "correction", corrected),
    (6, "negation", negated),
    (8, "repetition", repeated),
    (3, "order", turned_round),
    (10, "condition", conditional),
    (6, "missing", missing),
    (7, "unable", unable),
    (6, "idle", idle),
]

KEYS = dict(a="sq", e="wr", i="uo", o="ip", u="yi", n="bm", m="n", r="et", t="ry", s="ad", d="sf", l="k", c="xv", b="v", v="b", g="h", h="j")
PHONETIC = [("v", "b"), ("b", "v"), ("z", "s"), ("ce", "se"), ("ci", "si"), ("qu", "k"), ("ll", "y"), ("h", ""), ("ge", "je"), ("gi", "ji"), ("y ", "i "), ("ñ", "n"), ("cu", "ku"), ("por", "x"), ("que", "q")]
TEXTING = [("to ", "2 "), ("you", "u"), ("please", "plz"), ("the ", "teh "), ("and ", "n "), ("are", "r"), ("for ", "4 "), ("forward", "fwd"), ("forward", "foward"), ("right", "rite"), ("kitchen", "kichen"), ("ight", "ite"), ("ee", "e"), ("ll", "l"), ("tt", "t"), ("ing", "in"), ("seconds", "secs"), ("back", "bak"), ("metres", "metrs"), ("degrees", "degrese")]


def mistyped(text, lang):
    for _ in range(pick([1, 1, 2, 3])):
        r = R.random()
        if r < 0.35:
            old, new = pick(PHONETIC if lang == "es" else TEXTING)
            places = [m.start() for m in re.finditer(re.escape(old), text)]
            if places:
                at = pick(places)
                text = text[:at] + new + text[at + len(old) :]
            continue
        spots = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha()]
        if not spots:
            break
        i = pick(spots)
        how = pick("ssddrk")
        if how == "s":
            text = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
        elif how == "d":
            text = text[:i] + text[i + 1 :]
        elif how == "r":
            text = text[: i + 1] + text[i] * pick([1, 1, 3]) + text[i + 1 :]
        else:
            text = text[:i] + pick(KEYS.get(text[i].lower(), text[i])) + text[i + 1 :]
    return text


def dressed(text, lang, has_text):
    """Case, accents and typing mistakes as people make them."""
    if lang == "es" and not has_text and chance(0.25):
        text = without_accents(text)
    r = R.random()
    if r < 0.35:
        text = text[:1].upper() + text[1:]
    elif r < 0.37 and not has_text:
        text = text.upper()
    if not has_text and chance(0.13):
        text = mistyped(text, lang)
    if lang == "es" and text.endswith("?") and "¿" not in text and chance(0.6):
        text = "¿" + text
    return re.sub(r" +", " ", text).strip()


def talk(lang):
    return phrase(P.TALK[lang]) if chance(0.4) or SPLIT != "train" and chance(0.5) else choose(pick(P.TALKS[lang]))


def wrapped(text, lang, opening, category, ends_in_text):
    if category == "idle":
        return text
    if chance(0.6):
        text = opening + text
        if opening.startswith("¿") or (opening.startswith(("can", "could", "would", "will", "why", "how", "any")) and chance(0.6)):
            text = text.rstrip(".!") + "?"
    if not ends_in_text and chance(0.4):
        text += phrase(P.AFTER[lang])
    elif ends_in_text and chance(0.3):
        text += "."
    if chance(0.18):
        before = ends_in_text or chance(0.6)
        if before:
            text = talk(lang) + pick(P.TALK_JOIN[lang]) + text
        if not ends_in_text and (not before or chance(0.15)):
            text = text.rstrip(".!?") + pick(P.TALK_BACK[lang]) + talk(lang)
    return text


def example(made):
    lang = pick(["en", "es"], [46, 54])
    _, category, make = pick(KINDS, [share for share, *_ in KINDS])
    wanted, opening = TU, ""
    if lang == "en":
        opening = phrase(P.BEFORE["en"])
        if category == "sequence" and not re.search("^(?!if |when|would|right).*, $|^now |^please |^ok |^so ", opening):
            opening = ""  # a row without verbs needs no "could you"
    else:
        wanted = pick([TU, USTED, VOS, PRESENT, INFINITIVE], [70, 12, 9, 5, 4])
        opening, own = phrase(P.BEFORE["es"])
        if category in ("sequence", "repetition"):  # which need no verb to begin with
            wanted = wanted if wanted != INFINITIVE else TU
            opening = opening if own in (0, 1) and chance(0.4) else ""
        elif chance(0.6):
            if own in (1, 2, 3, 4, 8):
                wanted = {1: USTED, 2: INFINITIVE, 3: SUBJUNCTIVE, 4: USTED, 8: PRESENT}[own]
            elif own == 9:
                opening = ""
        else:
            opening = ""
    if not made:
        return None
    text, target = make(made, lang, wanted)
    target_words = re.findall(r'"([^"]*)"', target)
    ends = bool(target_words) and re.search(re.escape(target_words[-1]) + r"['\"]?$", text) is not None
    if lang == "es":
        text = opening + text if opening and category != "idle" else text
        text = wrapped(text, lang, "", category, ends)
        if opening.startswith("¿") and category != "idle":
            text = text.rstrip(".!?") + "?"
    else:
        text = wrapped(text, lang, opening, category, ends)
    return dressed(text, lang, bool(target_words)), target, lang, category


# --------------------------------------------------------------------------------- normal form
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")


OF_WORDS = {0, 1, 2, 45, 90, 180, 270, 360, 0.785, 1.571, 3.142, 4.712, 6.283}


def agreeing(text, target):
    """The plan with its numbers and quoted words as the normal form writes them, or None."""
    numbers = [m.group().lstrip("-") for m in NUMBER.finditer(text)]

    unwritten = []

    def number_as_written(match):
        value = abs(float(match.group()))
        near = [n for n in numbers if value and abs(float(n) - value) <= 0.011 * value]
        best = min(near, key=lambda n: abs(float(n) - value), default=None)
        if best is None and value not in OF_WORDS:
            unwritten.append(value)  # a conversion, which is the rules' work and not to be learnt
        return ("-" if match.group().startswith("-") else "") + best if best else match.group()

    parts = re.split(r'("[^"]*")', target)
    for i, part in enumerate(parts):
        if not part.startswith('"'):
            parts[i] = re.sub(r"(?<![\w.|])-?\d+(?:\.\d+)?(?!\w)", number_as_written, part)
            continue
        at = text.lower().find(part[1:-1].lower())
        if at < 0:
            return None
        parts[i] = '"' + text[at : at + len(part) - 2] + '"'
    return None if unwritten else "".join(parts)


def known(made):
    """What the front of language is told of a robot: its names, and the units it declares."""
    names = [c["verb"] for c in made] + [name for c in made for name, *_ in c.get("choices", [])]
    units = sorted({c["unit"] for c in made if c.get("unit")})
    return ",".join(names) + "\t" + ",".join(units)


def normalised(instructions, command):
    done = subprocess.run(command, shell=True, input="\n".join(instructions) + "\n", capture_output=True, text=True, check=True)
    lines = done.stdout.split("\n")[: len(instructions)]
    if len(lines) != len(instructions):
        raise SystemExit(f"{command} gave {len(lines)} lines for {len(instructions)}")
    return lines


def exported(c):
    bounds = {"m": (-10, 10), "deg": (-360, 360), "s": (0, 600), "n": (0, 1000)}.get(c["kind"], (None, None))
    if c.get("unit"):
        bounds = [round(bound / UNITS[c["unit"]][0], 4) for bound in bounds]
    kind = "text" if c["kind"] == "choice" else c["kind"]
    return dict(verb=c["verb"], param=c.get("param") if kind else None, kind=kind, unit=c.get("unit"), min=bounds[0], max=bounds[1], choices=[name for name, *_ in c["choices"]] if "choices" in c else None, desc=c["desc"])


def as_json(target, made):
    """The plan as it stands on the wire."""
    by_verb = {c["verb"]: c for c in made}
    actions = []
    for written in re.split(r"; (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", target):
        if written in (ASK, REFUSE):
            return [{"do": written, "question" if written == ASK else "reason": "*"}]
        match = re.fullmatch(r"(.*?) if battery([<>])(\d+)", written)
        verb, _, value = (match.group(1) if match else written).partition(" ")
        action = {"do": verb}
        if value:
            kind = by_verb[verb]["kind"]
            action[by_verb[verb]["param"]] = value.strip('"') if kind in ("place", "colour", "choice", "text") else float(value)
        if match:
            action["if"] = {"battery": {"below" if match.group(2) == "<" else "above": int(match.group(3))}}
        actions.append(action)
    return actions


def write_set(options, lists):
    with open(options.out, "w") as out:
        number = 0
        for made, pairs in lists:
            for raw, target, lang, category in pairs:
                number += 1
                expect = [as_json(target, made)]
                if expect[0][0]["do"] == REFUSE or category == "correction" and target == ASK:
                    expect = [as_json(ASK, made), as_json(REFUSE, made)]
                one = dict(id=f"{options.split}-{number}", lang=lang, category=category, capabilities=[exported(c) for c in made], sensors=["battery"], instruction=raw, expect=expect)
                out.write(json.dumps(one, ensure_ascii=False) + "\n")
    print(f"{options.out}: {number} sentences")


def plain_words(text):
    return " ".join(re.findall(r"\w+", text.lower()))


def learning_set():
    """The sentences by hand that rules are mended on; none of them is trained on."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sets", "learn.jsonl")) as lines:
        return {plain_words(json.loads(line)["instruction"]) for line in lines}


def main():
    global SPLIT
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out")
    parser.add_argument("lists", type=int)
    parser.add_argument("seed")
    parser.add_argument("split", choices=["train", "in_distribution", "templates", "unseen"])
    parser.add_argument("--normal", help="the command that gives the normal form")
    parser.add_argument("--set", action="store_true", help="write an instruction set to score on")
    options = parser.parse_args()
    SPLIT = options.split
    R.seed(f"{options.seed}-{SPLIT}")
    kept_back = learning_set() if SPLIT == "train" else set()
    lists = []
    while len(lists) < options.lists:
        made = capabilities()
        if len(made) < 2 or any("choices" in c and not c["choices"] for c in made):
            continue
        pairs = [example(made) for _ in range(PAIRS)]
        lists.append((made, [pair for pair in pairs if plain_words(pair[0]) not in kept_back]))
    if options.set:
        write_set(options, lists)
        return
    said = [pair[0] + "\t" + known(made) for made, pairs in lists for pair in pairs] if options.normal else [pair[0] for _, pairs in lists for pair in pairs]
    normal = iter(normalised(said, options.normal) if options.normal else said)
    dropped = 0
    with open(options.out, "w") as out:
        for made, pairs in lists:
            kept = []
            for raw, target, lang, category in pairs:
                text = next(normal)
                written_plan = agreeing(text, target) if options.normal else target
                if written_plan is None or not text.strip():
                    dropped += 1
                else:
                    kept.append([text, written_plan, lang, category, raw])
            if kept:
                out.write(json.dumps(dict(prefix=prefix(made), pairs=kept, capabilities=[exported(c) for c in made]), ensure_ascii=False) + "\n")
    print(f"{options.out}: {len(lists)} lists, {len(said) - dropped} examples, {dropped} dropped")


if __name__ == "__main__":
    main()
