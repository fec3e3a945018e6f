//! What may stand as a value.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_models::Values;

fn check(values: &Values, good: &[&str], wrong: &[&str]) {
    for text in good {
        assert!(values.accepts(text), "{text:?} is {}", values.in_words());
    }
    for text in wrong {
        assert!(!values.accepts(text), "{text:?} is not {}", values.in_words());
    }
}

// req: BR-16
#[test]
fn each_kind_accepts_its_own_texts_only() {
    check(
        &Values::choice(&[("English", "English"), ("0", "Off")]),
        &["English", "ENGLISH", "0"],
        &["", "00", "Englisch"],
    );
    check(
        &Values::Number { min: -1, max: 15 },
        &["0", "15", "-1", "007", "-0"],
        &["", "16", "-2", "+1", "1.0", " 1", "0x1", "-", "99999999999999999999"],
    );
    check(&Values::Text { max_chars: 3 }, &["", "abc", "אבג", " a "], &["abcd", "a\nb", "\t"]);
    check(&Values::Digits { min_chars: 1, max_chars: 3 }, &["0", "123"], &["", "1234", "1a", "-1", "١"]);
    check(&Values::Digits { min_chars: 0, max_chars: 3 }, &[""], &["1234"]);
    check(
        &Values::Address,
        &["", "192.0.2.1", "ftp.example.com", "my_pc", "host:21", "host:0"],
        &["two words", "a,b", "host:", "host:+21", "host:65536", "host:21:21", ":21", "user@host", "ftp://host"],
    );
    let longest = format!("{},b", "a".repeat(253));
    let too_long = format!("{},b", "a".repeat(254));
    check(
        &Values::AddressList,
        &["", "192.0.2.1", "a,b:80,192.0.2.3", &longest],
        &[",", "a,", ",a", "a, b", "a,,b", &too_long],
    );
    check(&Values::Unknown, &["", "anything", "\n"], &[]);
}

#[test]
fn each_kind_says_in_words_what_may_be_written() {
    let table = [
        (Values::choice(&[("0", "Off"), ("1", "On")]), "one of 0, 1"),
        (Values::Number { min: 0, max: 15 }, "a whole number from 0 to 15"),
        (Values::Text { max_chars: 127 }, "a text of at most 127 characters"),
        (Values::Digits { min_chars: 1, max_chars: 7 }, "1 to 7 digits"),
        (Values::Address, "one address or DNS name"),
        (Values::AddressList, "addresses or DNS names separated by commas"),
        (Values::Unknown, "any text"),
    ];
    for (values, words) in table {
        assert_eq!(values.in_words(), words);
        assert!(!values.is_impossible());
    }
    let impossible =
        [Values::choice(&[]), Values::Number { min: 1, max: 0 }, Values::Digits { min_chars: 2, max_chars: 1 }];
    assert!(impossible.iter().all(Values::is_impossible));
}

// req: DC-5
#[test]
fn a_kind_from_the_future_accepts_everything() {
    let values: Values = serde_json::from_str(r#"{"kind":"colour_wheel","spokes":7}"#).unwrap();
    assert_eq!(values, Values::Unknown);
}
