//! The panel in a real browser: live without a reload, and by keyboard.

use crate::harness::{Chromium, PASSWORD, story};

story!(
    /// The admin looks on while a ticket is created and won elsewhere; the page is never loaded again.
    the_board_moves_before_ones_eyes, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let basics = world.basics().await;
            let (_, budi) = world.technician(1001, "Budi").await;
            chromium.screen(1280, "light").await;
            chromium.enter("rina", PASSWORD).await;
            chromium.find("[data-live][data-state=on]").await;
            chromium.is("(window.sameDocument = true)").await;

            world.ticket(&basics, "Internet mati total").await;
            chromium.until("document.querySelector('.column:nth-child(1)')?.innerText.includes('Internet mati total') === true").await;
            chromium.until("document.querySelector('#active').innerText === '1'").await;
            chromium.is("document.querySelector('[data-row]').focus()").await;
            let offer = budi.sees("Internet mati total").await;
            budi.tap(&offer, "Ambil Job").await;
            chromium.until("document.querySelector('.column:nth-child(2)').innerText.includes('Budi')").await;
            assert_eq!(chromium.is("window.sameDocument").await, true, "the page was loaded again");
            chromium.is_sound("the board").await;
            chromium.close().await;
        }
    }
);

story!(
    /// A long chat is opened at its newest words.
    a_chat_opens_at_its_end, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            let (customer, _) = world.basics().await;
            let id = customer["id"].as_str().expect("an id");
            let at = "2026-11-22T03:00:00Z";
            world.order(&format!("INSERT INTO contacts (id, customer_id, locale, created_at) VALUES (1, {id}, 'id', '{at}')")).await;
            for line in 1..=30 {
                world.order(&format!(
                    "INSERT INTO messages (contact_id, external_id, kind, words, sent_at) VALUES (1, 'wamid.{line}', 'text', 'Kabar {line}', '{at}')"
                )).await;
            }
            chromium.screen(1280, "light").await;
            chromium.enter("rina", PASSWORD).await;
            chromium.go(&format!("/panel/customers/{id}")).await;
            chromium.find("ol.chat li").await;
            chromium.until("(chat => chat.scrollHeight > chat.clientHeight && chat.scrollHeight - chat.scrollTop - chat.clientHeight < 2)(document.querySelector('ol.chat'))").await;
            chromium.close().await;
        }
    }
);

story!(
    /// With the keyboard to the form, the date's quota while it is chosen, everything wrong told and kept.
    a_ticket_by_keyboard, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::open(&world.admin.base).await {
            world.basics().await;
            world.technician(1001, "Budi").await;
            chromium.screen(1280, "dark").await;
            chromium.enter("rina", PASSWORD).await;
            chromium.write("body", "n").await;
            chromium.find("#customer_id input").await;
            chromium.write("#customer_q", "hartono").await;
            chromium.until("document.querySelectorAll('#customer_id input').length === 1").await;
            chromium.click("#customer_id input").await;
            let tomorrow = crate::stories::tickets::day(&world, 1);
            chromium.is(&format!("(visit_date.value = '{tomorrow}', visit_date.dispatchEvent(new Event('change', {{ bubbles: true }})))")).await;
            let long = format!("document.querySelector('.quota .figure').innerText.includes('{}')", &tomorrow[..4]);
            chromium.until(&long).await;
            chromium.until("document.querySelector('#customer_id input:checked') !== null").await;
            chromium.is("(document.querySelector('form.form-page').noValidate = true)").await;
            chromium.write("#problem", "x").await;
            chromium.click(".form-page > .actions .primary").await;
            chromium.find("#problem-error").await;
            assert_eq!(chromium.is("document.activeElement.hasAttribute('data-summary')").await, true);
            assert_eq!(chromium.is("problem.value").await, "x");
            assert_eq!(chromium.is("visit_date.value").await, tomorrow.as_str());
            chromium.is_sound("the form").await;
            chromium.close().await;
        }
    }
);

story!(
    /// Leaving a form that was changed, or that came back with what is wrong, asks first; saving it does not, nor
    /// does leaving one that nobody touched.
    a_changed_form_is_not_left_by_mistake, world => {
        if world.backend.is_sqlite() && let Some(chromium) = Chromium::that_asks(&world.admin.base).await {
            let (customer, _) = world.basics().await;
            let page = format!("/panel/customers/{}", customer["id"].as_str().expect("an id"));
            let edit = format!("{page}/edit");
            let elsewhere = ".side a[href='/panel/tickets']";
            let is_at = |path: &str| format!("location.pathname === '{path}'");
            chromium.screen(1280, "light").await;
            chromium.enter("rina", PASSWORD).await;

            chromium.go(&edit).await;
            chromium.click("#notes").await;
            chromium.click(elsewhere).await;
            chromium.until(&is_at("/panel/tickets")).await;

            chromium.go(&edit).await;
            chromium.write("#notes", "Anjing galak").await;
            chromium.click(elsewhere).await;
            chromium.is_asked(false).await;
            assert_eq!(chromium.is(&is_at(&edit)).await, true, "who stays is where he was");
            assert_eq!(chromium.is("notes.value").await, "Anjing galak");
            chromium.click(elsewhere).await;
            chromium.is_asked(true).await;
            chromium.until(&is_at("/panel/tickets")).await;

            chromium.go(&edit).await;
            assert_eq!(chromium.is("notes.value").await, "", "nothing was saved");
            chromium.write("#notes", "Pagar hijau").await;
            chromium.click("form.card > .actions .primary").await;
            chromium.until(&is_at(&page)).await;
            chromium.click(elsewhere).await;
            chromium.until(&is_at("/panel/tickets")).await;

            chromium.go(&edit).await;
            assert_eq!(chromium.is("notes.value").await, "Pagar hijau");
            chromium.is("(document.querySelector('form.card').noValidate = true)").await;
            chromium.replace("#name", "x").await;
            chromium.click("form.card > .actions .primary").await;
            chromium.find("[data-summary]").await;
            chromium.click("#notes").await;
            chromium.click(elsewhere).await;
            chromium.is_asked(true).await;
            chromium.until(&is_at("/panel/tickets")).await;
            chromium.is_sound("where one went").await;
            chromium.close().await;
        }
    }
);
