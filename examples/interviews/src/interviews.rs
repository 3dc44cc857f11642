//! Interviews in the database: people, sessions, and who takes part.

use std::fmt;

use postgres::{Client, Error, GenericClient};

/// A planned session, as the view `upcoming_sessions` has it.
pub(crate) struct Upcoming {
    id: i64,
    title: String,
    scheduled_at: String,
    participants: i64,
}

/// Plans a session for tomorrow: Ada asks the questions, Grace answers them.
pub(crate) fn plan(client: &mut Client, title: &str) -> Result<(), Error> {
    let mut transaction = client.transaction()?;
    let ada = person(&mut transaction, "ada@example.org", "Ada", "Lovelace")?;
    let grace = person(&mut transaction, "grace@example.org", "Grace", "Hopper")?;
    let session: i64 = transaction
        .query_one(
            "INSERT INTO sessions (host_id, title, scheduled_at)
             VALUES ($1, $2, date_trunc('hour', now()) + interval '1 day')
             RETURNING id",
            &[&ada, &title],
        )?
        .get(0);
    for (user, role) in [(ada, "interviewer"), (grace, "candidate")] {
        transaction.execute(
            "INSERT INTO participants (session_id, user_id, role) VALUES ($1, $2, $3)",
            &[&session, &user, &role],
        )?;
    }
    transaction.commit()
}

/// The sessions that are planned, the earliest first.
pub(crate) fn upcoming(client: &mut Client) -> Result<Vec<Upcoming>, Error> {
    let rows = client.query(
        "SELECT id, title, to_char(scheduled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI \"UTC\"'),
                participants
         FROM upcoming_sessions
         ORDER BY scheduled_at, id",
        &[],
    )?;
    let upcoming = rows.iter().map(|row| Upcoming {
        id: row.get(0),
        title: row.get(1),
        scheduled_at: row.get(2),
        participants: row.get(3),
    });
    Ok(upcoming.collect())
}

/// The account of a person, with a profile. Whoever has one keeps it.
fn person(
    client: &mut impl GenericClient,
    email: &str,
    given_name: &str,
    family_name: &str,
) -> Result<i64, Error> {
    let user = client
        .query_one(
            "INSERT INTO users (email) VALUES ($1)
             ON CONFLICT (lower(email)) DO UPDATE SET email = users.email
             RETURNING id",
            &[&email],
        )?
        .get(0);
    client.execute(
        "INSERT INTO profiles (user_id, display_name, given_name, family_name)
         VALUES ($1, $2 || ' ' || $3, $2, $3)
         ON CONFLICT (user_id) DO NOTHING",
        &[&user, &given_name, &family_name],
    )?;
    Ok(user)
}

impl fmt::Display for Upcoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, title, scheduled_at, participants } = self;
        write!(f, "{scheduled_at}  {title} (session {id}, {participants} participants)")
    }
}
