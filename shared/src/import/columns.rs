//! What a column means: the fields that there are, a guess by what the column is called, and the meaning that somebody gives it.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportKind)]
pub enum Kind {
    /// Tickets.
    Tickets,
    /// People.
    Users,
}

impl Kind {
    /// The name in JSON, in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Users => "users",
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Tickets, Self::Users].into_iter().find(|kind| kind.as_str() == text)
    }

    /// Its fields, in the order in which they are offered.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Tickets => TICKET_FIELDS,
            Self::Users => PERSON_FIELDS,
        }
    }

    fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}

/// Something that a column can mean.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in JSON and in forms.
    pub name: &'static str,
    /// Whether there must be a column of it.
    pub is_required: bool,
    /// What programs and people call it, in small letters and digits alone.
    called: &'static [&'static str],
}

const fn field(name: &'static str, is_required: bool, called: &'static [&'static str]) -> Field {
    Field { name, is_required, called }
}

#[rustfmt::skip]
const TICKET_FIELDS: &[Field] = &[
    field("title", true, &["title", "subject", "summary", "тема", "заголовок", "название", "العنوان", "الموضوع"]),
    field("description", false, &["description", "body", "text", "details", "message", "описание", "текст", "сообщение", "الوصف", "النص"]),
    field("requester", true, &["requester", "requesteremail", "email", "mail", "customeremail", "contact", "client", "клиент", "почта",
        "эл.почта", "электроннаяпочта", "адресклиента", "заявитель", "автор", "البريدالإلكتروني", "البريد", "مقدمالطلب", "العميل"]),
    field("requester_name", false, &["requestername", "customer", "customername", "name", "имя", "имяклиента", "фио", "الاسم", "اسمالعميل"]),
    field("priority", false, &["priority", "urgency", "приоритет", "срочность", "важность", "الأولوية"]),
    field("status", false, &["status", "state", "статус", "состояние", "الحالة"]),
    field("category", false, &["category", "type", "topic", "категория", "тип", "الفئة", "التصنيف"]),
    field("department", false, &["department", "group", "team", "queue", "отдел", "группа", "подразделение", "القسم"]),
    field("assignee", false, &["assignee", "assignedto", "agent", "owner", "исполнитель", "ответственный", "инженер", "المكلف", "المسؤول"]),
    field("tags", false, &["tags", "labels", "метки", "теги", "الوسوم"]),
    field("created_at", false, &["createdat", "created", "date", "opened", "openedat", "дата", "создана", "создано", "датасоздания", "التاريخ",
        "تاريخالإنشاء"]),
    field("resolved_at", false, &["resolvedat", "resolved", "solvedat", "closedat", "closed", "решена", "закрыта", "датарешения",
        "датазакрытия", "تاريخالحل", "تاريخالإغلاق"]),
    field("external_id", false, &["externalid", "id", "number", "ticketid", "key", "номер", "ид", "внешнийид", "المعرف", "الرقم"]),
];

#[rustfmt::skip]
const PERSON_FIELDS: &[Field] = &[
    field("email", true, &["email", "mail", "emailaddress", "login", "почта", "эл.почта", "электроннаяпочта", "адрес", "البريدالإلكتروني", "البريد"]),
    field("name", true, &["name", "fullname", "displayname", "имя", "фио", "полноеимя", "الاسم", "الاسمالكامل"]),
    field("organization", false, &["organization", "organisation", "company", "account", "организация", "компания", "الشركة", "المؤسسة"]),
    field("department", false, &["department", "team", "отдел", "подразделение", "القسم"]),
    field("role", false, &["role", "роль", "الدور"]),
    field("language", false, &["language", "locale", "lang", "язык", "اللغة"]),
    field("time_zone", false, &["timezone", "zone", "часовойпояс", "المنطقةالزمنية"]),
];

/// A name as names are compared.
fn folded(name: &str) -> String {
    name.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// What the columns of these names mean, as far as it can be told: each field once, the first that is called so.
pub fn guess(kind: Kind, headers: &[String]) -> Vec<Option<&'static str>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut meanings = Vec::new();
    for header in headers {
        let header = folded(header);
        let found = kind.fields().iter().find(|field| {
            let is_called = folded(field.name) == header || field.called.iter().any(|name| folded(name) == header);
            is_called && !taken.contains(&field.name)
        });
        taken.extend(found.map(|field| field.name));
        meanings.push(found.map(|field| field.name));
    }
    meanings
}

/// The meaning of each column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<Option<&'static str>>,
}

impl Mapping {
    /// Reads what somebody says: the name of a field, or nothing, for each of `count` columns. Faults of `mapping`: a field that is none
    /// (`unknown_value`), two columns of one meaning (`import_meant_twice`), a field without its column (`import_not_meant`), another
    /// number of columns (`import_columns`).
    pub fn parse(kind: Kind, count: usize, said: &[Option<String>]) -> Result<Self, Vec<FieldError>> {
        if said.len() != count {
            return Err(vec![FieldError::new("mapping", "import_columns").arg("count", count)]);
        }
        let mut faults = Vec::new();
        let mut columns: Vec<Option<&'static str>> = Vec::new();
        for (place, name) in said.iter().enumerate() {
            let field = name.as_deref().filter(|name| !name.is_empty()).map(|name| kind.field(name));
            match field {
                Some(None) => faults.push(FieldError::new(format!("mapping[{place}]"), "unknown_value")),
                Some(Some(field)) if columns.contains(&Some(field.name)) => {
                    faults.push(FieldError::new(format!("mapping[{place}]"), "import_meant_twice"));
                }
                _ => {}
            }
            columns.push(field.flatten().map(|field| field.name));
        }
        let missing = kind.fields().iter().filter(|field| field.is_required && !columns.contains(&Some(field.name)));
        faults.extend(missing.map(|field| FieldError::new("mapping", "import_not_meant").arg("name", field.name)));
        if faults.is_empty() { Ok(Self { columns }) } else { Err(faults) }
    }

    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.columns.len()
    }

    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|meaning| *meaning == Some(field))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Mapping, guess};

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn columns_are_known_by_what_they_are_called_in_three_languages() {
        let kind = Kind::Tickets;
        for headers in [
            ["Subject", "Requester email", "Priority", "Created at", "Whatever"],
            ["Тема", "Эл. почта", "Приоритет", "Дата создания", "Прочее"],
            ["الموضوع", "البريد الإلكتروني", "الأولوية", "تاريخ الإنشاء", "آخر"],
        ] {
            let expected = [Some("title"), Some("requester"), Some("priority"), Some("created_at"), None];
            assert_eq!(guess(kind, &names(&headers)), expected, "{headers:?}");
        }
        assert_eq!(guess(Kind::Users, &names(&["E-mail", "ФИО", "time_zone"])), [Some("email"), Some("name"), Some("time_zone")]);
    }

    #[test]
    fn a_field_is_guessed_once_though_headers_repeat() {
        assert_eq!(guess(Kind::Users, &names(&["email", "Email", "name", "name"])), [Some("email"), None, Some("name"), None]);
    }

    #[test]
    fn no_name_is_that_of_two_fields() {
        for kind in [Kind::Tickets, Kind::Users] {
            let called: Vec<String> =
                kind.fields().iter().flat_map(|field| field.called.iter().map(|name| super::folded(name))).collect();
            let mut once = called.clone();
            once.sort();
            once.dedup();
            assert_eq!(called.len(), once.len(), "{kind:?}");
        }
    }

    #[test]
    fn a_meaning_is_given_once_and_what_is_needed_is_there() {
        let codes = |said: &[&str]| -> Vec<&str> {
            let said: Vec<Option<String>> = said.iter().map(|name| (!name.is_empty()).then(|| (*name).to_owned())).collect();
            match Mapping::parse(Kind::Users, 3, &said) {
                Ok(_) => Vec::new(),
                Err(faults) => faults.into_iter().map(|fault| fault.code).collect(),
            }
        };
        assert!(codes(&["email", "", "name"]).is_empty());
        assert_eq!(codes(&["email", "email", "name"]), ["import_meant_twice"]);
        assert_eq!(codes(&["", "title", "name"]), ["unknown_value", "import_not_meant"]);
        assert_eq!(codes(&["email", "name"]), ["import_columns"]);
    }
}
