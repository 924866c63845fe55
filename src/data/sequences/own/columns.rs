//! Which columns of the reader's tables are which, by the names people give them.

use super::refusal::bad;
use crate::data::ratings::title::lower_case;
use crate::error::LabError;

/// What a column holds, and its names without signs between the words, the likeliest first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    /// The name that is asked for.
    pub name: &'static str,
    spellings: &'static [&'static str],
}

/// Who took it.
pub(super) const USER: Role = Role {
    name: "user",
    spellings: &[
        "user",
        "userid",
        "uid",
        "username",
        "customer",
        "customerid",
        "reviewerid",
        "visitorid",
        "memberid",
        "sessionid",
        "session",
        "用户",
        "用户id",
        "用户编号",
        "用户名",
        "顾客",
        "会员",
        "会话",
    ],
};
/// What was taken.
pub(super) const ITEM: Role = Role {
    name: "item",
    spellings: &[
        "item",
        "itemid",
        "iid",
        "product",
        "productid",
        "asin",
        "sku",
        "movie",
        "movieid",
        "film",
        "filmid",
        "song",
        "songid",
        "trackid",
        "artistid",
        "bookid",
        "isbn",
        "newsid",
        "videoid",
        "物品",
        "物品id",
        "物品编号",
        "商品",
        "商品id",
        "商品编号",
        "项目",
        "项目id",
        "电影id",
        "图书id",
    ],
};
/// When.
pub(super) const TIME: Role = Role {
    name: "time",
    spellings: &[
        "time",
        "timestamp",
        "ts",
        "datetime",
        "date",
        "unixreviewtime",
        "unixtime",
        "eventtime",
        "createdat",
        "reviewtime",
        "时间",
        "时间戳",
        "日期",
        "日期时间",
    ],
};
/// Title of an item.
pub(super) const TITLE: Role = Role {
    name: "title",
    spellings: &[
        "title",
        "name",
        "itemname",
        "itemtitle",
        "productname",
        "producttitle",
        "movietitle",
        "标题",
        "名称",
        "名字",
        "商品名称",
        "商品名",
        "物品名称",
        "题目",
    ],
};
/// Tags of an item, separated by vertical bars, semicolons or commas.
pub(super) const TAGS: Role = Role {
    name: "tags",
    spellings: &["tags", "tag", "genres", "genre", "categories", "category", "标签", "类别", "分类", "类型"],
};
/// The item of a line of the list of items.
const ID: &str = "id";

/// The place of a column in a header.
pub(super) fn place(header: &[String], role: Role) -> Option<usize> {
    let header: Vec<String> = header.iter().map(|name| plain(name)).collect();
    role.spellings.iter().find_map(|spelling| header.iter().position(|name| name == spelling))
}

/// The place of a column that has to be there.
///
/// # Errors
/// `bad_sequences` with the reason `missing_column`.
pub(super) fn needed(file: &str, row: usize, header: &[String], role: Role) -> Result<usize, LabError> {
    place(header, role).ok_or_else(|| missing(file, row, role.name, role.spellings))
}

/// The place of the item's column in the list of items, where it may be called `id`.
///
/// # Errors
/// As [`needed`].
pub(super) fn item_id(file: &str, row: usize, header: &[String]) -> Result<usize, LabError> {
    let id = header.iter().position(|name| plain(name) == ID);
    place(header, ITEM).or(id).ok_or_else(|| missing(file, row, ID, ITEM.spellings))
}

fn missing(file: &str, row: usize, name: &str, spellings: &[&str]) -> LabError {
    let known = spellings.join(", ");
    let message =
        format!("{file} has no column `{name}`: name one of its columns so in row {row} (or {known}).");
    bad(file, "missing_column", message).with("row", row).with("column", name).with("known", known)
}

/// A name without case, signs between words, and a type behind a colon.
fn plain(name: &str) -> String {
    let name = name.split(':').next().unwrap_or(name);
    name.chars().map(lower_case).filter(|sign| !matches!(sign, ' ' | '_' | '-' | '.')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split('|').map(Into::into).collect()
    }

    #[test]
    fn columns_are_known_by_several_spellings() {
        for (names, places) in [
            ("user|item|time", [0, 1, 2]),
            ("Rating|Timestamp|Movie-ID|USER_ID", [3, 2, 1]),
            ("reviewerID|asin|unixReviewTime", [0, 1, 2]),
            ("user_id:token|item_id:token|timestamp:float", [0, 1, 2]),
            ("时间|用户ID|商品 ID", [1, 2, 0]),
            // The likelier name is taken, wherever it stands.
            ("session id|user|date|item|product|time", [1, 3, 5]),
        ] {
            let header = header(names);
            assert_eq!([USER, ITEM, TIME].map(|role| place(&header, role)), places.map(Some), "{names}");
        }
        assert_eq!(item_id("items.csv", 1, &header("id|title")).unwrap(), 0);
        assert_eq!(item_id("items.csv", 1, &header("id|title|movieId")).unwrap(), 2);
    }

    #[test]
    fn a_column_that_is_not_there_is_named_with_what_it_may_be_called() {
        let error = needed("s.csv", 3, &header("user|thing|time"), ITEM).unwrap_err();
        assert_eq!((&error.code[..], &error.details["reason"]), ("bad_sequences", &"missing_column".into()));
        assert_eq!((error.details["row"].as_u64(), &error.details["column"]), (Some(3), &"item".into()));
        assert!(error.message.contains("asin"), "{}", error.message);
        assert_eq!(item_id("i.csv", 1, &header("a|b")).unwrap_err().details["column"], "id");
    }
}
