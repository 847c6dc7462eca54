//! Whose a number is: the office's word and the service's count, and what was typed into a chat proves nothing.

use dialogues::tap::Answer;
use serde_json::{Value, json};

use crate::harness::{World, story};
use crate::stories::contacts::rina;
use crate::stories::registration::{Writer, customers, on_whatsapp};

async fn written_down(world: &World, name: &str, phone: &str) -> Value {
    let form = json!({ "name": name, "address": "Jl. Mawar 7, Depok", "phone": phone });
    world.admin.post("customers", form).await.expect(201)
}

async fn look(world: &World, customer: &Value) -> Value {
    let id = customer["id"].as_str().expect("an id");
    world.admin.get(&format!("customers/{id}")).await.expect(200)
}

/// Changes the phone in the chat to this one.
async fn changes_phone(writer: &Writer<'_>, typed: &str) {
    writer.says("ubah").await;
    writer.says("nomor hp").await;
    writer.says(typed).await;
    writer.hears("Mohon periksa").await;
    writer.says("simpan").await;
    writer.hears("Data Anda sudah diperbarui").await;
}

story!(
    /// Whoever owns a number that somebody else typed is not taken for him, and hears nothing of his.
    a_number_typed_by_another_is_no_key_to_his_data, on_whatsapp(), world => {
        let device = rina(&world).await;
        world.technician(1001, "Budi").await;
        let (_, service) = world.basics().await;
        let hartono = written_down(&world, "Budi Hartono", "0812 0000 0001").await;
        let budi = Writer::new(&world, 1, "Budi").await;
        budi.says("menu").await;
        budi.hears("Halo Budi Hartono").await;
        changes_phone(&budi, "0812-0000-0002").await;
        assert_eq!(look(&world, &hartono).await["phone"], "+6281200000002", "he is called there");
        device.sees("mengganti nomor HP lewat WhatsApp").await;

        let siti = Writer::new(&world, 2, "Siti").await;
        siti.says("menu").await;
        siti.hears("Selamat datang di").await;
        let ticket = json!({ "customer_id": hartono["id"], "service_id": service["id"], "problem": "AC bocor" });
        world.admin.post("tickets", ticket).await.expect(201);
        budi.phone.hears("sudah dibuat").await;
        siti.says("status").await;
        siti.hears("Selamat datang di").await;
        let own = siti.registers("Siti Aminah").await;
        assert_ne!(own["id"], hartono["id"]);
        device.sees("memakai nomor HP yang juga milik").await;
        siti.says("status").await;
        siti.hears("Tidak ada tiket yang sedang berjalan").await;
        assert_eq!(siti.phone.count("sudah dibuat").await, 0);

        // The number that writes is proven, and his own again.
        changes_phone(&budi, "0812 0000 0001").await;
        assert_eq!(look(&world, &hartono).await["phone"], "+6281200000001");
    }
);

story!(
    /// What the office writes down itself makes whoever writes from it that customer; a form saved as it was does not.
    what_the_office_writes_down_counts, on_whatsapp(), world => {
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi#0812 0000 0004").await;
        siti.hears("Pendaftaran berhasil").await;
        let customer = customers(&world, "Siti").await.pop().expect("registered");
        let path = format!("customers/{}", customer["id"].as_str().expect("an id"));
        let same = json!({ "phone": "0812 0000 0004", "notes": "sudah ditelepon", "version": customer["version"] });
        let saved = world.admin.patch(&path, same).await.expect(200);
        let tono = Writer::new(&world, 4, "Tono").await;
        tono.says("menu").await;
        tono.hears("Selamat datang di").await;
        let changed = json!({ "phone": "0812 0000 0005", "version": saved["version"] });
        world.admin.patch(&path, changed).await.expect(200);
        let second = Writer::new(&world, 5, "Siti").await;
        second.says("menu").await;
        second.hears("Halo Siti Aminah").await;
    }
);

story!(
    /// Numbers typed by many in chats keep nobody from being known by the one that the office wrote down.
    squatters_take_nobodys_place, on_whatsapp(), world => {
        for id in 11..=13 {
            let squatter = Writer::new(&world, id, "Penumpang").await;
            squatter.says(&format!("DAFTAR#Penumpang Gelap#Jl. Melati No. {id}, Bekasi#0812 0000 0001")).await;
            squatter.hears("Pendaftaran berhasil").await;
        }
        written_down(&world, "Budi Hartono", "0812 0000 0001").await;
        let budi = Writer::new(&world, 1, "Budi").await;
        budi.says("menu").await;
        budi.hears("Halo Budi Hartono").await;
    }
);

story!(
    /// Someone who goes by a user name shares his number, and is found by it instead of being registered again.
    whoever_shares_his_number_is_found_by_it, on_whatsapp(), world => {
        let known = written_down(&world, "Tono Wijaya", "0812 0000 0003").await;
        let tono = world.customer_with(3, "Tono", json!({ "username": "tono.w", "hides_phone": true })).await;
        tono.says("Mesin cuci tidak berputar sejak kemarin").await;
        tono.presses("Setuju").await;
        tono.presses("Pakai nama ini").await;
        tono.hears("Kirim alamat lengkap").await;
        tono.says("Jl. Mawar 7, Depok").await;
        tono.hears("Tekan tombol untuk membagikan nomor").await;
        tono.shares_number().await;
        tono.hears(&format!("Anda sudah terdaftar dengan nomor *{}*", known["number"].as_str().expect("a number"))).await;
        tono.hears("Mesin cuci tidak berputar").await;
        tono.presses("Kirim laporan").await;
        tono.hears("Laporan diterima").await;
        assert_eq!(customers(&world, "Tono").await.len(), 1);
        let requests = world.admin.get("requests?state=new").await.expect(200);
        assert_eq!(requests["data"][0]["customer"]["id"], known["id"]);
    }
);

story!(
    /// Two who register with one number at the same moment are both saved, and somebody looks at it.
    two_who_type_one_number_at_once_are_seen, on_whatsapp(), world => {
        let device = rina(&world).await;
        let siti = Writer::new(&world, 1, "Siti").await;
        let tono = Writer::new(&world, 2, "Tono").await;
        let (one, two) = (
            "DAFTAR#Siti Aminah#Jl. Melati No. 5, Bekasi#0812 0000 0009",
            "DAFTAR#Tono Wijaya#Jl. Mawar No. 7, Depok#0812 0000 0009",
        );
        tokio::join!(siti.phone.says(one), tono.phone.says(two));
        siti.handled().await;
        siti.hears("Pendaftaran berhasil").await;
        tono.hears("Pendaftaran berhasil").await;
        device.sees("memakai nomor HP yang juga milik").await;
        world.drained().await;
        assert_eq!(device.count("memakai nomor HP yang juga milik").await, 1);
    }
);

story!(
    /// What somebody asked before he was a customer is his afterwards, and may become a ticket. What he agreed to is
    /// kept with the message that said so.
    what_was_asked_before_is_the_customers, on_whatsapp(), world => {
        world.technician(1001, "Budi").await;
        let (_, service) = world.basics().await;
        let siti = Writer::new(&world, 1, "Siti").await;
        siti.says("cs").await;
        siti.says("Apakah bisa datang hari Minggu?").await;
        siti.hears("sudah kami catat dengan nomor <b>LAP-").await;
        siti.says("daftar").await;
        siti.handled().await;
        let agreed = siti.phone.presses("Setuju").await;
        siti.handled().await;
        siti.answers(Answer::UseName).await;
        siti.says("Jl. Melati No. 5, Bekasi").await;
        siti.answers(Answer::OwnPhone).await;
        siti.answers(Answer::Save).await;
        siti.hears("Pendaftaran berhasil").await;
        assert_eq!(world.number(&format!("SELECT COUNT(*) FROM consents WHERE message = '{agreed}'")).await, 1);
        let requests = world.admin.get("requests?state=new").await.expect(200);
        let request = &requests["data"][0];
        assert_eq!(request["customer"]["name"], "Siti");
        let path = format!("requests/{}/ticket", request["id"].as_str().expect("an id"));
        world.admin.post(&path, json!({ "service_id": service["id"] })).await.expect(201);
        siti.hears("sudah dibuat dari laporan LAP-").await;
    }
);
