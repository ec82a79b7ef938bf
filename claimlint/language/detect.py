"""Which language a page is in, so that one which the rules can't read is reported as not checked.

Scripts decide first and frequent small words second; the answer is None rather than a guess, and a page of
English that is full of drug names must stay English.
"""

from __future__ import annotations

import re
from collections import Counter

from claimlint.language._confusables import pattern

_SAMPLE = 20_000
_SHORT = 60  # words
_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"(?<=[a-z])['\u2019]s\b")
_NOT_LATIN = "[\u0370-\u1cff\u3040-\u318f\u3400-\u9fff\ua840-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc]"

_SCRIPTS = (  # (first, last, language) by code point
    (0x370, 0x3FF, "el"),
    (0x400, 0x52F, "ru"),
    (0x530, 0x58F, "hy"),
    (0x590, 0x5FF, "he"),
    (0x600, 0x77F, "ar"),
    (0x900, 0x97F, "hi"),
    (0x980, 0x9FF, "bn"),
    (0xA00, 0xA7F, "pa"),
    (0xA80, 0xAFF, "gu"),
    (0xB80, 0xBFF, "ta"),
    (0xC00, 0xC7F, "te"),
    (0xC80, 0xCFF, "kn"),
    (0xD00, 0xD7F, "ml"),
    (0xD80, 0xDFF, "si"),
    (0xE00, 0xE7F, "th"),
    (0xE80, 0xEFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x139F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7A3, "ko"),
)
# Letters that tell languages of one script apart.
_TELLING = (("ru", "uk", "\u0456\u0457\u0454\u0491"), ("ar", "fa", "\u067e\u0686\u0698\u06af\u06cc"))

# Small words that are frequent in running text, without accents where sites often drop them.
_SMALL_WORDS = {
    "en": "the of and to a in is that for it with as was on be by at this are or from have not but they "
    "we you your our an will can has been which their may more if who when all these also how "
    "what do after about most than other its only there into does some such should no out get his "
    "her she he i my me us any where here up them",
    "de": "der die das und ist nicht mit von den dem des ein eine einer einem einen für auf sich auch "
    "als wie bei werden wird sind oder zu zur zum im wir sie ihr ihre unsere haben kann können "
    "nach aus durch über vor mehr wenn dass es ich an noch nur hat bis unter diese dieser ihnen "
    "uns keine",
    "fr": "le la les des et est une un du de dans pour que qui pas sur avec par au aux ce cette ces "
    "nous vous votre vos notre nos sont être plus ou mais il elle ils leur leurs se sa son ses "
    "comme peut aussi sans tout très d l c n s j qu en à ne fait",
    "es": "el la los las de del que y en un una por con para es se no su sus al lo como más pero son "
    "está están nuestro nuestra nuestros este esta estos o ser puede pueden muy también sin sobre "
    "entre cuando ya usted tu si desde hasta todo ha han le les e nos",
    "pt": "o a os as de do da dos das que e em um uma por com para é se não no na nos nas ao à seu sua "
    "seus suas mais mas são como ou ser pode podem muito também sem sobre entre quando já você "
    "nosso nossa este esta isso pelo pela tem foi até",
    "it": "il lo la i gli le di del della dei delle dello che e è un una in per con non si sono da dal "
    "dalla nel nella al alla ai alle come più ma anche o questo questa può essere nostro nostra "
    "nostri tuo sua suo ha hanno dell l all nell se cui ed sul sulla tra senza molto",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij naar uit dan door "
    "over wordt worden kan kunnen heeft hebben wij we u uw je jouw ons onze deze dit die maar of "
    "meer tot nog geen wat hun tegen onder tijdens zich wel",
    "pl": "i w na z do nie się jest to że o jak po dla przez od są oraz ale które który która może być "
    "ich lub także przy tylko czy już pod bardzo jego u za ze nas naszej nasz tym tego może gdy "
    "aby",
    "tr": "ve bir bu için ile da de çok daha en olan olarak ne gibi kadar veya her değil sonra var "
    "ancak hem ise o sizin bizim size olan tedavi olduğu edilir göre tarafından nasıl mi",
    "sv": "och att det i en som är av för på med den till inte har de om ett kan vi du din våra från "
    "eller så men vid också när efter mer var blir hos under utan din ditt er era ska finns alla",
    "da": "og at det i en som er af for på med den til ikke har de om et kan vi du din vores fra eller "
    "så men ved også når efter mere var bliver hos under uden af dit jer skal der sig dig alle",
    "no": "og å det i en som er av for på med den til ikke har de om et kan vi du din våre fra eller så "
    "men ved også når etter mer var blir hos under uten ditt deg skal seg noen ble alle hva "
    "hvordan",
    "fi": "ja on ei se että oli ovat ole kun myös mutta tai joka jotka voi sen kuin hän niin sekä mitä "
    "olla tämä meidän sinun siitä niiden jos kanssa vain ennen jälkeen mukaan voidaan nyt me te "
    "he",
    "vi": "và của là có cho các được trong không một những với này người khi để đã từ đến bệnh điều trị "
    "tại về như hoặc cũng bạn chúng tôi thể ra sẽ",
    "id": "dan yang di dengan untuk dari ini itu pada adalah tidak dalam akan atau juga dapat oleh anda "
    "kami karena ke bisa lebih sebagai ada saat secara telah seperti setelah sangat kita",
    "cs": "a je se na v že s z do o i to jsou pro nebo jako po k by ale při také může který která které "
    "od jeho jejich není než vás naše vaše bude až pouze však",
    "hu": "a az és hogy nem is egy van vagy meg csak ez de mint már kell ha el azt minden lehet után "
    "akkor pedig között által ön nem mert nagyon ezt sem",
    "ro": "și în de la cu pe nu că este sunt din pentru o un care mai sau ca se să ale prin fi după dar "
    "acest această poate dumneavoastră noastre nostru la unei si in",
}
# What clinics and sellers say in a headline, for copy of a few words. The English row holds such words that
# stand beside foreign names ("Casa Cura Clinic"): one of them, or an English small word, and nothing is decided.
_HEADLINE_WORDS = {
    "en": "clinic clinics therapy therapies treatment treatments pain care health healthcare book call contact "
    "cure cures heal heals healing free now today new home about best center centre medical medicine wellness "
    "hospital doctor doctors patient patients cell cells safe without results relief cancer disease institute",
    "de": "heilt heilen heilung geheilt kur behandlung behandlungen behandelt schmerz schmerzen schmerzfrei krebs ohne "
    "gegen garantiert nebenwirkung nebenwirkungen termin vereinbaren buchen jetzt stammzellen stammzelltherapie "
    "operation gesundheit krankheit ärzte klinik praxis wirkt hilft lindert patienten sofort",
    "fr": "guérit guérir guérison traitement traitements soigne soigner douleur douleurs effets secondaires garantie "
    "garanti rendez-vous prenez rendez cellules souches santé maladie clinique médecin chirurgie réservez "
    "soulage contre patients cabinet maintenant",
    "es": "cura curar curamos tratamiento tratamientos dolor dolores cáncer efectos secundarios garantizado "
    "garantizados cita reserve células madre salud enfermedad clínica médico cirugía elimina alivia trata "
    "terapia pacientes resultados ahora siempre artritis diabetes",
    "pt": "cura curar tratamento tratamentos dor dores câncer cancro efeitos colaterais garantido garantidos consulta "
    "marque agende células tronco saúde doença clínica médico cirurgia elimina alivia trata terapia "
    "pacientes resultados agora artrite",
    "it": "guarisce guarire guarigione cura cure trattamento trattamenti dolore dolori cancro effetto effetti collaterali "
    "collaterale garantito garantiti nessun prenota cellule staminali salute malattia clinica medico "
    "chirurgia elimina allevia terapia pazienti risultati artrite subito",
    "nl": "geneest genezen genezing behandeling behandelingen pijn kanker zonder bijwerkingen gegarandeerd afspraak maak "
    "boek stamcellen stamceltherapie gezondheid ziekte kliniek artsen helpt verlicht therapie patiënten reuma",
    "pl": "leczy leczenie leczymy wyleczy ból bólu raka bez skutków ubocznych gwarantowane wizytę umów komórki "
    "macierzyste zdrowie choroby klinika lekarz terapia terapii pacjenci pacjentów pomaga skuteczne",
    "tr": "iyileştirir tedavi tedavisi ağrı kanser kanseri yan etkisi garantili randevu kök hücre sağlık hastalık "
    "klinik doktor ameliyatsız hastalar kesin çözüm",
    "sv": "botar bota behandling smärta cancer biverkningar garanterat boka tid stamceller hälsa sjukdom klinik läkare "
    "hjälper lindrar terapi patienter nu",
    "da": "helbreder helbrede behandling smerter kræft bivirkninger garanteret bestil tid stamceller sundhed sygdom "
    "klinik læge hjælper lindrer terapi patienter nu",
    "no": "helbreder helbrede kurerer behandling smerter kreft bivirkninger garantert bestill time stamceller helse "
    "sykdom klinikk lege hjelper lindrer terapi pasienter nå",
    "fi": "parantaa hoito hoitomme kipu syöpä syövän ilman sivuvaikutuksia varaa aika kantasolut terveys sairaus klinikka "
    "lääkäri auttaa potilaat takaamme",
    "vi": "chữa khỏi bệnh ung thư liệu pháp đau tác dụng phụ khám tế bào gốc sức khỏe phòng bác sĩ",
    "id": "menyembuhkan sembuh pengobatan terapi nyeri kanker tanpa efek samping dijamin janji sel punca kesehatan "
    "penyakit klinik dokter pasien obat",
    "cs": "léčí léčba léčbu vyléčí bolest bolesti rakovinu bez vedlejších účinků zaručeně objednejte kmenové buňky "
    "zdraví nemoci klinika lékař terapie pacienti",
    "hu": "gyógyít gyógyítja kezelés fájdalom rák rákot mellékhatások nélkül garantált időpont foglaljon őssejt "
    "egészség betegség klinika orvos terápia betegek",
    "ro": "vindecă tratament tratamentul durere durerea cancerul fără efecte secundare garantat programare celule stem "
    "sănătate boală clinica medic terapia pacienți",
}


def _by_word(rows: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, words in rows.items():
        for word in dict.fromkeys(words.replace("\u0131", "i").split()):
            found[word] = (*found.get(word, ()), code)
    return found


_LANGUAGES = _by_word(_SMALL_WORDS)


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of a page, or None where the text is too short or unclear to tell.

    Only the first 20,000 characters are looked at. English headlines, names and lists of drugs give None as well:
    what is None is to be treated as readable.
    """
    sample = text[:_SAMPLE]
    if not sample.isascii():
        strange = any(char > "\u036f" and char.isalpha() for char in set(sample))
        foreign = pattern(_NOT_LATIN).findall(sample) if strange else []
        if pattern(_NOT_LATIN + "{2}").search(sample) and len(foreign) * 2 >= sum(
            map(len, _LETTERS.findall(sample))
        ):
            return _by_script(foreign)
    plain = sample.lower().replace("\u0131", "i").replace("i\u0307", "i")
    return _by_words(_LETTERS.findall(_POSSESSIVE.sub("", plain)))


def _by_script(letters: list[str]) -> str | None:
    counts: dict[str, int] = {}
    for letter in letters:
        point = ord(letter)
        for first, last, code in _SCRIPTS:
            if first <= point <= last:
                counts[code] = counts.get(code, 0) + 1
                break
    if not counts:
        return None
    if counts.get("ja", 0) * 20 > counts.get("zh", 0):  # kana beside Chinese characters
        counts["ja"] = counts.get("ja", 0) + counts.pop("zh", 0)
    best = min(counts, key=lambda code: (-counts[code], code))
    for base, other, telling in _TELLING:
        if best == base and sum(letter in telling for letter in letters) * 60 > len(letters):
            return other
    return best


def _by_words(words: list[str]) -> str | None:
    hits = _hits(words, _LANGUAGES)
    english = hits["en"]
    best = min(hits, key=lambda code: (-hits[code], code != "en", code))
    if best == "en":
        return "en" if english > 3 and english * 10 >= len(words) else _by_headline(words)
    if hits[best] > 4 and hits[best] * 8 >= len(words) and hits[best] * 2 >= english * 3:
        return best
    return _by_headline(words)


def _by_headline(words: list[str]) -> str | None:
    """The language of a few words, told by two of its own, one of them a headline's, and hardly any English."""
    if len(words) > _SHORT:
        return None
    words = [word for word in words if len(word) > 1]  # "s" and "a" are Czech words and English remains
    headline, small = _hits(words, _by_word(_HEADLINE_WORDS)), _hits(words, _LANGUAGES)
    told = {code: headline[code] + small[code] for code in small}
    english = told.pop("en")
    best = min(told, key=lambda code: (-told[code], code))
    clear = told[best] > 1 and told[best] * 4 >= len(words) and told[best] >= english * 2
    return best if clear and headline[best] else None


def _hits(words: list[str], languages: dict[str, tuple[str, ...]]) -> dict[str, int]:
    hits = dict.fromkeys(_SMALL_WORDS, 0)
    for word, count in Counter(words).items():
        for code in languages.get(word, ()):
            hits[code] += count
    return hits
