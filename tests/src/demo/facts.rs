//! The facts of one ticket: document numbers, amounts, dates, warehouses, colleagues.
//!
//! Each fact follows from the ticket's seed and the slot's name, so the title, the description and an answer two days later
//! speak of the same invoice. A digit after a slot's name (`{inv2}`) makes another fact of the same kind.

use super::Language;
use super::dice::Dice;
use super::people::names::{self, Case, decline};
use super::people::{Organization, Person};
use super::phrase::Facts;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// What the texts of a ticket may speak of.
pub struct TicketFacts<'a> {
    /// The ticket's seed.
    pub seed: u64,
    /// Language of the conversation.
    pub language: Language,
    /// When the ticket was written.
    pub at: DateTime<Utc>,
    /// The tenant's zone.
    pub zone: Tz,
    /// Who asks.
    pub client: &'a Person,
    /// Who answers.
    pub agent: &'a Person,
    /// Whom the client works for.
    pub organization: &'a Organization,
}

const RU_MONTHS: [[&str; 3]; 12] = [
    ["январь", "января", "январе"],
    ["февраль", "февраля", "феврале"],
    ["март", "марта", "марте"],
    ["апрель", "апреля", "апреле"],
    ["май", "мая", "мае"],
    ["июнь", "июня", "июне"],
    ["июль", "июля", "июле"],
    ["август", "августа", "августе"],
    ["сентябрь", "сентября", "сентябре"],
    ["октябрь", "октября", "октябре"],
    ["ноябрь", "ноября", "ноябре"],
    ["декабрь", "декабря", "декабре"],
];
const EN_MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const AR_MONTHS: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

/// Nominative and prepositional of cities.
const RU_CITIES: &[(&str, &str)] = &[
    ("Самара", "Самаре"),
    ("Казань", "Казани"),
    ("Тверь", "Твери"),
    ("Пермь", "Перми"),
    ("Воронеж", "Воронеже"),
    ("Тюмень", "Тюмени"),
    ("Краснодар", "Краснодаре"),
    ("Новосибирск", "Новосибирске"),
    ("Екатеринбург", "Екатеринбурге"),
    ("Уфа", "Уфе"),
    ("Омск", "Омске"),
    ("Калуга", "Калуге"),
    ("Саратов", "Саратове"),
    ("Вологда", "Вологде"),
    ("Рязань", "Рязани"),
    ("Ярославль", "Ярославле"),
];
const US_CITIES: &[&str] = &[
    "Columbus",
    "Reno",
    "Tulsa",
    "Charlotte",
    "Memphis",
    "Denver",
    "Albany",
    "Boise",
    "Omaha",
    "Tampa",
    "Portland",
    "Dayton",
    "El Paso",
];
const UK_CITIES: &[&str] =
    &["Leeds", "Bristol", "Derby", "Cardiff", "Reading", "Norwich", "Preston", "Dundee", "Hull", "Swindon"];
const AE_CITIES: &[&str] = &["Al Ain", "Ajman", "Sharjah", "Fujairah", "Jebel Ali", "Ras Al Khaimah", "Musaffah"];
const AR_CITIES: &[&str] = &["العين", "عجمان", "الشارقة", "الفجيرة", "جبل علي", "رأس الخيمة", "مصفح"];
const RU_WAREHOUSES: &[&str] = &[
    "«Северный»",
    "«Основной»",
    "«Транзитный»",
    "«Южный»",
    "№ 2",
    "№ 3",
    "№ 7",
    "«Оптовый»",
    "«Розница»",
    "«Сырьё»",
    "«Готовая продукция»",
    "«Холодный»",
    "«Ответхранение»",
];
const EN_WAREHOUSES: &[&str] =
    &["WH-01", "WH-02", "WH-04", "MAIN", "EAST", "COLD-1", "RETURNS", "TRANSIT", "DC-12", "OVERFLOW", "QA-HOLD"];
const AR_WAREHOUSES: &[&str] = &["الرئيسي", "رقم 2", "رقم 3", "المبرد", "المرتجعات", "الشمالي", "العبور"];
const RU_PARTNERS: &[&str] = &[
    "ООО «Прогресс-М»",
    "ООО «Технопарк-Юг»",
    "АО «Металлбаза-5»",
    "ООО «Вега-Торг»",
    "ИП Самсонов А. В.",
    "ООО «Лидер-Опт»",
    "ООО «СтройГрад»",
    "АО «Упаковка Центр»",
    "ООО «Фреш Маркет»",
    "ИП Кондратьева Л. И.",
    "ООО «Гранит-Сервис»",
    "ООО «АльтаТранс»",
    "ООО «Домовой плюс»",
    "АО «Химволокно-2»",
    "ООО «Оптима Трейд»",
    "ООО «Восток-Ойл»",
    "ООО «Рубин-ДВ»",
    "ИП Гайнутдинов Р. Ф.",
];
const EN_PARTNERS: &[&str] = &[
    "Brightline Supply",
    "Corvus Metals",
    "Pinewood Trading",
    "Halden Distribution",
    "R&D Plastics",
    "Stonebridge Wholesale",
    "Triton Chemicals",
    "Ardent Packaging",
    "Lakeshore Foods",
    "Monarch Tooling",
    "Kingsway Stores",
    "Evergreen Grocers",
    "Zenith Parts",
    "Holloway Bros.",
    "Parkside Pharmacy",
    "Eastgate Freight",
    "Norton Paper",
    "Cascade Fittings",
];
const AR_PARTNERS: &[&str] = &[
    "شركة البناء الحديث",
    "مؤسسة الريادة",
    "شركة النور للتوريدات",
    "مصنع الشرق للكرتون",
    "شركة الساحل للنقل",
    "مؤسسة الوفاء التجارية",
    "شركة الأرض الخضراء",
    "مجموعة السلام",
    "شركة التقدم للأدوات",
    "مؤسسة الندى",
];
const RU_ITEMS: &[&str] = &[
    "Болт М12×60 оцинкованный",
    "Кабель ВВГнг 3×2,5",
    "Краска фасадная белая 14 кг",
    "Гофрокороб 380×285×228",
    "Подшипник 6204-2RS",
    "Молоко 3,2 % 0,93 л",
    "Перчатки нитриловые M",
    "Насос циркуляционный 25-60",
    "Лист стальной 3 мм",
    "Мука пшеничная в/с 50 кг",
    "Фильтр масляный W914",
    "Бумага А4 80 г/м²",
    "Кресло офисное «Стандарт»",
    "Труба ПП 32 мм",
    "Цемент М500 25 кг",
    "Плёнка стрейч 500 мм",
    "Светильник LED 36 Вт",
    "Шпилька резьбовая М10",
];
const EN_ITEMS: &[&str] = &[
    "M12x60 hex bolt, zinc",
    "3/4in ball valve",
    "Stretch wrap 18in",
    "Oak veneer panel 8x4",
    "Nitrile gloves, M",
    "Bearing 6204-2RS",
    "Copy paper A4 80gsm",
    "Hydraulic hose 3/8in",
    "Steel sheet 3 mm",
    "Whole milk 1 gal",
    "LED panel 36W",
    "Corrugated box 16x12x10",
    "Pump seal kit PSK-40",
    "Ceramic tile 12x24 grey",
    "Copper elbow 22 mm",
    "Oil filter OF-914",
    "Roasted beans 5 lb",
    "Cable tie 300 mm",
];
const AR_ITEMS: &[&str] = &[
    "كابل نحاسي 3×2.5",
    "طلاء خارجي أبيض 18 لتر",
    "كرتون 40×30×30",
    "أسمنت 50 كجم",
    "مضخة مياه 1 حصان",
    "قفازات طبية مقاس M",
    "زيت محرك 4 لتر",
    "بلاط سيراميك 60×60",
    "طحين 25 كجم",
    "لوح ألمنيوم 2 مم",
];
const LOGINS: &[&str] = &["buh", "sklad", "sales", "acc", "wh", "planner", "kassa", "oper", "fin", "log"];
const HOSTS: &[&str] =
    &["erp-app-01", "erp-app-02", "erp-db-01", "term-srv-03", "print-02", "exch-01", "sql-prod-2", "app-node-4"];

impl TicketFacts<'_> {
    fn pick<'b>(&self, dice: &mut Dice, ru: &[&'b str], en: &[&'b str], ar: &[&'b str]) -> String {
        dice.pick(match self.language {
            Language::Ru => ru,
            Language::En => en,
            Language::Ar => ar,
        })
        .to_owned()
    }

    fn document(&self, dice: &mut Dice, ru: &str, en: &str) -> String {
        match self.language {
            Language::Ru => format!("{ru}-{:06}", dice.between(112, 48_990)),
            _ => format!("{en}-{}", dice.between(100_120, 489_900)),
        }
    }

    fn city(&self, dice: &mut Dice, prepositional: bool) -> String {
        let plain = match (self.language, self.organization.currency) {
            (Language::Ru, _) => {
                return dice.one(RU_CITIES).map_or_else(String::new, |c| if prepositional { c.1 } else { c.0 }.to_owned());
            }
            (Language::Ar, _) => AR_CITIES,
            (_, "£") => UK_CITIES,
            (_, "AED") => AE_CITIES,
            _ => US_CITIES,
        };
        dice.pick(plain).to_owned()
    }

    fn amount(&self, hundredths: i64) -> String {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let grouped = |separator: &str| {
            let digits = whole.to_string();
            let mut out = String::new();
            for (nth, digit) in digits.chars().enumerate() {
                if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
                    out.push_str(separator);
                }
                out.push(digit);
            }
            out
        };
        match (self.language, self.organization.currency) {
            (Language::Ru, currency) => format!("{},{part:02} {currency}", grouped("\u{a0}")),
            (Language::Ar, currency) => format!("{}.{part:02} {currency}", grouped(",")),
            (_, "AED") => format!("AED {}.{part:02}", grouped(",")),
            (_, currency) => format!("{currency}{}.{part:02}", grouped(",")),
        }
    }

    fn local_date(&self) -> NaiveDate {
        self.at.with_timezone(&self.zone).date_naive()
    }

    fn date(&self, day: NaiveDate) -> String {
        match (self.language, self.organization.currency) {
            (Language::Ru, _) => day.format("%d.%m.%Y").to_string(),
            (Language::Ar, _) => day.format("%d/%m/%Y").to_string(),
            (_, "$") => day.format("%b %-d, %Y").to_string(),
            _ => day.format("%-d %b %Y").to_string(),
        }
    }

    /// The month whose books are being closed: the one before, until its own last days.
    fn month(&self) -> (usize, i32) {
        let day = self.local_date();
        let back = if day.day() <= 27 { day.day() + 3 } else { 0 };
        let month = day.checked_sub_days(Days::new(u64::from(back))).unwrap_or(day);
        (month.month0() as usize, month.year())
    }

    fn version(&self, step: i64) -> String {
        let start = Utc.with_ymd_and_hms(2022, 1, 10, 0, 0, 0).single().unwrap_or(self.at);
        let release = (self.at - start).num_days() / 40 + step;
        format!("5.{}.{}", release / 8, release % 8)
    }

    fn people(&self, slot: &str, dice: &mut Dice) -> Option<String> {
        let base = slot.trim_end_matches(|c: char| c.is_ascii_digit());
        let nth = slot.strip_prefix(base).unwrap_or_default();
        let colleague = || names::colleague(&mut Dice::fork(self.seed, &format!("colleague{nth}")), self.language);
        let in_case = |case| {
            let (name, gender) = colleague();
            decline(&name.given, &name.family, gender, case)
        };
        Some(match base {
            "client" => self.client.name(),
            "client_call" => self.client.called(),
            "client_position" => self.client.position.clone(),
            "org" => self.organization.name.clone(),
            "agent" if self.language == Language::En && self.agent.language != Language::En => {
                names::titled(&names::latin(&self.agent.given), &names::latin(&self.agent.family))
            }
            "agent" => self.agent.name(),
            "colleague" => {
                let (name, _) = colleague();
                format!("{} {}", name.given, name.family)
            }
            "colleague_g" => in_case(Case::Genitive),
            "colleague_d" => in_case(Case::Dative),
            "login" if self.language == Language::Ru => format!("{}{:02}", dice.pick(LOGINS), dice.between(1, 24)),
            "login" => {
                let (name, _) = colleague();
                let (given, family) = (names::latin(&name.given), names::latin(&name.family));
                format!("{}{family}", given.chars().next().unwrap_or('a'))
            }
            _ => return None,
        })
    }
}

impl Facts for TicketFacts<'_> {
    fn language(&self) -> Language {
        self.language
    }

    fn number(&self, slot: &str) -> Option<i64> {
        let mut dice = Dice::fork(self.seed, slot);
        Some(match slot.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "few" => dice.between(2, 9),
            "count" => dice.between(11, 240),
            "many" => dice.between(300, 9_800),
            "pct" => dice.between(3, 42),
            "mins" => dice.between(4, 55),
            "secs" => dice.between(15, 110),
            "hours" => dice.between(2, 7),
            "days" => dice.between(2, 12),
            "qty" => dice.between(2, 640),
            "users" => dice.between(3, 38),
            _ => return None,
        })
    }

    fn text(&self, slot: &str) -> Option<String> {
        if let Some(number) = self.number(slot) {
            return Some(number.to_string());
        }
        // Cases of one city are one fact.
        let dice = &mut Dice::fork(self.seed, slot.strip_suffix("_p").unwrap_or(slot));
        let base = slot.trim_end_matches(|c: char| c.is_ascii_digit());
        Some(match base {
            "so" => self.document(dice, "ЗК", "SO"),
            "po" => self.document(dice, "ЗП", "PO"),
            "inv" => self.document(dice, "СФ", "INV"),
            "ship" => self.document(dice, "РТУ", "SHP"),
            "rec" => self.document(dice, "ПТУ", "GRN"),
            "wo" => self.document(dice, "ПЗ", "WO"),
            "pay" => self.document(dice, "ПП", "PMT"),
            "move" => self.document(dice, "ПЕР", "TRF"),
            "doc" => self.document(dice, "00БП", "JRN"),
            "staff_no" => format!("{:05}", dice.between(120, 9_870)),
            "amount" => self.amount(dice.between(180_000, 248_000_000)),
            "price" => self.amount(dice.between(4_000, 5_900_000)),
            "small_amount" => self.amount(dice.between(1, 98_000)),
            "date" => {
                let ago = u64::try_from(dice.between(1, 18)).unwrap_or(1);
                self.date(self.local_date().checked_sub_days(Days::new(ago))?)
            }
            "today" => self.date(self.local_date()),
            "deadline" => {
                let ahead = u64::try_from(dice.between(1, 6)).unwrap_or(1);
                self.date(self.local_date().checked_add_days(Days::new(ahead))?)
            }
            "time" => {
                let before = self.at.with_timezone(&self.zone) - TimeDelta::minutes(dice.between(8, 140));
                let style =
                    if self.language == Language::En && self.organization.currency == "$" { "%-I:%M %p" } else { "%H:%M" };
                before.format(style).to_string()
            }
            "month" | "month_g" | "month_p" => {
                let (month, _) = self.month();
                let form = match base {
                    "month" => 0,
                    "month_g" => 1,
                    _ => 2,
                };
                match self.language {
                    Language::Ru => RU_MONTHS.get(month)?.get(form).copied()?.to_owned(),
                    Language::En => (*EN_MONTHS.get(month)?).to_owned(),
                    Language::Ar => (*AR_MONTHS.get(month)?).to_owned(),
                }
            }
            "year" => self.month().1.to_string(),
            "quarter" => (self.month().0 / 3 + 1).to_string(),
            "ver" => self.version(0),
            "ver_prev" => self.version(-1),
            "ver_next" => self.version(1),
            "wh" => self.pick(dice, RU_WAREHOUSES, EN_WAREHOUSES, AR_WAREHOUSES),
            "partner" => self.pick(dice, RU_PARTNERS, EN_PARTNERS, AR_PARTNERS),
            "item" => self.pick(dice, RU_ITEMS, EN_ITEMS, AR_ITEMS),
            "city" => self.city(dice, false),
            "city_p" => self.city(dice, true),
            "host" => dice.pick(HOSTS).to_owned(),
            "err" => format!("ERP-{}", dice.between(1040, 8990)),
            "line" => dice.between(12, 940).to_string(),
            "ext" => dice.between(104, 689).to_string(),
            _ => return self.people(slot, dice),
        })
    }
}
