//! Names of people, firms and jobs in three languages, and the Russian cases of a person's name.

use super::{Gender, Organization, Role};
use crate::demo::dice::Dice;
use crate::demo::{Language, Tenant};

/// A drawn name.
pub struct Name {
    /// Given name.
    pub given: String,
    /// Patronymic, Russian only.
    pub patronymic: Option<String>,
    /// Family name.
    pub family: String,
}

const RU_MEN: &str = "Александр Алексей Андрей Антон Артём Борис Вадим Валерий Виктор Виталий Владимир Геннадий Григорий Денис \
    Дмитрий Евгений Егор Иван Игорь Кирилл Константин Леонид Максим Михаил Николай Олег Павел Пётр Роман Руслан Сергей Станислав \
    Тимур Фёдор Юрий";
const RU_WOMEN: &str = "Александра Алина Алла Анастасия Анна Валентина Валерия Вера Виктория Галина Дарья Евгения Екатерина Елена \
    Жанна Инна Ирина Кристина Ксения Лариса Людмила Марина Мария Надежда Наталья Нина Оксана Ольга Полина Раиса Светлана Татьяна \
    Ульяна Эльвира Юлия Яна";
const RU_FATHERS: &str = "Александров Алексеев Андреев Борисов Вадимов Валентинов Викторов Владимиров Геннадьев Евгеньев Иванов \
    Игорев Константинов Леонидов Максимов Михайлов Николаев Олегов Павлов Петров Романов Сергеев Станиславов Фёдоров Юрьев";
const RU_FAMILIES: &str = "Агапов Анисимов Афанасьев Баранов Белов Белозёрский Богданов Бондаренко Борисов Быков Васильев Вершинин \
    Власов Воробьёв Воронцов Гаврилов Гончаренко Горбунов Григорьев Гусев Давыдов Дементьев Денисов Дорофеев Ермаков Ефремов Жданов \
    Жуковский Зайцев Захаров Зиновьев Игнатов Ильин Казаков Калинин Карпов Киселёв Климов Ковалёв Ковальчук Колесников Комаров \
    Коновалов Корнилов Котов Кравченко Крылов Кудрявцев Кузнецов Лаптев Лебедев Логинов Макаров Малышев Маслов Медведев Мельников \
    Миронов Морозов Назаров Никитин Новиков Овчинников Орлов Осипов Панков Поляков Потапов Прохоров Разумовский Родионов Рябов \
    Савельев Сафонов Селезнёв Семёнов Сидоров Смирнов Соболев Соколов Сорокин Степанов Суханов Тарасов Тимофеев Трофимов Уваров \
    Устинов Федотов Филатов Фомин Харитонов Хохлов Цветков Чернов Чернышев Шевченко Шестаков Широков Щербаков Яковлев";
const EN_MEN: &str = "Aaron Adam Alan Andrew Ben Brian Carlos Charles Chris Craig Daniel David Derek Eric Ethan Frank Gareth Graham \
    Greg Hassan Ian Jack James Jason Joe Jonathan Kevin Kyle Liam Luis Marcus Mark Matthew Michael Neil Nick Oliver Patrick Paul \
    Peter Raj Rob Ryan Sam Scott Simon Stephen Steve Tim Tom Victor Wayne Will";
const EN_WOMEN: &str = "Abigail Alice Amanda Amy Angela Anita Beth Carol Catherine Chloe Christine Claire Deborah Denise Diane Emily \
    Emma Erin Fiona Grace Hannah Heather Helen Jane Janet Jennifer Jessica Joanne Julie Karen Kate Kelly Laura Linda Lisa Maria \
    Megan Melissa Michelle Monica Natalie Nicole Olivia Priya Rachel Rebecca Ruth Sandra Sarah Sophie Susan Tracy Vanessa Wendy";
const EN_FAMILIES: &str = "Abbott Adams Allen Archer Bailey Baker Barnes Bennett Brennan Brooks Burgess Butler Campbell Carter Chapman \
    Clarke Coleman Collins Cooper Crawford Cruz Dawson Delgado Dixon Doyle Duncan Edwards Ellis Evans Fisher Fletcher Foster Fraser \
    Garcia Gibson Gordon Graham Grant Greene Griffin Hale Hamilton Harper Harrison Hayes Henderson Holloway Howard Hughes Hunter \
    Jenkins Jensen Kapoor Keller Kennedy Khan Knight Lambert Larson Lawson Lopez Marsh Marshall Mason Mehta Miller Mitchell Morgan \
    Morris Murphy Murray Nash Nelson Newman Novak Nguyen Olson Owens Palmer Parker Patel Payne Perry Porter Price Quinn Ramirez \
    Reed Reid Reynolds Richards Rivera Robinson Russell Sanders Schultz Shah Shaw Sheppard Simmons Spencer Stewart Sullivan Thornton \
    Torres Tucker Turner Vaughn Wade Wallace Walsh Warren Watson Weaver Webb West Whitaker Wilkins Wong Woods Young";
const AR_MEN: &str = "أحمد:ahmed إبراهيم:ibrahim أنس:anas باسم:basem بلال:bilal جاسم:jasim حسن:hassan حسين:hussein حمد:hamad خالد:khaled \
    خليفة:khalifa راشد:rashid سالم:salem سامي:sami سعيد:saeed سلطان:sultan سليمان:suleiman طارق:tariq عادل:adel عبدالله:abdullah \
    عبدالرحمن:abdulrahman عمر:omar علي:ali فهد:fahad فيصل:faisal كريم:karim ماجد:majid مازن:mazen محمد:mohammed محمود:mahmoud \
    منصور:mansour ناصر:nasser هشام:hisham وليد:waleed ياسر:yasser يوسف:yousef";
const AR_WOMEN: &str = "آمنة:amna أسماء:asma بدرية:badriya جميلة:jamila حصة:hessa خديجة:khadija دانة:dana رانيا:rania ريم:reem \
    زينب:zainab سارة:sara سلمى:salma شيخة:shaikha شيماء:shaima عائشة:aisha علياء:alia فاطمة:fatima لطيفة:latifa ليلى:layla مريم:mariam \
    منى:mona موزة:moza ميساء:maysa نادية:nadia نورة:noura هالة:hala هدى:huda هند:hind ياسمين:yasmin";
const AR_FAMILIES: &str = "الأنصاري:alansari البلوشي:albalushi الحداد:alhaddad الحمادي:alhammadi الخطيب:alkhatib الخوري:alkhouri \
    الرميثي:alrumaithi الزعابي:alzaabi السويدي:alsuwaidi الشامسي:alshamsi الصايغ:alsayegh الظاهري:aldhaheri العامري:alameri \
    العطار:alattar الفارس:alfaris القاسم:alqasim الكتبي:alketbi الكعبي:alkaabi المرزوقي:almarzooqi المنصوري:almansoori المهيري:almuhairi \
    النجار:alnajjar النعيمي:alnuaimi الهاشمي:alhashimi حجازي:hijazi حمدان:hamdan درويش:darwish سلامة:salama شاهين:shaheen صالح:saleh \
    عبود:abboud عيسى:issa غانم:ghanem قنديل:qandil مراد:murad نصر:nasr";

const RU_FIRMS: &str = "ТД «Волжский причал»=volga-prichal;ООО «Северная мануфактура»=sevmanufaktura;АО «Уральский завод крепежа»=uralkrepezh;\
    ООО «Агросклад Плюс»=agrosklad;ООО «Новый Ритейл»=novy-ritail;АО «Тверской комбинат упаковки»=tverpack;ООО «Балтика Логистик»=baltlog;\
    ООО «Медцентр Здравница»=zdravnitsa;АО «Камский литейный завод»=kamlit;ООО «Стройдвор»=stroydvor;ООО «Пекарни Поволжья»=pekarni;\
    ООО «ЭлектроОпт»=elektroopt;АО «Омская птицефабрика Рассвет»=rassvet-omsk;ООО «Сибирский лес»=siblesprom;ООО «Аптеки Ромашка»=romashka-apteki;\
    ТД «Меридиан»=td-meridian;ООО «Кубань Молоко»=kubanmoloko;АО «Рязаньприбор»=ryazpribor;ООО «Дом Обуви»=dom-obuvi;ООО «ТрансКаргоСервис»=tkservis;\
    ООО «Мебельная фабрика Лотос»=mf-lotos;АО «Пензенский насосный завод»=penzanasos;ООО «Торговая сеть Причал»=ts-prichal;ООО «Хладокомбинат № 4»=hlado4;\
    ООО «Южный текстиль»=yugtextil;АО «Ижорские металлоконструкции»=izhmk;ООО «Клиника Сенатор»=senator-klinika;ООО «Автодеталь Центр»=avtodetal-c;\
    ООО «Полимер Групп»=polimergrupp;АО «Вологодский бумажный двор»=volbumdvor;ООО «Фарм-Дистрибуция»=farmdist;ООО «Городские кофейни»=gorkofe;\
    ООО «Каспий Рыба»=kaspiyryba;АО «Алтайский элеватор»=altelevator;ООО «Техно-Импорт»=tehnoimport;ООО «Складские решения»=skladresh;\
    ООО «Сантехкомплект Урал»=santehural;АО «Брянский кабель»=brkabel;ООО «Детский мир игрушек»=detigrushki;ООО «Зелёная линия»=zelenliniya;\
    ООО «Химпром Сервис»=himpromservis;АО «Саратовский подшипник»=sarpodshipnik;ООО «Ювелирный двор»=yuvdvor;ООО «ПродАльянс»=prodalyans;\
    ООО «Климат Инжиниринг»=klimat-ing;АО «Липецкие краски»=lipkraski;ООО «Цемент Трейд»=cementtrade;ООО «Книжный склад Логос»=logos-kniga;\
    ООО «Спецодежда Регион»=specregion;АО «Ярославский инструмент»=yarinstrument";
const EN_FIRMS: &str = "Hartwell Fasteners Inc.=hartwell$;Bluewater Foods LLC=bluewaterfoods$;Kestrel Logistics=kestrel-log$;\
    Marlow & Finch Retail Ltd=marlowfinch£;Redstone Building Supply=redstonebs$;Oakridge Medical Group=oakridgemed$;\
    Pennine Packaging Ltd=penninepack£;Great Lakes Castings=glcastings$;Summit Outdoor Stores=summitoutdoor$;Tyneside Marine Parts Ltd=tynemarine£;\
    Carolina Textile Works=carolinatex$;Lone Star Pump & Valve=lspumpvalve$;Ashford Dairy Co. Ltd=ashforddairy£;Northgate Pharmacies=northgaterx$;\
    Prairie Grain Partners=prairiegrain$;Silver Birch Furniture=silverbirch$;Cobalt Electronics Supply=cobaltes$;Wessex Plumbing Merchants=wessexpm£;\
    Harbor Point Seafood=harborpoint$;Delaney Auto Parts=delaneyauto$;Millbrook Paper Company=millbrookpaper$;Fenwick Laboratories Ltd=fenwicklabs£;\
    Granite State Tools=granitetools$;Copperfield Hotels Group=copperfieldhg£;Atlas Freight Brokers=atlasfreight$;Meadowlark Organics=meadowlark$;\
    Stirling Precision Ltd=stirlingprec£;Bayview Home Centers=bayviewhome$;Ironbridge Chemicals Ltd=ironbridgechem£;Tidewater Cold Storage=tidewatercs$;\
    Clearfield School Supply=clearfieldss$;Westmore Apparel=westmore$;Sable Coffee Roasters=sablecoffee$;Quarry Hill Aggregates=quarryhill$;\
    Larkspur Clinics=larkspurclinics$;Dunmore Electrical Wholesale Ltd=dunmore-ew£;Beacon Label & Print=beaconlabel$;Highfield Sports Ltd=highfieldsports£;\
    Orchard Valley Produce=orchardvalley$;Vantage Office Interiors=vantageoi$";
const AR_FIRMS: &str = "شركة الواحة للتجارة=alwaha-trading;مجموعة المرسى للتجزئة=almarsa-retail;مصنع الخليج للبلاستيك=gulfplast;\
    شركة الصقر للخدمات اللوجستية=saqr-logistics;مجمع الشفاء الطبي=shifa-medical;شركة الرمال لمواد البناء=rimal-building;\
    مخابز السنابل=sanabel-bakeries;شركة النخيل للأغذية=nakheel-foods;مؤسسة البحر للأسماك=albahr-fish;مصنع الفجر للأثاث=fajr-furniture;\
    شركة المدار للإلكترونيات=madar-electronics;صيدليات الأمل=amal-pharmacies;شركة القمة للمقاولات=qimma-contracting;مصنع الإمارة للتغليف=imara-packaging;\
    شركة الأفق لقطع الغيار=ufuq-parts;مجموعة الضيافة الحديثة=modern-hospitality;شركة الينابيع للمياه=yanabee-water;مصنع الجزيرة للدهانات=jazeera-paints;\
    شركة الميناء للشحن=mina-shipping;مؤسسة الإتقان للمعدات=itqan-equipment";
const UAE_EN_FIRMS: &str = "Crescent Bay Trading LLC=crescentbay;Palm Route Logistics FZE=palmroute;Dune Valley Foods LLC=dunevalley;\
    Gulf Meridian Contracting=gulfmeridian;Pearl Coast Medical Supplies=pearlcoast;Falcon Ridge Steel FZCO=falconridge;\
    Marina Gate Retail LLC=marinagate;Blue Creek Marine Services=bluecreek";

/// Job titles of clients, each with the departments of the desk that such a person writes to.
const RU_POSITIONS: &[(&str, &str)] = &[
    ("главный бухгалтер", "finance hr_payroll first_line"),
    ("ведущий бухгалтер", "finance first_line"),
    ("бухгалтер по расчётам", "finance hr_payroll"),
    ("начальник склада", "logistics"),
    ("менеджер по закупкам", "logistics first_line integration"),
    ("менеджер по продажам", "first_line finance"),
    ("руководитель отдела логистики", "logistics integration"),
    ("экономист", "finance manufacturing first_line"),
    ("специалист по кадрам", "hr_payroll"),
    ("инженер-технолог", "manufacturing"),
    ("системный администратор", "infrastructure integration"),
    ("начальник отдела ИТ", "infrastructure integration"),
    ("специалист отдела продаж", "first_line integration"),
    ("старший кладовщик", "logistics infrastructure"),
    ("финансовый контролёр", "finance"),
    ("диспетчер производства", "manufacturing"),
];
const EN_POSITIONS: &[(&str, &str)] = &[
    ("Accounts Payable Lead", "finance first_line"),
    ("Financial Controller", "finance first_line"),
    ("Warehouse Supervisor", "logistics infrastructure"),
    ("Purchasing Manager", "logistics first_line manufacturing"),
    ("Sales Operations Analyst", "first_line integration finance"),
    ("Payroll Specialist", "hr_payroll"),
    ("IT Manager", "infrastructure integration"),
    ("Systems Administrator", "infrastructure integration"),
    ("Production Planner", "manufacturing"),
    ("Customer Service Lead", "first_line integration"),
    ("Inventory Analyst", "logistics"),
    ("Accounts Receivable Clerk", "finance"),
    ("Logistics Coordinator", "logistics integration"),
    ("Assistant Controller", "finance"),
    ("HR Business Partner", "hr_payroll"),
    ("Plant Accountant", "finance manufacturing"),
];
const AR_POSITIONS: &[(&str, &str)] = &[
    ("رئيس الحسابات", "finance first_line"),
    ("محاسب أول", "finance hr_payroll"),
    ("مشرف المستودع", "logistics infrastructure"),
    ("مدير المشتريات", "logistics first_line"),
    ("منسق المبيعات", "first_line integration"),
    ("مدير تقنية المعلومات", "infrastructure integration"),
    ("أخصائي موارد بشرية", "hr_payroll"),
    ("مراقب مالي", "finance"),
    ("منسق لوجستي", "logistics"),
    ("مخطط إنتاج", "manufacturing"),
];

/// Draws a name of a language and gender.
pub fn draw(dice: &mut Dice, language: Language, gender: Gender) -> Name {
    let word = |dice: &mut Dice, list: &'static str| {
        let words: Vec<&str> = list.split_whitespace().collect();
        dice.pick(&words)
    };
    let plain = |text: &str| text.split(':').next().unwrap_or_default().to_owned();
    let female = gender == Gender::Female;
    match language {
        Language::Ru => {
            let father = word(dice, RU_FATHERS);
            Name {
                given: word(dice, if female { RU_WOMEN } else { RU_MEN }).to_owned(),
                patronymic: Some(format!("{father}{}", if female { "на" } else { "ич" })),
                family: in_gender(word(dice, RU_FAMILIES), gender),
            }
        }
        Language::En => Name {
            given: word(dice, if female { EN_WOMEN } else { EN_MEN }).to_owned(),
            patronymic: None,
            family: word(dice, EN_FAMILIES).to_owned(),
        },
        Language::Ar => Name {
            given: plain(word(dice, if female { AR_WOMEN } else { AR_MEN })),
            patronymic: None,
            family: plain(word(dice, AR_FAMILIES)),
        },
    }
}

fn in_gender(family: &str, gender: Gender) -> String {
    match (gender, family.strip_suffix("ий")) {
        (Gender::Male, _) => family.to_owned(),
        (_, Some(stem)) => format!("{stem}ая"),
        _ if family.ends_with(['в', 'н']) => format!("{family}а"),
        _ => family.to_owned(),
    }
}

/// A Russian case that names stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Кого: also the accusative of people, for men.
    Genitive,
    /// Кому.
    Dative,
}

/// Declines a Russian given and family name.
pub fn decline(given: &str, family: &str, gender: Gender, case: Case) -> String {
    let dative = case == Case::Dative;
    let swap = |word: &str, end: &str, genitive: &str, to: &str| {
        word.strip_suffix(end).map(|stem| format!("{stem}{}", if dative { to } else { genitive }))
    };
    let given = match (given, gender) {
        ("Павел", _) => if dative { "Павлу" } else { "Павла" }.to_owned(),
        ("Пётр", _) => if dative { "Петру" } else { "Петра" }.to_owned(),
        (_, Gender::Male) => swap(given, "й", "я", "ю")
            .or_else(|| swap(given, "ь", "я", "ю"))
            .unwrap_or_else(|| format!("{given}{}", if dative { "у" } else { "а" })),
        (_, Gender::Female) => swap(given, "ия", "ии", "ии")
            .or_else(|| swap(given, "я", "и", "е"))
            .or_else(|| swap(given, "га", "ги", "ге"))
            .or_else(|| swap(given, "ка", "ки", "ке"))
            .or_else(|| swap(given, "а", "ы", "е"))
            .unwrap_or_else(|| given.to_owned()),
    };
    let family = match gender {
        Gender::Male if family.ends_with(['в', 'н', 'к']) => format!("{family}{}", if dative { "у" } else { "а" }),
        Gender::Male => swap(family, "ий", "ого", "ому").unwrap_or_else(|| family.to_owned()),
        Gender::Female => swap(family, "ая", "ой", "ой")
            .or_else(|| family.ends_with("ва").then(|| swap(family, "а", "ой", "ой")).flatten())
            .or_else(|| family.ends_with("на").then(|| swap(family, "а", "ой", "ой")).flatten())
            .unwrap_or_else(|| family.to_owned()),
    };
    format!("{given} {family}")
}

/// A name in Latin letters, as in a mail address.
pub fn latin(text: &str) -> String {
    for list in [AR_MEN, AR_WOMEN, AR_FAMILIES] {
        let found = list.split_whitespace().filter_map(|pair| pair.split_once(':')).find(|(arabic, _)| *arabic == text);
        if let Some((_, latin)) = found {
            return latin.to_owned();
        }
    }
    text.to_lowercase().chars().map(latin_letter).collect()
}

fn latin_letter(letter: char) -> String {
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        other => return other.to_string(),
    }
    .to_owned()
}

/// Given and family name with capital letters.
pub fn titled(given: &str, family: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    format!("{} {}", capital(given), capital(family))
}

/// Up to `wanted` organizations of a tenant.
pub fn organizations(dice: &mut Dice, tenant: &Tenant, wanted: usize) -> Vec<Organization> {
    let list = |text: &'static str, language, currency: &'static str| {
        text.split(';').filter_map(move |pair| pair.trim().split_once('=')).map(move |(name, domain)| Organization {
            key: format!("{}-{}", tenant.slug, domain.trim_end_matches(['$', '£'])),
            name: name.to_owned(),
            domain: format!("{}.example", domain.trim_end_matches(['$', '£'])),
            language,
            customer_type: "standard",
            currency: if domain.ends_with('$') {
                "$"
            } else if domain.ends_with('£') {
                "£"
            } else {
                currency
            },
        })
    };
    let mut all: Vec<Organization> = match tenant.language {
        Language::Ru => list(RU_FIRMS, Language::Ru, "руб.").collect(),
        Language::En => list(EN_FIRMS, Language::En, "$").collect(),
        Language::Ar => list(AR_FIRMS, Language::Ar, "درهم").collect(),
    };
    let rotate = dice.index(all.len());
    all.rotate_left(rotate);
    all.truncate(wanted.max(3));
    if tenant.second.is_some() {
        all.extend(list(UAE_EN_FIRMS, Language::En, "AED").take((wanted / 3).max(2)));
    }
    all
}

const fn positions(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::Ru => RU_POSITIONS,
        Language::En => EN_POSITIONS,
        Language::Ar => AR_POSITIONS,
    }
}

/// Draws a client's job title.
pub fn position(dice: &mut Dice, language: Language) -> &'static str {
    dice.one(positions(language)).map_or("", |(title, _)| title)
}

/// Whether somebody with this job title would write to this department.
pub fn suits(language: Language, position: &str, department: &str) -> bool {
    positions(language).iter().any(|(title, to)| *title == position && to.split(' ').any(|own| own == department))
}

/// Job title of staff.
pub const fn staff_position(language: Language, role: Role) -> &'static str {
    match (language, role) {
        (Language::Ru, Role::Admin) => "администратор портала",
        (Language::Ru, Role::Manager) => "руководитель группы поддержки",
        (Language::Ru, Role::Analyst) => "аналитик",
        (Language::Ru, _) => "специалист службы поддержки",
        (Language::En, Role::Admin) => "Portal Administrator",
        (Language::En, Role::Manager) => "Support Team Lead",
        (Language::En, Role::Analyst) => "Analyst",
        (Language::En, _) => "Support Engineer",
        (Language::Ar, Role::Admin) => "مسؤول البوابة",
        (Language::Ar, Role::Manager) => "رئيس فريق الدعم",
        (Language::Ar, Role::Analyst) => "محلل",
        (Language::Ar, _) => "مهندس دعم",
    }
}

/// A colleague's name for a text, with the gender of its bearer.
pub fn colleague(dice: &mut Dice, language: Language) -> (Name, Gender) {
    let gender = if dice.chance(0.5) { Gender::Female } else { Gender::Male };
    (draw(dice, language, gender), gender)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_names_decline() {
        let to = |g, f, gender| decline(g, f, gender, Case::Dative);
        let of = |g, f, gender| decline(g, f, gender, Case::Genitive);
        assert_eq!(to("Мария", "Соколова", Gender::Female), "Марии Соколовой");
        assert_eq!(of("Наталья", "Бондаренко", Gender::Female), "Натальи Бондаренко");
        assert_eq!(of("Ольга", "Ильина", Gender::Female), "Ольги Ильиной");
        assert_eq!(to("Игорь", "Жуковский", Gender::Male), "Игорю Жуковскому");
        assert_eq!(of("Павел", "Ковальчук", Gender::Male), "Павла Ковальчука");
        assert_eq!(to("Дмитрий", "Кравченко", Gender::Male), "Дмитрию Кравченко");
    }

    #[test]
    fn women_bear_the_female_form_of_a_family_name() {
        assert_eq!(in_gender("Разумовский", Gender::Female), "Разумовская");
        assert_eq!(in_gender("Ильин", Gender::Female), "Ильина");
        assert_eq!(in_gender("Шевченко", Gender::Female), "Шевченко");
        assert_eq!(in_gender("Ковальчук", Gender::Female), "Ковальчук");
    }
}
