//! Automatic categorisation (specification 2.1.1): a count of words, no more.
//!
//! A category is chosen when the ticket's words speak for it clearly: words of its own name, and words of the trade that
//! belong to a category of that name. The title counts threefold. When two categories come out alike, or nothing is
//! found, no category is chosen: a wrong one costs more than none, because it picks department and policy.

/// A category of the tenant, as the scorer sees it.
#[derive(Debug, Clone, Copy)]
pub struct Topic<'a> {
    /// The stable name: `accounting`.
    pub slug: &'a str,
    /// The name that people read.
    pub name: &'a str,
}

/// The weight of a word in the title; in the description it is 1.
const TITLE_WEIGHT: u32 = 3;
/// A single word in the description is chance.
const SCORE_MIN: u32 = 2;
/// Characters of the description that are looked at.
const CHARS_MAX: usize = 4000;

/// Words of the trade by the stem of a category's slug or name. Stems, compared with the beginnings of words.
const VOCABULARY: &[(&[&str], &[&str])] = &[
    (
        &["account", "financ", "tax", "бухгалт", "финанс", "налог", "محاسب", "مالي"],
        &[
            "бухгалт",
            "проводк",
            "счет-фактур",
            "баланс",
            "оборотк",
            "ндс",
            "налог",
            "декларац",
            "актив",
            "амортизац",
            "закрыти",
            "ledger",
            "journal",
            "invoice",
            "vat",
            "tax",
            "balance",
            "posting",
            "depreciat",
            "reconcil",
            "محاسب",
            "ضريب",
            "فاتور",
            "قيد",
            "ميزان",
        ],
    ),
    (
        &["sale", "продаж", "مبيع"],
        &[
            "продаж",
            "заказ",
            "реализац",
            "прайс",
            "скидк",
            "покупател",
            "отгрузк",
            "sale",
            "order",
            "discount",
            "pricing",
            "quote",
            "quotation",
            "customer",
            "مبيع",
            "طلب",
            "خصم",
            "عميل",
        ],
    ),
    (
        &["purchas", "procure", "закуп", "снабж", "مشتري"],
        &["закуп", "поставщик", "поступлен", "purchas", "supplier", "vendor", "procure", "receipt", "مشتري", "مورد"],
    ),
    (
        &["warehouse", "stock", "inventor", "logist", "склад", "логист", "مخزن", "مستودع"],
        &[
            "склад",
            "остатк",
            "инвентариз",
            "номенклатур",
            "резерв",
            "перемещен",
            "ячейк",
            "серийн",
            "warehouse",
            "stock",
            "inventor",
            "batch",
            "picking",
            "bin",
            "shipment",
            "مخزون",
            "مخزن",
            "مستودع",
            "جرد",
        ],
    ),
    (
        &["payroll", "hr", "salar", "зарплат", "кадр", "رواتب"],
        &[
            "зарплат",
            "оклад",
            "начислен",
            "табел",
            "отпуск",
            "больничн",
            "кадр",
            "ндфл",
            "payroll",
            "salary",
            "payslip",
            "leave",
            "overtime",
            "timesheet",
            "vacation",
            "راتب",
            "رواتب",
            "إجاز",
            "اجاز",
        ],
    ),
    (
        &["produc", "manufact", "производ", "إنتاج", "انتاج"],
        &[
            "производств",
            "спецификац",
            "маршрут",
            "себестоим",
            "production",
            "manufactur",
            "bom",
            "routing",
            "workorder",
            "إنتاج",
            "انتاج",
            "تصنيع",
        ],
    ),
    (
        &["integrat", "edi", "api", "exchange", "интеграц", "обмен", "تكامل"],
        &[
            "интеграц",
            "обмен",
            "выгрузк",
            "загрузк",
            "эдо",
            "webhook",
            "api",
            "integrat",
            "edi",
            "sync",
            "import",
            "export",
            "endpoint",
            "تكامل",
            "مزامن",
        ],
    ),
    (
        &["report", "analytic", "отчет", "аналитик", "تقرير", "تقارير"],
        &["отчет", "аналитик", "дашборд", "показател", "report", "dashboard", "chart", "pivot", "kpi", "تقرير", "تقارير"],
    ),
    (
        &["access", "login", "permission", "user", "доступ", "прав", "пользоват", "وصول", "صلاحي"],
        &[
            "доступ",
            "парол",
            "войти",
            "логин",
            "роль",
            "учетн",
            "access",
            "password",
            "login",
            "permission",
            "role",
            "locked",
            "كلمه",
            "دخول",
            "صلاحي",
        ],
    ),
    (
        &["perform", "speed", "производительн", "скорост", "أداء", "اداء"],
        &[
            "медлен",
            "тормоз",
            "зависа",
            "долго",
            "таймаут",
            "slow",
            "hang",
            "timeout",
            "freez",
            "performance",
            "lag",
            "بطيء",
            "بطء",
            "يتوقف",
        ],
    ),
    (
        &["hardware", "print", "equip", "оборудован", "печат", "طابع"],
        &["принтер", "печат", "сканер", "касс", "терминал", "printer", "print", "scanner", "terminal", "طابع", "طباع", "ماسح"],
    ),
    (
        &["incident", "сбой", "авари", "инцидент", "حادث", "عطل"],
        &[
            "ошибк",
            "сбой",
            "упал",
            "падает",
            "недоступ",
            "останов",
            "error",
            "crash",
            "outage",
            "fails",
            "failed",
            "broken",
            "exception",
            "خطا",
            "عطل",
            "تعطل",
        ],
    ),
    (
        &["question", "вопрос", "سؤال", "استفسار"],
        &["подскаж", "вопрос", "каким", "можно", "question", "how", "where", "wonder", "سؤال", "كيف", "استفسار"],
    ),
    (
        &["change", "wish", "доработ", "изменени", "تعديل", "تغيير"],
        &["доработ", "добавить", "пожелан", "настроить", "change", "feature", "enhanc", "customi", "تعديل", "اضافه", "تغيير"],
    ),
    (
        &["data", "correct", "данн", "исправлен", "بيانات", "تصحيح"],
        &["исправ", "дубл", "задвоен", "неверн", "correct", "duplicate", "wrong", "merge", "تصحيح", "مكرر"],
    ),
    (
        &["crm", "market"],
        &["crm", "лид", "сделк", "воронк", "контрагент", "рассылк", "lead", "pipeline", "campaign", "contact", "opportunit"],
    ),
];

/// The category that the text speaks for, by its slug; `None` when it is not clear.
pub fn categorize<'a>(title: &str, description: &str, topics: &[Topic<'a>]) -> Option<&'a str> {
    let title = words(title, CHARS_MAX);
    let description = words(description, CHARS_MAX);
    let mut best: Option<(&str, u32)> = None;
    let mut tied = false;
    for topic in topics {
        let score = score(topic, &title) * TITLE_WEIGHT + score(topic, &description);
        match best {
            Some((_, top)) if score < top => {}
            Some((_, top)) if score == top => tied = true,
            _ => {
                best = Some((topic.slug, score));
                tied = false;
            }
        }
    }
    best.filter(|(_, score)| *score >= SCORE_MIN && !tied).map(|(slug, _)| slug)
}

/// How many words speak for the topic; each word counts once.
fn score(topic: &Topic<'_>, words: &[String]) -> u32 {
    let own = self::words(&format!("{} {}", topic.slug, topic.name), 200);
    let stems: Vec<&str> = VOCABULARY
        .iter()
        .filter(|(names, _)| own.iter().any(|word| names.iter().any(|name| begins(word, name))))
        .flat_map(|(_, stems)| stems.iter().copied())
        .collect();
    let speaks = |word: &String| {
        stems.iter().any(|stem| begins(word, stem))
            || own.iter().any(|name| name.chars().count() > 3 && begins(word, &stem_of(name)))
    };
    u32::try_from(words.iter().filter(|word| speaks(word)).count()).unwrap_or(u32::MAX / 8)
}

/// Whether a word begins with a stem; short stems must be the whole word, or "bin" would be in "binary".
fn begins(word: &str, stem: &str) -> bool {
    let stem = folded(stem);
    if stem.chars().count() <= 3 { word == stem } else { word.starts_with(&stem) }
}

/// A word without its ending, roughly: the last two letters of longer words.
fn stem_of(word: &str) -> String {
    let letters = word.chars().count();
    word.chars().take(if letters > 5 { letters - 2 } else { letters }).collect()
}

/// Distinct words in lower case, with one spelling for letters that people interchange.
fn words(text: &str, chars_max: usize) -> Vec<String> {
    let cut: String = text.chars().take(chars_max).collect();
    let mut words: Vec<String> =
        cut.split(|c: char| !(c.is_alphanumeric() || c == '-')).map(folded).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn folded(word: &str) -> String {
    let word = word.trim_matches('-');
    let word = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word);
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ё' => 'е',
            'أ' | 'إ' | 'آ' => 'ا',
            'ة' => 'ه',
            'ى' => 'ي',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPICS: &[Topic<'static>] = &[
        Topic { slug: "accounting", name: "Бухгалтерия" },
        Topic { slug: "warehouse", name: "Склад" },
        Topic { slug: "payroll", name: "Зарплата и кадры" },
        Topic { slug: "access", name: "Доступ и права" },
        Topic { slug: "integration", name: "Интеграции" },
    ];

    #[test]
    fn the_words_of_the_trade_choose_the_category() {
        let cases = [
            ("Не сходятся остатки на складе", "После инвентаризации остатки номенклатуры другие.", Some("warehouse")),
            ("Ошибка в декларации по НДС", "Счёт-фактура не попадает в книгу.", Some("accounting")),
            ("Payslip shows a wrong overtime amount", "The salary of two people is off.", Some("payroll")),
            ("I cannot log in", "My password is refused and the account is locked.", Some("access")),
            ("لا أستطيع الدخول إلى النظام", "كلمة المرور مرفوضة", Some("access")),
            ("Webhook endpoint answers 500", "The sync stopped at night.", Some("integration")),
        ];
        for (title, description, expected) in cases {
            assert_eq!(categorize(title, description, TOPICS), expected, "{title}");
        }
    }

    #[test]
    fn what_is_not_clear_stays_without_a_category() {
        assert_eq!(categorize("Помогите", "Ничего не работает", TOPICS), None);
        assert_eq!(categorize("", "склад", TOPICS), None, "one word in passing is chance");
        assert_eq!(categorize("Склад и зарплата", "", TOPICS), None, "two categories alike");
        assert_eq!(categorize("Остатки на складе", "", &[]), None);
    }

    #[test]
    fn a_category_of_the_tenants_own_is_found_by_its_name() {
        let topics = [Topic { slug: "gate-control", name: "Пропускной режим" }, Topic { slug: "sales", name: "Sales" }];
        assert_eq!(categorize("Не открывается пропускной пункт", "Режим ночной", &topics), Some("gate-control"));
    }
}
