//! Which messages are nothing but thanks.

use super::*;

#[test]
fn short_thanks_are_recognised_in_three_languages() {
    for text in [
        "Спасибо!",
        "спасибо",
        "Большое спасибо за помощь!",
        "Спасибо, всё работает.",
        "Благодарю за оперативный ответ",
        "СПАСИБО ОГРОМНОЕ!!! 🙏",
        "Отлично, спасибо :)",
        "Добрый день! Спасибо, проблема решена.",
        "Спс",
        "Thanks!",
        "thank you very much",
        "Thx 👍",
        "Thanks a lot for your help",
        "Perfect, thank you!",
        "Great, thanks. It works now.",
        "Many thanks, best regards",
        "OK thanks",
        "Thank you so much!!!\n\n",
        "شكرا",
        "شكراً جزيلاً",
        "شكرا لكم على المساعدة",
        "شكرًا لك",
        "تمام شكرا",
        "جزاك الله خيرا شكرا",
        "مشكور يعطيك العافية",
    ] {
        assert!(is_thanks_only(text), "{text}");
    }
}

#[test]
fn a_message_that_says_more_is_a_message() {
    for text in [
        "",
        "   ",
        "👍",
        "ok",
        "да",
        "Hello",
        "Спасибо, но не работает",
        "Спасибо. А когда будет готово?",
        "Спасибо, ждём исправления в модуле склада",
        "Не спасибо",
        "Спасибо, жду звонка по номеру 12345",
        "Thanks, but it still fails",
        "Thank you. When will it be fixed?",
        "Thanks, it does not work",
        "No thanks",
        "Thanks, please call me",
        "Thanks, see https://example.com",
        "thanks, order 4711",
        "شكرا لكن المشكلة موجودة",
        "شكرا، متى يتم الحل؟",
        "لا شكرا",
    ] {
        assert!(!is_thanks_only(text), "{text}");
    }
}

#[test]
fn thanks_with_the_matter_unsettled_are_a_message() {
    for text in [
        "Thanks. I have the issue again.",
        "Thanks, this is resolved. I have the problem again",
        "Спасибо, ещё вопрос",
        "Спасибо, проблема",
        "شكرا المشكلة",
        "Да, спасибо",
        "Yes, thanks",
    ] {
        assert!(!is_thanks_only(text), "{text}");
    }
    for text in ["Спасибо, вопрос решён", "Thanks, the problem is fixed now", "شكرا تم حل المشكلة", "Thanks again!"]
    {
        assert!(is_thanks_only(text), "{text}");
    }
}

#[test]
fn a_long_message_is_a_message() {
    assert!(!is_thanks_only(&"thanks ".repeat(15)));
    assert!(!is_thanks_only(&"спасибо ".repeat(100)));
}
