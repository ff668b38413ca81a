import json
import subprocess
import sys

import pytest

from matcher.ingest import read_rows
from matcher.language import ENGLISH, FEW, language_of
from matcher.posting import JobPosting
from tests.conftest import NETWORK, ROOT, shared

SAMPLES = {
    "de": (
        "Sie leiten die Einführung des neuen Telefonsystems an zwölf Standorten und berichten jede Woche an die "
        "Geschäftsleitung. Wir bieten dreißig Tage Urlaub und eine betriebliche Altersvorsorge."
    ),
    "fr": (
        "Vous pilotez le déploiement de la fibre dans quarante communes et vous tenez le budget à jour. Nous "
        "recherchons une personne organisée qui aime travailler avec les équipes techniques."
    ),
    "es": (
        "Buscamos una persona que dirija la migración de nuestros servidores y coordine a los proveedores. "
        "Ofrecemos contrato indefinido, horario flexible y formación durante el primer año."
    ),
    "pt": (
        "Procuramos um gestor de projetos para acompanhar a instalação da rede em vinte escolas. Você fará "
        "relatórios semanais e cuidará dos prazos, dos riscos e do orçamento."
    ),
    "nl": (
        "Je bent verantwoordelijk voor de planning van de uitrol en je stuurt een team van acht monteurs aan. "
        "Wij zoeken iemand die rustig blijft wanneer het druk wordt."
    ),
    "it": (
        "Cerchiamo una persona che segua i progetti dei clienti dall'inizio alla consegna. Ti occuperai dei "
        "tempi, dei costi e delle riunioni settimanali con i fornitori della rete."
    ),
    "pl": (
        "Szukamy kierownika projektu, który poprowadzi wymianę sprzętu w piętnastu oddziałach. Do zadań należy "
        "przygotowanie harmonogramu, kontrola budżetu oraz rozmowy z dostawcami."
    ),
    "cs": (
        "Hledáme vedoucího projektu, který bude řídit zavedení nového systému v nemocnicích. Budete připravovat "
        "plán prací, sledovat rozpočet a každý týden jednat s dodavateli."
    ),
    "sk": (
        "Hľadáme skúseného človeka, ktorý bude viesť výmenu siete v našich pobočkách. Budete pripravovať "
        "rozpočet, sledovať termíny a rokovať s dodávateľmi každý týždeň."
    ),
    "sv": (
        "Du kommer att leda utbyggnaden av vårt nät i åtta kommuner och rapportera till styrgruppen varje vecka. "
        "Vi söker dig som är noggrann och tycker om att arbeta med människor."
    ),
    "da": (
        "Du får ansvaret for at lede udskiftningen af vores telefoner på tolv skoler og skriver en kort rapport "
        "hver uge. Vi søger en kollega, der holder hovedet koldt, når det går stærkt."
    ),
    "no": (
        "Du skal lede utbyggingen av fibernettet i fem kommuner og skrive en kort rapport til styringsgruppen "
        "hver uke. Vi ser etter deg som liker å jobbe sammen med andre og ikke gir opp."
    ),
    "fi": (
        "Etsimme projektipäällikköä, joka johtaa uuden järjestelmän käyttöönottoa kahdessatoista toimipisteessä. "
        "Vastaat aikataulusta ja kustannuksista sekä raportoit johtoryhmälle joka viikko."
    ),
    "hu": (
        "Olyan munkatársat keresünk, aki vezeti az új rendszer bevezetését tizenkét telephelyen. Feladata a "
        "költségvetés követése, a határidők betartása és a heti jelentések elkészítése."
    ),
    "ro": (
        "Căutăm o persoană care să conducă instalarea rețelei în douăzeci de școli. Vei urmări bugetul și "
        "termenele și vei scrie în fiecare săptămână un raport pentru conducere."
    ),
    "tr": (
        "Yeni sistemin on iki şubede kurulmasını yönetecek bir proje yöneticisi arıyoruz. Bütçeyi takip edecek, "
        "tedarikçilerle görüşecek ve her hafta yönetime rapor sunacaksınız."
    ),
    "ru": (
        "Мы ищем руководителя проекта, который возьмёт на себя замену оборудования в двенадцати филиалах. Вы "
        "будете следить за сроками и бюджетом и каждую неделю готовить отчёт."
    ),
    "uk": (
        "Ми шукаємо керівника проєкту, який очолить заміну обладнання у дванадцяти відділеннях. Ви будете "
        "стежити за строками та бюджетом і щотижня готувати звіт для керівництва."
    ),
    "bg": (
        "Търсим ръководител на проект, който ще води подмяната на оборудването в дванадесет клона. Ще следите "
        "сроковете и разходите и всяка седмица ще подготвяте отчет."
    ),
    "el": (
        "Ζητάμε υπεύθυνο έργου που θα οργανώσει την εγκατάσταση του δικτύου σε είκοσι σχολεία. Θα παρακολουθείτε "
        "τα έξοδα και τις προθεσμίες και θα γράφετε μια αναφορά κάθε εβδομάδα."
    ),
    "ar": (
        "نبحث عن مدير مشروع يقود تركيب الشبكة في عشرين مدرسة ويتابع الميزانية والمواعيد. سوف تكتب تقريرا كل "
        "أسبوع وتعمل مع الموردين والمهندسين."
    ),
    "fa": (
        "ما به دنبال مدیر پروژه‌ای هستیم که نصب شبکه را در بیست مدرسه هدایت کند. شما باید هزینه‌ها و زمان‌بندی "
        "را پیگیری کنید و هر هفته گزارش بنویسید."
    ),
    "he": (
        "אנחנו מחפשים מנהל פרויקט שיוביל את התקנת הרשת בעשרים בתי ספר. התפקיד כולל מעקב אחר התקציב ולוחות הזמנים "
        "וכתיבת דוח בכל שבוע."
    ),
    "hi": (
        "हम ऐसे परियोजना प्रबंधक की तलाश में हैं जो बीस विद्यालयों में नेटवर्क लगाने का काम संभाले। आप बजट और "
        "समय का ध्यान रखेंगे और हर सप्ताह रिपोर्ट लिखेंगे।"
    ),
    "zh": (
        "我们正在寻找一位项目经理，负责二十所学校的网络安装。您将跟踪预算和进度，每周撰写报告，并与供应商和工程师合作。"
    ),
    "ja": (
        "二十校のネットワーク設置を担当するプロジェクトマネージャーを募集しています。"
        "予算と日程を管理し、毎週報告書を書き、業者や技術者と協力して進めていただきます。"
    ),
    "ko": (
        "스무 개 학교의 네트워크 설치를 이끌 프로젝트 관리자를 찾고 있습니다."
        " 예산과 일정을 관리하고 매주 보고서를 작성하며 공급업체와 함께 일하게 됩니다."
    ),
    "vi": (
        "Chúng tôi đang tìm người quản lý dự án để phụ trách việc lắp đặt mạng tại hai mươi trường học. Bạn sẽ "
        "theo dõi ngân sách, tiến độ và viết báo cáo mỗi tuần."
    ),
    "id": (
        "Kami mencari manajer proyek yang akan memimpin pemasangan jaringan di dua puluh sekolah. Anda akan "
        "mengawasi anggaran dan jadwal serta menulis laporan setiap minggu."
    ),
    "th": ("เรากำลังมองหาผู้จัดการโครงการเพื่อดูแลการติดตั้งเครือข่ายในโรงเรียนยี่สิบแห่ง คุณจะติดตามงบประมาณและเขียนรายงานทุกสัปดาห์"),
    "hr": (
        "Tražimo voditelja projekta koji će voditi zamjenu opreme u dvanaest poslovnica. Pratit ćete rokove i "
        "troškove te svaki tjedan pripremati izvještaj za upravu."
    ),
    "sl": (
        "Iščemo vodjo projekta, ki bo vodil zamenjavo opreme v dvanajstih poslovalnicah. Spremljali boste roke "
        "in stroške ter vsak teden pripravili poročilo za vodstvo."
    ),
    "et": (
        "Otsime projektijuhti, kes juhiks uue süsteemi kasutuselevõttu kaheteistkümnes kontoris. Sinu ülesanne "
        "on jälgida eelarvet ja tähtaegu ning kirjutada igal nädalal aruanne."
    ),
    "lv": (
        "Meklējam projektu vadītāju, kurš vadīs jaunās sistēmas ieviešanu divpadsmit filiālēs. Jūs sekosiet "
        "budžetam un termiņiem un katru nedēļu rakstīsiet pārskatu."
    ),
    "lt": (
        "Ieškome projektų vadovo, kuris vadovaus naujos sistemos diegimui dvylikoje skyrių. Jūs stebėsite "
        "biudžetą ir terminus bei kas savaitę rašysite ataskaitą."
    ),
    "ca": (
        "Busquem una persona que dirigeixi la instal·lació de la xarxa a vint escoles. Hauràs de seguir el "
        "pressupost i els terminis i escriure un informe cada setmana."
    ),
}
"""Two sentences each, in our own words, as postings have them."""

NEAREST = {"hr": "bs"}
"""Languages that short texts hardly tell apart."""

LEAD = (
    "We are looking for a manager who will lead the rollout of our network. You will report to the board every week. "
)
SKILLS = (
    "Skills: Project Management, Agile, Scrum, Jira, ServiceNow, Cloud, Team Lead, Stakeholder Management, Prince2."
)

ENGLISH_TEXTS = [
    "",
    "12345 67890 — 24/7",
    "PM",
    "Google Cloud",
    "CCNA CCNP PMP ITIL",
    "Projektleiter gesucht",
    LEAD,
    LEAD.upper(),
    NETWORK,
    SKILLS,
    "Java, Spring Boot, Kafka, Postgres, Kubernetes, Terraform, Ansible, Jenkins, Grafana, Prometheus, Redis, MongoDB, "
    "React, Angular, TypeScript, Docker, Helm, Istio, Vault, Consul",
    "java, kafka, postgres, kubernetes, terraform, ansible, jenkins, grafana, prometheus, redis, mongodb, react, "
    "angular, typescript, docker, helm, istio, vault, consul",
    "SENIOR PROJECT MANAGER NETWORK REFRESH LEEDS CONTRACT SIX MONTHS CISCO MERAKI ARUBA JUNIPER PRINCE2 AGILE BUDGET "
    "CONTROL RISK REGISTER CUTOVER PLANNING",
    "Sites: São Paulo, Zürich, Kraków, Málaga, Göteborg, Besançon, Plzeň, Győr. Contacts: Zoë Müller, Łukasz Wójcik, "
    "Jürgen Groß, François Lefèvre, Søren Dahl, Siobhán Ní Bhriain.",
    "Project manager. Telecom rollout. 5+ years experience. PMP preferred. Fiber splicing, OTDR testing, permit "
    "tracking, crew scheduling. Excel, MS Project. Travel 50%. Apply online.",
    "Network engineer needed Houston TX contract 6 months Cisco switches routers firewalls Palo Alto Fortinet F5 "
    "onsite only local candidates W2 no C2C rate DOE",
    "Looking for experienced RF engineer for 5G rollout in Berlin, Munich, Hamburg, Köln, Düsseldorf. German C1, "
    "English B2. Start ASAP.",
]


@pytest.mark.parametrize("code", SAMPLES)
def test_each_language(code):
    assert language_of(SAMPLES[code]) == code


@pytest.mark.parametrize("code", SAMPLES)
def test_capitals_and_english_terms_do_not_hide_a_language(code):
    assert language_of(SAMPLES[code].upper()) == code
    assert language_of(f"{SAMPLES[code]}\n{SKILLS}") in (code, NEAREST.get(code))


@pytest.mark.parametrize("code", SAMPLES)
def test_what_is_english_first_is_english(code):
    assert language_of(LEAD + SAMPLES[code]) == ENGLISH
    assert language_of(SAMPLES[code] * 5 + LEAD) == code


@pytest.mark.parametrize("text", ENGLISH_TEXTS)
def test_english_when_in_doubt(text):
    assert language_of(text) == ENGLISH


@pytest.mark.parametrize("code", ["de", "fr", "fi", "tr"])
def test_few_words_in_latin_letters_do_not_tell(code):
    assert language_of(" ".join(SAMPLES[code].split()[: FEW - 1])) == ENGLISH


@pytest.mark.parametrize("code", ["ru", "el", "he", "ko", "th", "hi"])
def test_another_script_tells_in_few_words(code):
    assert language_of(" ".join(SAMPLES[code].split()[:6])[:40]) == code


def test_english_postings_load_no_library():
    code = "import sys; from matcher.language import language_of; from tests.conftest import NETWORK;"
    code += "language_of(NETWORK); print('py3langid' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout == "False\n"


def test_no_posting_of_the_corpus_is_lost():
    for path in sorted((ROOT / "corpus").glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            assert language_of(row["description"]) == ENGLISH, row["id"]


@pytest.mark.parametrize("name", ["pool/postings.jsonl.gz", "gold/dev.jsonl", "gold/train.jsonl"])
def test_no_real_posting_is_lost(name):
    for row in read_rows(shared(name)):
        posting = JobPosting.from_row(row.fields)
        assert language_of(posting.description) == ENGLISH, posting.id
