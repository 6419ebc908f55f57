use proptest::prelude::*;

use super::*;

const SIMPLIFIED: &str = "各位会员：\r\n2023年，本会新增会员单位86家，举办“数字化车间”培训班12期，300余人次参加。\n\n一、标准工作\n　　全年立项团体标准9项，发布5项，其中《齿轮减速机能效限定值》已于10月1日实施。\n";
const TRADITIONAL: &str = "各位會員：\r\n2023年，本會新增會員單位86家，舉辦「數位化工廠」訓練班12期，300餘人次參加。\n\n一、標準工作\n　　全年立項團體標準9項，發布5項，其中《齒輪減速機效率限定值》已於10月1日實施。\n";

fn encode(text: &str, label: &str) -> Vec<u8> {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    match label {
        "UTF-8" => text.as_bytes().to_vec(),
        "UTF-16LE" => wide(u16::to_le_bytes),
        "UTF-16BE" => wide(u16::to_be_bytes),
        _ => {
            let (bytes, _, lossy) = Encoding::for_label(label.as_bytes()).expect(label).encode(text);
            assert!(!lossy, "{label} can't hold {text}");
            bytes.into_owned()
        }
    }
}

#[track_caller]
fn decodes(text: &str, label: &str) {
    let found = decode(&encode(text, label));
    assert_eq!(found.as_ref().map(|(text, label)| (text.as_str(), *label)), Ok((text, label)));
}

#[test]
fn reports_come_back_from_every_encoding() {
    for (text, labels) in [
        (SIMPLIFIED, &["UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"][..]),
        (TRADITIONAL, &["UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5"]),
    ] {
        for label in labels {
            decodes(text, label);
            decodes(&text.repeat(500), label);
        }
    }
}

#[test]
fn short_texts_come_back() {
    for text in
        ["会员大会", "工作总结", "数控机床", "年度报告", "标准发布", "第三季度", "机(jī)器(qì)人", "2024年工作总结\n"]
    {
        decodes(text, "GB18030");
        decodes(text, "UTF-16LE");
        decodes(text, "UTF-16BE");
    }
    for text in ["會員大會", "工作總結", "年度報告", "第三季度", "機械公會", "114年新年賀詞\n"]
    {
        decodes(text, "Big5");
    }
    decodes("𠮷田製作所與𪚥龍公司㐀", "GB18030");
    decodes("plain ASCII, 2024\n", "UTF-16LE");
}

#[test]
fn marks_settle_the_encoding_and_are_no_text() {
    for (mark, label) in [
        (&b"\xef\xbb\xbf"[..], "UTF-8"),
        (b"\xff\xfe", "UTF-16LE"),
        (b"\xfe\xff", "UTF-16BE"),
        (b"\x84\x31\x95\x33", "GB18030"),
    ] {
        let marked = [mark, &encode(SIMPLIFIED, label)].concat();
        assert_eq!(decode(&marked), Ok((SIMPLIFIED.to_owned(), label)));
        assert_eq!(decode(mark).map_err(|(reason, _)| reason), Err(Reason::Empty), "{label}");
    }
}

#[test]
fn what_is_no_text_is_rejected() {
    let damaged = [SIMPLIFIED.as_bytes(), b"\xe5\xbc", SIMPLIFIED.as_bytes()].concat();
    let cases: &[(&[u8], Reason)] = &[
        (b"", Reason::Empty),
        (b" \r\n\t", Reason::Empty),
        ("　\u{feff}".as_bytes(), Reason::Empty),
        (b"\xff", Reason::UnknownEncoding),
        (b"\xff\xff\xff\xff", Reason::UnknownEncoding),
        (b"caf\xe9 au lait", Reason::UnknownEncoding),
        (b"\xef\xbb\xbfabc\xff", Reason::UnknownEncoding),
        (b"\xff\xfeabc", Reason::UnknownEncoding),
        (&damaged, Reason::UnknownEncoding),
        (b"%PDF-1.7\n1 0 obj", Reason::Binary),
        (b"PK\x03\x04\x14\0", Reason::Binary),
        (&[0; 64], Reason::Binary),
        (b"\x01\x02\x03\x04abc", Reason::Binary),
        (b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe\0\0\x03", Reason::Binary),
    ];
    for (bytes, expected) in cases {
        assert_eq!(decode(bytes).map_err(|(reason, _)| reason), Err(*expected), "{bytes:?}");
    }
    assert!(decode(&damaged).unwrap_err().1.contains("line 6"));
}

#[test]
fn a_few_controls_do_not_spoil_a_text() {
    let text = format!("{SIMPLIFIED}\u{c}{SIMPLIFIED}\u{1}");
    assert_eq!(decode(text.as_bytes()), Ok((text.clone(), "UTF-8")));
}

proptest! {
    #[test]
    fn any_bytes_are_decoded_or_rejected(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match decode(&bytes) {
            Ok((text, _)) => prop_assert!(!text.trim().is_empty()),
            Err((_, detail)) => prop_assert!(!detail.is_empty()),
        }
    }

    #[test]
    fn any_utf8_without_controls_is_utf8(text in "[a-z一-鿿，。0-9\n]{1,80}") {
        prop_assume!(!text.trim().is_empty());
        prop_assert_eq!(decode(text.as_bytes()), Ok((text.clone(), "UTF-8")));
    }
}
