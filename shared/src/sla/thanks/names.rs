//! Names of people, as far as they can be known.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::reading::{Word, normalized};

/// Given names that are common where our languages are spoken, their short forms among them; none that is also a word of
/// another meaning in a message to a desk.
const COMMON: &str = "\
    Александр Александра Саша Алексей Лёша Алина Алла Анастасия Настя Андрей Анна Аня Антон Арина Артём Борис Вадим \
    Валентин Валентина Валерий Валерия Василий Вася Вероника Виктор Виктория Вика Виталий Владимир Вова Володя \
    Владислав Влад Вячеслав Слава Галина Галя Геннадий Георгий Глеб Григорий Данил Данила Дарья Даша Денис Диана Дмитрий \
    Дима Евгений Евгения Женя Егор Екатерина Катя Елена Лена Елизавета Лиза Захар Зоя Иван Ваня Игорь Ильдар Илья Инна \
    Ирина Ира Кирилл Константин Костя Ксения Ксюша Лариса Леонид Лидия Людмила Люда Максим Макс Марат Маргарита Рита \
    Марина Мария Маша Матвей Михаил Миша Надя Наталья Наталия Наташа Никита Николай Коля Нина Оксана Олег Олеся Ольга \
    Оля Павел Паша Пётр Петя Полина Роман Рома Руслан Рустам Светлана Семён Сергей Серёжа София Софья Станислав Степан \
    Тамара Татьяна Таня Тимофей Тимур Фёдор Эдуард Юлия Юля Юрий Юра Яна Ярослав \
    Иванович Ивановна Петрович Петровна Сергеевич Сергеевна Александрович Александровна Николаевич Николаевна \
    Владимирович Владимировна Михайлович Михайловна Викторович Викторовна Андреевич Андреевна Алексеевич Алексеевна \
    Дмитриевич Дмитриевна Васильевич Васильевна Анатольевич Анатольевна Юрьевич Юрьевна Игоревич Игоревна \
    James John Robert Michael Mike William David Richard Joseph Joe Thomas Tom Charles Chris Christopher Daniel Dan Matthew \
    Matt Anthony Tony Steven Steve Paul Andrew Andy Joshua Josh Kenneth Ken Kevin Brian George Edward Timothy Tim Jason \
    Jeffrey Jeff Ryan Jacob Jake Gary Nicholas Nick Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Ben Samuel \
    Sam Gregory Greg Alexander Alex Raymond Patrick Dennis Jerry Peter Pete Henry Adam Oliver Harry Mary Patricia \
    Jennifer Jenny Linda Elizabeth Liz Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley Kimberly \
    Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Kate Amy Angela \
    Anna Emma Olivia Sophia Sophie Julia Julie Rachel Maria Helen Lucy Alice Clara Claire Boris Ivan Olga Elena Natasha \
    Omar Ahmed Mohamed Mohammed Fatima Khalid Hassan \
    محمد أحمد محمود حسين عمر عثمان خالد يوسف إبراهيم عبدالله عبدالرحمن الرحمن مصطفى كريم طارق سامي ماهر هاني وائل ياسر \
    سالم سليمان فهد فيصل سلطان ناصر نورا فاطمة عائشة مريم زينب سارة ليلى هدى منى سلمى رانيا دينا هبة ريم نادر وليد \
    أيمن بلال زياد رامي سمير عادل عماد";

static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| COMMON.split_whitespace().map(normalized).collect());

/// Whose names count: the common ones, and those of the ticket's own people.
pub(super) struct People {
    own: HashSet<String>,
}

impl People {
    /// The common names and the words of these.
    pub fn of(names: &[&str]) -> Self {
        let words = names.iter().flat_map(|name| name.split(|c: char| !c.is_alphabetic()));
        Self { own: words.filter(|word| word.chars().count() > 1).map(normalized).collect() }
    }

    /// Whether the word is somebody's name. A word that means something else is no name by itself.
    pub fn knows(&self, word: &Word) -> bool {
        word.kinds == 0 && (KNOWN.contains(&word.text) || self.own.contains(&word.text))
    }
}
