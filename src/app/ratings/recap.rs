//! The recap: who got how many stars.

use std::collections::BTreeMap;

use domain::ids::UserId;
use domain::rating::Stars;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::tickets::People;
use crate::app::{App, Error};
use crate::store::ratings::{self, Filter};

/// The stars of a time, by person.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = RatingSummary)]
pub struct Summary {
    /// The best first.
    pub technicians: Vec<Person>,
    pub cs: Vec<Person>,
}

/// One person's stars.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PersonRating)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub count: u32,
    /// To two places.
    pub average: f64,
    /// How many of each, from `1` to `5`.
    pub distribution: BTreeMap<String, u32>,
}

/// Who got how many stars.
pub async fn summary(app: &App, filter: &Filter) -> Result<Summary, Error> {
    let given = ratings::stars(&app.db, filter).await?;
    let technicians: Vec<(UserId, Stars)> = given.iter().filter_map(|one| one.technician).collect();
    let cs: Vec<(UserId, Stars)> = given.iter().filter_map(|one| one.cs).collect();
    let ids = technicians.iter().chain(&cs).map(|(id, _)| *id);
    let people = People::load(&app.db, ids).await?;
    Ok(Summary {
        technicians: of(&technicians, &people),
        cs: of(&cs, &people),
    })
}

fn of(given: &[(UserId, Stars)], people: &People) -> Vec<Person> {
    let mut by_person: BTreeMap<UserId, [u32; 5]> = BTreeMap::new();
    for (id, stars) in given {
        let counts = by_person.entry(*id).or_default();
        counts[usize::from(stars.count()) - 1] += 1;
    }
    let mut all: Vec<Person> = by_person
        .into_iter()
        .map(|(id, counts)| {
            let count: u32 = counts.iter().sum();
            let sum: u32 = (1..=5).zip(counts).map(|(stars, n)| stars * n).sum();
            let named = people.named(id);
            Person {
                id: named.id,
                name: named.name,
                count,
                average: (f64::from(sum) / f64::from(count.max(1)) * 100.0).round() / 100.0,
                distribution: (1..=5)
                    .zip(counts)
                    .map(|(stars, n)| (stars.to_string(), n))
                    .collect(),
            }
        })
        .collect();
    all.sort_by(|a, b| b.average.total_cmp(&a.average).then(b.count.cmp(&a.count)));
    all
}
