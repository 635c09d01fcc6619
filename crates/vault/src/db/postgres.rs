//! The PostgreSQL side: one client, its statements prepared once, its rows those of one person.

use super::row::{Kind, Row};
use super::{Engine, Value, dialect};
use crate::Result;
use postgres::types::ToSql;
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;
use std::ops::ControlFlow;

pub struct Connection {
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl Connection {
    pub fn open(url: &str, person: i64) -> Result<Connection> {
        let mut client = Client::connect(url, NoTls)?;
        // The second wall: policies compare each row's person_id with this.
        client.execute("SELECT set_config('app.person_id', $1, false)", &[&person.to_string()])?;
        Ok(Connection { client, prepared: HashMap::new() })
    }

    pub fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        Ok(self.client.execute(&statement, &bound(values))?)
    }

    pub fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<postgres::Row>> {
        let statement = self.prepare(sql)?;
        Ok(self.client.query(&statement, &bound(values))?)
    }

    pub fn batch(&mut self, sql: &str) -> Result<()> {
        Ok(self.client.batch_execute(&dialect::text(Engine::Postgres, sql))?)
    }

    pub fn check(&mut self, sql: &str) -> Result<()> {
        self.client.prepare(&dialect::text(Engine::Postgres, sql))?;
        Ok(())
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&dialect::text(Engine::Postgres, sql))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

pub fn each(
    rows: &[postgres::Row],
    mut read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>>,
) -> Result<()> {
    for row in rows {
        if read(&Row(Kind::Postgres(row)))?.is_break() {
            break;
        }
    }
    Ok(())
}

fn bound<'v>(values: &'v [Value<'_>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}
