//! What is out of range, and forces that an agreement does not have, have a line and a column in CSV.

use super::*;
use force_drawdown::Rule;

#[test]
fn what_is_out_of_range_has_its_line_beside_the_other_mistakes() {
    let text = "force,date,present,withdrawn,withdrawn_share\n\
                us,2025,fewer than 0,,\n\
                us,2025-9-30,,,150%\n\
                uk,0000,,5..4,\n\
                ,2025,5,,\n\
                us,2026/2025,5,,\n\
                us,2025,5,,\n";
    let agreement = crate::support::iraq();
    let expected = [
        "line 2, column 3 (present): \"fewer than 0\" holds no number, or one above 4294967294; accepted are intervals \
         within 0..4294967294",
        "line 3, column 2 (date): write a day as YYYY-MM-DD, or days as 2025-09, 2025-Q3 or 2025-09-01/2025-10-15, found \
         \"2025-9-30\"; did you mean \"2025-09-30\"?",
        "line 3, column 5 (withdrawn_share): \"150%\" is not within 0% to 100%, or is empty",
    ];
    assert_eq!(mistakes(text)[..3], expected);
    let Err(CsvError::Rows(bad)) = agreement.read_observations(text.as_bytes()) else { panic!("it has mistakes") };
    let places: Vec<_> = bad.cells.iter().map(|cell| (cell.line, cell.column)).collect();
    let of_rows = [(2, Some(3)), (3, Some(2)), (3, Some(5)), (4, Some(1)), (4, Some(2)), (4, Some(4)), (6, Some(2))];
    assert_eq!(places, of_rows, "{bad}");
    assert_eq!(bad.good.len(), 2);
    assert!(matches!(&bad.cells[3].mistake, CsvMistake::Rule(Rule::UnknownForce { id, .. }) if id == "uk"));
}

#[test]
fn a_row_has_to_name_its_force_where_there_are_several() {
    let agreement = force_drawdown::catalog::get("georgia-2005").unwrap().agreement;
    let error = agreement.read_observations("date,present\n2006,5\n".as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("line 2: "), "{error}");
    assert!(agreement.read_observations("date,present\n".as_bytes()).unwrap().is_empty());
}
