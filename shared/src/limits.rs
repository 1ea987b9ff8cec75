//! Every limit of the product, with its reason.

/// Bound parameters of one D1 statement (platform limit).
pub const BOUND_PARAMETERS_MAX: usize = 100;
/// Bytes of a JSON or form body. The largest text field is 64 KiB of UTF-8; a form may hold a few of them.
pub const BODY_BYTES_MAX: usize = 512 * 1024;
/// Characters of a ticket's title: fits a mail subject (998 octets, RFC 5322) in any script after encoding.
pub const TITLE_CHARS_MAX: usize = 200;
/// Bytes of a description or comment. A row may hold 2 MB on D1; a page of many comments must stay light.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Bytes of one attachment (specification 2.1.1: 50 MB).
pub const ATTACHMENT_BYTES_MAX: u64 = 50 * 1024 * 1024;
/// Attachments of one request.
pub const ATTACHMENTS_PER_REQUEST_MAX: usize = 10;
/// Attachments of one ticket: what its page lists.
pub const ATTACHMENTS_PER_TICKET_MAX: u32 = 500;
/// Unfinished uploads of one ticket: one page cannot fill the storage with beginnings.
pub const UPLOADS_PER_TICKET_MAX: u32 = 50;
/// Unfinished uploads of one person, on all tickets.
pub const UPLOADS_PER_PERSON_MAX: u32 = 100;
/// Bytes that they announce together: forty of the largest files.
pub const UPLOAD_BYTES_PER_PERSON_MAX: u64 = 40 * ATTACHMENT_BYTES_MAX;
/// Files that one person sends within [`FILE_QUOTA_SECONDS`], through every door but that of mail: far beyond a day's work, and too few to
/// fill the storage unseen.
pub const FILES_PER_PERSON_MAX: u32 = 500;
/// Their bytes: a hundred of the largest files.
pub const FILE_BYTES_PER_PERSON_MAX: u64 = 100 * ATTACHMENT_BYTES_MAX;
/// The time in which files of one person are counted: a day.
pub const FILE_QUOTA_SECONDS: i64 = 24 * 3600;
/// Seconds that an unfinished upload waits for its next piece: over a night without line.
pub const UPLOAD_SECONDS: i64 = 24 * 3600;
/// Bytes of a part in R2 multipart uploads: the least that R2 takes for all parts but the last.
pub const PART_BYTES: usize = 5 * 1024 * 1024;
/// Bytes of an incoming mail (Email Routing's own limit).
pub const MAIL_IN_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Bytes of an outgoing mail (the platform's `send_email` limit).
pub const MAIL_OUT_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Keyboard shortcuts that one person has chosen: every command may have one, with room for those to come.
pub const SHORTCUTS_MAX: usize = 100;
/// Characters of a shortcut, and of the name of its command.
pub const SHORTCUT_CHARS_MAX: usize = 40;
/// Tags on one ticket.
pub const TAGS_MAX: usize = 30;
/// Characters of a tag.
pub const TAG_CHARS_MAX: usize = 50;
/// Followers and CC addresses of one ticket: a mail may have 50 recipients.
pub const FOLLOWERS_MAX: usize = 40;
/// Bytes of all custom fields of a ticket as JSON.
pub const CUSTOM_FIELDS_BYTES_MAX: usize = 16 * 1024;
/// Rows of a list page.
pub const PAGE_ROWS_MAX: u32 = 100;
/// Rows of a list page when the request does not say.
pub const PAGE_ROWS_DEFAULT: u32 = 25;
/// Tickets of one bulk action (a batch of statements each).
pub const BULK_TICKETS_MAX: usize = 100;
/// Messages that wait on one ticket to go out: the page shows them all.
pub const PENDING_PER_TICKET_MAX: u32 = 20;
/// People to whom a message can be forwarded at once: more is a mailing.
pub const FORWARD_RECIPIENTS_MAX: usize = 10;
/// Bytes of files that go along with a forwarded message: coded for a mail they are a third more, and the platform's sender takes 5 MiB.
pub const FORWARD_FILES_BYTES_MAX: u64 = 3_500 * 1024;
/// Bytes of the conversation that a forwarded message quotes.
pub const FORWARD_QUOTED_BYTES_MAX: usize = 64 * 1024;
/// People whom one note can name: more is a meeting.
pub const MENTIONS_MAX: usize = 10;
/// Members of the desk among whom a note can name somebody: the list is put together person by person.
pub const MENTIONABLE_MAX: u32 = 200;
/// Days after which nobody sends a message later.
pub const PENDING_DAYS_MAX: i64 = 365;
/// Tickets that one person can have put off: what is hidden must not grow without end.
pub const SNOOZED_MAX: u32 = 200;
/// Reminders that one person can have.
pub const REMINDERS_MAX: u32 = 200;
/// Characters of a reminder.
pub const REMINDER_CHARS_MAX: usize = 500;
/// Days for which something can be put off at most.
pub const SNOOZE_DAYS_MAX: i64 = 366;
/// Comments that `include=comments` and the ticket page carry at once.
pub const COMMENTS_PER_PAGE: u32 = 100;
/// Lines of the history that a page of the conversation reads: one a comment, and as many changes between them.
pub const HISTORY_PER_PAGE: u32 = 200;
/// Characters of a search.
pub const SEARCH_CHARS_MAX: usize = 200;
/// Views that one person can save: more than anybody finds their way about.
pub const VIEWS_MAX: u32 = 50;
/// Views of one kind (one's own, the desk's, the groups') that the navigation lists and counts.
pub const VIEWS_IN_NAVIGATION: u32 = 12;
/// Tickets that are looked at to count a view: the count of a larger one says "or more".
pub const VIEW_COUNT_LOOKED: u32 = 200;
/// The largest count that is shown as it is.
pub const VIEW_COUNT_MAX: u32 = 99;
/// Seconds that an access token lives.
pub const ACCESS_TOKEN_SECONDS: i64 = 30 * 60;
/// Seconds that an access token of a service account lives: a program gets the next one by itself.
pub const KEY_TOKEN_SECONDS: i64 = 15 * 60;
/// Seconds that a refresh token lives.
pub const REFRESH_TOKEN_SECONDS: i64 = 7 * 24 * 3600;
/// Seconds after which a program's session ends however often it is refreshed: 30 days, what NIST 800-63B-4 allows at its first level.
pub const PROGRAM_SESSION_SECONDS: i64 = 30 * 24 * 3600;
/// Seconds that a browser session lives.
pub const SESSION_SECONDS: i64 = 12 * 3600;
/// Sign-in attempts of one account from one network within [`LOGIN_WINDOW_SECONDS`]. Counting by both keeps a stranger
/// from locking the owner out.
pub const LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK: i64 = 10;
/// Sign-in attempts of one network, whatever the account.
pub const LOGIN_ATTEMPTS_PER_NETWORK: i64 = 100;
/// Sign-in attempts on one account from anywhere (NIST 800-63B: at most 100 in a row). Beyond it only networks are let in from
/// which the account was signed in to before, each within [`LOGIN_ATTEMPTS_PER_ACCOUNT_NETWORK`].
pub const LOGIN_ATTEMPTS_PER_ACCOUNT: i64 = 100;
/// The window for counting sign-in attempts.
pub const LOGIN_WINDOW_SECONDS: i64 = 15 * 60;
/// Bytes of a password: Argon2 takes any length, the body limit does not.
pub const PASSWORD_BYTES_MAX: usize = 1024;
/// Least and most characters that a tenant can ask for of a password that is the only factor (NIST 800-63B-4: at least 15, and no more may be
/// asked for than everybody can type).
pub const PASSWORD_CHARS_MIN: (u32, u32) = (15, 64);
/// The same before a second factor (NIST 800-63B-4: at least 8).
pub const PASSWORD_CHARS_MIN_BEFORE_SECOND: (u32, u32) = (8, 64);
/// Seconds that an Idempotency-Key is remembered.
pub const IDEMPOTENCY_SECONDS: i64 = 24 * 3600;
/// Characters of an Idempotency-Key.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 255;
/// Seconds that the tenant of a host is remembered by an isolate.
pub const TENANT_CACHE_SECONDS: i64 = 30;
/// Seconds that a rating link works (two weeks).
pub const RATING_LINK_SECONDS: i64 = 14 * 24 * 3600;
/// Seconds within which a rating may be edited (24 h).
pub const RATING_EDIT_SECONDS: i64 = 24 * 3600;
/// Seconds that a link to confirm an address works: over a weekend's night, not over a lost mailbox.
pub const CONFIRMATION_LINK_SECONDS: i64 = 48 * 3600;
/// Seconds that a link to choose a new password works (the mail says one hour).
pub const RESET_LINK_SECONDS: i64 = 3600;
/// Seconds that the link works by which somebody whom an administrator added chooses a password.
pub const INVITATION_LINK_SECONDS: i64 = 72 * 3600;
/// Mails about an account to one address within [`ACCOUNT_MAIL_WINDOW_SECONDS`]: nobody can be flooded through our forms.
pub const ACCOUNT_MAILS_PER_ADDRESS: i64 = 3;
/// Such mails that one network can cause, whatever the address. An office behind one address registers in a day.
pub const ACCOUNT_MAILS_PER_NETWORK: i64 = 30;
/// The window for counting them.
pub const ACCOUNT_MAIL_WINDOW_SECONDS: i64 = 3600;
/// Ratings by link that one network can send within [`RATING_WINDOW_SECONDS`]. An office behind one address rates in a day.
pub const RATINGS_PER_NETWORK: i64 = 60;
/// The window for counting them.
pub const RATING_WINDOW_SECONDS: i64 = 3600;
/// Characters of a person's, organization's, department's or category's name.
pub const NAME_CHARS_MAX: usize = 120;
/// Characters of the words that come with a rating.
pub const RATING_COMMENT_CHARS_MAX: usize = 2000;
/// Characters of one text in an audit line: enough to see what was changed; the whole text is where it was changed.
pub const AUDIT_TEXT_CHARS_MAX: usize = 2000;
/// Seconds within which one person who is refused one route makes one line of the audit log: a flood of requests cannot fill it.
pub const AUDIT_REFUSAL_SECONDS: i64 = 10 * 60;
/// Lines that the sealer reads and seals in one step: some hundred kilobytes of rows.
pub const AUDIT_SEALS_AT_ONCE: u32 = 500;
/// Steps of one run of the sealer. A tenant that writes more than 5,000 lines in the five minutes between two sweeps waits longer.
pub const AUDIT_SEAL_STEPS: u32 = 10;
/// Sealed lines after which a checkpoint is signed at once.
pub const AUDIT_CHECKPOINT_ROWS: i64 = 1000;
/// Seconds after which a checkpoint is signed when there is anything new.
pub const AUDIT_CHECKPOINT_SECONDS: i64 = 3600;
/// Lines that one request checks.
pub const AUDIT_VERIFY_ROWS: u32 = 500;
/// Checkpoints that one request checks.
pub const AUDIT_VERIFY_CHECKPOINTS: u32 = 50;
/// Faults that one request names; the first is what matters.
pub const AUDIT_FAULTS_MAX: usize = 20;
/// Lines of the audit log that one request looks at when a filter is not carried by an index.
pub const AUDIT_SCAN_ROWS: u32 = 1000;
/// Lines of one export; a link leads to the next.
pub const AUDIT_EXPORT_ROWS_MAX: u32 = 2000;
/// Seconds within which the second factor must follow the password.
pub const CHALLENGE_SECONDS: i64 = 5 * 60;
/// Codes that can be tried after one right password.
pub const CHALLENGE_TRIES: i64 = 5;
/// Codes of one person that can be tried from one network within [`LOGIN_WINDOW_SECONDS`].
pub const CODE_TRIES_PER_NETWORK: i64 = 5;
/// Codes of one person that can be tried from anywhere within [`LOGIN_WINDOW_SECONDS`]: whoever knows the password and tries all day
/// from many networks hits a code with a chance of less than 1 in 200, and the person has long been written to.
pub const CODE_TRIES_PER_ACCOUNT: i64 = 15;
/// Seconds that a code by SMS is good for (NIST 800-63B, 3.1.3.2: ten minutes at most).
pub const SMS_CODE_SECONDS: i64 = 10 * 60;
/// Tries of one code by SMS.
pub const SMS_CODE_TRIES: i64 = 5;
/// Seconds between two codes by SMS to one person.
pub const SMS_WAIT_SECONDS: i64 = 60;
/// Codes by SMS that one person can have sent within [`SMS_WINDOW_SECONDS`].
pub const SMS_PER_ACCOUNT: i64 = 10;
/// Codes by SMS that go to one number within [`SMS_WINDOW_SECONDS`], whoever asks for them.
pub const SMS_PER_NUMBER: i64 = 10;
/// Codes by SMS of one tenant within [`SMS_WINDOW_SECONDS`]: each costs money, and numbers that cost much are asked for on purpose.
pub const SMS_PER_TENANT: i64 = 500;
/// The window for counting codes by SMS: a day.
pub const SMS_WINDOW_SECONDS: i64 = 24 * 3600;
/// Minutes for which a proof of identity is good enough for what is dangerous.
pub const STEP_UP_MINUTES: i64 = 15;
/// Minutes within which the use of a session is noted once.
pub const SESSION_SEEN_MINUTES: i64 = 5;
/// Seconds within which the use of an API key is noted once.
pub const KEY_USED_SECONDS: i64 = 60;
/// Least and most days that an API key lives: a secret that lies in a program's settings has to be changed once a year.
pub const KEY_DAYS: (u32, u32) = (1, 365);
/// Most hours for which a key that was rotated goes on being good beside the next one.
pub const KEY_OVERLAP_HOURS_MAX: u32 = 168;
/// Live keys of one service account: one a program, and two of each while they are rotated.
pub const KEYS_PER_ACCOUNT_MAX: u32 = 20;
/// Networks from which a key may be used.
pub const KEY_NETWORKS_MAX: usize = 20;
/// Service accounts of one tenant: one a system that is connected.
pub const SERVICE_ACCOUNTS_MAX: u32 = 100;
/// Least and most minutes without use after which a browser session ends. Below the least it would end between two notes of its use.
pub const SESSION_IDLE_MINUTES: (u32, u32) = (15, 43_200);
/// Least and most hours after which a browser session ends in any case: 30 days is what NIST 800-63B-4 allows at its first level.
pub const SESSION_ABSOLUTE_HOURS: (u32, u32) = (1, 720);
/// Lines of a person's own signing in and out on the security page.
pub const SIGN_INS_SHOWN: u32 = 20;
/// Characters of what a role or group is for: two lines of a list.
pub const DESCRIPTION_CHARS_MAX: usize = 300;
/// Seconds that the challenge of a passkey is good for: people look for their telephone, and W3C Web Authentication (15.1) has browsers
/// wait for as long.
pub const PASSKEY_CHALLENGE_SECONDS: i64 = 5 * 60;
/// Challenges that one network, or somebody who is signed in, can ask for within [`LOGIN_WINDOW_SECONDS`]: each view of the sign-in page asks
/// for one, and an office has one address.
pub const PASSKEY_CHALLENGES_AT_ONCE: i64 = 300;
/// Devices on which one person is told of what happens: each gets its own copy of every notice.
pub const DEVICES_MAX: u32 = 20;
/// Days after which a device that has not opened the portal is told nothing any more.
pub const DEVICE_DAYS: i64 = 60;
/// Passkeys of one person.
pub const PASSKEYS_MAX: u32 = 20;
/// Bytes of one part of what an authenticator sends; the largest keys that are taken need a tenth.
pub const PASSKEY_PART_BYTES_MAX: usize = 16 * 1024;
/// Bytes of a credential's id (W3C Web Authentication, 7.1).
pub const CREDENTIAL_ID_BYTES_MAX: usize = 1023;
/// Characters of a passkey's name.
pub const PASSKEY_NAME_CHARS_MAX: usize = 60;
/// Requests of one address or account in a minute, where the tenant sets nothing else, and how many more may come at once.
pub const RATE_PER_MINUTE: u32 = 100;
/// See [`RATE_PER_MINUTE`].
pub const RATE_BURST: u32 = 20;
/// Least and most requests in a minute that a tenant can set: below the least its own people could not look at pages.
pub const RATE_PER_MINUTE_RANGE: (u32, u32) = (30, 10_000);
/// Most requests beyond the rate that a tenant can set.
pub const RATE_BURST_MAX: u32 = 10_000;
/// What all accounts behind one address may send together, in rates of one: an office has many people and one address.
pub const RATE_ADDRESS_TIMES: u32 = 10;
/// What all visitors of a tenant, and again all its people, may send together, in rates of one.
pub const RATE_TENANT_TIMES: u32 = 50;
/// Requests of one monitor in a minute.
pub const HEALTH_PER_MINUTE: u32 = 600;
/// Mails of one relay in a minute.
pub const MAIL_DOOR_PER_MINUTE: u32 = 1_200;
/// What the platform's own limiter lets through of one key in a minute: `simple.limit` of the binding in `wrangler.toml`.
pub const VOLUME_SLICE: u32 = 60;
/// Counts that an isolate remembers.
pub const COUNTS_MAX: usize = 20_000;
/// Seconds that an isolate remembers that a credential was somebody's: long enough for whoever reads a page, and it opens nothing.
pub const KNOWN_CREDENTIAL_SECONDS: i64 = 15 * 60;
/// Seconds that an isolate remembers which addresses a tenant has blocked.
pub const BLOCKS_CACHE_SECONDS: i64 = 30;
/// Seconds until what could not be read of blocked addresses is asked for again: these questions are counted by nobody.
pub const BLOCKS_RETRY_SECONDS: i64 = 3;
/// Blocked ranges of one tenant: each request is compared with all of them.
pub const BLOCKS_MAX: u32 = 1_000;
/// The widest range of IPv4 that can be blocked, in bits that count.
pub const BLOCK_PREFIX_V4_MIN: u8 = 16;
/// The widest range of IPv6 that can be blocked: what a provider is given.
pub const BLOCK_PREFIX_V6_MIN: u8 = 32;
/// Sign-ins that are refused from one network within [`LOGIN_WINDOW_SECONDS`] before the network is blocked, where nobody has signed in from
/// it before.
pub const BLOCK_AFTER_REFUSALS: i64 = 50;
/// Seconds for which a network is blocked by itself.
pub const BLOCK_SECONDS: i64 = 3600;
/// Seconds back that the watch for attacks looks at: three sweeps, so that one that is lost hides nothing.
pub const ALERT_WINDOW_SECONDS: i64 = 15 * 60;
/// Lines of one kind that it looks at.
pub const ALERT_LINES: u32 = 2_000;
/// Accounts that are tried from one network within the window before that is called spraying.
pub const ALERT_SPRAYED_ACCOUNTS: usize = 10;
/// Sign-ins that are refused for one account within the window before somebody is told.
pub const ALERT_ACCOUNT_REFUSALS: usize = 20;
/// Different routes that one person is refused within the window before somebody is told.
pub const ALERT_REFUSED_ROUTES: usize = 10;
/// Exports by one person within the window before somebody is told.
pub const ALERT_EXPORTS: usize = 5;
/// Seconds within which nobody comes from one country to another.
pub const ALERT_TRAVEL_SECONDS: i64 = 3600;
/// Days back in which a country must have been seen so as not to be new.
pub const ALERT_COUNTRY_DAYS: i64 = 90;
/// Alerts that one run raises; others come with the next.
pub const ALERTS_AT_ONCE: usize = 20;
/// Addresses that alerts are mailed to.
pub const ALERT_CONTACTS_MAX: usize = 10;
/// Days for which an alert can be silenced.
pub const ALERT_SILENCE_DAYS_MAX: i64 = 366;
/// Origins that a tenant lets use its API: each request of another site's page is compared with all of them.
pub const CORS_ORIGINS_MAX: usize = 20;
/// Characters of a key of Turnstile's.
pub const TURNSTILE_KEY_CHARS_MAX: usize = 100;
/// How deep elements of an XML document stand in one another; SAML's own go to a dozen.
pub const XML_DEPTH_MAX: usize = 48;
/// Elements of an XML document.
pub const XML_ELEMENTS_MAX: usize = 10_000;
/// Attributes and declarations of one element.
pub const XML_ATTRIBUTES_MAX: usize = 64;
/// Prefixes that stand for something at one place of a document: each use of one is looked up among them.
pub const XML_NAMESPACES_MAX: usize = 128;
/// Prefixes that a signature asks to be declared anyway.
pub const XML_PREFIXES_MAX: usize = 32;
/// Bytes of the canonical form of a document, in which declarations are repeated.
pub const XML_CANONICAL_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of a SAML message; an assertion with hundreds of groups has a tenth.
pub const SAML_MESSAGE_BYTES_MAX: usize = 256 * 1024;
/// Bytes of an identity provider's metadata; the largest in use describe more than sign-in and have 100 KB.
pub const SAML_METADATA_BYTES_MAX: usize = 512 * 1024;
/// Keys of one identity provider: the present one, the next one, and as many again for a second machine.
pub const SAML_KEYS_MAX: usize = 4;
/// Seconds that the clocks of an identity provider and ours may be apart.
pub const SAML_SKEW_SECONDS: i64 = 120;
/// Seconds after its making for which an assertion is taken at most, whatever it says itself: for as long it has to be remembered.
pub const SAML_ASSERTION_SECONDS: i64 = 3600;
/// The same for an order to sign somebody out, and the answer to one.
pub const SAML_LOGOUT_SECONDS: i64 = 5 * 60;
/// Values of one attribute, and attributes of one assertion, that are read; the rest is passed over.
pub const SAML_VALUES_MAX: usize = 1000;

/// Characters of a text that a tenant puts in place of the product's: the longest of ours, a choice among thirty, has half of it.
pub const OWN_TEXT_CHARS_MAX: usize = 4_000;
/// Placeables of such a text. The parser goes down into each; ours have thirty-odd.
pub const OWN_TEXT_DEPTH_MAX: usize = 120;
/// Texts of a tenant's own in all languages together: more than the product has in one.
pub const OWN_TEXTS_MAX: u32 = 4_000;
/// Tickets that "recently viewed" shows: what fits a menu.
pub const RECENT_TICKETS: u32 = 20;
/// Tabs that a person has open: beyond it nobody finds one again.
pub const TABS_MAX: u32 = 20;
/// Cards that a column of a board begins with, and that are added at a time.
pub const BOARD_CARDS: u32 = 20;
/// Columns of a board at once: a batch asks for each of them.
pub const BOARD_COLUMNS: usize = 12;

/// Bytes of a table of tickets or people that is brought in.
pub const IMPORT_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Rows of such a table.
pub const IMPORT_ROWS_MAX: usize = 20_000;
/// Columns of such a table: no helpdesk exports as many.
pub const IMPORT_COLUMNS_MAX: usize = 100;
/// Rows that one run of the import brings in: each ticket is a batch of a dozen statements, and an invocation has a thousand.
pub const IMPORT_ROWS_AT_ONCE: usize = 25;
/// Bytes of names that one statement about such rows asks for: a bound value holds 2 MB on D1.
pub const IMPORT_ASKED_BYTES_MAX: usize = 1_000_000;
/// Characters of an id that another system has given.
pub const EXTERNAL_ID_CHARS_MAX: usize = 200;
/// Faults that a dry run names; what is counted is counted whole.
pub const IMPORT_FAULTS_MAX: usize = 2_000;
/// Days for which an import, its table and its report are kept.
pub const IMPORT_DAYS: i64 = 30;
