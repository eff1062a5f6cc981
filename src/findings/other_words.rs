//! What others call the fields, words and codes of the format.

use super::respelled::{Table, in_table, is_one_of};
use crate::terms::state_codes::is_iso3;

/// Fields; of two that an object has, the first is meant.
const FIELDS: Table = &[
    ("remain", "ceiling|max|maximum|stay|cap|limit"),
    ("remain_share", "share|remain_percent"),
    ("withdraw", "leave|reduce|reduction|cut|redeploy"),
    ("withdraw_share", "withdraw_percent"),
    ("withdrawn", "left|gone|departed"),
    ("present", "count|number|troops|strength|remain|remaining|observed|value"),
    ("strength", "number|troops|count|size|amount|value"),
    ("on", "date|day|when"),
    ("as_of", "date|day|on|when"),
    ("by", "date|deadline|due|due_date|until|when|end"),
    ("date", "day|on|as_of|when"),
    ("adopted", "date|on"),
    ("published", "date|accessed"),
    ("act", "kind|type|event|action|what"),
    ("kind", "type|status"),
    ("title", "name|label|document|agreement"),
    ("name", "title|label"),
    ("note", "notes|remarks|comment|comments|description"),
    ("from", "start"),
    ("until", "end|to"),
    ("id", "key|code|number|step|phase"),
    ("parties", "signatories|states|actors|party|who"),
    ("forces", "troops|units|contingents|force"),
    ("phases", "steps|stages|schedule|milestones|timeline|phase"),
    ("limits", "limit|targets|ceilings"),
    ("record", "history|events|acts|timeline|chronology"),
    ("sources", "references|citations|bibliography|source"),
    ("source", "reference|ref|citation|sources"),
    ("party", "country|owner|state|nation"),
    ("role", "type|kind"),
    ("iso3", "iso|country|country_code"),
    ("baseline", "initial|start|current|strength|count"),
    ("unit", "units|counted_in"),
    ("instrument", "type|kind"),
    ("quote", "text|words"),
    ("clause", "article|paragraph|page"),
    ("changes", "change"),
    ("effective", "from|in_force"),
    ("conditions", "condition|if|subject_to"),
];

/// Words of closed lists.
const WORDS: Table = &[
    ("receiving", "host|host-state|host-nation|host-country|recipient|territorial-state"),
    ("sending", "sender|troop-contributor|troop-contributing|contributor|intervening|occupier"),
    ("mediator", "facilitator|broker"),
    ("verifier", "monitor|monitoring|verification|inspector"),
    ("witness", "observer"),
    ("opponent", "rebel|rebels|insurgent|insurgents|armed-group|rebel-group|movement|militia|non-state"),
    ("organisation", "organization|un|international-organisation|international-organization"),
    ("signatory", "party|signer"),
    ("approved", "ratified|ratification|consented|accepted|acceded|endorsed|confirmed|consent"),
    ("signed", "signed-by|signature|signing|sign"),
    ("adopted", "passed|enacted|voted|adoption|decided|authorised|authorized"),
    ("in-force", "entered-into-force|entry-into-force|came-into-force|effective|takes-effect"),
    ("announced", "declared|published|announcement|made-public|statement"),
    ("announcement-postponed", "postponed|delayed|announcement-delayed"),
    ("text-agreed", "agreed|negotiated|concluded|drafted|reached"),
    ("refused", "rejected|vetoed|declined|refusal"),
    ("consent-withdrawn", "revoked|withdrew-consent|consent-revoked"),
    ("domestic-step", "parliament-approved|cabinet-approved|parliamentary-approval"),
    ("provisionally-applied", "provisional-application|provisional"),
    ("terminated", "expired|ended|cancelled|canceled|denounced|termination"),
    ("notice-given", "notice|notified|denunciation"),
    ("paused", "halted|stopped"),
    ("suspended", "frozen|suspension"),
    ("resumed", "restarted|continued"),
    ("event", "happened|completed|handover|handed-over"),
    ("treaty", "convention|pact"),
    ("memorandum", "mou|memorandum-of-understanding"),
    ("resolution", "un-resolution|unsc-resolution|security-council-resolution|mandate"),
    ("declaration", "proclamation"),
    ("joint-statement", "statement|communique|joint-communique|joint-declaration"),
    ("plan", "roadmap|timetable|schedule"),
    ("binding", "required|mandatory|must"),
    ("envisaged", "planned|optional|intended|expected"),
    ("proposed", "planned|possible|suggested"),
    ("agreed", "approved|confirmed"),
    ("approval", "ratification|ratified|approved|parliament"),
    ("signature", "signed|sign|signing"),
    ("none", "no|not-needed|false"),
    ("execution", "implementation|withdrawal|start"),
    ("announcement", "announced|publication"),
    ("entry-into-force", "in-force"),
    ("count", "observed|estimate|estimated|actual|reported|report"),
    ("forecast", "planned|projected|expected"),
    ("doubtful", "unconfirmed|rumour|rumor|disputed"),
];

fn sought(names: Table, word: &str, known: &[&str]) -> Option<&'static str> {
    let is_meant = |(name, others): &&(&str, &str)| known.contains(name) && is_one_of(others, word);
    names.iter().find(is_meant).map(|(name, _)| *name)
}

/// The field that is sought under another name.
pub(super) fn field(name: &str, known: &[&str]) -> Option<&'static str> {
    sought(FIELDS, &name.to_lowercase().replace([' ', '-'], "_"), known)
}

/// The word of a closed list that is meant by another.
pub(super) fn word(word: &str, known: &[&str]) -> Option<&'static str> {
    sought(WORDS, &word.trim().to_lowercase().replace([' ', '_'], "-"), known)
}

/// Why codes of states that are no more, or that the standard does not assign, are none, with their numbers in other lists.
const NO_ISO3: Table = &[
    ("withdrawn from the standard in 1992; leave iso3 out, and write \"cow\": 365, \"gw\": 365", "SUN"),
    ("withdrawn from the standard in 2003; leave iso3 out, and write \"cow\": 345, \"gw\": 345", "YUG"),
    ("withdrawn from the standard in 2006; leave iso3 out, and write \"cow\": 345", "SCG"),
    ("withdrawn from the standard in 1990; leave iso3 out, and write \"cow\": 265, \"gw\": 265", "DDR"),
    ("withdrawn from the standard in 1993; leave iso3 out, and write \"cow\": 315, \"gw\": 315", "CSK"),
    ("withdrawn from the standard in 1990; leave iso3 out, and write \"cow\": 680, \"gw\": 680", "YMD"),
];

/// Codes of other lists and of former names.
const OTHER_ISO3: Table = &[
    ("USA", "US|UNITED STATES"),
    ("GBR", "UK|GB|UKG|ENG|UNITED KINGDOM"),
    ("DEU", "GER|DE|GMY|GFR|GERMANY"),
    ("FRA", "FR|FRN|FRANCE"),
    ("IRQ", "IQ|IRAQ"),
    ("RUS", "RU|RUSSIA"),
    ("KOR", "ROK"),
    ("PRK", "DPRK"),
    ("COD", "DRC|ZAR"),
    ("CAF", "CAR"),
    ("ARE", "UAE"),
    ("SAU", "KSA"),
    ("NLD", "NED|NTH"),
    ("CHE", "SUI|SWZ"),
    ("VNM", "VIE|DRV"),
    ("MMR", "BUR"),
    ("TLS", "TMP"),
    ("ROU", "ROM"),
    ("LBN", "LEB"),
];

/// What to write for a text that is no code of a state.
pub(super) fn state_code(found: &str) -> Option<String> {
    let code = found.trim_matches('"').trim().to_uppercase();
    if let Some(why) = in_table(&code, NO_ISO3) {
        return Some(format!("{code} was {why}"));
    }
    if is_one_of("XKX|XKO", &code) {
        let kosovo =
            "is of users, and the standard assigns Kosovo none; leave iso3 out, and write \"cow\": 347, \"gw\": 347";
        return Some(format!("{code} {kosovo}"));
    }
    if is_one_of("EU|UN|NATO", &code) {
        return Some("an organisation is no state; leave iso3 out".to_owned());
    }
    if is_iso3(&code) {
        return Some(format!("codes are capitals: \"{code}\""));
    }
    let other = in_table(&code, OTHER_ISO3).map(|code| format!("did you mean {code:?}?"));
    let two = || (code.len() == 2).then(|| "this code has three letters, such as \"USA\" for the US".to_owned());
    other.or_else(two)
}
