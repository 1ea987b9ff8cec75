//! Whether a client's message says nothing but thanks. Such an answer starts no clock and needs no reply.
//!
//! Careful by design: every word of the message must be known as gratitude or as a word that goes with it, there must
//! be one of gratitude, and a question, a number or a link makes it a message. A thank-you that is not recognised
//! costs an agent one glance; a question that is taken for a thank-you costs the client an answer.

/// Longer messages have something to say.
const WORDS_MAX: usize = 14;
const BYTES_MAX: usize = 400;

/// Words that carry the thanks, in Russian, English and Arabic.
const GRATITUDE: &str = "\
    спасибо спасибочки спс благодарю благодарим благодарен благодарна благодарны благодарность признателен \
    признательна признательны мерси thanks thank thankyou thx ty tnx grateful appreciate appreciated cheers شكرا \
    شكرًا مشكور مشكورين مشكوره ممتن ممتنه ممتنون متشكر متشكرين تسلم تسلموا اشكركم اشكرك نشكركم الشكر";

/// Words that may stand beside thanks and add nothing that needs an answer, in the same languages.
const COMPANY: &str = "\
    большое большущее огромное вам вас тебе за помощь ответ быстрый оперативность оперативную оперативный быструю \
    работу поддержку содействие информацию разъяснение разъяснения все всё всем очень получилось работает заработало \
    теперь отлично супер понятно понял поняла принято ок окей хорошо и ещё еще раз заранее искреннее от души хорошего \
    дня вечера выходных с уважением команде коллеги добрый день здравствуйте я мы \
    you u so very much many a lot again for the your quick fast prompt great kind reply response answer help support \
    assistance information info it works working now all good perfect awesome excellent ok okay got that this is i we \
    am are really be highly everything fine have nice day weekend evening best regards team guys hi hello dear and to \
    in advance sir madam \
    جزيلا جزيل كثيرا لك لكم على المساعده مساعدتك مساعدتكم الرد ردكم السريع سريع الدعم دعمكم جدا يعطيك يعطيكم العافيه \
    الله بارك فيك فيكم تمام ممتاز تم الحل حل يعمل الان كل شيء جميعا مع تحياتي مره اخرى و يا اخي استاذ الف \
    لتعاونكم جهودكم خيرا جزاك جزاكم حسنا";

/// Words that name the matter; harmless only beside a word that says it is settled.
const TROUBLE: &str = "вопрос проблема problem issue المشكله";
const SETTLED: &str = "решен решена закрыт закрыта solved resolved fixed حل الحل تم";

/// Words that bring the matter back.
const AGAIN: &str = "ещё раз again مره اخرى";

/// Whether the text, without quoted history and signature, is a mere thank-you.
pub fn is_thanks_only(text: &str) -> bool {
    if text.len() > BYTES_MAX || text.contains(['?', '؟', '@', '/', '#']) || text.chars().any(char::is_numeric) {
        return false;
    }
    let words: Vec<String> =
        text.split(|c: char| !(c.is_alphabetic() || is_mark(c))).map(normalized).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > WORDS_MAX {
        return false;
    }
    let is = |list: &str, word: &str| list.split_whitespace().any(|known| normalized(known) == word);
    let any = |list: &str| words.iter().any(|word| is(list, word));
    let known = |word: &String| [GRATITUDE, COMPANY, TROUBLE, SETTLED].iter().any(|list| is(list, word));
    any(GRATITUDE) && words.iter().all(known) && (!any(TROUBLE) || (any(SETTLED) && !any(AGAIN)))
}

/// Arabic vowel signs and the stretching of letters: decoration that people use as they like.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{064b}'..='\u{0652}' | '\u{0670}' | '\u{0640}')
}

/// Lower case, without vowel signs, with one spelling for letters that people interchange.
fn normalized(word: &str) -> String {
    word.chars()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ة' => 'ه',
            'ى' => 'ي',
            'ё' => 'е',
            other => other,
        })
        .collect()
}
