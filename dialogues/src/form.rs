//! A registration in one message: `DAFTAR#Nama#Alamat#NoHP`, with all its errors at once.

use domain::customer::{address, name};
use domain::invalid::Fault;
use domain::phone::Phone;

use crate::customer::{Entry, Field, FieldFault};

/// The fields as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Form {
    name: String,
    address: String,
    phone: String,
}

/// Reads what follows `DAFTAR`, from its first separator on. An empty phone is the one that the service vouches for.
pub fn read(text: &str, vouched: Option<&Phone>) -> Result<Entry, Vec<FieldFault>> {
    let form = match text.trim_start_matches(' ').chars().next() {
        Some(mark @ ('#' | '|' | ';')) if !is_labelled(text) => marked(text, mark),
        _ => labelled(text),
    };
    let name = name(&form.name);
    let address = address(&form.address);
    let phone = match (form.phone.trim(), vouched) {
        ("", Some(vouched)) => Ok(vouched.clone()),
        (typed, _) => Phone::mobile(typed),
    };
    match (name, address, phone) {
        (Ok(name), Ok(address), Ok(phone)) => Ok(Entry {
            name,
            address,
            phone: Some(phone),
            pin: false,
        }),
        (name, address, phone) => {
            let faults = [
                (Field::Name, name.err()),
                (Field::Address, address.err()),
                (Field::Phone, phone.err()),
            ];
            Err(faults.into_iter().filter_map(noted).collect())
        }
    }
}

fn noted((field, fault): (Field, Option<Fault>)) -> Option<FieldFault> {
    let fault = fault?.into();
    Some(FieldFault { field, fault })
}

/// First the name, last the phone; whatever stands between is the address, marks and all.
fn marked(text: &str, mark: char) -> Form {
    let text = text.trim().trim_start_matches(mark);
    let mut fields: Vec<&str> = text.split(mark).collect();
    let name = fields.remove(0).to_owned();
    let phone = match fields.last() {
        // Two fields: the second is what it looks like.
        Some(last) if fields.len() >= 2 || looks_like_phone(last) => fields.pop().unwrap_or_default(),
        _ => "",
    };
    let between = fields.join(&mark.to_string());
    Form {
        name,
        address: between,
        phone: phone.trim().to_owned(),
    }
}

fn looks_like_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 5 && letters == 0
}

fn is_labelled(text: &str) -> bool {
    text.split(['\n', '#', '|', ';'])
        .filter(|line| label(line).is_some())
        .count()
        >= 2
}

/// Lines with labels, in any order; a line without one goes on with the last.
fn labelled(text: &str) -> Form {
    let mut form = Form::default();
    let mut last = None;
    for line in text.split(['\n', '#', '|', ';']) {
        let (field, value) = match label(line) {
            Some((field, value)) => (Some(field), value),
            None => (last, line.trim()),
        };
        last = field;
        let slot = match field {
            Some(Field::Name) => &mut form.name,
            Some(Field::Address) => &mut form.address,
            Some(Field::Phone) => &mut form.phone,
            None => continue,
        };
        if !slot.is_empty() && !value.is_empty() {
            slot.push('\n');
        }
        slot.push_str(value);
    }
    form
}

fn label(line: &str) -> Option<(Field, &str)> {
    let (head, value) = line.split_once([':', '='])?;
    let head: String = head
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    let field = match head.as_str() {
        "nama" | "name" | "namalengkap" => Field::Name,
        "alamat" | "address" | "alamatlengkap" => Field::Address,
        "hp" | "nohp" | "wa" | "nowa" | "telp" | "notelp" | "nomorhp" | "phone" | "handphone" => Field::Phone,
        _ => return None,
    };
    Some((field, value.trim()))
}
