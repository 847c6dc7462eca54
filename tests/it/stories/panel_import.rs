//! An admin brings the customers of an older system along.

use std::fmt::Write as _;

use serde_json::json;

use crate::harness::{Browser, PASSWORD, World, story};

async fn customers(world: &World) -> usize {
    let list = world.admin.get("customers?limit=200").await.expect(200);
    list["data"].as_array().expect("a list").len()
}

story!(
    /// Everything that is wrong is seen before anything is saved; whoever is known already stays one customer.
    a_spreadsheet_is_looked_at_before_it_is_saved, world => {
        let known = json!({ "name": "Ibu Wati", "address": "Perum Asri B3, Bandung", "phone": "081234567899" });
        let known = world.admin.post("customers", known).await.expect(201);
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        browser.get("/panel/customers").await.expect(200).says(&["/panel/customers/import"]);
        browser.get("/panel/customers/import").await.expect(200);
        let sheet = "\u{feff}Nama;Alamat;No. HP;Kode\r\n\
            Budi Santoso;\"Jl. Melati 12; Bandung\";0812-3456-7890;A1\r\n\
            B;x;12;A2\r\n\
            Wati;Jl. Kopo 88, Bandung;+62 812-3456-7899;A3\r\n\
            Budi S.;Jl. Lain 3, Bandung;081234567890;A4\r\n\
            Tanpa Telepon;Jl. Riau 45, Bandung;;A5\r\n";
        let page = browser.upload("/panel/customers/import", "", "lama.csv", sheet.as_bytes()).await.expect(303);
        let there = page.location;
        let number = known["number"].as_str().expect("a number");
        browser.get(&there).await.expect(200).says(&["2 pelanggan siap disimpan", "2 baris dilewati", "1 baris salah",
            "Kolom yang tidak dipakai: Kode", number, "baris 2", "Simpan 2 pelanggan"]);
        assert_eq!(customers(&world).await, 1, "nothing is saved yet");

        browser.post(&there, &[]).await.expect(303);
        browser.get(&there).await.expect(200).says(&["2 pelanggan disimpan"]);
        assert_eq!(customers(&world).await, 3);
        let found = world.admin.get("customers?q=melati").await.expect(200)["data"][0].clone();
        assert_eq!((&found["source"], &found["phone"]), (&json!("import"), &json!("+6281234567890")));

        // Saved again, and brought again: nobody becomes two.
        browser.post(&there, &[]).await.expect(303);
        let again = browser.upload("/panel/customers/import", "", "lama.csv", sheet.as_bytes()).await.expect(303);
        browser.get(&again.location).await.expect(200).says(&["0 pelanggan siap disimpan", "4 baris dilewati"]);
        browser.post(&format!("{}/discard", again.location), &[]).await.expect(303);
        browser.get(&again.location).await.expect(200).says(&["tidak ada yang disimpan"]);
        browser.post(&again.location, &[]).await.expect(303);
        assert_eq!(customers(&world).await, 3);
        assert_eq!(world.number("SELECT COUNT(*) FROM imports WHERE content IS NOT NULL").await, 0);
    }
);

story!(
    /// A long one is saved in steps, and tells how far it is; two who press at once save each row once.
    a_long_spreadsheet_is_saved_in_steps, world => {
        let mut sheet = "name,address,phone\n".to_owned();
        for n in 0..450 {
            writeln!(sheet, "Pelanggan Baru,Jalan Panjang {n} Bandung,+6281300000{n:03}").expect("a text");
        }
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        let page = browser.upload("/panel/customers/import", "", "many.csv", sheet.as_bytes()).await.expect(303);
        let there = page.location;
        browser.post(&there, &[]).await.expect(303);
        browser.get(&there).await.expect(200).says(&["200 dari 450 baris selesai", "load delay:50ms"]);
        let (one, other) = tokio::join!(browser.post(&there, &[]), browser.post(&there, &[]));
        one.expect(303);
        other.expect(303);
        browser.post(&there, &[]).await.expect(303);
        browser.get(&there).await.expect(200).says(&["450 pelanggan disimpan"]);
        assert_eq!(world.number("SELECT COUNT(*) FROM customers WHERE source = 'import'").await, 450);
        assert_eq!(world.number("SELECT COUNT(DISTINCT phone) FROM customers WHERE source = 'import'").await, 450);
    }
);

story!(
    /// What is no such table is refused with what to do about it, and the example can be read back.
    what_cannot_be_read_is_said, world => {
        let browser = Browser::signed_in(&world, "rina", PASSWORD).await;
        for (bytes, says) in [
            (&b""[..], "id=\"file-error\""),
            (b"kode;harga\n1;2\n", "Kolom nama dan alamat tidak ada"),
            (b"nama;alamat\nBud\xe9;Jl. Melati 12\n", "CSV UTF-8"),
            (b"PK\x03\x04\x00\x00not a table", "id=\"file-error\""),
        ] {
            browser.upload("/panel/customers/import", "", "x.csv", bytes).await.expect(422).says(&[says]);
        }
        browser.get("/panel/customers/import/999").await.expect(404);
        let example = browser.get("/panel/customers/import/example").await.expect(200).text;
        let page = browser.upload("/panel/customers/import", "", "c.csv", example.as_bytes()).await.expect(303);
        browser.get(&page.location).await.expect(200).says(&["1 pelanggan siap disimpan"]);
    }
);
