//! Each function gives, row by row, what the single question of the crate gives.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod support;

use std::sync::Arc;

use datafusion_common::ScalarValue;
use datafusion_common::arrow::array::{ArrayRef, AsArray, Date32Array, Int64Array, RecordBatch, UInt32Array};
use datafusion_common::arrow::compute::cast;
use datafusion_common::arrow::datatypes::{DataType, Date32Type, Field, TimeUnit, UInt32Type};
use datafusion_common::config::ConfigOptions;
use datafusion_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF};
use force_drawdown::bulk::NONE;
use force_drawdown::chrono::NaiveDate;
use force_drawdown::{Act, ActKind, Agreement, Interpolation, Observation, Quantity, strategies};
use force_drawdown_datafusion::{Agreements, functions};
use proptest::prelude::*;
use proptest::sample::select;
use support::{CALENDAR, line, named, nearest, number, of_number};

/// Calls a function as an engine does: types are coerced, arguments cast, and the answer is of the field that was
/// promised.
fn call(function: &ScalarUDF, args: &[ColumnarValue]) -> Result<ArrayRef, String> {
    let types: Vec<_> = args.iter().map(ColumnarValue::data_type).collect();
    let coerced = function.coerce_types(&types).map_err(|error| error.to_string())?;
    let args: Vec<_> = args
        .iter()
        .zip(&coerced)
        .map(|(arg, to)| arg.cast_to(to, None))
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    let arg_fields: Vec<_> = coerced.iter().map(|of| Arc::new(Field::new("it", of.clone(), true))).collect();
    let scalars: Vec<_> =
        args.iter().map(|arg| if let ColumnarValue::Scalar(scalar) = arg { Some(scalar) } else { None }).collect();
    let fields = ReturnFieldArgs { arg_fields: &arg_fields, scalar_arguments: &scalars };
    let return_field = function.return_field_from_args(fields).map_err(|error| error.to_string())?;
    assert_eq!((return_field.name().as_str(), return_field.is_nullable()), (function.name(), true));
    let number_rows =
        args.iter().find_map(|arg| if let ColumnarValue::Array(array) = arg { Some(array.len()) } else { None });
    let given = ScalarFunctionArgs {
        args,
        arg_fields,
        number_rows: number_rows.unwrap_or(1),
        return_field: Arc::clone(&return_field),
        config_options: Arc::new(ConfigOptions::default()),
    };
    let answer = function.invoke_with_args(given).map_err(|error| error.to_string())?;
    assert_eq!(matches!(answer, ColumnarValue::Scalar(_)), number_rows.is_none());
    let answer = answer.into_array(number_rows.unwrap_or(1)).unwrap();
    assert_eq!(answer.data_type(), return_field.data_type());
    Ok(answer)
}

fn find(agreements: &Arc<Agreements>, name: &str) -> ScalarUDF {
    functions(agreements).into_iter().find(|function| function.name() == name).unwrap()
}

/// A row that is asked about: the names may be unknown, and anything may be null.
#[derive(Clone, Debug)]
struct Row {
    agreement: Option<String>,
    force: Option<String>,
    day: Option<i32>,
    low: Option<u32>,
    high: Option<u32>,
}

/// What the crate answers to a row, question by question, in the order of [`NAMES`].
#[derive(Clone, Debug, PartialEq, Default)]
struct Answer {
    numbers: [Option<u32>; 4],
    verdict: Option<String>,
    margins: [Option<i64>; 2],
}

fn expected(agreements: &[Agreement], row: &Row, how: Interpolation) -> Answer {
    let find = || {
        let name = row.agreement.as_deref()?;
        let agreement = agreements.iter().find(|it| it.terms().name() == name)?;
        Some((agreement, agreement.schedule(row.force.as_deref()?)?, row.day?))
    };
    let Some((agreement, schedule, day)) = find() else { return Answer::default() };
    let on = of_number(nearest(day));
    let required = schedule.required_on(on);
    let planned = schedule.planned_on(on, how);
    let numbers = [required.map(|it| it.strict), required.and_then(|it| it.lenient), planned.low, planned.high];
    let quantity = match (row.low, row.high) {
        _ if !CALENDAR.contains(&day) => None,
        (None, _) => None,
        (Some(low), Some(high)) if low > high => None,
        (Some(low), None) => Some(Quantity::AtLeast(low)),
        (Some(low), Some(high)) => Some(Quantity::Range(low, high)),
    };
    let force = row.force.clone();
    let count = quantity.map(|quantity| Observation {
        force: force.clone(),
        published: Some(of_number(*CALENDAR.start())),
        ..Observation::present(on, quantity)
    });
    let assessment = agreement.assess(count.as_slice(), on);
    let of_force = assessment.forces.iter().find(|it| Some(&it.force) == force.as_ref());
    let margin = of_force.and_then(|it| it.margin);
    Answer {
        numbers,
        verdict: of_force.map(|it| it.verdict.to_string()),
        margins: [margin.and_then(|it| it.low), margin.and_then(|it| it.high)],
    }
}

const NUMBERS: [&str; 4] = ["required_strict", "required_lenient", "planned_low", "planned_high"];

/// Checks all functions over rows, by names or by keys.
fn check(all: &Arc<Agreements>, given: &[Agreement], rows: &[Row], columns: [ArrayRef; 5], how: Option<Interpolation>) {
    let column = |name: &str, args: &[ColumnarValue]| call(&find(all, name), args).unwrap();
    let args = columns.map(ColumnarValue::Array);
    let key = ColumnarValue::Array(column("agreement_key", &args[..2]));
    let how_arg = how.map(|how| ColumnarValue::Scalar(ScalarValue::from(how.as_str())));
    let by_key = [std::slice::from_ref(&key), &args[2..]].concat();
    let expected: Vec<_> = rows.iter().map(|row| expected(given, row, how.unwrap_or(Interpolation::Linear))).collect();
    for (index, name) in NUMBERS.into_iter().enumerate() {
        let how = how_arg.iter().filter(|_| name.starts_with("planned")).cloned();
        let by_names: Vec<_> = args[..3].iter().cloned().chain(how.clone()).collect();
        let by_key: Vec<_> = by_key[..2].iter().cloned().chain(how).collect();
        for args in [by_names, by_key] {
            let found: Vec<_> = column(name, &args).as_primitive::<UInt32Type>().iter().collect();
            assert_eq!(found, expected.iter().map(|it| it.numbers[index]).collect::<Vec<_>>(), "{name} of {rows:?}");
        }
    }
    for args in [&args[..], &by_key] {
        let found = column("verdict", args);
        let found: Vec<_> = found.as_string_view().iter().map(|it| it.map(str::to_owned)).collect();
        assert_eq!(found, expected.iter().map(|it| it.verdict.clone()).collect::<Vec<_>>(), "verdict of {rows:?}");
        for (index, name) in ["margin_low", "margin_high"].into_iter().enumerate() {
            let found = column(name, args);
            let found: Vec<_> = found.as_any().downcast_ref::<Int64Array>().unwrap().iter().collect();
            assert_eq!(found, expected.iter().map(|it| it.margins[index]).collect::<Vec<_>>(), "{name} of {rows:?}");
        }
    }
}

/// The columns of rows, of the plainest types.
fn columns(rows: &[Row]) -> [ArrayRef; 5] {
    let names = |name: fn(&Row) -> &Option<String>| -> ArrayRef {
        let names: Vec<_> = rows.iter().map(|row| name(row).as_deref()).collect();
        Arc::new(datafusion_common::arrow::array::StringArray::from(names))
    };
    let counts =
        |count: fn(&Row) -> Option<u32>| -> ArrayRef { Arc::new(rows.iter().map(count).collect::<UInt32Array>()) };
    let days: ArrayRef = Arc::new(rows.iter().map(|row| row.day).collect::<Date32Array>());
    [names(|row| &row.agreement), names(|row| &row.force), days, counts(|row| row.low), counts(|row| row.high)]
}

/// Agreements with names of their own, and rows about them.
fn agreements_and_rows() -> impl Strategy<Value = (Vec<Agreement>, Vec<Row>)> {
    proptest::collection::vec(strategies::terms(), 1..4).prop_flat_map(|all| {
        let all: Vec<_> = all.into_iter().enumerate().map(|(index, terms)| named(index, terms)).collect();
        let agreements: Vec<_> = (0..all.len()).map(|index| format!("agreement-{index}")).collect();
        let forces: Vec<_> = all.iter().flat_map(|it| it.terms().forces.iter().map(|force| force.id.clone())).collect();
        let days: Vec<_> = all.iter().flat_map(support::telling).map(number).collect();
        let beyond = vec![i32::MIN, i32::MAX, CALENDAR.start() - 1, CALENDAR.end() + 1];
        let unknown = |known: Vec<String>| {
            let name = prop_oneof![9 => select(known), 1 => Just("?".to_owned())];
            proptest::option::weighted(0.95, name)
        };
        let day = prop_oneof![8 => select(days), 1 => any::<i32>(), 1 => select(beyond)];
        let count = || proptest::option::weighted(0.8, prop_oneof![0_u32..6_000, 0..NONE]);
        let row = (unknown(agreements), unknown(forces), proptest::option::weighted(0.95, day), count(), count());
        let row = row.prop_map(|(agreement, force, day, low, high)| Row { agreement, force, day, low, high });
        (Just(all), proptest::collection::vec(row, 1..200))
    })
}

fn read(all: &[Agreement]) -> Arc<Agreements> {
    let text: String = all.iter().map(line).collect();
    Agreements::read_lines(text.as_bytes()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_function_gives_what_the_crate_gives(
        (all, rows) in agreements_and_rows(),
        how in proptest::option::of(select(Interpolation::ALL)),
    ) {
        check(&read(&all), &all, &rows, columns(&rows), how);
    }

    #[test]
    fn the_table_has_the_ceiling_of_every_day((all, rows) in agreements_and_rows()) {
        let table = read(&all).table().unwrap();
        for (of, row) in rows.iter().filter_map(|row| Some((all.iter().find(|it| Some(it.terms().name()) == row.agreement.as_deref())?, row))) {
            let (Some(day), Some(force)) = (row.day, row.force.as_deref()) else { continue };
            let Some(schedule) = of.schedule(force) else { continue };
            let required = schedule.required_on(of_number(nearest(day)));
            let ends = (required.map(|it| it.strict), required.and_then(|it| it.lenient));
            assert_eq!(rows_on(&table, of.terms().name(), force, day), [ends], "{row:?}");
        }
    }
}

/// The ceilings in the rows of a table that hold a day.
fn rows_on(table: &RecordBatch, agreement: &str, force: &str, day: i32) -> Vec<(Option<u32>, Option<u32>)> {
    let text = |name: &str| table.column_by_name(name).unwrap().as_string::<i32>().clone();
    let number =
        |name: &str| table.column_by_name(name).unwrap().as_primitive::<UInt32Type>().iter().collect::<Vec<_>>();
    let days = |name: &str| table.column_by_name(name).unwrap().as_primitive::<Date32Type>().iter().collect::<Vec<_>>();
    let (agreements, forces, from, to) = (text("agreement"), text("force"), days("from"), days("to"));
    let (strict, lenient) = (number("strict"), number("lenient"));
    let holds = |row: &usize| {
        (agreements.value(*row), forces.value(*row)) == (agreement, force)
            && from[*row].is_none_or(|from| from <= day)
            && to[*row].is_none_or(|to| day <= to)
    };
    (0..table.num_rows()).filter(holds).map(|row| (strict[row], lenient[row])).collect()
}

/// The plan of 2024, approved, so that it binds.
fn binding(index: usize) -> Agreement {
    let iraq = include_str!("../../../examples/agreements/iraq-2024.json");
    let mut terms = serde_json::from_str::<Agreement>(iraq).unwrap().into_terms();
    terms.record.push(Act::new(of_number(19_993), ActKind::Approved));
    named(index, terms)
}

fn iraq_rows() -> Vec<Row> {
    let day = |text: &str| number(text.parse::<NaiveDate>().unwrap());
    let row = |agreement: &str, force: &str, day, low, high| Row {
        agreement: Some(agreement.to_owned()),
        force: Some(force.to_owned()),
        day: Some(day),
        low: Some(low),
        high: Some(high),
    };
    let known = row("agreement-0", "us", day("2025-09-30"), 2_600, 2_600);
    vec![
        known.clone(),
        row("agreement-0", "us", day("2025-09-30"), 1_200, 1_200),
        row("agreement-0", "uk", day("2025-09-30"), 1, 1),
        row("?", "us", day("2025-09-30"), 1, 1),
        row("agreement-0", "us", day("2027-06-01"), 0, 10),
        Row { low: None, ..known.clone() },
        Row { high: None, ..known.clone() },
        Row { day: None, ..known.clone() },
        Row { force: None, ..known.clone() },
        Row { agreement: None, ..known },
    ]
}

#[test]
fn every_type_of_array_gives_the_same() {
    let all = [binding(0)];
    let (read, rows) = (read(&all), iraq_rows());
    let plain = columns(&rows);
    let dictionary = |of| DataType::Dictionary(Box::new(DataType::Int32), Box::new(of));
    let names = [
        DataType::Utf8,
        DataType::LargeUtf8,
        DataType::Utf8View,
        dictionary(DataType::Utf8),
        dictionary(DataType::LargeUtf8),
        DataType::Dictionary(Box::new(DataType::UInt8), Box::new(DataType::Utf8)),
    ];
    let days = [
        DataType::Date32,
        DataType::Date64,
        DataType::Timestamp(TimeUnit::Millisecond, None),
        DataType::Timestamp(TimeUnit::Nanosecond, None),
        DataType::Utf8,
        DataType::Utf8View,
        DataType::Int32,
        DataType::Int64,
    ];
    let counts =
        [DataType::UInt32, DataType::Int16, DataType::Int32, DataType::Int64, DataType::UInt16, DataType::UInt64];
    let [agreement, force, day, low, high] = &plain;
    for to in &names {
        let [agreement, force] = [agreement, force].map(|names| cast(names, to).unwrap());
        check(&read, &all, &rows, [agreement, force, day.clone(), low.clone(), high.clone()], None);
    }
    for to in &days {
        // Arrow has no cast from days to 64-bit numbers but by way of 32 bits.
        let from = if *to == DataType::Int64 { cast(day, &DataType::Int32).unwrap() } else { Arc::clone(day) };
        check(
            &read,
            &all,
            &rows,
            [agreement.clone(), force.clone(), cast(&from, to).unwrap(), low.clone(), high.clone()],
            None,
        );
    }
    for to in &counts {
        let [low, high] = [low, high].map(|counts| cast(counts, to).unwrap());
        check(&read, &all, &rows, [agreement.clone(), force.clone(), day.clone(), low, high], None);
    }
    // A part of longer arrays.
    let twice: Vec<_> = rows.iter().chain(&rows).cloned().collect();
    let part = columns(&twice).map(|column| column.slice(3, rows.len()));
    check(&read, &all, &twice[3..3 + rows.len()], part, None);
    check(&read, &all, &[], columns(&[]), None);
}

#[test]
fn rows_of_one_name_and_rows_of_constants_give_the_same() {
    let all = [binding(0)];
    let read = read(&all);
    let verdict = find(&read, "verdict");
    let text = |text: &str| ColumnarValue::Scalar(ScalarValue::from(text));
    let days: ArrayRef = Arc::new(Date32Array::from(vec![20_361, 20_362, 21_000]));
    let mixed = [
        text("agreement-0"),
        text("us"),
        ColumnarValue::Array(days),
        ColumnarValue::Scalar(2_600_i64.into()),
        ColumnarValue::Scalar(ScalarValue::Null),
    ];
    let found = call(&verdict, &mixed).unwrap();
    assert_eq!(found.as_string_view().iter().collect::<Vec<_>>(), [Some("exceeded"); 3]);
    let constant = [
        text("agreement-0"),
        text("us"),
        text("2025-09-30"),
        ColumnarValue::Scalar(1_200_i64.into()),
        ColumnarValue::Scalar(1_200_i64.into()),
    ];
    assert_eq!(call(&verdict, &constant).unwrap().as_string_view().value(0), "compliant");
    let null = ColumnarValue::Scalar(ScalarValue::Null);
    let nulls = [null.clone(), null.clone(), null.clone(), null.clone(), null];
    assert!(call(&verdict, &nulls).unwrap().is_null(0));
    assert!(call(&verdict, &nulls[1..]).unwrap().is_null(0));
}

#[test]
fn wrong_arguments_are_refused_in_words() {
    let read = read(&[binding(0)]);
    let scalar = |value: ScalarValue| ColumnarValue::Scalar(value);
    let (a, f, day) = (scalar("agreement-0".into()), scalar("us".into()), scalar("2025-09-30".into()));
    let refused = |name: &str, args: &[&ColumnarValue]| {
        let args: Vec<_> = args.iter().copied().cloned().collect();
        call(&find(&read, name), &args).unwrap_err()
    };
    let usage = refused("required_strict", &[&a, &f]);
    assert!(usage.ends_with("required_strict takes (agreement, force, day) or (key, day)"), "{usage}");
    let float = refused("verdict", &[&a, &f, &day, &scalar(1.5.into()), &scalar(2.into())]);
    assert!(float.ends_with("verdict: the lowest number is a whole number, not Float64"), "{float}");
    for wrong in [-1_i64, i64::from(NONE), i64::from(NONE) + 1] {
        let wrong = refused("verdict", &[&a, &f, &day, &scalar(wrong.into()), &scalar(ScalarValue::Null)]);
        assert!(wrong.contains("Can't cast value") || wrong.contains("a count is at most 4294967294"), "{wrong}");
    }
    let how = refused("planned_low", &[&a, &f, &day, &scalar("straight".into())]);
    assert!(how.ends_with("an interpolation is one of [\"step\", \"linear\", \"monotone\"], as a literal"), "{how}");
    let date = refused("required_strict", &[&a, &f, &scalar("September".into())]);
    assert!(date.contains("September"), "{date}");
}

#[test]
fn mistakes_of_documents_are_all_listed() {
    let good = line(&binding(0));
    let wrong = Agreements::read_lines(format!("{good}{{}}\n{good}?\n").as_bytes()).unwrap_err();
    let places: Vec<_> = wrong.mistakes().iter().map(|mistake| mistake.split_once(": ").unwrap().0).collect();
    assert_eq!(places, ["line 2", "line 3", "line 4"]);
    assert!(wrong.to_string().contains("line 3: there is an agreement \"agreement-0\" already"), "{wrong}");
}

#[test]
fn a_folder_and_lines_of_the_same_documents_have_one_fingerprint() {
    let folder = std::path::Path::new("../../examples/agreements");
    let from_folder = Agreements::read_dir(folder).unwrap();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    let lines: String =
        files.iter().map(|file| std::fs::read_to_string(file).unwrap().replace('\n', " ") + "\n").collect();
    let from_lines = Agreements::read_lines(lines.as_bytes()).unwrap();
    assert_eq!(from_folder.fingerprint(), from_lines.fingerprint());
    assert!(files.len() > 20 && from_folder.portfolio().len() >= files.len());
    // One number of one document.
    let changed = lines.replacen("2500", "2501", 1);
    assert!(changed != lines);
    assert_ne!(Agreements::read_lines(changed.as_bytes()).unwrap().fingerprint(), from_folder.fingerprint());
    let none = Agreements::read_dir("src".as_ref()).unwrap_err();
    assert_eq!(none.to_string(), "src: no file of this folder ends in .json");
}

#[test]
fn other_documents_are_refused_with_both_fingerprints() {
    let here = read(&[binding(0)]);
    let there = read(&[binding(1)]);
    let mark = |of: &Agreements| ScalarValue::FixedSizeBinary(8, Some(of.fingerprint().to_be_bytes().to_vec()));
    let ask = |mark| {
        let args = ["agreement-0".into(), "us".into(), "2025-09-30".into(), mark].map(ColumnarValue::Scalar);
        call(&find(&here, "required_strict"), &args)
    };
    assert_eq!(ask(mark(&here)).unwrap().as_primitive::<UInt32Type>().value(0), 1_251);
    let refused = ask(mark(&there)).unwrap_err();
    for of in [&here, &there] {
        assert!(refused.contains(&format!("{:016x}", of.fingerprint())), "{refused}");
    }
}
