//! Positions on the earth, and the distance between two.

use serde::{Deserialize, Serialize};

use crate::invalid::Fault;

/// WGS 84, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
}

impl Position {
    /// Latitude -90 to 90, longitude -180 to 180, and not (0, 0), which is what broken receivers send.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, Fault> {
        let valid = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        if !valid || (latitude == 0.0 && longitude == 0.0) {
            return Err(Fault::OutOfRange);
        }
        Ok(Self { latitude, longitude })
    }

    /// Whether it may lie in Indonesia: from Sabang to Merauke, from Miangas to Rote, with the sea between.
    pub fn is_in_indonesia(self) -> bool {
        (-11.5..=6.5).contains(&self.latitude) && (94.5..=141.5).contains(&self.longitude)
    }

    /// Metres along the great circle, by the haversine formula on a sphere of 6 371 km.
    pub fn distance_meters(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = ((lat2 - lat1) / 2.0).sin();
        let half_lon = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let a = half_lat * half_lat + lat1.cos() * lat2.cos() * half_lon * half_lon;
        2.0 * 6_371_000.0 * a.sqrt().min(1.0).asin()
    }
}
