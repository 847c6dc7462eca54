//! A visit that went well enough, one that did not, and the files of both.

use domain::document::Kind;
use domain::geo::Position;
use domain::visit::{Source, Verdict};

use crate::web::panel::contact::Site;
use crate::web::panel::document::Document;
use crate::web::panel::radar::{Radar, Sighting};
use crate::web::panel::samples::Samples;
use crate::web::panel::visit::{Map, Visit};

const SITE: Position = Position {
    latitude: -6.885_12,
    longitude: 107.613_58,
};
const PIN: Position = Position {
    latitude: -6.884_9,
    longitude: 107.613_7,
};

impl Samples {
    pub(crate) fn file(self, n: u32, kind: Kind, filename: &str, is_picture: bool) -> Document {
        Document {
            id: n.to_string(),
            kind,
            filename: filename.to_owned(),
            number: None,
            verify: None,
            holds: false,
            size: "412 kB".to_owned(),
            by: Some("Andi Pratama".to_owned()),
            at: self.at(i64::from(20 - n)),
            revoked: None,
            remarks: vec![],
            is_picture,
            player: filename.strip_suffix(".ogg").map(|_| "audio"),
            is_erased: false,
            alt: format!("Bukti, Andi Pratama, {filename}"),
        }
    }

    pub(crate) fn letters(self) -> Vec<Document> {
        vec![
            Document {
                revoked: Some(self.at(31)),
                ..self.file(1, Kind::AssignmentLetter, "Surat tugas lama.pdf", false)
            },
            self.file(2, Kind::TravelLetter, "Surat jalan.png", true),
            Document {
                number: Some("001/ST/CPN/XI/2026".to_owned()),
                verify: Some("/v/abc".to_owned()),
                holds: true,
                ..self.file(
                    8,
                    Kind::AssignmentLetter,
                    "Surat Tugas 001-ST-CPN-XI-2026.pdf",
                    false,
                )
            },
        ]
    }

    pub(crate) fn visit(self) -> Visit {
        let seen = Document {
            remarks: vec!["Sama dengan foto di tiket lain".to_owned()],
            ..self.file(4, Kind::Evidence, "bukti.jpg", true)
        };
        let gone = Document {
            is_erased: true,
            ..self.file(5, Kind::Evidence, "bukti 2.jpg", true)
        };
        let sighting = Sighting {
            site: SITE,
            pin: PIN,
            accuracy: Some(12.0),
            radius: 200.0,
        };
        Visit {
            n: 1,
            technician: "Andi Pratama".to_owned(),
            at: self.at(20),
            verdict: Verdict::Unverified,
            source: Source::Static,
            distance: Some("28 m".to_owned()),
            accuracy: Some("± 12 m".to_owned()),
            age: Some("40 dtk".to_owned()),
            reason: None,
            recorded_by: None,
            position: Some(Site::of(PIN.latitude, PIN.longitude)),
            is_erased: false,
            radar: Some(Radar::of(sighting, self.reader.locale)),
            map: Some(Map {
                tiles: "https://tiles.example.com/{z}/{x}/{y}.png".to_owned(),
                site: SITE,
                pin: PIN,
                accuracy: 12.0,
                radius: 200,
            }),
            photo: Some(self.file(3, Kind::CheckIn, "lokasi.jpg", true)),
            left: None,
            stayed: None,
            taken: None,
            files: vec![seen, gone, self.file(6, Kind::Bast, "bast.pdf", false)],
        }
    }

    pub(crate) fn earlier_visit(self) -> Visit {
        Visit {
            n: 0,
            technician: "Sari Dewi".to_owned(),
            at: self.at(80),
            verdict: Verdict::Manual,
            source: Source::Manual,
            distance: None,
            accuracy: None,
            age: None,
            reason: Some("GPS rusak, ada di depan pagar hijau.".to_owned()),
            recorded_by: Some("Rina Kartika".to_owned()),
            position: None,
            radar: None,
            map: None,
            photo: None,
            left: Some(self.at(60)),
            stayed: Some("20 mnt".to_owned()),
            taken: Some(self.at(31)),
            files: vec![self.file(7, Kind::Evidence, "bukti.jpg", true)],
            ..self.visit()
        }
    }
}
