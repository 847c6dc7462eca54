//! Whatever lines, discounts and taxes: the parts add up, and the API, the card, the page and the paper say the same.
//!
//! `MONEY_CASES=200 MONEY_SEED=7 cargo test --test it figures` tries more, from that seed.

use std::collections::BTreeSet;

use domain::money::Rupiah;
use domain::person::Locale;
use domain::terbilang;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::harness::{Setup, World, said, story};
use crate::stories::approval::{act, card, draft, path, seller, technician, words};
use crate::stories::invoice_page::{Browser, plain};

/// Lines and a discount as the API takes them.
struct Case {
    lines: Vec<Value>,
    discount: Value,
}

fn line(n: usize, thousandths: i64, price: i64) -> Value {
    let quantity: Value =
        serde_json::from_str(&format!("{}.{:03}", thousandths / 1000, thousandths % 1000)).expect("a number");
    json!({ "description": format!("Pekerjaan {n}"), "quantity": quantity, "unit": "unit", "unit_price": price })
}

fn off(kind: &str, value: impl Into<Value>) -> Value {
    json!({ "kind": kind, "value": value.into() })
}

/// Where it could go wrong: hardly anything left, a hundred lines, a thousandth, the most there can be.
fn edges() -> Vec<Case> {
    let hundred = (0..100).map(|n| line(n, 1_001, 333)).collect();
    vec![
        Case {
            lines: vec![line(0, 1_000, 1_000_000)],
            discount: off("amount", 999_999),
        },
        Case {
            lines: hundred,
            discount: off("percent", 33.33),
        },
        Case {
            lines: vec![line(0, 1, 500), line(1, 1_500, 0)],
            discount: off("percent", 0),
        },
        Case {
            lines: vec![line(0, 900_000, 1_000_000_000_000)],
            discount: off("percent", 0.01),
        },
    ]
}

fn any(random: &mut StdRng) -> Case {
    let count = random.random_range(1..=10);
    let lines: Vec<Value> = (0..count)
        .map(|n| {
            line(
                n,
                random.random_range(1..50_000),
                random.random_range(0..20_000_000),
            )
        })
        .collect();
    let discount = match random.random_range(0..3) {
        0 => off("amount", random.random_range(0..1_000)),
        1 => off("percent", f64::from(random.random_range(0..9_999_u32)) / 100.0),
        _ => off("amount", 0),
    };
    Case { lines, discount }
}

/// Every amount of rupiah in a text.
fn amounts(text: &str) -> BTreeSet<i64> {
    let read = |part: &str| {
        let figures: String = part
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        figures.replace('.', "").parse().ok()
    };
    text.split("Rp").skip(1).filter_map(read).collect()
}

/// What a page shows: its words without its tags, whose addresses hold letters of any kind.
fn shown(page: &str) -> String {
    let behind = |piece: &str| {
        piece
            .split_once('>')
            .map_or_else(String::new, |(_, text)| text.to_owned())
    };
    page.split('<').map(behind).collect::<Vec<_>>().join(" ")
}

fn of(invoice: &Value, field: &str) -> i64 {
    invoice[field].as_i64().expect("an amount")
}

/// What every door has to say of an invoice, and what it may say besides: prices of single units.
struct Figures {
    sums: BTreeSet<i64>,
    lines: Vec<i64>,
    units: BTreeSet<i64>,
}

impl Figures {
    /// Of the API's answer, after its parts were added up.
    fn of(invoice: &Value, vat: bool) -> Self {
        let lines = invoice["lines"].as_array().expect("lines");
        let amount = |line: &Value| of(line, "amount");
        let lines_are: Vec<i64> = lines.iter().map(amount).collect();
        let (subtotal, discount) = (of(invoice, "subtotal"), of(invoice, "discount_amount"));
        let (tax, total) = (of(invoice, "vat"), of(invoice, "total"));
        assert_eq!(lines_are.iter().sum::<i64>(), subtotal);
        assert_eq!(subtotal - discount + tax, total, "{invoice}");
        assert!(
            lines_are
                .iter()
                .chain(&[discount, tax, subtotal - discount])
                .all(|part| *part >= 0)
        );
        let mut sums = BTreeSet::from([subtotal, total]);
        if discount > 0 {
            sums.insert(discount);
        }
        let net = i128::from(subtotal - discount);
        if vat {
            sums.extend([of(invoice, "tax_base"), tax]);
            // Eleven percent, half up, once: computed in another way than the product does.
            assert_eq!(i128::from(tax), (net * 11 + 50) / 100, "{invoice}");
        } else {
            assert_eq!((tax, of(invoice, "tax_base")), (0, 0));
            // Without tax and discount the subtotal says nothing that the total does not.
        }
        let unit = |line: &Value| of(line, "unit_price");
        Self {
            sums,
            lines: lines_are,
            units: lines.iter().map(unit).collect(),
        }
    }

    /// All of them and no other stand in what a door says.
    fn are_said(&self, door: &str, text: &str, shown: usize, more: &[i64]) {
        let seen = amounts(text);
        let own: BTreeSet<i64> = self.lines.iter().copied().take(shown).collect();
        let wanted: BTreeSet<i64> = self.sums.union(&own).copied().collect();
        let missing: Vec<&i64> = wanted.difference(&seen).collect();
        assert!(missing.is_empty(), "{door} does not say {missing:?}: {text}");
        let strange: Vec<&i64> = seen
            .iter()
            .filter(|amount| {
                !wanted.contains(amount) && !self.units.contains(amount) && !more.contains(amount)
            })
            .collect();
        assert!(
            strange.is_empty(),
            "{door} says {strange:?}, which no other says: {text}"
        );
    }
}

/// One text without its line breaks, in small letters.
fn flat(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

async fn compare(world: &World, vat: bool) {
    technician(world).await;
    let maya = seller(world, 2001, "Maya", Value::Null).await;
    let mut random = StdRng::seed_from_u64(said("MONEY_SEED", 20_261_122));
    let cases = said("MONEY_CASES", 4);
    let all = edges().into_iter().chain((0..cases).map(|_| any(&mut random)));
    for (n, case) in all.enumerate() {
        let draft = draft(world, &format!("Hitungan {n}")).await;
        let edit = json!({ "lines": case.lines, "discount": case.discount });
        let edited = world
            .admin
            .patch(
                &format!("invoices/{}", draft["id"].as_str().expect("an id")),
                edit,
            )
            .await;
        let edited = edited.expect(200);
        if of(&edited, "total") == 0 {
            let refused = world.admin.post(&path(&draft, "submit"), json!({})).await;
            assert_eq!(refused.problem(409), "conflict");
            continue;
        }
        let submitted = act(&world.admin, &draft, "submit", json!({})).await;
        let figures = Figures::of(&submitted, vat);
        let list_price = [250_000];
        let asked = card(&maya.phone, &draft).await;
        figures.are_said("the card", words(&asked), 8, &list_price);
        let approved = act(
            &maya.api,
            &draft,
            "approve",
            json!({ "version": submitted["version"] }),
        )
        .await;
        for field in ["subtotal", "discount_amount", "tax_base", "vat", "total"] {
            assert_eq!(approved[field], submitted[field], "{field} changed by approving");
        }
        let total = of(&approved, "total");
        let link = approved["link"].as_str().expect("a link");
        let page = link.strip_prefix(&world.admin.base).expect("our own");
        let mut siti = Browser::new(world);
        siti.tell(page, "0001").await;
        for locale in Locale::ALL {
            let lang = locale.as_str();
            let (_, whole) = siti.look(&format!("{page}?lang={lang}")).await;
            figures.are_said(&format!("the page in {lang}"), &shown(&whole), usize::MAX, &[]);
            let said = terbilang::words(Rupiah(total), locale);
            assert!(whole.contains(&said), "{said} is missing: {whole}");
            let Some(text) = plain(&siti.bytes(&format!("{page}.pdf?lang={lang}")).await) else {
                continue;
            };
            figures.are_said(&format!("the paper in {lang}"), &text, usize::MAX, &[]);
            assert!(flat(&text).contains(&said), "{said} is missing: {text}");
        }
    }
}

story!(
    /// Of a seller who charges the tax.
    figures_agree_with_tax, Setup { adjust: |config| config.company.vat_registered = true, ..Setup::default() }, world => {
        compare(&world, true).await;
    }
);

story!(
    /// Of one who does not.
    figures_agree_without_tax, world => {
        compare(&world, false).await;
    }
);
