//! The report: kept for every agreement of the catalogue, and the same in every format.

use chrono::NaiveDate;
use force_drawdown::catalog::{self, CatalogEntry};

use super::golden::assert_is_kept;

/// A day on which each agreement is judged.
const DAYS: &str = "\
abidjan-1996           1998-12-31
afghanistan-2011       2017-01-31
amisom                 2021-02-28
angola-1988            1991-07-01
chad-france-2024       2025-01-31
czechoslovakia-1990    1991-07-01
doha-2020              2021-09-01
geneva-1988            1989-02-15
georgia-2005           2008-01-01
germany-1990           1994-09-01
israel-lebanon-2024    2025-02-18
karabakh-2020          2020-12-02
kfor-2009              2011-06-30
kosovo-mta-1999        1999-06-21
lebanon-2005           2005-05-23
monusco-2717           2024-07-01
namibia-1989           1989-11-22
niger-france-2023      2024-01-01
niger-us-2024          2024-09-16
paris-1973             1973-03-30
poland-1991            1993-12-31
unmiset                2004-05-20
us-iraq-2008           2012-01-01
us-iraq-2024           2026-04-14
us-iraq-statement-2024 2026-04-14
vietnam-1969           1972-05-25
";

/// Every agreement of the catalogue, with the day on which it is judged.
fn judged() -> impl Iterator<Item = (CatalogEntry, NaiveDate)> {
    DAYS.lines().map(|line| {
        let (id, day) = line.split_once(' ').unwrap();
        (catalog::get(id).unwrap(), day.trim().parse().unwrap())
    })
}

#[test]
fn every_report_of_the_catalogue_is_kept() {
    assert_eq!(judged().map(|(entry, _)| entry.id).collect::<Vec<_>>(), catalog::IDS);
    for (CatalogEntry { id, agreement, observations, .. }, on) in judged() {
        let report = agreement.assess(&observations, on).report();
        assert_is_kept(&format!("tests/it/catalog/{id}.md"), &report.markdown());
    }
}
