"""Languages: English with Latin names stays English, other languages are told apart, short text isn't."""

from __future__ import annotations

from time import process_time

import pytest

from claimlint.language.detect import language

PAGES = {
    "en": "Our clinic offers adalimumab, methotrexate and Hypericum "
    "perforatum extract to people who have arthritis.",
    "de": "Unsere Praxis behandelt seit vielen Jahren Menschen mit "
    "Rheuma, und die Therapie ist für Sie nicht gefährlich.",
    "fr": "Notre clinique propose un traitement pour les patients "
    "qui souffrent de douleurs, et nous sommes avec vous.",
    "es": "Nuestra clínica ofrece un tratamiento para los pacientes "
    "que sufren dolor y está muy cerca de la playa.",
    "pt": "A nossa clínica oferece um tratamento para os pacientes "
    "que não podem viajar e que têm dores nas costas.",
    "nl": "Onze kliniek behandelt al jaren mensen met reuma en "
    "de behandeling is voor u niet gevaarlijk of duur.",
    "it": "La nostra clinica offre un trattamento per i pazienti "
    "che non possono viaggiare e che sono in attesa di cure.",
    "pl": "Nasza klinika oferuje leczenie dla osób, które nie mogą "
    "podróżować i są w trakcie terapii, ale to nie jest lek.",
    "sv": "Vår klinik har behandlat många som har ont och det är inte farligt för dig att komma till oss.",
    "tr": "Kliniğimiz ağrı çeken hastalar için bir tedavi sunar ve bu "
    "tedavi çok etkili olarak bilinir ancak her hasta için değil.",
    "fi": "Klinikkamme on auttanut potilaita, jotka eivät voi matkustaa, "
    "ja se on ollut hyvä kun he ovat olleet mukana.",
    "vi": "Phòng khám của chúng tôi điều trị cho các bệnh nhân "
    "và không có tác dụng phụ trong khi được theo dõi.",
    "ru": "Наша клиника лечит боль",
    "uk": "Наша клініка лікує біль",
    "el": "Η κλινική μας",
    "ar": "عيادتنا تعالج الألم",
    "he": "המרפאה שלנו",
    "hi": "हमारा क्लिनिक",
    "th": "คลินิกของเรา",
    "ja": "私たちの治療は安全です",
    "zh": "我们的诊所治疗疼痛",
    "ko": "우리 병원은 통증을",
}


@pytest.mark.parametrize(("code", "page"), PAGES.items(), ids=PAGES.keys())
def test_language_of_a_page(code: str, page: str) -> None:
    """One sentence of running text, or a few letters of a script, is enough."""
    assert language(page) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Stem cell therapy",
        "12 % (n = 37)",
        "β γ",
        "Naltrexone Semaglutide",
        "Book now",
        "Casa Larrabide Clinic",
        "La Quinta Stem Cell Clinic",
        "Dr Pelle van der Muur",
        "Los Hermanos",
        "no pain",
        "Cure cancer",
    ],
)
def test_short_or_unclear_text(text: str) -> None:
    """Headlines and fragments give no answer rather than a guess."""
    assert language(text) is None


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        ("es", "Cura la artritis en tres semanas."), ("es", "Nuestra crema no tiene efectos secundarios."),
        ("de", "Unsere Kur heilt Arthritis."), ("de", "Jetzt Termin buchen"), ("de", "Schmerzfrei ohne Operation"),
        ("fr", "Notre cure guérit l'arthrite."), ("pt", "Sem efeitos colaterais"), ("it", "Nessun effetto collaterale"),
        ("nl", "Onze therapie geneest reuma."), ("pl", "Bez skutków ubocznych"), ("tr", "Kanser tedavisi"),
        ("sv", "Vår terapi botar reumatism."), ("fi", "Hoitomme parantaa reuman."), ("cs", "Naše terapie léčí artritidu."),
        ("ro", "Terapia noastră vindecă artrita."), ("id", "Terapi kami menyembuhkan kanker."), ("zh", "治愈"), ("ru", "Лечим"),
    ],
)  # fmt: skip
def test_headlines_of_other_languages(code: str, headline: str) -> None:
    """A claim of a few words in another language is not left for the rules to call clean."""
    assert language(headline) == code


def test_english_with_other_scripts_is_english() -> None:
    """A foreign name or a menu entry in another script doesn't make an English page foreign."""
    assert language(PAGES["en"] + " 我们 Русский " + PAGES["de"][:30]) == "en"


def test_foreign_page_under_an_english_menu() -> None:
    """English navigation doesn't make a German page English."""
    assert language("Home About us Contact Book now " + PAGES["de"] * 3) == "de"


def test_only_the_beginning_is_read() -> None:
    """A page of megabytes costs no more than its first 20,000 characters."""
    begun = process_time()
    assert language((PAGES["en"] + " ") * 20_000 + PAGES["de"] * 20_000) == "en"
    assert process_time() - begun < 1
