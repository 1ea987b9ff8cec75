//! Words of gratitude and their company, in Russian, English and Arabic, by what they do in a clause.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::reading::normalized;

/// Carries the thanks.
pub(super) const GRATITUDE: u32 = 1;
/// Says that it works, or that somebody did well.
pub(super) const WORKS: u32 = 1 << 1;
/// Says something kind that needs no answer: praise, a greeting, a wish.
pub(super) const KIND: u32 = 1 << 2;
/// Leads to what the thanks are for.
pub(super) const FOR: u32 = 1 << 3;
/// How much.
pub(super) const DEGREE: u32 = 1 << 4;
/// Once more: harmless only beside thanks and good news.
pub(super) const AGAIN: u32 = 1 << 5;
/// Names the matter.
pub(super) const TROUBLE: u32 = 1 << 6;
/// Says that the matter is over.
pub(super) const SETTLED: u32 = 1 << 7;
/// The same as what somebody is thanked for.
pub(super) const SETTLING: u32 = 1 << 8;
/// Closing the ticket.
pub(super) const CLOSING: u32 = 1 << 9;
/// Asks politely: for closing the ticket, or for something else.
pub(super) const POLITE: u32 = 1 << 10;
/// A name may follow.
pub(super) const TITLE: u32 = 1 << 11;
/// Says nothing by itself.
pub(super) const FILLER: u32 = 1 << 12;
/// Begins a question, mark or no mark.
pub(super) const ASKING: u32 = 1 << 13;
/// Turns or asks something: never part of thanks, of a name or of a signature.
pub(super) const STOP: u32 = 1 << 14;
/// Belongs to a profession or a company, as signatures name them.
pub(super) const POST: u32 = 1 << 15;
/// Understood, received.
pub(super) const TAKEN: u32 = 1 << 16;
/// English names of what one is thanked for that are also commands: "for your help", but not "help me".
pub(super) const HELP: u32 = 1 << 17;
/// Settles the matter if that is what has gone: "the error is gone", but not "all is gone".
pub(super) const GONE: u32 = 1 << 19;
/// Names the ticket itself.
pub(super) const TICKET: u32 = 1 << 20;
/// Only sentences have it, signatures do not.
pub(super) const PROSE: u32 = 1 << 18;
/// Any of these gives a clause its point.
pub(super) const POINT: u32 = GRATITUDE | WORKS | KIND | SETTLED | CLOSING | TAKEN;
/// A word of thanks is of one of these kinds.
pub(super) const THANKS: u32 = POINT | FOR | DEGREE | AGAIN | TROUBLE | SETTLING | POLITE | TITLE | FILLER | HELP | TICKET;

/// Words of each kind; one may stand in several places.
const WORDS: &[(u32, &str)] = &[
    (
        GRATITUDE,
        "спасибо спасибочки спасибки спасиб спасиба спасибище пасиб пасибо спс сенкс благодарю благодарим благодарен \
         благодарна благодарны благодарствую благодарность благодарности благодарностью признателен признательна \
         признательны признательность мерси spasibo \
         thanks thank thankyou thx thnx thnks thanx tnx tks ty tysm tyvm cheers grateful gratitude appreciate appreciated \
         appreciative thankful obliged kudos \
         شكرا شكر الشكر شكري مشكور مشكورة مشكورين مشكورون ممتن ممتنة ممتنين ممتنون الامتنان متشكر متشكرة متشكرين تسلم \
         تسلمي تسلمو تسلموا تسلمون يسلمو يسلموا أشكرك أشكركم نشكرك نشكركم أشكر نشكر تشكر تشكرات قصرت قصرتم قصرتوا قصرتو ما جزاك جزاكم بارك يعطيك \
         يعطيكم ميرسي شكرن shukran",
    ),
    (
        WORKS,
        "работает работают заработало заработал заработала заработали получилось получается удалось помогло помог помогла \
         помогли починилось починили починил починила исправили исправил исправила исправлено исправлен исправлена \
         решилось решилась решили решил решила устранили устранено восстановилось восстановили восстановлено открылось \
         запустилось наладилось наладили нормализовалось прошло готово сделано разобрался разобралась разобрались выручил \
         выручила выручили спасли спас спасла \
         works work working worked functions functioning runs running sorted done helped helps trick \
         يعمل تعمل يعملون يشتغل تشتغل اشتغل اشتغلت شغال شغالة نجح نجحت ضبط ضبطت زبط تم",
    ),
    (
        KIND,
        "отлично супер здорово прекрасно замечательно великолепно классно класс круто молодцы молодец умница умницы лучшие \
         лучший шикарно идеально идеальный превосходно безупречно оперативно быстро чётко качественно профессионально ура \
         топ огонь норм нормально порядке хорошо хороший прекрасный отличный отличная отличную отличное ок окей окэй гуд полезно полезная полезный \
         хорошего доброго удачного отличного прекрасного приятного продуктивного мирного вечера выходных недели \
         праздником праздниками наступающим удачи здоровья успехов добра наилучшего взаимно респект рад рада рады \
         great good perfect perfectly excellent awesome fantastic amazing wonderful brilliant super nice cool fine lovely \
         superb outstanding splendid terrific legend lifesaver star hero wow hooray yay bravo best rock rocks \
         ok okay happy glad pleased \
         regards greetings wishes respectfully \
         ممتاز ممتازة رائع رائعة جميل تمام عظيم كويس جيد جيدا طيب أحسنت أحسنتم روعة حسنا الحمد \
         أوكي اوك اوكيه تحياتي تحياتنا تحية التحية الاحترام احترامي التقدير تقديري تقديرنا بالتوفيق موفقين موفق سعيد \
         سعيدا سعيدة أهلا وعليكم النور",
    ),
    (
        KIND | TITLE,
        "здравствуйте здравствуй привет приветствую приветик добрый доброе день утро вечер дня утра уважаемый уважаемая \
         уважаемые дорогой дорогая дорогие господин госпожа коллеги команда команде ребята друзья товарищи девушки господа \
         всем ребятам коллегам \
         hi hello hey dear mr mrs ms dr sir madam morning afternoon evening day week weekend everyone everybody team guys \
         folks colleagues friend friends mate buddy man \
         مرحبا السلام سلام يا استاذ أستاذ أستاذة مهندس مهندسة مهندسنا دكتور دكتورة أخي أختي الأخ الأخت السيد السيدة عزيزي \
         عزيزتي فريق الفريق فريقكم الكرام الأعزاء صباح مساء يوم يومك يومكم نهار نهارك جميعا",
    ),
    (
        TAKEN,
        "понял поняла поняли понятно ясно принято принял приняла приняли получил получила получили учту учтём все всё \
         noted understood got received clear gotcha roger have confirmed all \
         وصل وصلت وصلني فهمت مفهوم واضح",
    ),
    (FOR, "за for على"),
    (
        DEGREE,
        "большое большущее огромное огромная огромную преогромное громадное искреннее сердечное человеческое очень крайне \
         весьма вам вас тебе тебя искренне душевно раз всем всех всей \
         you u very much many lot lots bunch ton tons million so really truly deeply sincerely kindly indeed highly greatly warmly \
         a an once \
         مرة جزيلا جزيل كثيرا كثير جدا لك لكم لكي إليك إليكم ألف مليون خالص فائق عميق",
    ),
    (AGAIN, "ещё опять снова вновь повторно again مجددا أخرى ثانية"),
    (
        TROUBLE,
        "вопрос вопроса вопросу вопросы вопросом проблема проблему проблемы проблемой ошибка ошибки ошибку сбой сбоя \
         неполадка неполадки неисправность инцидент \
         question questions problem problems issue issues error errors bug trouble matter \
         المشكلة مشكلة مشكلتي مشكلتنا المشكل الخطأ الموضوع",
    ),
    (
        SETTLED,
        "решен решена решено решены решили решил решилось решилась решился устранена устранено устранен устранили исправлена \
         исправлено исправлен исправили \
         solved resolved fixed sorted settled \
         حلت انحلت انحل حلها تم",
    ),
    (
        SETTLED | GONE,
        "снят снята снято закрыт закрыта закрыто исчезла исчезло исчез пропала пропал пропало ушла ушёл ушло исчерпан исчерпана \
         gone closed disappeared cleared over \
         اختفت اختفى زالت انتهت انتهى",
    ),
    (
        SETTLING,
        "решение решения устранение исправление \
         solving resolving fixing sorting solution resolution \
         حل الحل لحل",
    ),
    (
        CLOSING,
        "закрыть закрывать закрывайте закройте закрывай закрой \
         close closed closing \
         إغلاق اغلاق أغلقوا أغلق يغلق إغلاقها إغلاقه",
    ),
    (TICKET, "заявка заявку заявке тикет тикета обращение обращения задача задачу ticket case request التذكرة الطلب البلاغ"),
    (
        POLITE,
        "можно можете пожалуйста \
         please can may could feel free \
         يمكنكم يمكنك يمكن ممكن",
    ),
    (
        FILLER,
        "помощь помощи ответ ответы быстрый быстрое быструю оперативность оперативную оперативный оперативное скорость \
         скорый скорую скорое работу работа поддержку поддержка поддержке содействие участие информацию информация \
         информации разъяснение разъяснения разъяснениями пояснение пояснения подсказку подсказки совет советы внимание \
         терпение понимание отзывчивость профессионализм заботу старания труд консультацию консультация обслуживание \
         сервис уделенное время техподдержка техподдержке техподдержку специалистам специалисту инженеру инженерам \
         качественную качественный профессиональную профессиональный квалифицированную своевременную своевременный \
         подробный подробное подробную вы ты и с со в на у по из от так такую такой такое это этого этот эту теперь сейчас уже наконец то всего всему \
         просто действительно правда души сердца нас мне мы я меня нам наш наша моя моей моему моё ваша вашу ваше вашей ваш \
         вашим вами стороны стороне система системе программа корректно правильно штатно стабильно исправно полностью \
         окончательно вроде кажется похоже лично тоже сотрудничество службе служба службы поддержки техподдержки дело пожеланиями наилучшими уважением \
         the your ur yours quick quickly fast prompt promptly speedy rapid kind professional timely swift helping attention time \
         effort efforts patience cooperation information info clarification advice tip hint guidance job magic charm end side \
         it it's its that that's this these is are am was has had been be being now finally everything everything's \
         expected and i i'm we we're i've we've you're my our me us to of from on in at as with by both just such absolutely \
         totally completely always smoothly well like up seems seem looks today did heads turnaround stuff too \
         المساعدة مساعدتك مساعدتكم لمساعدتك لمساعدتكم الرد ردك ردكم لردكم لردك السريع السريعة سريع السرعة سرعة الدعم دعمكم \
         دعمك لدعمكم الله العافية فيك فيكم خيرا خير خيرك خيركم الخير عليكم ورحمة رحمة وبركاته الآن كل شيء شي مع من القلب \
         قلبي كله هذا هذه هو هي أنت أنتم تعاونكم تعاونك لتعاونكم لتعاونك التعاون جهودكم جهودك لجهودكم جهدكم مجهودكم \
         اهتمامكم اهتمامك لاهتمامكم حسن استجابتكم استجابتك لسرعة المستمر الاستجابة الخدمة خدمتكم المميزة المميز الرائع الرائعة لفريق لفريقكم مرات بشكل إن شاء لله صحيح \
         طبيعي تماما فعلا بالفعل النظام البرنامج إلى في أنا نحن لنا لي عندي عندنا العزيز بكم بك",
    ),
    (HELP, "help support assistance answer answers reply replies response responses explanation update service fix request"),
    (ASKING, "is are do does did can could will would was were هل"),
    (
        STOP,
        "да нет ага угу не ни но однако хотя только если когда где как почему зачем что чтобы кто чей какой какая какие какое сколько \
         надо нужно нужен нужна прошу просим просьба помогите подскажите скажите пришлите вышлите отправьте ответьте жду \
         ждём ожидаю ожидаем срочно кроме также зы сломалось перестало пока ли бы а или либо либ \
         yes yeah yep yup sure no not but however though although still when where how why what who whose which would need needs want waiting \
         awaiting urgent except until yet wrong broken fails failed fail cannot can't don't doesn't didn't isn't won't also \
         pls send call check try tell show nor asap \
         نعم أيوه لا لم لن ليس ليست ما غير لكن متى أين كيف لماذا ماذا هل أرجو أرجوكم أرجوك نرجو الرجاء رجاء فضلك فضلكم أريد نريد \
         أحتاج نحتاج أيضا عاجل مازال مازالت لازال لازالت لسه بس إلا أو",
    ),
    (
        PROSE,
        "я мы вы он она они это был была было были есть мне нам меня нас \
         the is are was were has had this that it we you he she they i my me our your if \
         أنا نحن هو هي هذا هذه",
    ),
    (
        POST,
        "бухгалтер бухгалтера бухгалтерия директор директора менеджер инженер специалист администратор программист аналитик \
         экономист логист кладовщик юрист секретарь оператор консультант отдел отдела отделения начальник начальника \
         руководитель руководителя заместитель зам главный главного старший ведущий системный генеральный коммерческий \
         финансовый исполнительный технический по и продаж закупок кадров снабжения ит ооо ао зао пао ип компания группа \
         компаний завод фирма тел телефон моб доб почта эл сайт город \
         manager engineer accountant director administrator specialist officer head chief senior lead department dept \
         team support assistant analyst developer consultant coordinator supervisor ltd llc inc gmbh co corp company group of and \
         sales purchasing finance accounting warehouse it hr tel phone mobile mob ext email mail web site \
         مدير مديرة محاسب محاسبة مهندس رئيس قسم شركة مؤسسة إدارة هاتف جوال بريد المدير المالي المبيعات المحاسبة",
    ),
];

static KINDS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let mut kinds: HashMap<String, u32> = HashMap::new();
    for (kind, words) in WORDS {
        for word in words.split_whitespace() {
            *kinds.entry(normalized(word)).or_default() |= kind;
        }
    }
    kinds
});

/// What is known of a normalized word, in the spelling in which it is known: letters that somebody leans on ("спасибооо",
/// "شكراااا") count once or twice, and the Arabic "and" is no part of its word.
pub(super) fn look_up(word: &str) -> (String, u32) {
    let and = word.strip_prefix('و').filter(|rest| rest.chars().count() > 2);
    let spellings = [Some(word.to_owned()), Some(leaning(word, 1)), Some(leaning(word, 2)), and.map(str::to_owned)];
    for spelling in spellings.into_iter().flatten() {
        if let Some(kinds) = KINDS.get(&spelling) {
            return (spelling, *kinds);
        }
    }
    (word.to_owned(), 0)
}

/// Runs of three and more equal letters as runs of `kept`.
fn leaning(word: &str, kept: usize) -> String {
    let letters: Vec<char> = word.chars().collect();
    let runs = letters.chunk_by(|one, other| one == other);
    runs.flat_map(|run| run.iter().take(if run.len() > 2 { kept } else { run.len() })).collect()
}
