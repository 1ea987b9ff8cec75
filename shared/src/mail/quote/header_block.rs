//! The block of "From: Sent: To: Subject:" that Outlook and its kin put above what they quote, and the lines
//! that announce it.

/// Lines after the first that may belong to the block.
const BLOCK_LINES_MAX: usize = 8;

const FROM: &[&str] = &[
    "from",
    "от",
    "от кого",
    "від",
    "von",
    "de",
    "da",
    "van",
    "od",
    "kimden",
    "gönderen",
    "差出人",
    "送信者",
    "发件人",
    "寄件者",
    "보낸 사람",
    "보낸사람",
    "من",
    "fra",
    "från",
    "lähettäjä",
    "από",
    "feladó",
    "de la",
    "expéditeur",
    "מאת",
    "từ",
    "dari",
    "кімнен",
    "kimdan",
];
const OTHERS: &[&str] = &[
    // sent, date
    "sent",
    "date",
    "отправлено",
    "дата",
    "надіслано",
    "gesendet",
    "datum",
    "envoyé",
    "envoye",
    "enviado",
    "enviada em",
    "enviado el",
    "fecha",
    "data",
    "inviato",
    "verzonden",
    "wysłano",
    "gönderildi",
    "gönderme tarihi",
    "tarih",
    "送信日時",
    "日付",
    "日時",
    "发送时间",
    "日期",
    "寄件日期",
    "보낸 날짜",
    "날짜",
    "تاريخ الإرسال",
    "التاريخ",
    "تم الإرسال",
    "أُرسلت",
    "sendt",
    "skickat",
    "odesláno",
    "odoslané",
    "elküldve",
    "trimis",
    "נשלח",
    "dato",
    "lähetetty",
    "στάλθηκε",
    // to, cc
    "to",
    "кому",
    "an",
    "à",
    "a",
    "para",
    "aan",
    "do",
    "kime",
    "宛先",
    "收件人",
    "받는 사람",
    "받는사람",
    "إلى",
    "til",
    "till",
    "vastaanottaja",
    "προς",
    "címzett",
    "către",
    "אל",
    "cc",
    "копия",
    "копія",
    "kopie",
    "копии",
    "참조",
    "抄送",
    "نسخة",
    "dw",
    "bilgi",
    "kopia",
    "副本",
    // subject
    "subject",
    "тема",
    "betreff",
    "objet",
    "asunto",
    "oggetto",
    "assunto",
    "onderwerp",
    "temat",
    "konu",
    "件名",
    "主题",
    "主旨",
    "제목",
    "الموضوع",
    "emne",
    "ämne",
    "aihe",
    "θέμα",
    "předmět",
    "predmet",
    "tárgy",
    "subiect",
    "נושא",
    "تاريخ",
    "importance",
    "важность",
    "priorität",
];

/// A line that says "Original Message" between dashes. A forwarded message is new text and is not among these.
const ORIGINAL: &[&str] = &[
    "original message",
    "исходное сообщение",
    "оригинальное сообщение",
    "первоначальное сообщение",
    "вихідне повідомлення",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "oorspronkelijk bericht",
    "wiadomość oryginalna",
    "oryginalna wiadomość",
    "orijinal mesaj",
    "özgün ileti",
    "元のメッセージ",
    "原始邮件",
    "原始郵件",
    "邮件原件",
    "원본 메일",
    "원본 메시지",
    "الرسالة الأصلية",
    "original meddelelse",
    "originalmeddelande",
    "alkuperäinen viesti",
    "αρχικό μήνυμα",
    "původní zpráva",
    "eredeti üzenet",
    "mesaj original",
    "reply message",
];

/// Whether the line is `----- Original Message -----` in some language.
pub(super) fn is_original_separator(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 120 || !(line.starts_with("--") || line.starts_with("__") || line.starts_with('—')) {
        return false;
    }
    let inside = line.trim_matches(['-', '_', '—', ' ', '\u{a0}']).to_lowercase();
    ORIGINAL.contains(&inside.as_str())
}

/// Whether a header block begins here: a From line at the start of a paragraph, then at least two other
/// fields close by. A rule of underscores before it belongs to it.
pub(super) fn begins(lines: &[&str], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    if is_rule(line) {
        let next = lines.iter().enumerate().skip(at + 1).take(2).find(|(_, line)| !line.trim().is_empty());
        return next.is_some_and(|(next, line)| is_from(line) && has_fields(lines, next));
    }
    let starts_paragraph =
        at == 0 || lines.get(at - 1).is_some_and(|before| before.trim().is_empty() || is_rule(before) || is_forward(before));
    starts_paragraph && is_from(line) && has_fields(lines, at) && !follows_a_forward(lines, at)
}

fn has_fields(lines: &[&str], at: usize) -> bool {
    let mut fields = 0;
    for line in lines.iter().skip(at + 1).take(BLOCK_LINES_MAX) {
        match field(line) {
            Some(name) if OTHERS.contains(&name.as_str()) => fields += 1,
            _ => {}
        }
    }
    fields >= 2
}

fn is_from(line: &str) -> bool {
    field(line).is_some_and(|name| FROM.contains(&name.as_str()))
}

/// `*From :* x` -> `from`.
fn field(line: &str) -> Option<String> {
    let (name, _) = line.split_once([':', '：'])?;
    if name.len() > 60 {
        return None;
    }
    Some(
        name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '\u{200e}' | '\u{200f}' | '\u{202b}'))
            .to_lowercase(),
    )
}

/// A line of underscores or dashes.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && line.chars().all(|c| matches!(c, '_' | '-' | '─' | '—'))
}

fn follows_a_forward(lines: &[&str], at: usize) -> bool {
    lines.iter().take(at).rev().take(3).any(|line| is_forward(line))
}

/// `---------- Forwarded message ----------`, `Begin forwarded message:`.
fn is_forward(line: &str) -> bool {
    const FORWARDED: [&str; 14] = [
        "forwarded message",
        "пересылаемое сообщение",
        "пересланное сообщение",
        "переадресоване повідомлення",
        "weitergeleitete nachricht",
        "message transféré",
        "mensaje reenviado",
        "messaggio inoltrato",
        "mensagem encaminhada",
        "doorgestuurd bericht",
        "wiadomość przekazana",
        "iletilmiş mesaj",
        "転送されたメッセージ",
        "رسالة معاد توجيهها",
    ];
    line.len() < 200 && {
        let line = line.to_lowercase();
        FORWARDED.iter().any(|words| line.contains(words))
    }
}
