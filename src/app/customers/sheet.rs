//! A spreadsheet of customers: its columns by their names in either language, each row checked as a form is.

use chrono::{DateTime, Utc};
use csv::{ReaderBuilder, StringRecord};
use domain::invalid::{Fault, Invalid};

use crate::app::customers::{Form, draft};
use crate::store::customers::Customer;

/// Rows that are read at once, at most.
pub const MOST_ROWS: usize = 5_000;

/// What each column is of a customer, and what people call it.
const COLUMNS: [(&str, &[&str]); 8] = [
    (
        "name",
        &["name", "nama", "nama pelanggan", "pelanggan", "customer"],
    ),
    ("address", &["address", "alamat", "alamat lengkap"]),
    (
        "phone",
        &[
            "phone",
            "hp",
            "no hp",
            "nohp",
            "nomor hp",
            "telepon",
            "no telepon",
            "telp",
            "no telp",
            "whatsapp",
            "wa",
            "no wa",
        ],
    ),
    ("latitude", &["latitude", "lat", "lintang"]),
    ("longitude", &["longitude", "lng", "lon", "long", "bujur"]),
    ("timezone", &["timezone", "time zone", "zona waktu", "zona"]),
    (
        "withholds_pph23",
        &["withholds pph23", "pph23", "pph 23", "potong pph 23"],
    ),
    ("notes", &["notes", "catatan", "keterangan"]),
];

/// What the country's zones are called.
const ZONES: [(&str, &str); 3] = [
    ("wib", "Asia/Jakarta"),
    ("wita", "Asia/Makassar"),
    ("wit", "Asia/Jayapura"),
];

/// A spreadsheet that was read.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub rows: Vec<Row>,
    /// Columns that mean nothing here, as they are written.
    pub unread: Vec<String>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// As written.
    pub name: String,
    pub address: String,
    pub phone: String,
    /// The customer, or what is wrong with which column.
    pub read: Result<Customer, Vec<(&'static str, Fault)>>,
}

/// Reads a whole spreadsheet. What is wrong with a row is told with the row.
pub fn read(content: &str, now: DateTime<Utc>) -> Result<Sheet, Fault> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(content))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(content.as_bytes());
    let headers = reader.headers().map_err(|_| Fault::Undecodable)?.clone();
    let columns: Vec<Option<&'static str>> = headers.iter().map(column).collect();
    let is_there = |name: &str| columns.contains(&Some(name));
    if !is_there("name") || !is_there("address") {
        return Err(Fault::NoColumns);
    }
    let unread = headers
        .iter()
        .zip(&columns)
        .filter(|(written, known)| known.is_none() && !written.is_empty())
        .map(|(written, _)| written.chars().take(40).collect())
        .collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Fault::Undecodable)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(Fault::TooManyRows);
        }
        rows.push(row(&record, &columns, now));
    }
    if rows.is_empty() {
        return Err(Fault::Required);
    }
    Ok(Sheet { rows, unread })
}

/// What stands between the columns: spreadsheets of the country write `;`, since `,` is in their numbers.
fn delimiter(content: &str) -> u8 {
    let first = content
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| count(*mark))
        .filter(|mark| count(*mark) > 0)
        .unwrap_or(b',')
}

fn column(written: &str) -> Option<&'static str> {
    let plain: String = written
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    COLUMNS
        .iter()
        .find(|(_, names)| names.contains(&plain.as_str()))
        .map(|(column, _)| *column)
}

fn row(record: &StringRecord, columns: &[Option<&'static str>], now: DateTime<Utc>) -> Row {
    let cell = |name: &str| {
        let at = columns.iter().position(|column| *column == Some(name));
        at.and_then(|at| record.get(at)).unwrap_or_default().to_owned()
    };
    let mut own = Invalid::default();
    let form = Form {
        version: None,
        name: Some(cell("name")),
        address: Some(cell("address")),
        phone: Some(Some(cell("phone"))),
        latitude: Some(degrees("latitude", &cell("latitude"), &mut own)),
        longitude: Some(degrees("longitude", &cell("longitude"), &mut own)),
        timezone: Some(Some(zone(&cell("timezone")))),
        withholds_pph23: own.take("withholds_pph23", yes(&cell("withholds_pph23"))),
        notes: Some(Some(cell("notes"))),
    };
    let mut invalid = Invalid::default();
    let customer = draft(form, now, &mut invalid);
    // What the column's own reading found is nearer to what is written than what the form makes of it.
    invalid
        .0
        .retain(|(field, _)| !own.0.iter().any(|(mine, _)| mine == field));
    own.0.extend(invalid.0);
    let read = match customer {
        Some(customer) if own.0.is_empty() => Ok(Customer {
            source: "import".to_owned(),
            ..customer
        }),
        _ => Err(own.0),
    };
    Row {
        line: record.position().map_or(0, csv::Position::line),
        name: cell("name"),
        address: cell("address"),
        phone: cell("phone"),
        read,
    }
}

/// Degrees, with a comma or a dot. What is no number becomes one that every rule refuses.
fn degrees(field: &'static str, text: &str, own: &mut Invalid) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let number = text.replace(',', ".").parse().ok();
    let number = number.filter(|number: &f64| number.is_finite());
    Some(
        own.take(field, number.ok_or(Fault::BadNumber))
            .unwrap_or(f64::MAX),
    )
}

fn zone(text: &str) -> String {
    let lower = text.to_lowercase();
    ZONES
        .iter()
        .find(|(short, _)| *short == lower)
        .map_or_else(|| text.to_owned(), |(_, zone)| (*zone).to_owned())
}

fn yes(text: &str) -> Result<bool, Fault> {
    match text.to_lowercase().as_str() {
        "" | "tidak" | "no" | "false" | "0" | "n" | "-" => Ok(false),
        "ya" | "yes" | "true" | "1" | "y" | "x" | "v" => Ok(true),
        _ => Err(Fault::BadValue),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::invalid::Fault;
    use proptest::proptest;

    use crate::app::customers::sheet::{MOST_ROWS, read};

    const NOW: DateTime<chrono::Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn columns_go_by_either_languages_names() {
        let sheet = "Nama;ALAMAT;No. HP;Lintang;Bujur;Zona waktu;PPh 23;Kode\n\
                     Budi Santoso;\"Jl. Melati 1; Bandung\";0812-3456-7890;-6,9;107,6;WITA;ya;A1\n\n";
        let sheet = read(sheet, NOW).unwrap();
        assert_eq!(sheet.unread, ["Kode"]);
        let [row] = &sheet.rows[..] else {
            panic!("{sheet:?}")
        };
        let customer = row.read.as_ref().unwrap();
        assert_eq!(
            (row.line, customer.address.as_str()),
            (2, "Jl. Melati 1; Bandung")
        );
        assert_eq!(customer.phone.as_ref().unwrap().as_str(), "+6281234567890");
        assert_eq!(customer.timezone.unwrap().to_string(), "Asia/Makassar");
        assert!(customer.withholds_pph23 && customer.position.is_some());
        assert_eq!(customer.source, "import");
        let english = "name,address,phone\nAda Lovelace,12 Main Street Jakarta,\n";
        assert!(read(english, NOW).unwrap().rows[0].read.is_ok());
    }

    #[test]
    fn every_fault_of_every_row_is_told() {
        let sheet = "name,address,phone,latitude,longitude,pph23\n\
                     B,x,12,abc,200,mungkin\nIbu Wati,Jl. Kopo 88 Bandung,,,,\n";
        let sheet = read(sheet, NOW).unwrap();
        let faults = sheet.rows[0].read.as_ref().unwrap_err();
        let fields: Vec<_> = faults.iter().map(|(field, _)| *field).collect();
        for field in ["name", "address", "phone", "latitude", "withholds_pph23"] {
            assert!(fields.contains(&field), "{field}: {faults:?}");
        }
        assert!(faults.contains(&("latitude", Fault::BadNumber)));
        assert!(sheet.rows[1].read.is_ok());
    }

    #[test]
    fn what_is_no_table_of_customers_is_refused() {
        assert_eq!(read("", NOW).unwrap_err(), Fault::NoColumns);
        assert_eq!(read("kode,harga\n1,2\n", NOW).unwrap_err(), Fault::NoColumns);
        assert_eq!(read("nama,alamat\n\n , \n", NOW).unwrap_err(), Fault::Required);
        let many = format!(
            "nama,alamat\n{}",
            "Budi Santoso,Jl. Melati 1\n".repeat(MOST_ROWS + 1)
        );
        assert_eq!(read(&many, NOW).unwrap_err(), Fault::TooManyRows);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_stumble(text in "(nama[;,]alamat\n)?(\\PC|[\",;\n\t]){0,200}") {
            if let Ok(sheet) = read(&text, NOW) {
                for row in sheet.rows {
                    assert!(row.line > 0);
                    match row.read {
                        Ok(customer) => assert!(customer.name.chars().count() >= 2),
                        Err(faults) => assert!(!faults.is_empty()),
                    }
                }
            }
        }
    }
}
