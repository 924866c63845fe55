//! Reads the options of a look into its struct, and names the option that is at fault.

use crate::error::LabError;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};
use std::fmt;

/// The options of the look `what`; `null` stands for none of them.
///
/// # Errors
/// `bad_input` with `option` (where one is at fault) and `expected`.
pub(super) fn read<Options: DeserializeOwned>(what: &str, value: Value) -> Result<Options, LabError> {
    let values = match value {
        Value::Null => Map::new(),
        Value::Object(values) => values,
        _ => return Err(LabError::bad_input(format!("an object with options of `{what}`"))),
    };
    Options::deserialize(Reader(values)).map_err(|refused| refused.into_error(what))
}

/// An option that cannot be used, and why.
#[derive(Debug)]
struct Refused {
    option: Option<String>,
    expected: String,
}

impl Refused {
    fn of(option: &str, expected: impl Into<String>) -> Self {
        Self { option: Some(option.into()), expected: expected.into() }
    }

    fn into_error(self, what: &str) -> LabError {
        let Self { option, expected } = self;
        let Some(option) = option else { return LabError::bad_input(expected) };
        let message = format!("The option `{option}` of `{what}` cannot be used: {expected}.");
        LabError::new("bad_input", message).with("option", option).with("expected", expected)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.expected)
    }
}

impl std::error::Error for Refused {}

impl Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { option: None, expected: message.to_string() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::of(field, "it has to be given")
    }
}

struct Reader(Map<String, Value>);

impl<'de> Deserializer<'de> for Reader {
    type Error = Refused;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        if let Some(option) = self.0.keys().find(|name| !fields.contains(&name.as_str())) {
            let known = match fields {
                [] => "it has no options".into(),
                _ => format!("the options are {}", fields.join(", ")),
            };
            return Err(Refused::of(option, known));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_map(Entries { rest: self.0.into_iter(), next: None })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Entries {
    rest: serde_json::map::IntoIter,
    next: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        self.next = self.rest.next();
        let Some((name, _)) = &self.next else { return Ok(None) };
        seed.deserialize(Value::from(name.as_str())).map(Some).map_err(Refused::custom)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let (name, value) = self.next.take().expect("a value is read after its name");
        seed.deserialize(value).map_err(|error| Refused::of(&name, error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Options {
        rows: usize,
        split: String,
    }

    impl Default for Options {
        fn default() -> Self {
            Self { rows: 3, split: "test".into() }
        }
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Column {
        #[allow(dead_code, reason = "only its absence is looked at")]
        x: String,
    }

    fn refused<T: DeserializeOwned + fmt::Debug>(value: Value) -> LabError {
        read::<T>("regions", value).unwrap_err()
    }

    #[test]
    fn what_is_not_given_has_its_default() {
        assert_eq!(read::<Options>("regions", Value::Null).unwrap(), Options::default());
        let some = read::<Options>("regions", json!({ "rows": 7 })).unwrap();
        assert_eq!(some, Options { rows: 7, ..Options::default() });
    }

    #[test]
    fn an_unknown_option_is_refused_by_its_name_beside_those_there_are() {
        let error = refused::<Options>(json!({ "rows": 7, "colums": 8 }));
        assert_eq!((error.code.as_str(), &error.details["option"]), ("bad_input", &json!("colums")));
        assert!(error.message.contains("rows, split"), "{}", error.message);
    }

    #[test]
    fn an_option_of_the_wrong_type_is_named() {
        let error = refused::<Options>(json!({ "split": "dev", "rows": "many" }));
        assert_eq!(error.details["option"], "rows");
        assert!(error.message.contains("invalid type: string \"many\""), "{}", error.message);
        assert_eq!(refused::<Options>(json!([1])).code, "bad_input");
    }

    #[test]
    fn an_option_that_is_missing_is_named() {
        assert_eq!(refused::<Column>(json!({})).details["option"], "x");
    }
}
